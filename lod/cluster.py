"""Builds on a cluster: chunks and pieces are done by the workers of a Dask scheduler.

Whatever has to be known of all records stays with the machine that builds, and so do all files:
the workers share no disk with it (see `lod.build.parcels`).

Spec: https://distributed.dask.org/en/stable/
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from distributed import CancelledError, Client, Future, KilledWorker, get_worker
from distributed.client import ClosedClientError
from distributed.core import rpc
from distributed.security import Security

from lod.build import kept
from lod.build.parcels import (
    DifferentError,
    Parcel,
    Portable,
    differences,
    do_parcel,
    pack,
    versions,
)
from lod.errors import ClusterError

ANSWERS = 5.0
"""Seconds in which the scheduler has to answer, and to have a worker."""
RETURNS = 60.0
"""Seconds that a cluster may be without any worker."""
_AHEAD = 3
"""So many jobs for each thread of a worker are under way, or wait to be asked for their results."""
_RETRIES = 2
"""So many times a job that failed is given to a worker again."""
_LOOK = 5.0
"""Seconds between two looks at who is there."""
_SAME = "Install the same versions on all workers as here, and restart them"
_Job = TypeVar("_Job", bound=Portable)
_Result = TypeVar("_Result")


class _Sent(NamedTuple):
    key: str
    future: Future[bytes | None]


class Cluster:
    """The workers of a Dask scheduler, connected as long as the context is entered.

    Args:
        address: of the scheduler, such as ``tcp://10.0.0.1:8786``.
        answers: seconds in which it has to answer, and to have a worker.
        returns: seconds that it may be without any.
    """

    def __init__(self, address: str, answers: float = ANSWERS, returns: float = RETURNS) -> None:
        self.address = address
        self._answers, self._returns = answers, returns
        self._threads = 0
        self._looked = self._seen = 0.0

    def __enter__(self) -> Self:
        """Connect, and make sure that the workers make the same bytes as this machine.

        Raises:
            ClusterError: nobody answers, or somebody else.
        """
        # What it has to tell is told by our errors.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        self._find()
        with self._lost():
            self._client = Client(self.address, timeout=self._answers, set_as_default=False)
        try:
            with self._lost():
                self._compare()
            self._capacity()
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # With the client goes what is under way: nobody else wants it.
        self._client.close()

    def map(self, function: Callable[[_Job], _Result], jobs: Iterable[_Job]) -> Iterator[_Result]:
        """Yield the result of each job in the order of the jobs, which are asked for as needed.

        Raises:
            ClusterError: the cluster can't go on.
            LodError: raised by a job.
        """
        waiting: deque[tuple[_Job, _Sent | None]] = deque()
        for job in jobs:
            waiting.append((job, None if job.known() else self._send(function, job)))
            if len(waiting) >= _AHEAD * self._capacity():
                yield self._taken(function, *waiting.popleft())
        while waiting:
            yield self._taken(function, *waiting.popleft())

    def _send(self, function: Callable[[_Job], Any], job: _Job) -> _Sent:
        parcel = pack(function, job)
        with self._lost():
            # What a worker had that is gone, the scheduler gives to others without being told.
            future = self._client.submit(_do, parcel, pure=False, retries=_RETRIES)
        return _Sent(parcel.key, future)

    def _taken(self, function: Callable[[_Job], _Result], job: _Job, sent: _Sent | None) -> _Result:
        """Return the result of a job by what a worker has made; where none has, do it here."""
        content = self._content(sent.future) if sent else None
        if sent and content:
            kept.put(job.setting.path(sent.key), content)
        return function(job)

    def _content(self, future: Future[bytes | None]) -> bytes | None:
        """Wait for what a worker makes, as long as there is any worker."""
        try:
            while True:
                with self._lost(), suppress(TimeoutError):
                    return future.result(_LOOK)
                self._capacity()
        except DifferentError as error:
            raise ClusterError(f"{self.address}: a worker has {error}. {_SAME}") from None
        except KilledWorker:
            raise ClusterError(
                f"{self.address}: several workers ended at the same job, one after the other. "
                "Have they too little memory, or another program than this machine?"
            ) from None

    @contextmanager
    def _lost(self) -> Iterator[None]:
        """Say in our words that the scheduler is gone."""
        try:
            yield
        except (CancelledError, ClosedClientError, OSError) as error:
            raise ClusterError(f"{self.address}: lost the scheduler ({error})") from None

    def _capacity(self) -> int:
        """Return how many threads the workers have; they are counted again now and then.

        Raises:
            ClusterError: there has been no worker for too long.
        """
        now = time.monotonic()
        if now - self._looked > _LOOK:
            self._looked = now
            with self._lost():
                found = sum(self._client.nthreads().values())
            if found:
                self._threads, self._seen = found, now
            elif now - self._seen > self._returns:
                raise ClusterError(
                    f"{self.address}: all workers are gone. Start some and build again"
                )
        return self._threads

    def _find(self) -> None:
        """Make sure that a scheduler answers."""
        try:
            found = asyncio.run(asyncio.wait_for(_identity(self.address), self._answers))
        except (OSError, ValueError, TypeError) as error:
            words = str(error) or f"nothing in {self._answers:.0f} seconds"
            raise ClusterError(
                f"{self.address}: expected a Dask scheduler, found none ({words}). Name the "
                "address that `dask scheduler` shows, such as tcp://10.0.0.1:8786"
            ) from None
        if found["type"] != "Scheduler":
            raise ClusterError(
                f"{self.address}: expected a Dask scheduler, found a {found['type'].lower()}. "
                "Name the address that the workers were started with"
            )

    def _compare(self) -> None:
        """Make sure that there are workers, and that they are like this machine."""
        try:
            self._client.wait_for_workers(1, self._answers)
        except TimeoutError:
            raise ClusterError(
                f"{self.address}: the scheduler has no workers. Start some with "
                f"`dask worker {self.address} --nthreads 1`"
            ) from None
        told = self._client.run(versions, on_error="return")
        others = {worker: _words(found) for worker, found in sorted(told.items())}
        wrong = [f"{worker} has {words}" for worker, words in others.items() if words]
        if wrong:
            raise ClusterError("\n".join([*wrong, f"{self.address}: {_SAME}"]))


async def _identity(address: str) -> Mapping[str, str]:
    arguments = Security().get_connection_args("client")
    async with rpc(address, connection_args=arguments) as found:
        identity: Mapping[str, str] = await found.identity()
        return identity


def _words(found: Mapping[str, str] | Exception) -> str:
    """Return in which versions a worker differs from this machine."""
    return str(found) if isinstance(found, Exception) else differences(versions(), found)


def _do(parcel: Parcel) -> bytes | None:
    worker = get_worker()
    try:
        return do_parcel(parcel, Path(worker.local_directory))
    except OSError as error:
        raise ClusterError(f"{worker.address}: a worker can't keep its files ({error})") from None
