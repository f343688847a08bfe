"""Loads a graph piece by piece, by the Graph Store Protocol or by SPARQL Update."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode

from lod.remote.connection import Connection
from lod.remote.endpoint import OXIGRAPH, VIRTUOSO

PIECE = 8 * 1024 * 1024
"""Bytes that are sent at once by the Graph Store Protocol."""
UPDATE_PIECE = 256 * 1024
"""Bytes of one update: beyond about a megabyte, Virtuoso's compiler runs out of memory."""
UPDATE_LINES = 1000
"""Triples of one update: Virtuoso's compiler takes no more than some thousands."""
_PATIENCE = 600.0
"""Seconds that a store may take for a piece."""


class Staging:
    """Loads one graph; what is sent twice is there once, for there are no blank nodes.

    Args:
        connection: to the store.
        graph: which graph; what it had before is gone with the first piece.
    """

    def __init__(self, connection: Connection, graph: NamedNode) -> None:
        self._connection = connection
        self._endpoint = connection.endpoint
        self._graph = graph

    def load(self, lines: Sequence[bytes]) -> Iterator[int]:
        """Load lines of N-Triples, and yield how many were loaded by each request.

        Raises:
            EndpointError: the store can't be reached or refuses.
        """
        protocol = bool(self._endpoint.graph_store)
        first = True
        size, number = (PIECE, len(lines)) if protocol else (UPDATE_PIECE, UPDATE_LINES)
        for piece in pieces(lines, size, number):
            if protocol:
                self._put(piece, first)
            else:
                self._insert(piece, first)
            first = False
            yield len(piece)

    def _put(self, piece: Sequence[bytes], first: bool) -> None:
        params = {"graph": self._graph.value}
        if self._endpoint.server == VIRTUOSO:
            params = {"graph-uri": self._graph.value}
        if self._endpoint.server == OXIGRAPH:
            params["no_transaction"] = ""  # Nobody reads it yet; four times as fast.
        self._connection.client.send(
            "PUT" if first else "POST",
            self._endpoint.graph_store,
            params=params,
            content=b"\n".join(piece) + b"\n",
            headers={"Content-Type": "application/n-triples"},
            seconds=_PATIENCE,
        )

    def _insert(self, piece: Sequence[bytes], first: bool) -> None:
        before = f"DROP SILENT GRAPH {self._graph} ;\n" if first else ""
        body = b"\n".join(piece).decode()
        self._connection.update(f"{before}INSERT DATA {{ GRAPH {self._graph} {{\n{body}\n}} }}")


def pieces(lines: Sequence[bytes], size: int, number: int) -> Iterator[Sequence[bytes]]:
    """Part lines into pieces.

    Args:
        lines: in order.
        size: bytes that a piece may have; a longer line is a piece of its own.
        number: lines that a piece may have.
    """
    start = length = 0
    for position, line in enumerate(lines):
        if position > start and (length + len(line) > size or position - start >= number):
            yield lines[start:position]
            start, length = position, 0
        length += len(line) + 1
    if start < len(lines):
        yield lines[start:]
