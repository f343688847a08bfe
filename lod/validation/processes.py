"""Work shared among processes that find everything they need in the memory they are forked with."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import TypeVar, cast

from lod.errors import LodError

MOST = 4
"""The most processes."""
ALONE = 20_000
"""Up to so much work, in focus nodes, another process isn't worth its start."""
_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def run_all(
    run: Callable[[_Job], _Result], jobs: Sequence[_Job], work: int
) -> Iterator[tuple[int, _Result]]:
    """Yield the number of each job and its result, in no particular order.

    Args:
        run: does one job.
        jobs: all there is to do.
        work: how much that is, in focus nodes.

    Raises:
        LodError: raised by a job.
    """
    processes = min(os.cpu_count() or 1, MOST)
    # A process that this made itself already does its share.
    shared = multiprocessing.current_process().daemon
    if work > ALONE and processes > 1 and sys.platform == "linux" and not shared:
        yield from _run_forked(run, jobs, processes)
    else:
        yield from ((number, run(job)) for number, job in enumerate(jobs))


def _run_forked(
    run: Callable[[_Job], _Result], jobs: Sequence[_Job], processes: int
) -> Iterator[tuple[int, _Result]]:
    """Give each process its share at once: it waits for nothing but to be read by this one."""
    fork = multiprocessing.get_context("fork")
    workers: dict[Connection, ForkProcess] = {}
    gc.freeze()  # otherwise the first collection copies all memory that is shared
    try:
        for first in range(processes):
            receiving, sending = fork.Pipe(duplex=False)
            share = run, jobs, range(first, len(jobs), processes), sending
            worker = fork.Process(target=_work, args=(*share, [*workers, receiving]), daemon=True)
            workers[receiving] = worker
            worker.start()
            sending.close()
        yield from _received(set(workers))
    finally:
        gc.unfreeze()
        for worker in workers.values():
            worker.kill()
            worker.join()


def _work(
    run: Callable[[_Job], _Result],
    jobs: Sequence[_Job],
    numbers: Sequence[int],
    results: Connection,
    inherited: Sequence[Connection],
) -> None:
    # An interruption is for the other process to handle, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # With a reader left, writing would wait for ever after the other process is gone.
    for connection in inherited:
        connection.close()
    with suppress(BrokenPipeError):
        try:
            for number in numbers:
                results.send((number, run(jobs[number])))
            results.send(None)
        except LodError as error:
            results.send(error)


def _received(unfinished: set[Connection]) -> Iterator[tuple[int, _Result]]:
    while unfinished:
        for ready in cast("list[Connection]", wait(list(unfinished))):
            try:
                received: tuple[int, _Result] | LodError | None = ready.recv()
            except EOFError:
                raise RuntimeError("a process was killed; is there too little memory?") from None
            if isinstance(received, LodError):
                raise received
            if received is None:
                unfinished.discard(ready)
            else:
                yield received
