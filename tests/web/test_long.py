"""Resources with very many links stay small, and everything can be had page by page."""

from __future__ import annotations

import re

import pytest
import rdflib
from flask.testing import FlaskClient

from lod.build import build
from lod.web import create_app
from tests.conftest import ROOT, SMALL
from tests.web.conftest import write

MANY = 250
BASE = "https://lod.example.org/"
BOARD = "/doc/board/open-source-board"
HYDRA = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")


@pytest.fixture(scope="module")
def long_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of a release with a board that has very many topics."""
    folder = tmp_path_factory.mktemp("long")
    rows = "".join(
        f"t{n},Thema {n},Topic {n},Ein Thema.,A topic.,topic/forms-of-municipality,source/article\n"
        for n in range(MANY)
    )
    topics = ", ".join(f"topic/t{n}" for n in range(MANY))
    name = "board/open-source-board.yaml"
    changes = {"topic.csv": SMALL["topic.csv"] + rows, name: f"{SMALL[name]}topics: [{topics}]\n"}
    build(write(folder / "data", changes), ROOT / "shapes", folder / "releases")
    return create_app(folder / "releases").test_client()


def test_a_page_shows_a_hundred_values_and_leads_to_the_others(long_client: FlaskClient) -> None:
    page = long_client.get(f"{BOARD}.html?lang=en").text
    assert len(set(re.findall(r'href="/doc/topic/t\d+\?', page))) == 100
    more = f'href="{BOARD}/values?of=dcterms%3Asubject&amp;lang=en"'
    assert more in page
    assert f"Show all {MANY}" in page
    seen: set[str] = set()
    for number in (1, 2, 3):
        path = f"{BOARD}/values.html?of=dcterms:subject&page={number}"
        seen |= set(re.findall(r'href="(/doc/topic/t\d+)"', long_client.get(path).text))
    assert len(seen) == MANY


def test_the_description_stays_whole(long_client: FlaskClient) -> None:
    graph = rdflib.Graph().parse(data=long_client.get(f"{BOARD}.ttl").data, format="turtle")
    assert len(list(graph.objects(None, rdflib.DCTERMS.subject))) == MANY


def test_values_in_pages(long_client: FlaskClient) -> None:
    path, members = f"{BOARD}/values.nt?of=dcterms%3Asubject", set()
    for _ in range(3):
        response = long_client.get(path)
        graph = rdflib.Graph().parse(data=response.data, format="nt")
        (whole,) = set(graph.subjects(rdflib.RDF.type, HYDRA.Collection))
        assert str(whole) == f"{BASE}{BOARD[1:]}/values?of=dcterms%3Asubject"
        assert str(graph.value(whole, HYDRA.totalItems)) == str(MANY)
        members |= set(graph.objects(whole, HYDRA.member))
        path = f"{BOARD}/values.nt?of=dcterms%3Asubject&page={_ + 2}"
    assert len(members) == MANY
    assert long_client.get(path).status_code == 404
    assert long_client.get(f"{BOARD}/values").status_code == 404
    assert long_client.get(f"{BOARD}/values?of=lod:nothing").status_code == 404
    assert long_client.get(f"{BOARD}/values.pdf?of=dcterms:subject").status_code == 404


def test_what_names_a_resource_is_not_in_its_description(long_client: FlaskClient) -> None:
    response = long_client.get("/doc/topic/forms-of-municipality.nt")
    assert response.text.count("\n") < 30
    assert '</doc/topic/forms-of-municipality/mentions>; rel="related"' in response.headers["Link"]
    page = long_client.get("/doc/topic/forms-of-municipality.html").text
    assert len(set(re.findall(r'href="/doc/topic/t\d+"', page))) <= 50
    with_none = long_client.get("/doc/board/open-source-board")
    assert 'rel="related"' not in with_none.headers["Link"]


def test_a_state_stays_small(client: FlaskClient) -> None:
    for extension, most in ((".html", 100_000), (".ttl", 10_000), (".jsonld", 10_000)):
        assert len(client.get(f"/doc/state/bayern{extension}").data) < most
