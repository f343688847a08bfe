"""Real stores for the suites: servers on loopback, each in a directory of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

HOST = "127.0.0.1"
_PATIENCE = 90.0
"""Seconds that a store may take to start."""
_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
Striping = 0

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
Striping = 0

[Parameters]
ServerPort = {host}:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 60
DirsAllowed = .
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000

[HTTPServer]
ServerPort = {host}:{http}
ServerRoot = {folder}
ServerThreads = 10
MaxClientConnections = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10
Charset = UTF-8

[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 20
"""


@dataclass
class Engine:
    """A running store.

    Attributes:
        name: of the program.
        endpoint: where it answers queries.
        user: who may change it; empty where anybody may.
        password: of the user.
    """

    name: str
    endpoint: str
    user: str = ""
    password: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)


def oxigraph_program() -> str | None:
    """Return the path of Oxigraph's server, which pip puts beside the interpreter."""
    return shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
        "oxigraph"
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def oxigraph(folder: Path) -> Iterator[Engine]:
    """Run Oxigraph's server while the context lasts."""
    port = free_port()
    program = oxigraph_program()
    assert program
    command = [program, "serve", "--location", str(folder / "data"), "--bind", f"{HOST}:{port}"]
    with _running("oxigraph", command, folder, f"http://{HOST}:{port}/query") as engine:
        yield engine


@contextmanager
def virtuoso(folder: Path, rows: int = 10_000) -> Iterator[Engine]:
    """Run Virtuoso while the context lasts.

    Args:
        folder: where it keeps its files.
        rows: that a result may have before it is cut.
    """
    http = free_port()
    settings = _INI.format(folder=folder, host=HOST, sql=free_port(), http=http, rows=rows)
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    program = shutil.which("virtuoso-t")
    assert program
    command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with _running("virtuoso", command, folder, f"http://{HOST}:{http}/sparql") as engine:
        engine.user = engine.password = "dba"
        yield engine


@contextmanager
def _running(name: str, command: list[str], folder: Path, endpoint: str) -> Iterator[Engine]:
    with (folder / "output.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            _wait(process, endpoint, folder)
            yield Engine(name, endpoint, process=process)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], endpoint: str, folder: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(endpoint, params={"query": "ASK {}"}, timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    log = (folder / "output.log").read_text(errors="replace")[-2000:]
    raise AssertionError(f"{endpoint}: the store did not start\n{log}")
