"""The page of what changed, its data and its feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from lod.build import build
from lod.vocab import AS, CS, RDF, SCHEMA
from lod.web import create_app
from lod.web.changed import compared
from tests.conftest import ROOT, SMALL
from tests.test_changes import NEXT
from tests.web.conftest import write

HTML = {"Accept": "text/html"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
TOWNS = "slug,name.de,type,ags,district,states,sources\n" + "".join(
    f"ort-{n:02},Ort {n},topic/kreisfreie-stadt,160530{n:02},district/jena,state/thueringen,"
    "source/article\n"
    for n in range(1, 31)
)
LONG = "description: {de: 'Das Board teilt Wissen unter Kommunen und bringt Fachleute zusammen.'}\n"
LONGER = LONG.replace("zusammen.", "zusammen und plant eine Tagung.")
BOARD = "board/open-source-board.yaml"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a releases directory whose second release has thirty more towns, and more."""
    folder = tmp_path_factory.mktemp("changes")
    data = write(folder / "data", {BOARD: SMALL[BOARD] + LONG})
    build(data, ROOT / "shapes", folder / "releases", examined=False)
    new = {name: content for name, content in NEXT.items() if content is not None}
    write(data, {**new, "municipality.csv": TOWNS, BOARD: new[BOARD] + LONGER})
    (data / "person/martin-berger.yaml").unlink()
    build(data, ROOT / "shapes", folder / "releases", examined=False)
    return folder / "releases"


@pytest.fixture(scope="module")
def changed_app(releases: Path) -> Iterator[Flask]:
    app = create_app(releases)
    yield app
    app.extensions["sparql"].close()


@pytest.fixture
def changed(changed_app: Flask) -> FlaskClient:
    return changed_app.test_client()


def test_the_first_release_says_that_there_is_none_before(small_client: FlaskClient) -> None:
    for language, words in (("de", "keine frühere Ausgabe"), ("en", "no earlier release")):
        page = small_client.get(f"/changes?lang={language}", headers=HTML)
        assert page.status_code == 200
        assert words in page.text
    assert "Changes in this release" not in small_client.get("/?lang=en", headers=HTML).text
    feed = ElementTree.fromstring(small_client.get("/changes.atom").data)
    assert feed.findall("a:entry", ATOM) == []


def test_entries_are_told_with_old_and_new_values(changed: FlaskClient) -> None:
    page = changed.get("/changes?lang=de&kind=municipality&page=2", headers=HTML).text
    row = re.search(r"<tr>\s*<th scope=\"row\"><span[^>]*>Einwohnerzahl: Wert.*?</tr>", page, re.S)
    assert row is not None
    assert "110.731</span></del>" in row.group()
    assert "111.191</span></ins>" in row.group()
    assert 'href="#source-1"' in row.group()
    assert 'id="source-1"' in page
    assert "3. Februar 2026" in page
    assert "2. Januar 2026" in page


def test_a_long_text_is_told_word_by_word(changed: FlaskClient) -> None:
    page = changed.get("/changes?lang=en&kind=board", headers=HTML).text
    marked = re.findall(r"<mark>(.*?)</mark>", page)
    assert marked == ["zusammen.", "zusammen und plant eine Tagung."]
    assert "Description (German)" in page
    same = compared("a b c", "a b c")
    assert [piece.marked for side in same for piece in side] == [False, False]


def test_what_is_gone_has_a_name_and_no_link(changed: FlaskClient) -> None:
    page = changed.get("/changes?lang=en&kind=person", headers=HTML).text
    assert re.search(r"<span>Martin Berger</span> <span class=\"count\">Person, removed", page)
    assert '<a href="/doc/person/erika-beispiel?lang=en">Erika Beispiel</a>' in page
    assert changed.get("/doc/person/martin-berger").status_code == 410


def test_many_come_in_pages(changed: FlaskClient) -> None:
    first = changed.get("/changes?kind=municipality&lang=en", headers=HTML)
    assert first.text.count(' id="municipality/') == 25
    assert 'rel="next"' in first.headers["Link"]
    second = changed.get("/changes?kind=municipality&lang=en&page=2", headers=HTML)
    assert second.text.count(' id="municipality/') == 6
    assert changed.get("/changes?kind=municipality&page=3").status_code == 404
    assert changed.get("/changes?kind=nothing").status_code == 400
    assert changed.get("/changes.csv").status_code == 404


def test_the_home_page_shows_some_of_each_kind(changed: FlaskClient) -> None:
    page = changed.get("/?lang=en", headers=HTML).text
    assert "Changes in this release" in page
    shown = page[page.index('<ul class="changes">') :].partition("</ul>")[0]
    assert shown.count("<li>") == 6
    assert "Martin Berger" in shown
    assert 'href="/changes?lang=en"' in page


def test_the_data_have_activities_and_statements(changed: FlaskClient) -> None:
    data = changed.get("/changes.nt?kind=municipality&page=2").data
    graph = {quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES)}
    types = [t.object for t in graph if t.predicate == RDF.type]
    assert types.count(AS.Create) + types.count(AS.Update) == 6
    assert types.count(CS.ChangeSet) == types.count(AS.Update) == 1
    removal = next(t.object for t in graph if t.predicate == CS.removal)
    about = {t.predicate: t.object for t in graph if t.subject == removal}
    assert about[RDF.type] == RDF.Statement
    predicates = {t.object for t in graph if t.predicate == RDF.predicate}
    assert SCHEMA.value in predicates
    formats = [changed.get(f"/changes.{one}").status_code for one in ("ttl", "jsonld", "rdf")]
    assert formats == [200, 200, 200]


def test_the_feed_can_be_subscribed_to(changed: FlaskClient) -> None:
    page = changed.get("/changes?lang=en", headers=HTML)
    address = re.search(r'type="application/atom\+xml" href="([^"]*)"', page.text)
    assert address is not None
    answer = changed.get(address.group(1))
    assert answer.content_type == "application/atom+xml"
    assert answer.headers["Content-Language"] == "en"
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall("a:entry", ATOM)
    identities = [entry.findtext("a:id", "", ATOM) for entry in entries]
    assert len(set(identities)) == len(entries) == 36
    for element in (feed, *entries):
        assert element.findtext("a:title", "", ATOM)
        assert element.findtext("a:updated", "", ATOM) == "2026-02-03T00:00:00Z"
    jena = next(entry for entry in entries if "Jena" in entry.findtext("a:title", "", ATOM))
    assert "Value: 110,731 → 111,191" in jena.findtext("a:summary", "", ATOM)
    german = changed.get("/changes", headers={"Accept": "application/atom+xml"})
    assert "Was sich geändert hat" in german.text
    assert "Accept-Language" in german.headers["Vary"]


@pytest.mark.parametrize(
    "path",
    [
        "/id/person/martin-berger",
        "/doc/person/martin-berger",
        "/doc/person/martin-berger.ttl",
        "/doc/person/martin-berger/mentions",
        "/linkset/person/martin-berger",
    ],
)
def test_what_was_removed_is_gone(changed: FlaskClient, path: str) -> None:
    page = changed.get(f"{path}?lang=en", headers=HTML)
    assert page.status_code == 410
    assert "Martin Berger was in the release before" in page.text
    assert 'href="/changes?kind=person&amp;lang=en"' in page.text
    problem = changed.get(path, headers={"Accept": "text/turtle"})
    assert problem.status_code == 410
    assert problem.content_type == "application/problem+json"
    assert problem.get_json()["before"] in problem.get_json()["detail"]
    assert changed.get(path.replace("berger", "nobody"), headers=HTML).status_code == 404
