"""The production server: processes, a release that changes under load, a damaged one."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from lod.build import build
from lod.errors import LodError, ReleaseError
from lod.release import activate
from lod.web.serve import serve
from tests.conftest import ROOT
from tests.web.conftest import write
from tests.web.test_edition import damage, jena, no_store

CODE = "import sys; from pathlib import Path; from lod.web.serve import serve; \
serve(Path(sys.argv[1]), '127.0.0.1', int(sys.argv[2]), 2)"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(releases: Path) -> Iterator[int]:
    """Run the server in a process group of its own, and give its port."""
    port = free_port()
    with running([sys.executable, "-c", CODE, str(releases), str(port)], port):
        yield port


@contextmanager
def started(releases: Path, options: list[str]) -> Iterator[int]:
    """Run the server by its command, and give its port."""
    port = free_port()
    command = [sys.executable, "-m", "lod", "serve", "--releases", str(releases)]
    with running([*command, "--port", str(port), *options], port):
        yield port


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        wait(port)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


def wait(port: int) -> None:
    for _ in range(200):
        try:
            if get(port, "/health")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail("the server doesn't answer")


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(
            "GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        response = connection.getresponse()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    folder = tmp_path_factory.mktemp("served")
    target = folder / "releases"
    first = build(write(folder / "data"), ROOT / "shapes", target).release.version
    renamed = {"municipality/jena.yaml": jena("Jena an der Saale")}
    second = build(write(folder / "other", renamed), ROOT / "shapes", target).release.version
    activate(target, first)
    return target, first, second


def test_the_server_answers_and_follows_activations(releases: tuple[Path, str, str]) -> None:
    target, first, second = releases
    with served(target) as port:
        status, headers, body = get(port, "/id/municipality/jena", Accept="text/turtle")
        assert (status, headers["location"]) == (303, "/doc/municipality/jena")
        status, headers, body = get(port, headers["location"], Accept="text/turtle")
        assert (status, headers["content-type"]) == (200, "text/turtle; charset=utf-8")
        assert b"Saale" not in body
        status, headers, body = get(port, "/dumps/latest/all.nt", Range="bytes=0-99")
        assert (status, len(body)) == (206, 100)
        status, headers, body = get(port, "/doc/municipality/jena", If_None_Match="*")
        assert (status, body) == (304, b"")
        assert get(port, "/doc/municipality/J%C3%BCna")[0] == 404
        assert get(port, "/dumps/latest/..%2f..%2fmanifest.json")[0] == 404
        assert get(port, "/" + "x" * 5000)[0] == 404
        activate(target, second)
        assert b"Saale" in get(port, "/doc/municipality/jena")[2]
        activate(target, first)


def test_no_request_fails_while_releases_change(releases: tuple[Path, str, str]) -> None:
    target, *versions = releases
    statuses: Counter[int] = Counter()
    done = threading.Event()

    def ask(port: int) -> None:
        while not done.is_set():
            for path in ("/doc/municipality/jena.html", "/doc/board.ttl", "/id/state/16"):
                statuses[get(port, path)[0]] += 1

    with served(target) as port:
        threads = [threading.Thread(target=ask, args=(port,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(600):
            activate(target, versions[number % 2])
            time.sleep(0.1)
            if number >= 20 and statuses.total() > 100:
                break
        done.set()
        for thread in threads:
            thread.join()
    assert statuses.keys() == {200, 303}
    assert statuses.total() > 100


def test_the_limits_of_queries_are_options(releases: tuple[Path, str, str]) -> None:
    query = "SELECT%20*%20%7B%20?a%20?b%20?c%20.%20?d%20?e%20?f%20.%20?g%20?h%20?i%20%7D"
    options = ["--workers", "1", "--query-seconds", "0.5", "--query-size", "1"]
    with started(releases[0], [*options, "--query-workers", "1", "--query-queue", "0"]) as port:
        assert get(port, "/sparql?query=ASK%7B%7D")[0] == 200
        status, headers, body = get(port, f"/sparql?query={query}", Accept="application/json")
        assert (status, headers["content-type"]) in (
            (503, "application/problem+json"),
            (422, "application/problem+json"),
        )
        assert b"0.5" in body or b" 1 MB" in body


@pytest.mark.parametrize("harm", [damage, no_store])
def test_a_damaged_release_is_not_started(tmp_path: Path, harm: object) -> None:
    target = tmp_path / "releases"
    version = build(write(tmp_path / "data"), ROOT / "shapes", target).release.version
    assert callable(harm)
    harm(target, version)
    with pytest.raises(ReleaseError, match="damaged"):
        serve(target, "127.0.0.1", free_port(), 1)


def test_a_port_that_is_taken_is_refused(releases: tuple[Path, str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LodError, match=f"{port}: can't listen there"):
            serve(releases[0], port=port)


def test_an_address_that_is_none_is_refused(releases: tuple[Path, str, str]) -> None:
    with pytest.raises(LodError, match="can't listen there"):
        serve(releases[0], host="300.1.1.1")
