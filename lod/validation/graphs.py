"""From the fast terms that triples travel as to the rdflib graph that pyshacl reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, repeat
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.store import Store
from rdflib.term import Node

from lod.vocab import XSD

_Triple = tuple[Any, Any, Any]


class Index(Store):
    """Triples in memory, written once: found by subject, or by property and object.

    rdflib's own stores keep a third index and a context for each triple, which costs half as much
    time and memory again; pyshacl refuses the one that keeps no contexts.
    """

    context_aware = graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        self._objects: dict[Node, dict[Node, dict[Node, None]]] = {}
        self._subjects: dict[Node, dict[Node, list[Node]]] = {}
        self._size = 0
        self._contexts = (rdflib.Graph(self),)

    def add(self, triple: _Triple, context: Any = None, quoted: bool = False) -> None:
        """Add a triple, unless it is there."""
        subject, predicate, object_ = triple
        objects = self._objects.setdefault(subject, {}).setdefault(predicate, {})
        if object_ not in objects:
            objects[object_] = None
            self._subjects.setdefault(predicate, {}).setdefault(object_, []).append(subject)
            self._size += 1

    def triples(
        self, triple_pattern: _Triple, context: Any = None
    ) -> Iterator[tuple[_Triple, Any]]:
        """Yield the triples that have the given terms, and their one context; None fits any."""
        return zip(self._find(*triple_pattern), repeat(self._contexts))

    def _find(self, subject: Any, predicate: Any, object_: Any) -> Iterator[_Triple]:
        if subject is not None:
            return self._about(subject, predicate, object_)
        if predicate is not None:
            return self._with(predicate, object_)
        return chain.from_iterable(self._with(known, object_) for known in self._subjects)

    def _about(self, subject: Any, predicate: Any, object_: Any) -> Iterator[_Triple]:
        about = self._objects.get(subject, {})
        for known in about if predicate is None else (predicate,):
            objects = about.get(known, {})
            if object_ is None:
                yield from ((subject, known, found) for found in objects)
            elif object_ in objects:
                yield subject, known, object_

    def _with(self, predicate: Any, object_: Any) -> Iterator[_Triple]:
        known = self._subjects.get(predicate, {})
        for found in known if object_ is None else (object_,):
            yield from ((subject, predicate, found) for subject in known.get(found, ()))

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: there is one graph."""

    def __len__(self, context: Any = None) -> int:
        return self._size


class DataGraph(rdflib.Graph):
    """A graph that reads each query once, however many resources it is asked about."""

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> Result:
        """Answer a query."""
        if isinstance(query_object, str):
            query_object = prepared(query_object)
        return super().query(query_object, *arguments, **options)


@lru_cache
def prepared(query: str) -> Query:
    """Return a query, read once however often it is asked."""
    return prepareQuery(query)


def rdflib_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Return triples as an rdflib graph that nothing can be removed from."""
    store = Index()
    terms: dict[object, Node] = {}
    for subject, predicate, object_ in triples:
        store.add((_node(subject, terms), _node(predicate, terms), _node(object_, terms)))
    return DataGraph(store=store)


def _node(term: object, known: dict[object, Node]) -> Node:
    """Return the same rdflib term for the same term, because making one is what costs time."""
    node = known.get(term)
    if node is None:
        node = known[term] = to_rdflib(term)
    return node


def to_rdflib(term: object) -> Node:
    """Return a term as rdflib's, with the lexical form unchanged."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = None if term.datatype == XSD.string else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    raise TypeError(f"not a term of RDF 1.1: {term!r}")


def from_rdflib(node: Node) -> ox.NamedNode | ox.Literal | None:
    """Return an rdflib term as a fast one; None of a blank node."""
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
        return ox.Literal(str(node), datatype=datatype)
    return None
