"""pyshacl, which checks the graph, on the W3C's test suite for SHACL.

Where the suite stands: `LOD_CONFORMANCE`, as for the official shapes. It isn't part of the project.

Spec: https://w3c.github.io/data-shapes/data-shapes-test-suite/
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH, Graph, Namespace, URIRef
from rdflib.term import Node

from tests.conftest import ROOT

CONFORMANCE = Path(os.environ.get("LOD_CONFORMANCE") or ROOT.parent / "shared" / "conformance")
SUITE = CONFORMANCE / "shacl-w3c"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
COMPARED = (SH.focusNode, SH.resultPath, SH.resultSeverity, SH.sourceConstraintComponent, SH.value)
"""Of a result. The suite has sources and messages too, which engines may word."""
FAILING = {
    "core/property/uniqueLang-002": 'pyshacl takes "1"^^xsd:boolean for true, the suite doesn\'t',
    "sparql/pre-binding/shapesGraph-001": "pyshacl has no $shapesGraph",
}
"""Cases that pyshacl 0.40 fails, and why. None of our shapes has what they test."""


class Case(NamedTuple):
    name: str
    manifest: Path
    entry: Node


def entries(manifest: Path) -> Iterator[Case]:
    """Yield the cases of a manifest and of those that it includes, in order."""
    graph = Graph().parse(manifest)
    here = URIRef(manifest.as_uri())
    for included in sorted(map(str, graph.objects(here, MF.include))):
        yield from entries(Path(included.removeprefix("file://")))
    for head in graph.objects(here, MF.entries):
        for entry in graph.items(head):
            name = str(entry).removeprefix(f"{SUITE.as_uri()}/")
            yield Case(name, manifest, entry)


CASES = list(entries(SUITE / "manifest.ttl")) if SUITE.is_dir() else []
pytestmark = pytest.mark.skipif(
    not CASES, reason=f"the W3C's suite isn't in {SUITE}; LOD_CONFORMANCE names another folder"
)


def test_the_suite_is_whole() -> None:
    parts = [case.name.split("/")[0] for case in CASES]
    assert (parts.count("core"), parts.count("sparql"), len(CASES)) == (98, 22, 120)
    assert set(FAILING) <= {case.name for case in CASES}


def results(graph: Graph, report: Node | None) -> Counter[tuple[object, ...]]:
    """Return the results of a report; nodes without a name are one like the other."""
    return Counter(
        tuple(
            "_" if isinstance(value := graph.value(result, predicate), rdflib.BNode) else value
            for predicate in COMPARED
        )
        for result in graph.objects(report, SH.result)
    )


@pytest.mark.filterwarnings("ignore:Parsing weird boolean:UserWarning")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    manifest = Graph().parse(case.manifest)
    action = manifest.value(case.entry, MF.action)
    data = Graph().parse(str(manifest.value(action, SHT.dataGraph)))
    shapes = Graph().parse(str(manifest.value(action, SHT.shapesGraph)))
    expected = manifest.value(case.entry, MF.result)
    passed = expected == SHT.Failure
    try:
        conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    except NotImplementedError:
        passed = False
    else:
        if isinstance(report, Graph):
            found = report.value(None, RDF.type, SH.ValidationReport)
            passed = bool(manifest.value(expected, SH.conforms)) == conforms and (
                results(manifest, expected) == results(report, found)
            )
    assert passed != (case.name in FAILING)
