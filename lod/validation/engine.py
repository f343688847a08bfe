"""pyshacl, the reference: what it finds is what is found.

It evaluates a node shape's properties one resource at a time, and builds each constraint anew for
each of them; a property shape that is given many focus nodes is evaluated at once. So the work is
split into jobs, each a property shape and the focus nodes of the node shapes that it belongs to.
That changes neither what is checked nor what is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyshacl
import pyshacl.errors
import rdflib
from pyparsing import ParseException
from pyshacl.graph_abstraction import DataGraph
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from lod.errors import LodError
from lod.validation.findings import SEVERITIES, Finding, Severity
from lod.validation.graphs import from_rdflib, rdflib_graph

CHUNK = 2_000
"""The most focus nodes of a job: few enough to share among processes, enough to be fast."""
_TARGETS = [SH[f"target{kind}"] for kind in ("Node", "Class", "Class", "ObjectsOf", "SubjectsOf")]
"""The sorts of targets as pyshacl lists them; the second class is the shape itself."""
_ASKS_NOTHING = {
    *(RDF.type, SH.path, SH.severity, SH.message, SH.name, SH.description),
    *_TARGETS,
}
"""What stands at a shape without being a constraint."""
_OF_VALUES = {
    SH[name]
    for name in (
        "class", "datatype", "nodeKind", "maxCount", "minInclusive", "maxInclusive", "pattern",
        "uniqueLang", "in", "node", "or",
    )
}  # fmt: skip
"""The parameters of constraints that a resource without a value can't break."""
_MISUNDERSTOOD = (
    pyshacl.errors.ReportableRuntimeError,
    NotImplementedError,
    ParseException,
    re.error,
)
"""What pyshacl raises about shapes."""
_SEVERITIES: dict[Node, Severity] = {SH[name.capitalize()]: name for name in SEVERITIES}


@dataclass(frozen=True, slots=True)
class Job:
    """A shape, and the resources that it is to be evaluated for."""

    shape: Node
    focus: tuple[Node, ...]


class Engine:
    """Shapes, and what is found when a graph is evaluated by them.

    Args:
        shapes: pyshacl adds triples of its own to it.

    Attributes:
        units: the shapes that are evaluated for themselves, and the shapes whose targets each is
            evaluated for.

    Raises:
        LodError: a shape can't be understood.
    """

    def __init__(self, shapes: rdflib.Graph) -> None:
        self.shapes = shapes
        nothing = DataGraph.from_rdflib(rdflib_graph([]))
        validator = pyshacl.Validator(nothing, shacl_graph=shapes, options={"inplace": True})
        self._executor = validator.make_executor()
        with _blaming("the shapes"):
            self._known = {shape.node: shape for shape in validator.shacl_graph.shapes}
        self.units: dict[Node, list[Node]] = {}
        for node, shape in self._known.items():
            for evaluated in self._evaluated(node) if _targets(shape) else ():
                self.units.setdefault(evaluated, []).append(node)

    def targets(self, shape: Node) -> list[tuple[Node, Node]]:
        """Return how a shape finds its focus nodes: the sort of target, and what it names."""
        return _targets(self._known[shape])

    def jobs(self, graph: rdflib.Graph, units: Iterable[Node] | None = None) -> list[Job]:
        """Return the work to do for a graph, of all shapes or some, in a fixed order."""
        chosen = self.units if units is None else {unit: self.units[unit] for unit in units}
        targets: dict[Node, set[Node]] = {}
        work: dict[Node, set[Node]] = {}
        for unit, owners in chosen.items():
            for owner in owners:
                if owner not in targets:
                    targets[owner] = _focus_nodes(self._known[owner], graph)
                work.setdefault(unit, set()).update(targets[owner])
        return jobs_of({unit: self._concerned(unit, nodes, graph) for unit, nodes in work.items()})

    def run(self, graph: rdflib.Graph, job: Job) -> list[Finding]:
        """Evaluate one shape.

        Raises:
            LodError: the shape can't be understood.
        """
        with _blaming(str(job.shape)):
            shape = self._known[job.shape]
            data = DataGraph.from_rdflib(graph)
            _, results = shape.validate(self._executor, data, focus=job.focus)
        return [self._finding(node, triples) for _, node, triples in results]

    def understand(self) -> None:
        """Evaluate each shape once for a resource without properties.

        Raises:
            LodError: a shape can't be understood.
        """
        graph = rdflib_graph([])
        for unit in self.units:
            self.run(graph, Job(unit, (SH.this,)))

    def _evaluated(self, shape: Node) -> list[Node]:
        """Return what stands for a shape: its properties, where it asks for nothing else."""
        if self._asks(shape) - {SH.property}:
            return [shape]
        return list(self.shapes.objects(shape, SH.property))

    def _concerned(self, shape: Node, targets: set[Node], graph: rdflib.Graph) -> set[Node]:
        """Leave out the targets that have no value, where a shape asks nothing of those."""
        path = self.shapes.value(shape, SH.path)
        if not isinstance(path, rdflib.URIRef) or self._asks(shape) - _OF_VALUES:
            return targets
        return targets.intersection(graph.subjects(path, None))

    def _asks(self, shape: Node) -> set[Node]:
        return set(self.shapes.predicates(shape)) - _ASKS_NOTHING

    def _finding(self, result: Node, triples: Iterable[tuple[Node, Node, Any]]) -> Finding:
        # The results of shapes inside this one come along as its details.
        one = {str(p).removeprefix(str(SH)): _term(o) for s, p, o in triples if s == result}
        path = one.get("resultPath")
        return Finding(
            severity=_SEVERITIES.get(one["resultSeverity"], "violation"),
            focus=str(one["focusNode"]),
            path=self._start(path),
            term=from_rdflib(one["value"]) if "value" in one else None,
            shape=str(one["sourceShape"]),
            constraint=str(one["sourceConstraintComponent"]),
            simple=isinstance(path, rdflib.URIRef),
            messages=self._messages(one["sourceShape"]),
        )

    def _start(self, path: Node | None) -> str | None:
        """Return the property at which a path begins; None of one that begins backwards."""
        while isinstance(path, rdflib.BNode):
            options = self.shapes.value(path, SH.alternativePath)
            path = self.shapes.value(options or path, RDF.first)
        return None if path is None else str(path)

    def _messages(self, shape: Node) -> dict[str, str]:
        words = sorted(self.shapes.objects(shape, SH.message), key=str)
        return {one.language or "": str(one) for one in words if isinstance(one, rdflib.Literal)}


def jobs_of(work: Mapping[Node, Iterable[Node]]) -> list[Job]:
    """Return shapes and their focus nodes as jobs, in a fixed order."""
    return [
        Job(shape, chunk)
        for shape in sorted(work, key=str)
        for chunk in _chunks(sorted(work[shape], key=str))
    ]


def _targets(shape: pyshacl.Shape) -> list[tuple[Node, Node]]:
    named = zip(_TARGETS, shape.target(), strict=True)  # type: ignore[no-untyped-call]
    return [(target, node) for target, nodes in named for node in nodes]


def _focus_nodes(shape: pyshacl.Shape, graph: rdflib.Graph) -> set[Node]:
    nodes: set[Node] = shape.focus_nodes(graph)  # type: ignore[no-untyped-call]
    return nodes


def _term(value: Any) -> Node:
    """Return the term of a result's triple, which pyshacl pairs with the graph it is from."""
    term: Node = value[1] if isinstance(value, tuple) else value
    return term


@contextmanager
def _blaming(shape: str) -> Iterator[None]:
    try:
        yield
    except _MISUNDERSTOOD as error:
        raise LodError(f"{shape}: {error}. Correct the shapes") from None


def _chunks(nodes: list[Node]) -> Iterator[tuple[Node, ...]]:
    rest = iter(nodes)
    while chunk := tuple(islice(rest, CHUNK)):
        yield chunk
