from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_args

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import namespace as shipped

from lod.iri import KINDS, Space, part, slug
from lod.mapping import MAPPINGS, Mapper
from lod.mapping.common import measure_term
from lod.mapping.rules import date_literal, number
from lod.mapping.vocabulary import vocabulary_triples
from lod.records import MODELS, load
from lod.records.kinds import fields_of
from lod.records.model import Measure
from lod.terms import CLASSES, MEASURES, PROPERTIES, TERMS
from lod.vocab import SCHEMA, VOCABULARIES, XSD
from tests.conftest import ROOT, SMALL, WriteData

SPACE = Space("https://lod.example.org/")
SHIPPED = {
    "schema": shipped.SDO,
    "dcterms": shipped.DCTERMS,
    "dc": shipped.DC,
    "dcat": shipped.DCAT,
    "org": shipped.ORG,
    "prov": shipped.PROV,
    "skos": shipped.SKOS,
    "foaf": shipped.FOAF,
    "geo": shipped.GEO,
    "owl": shipped.OWL,
    "rdf": shipped.RDF,
    "rdfs": shipped.RDFS,
    "void": shipped.VOID,
    "vann": shipped.VANN,
    "xsd": shipped.XSD,
}


@pytest.fixture(scope="module")
def everything() -> list[Triple]:
    """Return the triples of all real records."""
    return list(Mapper(SPACE).records(load(ROOT / "data")))


def test_every_field_of_every_kind_is_mapped_and_nothing_else() -> None:
    mapper = Mapper(SPACE)
    assert tuple(MAPPINGS) == KINDS
    for kind in KINDS:
        assert set(mapper.kinds[kind].rules) == set(fields_of(kind)) - {"slug"}, kind


def test_every_field_of_every_group_is_mapped() -> None:
    mapper = Mapper(SPACE)
    groups = 0
    for kind, name, rule in mapper.rules():
        if rule.inside:
            model: Any = MODELS[kind]
            for step in name.split("."):
                model = next(iter(_models(model.model_fields[step].annotation)))
            assert set(rule.inside) == set(model.model_fields), (kind, name)
            groups += 1
    assert groups > 20


def _models(annotation: Any) -> Iterator[Any]:
    if hasattr(annotation, "model_fields"):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def test_every_term_exists_in_its_vocabulary(everything: list[Triple]) -> None:
    used = {triple.predicate.value for triple in everything}
    used |= {
        triple.object.value
        for triple in everything
        if isinstance(triple.object, NamedNode) and triple.predicate.value.endswith("#type")
    }
    prefixes = {SPACE.ns: set(TERMS)} | {
        vocabulary.iri: None for vocabulary in VOCABULARIES.values()
    }
    checked = set()
    for iri in used:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        start, local = iri[:cut], iri[cut:]
        assert start in prefixes, iri
        prefix = next((p for p, v in VOCABULARIES.items() if v.iri == start), "")
        if prefix in SHIPPED:
            assert local in SHIPPED[prefix], iri
            checked.add(prefix)
        elif not prefix:
            assert local in TERMS, iri
    assert {"schema", "dcterms", "org", "prov", "skos", "foaf", "geo", "owl", "dcat"} <= checked


def test_a_term_that_the_vocabulary_lacks_is_refused() -> None:
    with pytest.raises(AttributeError, match="has no term 'observationAbout'"):
        _ = SCHEMA.observationAbout
    with pytest.raises(KeyError):
        SPACE.term("nonsense")


def test_there_are_no_blank_nodes_and_no_triple_comes_twice(everything: list[Triple]) -> None:
    for triple in everything:
        assert not isinstance(triple.subject, BlankNode)
        assert not isinstance(triple.object, BlankNode)
    assert len(set(everything)) == len(everything)


def test_a_subject_is_a_resource_or_a_part_of_one(everything: list[Triple]) -> None:
    assert all(SPACE.reference(str(t.subject)[1:-1]) is not None for t in everything)


@pytest.mark.parametrize(
    ("date", "datatype"),
    [
        ("2025-10-31", XSD.date),
        ("2025-10", XSD.gYearMonth),
        ("2025", XSD.gYear),
        ("--10", XSD.gMonth),
        ("--10-31", XSD.gMonthDay),
    ],
)
def test_a_date_has_its_real_precision(date: str, datatype: NamedNode) -> None:
    assert date_literal(date) == Literal(date, datatype=datatype)


def test_numbers_are_canonical() -> None:
    written = [number(Decimal(n), XSD.decimal).value for n in ("5.60", "100", "1E+3", "0.10")]
    assert written == ["5.6", "100", "1000", "0.1"]


def test_a_place_and_its_administration_are_two_resources(write_data: WriteData) -> None:
    records = load(write_data())
    triples = set(Mapper(SPACE).record(records.entries["municipality/jena"].record))
    place = SPACE.thing("municipality/jena")
    governing = SPACE.agent("municipality/jena")
    assert governing == part(place, "administration")
    assert Triple(governing, SCHEMA.areaServed, place) in triples
    assert Triple(governing, SCHEMA.name, Literal("Stadt Jena", language="de")) in triples
    assert Triple(place, SCHEMA.name, Literal("Jena", language="de")) in triples


def test_who_acts_is_the_administration(write_data: WriteData) -> None:
    records = load(write_data())
    board = set(Mapper(SPACE).record(records.entries["board/open-source-board"].record))
    assert (
        Triple(
            SPACE.thing("board/open-source-board"),
            SCHEMA.founder,
            SPACE.agent("municipality/bochum"),
        )
        in board
    )


def test_a_population_names_the_source_that_states_it(write_data: WriteData) -> None:
    place = SMALL["municipality/jena.yaml"].replace(
        "[source/article]", "[source/article, source/b]"
    )
    source = "slug,name,url\nb,B,https://example.org/b\n"
    for stated, expected in (("", {"article", "b"}), ("population_source: source/b\n", {"b"})):
        data = write_data({"municipality/jena.yaml": place + stated, "source.csv": source})
        triples = Mapper(SPACE).record(load(data).entries["municipality/jena"].record)
        node = SPACE.thing("municipality/jena/population")
        found = {
            t.object
            for t in triples
            if t.subject == node and t.predicate.value.endswith("wasDerivedFrom")
        }
        assert found == {SPACE.thing(f"source/{slug_}") for slug_ in expected}


def test_repeated_figures_get_parts_of_their_own(write_data: WriteData) -> None:
    figures = "".join(f"  - {{measure: grant, value: {value}}}\n" for value in (1, 2, 3))
    data = write_data({"project/x.yaml": f"name: X\nfigures:\n{figures}"})
    triples = Mapper(SPACE).record(load(data).entries["project/x"].record)
    subjects = {str(triple.subject)[1:-1] for triple in triples}
    start = f"{SPACE.things}project/x"
    assert subjects == {start, *(f"{start}/figure/grant{n}" for n in ("", "-2", "-3"))}


def test_untagged_words_stay_untagged(write_data: WriteData) -> None:
    triples = Mapper(SPACE).record(load(write_data()).entries["person/martin-berger"].record)
    names = {t.object for t in triples if t.predicate == SCHEMA.name}
    assert names == {Literal("Martin Berger")}


def test_every_measure_has_a_term() -> None:
    measures = get_args(Measure)
    assert {measure_term(SPACE, measure) for measure in measures} == {
        SPACE.term(name) for name in MEASURES
    }


def test_own_terms_have_labels_and_definitions_in_two_languages() -> None:
    triples = list(vocabulary_triples(SPACE, "lod"))
    for name in (*PROPERTIES, *CLASSES, *MEASURES):
        about = [t for t in triples if t.subject == SPACE.term(name)]
        for property_ in ("label", "comment"):
            languages = {
                t.object.language
                for t in about
                if t.predicate.value.endswith(f"#{property_}") and isinstance(t.object, Literal)
            }
            assert languages == {"de", "en"}, (name, property_)


def test_own_terms_are_all_used(everything: list[Triple]) -> None:
    used = {str(node)[1:-1] for t in everything for node in (t.predicate, t.object)}
    declared = {p.value for _, _, rule in Mapper(SPACE).rules() for p in rule.predicates}
    measures = {SPACE.term(name).value for name in MEASURES}
    for name in TERMS:
        assert SPACE.term(name).value in used | declared | measures, name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jena", "jena"),
        ("Mühlhausen/Thüringen", "muehlhausen-thueringen"),
        ("Cottbus/Chóśebuz", "cottbus-chosebuz"),
        ("Süderbrarup", "suederbrarup"),
        ("Großpösna", "grosspoesna"),
        ("Halle (Saale)", "halle-saale"),
        ("St. Wendel", "st-wendel"),
        ("---", ""),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("iri", "reference"),
    [
        ("https://lod.example.org/id/state/hessen", "state/hessen"),
        ("https://lod.example.org/id/state/hessen/administration", "state/hessen"),
        ("https://lod.example.org/id/state/hessen#x", None),
        ("https://lod.example.org/id/stage/hessen", None),
        ("https://lod.example.org/doc/state/hessen", None),
        ("https://example.org/id/state/hessen", None),
    ],
)
def test_an_iri_of_ours_names_its_record(iri: str, reference: str | None) -> None:
    assert SPACE.reference(iri) == reference
