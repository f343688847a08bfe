"""FAIR Signposting and link sets; the headers are read by a library that isn't ours.

Spec: https://signposting.org/FAIR/, https://www.rfc-editor.org/rfc/rfc9264
"""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from signposting.linkheader import find_signposting_http_link
from signposting.signpost import Signposting

HOST = "https://any.example"
BASE = "https://lod.example.org/"
JENA = "/doc/municipality/jena"
LARGEST = 4096
"""Bytes that all headers of an answer may have in a proxy that wasn't configured."""
ACCEPTS = [
    "text/html",
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
    "application/rdf+xml",
]


def signs(client: FlaskClient, path: str, accept: str) -> Signposting:
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == 200
    return find_signposting_http_link([response.headers["Link"]], f"{HOST}{path}")


@pytest.mark.parametrize("accept", ACCEPTS)
def test_a_resource(client: FlaskClient, accept: str) -> None:
    found = signs(client, JENA, accept)
    assert found.citeAs is not None
    assert str(found.citeAs.target) == f"{BASE}id/municipality/jena"
    assert found.license is not None
    assert found.collection is not None
    assert str(found.collection.target) == f"{HOST}/doc/municipality"
    assert [str(one.target) for one in found.authors] == [f"{BASE}catalog#publisher"]
    types = {str(one.target) for one in found.types}
    assert {"https://schema.org/AboutPage", "https://schema.org/City"} <= types
    described = {str(one.type) for one in found.describedBy}
    assert described >= set(ACCEPTS[1:]) - {accept} | {"text/turtle"}
    assert [str(one.type) for one in found.linksets] == ["application/linkset+json"]
    if accept != "text/html":
        assert f"{HOST}{JENA}.html" in {str(one.target) for one in found.describes}


@pytest.mark.parametrize("accept", ACCEPTS)
def test_every_target_on_this_host_can_be_had(client: FlaskClient, accept: str) -> None:
    for path in (JENA, "/doc/state", "/catalog", "/doc/state?page=1"):
        for one in signs(client, path, accept).signposts:
            if str(one.target).startswith(HOST):
                with client.get(str(one.target).removeprefix(HOST)) as response:
                    assert response.status_code == 200, one
                    if one.type:
                        assert response.content_type.split(";")[0] == str(one.type)


def test_pages_refer_to_their_link_sets(client: FlaskClient) -> None:
    for path in (JENA, "/doc/municipality?page=2", "/catalog"):
        page = client.get(path, headers={"Accept": "text/html"}).text
        found = re.search(r'<link rel="linkset" type="([^"]+)" href="([^"]+)">', page)
        assert found is not None
        response = client.get(found[2])
        assert response.status_code == 200
        assert response.content_type == found[1]


def test_lists_and_their_items(client: FlaskClient) -> None:
    few = signs(client, "/doc/board", "text/html")
    items = {str(one.target) for one in few.items}
    assert f"{HOST}/doc/board/kommunales-open-source-board" in items
    assert not signs(client, "/doc/municipality", "text/html").items
    linkset = client.get("/linkset/municipality?page=2").json
    assert linkset is not None
    context = linkset["linkset"][0]
    assert context["anchor"] == f"{BASE}doc/municipality?page=2"
    assert len(context["item"]) == 100
    assert all(one["href"].startswith(f"{BASE}doc/municipality/") for one in context["item"])


def test_the_link_set_says_what_the_headers_say(client: FlaskClient) -> None:
    response = client.get("/linkset/municipality/jena")
    assert response.content_type == "application/linkset+json"
    document = json.loads(response.data)
    assert list(document) == ["linkset"]
    start, *others = document["linkset"]
    assert start["anchor"] == f"{BASE}doc/municipality/jena"
    header = signs(client, JENA, "text/html")
    assert [one["href"] for one in start["cite-as"]] == [
        str(header.citeAs and header.citeAs.target)
    ]
    assert {one["href"] for one in start["type"]} == {str(one.target) for one in header.types}
    assert {one["type"] for one in start["describedby"]} == set(ACCEPTS[1:])
    assert [one["describes"][0]["href"] for one in others] == [start["anchor"]] * 4
    for context in document["linkset"]:
        for relation, targets in context.items():
            if relation != "anchor":
                assert all("://" in target["href"] for target in targets)
                assert all(target.keys() <= {"href", "type"} for target in targets)
                assert all("" not in target.values() for target in targets)


def test_the_catalog_leads_to_the_dumps(client: FlaskClient) -> None:
    found = signs(client, "/catalog", "text/html")
    assert len(found.items) == 4
    assert {str(one.type) for one in found.items} == {"application/gzip"}


@pytest.mark.parametrize(
    "path",
    [JENA, "/catalog", "/doc/municipality?page=2", "/doc/board/kommunales-open-source-board"],
)
def test_headers_fit_into_a_proxys_buffer(client: FlaskClient, path: str) -> None:
    for accept in ACCEPTS:
        response = client.get(path, headers={"Accept": accept})
        assert len(str(response.headers).encode()) < LARGEST, path
