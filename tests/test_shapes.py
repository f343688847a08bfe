"""The shapes: every one of them has a good example and a bad one, and says what is wrong.

The good examples are records (``tests/shapes/good``). A bad example is an update of the graph that
they become (``tests/shapes/bad/<file>.ru``); its comment names the shape of ``shapes/<file>.ttl``
and the constraint that it must break, and it must break nothing else.
"""

from __future__ import annotations

import pickle
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from lod.iri import KINDS, Space
from lod.mapping import Mapper
from lod.records import Records, load
from lod.terms import MEASURES, TERMS
from lod.validation import Finding, load_shapes, validate
from lod.validation.engine import Engine
from lod.validation.graphs import rdflib_graph
from lod.vocab import namespaces
from tests.conftest import ROOT

EXAMPLES = Path(__file__).parent / "shapes"
PROPERTY_SHAPES = 148
SPACE = Space("https://lod.example.org/")
SEVERITIES = {"None": "violation", str(SH.Warning): "warning", str(SH.Info): "info"}


@cache
def shapes() -> rdflib.Graph:
    return load_shapes(ROOT / "shapes", SPACE)


@cache
def good() -> list[ox.Triple]:
    records: Records = load(EXAMPLES / "good")
    return list(Mapper(SPACE).records(records))


def property_shapes() -> set[str]:
    return {
        short(shape) for shape in shapes().subjects(SH.path) if isinstance(shape, rdflib.URIRef)
    }


def short(iri: object) -> str:
    return str(iri).removeprefix(f"{SPACE.base}shapes/")


def bad() -> Iterator[tuple[str, str, str]]:
    """Yield shape, constraint and update of each bad example."""
    for file in sorted((EXAMPLES / "bad").glob("*.ru")):
        _, *blocks = re.split(r"^# ", file.read_text("utf-8"), flags=re.MULTILINE)
        for block in blocks:
            head, _, update = block.partition("\n")
            name, constraint = head.split()
            yield f"{file.stem}.ttl#{name}", f"{SH}{constraint}ConstraintComponent", update


def updated(update: str) -> list[ox.Triple]:
    """Return the good examples after an update, which has to change them."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in good())
    prefixes = {**namespaces(), "lod": SPACE.ns}
    store.update(update, base_iri=SPACE.things, prefixes=prefixes)
    triples = [quad.triple for quad in store]
    assert set(triples) != set(good())
    return triples


def test_good_examples_conform() -> None:
    assert validate(good(), shapes()) == []


def test_good_examples_have_a_value_for_every_shape() -> None:
    evaluated = {short(job.shape) for job in Engine(_copy()).jobs(rdflib_graph(good()))}
    # A closed shape is evaluated as a whole, with the properties that it alone has.
    assert evaluated == property_shapes() - {"person.ttl#Person-foafName"} | {"person.ttl#Person"}


BAD = list(bad())


@pytest.mark.parametrize(("shape", "constraint", "update"), BAD, ids=[case[0] for case in BAD])
def test_bad_example_breaks_its_shape_alone(shape: str, constraint: str, update: str) -> None:
    findings = validate(updated(update), shapes())
    assert {(short(one.shape), one.constraint) for one in findings} == {(shape, constraint)}
    for finding in findings:
        declared = shapes().value(rdflib.URIRef(finding.shape), SH.severity)
        assert finding.severity == SEVERITIES[str(declared)]
        assert set(finding.messages) == {"de", "en"}


def test_every_property_shape_has_a_bad_example() -> None:
    covered = {shape for shape, _, _ in BAD} - {"person.ttl#Person"}
    assert covered == property_shapes()
    assert len(covered) == PROPERTY_SHAPES


def test_the_batches_find_what_pyshacl_finds() -> None:
    merged = {triple for _, _, update in BAD for triple in updated(update)}
    ours = Counter(map(_key, validate(merged, shapes())))
    _, report, _ = pyshacl.validate(rdflib_graph(merged), shacl_graph=_copy(), inplace=True)
    assert isinstance(report, rdflib.Graph)
    theirs = {
        tuple(
            str(report.value(result, property_) or "")
            for property_ in (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent, SH.value)
        )
        for result in report.objects(None, SH.result)
    }
    assert set(ours) == theirs
    assert len(theirs) > PROPERTY_SHAPES


def _key(finding: Finding) -> tuple[str, ...]:
    return finding.focus, finding.shape, finding.constraint, finding.value or ""


def _copy() -> rdflib.Graph:
    return rdflib.Graph() + shapes()


def test_the_shapes_are_shapes() -> None:
    conforms, _, report = pyshacl.validate(_copy(), shacl_graph=_meta_shapes(), inplace=True)
    assert conforms, report


def test_shapes_that_are_none_are_recognised() -> None:
    broken = _copy()
    broken.add((rdflib.URIRef(f"{SPACE.base}x"), SH.minCount, rdflib.Literal("viele")))
    conforms, _, _ = pyshacl.validate(broken, shacl_graph=_meta_shapes(), inplace=True)
    assert not conforms


def _meta_shapes() -> rdflib.Graph:
    """Return the shapes of shapes, which pyshacl brings along.

    Spec: https://www.w3.org/TR/shacl/#shacl-shacl
    """
    file = Path(pyshacl.__file__).parent / "assets" / "shacl-shacl.pickle"
    store, identifier = pickle.loads(file.read_bytes())
    return rdflib.Graph(store=store, identifier=identifier)


def test_each_kind_has_a_file_and_a_node_shape() -> None:
    files = {file.stem for file in (ROOT / "shapes").glob("*.ttl")}
    assert files == {*KINDS, "parts"}
    for kind in KINDS:
        shape = rdflib.URIRef(f"{SPACE.base}shapes/{kind}.ttl#{kind.capitalize()}")
        assert (shape, RDF.type, SH.NodeShape) in shapes()


@pytest.mark.parametrize("property_", [SH.name, SH.description, SH.message])
def test_every_property_shape_speaks_german_and_english(property_: rdflib.URIRef) -> None:
    for shape in shapes().subjects(SH.path):
        words = [(one.language, str(one)) for one in shapes().objects(shape, property_)]  # type: ignore[attr-defined]
        assert sorted(language for language, _ in words) == ["de", "en"], shape
        assert all(text.strip() == text for _, text in words)


def test_a_message_says_what_to_do() -> None:
    verbs = re.compile(
        r"\b(?:Add|Correct|Keep|Write|Check|Join|Name|Choose|State|Copy|Create|Convert|delete"
        r"|Describe|Feel free)\b"
    )
    for shape in shapes().subjects(SH.path):
        english = [str(m) for m in shapes().objects(shape, SH.message) if m.language == "en"]  # type: ignore[attr-defined]
        assert verbs.search(english[0]), english


def test_every_term_of_ours_exists() -> None:
    used = {
        str(term).removeprefix(SPACE.ns)
        for triple in shapes()
        for term in triple
        if str(term).startswith(SPACE.ns)
    }
    assert used <= set(TERMS)
    assert set(MEASURES) <= used
