"""Content negotiation by profile.

Spec: https://www.w3.org/TR/dx-prof-conneg/
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.compare import isomorphic

from lod.build import Built
from lod.release import current
from lod.store import Store
from lod.web.negotiation import profiles

JENA = "/doc/municipality/jena"
SCHEMA = "https://schema.org/"
FULL = "https://lod.example.org/ns#"
DCAT_AP = "http://data.europa.eu/r5r/"
ALT = "http://www.w3.org/ns/dx/connegp/altr"
FORMATS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}
HEADERS = [
    ("<https://schema.org/>", [("https://schema.org/", 1.0)]),
    ("<urn:a>;q=0.2, <urn:b>;q=0.8", [("urn:b", 0.8), ("urn:a", 0.2)]),
    ("<urn:a>; q=0 , <urn:b,c>", [("urn:b,c", 1.0), ("urn:a", 0.0)]),
    ('"urn:a";q=0.5', [("urn:a", 0.5)]),
    ("urn:a, urn:b;q=0.1", [("urn:a", 1.0), ("urn:b", 0.1)]),
    ("", []),
    (",,;;<>", []),
    ("<" * 20_000, []),
]
CASES = [
    # path, Accept-Profile, Content-Profile
    (JENA, None, FULL),
    (JENA, f"<{SCHEMA}>", SCHEMA),
    (JENA, "<http://schema.org/>", SCHEMA),
    (JENA, f"<{DCAT_AP}>", FULL),
    (JENA, f"<urn:nothing>, <{SCHEMA}>;q=0.1", SCHEMA),
    (JENA, f"<{FULL}>;q=0.9, <{SCHEMA}>;q=0.1", FULL),
    (JENA, f"<{SCHEMA}>;q=0", FULL),
    (JENA, f"<{ALT}>", ALT),
    (f"{JENA}.ttl", f"<{SCHEMA}>", FULL),
    (f"{JENA}?_profile=full", f"<{SCHEMA}>", FULL),
    ("/doc/state", f"<{SCHEMA}>", SCHEMA),
    ("/catalog", f"<{DCAT_AP}>", DCAT_AP),
]


@pytest.fixture(scope="module")
def store(real: tuple[Path, Built]) -> Store:
    return Store(current(real[0]))


@pytest.mark.parametrize(("header", "wishes"), HEADERS, ids=range(len(HEADERS)))
def test_header(header: str, wishes: list[tuple[str, float]]) -> None:
    assert profiles(header) == wishes


@pytest.mark.parametrize(("path", "wish", "sent"), CASES)
def test_choice(client: FlaskClient, path: str, wish: str | None, sent: str) -> None:
    response = client.get(path, headers={"Accept-Profile": wish} if wish else {})
    assert response.status_code == 200
    assert response.headers["Content-Profile"] == f"<{sent}>"
    assert f'<{sent}>; rel="profile"' in response.headers["Link"]
    assert ("Accept-Profile" in response.headers["Vary"]) == ("." not in path and "?" not in path)


def test_a_refused_default_is_not_sent(client: FlaskClient) -> None:
    response = client.get(JENA, headers={"Accept-Profile": f"<{FULL}>;q=0"})
    assert response.status_code == 406


def test_a_header_gives_way_where_the_format_is_missing(client: FlaskClient) -> None:
    asked = {"Accept": "text/html", "Accept-Profile": f"<{SCHEMA}>"}
    response = client.get(JENA, headers=asked)
    assert response.content_type.startswith("text/html")
    assert response.headers["Content-Profile"] == f"<{FULL}>"


@pytest.mark.parametrize("token", ["schema", "dcatap", "alt"])
def test_every_format_of_a_profile_is_one_graph(client: FlaskClient, token: str) -> None:
    for path in ("/catalog", JENA) if token != "dcatap" else ("/catalog",):
        graphs = []
        for media, name in FORMATS.items():
            response = client.get(f"{path}?_profile={token}", headers={"Accept": media})
            assert response.content_type.split(";")[0] == media
            graphs.append(rdflib.Graph().parse(data=response.data, format=name))
        assert graphs[0]
        assert all(isomorphic(graph, graphs[0]) for graph in graphs[1:])


def test_the_schema_view_is_what_the_page_embeds(client: FlaskClient) -> None:
    page = client.get(f"{JENA}.html").text
    embedded = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert embedded is not None
    view = client.get(f"{JENA}.jsonld?_profile=schema").text
    assert view.strip() == embedded[1].strip()
    graph = rdflib.Graph().parse(data=view, format="json-ld")
    assert all(str(p).startswith(SCHEMA) or p == rdflib.RDF.type for _, p, _ in graph)


def test_datasets_have_a_dcat_ap_view(client: FlaskClient, store: Store) -> None:
    for entry in store.resources("dataset", limit=3):
        path = f"/doc/{entry.reference}.nt"
        response = client.get(f"{path}?_profile=dcatap")
        assert response.status_code == 200
        graph = rdflib.Graph().parse(data=response.data, format="nt")
        thing = rdflib.URIRef(store.space.thing(entry.reference).value)
        assert (thing, rdflib.RDF.type, rdflib.DCAT.Dataset) in graph
        assert (thing, rdflib.DCTERMS.title, None) in graph
        used = {str(p) for _, p, _ in graph}
        assert not any(p.startswith((SCHEMA, FULL)) for p in used)


def test_every_listed_representation_is_what_it_says(client: FlaskClient) -> None:
    for path in (JENA, "/catalog", "/doc/state"):
        listed = client.get(f"{path}.nt?_profile=alt")
        graph = rdflib.Graph().parse(data=listed.data, format="nt")
        altr = rdflib.Namespace("http://www.w3.org/ns/dx/connegp/altr#")
        nodes = set(graph.objects(None, altr.hasRepresentation))
        assert len(nodes) >= 14
        for node in nodes:
            response = client.get(str(node).removeprefix("https://lod.example.org"))
            assert response.status_code == 200, node
            media = graph.value(node, rdflib.DCTERMS["format"])
            assert response.content_type.split(";")[0] == str(media)
            profile = graph.value(node, rdflib.DCTERMS.conformsTo)
            assert response.headers["Content-Profile"] == f"<{profile}>"
        page = client.get(f"{path}?_profile=alt", headers={"Accept": "text/html"}).text
        assert page.count("_profile=") >= 9


def test_an_explanation_leads_to_every_variant(client: FlaskClient) -> None:
    for path in (JENA, "/catalog", "/doc/state?page=1", "/about"):
        explained = client.get(
            f"{path}{'&' if '?' in path else '?'}_explain",
            headers={"Accept": "application/json", "Accept-Language": "en"},
        ).json
        assert explained is not None
        assert explained["asked"]["Accept"] == "application/json"
        assert sum(one["chosen"] for one in explained["ranking"]) <= 1
        for one in explained["ranking"]:
            response = client.get(one["href"], headers={"Accept": "text/html"})
            assert response.status_code == 200, one
            assert response.content_type == one["type"], one
