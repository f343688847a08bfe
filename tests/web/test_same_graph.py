"""Every representation of a resource is the same graph, in the eyes of two parsers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat
from rdflib.compare import isomorphic

from lod.build import Built
from lod.iri import KINDS
from lod.release import current
from lod.store import Store
from lod.web.representations import COMPACTED, EXPANDED

SCHEMA = "https://schema.org/"
TYPE = rdflib.RDF.type
FORMATS: dict[str, tuple[str, RdfFormat]] = {
    "text/turtle": ("turtle", RdfFormat.TURTLE),
    "application/ld+json": ("json-ld", RdfFormat.JSON_LD),
    "application/n-triples": ("nt", RdfFormat.N_TRIPLES),
    "application/rdf+xml": ("xml", RdfFormat.RDF_XML),
    f'application/ld+json;profile="{EXPANDED}"': ("json-ld", RdfFormat.JSON_LD),
    f'application/ld+json;profile="{COMPACTED}"': ("json-ld", RdfFormat.JSON_LD),
}
EMBEDDED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def store(real: tuple[Path, Built]) -> Store:
    return Store(current(real[0]))


@pytest.fixture(scope="module")
def references(store: Store) -> list[str]:
    """Return some resources of each kind, the first and the last by name among them."""
    found = ["municipality/jena", "project/smart-city-jena", "board/kommunales-open-source-board"]
    for kind in KINDS:
        number = store.counts.get(kind, 0)
        for offset in {0, number // 3, 2 * number // 3, max(number - 1, 0)}:
            found += [entry.reference for entry in store.resources(kind, offset, 1)]
    return sorted(set(found))


def body(client: FlaskClient, path: str, accept: str, context: bytes) -> bytes:
    """Return a representation, a linked context put in its place."""
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == 200, path
    assert response.content_type.partition(";")[0] == accept.partition(";")[0]
    if "compacted" not in accept:
        return bytes(response.data)
    document = json.loads(response.data)
    assert document["@context"].endswith("/context.jsonld")
    document["@context"] = json.loads(context)["@context"]
    return json.dumps(document).encode()


def test_all_kinds_are_compared(references: list[str]) -> None:
    assert len({reference.partition("/")[0] for reference in references}) == len(KINDS)
    assert len(references) >= 40


def test_every_representation_is_the_same_graph(
    client: FlaskClient, store: Store, references: list[str]
) -> None:
    context = client.get("/context.jsonld").data
    for reference in references:
        path = f"/doc/{reference}"
        expected = set(store.describe(reference))
        graph = rdflib.Graph().parse(
            data=body(client, path, "application/n-triples", context), format="nt"
        )
        assert len(graph) == len(expected)
        for accept, (name, format_) in FORMATS.items():
            document = body(client, path, accept, context)
            parsed = {quad.triple for quad in ox.parse(document, format=format_)}
            assert parsed == expected, (path, accept)
            assert isomorphic(rdflib.Graph().parse(data=document, format=name), graph), accept


def test_lists_are_the_same_graph(client: FlaskClient, store: Store) -> None:
    context = client.get("/context.jsonld").data
    for path in ("/doc/state", "/doc/project", "/doc/municipality?page=7", "/doc/membership"):
        found = [
            {quad.triple for quad in ox.parse(body(client, path, accept, context), format=format_)}
            for accept, (_, format_) in FORMATS.items()
        ]
        assert found[0]
        assert all(one == found[0] for one in found[1:])
    subjects = {str(triple.subject).strip("<>") for triple in found[0]}
    things = {iri for iri in subjects if iri.startswith(store.space.things)}
    assert len(things) == store.counts["membership"]


def test_a_page_embeds_a_part_of_the_graph(
    client: FlaskClient, store: Store, references: list[str]
) -> None:
    for reference in references:
        page = client.get(f"/doc/{reference}.html").text
        embedded = EMBEDDED.findall(page)
        assert len(embedded) == 1
        graph = rdflib.Graph().parse(data=embedded[0], format="json-ld")
        document = client.get(f"/doc/{reference}.nt").text
        whole = rdflib.Graph().parse(data=document, format="nt")
        assert set(graph) <= set(whole), reference
        assert len(graph) == sum(
            str(p).startswith(SCHEMA) or (p == TYPE and str(o).startswith(SCHEMA))
            for _, p, o in whole
        )


def test_mentions_are_statements_of_the_graph(client: FlaskClient, store: Store) -> None:
    response = client.get("/doc/municipality/jena/mentions.nt")
    found = {quad.triple for quad in ox.parse(response.data, format=RdfFormat.N_TRIPLES)}
    whole = store.space.thing("municipality/jena").value
    assert found
    stated = {triple for triple in found if "hydra/" not in f"{triple}"}
    assert stated < found
    for triple in stated:
        assert str(triple.object).strip("<>") in (whole, f"{whole}/administration")
        assert triple in store.describe(store.space.reference(triple.subject.value) or "")


def test_dumps_are_what_is_served(client: FlaskClient, store: Store) -> None:
    with client.get("/dumps/latest/project.ttl") as response:
        dump = {quad.triple for quad in ox.parse(response.data, format=RdfFormat.TURTLE)}
    served = {
        triple
        for entry in store.resources("project", limit=1000)
        for triple in store.describe(entry.reference)
    }
    assert dump == served
