"""The part of a graph that is enough to evaluate a shape for some resources.

Graphs are canonical N-Triples here: a triple a line, its terms apart by one space. They are read
line by line, so that their size costs time but no memory.

Spec: https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import BinaryIO

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDFS
from rdflib.term import Node

from lod.validation.graphs import rdflib_graph
from lod.validation.reach import Properties, Reach

_BLOCK = 1 << 20
_SUBCLASS = f" <{RDFS.subClassOf}> ".encode()
"""What stands in a line by which a class is part of another: it may matter to any resource."""


def excerpt(graph: BinaryIO, focus: Iterable[Node], reach: Reach) -> rdflib.Graph:
    """Return what a shape reads of a graph when it is evaluated for some resources.

    Args:
        graph: canonical N-Triples, which are read once for each step of the reach, and once more.
        focus: the resources.
        reach: what the shape reads.
    """
    follows, backwards = _encoded(reach.follows), _encoded(reach.backwards)
    kept = dict.fromkeys(_classes(graph))
    seen: set[bytes] = set()
    ahead = {term(node) for node in focus if isinstance(node, rdflib.URIRef)}
    steps = 0
    while ahead and (reach.steps is None or steps <= reach.steps):
        seen |= ahead
        found: set[bytes] = set()
        for line in _lines(graph):
            about = line[: line.index(b" ")] in ahead
            if about:
                kept[line] = None
            if about or backwards != frozenset():
                found.update(_next(line, ahead, follows, backwards))
        ahead = found - seen
        steps += 1
    return parsed(kept)


def _classes(graph: BinaryIO) -> Iterator[bytes]:
    """Yield the lines that say which class is part of which."""
    graph.seek(0)
    while block := graph.read(_BLOCK):
        block += graph.readline()
        if _SUBCLASS in block:
            yield from (line for line in block.splitlines(keepends=True) if _SUBCLASS in line)


def _lines(graph: BinaryIO) -> BinaryIO:
    graph.seek(0)
    return graph


def _next(
    line: bytes,
    ahead: set[bytes],
    follows: Collection[bytes] | None,
    backwards: Collection[bytes] | None,
) -> Iterator[bytes]:
    """Yield the resources that a triple leads to from those ahead."""
    subject, property_, rest = line.split(b" ", 2)
    object_ = rest[: rest.rindex(b" ")]
    forwards = subject in ahead and (follows is None or property_ in follows)
    if forwards and object_.startswith((b"<", b"_")):
        yield object_
    if object_ in ahead and (backwards is None or property_ in backwards):
        yield subject


def parsed(graph: Iterable[bytes]) -> rdflib.Graph:
    """Return lines as a graph."""
    quads = ox.parse(b"".join(graph), ox.RdfFormat.N_TRIPLES)
    return rdflib_graph(quad.triple for quad in quads)


def term(node: Node) -> bytes:
    """Return an IRI or blank node as it stands in a line."""
    return (f"_:{node}" if isinstance(node, rdflib.BNode) else f"<{node}>").encode()


def _encoded(properties: Properties) -> Collection[bytes] | None:
    """Return properties as they stand in lines."""
    return None if properties is None else frozenset(map(term, properties))
