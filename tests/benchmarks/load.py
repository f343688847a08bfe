"""Asks a server as fast as it answers: by ``wrk`` where it is installed, else by a client of ours.

Every request is asked in turn, so that answers come from as many pages as the caller names.
"""

from __future__ import annotations

import itertools
import json
import re
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

WRK = shutil.which("wrk")
CLIENTS = 16
"""Connections that ask at the same time."""
_LONGEST = 600
"""Seconds that asking each request once may take."""
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_SCRIPT = Path(__file__).with_name("load.lua")


class UnansweredError(RuntimeError):
    """Answers were of another status than was asked for, so that their speed says nothing."""


@dataclass(frozen=True)
class Ask:
    """A request.

    Attributes:
        path: with its query.
        method: ``GET`` or ``HEAD``.
        headers: beside ``Host``.
    """

    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()

    def written(self, host: str) -> bytes:
        """Return it as it goes over the wire."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join([*lines, "", ""]).encode()


@dataclass(frozen=True)
class Answers:
    """How a server answered.

    Attributes:
        rate: answers a second.
        median: seconds that an answer took, in the middle.
        p99: seconds that 99 of 100 answers took at most.
        count: how many there were.
    """

    rate: float
    median: float
    p99: float
    count: int = field(compare=False)


def client() -> str:
    """Say what asks."""
    if WRK is None:
        return f"a client of ours in Python, {CLIENTS} connections"
    printed = subprocess.run([WRK, "--version"], capture_output=True, text=True, check=False).stdout
    version = " ".join(printed.split()[:2])
    return f"{version}, 1 thread, {CLIENTS} connections; HEAD by a client of ours in Python"


def ask(
    port: int,
    asks: Sequence[Ask],
    seconds: float,
    status: int = 200,
    *,
    once: bool = False,
    timed: bool = False,
) -> Answers:
    """Ask for some seconds.

    Args:
        port: of the server on this machine.
        asks: the requests, one after the other and again from the first.
        seconds: how long.
        status: that every answer has to have.
        once: whether to ask each request a single time, however long that takes.
        timed: whether ``median`` and ``p99`` are wanted even so, which wrk can't tell.

    Raises:
        UnansweredError: an answer had another status, or none came.
    """
    # wrk would wait for the body of what has none.
    tell = _by_wrk if WRK and asks[0].method != "HEAD" and not timed else _by_us
    answers, wrong = tell(port, asks, seconds, status, once)
    if wrong or not answers.count:
        raise UnansweredError(f"{asks[0].path}: {wrong} of {answers.count} answers not {status}")
    return answers


def _by_wrk(
    port: int, asks: Sequence[Ask], seconds: float, status: int, once: bool
) -> tuple[Answers, int]:
    host = f"127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requests"
        file.write_bytes(b"\0".join(one.written(host) for one in asks))
        target = Path(folder) / "told"
        command = [str(WRK), "-t1", f"-c{CLIENTS}", "--timeout", "60s", "-s", str(_SCRIPT)]
        command += [f"-d{_LONGEST if once else max(1, round(seconds))}s", f"http://{host}/", "--"]
        command += [str(file), str(status), str(len(asks)) if once else "0", str(target)]
        # It can't be told to end after a number of requests; it tells that it is done, and is.
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as asking:
            while asking.poll() is None and not target.exists():
                time.sleep(0.01)
            if once:
                asking.kill()
        told = json.loads(target.read_text(encoding="utf-8"))
    rate = told["count"] / told["seconds"]
    return Answers(rate, told["median"], told["p99"], told["count"]), told["wrong"]


def _by_us(
    port: int, asks: Sequence[Ask], seconds: float, status: int, once: bool
) -> tuple[Answers, int]:
    """Ask in a process of its own, so that its interpreter isn't ours."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requests"
        file.write_bytes(b"\0".join(one.written(f"127.0.0.1:{port}") for one in asks))
        command = [sys.executable, "-m", "tests.benchmarks.load", str(port), str(file)]
        command += [str(seconds), str(status), str(len(asks)) if once else "0"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    rate = told["count"] / told["seconds"]
    return Answers(rate, told["median"], told["p99"], told["count"]), told["wrong"]


class _Connection:
    """A connection that has asked and waits."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""
        self._bodiless = False
        self._start = 0.0

    def ask(self, request: bytes) -> None:
        """Send a request."""
        self._bodiless, self._received = request.startswith(b"HEAD"), b""
        self._start = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> tuple[int, float] | None:
        """Take what has come; return status and seconds as soon as it is the whole answer."""
        come = self.socket.recv(1 << 18)
        if not come:
            raise UnansweredError("a connection was closed")
        self._received += come
        end = self._received.find(b"\r\n\r\n") + 4
        if end < 4 or (not self._whole(end)):
            return None
        return int(self._received[9:12]), time.perf_counter() - self._start

    def _whole(self, end: int) -> bool:
        if self._bodiless or self._received[9:12] == b"304":
            return True
        length = _LENGTH.search(self._received, 0, end)
        return length is None or len(self._received) >= end + int(length[1])


def _all(
    port: int, written: list[bytes], seconds: float, status: int, most: int
) -> dict[str, float]:
    """Ask over all connections, and return how long answers took and how many were wrong."""
    requests = itertools.cycle(written)
    waiting = selectors.DefaultSelector()
    times: list[float] = []
    start, wrong = time.perf_counter(), 0
    until = start + (_LONGEST if most else seconds)
    for _ in range(min(CLIENTS, most or CLIENTS)):
        connection = _Connection(port)
        waiting.register(connection.socket, selectors.EVENT_READ, connection)
        connection.ask(next(requests))
    while time.perf_counter() < until and not (most and len(times) >= most):
        for key, _ in waiting.select(1):
            answer = key.data.receive()
            if answer is not None:
                wrong += answer[0] != status
                times.append(answer[1])
                key.data.ask(next(requests))
    return {
        "count": len(times),
        "seconds": time.perf_counter() - start,
        "median": statistics.median(times),
        "p99": statistics.quantiles(times, n=100)[98],
        "wrong": wrong,
    }


if __name__ == "__main__":
    _port, _file, _seconds, _status, _most = sys.argv[1:]
    _written = Path(_file).read_bytes().split(b"\0")
    print(json.dumps(_all(int(_port), _written, float(_seconds), int(_status), int(_most))))
