from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple
from rdflib.compare import isomorphic

from lod.formats import BY_EXTENSION, FORMATS, JSON_LD, N_TRIPLES, TURTLE, Format, Style, ordered
from lod.formats.jsonld import (
    context_document,
    expanded_json_ld,
    graph,
    json_ld_dump,
    linked_json_ld,
    node_lines,
)
from lod.formats.statements import statements
from lod.iri import Space
from lod.mapping import Mapper
from lod.records import load
from lod.vocab import DCTERMS, GEO, RDF, SCHEMA, SKOS, XSD
from tests.conftest import ROOT

SPACE = Space("https://lod.example.org/")
STYLE = Style(SPACE, Mapper(SPACE).values())
THING = SPACE.thing("municipality/jena")
RDFLIB_NAMES = {".ttl": "turtle", ".jsonld": "json-ld", ".nt": "nt", ".rdf": "xml"}

AWKWARD = ordered(
    [
        Triple(THING, RDF.type, SCHEMA.City),
        Triple(THING, SCHEMA.name, Literal("Jena", language="de")),
        Triple(THING, SCHEMA.name, Literal("Jena", language="en")),
        Triple(THING, SCHEMA.name, Literal("no language")),
        Triple(THING, SCHEMA.name, Literal('"quotes" \\ back\nline\ttab\r€ 😀 ü ß', language="de")),
        Triple(THING, SCHEMA.description, Literal("  blanks  ")),
        Triple(THING, SCHEMA.description, Literal("1")),
        Triple(THING, SCHEMA.value, Literal("7", datatype=XSD.integer)),
        Triple(THING, SCHEMA.value, Literal("7.5", datatype=XSD.decimal)),
        Triple(THING, SCHEMA.value, Literal("true", datatype=XSD.boolean)),
        Triple(THING, SCHEMA.value, Literal("abc", datatype=XSD.integer)),
        Triple(THING, SCHEMA.value, Literal("007", datatype=XSD.integer)),
        Triple(THING, SCHEMA.value, Literal("1", datatype=XSD.boolean)),
        Triple(THING, SCHEMA.value, Literal("POINT(1 2)", datatype=GEO.wktLiteral)),
        Triple(THING, SCHEMA.startDate, Literal("--10", datatype=XSD.gMonth)),
        Triple(THING, SCHEMA.startDate, Literal("2025", datatype=XSD.gYear)),
        Triple(THING, SCHEMA.url, NamedNode("https://example.org/ü?a=b&c=d#x")),
        Triple(THING, SCHEMA.geo, SPACE.thing("municipality/jena/geometry")),
        Triple(THING, DCTERMS.subject, SPACE.thing("topic/x")),
        Triple(THING, DCTERMS.subject, Literal("a literal where resources are usual")),
        Triple(THING, SKOS.note, NamedNode("https://example.org/a-resource-where-words-are-usual")),
        Triple(THING, NamedNode("https://elsewhere.example/p"), Literal("foreign property")),
        Triple(NamedNode("https://lod.example.org/id/"), SCHEMA.name, Literal("the space itself")),
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def samples() -> dict[str, list[Triple]]:
    """Return the triples of one real record in fifty, and of every one of the small kinds."""
    records = load(ROOT / "data")
    mapper = Mapper(SPACE)
    chosen = [
        record
        for number, record in enumerate(records)
        if number % 50 == 0 or record.kind not in ("municipality", "district", "source")
    ]
    return {record.reference: ordered(mapper.record(record)) for record in chosen}


def parsed(document: bytes, format_: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in ox.parse(document, format=format_)}


def engine_format(format_: Format) -> RdfFormat:
    found = RdfFormat.from_media_type(format_.media_type)
    assert found is not None
    return found


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.name)
@pytest.mark.parametrize("writer", ["write", "write_dump"])
def test_awkward_terms_survive_every_format_in_two_parsers(format_: Format, writer: str) -> None:
    document: bytes = getattr(format_, writer)(AWKWARD, STYLE)
    assert parsed(document, engine_format(format_)) == set(AWKWARD)
    reference = rdflib.Graph().parse(data=N_TRIPLES.write(AWKWARD, STYLE), format="nt")
    name = RDFLIB_NAMES[format_.extension]
    assert isomorphic(rdflib.Graph().parse(data=document, format=name), reference)


def test_every_format_of_real_records_is_the_same_graph(samples: dict[str, list[Triple]]) -> None:
    assert len(samples) > 300
    for reference, triples in samples.items():
        for format_ in FORMATS:
            document = format_.write(triples, STYLE)
            assert parsed(document, engine_format(format_)) == set(triples), reference


def test_expanded_and_linked_json_ld_are_the_same_graph(
    samples: dict[str, list[Triple]], tmp_path: Path
) -> None:
    file = tmp_path / "context.jsonld"
    file.write_bytes(context_document(STYLE))
    for triples in list(samples.values())[:40]:
        reference = rdflib.Graph().parse(data=N_TRIPLES.write(triples, STYLE), format="nt")
        assert parsed(expanded_json_ld(triples, STYLE), RdfFormat.JSON_LD) == set(triples)
        document = json.loads(linked_json_ld(triples, STYLE))
        assert document["@context"] == "https://lod.example.org/context.jsonld"
        # The context is read from the file that is served there: no test asks the network.
        document["@context"] = file.as_uri()
        graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
        assert isomorphic(graph, reference)


def test_json_ld_is_compact() -> None:
    document = json.loads(JSON_LD.write(AWKWARD, STYLE))
    jena = next(node for node in document["@graph"] if node["id"] == THING.value)
    assert jena["name"]["en"] == "Jena"
    assert jena["type"] == ["schema:City"]
    assert jena["schema:geo"].endswith("/geometry")
    assert "geo" not in jena, "a prefix is no term"
    assert document["@context"]["name"] == {"@id": "schema:name", "@container": "@language"}
    assert "org" not in document["@context"], "only what the document uses"


def test_one_resource_is_one_object() -> None:
    document = json.loads(JSON_LD.write([AWKWARD[-1]], STYLE))
    assert "@graph" not in document


def test_turtle_is_a_pleasure_to_read() -> None:
    text = TURTLE.write(AWKWARD, STYLE).decode()
    assert text.startswith("@base <https://lod.example.org/id/> .\n")
    assert "\n<municipality/jena>\n    a schema:City ;\n" in text
    assert "@prefix org:" not in text, "only the prefixes that are used"
    assert text.endswith(" .\n")


def test_order_keeps_parts_with_their_whole() -> None:
    names = ["a", "a-b", "a/x", "a/x/y", "a0", "b"]
    nodes = [SPACE.thing(f"topic/{name}") for name in names]
    triples = ordered(Triple(node, SCHEMA.name, Literal("x")) for node in reversed(nodes))
    ends = [str(triple.subject)[:-1].rpartition("topic/")[2] for triple in triples]
    assert ends == ["a", "a/x", "a/x/y", "a-b", "a0", "b"]


def test_order_does_not_depend_on_the_input() -> None:
    assert ordered(reversed(AWKWARD)) == ordered(AWKWARD) == AWKWARD
    assert ordered([*AWKWARD, *AWKWARD]) == AWKWARD


def test_the_dump_is_the_document_in_other_lines() -> None:
    assert (
        json.loads(json_ld_dump(AWKWARD, STYLE))["@graph"]
        == json.loads(JSON_LD.write(AWKWARD, STYLE))["@graph"]
    )


def test_lines_of_a_dump_are_the_objects_of_documents(samples: dict[str, list[Triple]]) -> None:
    for triples in (AWKWARD, *samples.values()):
        lines = node_lines(statements(triples), STYLE)
        objects = graph(statements(triples), STYLE)
        assert list(lines) == [json.dumps(node, ensure_ascii=False) for node in objects]


def test_the_table_is_the_only_one() -> None:
    assert set(BY_EXTENSION) == set(RDFLIB_NAMES)
    assert len({format_.media_type for format_ in FORMATS}) == len(FORMATS)


def test_n_triples_are_sorted_lines() -> None:
    lines = N_TRIPLES.write(AWKWARD, STYLE).splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(AWKWARD)
