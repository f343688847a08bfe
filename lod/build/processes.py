"""Work shared among processes: functions of modules do jobs that are values.

The bytes of a release don't depend on how many processes there are.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from types import TracebackType
from typing import Self, TypeVar

from lod.errors import LodError

ALONE = 2_000_000
"""Up to so many bytes of records, another process isn't worth its start."""
_AHEAD = 3
"""So many jobs for each process wait to be done, or to be asked for their results."""
_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def processes_for(size: int) -> int:
    """Return how many processes are worth their start.

    Args:
        size: of the records, in bytes; ``LOD_PROCESSES`` in the environment goes before it.
    """
    wanted = os.environ.get("LOD_PROCESSES", "")
    if wanted.isdecimal() and int(wanted):
        return int(wanted)
    # What is forked finds all modules loaded; elsewhere each process would load them again.
    return len(os.sched_getaffinity(0)) if size > ALONE and sys.platform == "linux" else 1


class Workers:
    """Does jobs in several processes, or in this one where there is one alone.

    Args:
        processes: how many.
    """

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self._pool: ProcessPoolExecutor | None = None
        if processes > 1:
            gc.freeze()  # otherwise the first collection copies all memory that is shared
            self._pool = ProcessPoolExecutor(
                processes, multiprocessing.get_context("fork"), initializer=_begin
            )
            self._pool.submit(int)  # all processes begin here, before there are threads

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            gc.unfreeze()

    def map(self, function: Callable[[_Job], _Result], jobs: Iterable[_Job]) -> Iterator[_Result]:
        """Yield the result of each job in the order of the jobs, which are asked for as needed.

        Raises:
            LodError: a process was killed.
        """
        if self._pool is None:
            yield from map(function, jobs)
            return
        waiting: deque[Future[_Result]] = deque()
        try:
            for job in jobs:
                waiting.append(self._pool.submit(function, job))
                if len(waiting) >= _AHEAD * self.processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise LodError(
                "A process of the build was killed. Is there too little memory? "
                "LOD_PROCESSES=1 needs the least"
            ) from None


def _begin() -> None:
    # An interruption is for the first process to handle, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is killed: nobody else would."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
