"""The fast engine: which resources break which shapes, in little more than it takes to read them.

This is the only module that knows the package ``shacl``. Where that isn't installed, or can't be
trusted with a graph, pyshacl does the work alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.namespace import SH
from rdflib.term import Node

from lod.validation.graphs import to_rdflib

try:
    import shacl
except ImportError:  # there is no wheel for every platform
    INSTALLED = False
else:
    INSTALLED = True

Failures = Mapping[Node, set[Node]]
"""Shapes, and the focus nodes that break each."""
_TARGETS = [SH[f"target{kind}"] for kind in ("Class", "Node", "SubjectsOf", "ObjectsOf")]


class UnfitError(Exception):
    """The engine can't be trusted with these shapes or this graph; says why."""


class Fast:
    """Shapes as the fast engine holds them; safe to share among threads.

    Args:
        shapes: what to check.

    Raises:
        UnfitError: the engine refuses a shape.
    """

    def __init__(self, shapes: rdflib.Graph) -> None:
        # A result names its shape; that of a blank node would mean nothing outside the engine.
        self._names = {
            node: rdflib.URIRef(f"urn:shape:{number}")
            for number, node in enumerate(_anonymous(shapes))
        }
        self._nodes: dict[Node, Node] = {name: node for node, name in self._names.items()}
        named = rdflib.Graph()
        for subject, predicate, object_ in shapes:
            named.add((self._named(subject), predicate, self._named(object_)))
        try:
            self._shapes = shacl.Shapes.from_text(named.serialize(format="nt"), "ntriples")
        except ValueError as error:
            raise UnfitError(str(error)) from None

    def file(self, path: Path) -> Failures:
        """Evaluate the graph in a file of N-Triples, which is read as a stream.

        Raises:
            UnfitError: the engine gave up, or a focus node is blank.
        """
        try:
            return self._failures(self._shapes.validate_file(str(path)).results)
        except ValueError as error:
            raise UnfitError(str(error)) from None

    def text(self, triples: bytes) -> Failures:
        """Evaluate a graph in N-Triples.

        Raises:
            UnfitError: the engine gave up, or a focus node is blank.
        """
        try:
            return self._failures(self._shapes.validate_text(triples.decode(), "ntriples").results)
        except ValueError as error:
            raise UnfitError(str(error)) from None

    def _named(self, node: Node) -> Node:
        return self._names.get(node, node)

    def _failures(self, results: Iterable[Any]) -> Failures:
        failures: dict[Node, set[Node]] = {}
        for result in results:
            shape = _node(result.source_shape)
            failures.setdefault(self._nodes.get(shape, shape), set()).add(_node(result.focus_node))
        return failures


def _anonymous(shapes: rdflib.Graph) -> list[Node]:
    """Return the blank nodes that results can name as their shape."""
    used = set(shapes.objects(None, SH.property))
    targeted = {shape for target in _TARGETS for shape in shapes.subjects(target)}
    return sorted(
        (node for node in used | targeted if isinstance(node, rdflib.BNode)),
        key=str,
    )


def _node(term: str) -> Node:
    """Return the term that the engine writes in N-Triples."""
    if term.startswith("<"):
        return rdflib.URIRef(term[1:-1])
    if term.startswith("_:"):
        raise UnfitError("a focus node is blank")
    (quad,) = ox.parse(f"<urn:a> <urn:b> {term} .", ox.RdfFormat.N_TRIPLES)
    return to_rdflib(quad.object)
