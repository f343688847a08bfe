"""Every question of docs/questions.md has a page, its answer as data, and a citation."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient

from lod.build import Built
from lod.release import current
from lod.store import Store
from lod.web.columns import COLUMNS
from lod.web.queries import examples
from tests.conftest import ROOT

BASE = "https://lod.example.org/"
NAMES = re.findall(r"^## (\S+)$", (ROOT / "docs" / "questions.md").read_text("utf-8"), re.MULTILINE)
LINK = re.compile(r'href="(/doc/[^"]+)"')


@pytest.fixture(scope="module")
def store(real: tuple[Path, Built]) -> Store:
    return Store(current(real[0]))


def test_every_question_is_known() -> None:
    assert len(NAMES) >= 12
    assert [one.name for one in examples(BASE)] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_page_and_data_say_the_same(client: FlaskClient, store: Store, name: str) -> None:
    path = f"/questions/{name}"
    (asked,) = (one for one in examples(BASE) if one.name == name)
    data = client.get(f"{path}.json")
    assert data.content_type == "application/sparql-results+json"
    answer = json.loads(data.data)
    rows = answer["results"]["bindings"]
    assert rows
    table = client.get(f"{path}.csv")
    assert table.content_type == "text/csv; charset=utf-8; header=present"
    header, *lines = csv.reader(io.StringIO(table.data.decode()))
    assert header == answer["head"]["vars"]
    assert len(lines) == len(rows)
    query = client.get(f"{path}.rq")
    assert query.content_type == "application/sparql-query"
    found = store.query(query.text)
    assert isinstance(found, ox.QuerySolutions)
    assert len(list(found)) == len(rows)
    for language in ("de", "en"):
        page = client.get(f"{path}.html?lang={language}").text
        assert asked.texts[language].replace("'", "&#39;") in page
        assert page.count("<tr>") == len(rows) + 1
        for href in set(LINK.findall(page)[:10]):
            assert client.get(href, headers={"Accept": "text/html"}).status_code == 200
        assert store.release.version in page
        assert f'<code class="iri">{BASE}questions/{name}</code>' in page


def test_every_column_has_a_name_in_both_languages(store: Store) -> None:
    for one in examples(BASE):
        found = store.query(one.query)
        assert isinstance(found, ox.QuerySolutions)
        assert {column.value for column in found.variables} <= COLUMNS.keys(), one.name


def test_german_pages_are_german(client: FlaskClient) -> None:
    members = client.get("/questions/board-members.html?lang=de").text
    assert '<th scope="col">Rolle zu Hause</th>' in members
    money = client.get("/questions/jena-money.html?lang=de").text
    assert "Förderquote" in money
    assert "fundingRate" not in money.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "auf den Monat genau" in client.get("/questions/first-session.html?lang=de").text
    assert "Namentlich bekannte" in client.get("/questions/board-size.html?lang=de").text


def test_many_sources_are_numbers_that_lead_to_the_foot(client: FlaskClient) -> None:
    text = client.get("/questions/model-projects-by-state.html?lang=en").text
    table, _, foot = text.partition("</table>")
    cited = set(re.findall(r'href="#(source-\d+)"', table))
    assert len(cited) > 20
    assert cited == set(re.findall(r'id="(source-\d+)"', foot))
    assert "/id/source/" not in table
    assert "A project counts in each state" in foot


def test_negotiation(client: FlaskClient) -> None:
    path = f"/questions/{NAMES[0]}"
    for accept, sent in (
        ("text/html", "text/html; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("application/json", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-query", "application/sparql-query"),
    ):
        response = client.get(path, headers={"Accept": accept})
        assert response.content_type == sent
        assert "Accept" in response.headers["Vary"].split(", ")
        assert f'<{BASE}questions/{NAMES[0]}>; rel="cite-as"' in response.headers["Link"]
        again = client.get(
            path, headers={"Accept": accept, "If-None-Match": response.headers["ETag"]}
        )
        assert again.status_code == 304
    assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 406
    assert client.get(f"{path}?_mediatype=text/csv").mimetype == "text/csv"
    for wrong in ("nothing", f"{NAMES[0]}.", f"{NAMES[0]}.ttl", f"{NAMES[0]}.csv.csv"):
        assert client.get(f"/questions/{wrong}").status_code == 404, wrong


def test_the_list(client: FlaskClient) -> None:
    graph = rdflib.Graph().parse(data=client.get("/questions.ttl").data, format="turtle")
    questions = set(graph.subjects(rdflib.RDF.type, rdflib.SDO.Question))
    assert {str(one).removeprefix(f"{BASE}questions/") for one in questions} == set(NAMES)
    page = client.get("/questions.html?lang=de").text
    assert all(f"/questions/{name}?lang=de" in page for name in NAMES)
    sitemap = client.get("/sitemap-1.xml").text
    assert all(f"{BASE}questions/{name}</loc>" in sitemap for name in NAMES)


def test_a_question_without_an_answer_has_an_empty_table(small_client: FlaskClient) -> None:
    for name in NAMES:
        for extension in (".html", ".json", ".csv"):
            assert small_client.get(f"/questions/{name}{extension}").status_code == 200
