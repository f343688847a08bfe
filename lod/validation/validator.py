"""Validation: the fast engine says what fails, pyshacl says why.

Both see the same graph. What the fast engine finds is evaluated again by pyshacl, on the part of
the graph that it needs for that, so that a finding is always pyshacl's. What the fast engine isn't
proven to understand, pyshacl evaluates alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pyoxigraph as ox
import rdflib
from rdflib.namespace import SH
from rdflib.term import Node

from lod.validation.engine import Engine, Job, jobs_of
from lod.validation.excerpt import excerpt, parsed, term
from lod.validation.fast import INSTALLED, Failures, Fast, UnfitError
from lod.validation.findings import Finding
from lod.validation.processes import run_all
from lod.validation.proven import unproven
from lod.validation.reach import joined, reach
from lod.validation.selection import selected

Progress = Callable[[int, int], None]
"""Is told how much of the work is done, and how much there is."""
Judge = Callable[[Fast], Failures]
"""Lets the fast engine evaluate a graph."""
_SHAPE = rdflib.URIRef(f"{SH}shape")
"""Of SHACL 1.2: by it data name the shapes that they are to be evaluated by."""
_log = logging.getLogger(__name__)


def validate(
    graph: Iterable[ox.Triple], shapes: rdflib.Graph, progress: Progress | None = None
) -> list[Finding]:
    """Return what a graph breaks of the shapes, the gravest first; empty when it conforms.

    Args:
        graph: the data, all of it, because shapes follow references.
        shapes: as read by `lod.validation.load_shapes`.
        progress: is told the steps done and the steps in all.

    Raises:
        LodError: a shape can't be understood.

    Spec: https://www.w3.org/TR/shacl/#validation
    """
    with TemporaryDirectory(prefix="lod-") as folder:
        file = Path(folder, "graph.nt")
        ox.serialize(graph, str(file), format=ox.RdfFormat.N_TRIPLES)
        return validate_file(file, shapes, progress)


def validate_file(
    file: Path, shapes: rdflib.Graph, progress: Progress | None = None
) -> list[Finding]:
    """Return what the graph in a file breaks of the shapes, as `validate` does.

    Args:
        file: canonical N-Triples, which are read as a stream by the fast engine; pyshacl holds
            what fails, or all where it has to evaluate a shape alone.
        shapes: as read by `lod.validation.load_shapes`.
        progress: is told the steps done and the steps in all.

    Raises:
        LodError: a shape can't be understood.
    """
    told = progress or (lambda done, total: None)
    told(1, 3)
    validator = prepared(shapes)
    told(2, 3)
    with file.open("rb") as triples:
        found = validator.findings(triples, lambda fast: fast.file(file))
    told(3, 3)
    return in_order(found)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings once each, the gravest first."""
    return sorted(set(findings), key=lambda finding: finding.order)


def prepared(shapes: rdflib.Graph) -> Validator:
    """Return what validates by some shapes; the same as long as they are the same."""
    return _prepared(frozenset(shapes), frozenset(shapes.namespaces()))


@lru_cache(maxsize=4)
def _prepared(
    shapes: frozenset[tuple[Node, Node, Node]], prefixes: frozenset[tuple[str, rdflib.URIRef]]
) -> Validator:
    graph = rdflib.Graph()
    for prefix, namespace in prefixes:
        graph.bind(prefix, namespace)
    for triple in shapes:
        graph.add(triple)
    return Validator(graph)


class Validator:
    """Shapes, read once to validate any number of graphs.

    Attributes:
        shapes: the graph that they were read from.
        alone: the shapes that pyshacl evaluates alone, each with the names of what keeps the fast
            engine from it.
        fast: evaluates the others; None where there are none.

    Raises:
        LodError: a shape can't be understood.
    """

    def __init__(self, shapes: rdflib.Graph) -> None:
        self.shapes = shapes
        self.engine = Engine(rdflib.Graph() + shapes)
        self.engine.understand()
        self.alone = self._alone()
        of_all = len(self.engine.units)
        _log.info("%d of %d shapes: by the fast engine", of_all - len(self.alone), of_all)
        for unit, names in self.alone.items():
            _log.info("%s: by pyshacl alone, because of %s", unit, ", ".join(names))
        others = self.engine.units.keys() - self.alone.keys()
        self.fast = Fast(selected(self.engine, others)) if others else None

    def findings(
        self, graph: BinaryIO, judge: Judge, ours: Collection[bytes] | None = None
    ) -> set[Finding]:
        """Return what a graph breaks of the shapes.

        Args:
            graph: canonical N-Triples, a triple a line.
            judge: lets the fast engine evaluate the same graph.
            ours: the focus nodes to consider, as they stand in the graph; None for all.
        """
        try:
            failures = judge(self.fast) if self.fast else {}
            found = self._explained(_among(failures, ours), graph)
        except UnfitError as error:
            _log.info("pyshacl alone evaluates this graph: %s", error)
            return self._found_alone(self.engine.units, graph, ours)
        return found | self._found_alone(self.alone, graph, ours)

    def _alone(self) -> dict[Node, list[str]]:
        if not INSTALLED:
            return {unit: ["the lack of the package shacl"] for unit in self.engine.units}
        alone = {unit: unproven(self.shapes, unit) for unit in self.engine.units}
        alone |= self._refused([unit for unit, names in alone.items() if not names])
        return {unit: names for unit, names in alone.items() if names}

    def _refused(self, units: list[Node]) -> dict[Node, list[str]]:
        """Return the shapes that the fast engine refuses, each with its reason."""
        try:
            Fast(selected(self.engine, units))
        except UnfitError as error:
            if len(units) == 1:
                return {units[0]: [str(error)]}
            half = len(units) // 2
            return self._refused(units[:half]) | self._refused(units[half:])
        return {}

    def _explained(self, failures: Failures, graph: BinaryIO) -> set[Finding]:
        """Return pyshacl's findings about what the fast engine found."""
        if not failures:
            return set()
        focus = {node for nodes in failures.values() for node in nodes}
        part = excerpt(graph, focus, joined(reach(self.shapes, shape) for shape in failures))
        if (None, _SHAPE, None) in part:
            raise UnfitError("it names its shapes by sh:shape")
        found = self._run(part, jobs_of(failures))
        confirmed = {rdflib.URIRef(one.focus) for one in found}
        for shape, nodes in failures.items():
            for node in nodes - confirmed:
                _log.info("pyshacl finds that %s does not break %s", node, shape)
        return found

    def _found_alone(
        self, units: Collection[Node], graph: BinaryIO, ours: Collection[bytes] | None
    ) -> set[Finding]:
        if not units:
            return set()
        graph.seek(0)
        whole = parsed(graph)
        work: dict[Node, set[Node]] = {}
        for job in self.engine.jobs(whole, units):
            work.setdefault(job.shape, set()).update(job.focus)
        return self._run(whole, jobs_of(_among(work, ours)))

    def _run(self, graph: rdflib.Graph, jobs: list[Job]) -> set[Finding]:
        work = sum(len(job.focus) for job in jobs)
        runs = run_all(partial(self.engine.run, graph), jobs, work)
        return {finding for _, findings in runs for finding in findings}


def _among(work: Failures, ours: Collection[bytes] | None) -> Failures:
    if ours is None:
        return work
    kept = {shape: {one for one in nodes if term(one) in ours} for shape, nodes in work.items()}
    return {shape: nodes for shape, nodes in kept.items() if nodes}
