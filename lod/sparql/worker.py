"""The process that a query runs in: ``python -m lod.sparql.worker``, started by `lod.sparql.pool`.

It reads a line of JSON for each query and answers with frames: a letter, four bytes of length, and
the content. ``D`` is a piece of the result, ``E`` its end, ``X`` an error, as JSON.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import struct
import sys
from itertools import chain, islice
from typing import Any

import pyoxigraph as ox

from lod.sparql.sandbox import limit_memory, stand_back, without_network

_PIECE = 64 * 1024
_NICE = 50_000
"""Triples up to which a graph is written by our own writers, which need all of it at once."""
_OUT = 1


class Frames:
    """Writes a result to the pool, piece by piece."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, piece: bytes) -> int:
        """Take a piece of the result."""
        self._waiting += piece
        if len(self._waiting) >= _PIECE:
            self.flush()
        return len(piece)

    def flush(self) -> None:
        """Send what was taken."""
        if self._waiting:
            send(b"D", bytes(self._waiting))
            self._waiting.clear()


def send(letter: bytes, content: bytes) -> None:
    """Send a frame."""
    frame = memoryview(letter + struct.pack("!I", len(content)) + content)
    while frame:
        frame = frame[os.write(_OUT, frame) :]


def failure(kind: str, message: str) -> tuple[bytes, bytes]:
    """Return the frame of an error."""
    return b"X", json.dumps({"kind": kind, "message": message}).encode()


class Worker:
    """Answers queries, one after the other.

    Args:
        setting: the store's path, the endpoint's IRI, and how our documents are written.
    """

    def __init__(self, setting: dict[str, Any]) -> None:
        self._setting = setting
        path = setting["store"]
        self._store = ox.Store.read_only(path) if path else ox.Store()

    def answer(self, question: dict[str, Any]) -> tuple[bytes, bytes]:
        """Send the result of a query; return the last frame: its end, or what is wrong."""
        try:
            return self._write(self._evaluate(question), question)
        except SyntaxError as error:
            return failure("syntax", str(error))
        except MemoryError:
            return failure("memory", "")
        except (OSError, RuntimeError, ValueError) as error:
            return failure("evaluation", str(error))

    def _evaluate(self, question: dict[str, Any]) -> Any:
        if question["answer"]:
            return _read(question["answer"], question["answer_type"])
        default, named = question["default"], question["named"]
        given: dict[str, Any] = {}
        if default or named:
            given["default_graph"] = [ox.NamedNode(iri) for iri in default]
            given["named_graphs"] = [ox.NamedNode(iri) for iri in named]
        return self._store.query(
            question["query"],
            base_iri=self._setting["endpoint"],
            use_default_graph_as_union=question["union"],
            **given,
        )

    def _write(self, result: Any, question: dict[str, Any]) -> tuple[bytes, bytes]:
        frames, name = Frames(), question["format"]
        if isinstance(result, ox.QueryTriples) != question["graph"]:
            return failure("syntax", "error at 1:1: put a space after the query's first word")
        if name == "table":
            frames.write(json.dumps(_table(result, question["rows"])).encode())
        elif isinstance(result, ox.QueryTriples):
            self._write_graph(result, name, frames)
        else:
            _write_result(result, name, frames)
        frames.flush()
        return b"E", b""

    def _write_graph(self, triples: ox.QueryTriples, name: str, frames: Frames) -> None:
        # Loaded late: a worker that only ever sees SELECT starts in half the time.
        from lod.formats import BY_EXTENSION, Style, ordered  # noqa: PLC0415
        from lod.iri import Space  # noqa: PLC0415

        first = list(islice(triples, _NICE))
        style = Style(Space(self._setting["base"]), self._setting["values"])
        if len(first) < _NICE and not any(isinstance(t.object, ox.BlankNode) for t in first):
            frames.write(BY_EXTENSION[name].write_dump(ordered(set(first)), style))
            return
        engine = ox.RdfFormat.from_media_type(BY_EXTENSION[name].media_type)
        everything = chain(first, triples)
        ox.serialize(everything, frames, engine, prefixes=style.prefixes)  # type: ignore[arg-type]


def _read(path: str, media_type: str) -> Any:
    """Return the answer of another store."""
    results = ox.QueryResultsFormat.from_media_type(media_type)
    if results is not None:
        return ox.parse_query_results(path=path, format=results)
    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.from_media_type(media_type))
    return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def _write_result(result: Any, name: str, frames: Frames) -> None:
    from lod.sparql.results import RESULTS  # noqa: PLC0415

    format_ = next(found for found in RESULTS if found.extension == name)
    if isinstance(result, ox.QueryBoolean) and not format_.truth:
        frames.write(b"true\n" if result else b"false\n")
        return
    result.serialize(frames, format=format_.engine)


def _table(result: Any, rows: int) -> dict[str, Any]:
    """Return the first rows of a result, for a page."""
    if isinstance(result, ox.QueryBoolean):
        return {"truth": bool(result)}
    if isinstance(result, ox.QueryTriples):
        found = [
            [_term(t.subject), _term(t.predicate), _term(t.object)]
            for t in islice(result, rows + 1)
        ]
        variables = ["subject", "predicate", "object"]
    else:
        variables = [variable.value for variable in result.variables]
        found = [[_term(term) for term in solution] for solution in islice(result, rows + 1)]
    return {"variables": variables, "rows": found[:rows], "more": len(found) > rows}


def _term(term: Any) -> dict[str, str] | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return {"type": "iri", "value": term.value}
    if isinstance(term, ox.Literal):
        return {
            "type": "literal",
            "value": term.value,
            "language": term.language or "",
            "datatype": term.datatype.value,
        }
    return {"type": "other", "value": str(term)}


def main() -> None:
    """Answer the queries of the process that started this one, for as long as it lives."""
    # Ctrl-C goes to the whole group of processes; the pool ends this one by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lines = iter(sys.stdin.buffer.readline, b"")
    setting = json.loads(next(lines))
    try:
        worker = Worker(setting)
    except OSError as error:
        send(*failure("start", str(error)))
        return
    limit_memory(setting["memory"])
    stand_back()  # Not before: somebody waits for this process to be ready.
    _die_with(setting["lifeline"])
    send(b"R", b"1" if without_network() else b"0")
    for line in lines:
        question = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, question["seconds"] + 1)
        last = worker.answer(question)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(*last)


def _die_with(lifeline: int) -> None:
    """Have the kernel end this process when the pool's end of a pipe closes.

    SIGIO and SIGALRM end a process that doesn't handle them, whatever its engine is busy with.
    """
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    poll = select.poll()
    poll.register(lifeline, select.POLLHUP)
    if poll.poll(0):
        os._exit(0)  # It closed before the signal could tell.


if __name__ == "__main__":
    main()
