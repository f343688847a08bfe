"""Validation part by part: the same findings as of the whole, whatever the parts."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from lod.mapping import Mapper
from lod.records import load
from lod.validation import Partitions, prepared, processes, validate, validate_partitions
from tests.conftest import ROOT
from tests.test_shapes import BAD, SPACE, good, shapes, updated
from tests.test_validation_engines import SETTINGS, changed

PREFIXES = (
    "@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
)


def split(triples: list[ox.Triple], number: int, folder: Path) -> list[Path]:
    """Write triples into files, a resource's always into one."""
    parts: list[list[ox.Triple]] = [[] for _ in range(number)]
    places: dict[object, int] = {}
    for triple in triples:
        place = places.setdefault(triple.subject, len(places) % number)
        parts[place].append(triple)
    files = [folder / f"{place}.nt" for place in range(number)]
    for file, part in zip(files, parts, strict=True):
        ox.serialize(part, str(file), format=ox.RdfFormat.N_TRIPLES)
    return files


@pytest.mark.parametrize("number", [1, 2, 50])
def test_bad_examples(number: int, tmp_path: Path) -> None:
    merged = list({triple for _, _, update in BAD for triple in updated(update)})
    found = validate_partitions(split(merged, number, tmp_path), shapes())
    assert found == validate(merged, shapes())
    assert len(found) > 150


def test_good_examples(tmp_path: Path) -> None:
    assert validate_partitions(split(good(), 5, tmp_path), shapes()) == []


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@SETTINGS
@given(changed(), st.integers(1, 9))
def test_changes(triples: list[ox.Triple], number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = validate_partitions(split(triples, number, Path(folder)), shapes())
    assert found == validate(triples, shapes())


DATA = """
:a a :C ; :p :b , 1 . :b :q :c ; :p :a . :c a :D ; :r :a , "x" . :d a :E ; :p :c ; :q :a .
:E rdfs:subClassOf :C . :e :p :e ; :r :b . :f a :C . :b :s :f .
"""


@pytest.mark.parametrize(
    "shape",
    [
        "sh:targetClass :C ; sh:property [ sh:path :p ; sh:class :C ]",
        "sh:targetSubjectsOf :p ; sh:property [ sh:path ( :p :q ) ; sh:class :D ; sh:minCount 1 ]",
        "sh:targetClass :C ; sh:property [ sh:path [ sh:inversePath :p ] ; sh:class :C ]",
        "sh:targetClass :C ; sh:property [ sh:path ( [ sh:inversePath :s ] :q ) ; sh:maxCount 0 ]",
        "sh:targetClass :C ; sh:property [ sh:path ( :p [ sh:inversePath :r ] ) ; sh:maxCount 0 ]",
        "sh:targetObjectsOf :p ; sh:property [ sh:path :r ; sh:minCount 1 ]",
        "sh:targetNode :a , :nowhere ; sh:property [ sh:path :r ; sh:minCount 1 ]",
        "sh:targetSubjectsOf :p ; sh:property [ sh:path [ sh:oneOrMorePath :p ] ; sh:class :D ]",
        "sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:node [ sh:closed true ;"
        " sh:property [ sh:path :q ] ] ]",
        "sh:targetClass :C ; sh:property [ sh:path :p ; sh:property [ sh:path :q ; sh:minCount 1 ;"
        " sh:maxCount 0 ] ]",
        "sh:targetClass :C ; sh:property [ sh:path :p ; sh:not [ sh:or ( [ sh:class :D ]"
        " [ sh:property [ sh:path :q ; sh:hasValue :c ] ] ) ] ]",
        "sh:targetClass :C ; sh:equals :p ; sh:property [ sh:path :q ; sh:equals :p ]",
        "sh:targetSubjectsOf :p ; sh:sparql [ sh:select 'SELECT $this WHERE {"
        " $this <http://example.org/p>/<http://example.org/q> ?x . ?y ?z ?x }' ]",
        "sh:targetSubjectsOf :p ; sh:sparql [ sh:select 'SELECT $this WHERE {"
        " ?x <http://example.org/s> ?y FILTER EXISTS { $this <http://example.org/p> ?z } }' ]",
        "sh:targetClass :C ; sh:property [ sh:path :r ; sh:pattern '(?=x)' ; sh:minCount 1 ]",
    ],
)
@pytest.mark.parametrize("number", [1, 3, 8])
def test_any_shape_finds_the_same(shape: str, number: int, tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(data=f"{PREFIXES} :S a sh:NodeShape ; {shape} .", format="turtle")
    data = [quad.triple for quad in ox.parse(PREFIXES + DATA, ox.RdfFormat.TURTLE)]
    expected = validate(data, graph)
    assert validate_partitions(split(data, number, tmp_path), graph) == expected != []


def test_several_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    triples = updated(BAD[0][2])
    monkeypatch.setattr(processes, "ALONE", 0)
    found = validate_partitions(split(triples, 4, tmp_path), shapes())
    assert found == validate(triples, shapes())


def test_progress_ends_at_the_total(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    files = split(good(), 3, tmp_path)
    validate_partitions(files, shapes(), lambda done, total: seen.append((done, total)))
    assert seen == [(done, 9) for done in range(1, 10)]


def test_a_partition_is_judged_with_its_boundary() -> None:
    """A resource of another partition is no focus node; without the boundary it isn't known."""
    state, district = (
        Mapper(SPACE).record(load(ROOT / "tests/shapes/good").entries[name].record)
        for name in ("state/thueringen", "district/jena")
    )
    work = Partitions(prepared(shapes()))
    own, other = (
        ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"" for triples in (district, state)
    )
    asked = work.survey(own).asked
    iri = f"<{SPACE.things}state/thueringen>".encode()
    assert iri in asked
    facts = work.facts(other, asked)
    assert facts.keys() == {iri}
    assert {one.term.value for one in work.validate(own, b"") if one.term} >= {iri[1:-1].decode()}
    found = work.validate(own, facts[iri])
    assert {one.term.value for one in found if one.term}.isdisjoint({iri[1:-1].decode()})
    assert all(one.focus.startswith(f"{SPACE.things}district/jena") for one in found)
