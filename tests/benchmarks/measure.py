"""Runs commands and says how long they took and how much memory all their processes had."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]
"""A program and its arguments."""
_PAGE = os.sysconf("SC_PAGE_SIZE")
_GRACE = 3.0
"""Seconds that a process may take to end by itself."""
_INTERVAL = 0.02
"""Seconds between two looks at the memory."""


class BrokenError(RuntimeError):
    """A command that is measured failed, so that its time says nothing."""


@dataclass(frozen=True)
class Run:
    """What a command took.

    Attributes:
        seconds: from its start to its end.
        memory: bytes that its processes had resident together, at the highest.
        output: what it printed.
    """

    seconds: float
    memory: int
    output: str


def run(
    command: Command,
    log: Path,
    *,
    timeout: float | None = None,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run a command to its end.

    Args:
        command: the program and its arguments.
        log: takes what it prints.
        timeout: seconds until it is ended with all that it started.
        environment: variables beside those that there are.

    Raises:
        BrokenError: it failed.
        subprocess.TimeoutExpired: it took too long.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w+", encoding="utf-8") as printed:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, **(environment or {})},
        )
        highest = _Highest(process.pid)
        highest.start()
        try:
            status = process.wait(timeout)
        finally:
            seconds = time.perf_counter() - start
            highest.stop()
            end(process)
    output = log.read_text(encoding="utf-8", errors="replace")
    if status:
        raise BrokenError(f"{' '.join(map(str, command))}: {output[-2000:]}")
    return Run(seconds, highest.bytes, output)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(_GRACE)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def resident(process: int) -> int:
    """Return the bytes that a process has resident; 0 of one that has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def tree(process: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield process
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [(task / "children").read_text().split() for task in tasks]
    except OSError:
        return
    for child in {int(number) for found in children for number in found}:
        yield from tree(child)


class _Highest(threading.Thread):
    """Looks at the memory of a tree of processes again and again."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.bytes = 0
        self._process = process
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(_INTERVAL):
            self.bytes = max(self.bytes, sum(map(resident, tree(self._process))))

    def stop(self) -> None:
        self._stopped.set()
        self.join()
