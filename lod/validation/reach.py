"""What a shape reads of a graph, so that it can be evaluated on a part of it alone.

Most shapes look at a resource and at what it refers to directly. A shape's reach is what can be
said of that without looking at any data; where it isn't sure it says too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import rdflib
from pyparsing import ParseException
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from lod.validation.graphs import prepared

Properties = frozenset[Node] | None
"""Properties; None is any."""
_NONE: frozenset[Node] = frozenset()
_THIS = rdflib.Variable("this")
_UNCLEAR = frozenset(
    ("Graph", "ServiceGraphPattern", "ToMultiSet", "Builtin_EXISTS", "Builtin_NOTEXISTS")
)
"""Parts of a query that may read more than its triple patterns say."""


@dataclass(frozen=True)
class Reach:
    """What a shape reads.

    Attributes:
        follows: the properties whose values it looks at further.
        backwards: those that it follows from object to subject.
        steps: how far away it reads; None of a shape that follows properties any number of times.
    """

    follows: Properties = _NONE
    backwards: Properties = _NONE
    steps: int | None = 0

    def __or__(self, other: Reach) -> Reach:
        """Return what two shapes read together."""
        return Reach(
            _union(self.follows, other.follows),
            _union(self.backwards, other.backwards),
            None if self.steps is None or other.steps is None else max(self.steps, other.steps),
        )


EVERYTHING = Reach(None, None, None)


def reach(shapes: rdflib.Graph, shape: Node) -> Reach:
    """Return what a shape reads, those inside it included, but not how its targets are found."""
    walk = _Walk(shapes)
    walk.shape(shape, _End(0))
    return walk.reach


def joined(reaches: Iterable[Reach]) -> Reach:
    """Return what several shapes read together."""
    return reduce(Reach.__or__, reaches, Reach())


def _union(one: Properties, other: Properties) -> Properties:
    return None if one is None or other is None else one | other


@dataclass(frozen=True)
class _End:
    """Where a path ends: so many steps away, by the last property; backwards by none."""

    depth: int
    by: frozenset[Node] = _NONE


@dataclass
class _Walk:
    """A walk through a shape that notes what it reads."""

    shapes: rdflib.Graph
    reach: Reach = field(default_factory=Reach)
    _inside: list[Node] = field(default_factory=list)

    def shape(self, shape: Node, at: _End) -> None:
        if shape in self._inside:
            self.reach |= EVERYTHING
            return
        self._inside.append(shape)
        path = self.shapes.value(shape, SH.path)
        values = at if path is None else self._path(path, at)
        for parameter, value in self.shapes.predicate_objects(shape):
            self._constraint(shape, parameter, value, at, values)
        self._inside.pop()

    def _constraint(
        self, shape: Node, parameter: Node, value: Node, at: _End, values: _End
    ) -> None:
        if parameter in (SH["class"], SH.closed):
            self._reads(values)
        elif parameter in (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals):
            self._reads(at)
        elif parameter == SH.sparql:
            self._query(value, at)
        else:
            for inner in self._shapes_in(shape, parameter, value):
                self.shape(inner, values)

    def _shapes_in(self, shape: Node, parameter: Node, value: Node) -> Iterator[Node]:
        if parameter in (SH.node, SH.property, SH["not"], SH.qualifiedValueShape):
            yield value
        elif parameter in (SH["and"], SH["or"], SH.xone):
            yield from Collection(self.shapes, value)
        elif parameter == SH.qualifiedValueShapesDisjoint:
            for owner in self.shapes.subjects(SH.property, shape):
                for sibling in self.shapes.objects(owner, SH.property):
                    yield from self.shapes.objects(sibling, SH.qualifiedValueShape)

    def _path(self, path: Node, at: _End) -> _End:
        if isinstance(path, rdflib.URIRef):
            self._reads(at)
            return _End(at.depth + 1, frozenset({path}))
        if (path, RDF.first, None) in self.shapes:
            return reduce(
                lambda end, step: self._path(step, end), Collection(self.shapes, path), at
            )
        ((kind, inner),) = self.shapes.predicate_objects(path)
        if kind == SH.alternativePath:
            ends = [self._path(option, at) for option in Collection(self.shapes, inner)]
            by = frozenset[Node]().union(*(end.by for end in ends))
            return _End(max(end.depth for end in ends), by)
        if kind == SH.inversePath:
            return self._inverse(inner, at)
        end = self._path(inner, at)
        if kind != SH.zeroOrOnePath:
            self.reach |= Reach(follows=end.by, steps=None)
        return end

    def _inverse(self, path: Node, at: _End) -> _End:
        if not isinstance(path, rdflib.URIRef):
            self.reach |= EVERYTHING
            return at
        end = _End(at.depth + 1)
        self.reach |= Reach(follows=at.by, backwards=frozenset({path}))
        self._reads(end)
        return end

    def _reads(self, at: _End) -> None:
        """Note that properties are read there."""
        self.reach |= Reach(follows=at.by, steps=at.depth)

    def _query(self, constraint: Node, at: _End) -> None:
        select = self.shapes.value(constraint, SH.select)
        declared = (constraint, SH.prefixes, None) in self.shapes
        patterns = None if declared or select is None else _patterns(str(select))
        if patterns is None:
            self.reach |= EVERYTHING
            return
        ends: dict[Node, _End] = {_THIS: at}
        while near := [one for one in patterns if one[0] in ends]:
            for subject, property_, object_ in near:
                self._reads(ends[subject])
                step = _End(ends[subject].depth + 1, frozenset({property_}))
                if object_ not in ends or ends[object_].depth >= step.depth:
                    by = ends[object_].by if object_ in ends else frozenset()
                    ends[object_] = _End(step.depth, step.by | by)
            patterns = [one for one in patterns if one not in near]
        if patterns:
            read = frozenset(property_ for _, property_, _ in patterns)
            self.reach |= Reach(read, read, None)


def _patterns(query: str) -> list[tuple[Node, Node, Node]] | None:
    """Return the triple patterns of a query; None if it may read anything.

    A property path becomes its properties, of subjects that no other pattern leads to.
    """
    try:
        algebra = prepared(query).algebra
    except ParseException:
        return None
    parts: list[CompValue] = []
    traverse(algebra, visitPre=lambda part: _note(part, parts))
    if any(part.name in _UNCLEAR for part in parts):
        return None
    triples = [triple for part in parts if part.name == "BGP" for triple in part.triples]
    patterns = [pattern for triple in triples for pattern in _plain(*triple)]
    certain = all(isinstance(property_, rdflib.URIRef) for _, property_, _ in patterns)
    return patterns if certain else None


def _note(part: object, parts: list[CompValue]) -> None:
    if isinstance(part, CompValue):
        parts.append(part)


def _plain(subject: Node, property_: Any, object_: Node) -> list[tuple[Node, Any, Node]]:
    if not isinstance(property_, Path):
        return [(subject, property_, object_)]
    return [(rdflib.BNode(), one, object_) for one in _properties(property_)]


def _properties(path: Any) -> list[Any]:
    """Return the properties of a path, and itself where it means others than those."""
    if isinstance(path, SequencePath | AlternativePath):
        return [one for inner in path.args for one in _properties(inner)]
    if isinstance(path, MulPath):
        return _properties(path.path)
    if isinstance(path, InvPath):
        return _properties(path.arg)
    return [path]
