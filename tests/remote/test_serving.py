"""The production server with a store of its own behind it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from lod.build import build
from lod.release import current
from lod.remote.connection import Connection
from lod.remote.push import push
from tests.conftest import ROOT
from tests.remote.conftest import endpoint, silent
from tests.remote.engines import HOST, Engine, free_port
from tests.web.conftest import write


@contextmanager
def served(releases: Path, engine: Engine) -> Iterator[str]:
    """Run ``lod serve`` in a process group of its own, and give its address."""
    port = free_port()
    command = [sys.executable, "-m", "lod", "serve", "--releases", str(releases)]
    command += ["--port", str(port), "--workers", "1", "--endpoint", engine.endpoint]
    command += ["--user", engine.user] if engine.user else []
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "LOD_ENDPOINT_PASSWORD": engine.password
    }  # fmt: skip
    process = subprocess.Popen(
        command,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        yield f"http://{HOST}:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end, last = time.monotonic() + 120, ""
    while time.monotonic() < end:
        try:
            if holds():
                return
        except httpx.TransportError as error:
            last = repr(error)
        time.sleep(0.2)
    raise AssertionError(f"it never held: {last}")


def test_the_server_follows_the_store(engine: Engine, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    connection = Connection(endpoint(engine))
    build(write(tmp_path / "data"), ROOT / "shapes", releases)
    first = current(releases)
    push(first, connection, silent)
    with served(releases, engine) as address:

        def health() -> dict[str, str]:
            found: dict[str, str] = httpx.get(f"{address}/health", timeout=10).json()
            return found

        until(lambda: health() == {"status": "ok", "version": first.version})
        assert "Jena" in httpx.get(f"{address}/doc/municipality/jena.ttl").text
        assert httpx.get(f"{address}/doc/project/probe.ttl").status_code == 404
        query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
        before = httpx.get(f"{address}/sparql", params=query, timeout=30)
        assert int(before.text.split()[1]) == sum(first.manifest["graphs"].values())
        project = (
            "name: {de: Probe}\nlead: [municipality/jena]\ndescription: {de: Eine Probe.}\n"
            "sources: [source/article]\n"
        )
        write(tmp_path / "data", {"project/probe.yaml": project})
        build(tmp_path / "data", ROOT / "shapes", releases)
        second = current(releases)
        assert second.version != first.version
        # The store holds the first: it is served on, and health says why.
        until(lambda: health()["status"] == "degraded")
        assert f"holds release {first.version}" in health()["refused"]
        assert health()["version"] == first.version
        push(second, connection, silent)
        until(lambda: health() == {"status": "ok", "version": second.version})
        assert "Probe" in httpx.get(f"{address}/doc/project/probe.ttl").text
