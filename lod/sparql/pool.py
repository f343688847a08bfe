"""A few worker processes, and who may use them."""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any, Literal, cast

Kind = Literal["syntax", "evaluation", "memory", "size", "deadline", "busy", "gone", "start"]
_GLANCE = 0.25
"""Seconds between two looks at whether the client is there still."""
_CHUNK = 64 * 1024
_HEAD = 5


class QueryError(Exception):
    """There is no result.

    Args:
        kind: why.
        message: the engine's words, if it had any.
    """

    def __init__(self, kind: Kind, message: str = "") -> None:
        super().__init__(f"{kind}: {message}" if message else kind)
        self.kind = kind
        self.message = message


@dataclass(frozen=True)
class Limits:
    """What queries may take.

    Attributes:
        seconds: of time, from the first look at the query to the last byte of its result.
        memory: in bytes, beside what an idle worker has.
        size: of the result in bytes.
        workers: queries that run at once.
        queue: queries that wait for a worker.
        patience: seconds that they wait.
        length: of the query in bytes.
        rows: of a table on a page.
    """

    seconds: float = 10.0
    memory: int = 512 * 1024 * 1024
    size: int = 64 * 1024 * 1024
    workers: int = 2
    queue: int = 2
    patience: float = 3.0
    length: int = 256 * 1024
    rows: int = 500


@dataclass(frozen=True)
class Setting:
    """What a worker opens, and how it writes.

    Attributes:
        store: the path of the engine's directory; empty for a store with nothing in it.
        base: the publication's base IRI.
        endpoint: the IRI that relative IRIs in queries are resolved against.
        values: what the objects of properties are, as `lod.formats.Style` takes it.
    """

    store: str
    base: str
    endpoint: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """A query, and how its result is wanted.

    Attributes:
        query: the text.
        format: the extension of a result or graph format, or ``table``.
        graph: whether its result is a graph.
        union: whether the default graph is the union of all graphs.
        default: IRIs of the graphs that make the default graph, where the request names them.
        named: IRIs of the named graphs, where the request names them.
        answer: the path of the answer that another store gave to it, to be written anew.
        answer_type: the media type of that answer.
    """

    query: str
    format: str
    graph: bool
    union: bool
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    answer: str = ""
    answer_type: str = ""


def _nobody_left() -> bool:
    return False


def _end(process: subprocess.Popen[bytes], lifeline: int) -> None:
    with process:
        process.kill()
    os.close(lifeline)


class _Process:
    """A worker process, seen from the pool."""

    def __init__(self, setting: Setting, limits: Limits) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        # Nothing is ever written to it: its end tells the worker that this process is gone.
        watched, lifeline = os.pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "lod.sparql.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=environment,
                pass_fds=(watched,),
            )
        except BaseException:
            os.close(lifeline)
            raise
        finally:
            os.close(watched)
        self._in, self._out = (
            cast("IO[bytes]", self._process.stdin),
            cast("IO[bytes]", self._process.stdout),
        )
        self.end = weakref.finalize(self, _end, self._process, lifeline)
        """Kills the process and waits for its end; called at the latest when it is forgotten."""
        os.set_blocking(self._out.fileno(), False)
        self._poll = select.poll()
        self._poll.register(self._out.fileno(), select.POLLIN | select.POLLHUP)
        self._received = bytearray()
        self.offline = False
        """Whether the kernel refuses it the network."""
        self._say(
            {
                "store": setting.store,
                "base": setting.base,
                "endpoint": setting.endpoint,
                "values": dict(setting.values),
                "memory": limits.memory,
                "lifeline": watched,
            }
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def start(self, until: float, gone: Callable[[], bool]) -> None:
        """Wait until the store is open."""
        letter, content = self._frame(until, gone)
        if letter != b"R":
            raise QueryError("start", json.loads(content)["message"])
        self.offline = content == b"1"

    def ask(
        self, question: dict[str, Any], size: int, until: float, gone: Callable[[], bool]
    ) -> IO[bytes]:
        """Return the whole result of a query, in a file that is in memory while it is small."""
        self._say(question)
        result = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=1 << 20))  # noqa: SIM115
        try:
            self._take(result, size, until, gone)
        except BaseException:
            result.close()
            raise
        return result

    def _take(self, result: IO[bytes], size: int, until: float, gone: Callable[[], bool]) -> None:
        length = 0
        while True:
            letter, content = self._frame(until, gone)
            if letter == b"E":
                result.seek(0)
                return
            if letter == b"X":
                error = json.loads(content)
                raise QueryError(error["kind"], error["message"])
            length += len(content)
            if length > size:
                raise QueryError("size")
            result.write(content)

    def _say(self, words: dict[str, Any]) -> None:
        try:
            self._in.write(json.dumps(words).encode() + b"\n")
        except BrokenPipeError:
            raise QueryError("start", "the process died") from None

    def _frame(self, until: float, gone: Callable[[], bool]) -> tuple[bytes, bytes]:
        while True:
            if len(self._received) >= _HEAD:
                (length,) = struct.unpack_from("!I", self._received, 1)
                if len(self._received) >= _HEAD + length:
                    frame = bytes(self._received[:1]), bytes(self._received[_HEAD : _HEAD + length])
                    del self._received[: _HEAD + length]
                    return frame
            self._receive(until, gone)

    def _receive(self, until: float, gone: Callable[[], bool]) -> None:
        """Wait for more from the process."""
        left = until - time.monotonic()
        if left <= 0:
            raise QueryError("deadline")
        if not self._poll.poll(min(left, _GLANCE) * 1000):
            if gone():
                raise QueryError("gone")
            return
        piece = self._out.read(_CHUNK)
        if piece == b"":
            code = self._process.wait()
            kind: Kind = "deadline" if code == -signal.SIGALRM else "memory"
            raise QueryError(kind, f"the process died ({code})")
        self._received += piece or b""


class Pool:
    """Runs queries in processes that are made when they are needed; safe to share by threads.

    Args:
        setting: what the workers open.
        limits: what queries may take.
    """

    def __init__(self, setting: Setting, limits: Limits) -> None:
        self._setting = setting
        self._limits = limits
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._running = 0
        self._waiting = 0
        self._closed = False
        self._changed = threading.Condition()

    @property
    def processes(self) -> list[int]:
        """The ids of the processes that there are."""
        with self._changed:
            return [process.pid for process in (*self._idle, *self._busy)]

    @property
    def running(self) -> int:
        """How many queries run."""
        return self._running

    def run(self, question: Question, gone: Callable[[], bool] = _nobody_left) -> IO[bytes]:
        """Return the whole result of a query, as a file to read and to close.

        A result is complete, or there is none: nothing is sent to the client before the last byte
        is here, and a client that reads slowly doesn't keep a worker.

        Args:
            question: the query.
            gone: returns whether the client went away.

        Raises:
            QueryError: there is no result.
        """
        self._enter(gone)
        try:
            return self._run(question, gone)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify()

    def close(self) -> None:
        """End the idle processes now, and the others when their queries are done."""
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _enter(self, gone: Callable[[], bool]) -> None:
        """Take a place among the running queries, or wait for one for a while."""
        until = time.monotonic() + self._limits.patience
        with self._changed:
            if self._running >= self._limits.workers:
                if self._waiting >= self._limits.queue:
                    raise QueryError("busy")
                self._waiting += 1
                try:
                    self._wait(until, gone)
                finally:
                    self._waiting -= 1
            self._running += 1

    def _wait(self, until: float, gone: Callable[[], bool]) -> None:
        while self._running >= self._limits.workers:
            left = until - time.monotonic()
            if left <= 0:
                raise QueryError("busy")
            self._changed.wait(min(left, _GLANCE))
            if gone():
                raise QueryError("gone")

    def _run(self, question: Question, gone: Callable[[], bool]) -> IO[bytes]:
        process = self._borrow(gone)
        healthy = False
        until = time.monotonic() + self._limits.seconds
        words = {
            **question.__dict__,
            "rows": self._limits.rows,
            "seconds": self._limits.seconds,
        }
        try:
            result = process.ask(words, self._limits.size, until, gone)
            healthy = True
            return result
        except QueryError as error:
            healthy = error.kind in ("syntax", "evaluation") and process.alive
            raise
        finally:
            self._give_back(process, healthy)

    def _borrow(self, gone: Callable[[], bool]) -> _Process:
        with self._changed:
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    self._busy.add(process)
                    return process
                process.end()
        process = _Process(self._setting, self._limits)
        try:
            process.start(time.monotonic() + self._limits.seconds, gone)
        except BaseException:
            process.end()
            raise
        with self._changed:
            self._busy.add(process)
        return process

    def _give_back(self, process: _Process, healthy: bool) -> None:
        with self._changed:
            self._busy.discard(process)
            if healthy and not self._closed:
                self._idle.append(process)
                return
        process.end()
