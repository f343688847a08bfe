"""The glossary: its terms, its data, and the ways from other pages to it."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from lod.build import build
from lod.errors import LodError
from lod.vocab import FOAF, RDF, SKOS
from lod.web import create_app
from lod.web.glossary import Links, ours
from tests.conftest import PUBLICATION, ROOT
from tests.web.conftest import write

HTML = {"Accept": "text/html"}
OWN = (
    "glossary:\n"
    "  - slug: ags\n"
    "    name: {de: Schlüssel der Stadt, en: key of the town}\n"
    "    definition: {de: Acht <Ziffern>., en: Eight <digits>.}\n"
    "    properties: ['lod:ags']\n"
    "  - slug: board\n"
    "    name: {de: Board}\n"
    "    also: [Das Board]\n"
    "    definition: {de: Ein Gremium.}\n"
    "    record: board/open-source-board\n"
)


def opened(folder: Path, glossary: str) -> FlaskClient:
    """Return a client of small data with terms of their own."""
    data = write(folder / "data", {"publication.yaml": PUBLICATION + glossary})
    build(data, ROOT / "shapes", folder / "releases", examined=False)
    return create_app(folder / "releases").test_client()


def test_each_term_is_explained_in_both_languages() -> None:
    assert len(ours()) == 24
    for slug, term in ours().items():
        assert {*term.definition} == {"de", "en"}, slug
        assert {*term.name} in ({""}, {"de", "en"}), slug
        assert term.source or slug in ("release", "dump"), "what others defined has a source"


def test_the_page_has_all_of_them(small_client: FlaskClient) -> None:
    for language, words in (("de", "Acht Ziffern"), ("en", "Eight digits")):
        page = small_client.get(f"/glossary?lang={language}", headers=HTML).text
        assert page.count("<dt") == len(ours())
        assert words in page
        assert all(f'<div id="{slug}">' in page for slug in ours())
    names = re.findall(r"<dt[^>]*>([^<\n]+)", page)
    assert names == sorted(names, key=str.lower), "in the order of the reader's language"


def test_pages_lead_to_a_term_at_its_first_use(small_client: FlaskClient) -> None:
    page = small_client.get("/doc/municipality/jena?lang=de", headers=HTML).text
    assert page.count('<a class="term" href="/glossary?lang=de#iri">') == 1
    assert re.search(r'<dt title="lod:ags"><a class="term" href="[^"]*#ags">', page)
    links = {
        link.partition("#")[2]
        for path in ("/", "/catalog", "/dumps/", "/ns", "/fragments", "/sparql", "/doc/state/16")
        for link in re.findall(
            r'class="term" href="([^"]*)"',
            small_client.get(path, headers=HTML, follow_redirects=True).text,
        )
    }
    assert {"sparql", "rdf", "dcat", "void", "turtle", "release", "statement"} <= links
    assert links <= {*ours()}


def test_the_second_use_is_a_word(small_app: Flask) -> None:
    with small_app.test_request_context("/"):
        small_app.preprocess_request()
        links = Links(ours())
        assert "<a " in links.term("rdf")
        assert links.term("rdf") == "RDF"
        assert links.term("no-such-term", "<b>") == "&lt;b&gt;"
        assert links.property("schema:name", "Name") == "Name"


def test_a_publication_adds_and_replaces(tmp_path: Path) -> None:
    client = opened(tmp_path, OWN)
    page = client.get("/glossary?lang=en", headers=HTML).text
    assert page.count("<dt") == len(ours()) + 1
    assert "Eight &lt;digits&gt;." in page
    assert "Eight digits that" not in page
    assert 'href="/doc/board/open-source-board?lang=en"' in page
    assert '<dt lang="de">Board' in page


def test_the_data_are_skos(tmp_path: Path) -> None:
    data = opened(tmp_path, OWN).get("/glossary.nt").data
    graph = [quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES)]
    concepts = [t.subject for t in graph if (t.predicate, t.object) == (RDF.type, SKOS.Concept)]
    assert len(concepts) == len(ours()) + 1
    (focus,) = [t for t in graph if t.predicate == FOAF.focus]
    assert str(focus.subject) == "<https://lod.example.org/glossary#board>"
    preferred = [(t.subject, getattr(t.object, "language", None)) for t in graph
                 if t.predicate == SKOS.prefLabel]  # fmt: skip
    assert len(preferred) == len(set(preferred)), "one in each language at most"


def test_a_record_that_there_is_none_of_is_told(tmp_path: Path) -> None:
    with pytest.raises(LodError, match=r"publication\.yaml:\d+:\d+: glossary\[2\]\.record"):
        opened(tmp_path, OWN.replace("board/open-source-board", "board/open-sauce-board"))
