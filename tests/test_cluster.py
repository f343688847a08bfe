"""Builds on a cluster of separate processes: nothing is lost, and the bytes are the same."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import Client

import lod
from lod.build import Built, build, check
from lod.build.kept import CACHE
from lod.cli import main
from lod.cluster import Cluster
from lod.errors import ClusterError, RecordErrors
from lod.validation import ConformanceError, render
from tests.benchmarks.generate import generate
from tests.conftest import ROOT, WriteData
from tests.test_incremental import stored

DASK = Path(sys.executable).with_name("dask")
LOD = Path(sys.executable).with_name("lod")
OWN = ("store", "served.json")
"""What differs from build to build: the engine writes times and an identity of its own."""
Environment = Mapping[str, str]


class Machines:
    """A scheduler and its workers, each a process of its own.

    Args:
        folder: for their files.
        environment: variables beside those that there are.
        scheme: ``tcp`` or ``tls``.
    """

    def __init__(
        self, folder: Path, environment: Environment | None = None, scheme: str = "tcp"
    ) -> None:
        self.folder = folder
        self.environment = {**os.environ, **(environment or {})}
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "scheduler", "--port=0", f"--protocol={scheme}")
        self.address = self._told("scheduler", "Scheduler at:")

    def work(self, environment: Environment | None = None) -> str:
        """Start a worker, and return its address as soon as it is known to the scheduler."""
        name = f"worker-{len(self.workers)}"
        options = ("--nthreads=1", "--no-nanny", f"--local-directory={self.folder}")
        self.workers.append(
            self._start(name, "worker", self.address, *options, **environment or {})
        )
        self._told(name, "Registered to:")
        return self._told(name, "Listening to:")

    def end(self) -> None:
        """Kill all that are left."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, name: str, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [DASK, *words, "--no-dashboard", "--host=127.0.0.1"],
                stdout=log,
                stderr=log,
                env=self.environment | environment,
            )

    def _told(self, name: str, label: str) -> str:
        """Return what a process said of itself."""
        log = self.folder / f"{name}.log"
        line = wait_for(
            lambda: next((one for one in log.read_text("utf-8").splitlines() if label in one), "")
        )
        return line.partition(label)[2].strip()


def wait_for(found: Callable[[], str], seconds: float = 60) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.05)
    raise AssertionError("nothing came")


@contextmanager
def machines(
    folder: Path, workers: int, environment: Environment | None = None, scheme: str = "tcp"
) -> Iterator[Machines]:
    folder.mkdir(exist_ok=True)
    started = Machines(folder, environment, scheme)
    try:
        for _ in range(workers):
            started.work()
        yield started
    finally:
        started.end()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Return a scheduler with two workers that nobody kills."""
    with machines(tmp_path_factory.mktemp("cluster"), 2) as started:
        yield started


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not {*path.relative_to(folder).parts}.intersection(OWN)
    }


def the_same(one: Built, other: Built) -> None:
    """Compare two releases, file by file, and what was kept for the next build."""
    files = content(one.release.path)
    assert len(files) > 30
    assert files == content(other.release.path)
    assert stored(one) == stored(other)
    caches = [content(built.release.path.parent / CACHE) for built in (one, other)]
    assert caches[0] == caches[1]


class Killer:
    """Kills a worker that is at work as soon as a step is so far."""

    def __init__(self, cluster: Machines, addresses: list[str]) -> None:
        self.cluster, self.addresses = cluster, addresses
        self.killed: dict[str, int] = {}
        """Step → how many jobs the worker had when it was killed."""

    def __call__(self, step: str, done: int, total: int) -> None:
        if step in ("read", "write") and step not in self.killed:
            number = len(self.killed)
            with Client(self.cluster.address, set_as_default=False) as client:
                under_way = client.processing()[self.addresses[number]]
            if under_way:
                self.cluster.workers[number].kill()
                self.cluster.workers[number].wait()
                self.killed[step] = len(under_way)


def test_workers_that_are_killed_lose_nothing(
    real: tuple[Path, Built], shapes: Path, tmp_path: Path
) -> None:
    """Of three workers, one is killed while records are read, another while they are written."""
    with machines(tmp_path / "cluster", 0) as started:
        killer = Killer(started, [started.work() for _ in range(3)])
        built = build(
            ROOT / "data",
            shapes,
            tmp_path / "there",
            "en",
            killer,
            cluster=Cluster(started.address),
        )
        assert killer.killed.keys() == {"read", "write"}
        assert [process.poll() for process in started.workers] == [-9, -9, None]
    the_same(built, real[1])


def test_generated_records(two: Machines, shapes: Path, tmp_path: Path) -> None:
    generate(tmp_path / "data", 2_000)
    here = build(tmp_path / "data", shapes, tmp_path / "here")
    there = build(tmp_path / "data", shapes, tmp_path / "there", cluster=Cluster(two.address))
    the_same(there, here)


def test_the_build_after_a_change(
    two: Machines, write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    data = write_data()
    person = data / "person" / "martin-berger.yaml"
    for text in (person.read_text("utf-8"), "name: M. Berger\nsources: [source/article]\n"):
        person.write_text(text, "utf-8")
        here = build(data, shapes, tmp_path / "here")
        there = build(data, shapes, tmp_path / "there", cluster=Cluster(two.address))
        assert there.new
        assert content(there.release.path) == content(here.release.path)


def test_mistakes_are_told_as_at_home(
    two: Machines, write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    data = write_data({"state.csv": "slug,name.de,key\n" + "a,A,x\nb,,07\n" * 3})
    with pytest.raises(RecordErrors) as here:
        check(data, shapes, "de")
    with pytest.raises(RecordErrors) as there:
        build(data, shapes, tmp_path / "releases", "de", cluster=Cluster(two.address))
    assert str(there.value) == str(here.value)


def test_violations_are_told_as_at_home(
    two: Machines, write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    data = write_data({"person/martin-berger.yaml": "name: Martin Berger\n"})
    here = check(data, shapes).findings
    with pytest.raises(ConformanceError) as there:
        build(data, shapes, tmp_path / "releases", cluster=Cluster(two.address))
    assert render(there.value.findings, "text", "en") == render(here, "text", "en")
    assert here


def refused(address: str, write_data: WriteData, shapes: Path, tmp_path: Path) -> str:
    """Return why a cluster is refused, within seconds and with nothing left behind."""
    start = time.monotonic()
    with pytest.raises(ClusterError) as error:
        build(write_data(), shapes, tmp_path / "releases", cluster=Cluster(address, answers=2))
    assert time.monotonic() - start < 30  # the start of processes on a busy machine in it
    assert not list((tmp_path / "releases").glob("2*"))
    return str(error.value)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("tcp://127.0.0.1:1", "nothing in 2 seconds"),
        ("127.0.0.1", "missing port number"),
        ("http://127.0.0.1:80", "unknown address scheme 'http'"),
        ("tls://127.0.0.1:1", "check your TLS configuration"),
        ("", "missing port number"),
    ],
)
def test_an_address_without_a_scheduler(
    address: str, why: str, write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    said = refused(address, write_data, shapes, tmp_path)
    assert said.startswith(f"{address}: expected a Dask scheduler, found none (")
    assert why in said
    assert "`dask scheduler`" in said


def test_a_silent_server(write_data: WriteData, shapes: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        assert "found none" in refused(address, write_data, shapes, tmp_path)


def test_the_address_of_a_worker(
    two: Machines, write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    with Client(two.address, set_as_default=False) as client:
        worker = next(iter(client.nthreads()))
    assert "found a worker" in refused(worker, write_data, shapes, tmp_path)


def test_a_scheduler_without_workers(write_data: WriteData, shapes: Path, tmp_path: Path) -> None:
    with machines(tmp_path / "cluster", 0) as started:
        said = refused(started.address, write_data, shapes, tmp_path)
    assert said == (
        f"{started.address}: the scheduler has no workers. Start some with "
        f"`dask worker {started.address} --nthreads 1`"
    )


def test_workers_with_another_program_are_refused(
    write_data: WriteData, shapes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One changed line is enough, and a worker that comes later is refused as well."""
    other = tmp_path / "other" / "lod"
    shutil.copytree(Path(lod.__file__).parent, other)
    with (other / "iri.py").open("a") as module:
        module.write("# changed\n")
    with machines(tmp_path / "cluster", 0) as started:
        worker = started.work({"PYTHONPATH": str(other.parent)})
        said = refused(started.address, write_data, shapes, tmp_path)
        assert said.startswith(f"{worker} has lod {lod.__version__} (")
        assert ") instead of " in said
        assert "Install the same versions on all workers" in said
        monkeypatch.setattr(Cluster, "_compare", lambda self: None)
        assert "a worker has lod" in refused(started.address, write_data, shapes, tmp_path)


def test_workers_without_the_program_are_refused(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    (tmp_path / "other" / "lod").mkdir(parents=True)
    (tmp_path / "other" / "lod" / "__init__.py").touch()
    with machines(tmp_path / "cluster", 0) as started:
        worker = started.work({"PYTHONPATH": str(tmp_path / "other")})
        said = refused(started.address, write_data, shapes, tmp_path)
        assert said.startswith(f"{worker} has ")
        assert "No module named 'lod." in said


def test_a_worker_that_cannot_write(write_data: WriteData, shapes: Path, tmp_path: Path) -> None:
    with machines(tmp_path / "cluster", 1) as started:
        shutil.rmtree(started.folder / "dask-scratch-space")
        said = refused(started.address, write_data, shapes, tmp_path)
    assert "a worker can't keep its files ([Errno 2] No such file or directory" in said


GONE = {"workers": "all workers are gone", "scheduler": "lost the scheduler"}


@pytest.mark.parametrize("lost", GONE)
def test_a_cluster_that_is_gone(lost: str, shapes: Path, tmp_path: Path) -> None:
    generate(tmp_path / "data", 3_000)
    with machines(tmp_path / "cluster", 1) as started:

        def kill(step: str, done: int, total: int) -> None:
            if step == "write" and done == 1:
                for process in (started.scheduler,) if lost == "scheduler" else started.workers:
                    process.kill()
                    process.wait()

        cluster = Cluster(started.address, returns=2)
        with pytest.raises(ClusterError, match=GONE[lost]):
            build(tmp_path / "data", shapes, tmp_path / "releases", "en", kill, cluster=cluster)
    assert {path.name for path in (tmp_path / "releases").iterdir()} == {CACHE, ".lock"}


def test_an_interruption_leaves_nothing_half_written(two: Machines, tmp_path: Path) -> None:
    generate(tmp_path / "data", 3_000)
    releases = tmp_path / "releases"
    command: list[str | Path] = [LOD, "build", "--data", tmp_path / "data", "--out", releases]
    process = subprocess.Popen(
        [*command, "--cluster", two.address], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    wait_for(lambda: "".join(str(path) for path in releases.glob(".building-*")))
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.strip()) == (130, "")
    assert {path.name for path in releases.iterdir()} == {CACHE, ".lock"}
    with Client(two.address, set_as_default=False) as client:
        wait_for(lambda: "" if any(client.processing().values()) else "idle")


def test_the_command(two: Machines, write_data: WriteData, tmp_path: Path) -> None:
    command = ["build", "--data", str(write_data()), "--out", str(tmp_path / "releases")]
    done = CliRunner().invoke(main, [*command, "--cluster", two.address])
    assert done.exit_code == 0, done.output
    assert " built: " in done.output
    lost = CliRunner().invoke(main, [*command, "--cluster", "nowhere"])
    assert (lost.exit_code, lost.output) == (1, lost.stderr)
    assert "expected a Dask scheduler" in lost.output


def test_without_the_extra(
    write_data: WriteData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "lod.cluster")
    command = ["build", "--data", str(write_data()), "--out", str(tmp_path / "releases")]
    done = CliRunner().invoke(main, [*command, "--cluster", "tcp://127.0.0.1:8786"])
    assert done.exit_code == 1
    assert "pip install 'kommunal-lod[cluster]'" in done.output


def test_encrypted(
    write_data: WriteData, shapes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Machines that show a certificate to each other; the variables are Dask's own."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=cluster"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    start = "DASK_DISTRIBUTED__COMM__"
    encrypted = {f"{start}REQUIRE_ENCRYPTION": "True", f"{start}TLS__CA_FILE": str(certificate)}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        encrypted[f"{start}TLS__{role}__KEY"] = str(key)
        encrypted[f"{start}TLS__{role}__CERT"] = str(certificate)
    with machines(tmp_path / "cluster", 1, encrypted, "tls") as started:
        assert started.address.startswith("tls://")
        assert "found none" in refused(started.address, write_data, shapes, tmp_path)
        command: list[str | Path] = [
            "build",
            "--data",
            write_data(),
            "--out",
            tmp_path / "releases",
        ]
        done = subprocess.run(
            [LOD, *command, "--cluster", started.address],
            cwd=ROOT,
            env={**os.environ, **encrypted},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
