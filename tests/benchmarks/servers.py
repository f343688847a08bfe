"""Servers that are measured, each in processes of its own on this machine."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import BrokenError, end, resident, tree

_PATIENCE = 120.0
"""Seconds that a server may take until it answers."""


@dataclass(frozen=True)
class Server:
    """A server that answers.

    Attributes:
        port: on this machine.
        process: its first process.
        started: seconds from its start to the first answer.
    """

    port: int
    process: int
    started: float

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers by their names in lower case, and body of an answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, named, answer.read()

    def workers(self) -> list[int]:
        """Return the bytes that each of its processes has resident, the largest first."""
        return sorted(map(resident, tree(self.process)), reverse=True)

    def descendants(self) -> list[int]:
        """Return the bytes that each process has resident that the first one started."""
        return [resident(one) for one in tree(self.process) if one != self.process]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    command: Callable[[int], Sequence[str | Path]],
    log: Path,
    path: str = "/",
    cwd: Path | None = None,
) -> Iterator[Server]:
    """Start a server, and end it afterwards.

    Args:
        command: port → the program and its arguments.
        log: takes what it prints.
        path: an address that answers as soon as the server does.
        cwd: the directory to start it in.

    Raises:
        BrokenError: it ended, or doesn't answer.
    """
    port = free_port()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as printed:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command(port)],
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=cwd,
        )
        try:
            _wait(process, port, path, log)
            yield Server(port, process.pid, time.perf_counter() - start)
        finally:
            end(process)


def _wait(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            try:
                connection.request("GET", path)
                connection.getresponse().read()
            except OSError:
                time.sleep(0.01)
            else:
                return
        if process.poll() is not None:
            break
    raise BrokenError(f"{process.args!r}: {log.read_text('utf-8', 'replace')[-2000:]}")
