"""What pages show, in both languages."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Triple

from lod.iri import KINDS
from lod.mapping import Mapper
from lod.names import KIND_NAMES
from lod.store import Store
from lod.terms import PROPERTIES, TERMS
from lod.vocab import GEO, LOCN, RDF, SCHEMA, XSD
from lod.web.foreign import host, shown
from lod.web.labels import FOREIGN, OWN_INVERSE, Labels
from lod.web.paging import Paging
from lod.web.schema_org import schema_org
from lod.web.wording import Wording, chain, pick, pick_all

PAGES = (
    "/",
    "/about",
    "/doc",
    "/doc/municipality",
    "/doc/municipality?page=3",
    "/doc/project?q=smart",
    "/doc/municipality/jena",
    "/doc/state/bayern",
    "/doc/state/bayern/mentions?by=schema:containedInPlace&kind=district",
    "/doc/project/smart-city-jena",
    "/doc/board/kommunales-open-source-board",
    "/doc/person/martin-berger",
    "/doc/topic/smart-city",
    "/doc/source/jena-open-source-board",
    "/ns",
    "/catalog",
    "/dumps/",
    "/nothing",
)


def page(client: FlaskClient, path: str, language: str) -> str:
    response = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    assert response.content_type == "text/html; charset=utf-8", path
    return response.text


class Structure(HTMLParser):
    """Checks what a page's tree must be like, and collects what tests ask of it."""

    VOID = frozenset({"meta", "link", "img", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert "style" not in given
        assert not [name for name in given if name.startswith("on")]
        assert len(given) == len(attrs), "an attribute stands twice"
        self.tags.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given[name] or "" for name in ("href", "src") if name in given]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img":
            assert "alt" in given
        if tag == "script":
            # Data inside the page, or a file of ours; never a script inside.
            assert given.get("type") == "application/ld+json" or given.get("src", "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "script" not in self.open:
            self.text.append(data)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_the_structure_of_every_page(client: FlaskClient, path: str, language: str) -> None:
    found = Structure()
    found.feed(page(client, path, language))
    assert not found.open
    assert len(found.ids) == len(set(found.ids)), "an id stands twice"
    assert found.headings.count(1) == 1
    assert found.headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(found.headings))
    for tag in ("header", "nav", "main", "footer"):
        assert tag in found.tags
    assert found.links.count("#content") == 1
    assert "content" in found.ids
    for link in found.links:
        if link.startswith("#"):
            assert link[1:] in found.ids, link
    loaded = [link for link in found.links if re.search(r"\.(css|svg|js|woff2?|png)\b", link)]
    assert loaded
    assert all(link.startswith("/static/") for link in loaded)
    assert "%(" not in "".join(found.text)
    assert "None" not in "".join(found.text)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_speaks_two_languages(client: FlaskClient, path: str) -> None:
    german, english = (page(client, path, language) for language in ("de", "en"))
    assert '<html lang="de">' in german
    assert '<html lang="en">' in english
    assert "Zum Inhalt springen" in german
    assert "Skip to content" not in german
    assert "Zum Inhalt springen" not in english


def test_the_chosen_language_stays_in_links(client: FlaskClient) -> None:
    chosen = page(client, "/doc/municipality/jena?lang=en", "de")
    assert '<html lang="en">' in chosen
    assert 'href="/doc/municipality?lang=en"' in chosen
    assert 'href="/doc/municipality/jena?lang=de"' in chosen
    assert 'href="/doc/municipality/jena.ttl"' in chosen
    assert "?lang=" not in re.sub(r'hreflang="[^>]*', "", page(client, "/", "de")).replace(
        "/?lang=", ""
    )


def test_a_page_tells_its_other_representations(client: FlaskClient) -> None:
    found = page(client, "/doc/municipality/jena", "de")
    assert '<link rel="canonical" href="https://lod.example.org/doc/municipality/jena">' in found
    for extension, media_type in (
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples"),
        ("rdf", "application/rdf+xml"),
    ):
        assert f'type="{media_type}" href="/doc/municipality/jena.{extension}"' in found
    assert 'hreflang="en" href="/doc/municipality/jena?lang=en"' in found


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_tells_search_engines(client: FlaskClient, path: str, language: str) -> None:
    found = page(client, path, language)
    (description,) = re.findall(r'<meta name="description" content="([^"]+)">', found)
    assert 10 < len(unescape(description)) <= 320
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', found)
    assert all(json.loads(one)["@context"] for one in scripts)
    crumbs = re.findall(r'itemprop="position" content="(\d+)"', found)
    assert crumbs == [str(place + 1) for place in range(len(crumbs))]
    graph = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]+)">', found))
    if path == "/nothing":
        assert not graph
        return
    assert bool(crumbs) == (path != "/")
    title = re.findall(r"<title>([^<]+)</title>", found)[0]  # drawings have titles too
    (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', found)
    assert (graph["title"], graph["url"]) == (title, canonical)
    assert graph["description"] == description
    assert graph["locale"] == {"de": "de_DE", "en": "en_GB"}[language]
    assert re.findall(r'hreflang="([^"]+)"', found[: found.index("<body>")]) == [
        *("de", "en", "x-default"),
    ]


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "WebSite"),
        ("/catalog", "DataCatalog"),
        ("/dumps/", "Dataset"),
        ("/doc/software/opencode", "SoftwareApplication"),
    ],
)
def test_what_pages_embed(client: FlaskClient, path: str, type_: str) -> None:
    found = page(client, path, "en")
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', found)
    view = json.loads(script)
    classes = [one.get("@type", []) for one in view.get("@graph", [view])]
    assert any(type_ in ([one] if isinstance(one, str) else one) for one in classes)


def test_the_municipality(client: FlaskClient) -> None:
    german, english = (page(client, "/doc/municipality/jena", one) for one in ("de", "en"))
    for words in ("114,77 km²", "111.191", "31. Dezember 2022", "Kreisfreie Stadt", "Jena (Kreis)"):
        assert words in german, words
    for words in ("114.77 km²", "111,191", "31 December 2022", "Jena (District)", "Thuringia"):
        assert words in english, words
    assert '<code class="iri">https://lod.example.org/id/municipality/jena</code>' in german
    for key in ("16053000", "160530000000", "Q3150"):
        assert key in german
    assert 'href="/doc/board/kommunales-open-source-board"' in german  # who sits there for it
    assert 'href="/doc/project/smart-city-jena"' in german  # mentioned by
    assert 'id="administration"' in german


def test_the_project(client: FlaskClient) -> None:
    german, english = (page(client, "/doc/project/smart-city-jena", one) for one in ("de", "en"))
    for words in ("17.450.000\xa0€", "15.700.000\xa0€", "etwa 17.500.000\xa0€", "90\xa0%"):
        assert words in german, words
    for words in ("€17,450,000", "about €17,500,000", "90%"):
        assert words in english, words
    assert "September 2020 bis März 2023" in german
    assert "September 2020 to March 2023" in english
    assert 'id="figure/grant"' in german
    assert german.count("Gefördert im Programm") == 1
    assert ">Teil von<" not in german  # the same as the programme that funds it


def test_the_board_tells_who_sits_on_it(client: FlaskClient) -> None:
    german = page(client, "/doc/board/kommunales-open-source-board", "de")
    table = german.partition('<table class="roles">')[2].partition("</table>")[0]
    assert "Martin Berger" in table
    assert "Mitglied" in table
    assert 'href="/doc/municipality/jena"' in table
    assert "/doc/board/" not in table  # no column for the board itself


def test_the_person(client: FlaskClient) -> None:
    german = page(client, "/doc/person/martin-berger", "de")
    assert "Kommunales Open-Source-Board" in german
    assert "3. September (ohne Jahr)" in german
    english = page(client, "/doc/person/martin-berger", "en")
    assert "3 September (year not stated)" in english


def test_what_names_many_is_cut_and_counted(client: FlaskClient) -> None:
    german = page(client, "/doc/state/bayern", "de")
    assert "Kommunen&nbsp;(2.228)" in german
    more = "/doc/state/bayern/mentions?by=schema%3AcontainedInPlace&amp;kind=municipality"
    assert f'href="{more}"' in german
    mentions = german.partition('id="mentions"')[2]
    assert mentions.count('href="/doc/municipality/') == 50


def test_names_are_looked_up_in_few_passes(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    names = Store.names

    def counted(self: Store, references: list[str]) -> dict[str, dict[str, str]]:
        asked.append(references)
        return names(self, references)

    monkeypatch.setattr(Store, "names", counted)
    client.get("/doc/state/hessen?lang=en", headers={"Accept": "text/html"})
    # Whether there is such a state, all names of the page, those of the map and of its points.
    assert len(asked) <= 4


def test_nothing_of_a_record_is_markup() -> None:
    evil = Literal("</script><script>alert(1)</script>&", language="de")
    triple = Triple(NamedNode("https://e.org/a"), NamedNode("https://schema.org/name"), evil)
    words = str(schema_org([triple]))
    assert "<" not in words
    assert json.loads(words)["name"]["@value"] == evil.value


# Words


def test_every_property_that_the_mapping_writes_has_a_label(app: Flask) -> None:
    store = app.config["CURRENT"].edition().store
    labels = Labels(store.style)
    mapped = {p for _, _, rule in Mapper(store.space).rules() for p in rule.predicates}
    written = set(store.release.manifest["counts"]["properties"])
    assert len(mapped) > 80
    unlabelled = [p.value for p in {*mapped, *map(NamedNode, written)} if p not in labels]
    assert not unlabelled


def test_every_link_between_resources_has_a_label_backwards(app: Flask) -> None:
    store = app.config["CURRENT"].edition().store
    labels = Labels(store.style)
    found = {
        solution["p"]
        for solution in store.query(
            "SELECT DISTINCT ?p { ?s ?p ?o "
            f"FILTER(isIRI(?o) && STRSTARTS(STR(?o), '{store.space.things}')) }}"
        )
    }
    assert len(found) > 20
    geometry = {SCHEMA.geo, GEO.hasGeometry, LOCN.geometry}  # from a whole to its part
    for language in ("de", "en"):
        assert {p for p in found if "←" in labels.inverse(p, language)} <= geometry


def test_labels_in_both_languages() -> None:
    for label in (*FOREIGN.values(), *(term.label for term in TERMS.values())):
        assert all(words.strip() for words in label[:2])
    assert all(bool(label.de_inverse) == bool(label.en_inverse) for label in FOREIGN.values())
    assert set(OWN_INVERSE) <= set(PROPERTIES)
    assert set(KIND_NAMES) == set(KINDS)


def test_unknown_properties_show_their_name(app: Flask) -> None:
    labels = Labels(app.config["CURRENT"].edition().store.style)
    assert labels.forward(RDF.value, "de") == "rdf:value"
    unknown = NamedNode("https://example.com/vocabulary#x")
    assert labels.forward(unknown, "de") == "https://example.com/vocabulary#x"
    assert labels.inverse(unknown, "de").startswith("←")


DATES = [
    ("2022-12-31", "31. Dezember 2022", "31 December 2022"),
    ("2025-10", "Oktober 2025", "October 2025"),
    ("2025", "2025", "2025"),
    ("--10", "Oktober (ohne Jahr)", "October (year not stated)"),
    ("--10-31", "31. Oktober (ohne Jahr)", "31 October (year not stated)"),
    ("--02-29", "29. Februar (ohne Jahr)", "29 February (year not stated)"),
    ("2023-02-31", "2023-02-31", "2023-02-31"),
    ("", "", ""),
    ("soon", "soon", "soon"),
]


@pytest.mark.parametrize(("value", "german", "english"), DATES)
def test_dates(app: Flask, value: str, german: str, english: str) -> None:
    for language, expected in (("de", german), ("en", english)):
        with app.test_request_context(f"/?lang={language}"):
            app.preprocess_request()
            assert Wording(language).date(value) == expected


def test_numbers() -> None:
    german, english = Wording("de"), Wording("en")
    assert german.number("84358845") == "84.358.845"
    assert german.number("a few") == "a few"
    assert german.money("1.5", "EUR") == "1,50\xa0€"
    assert english.money("17450000", "EUR") == "€17,450,000"
    assert german.percent("62.5") == "62,5\xa0%"
    assert german.size(1_171_000).split() == ["1,2", "MB"]
    assert english.size(999) == "999 byte"
    assert german.text(Literal("5", datatype=XSD.integer)).words == "5"
    assert german.language_name("en") == "Englisch"
    assert german.language_name("qq") == "qq"


def test_the_chain_of_languages() -> None:
    assert chain("en", ["fr", "", "de", "en"]) == ["en", "de", "", "fr"]
    assert chain("de", ["fr", "es"]) == ["es", "fr"]
    assert pick({}, "de") is None
    assert pick({"en": "a", "de": "b"}, "en") == ("a", "")
    assert pick({"de": "b", "": "c"}, "en") == ("b", "de")
    assert pick({"": "c", "fr": "d"}, "en") == ("c", "")
    assert pick({"fr": "d", "es": "e"}, "en") == ("e", "es")


def test_of_several_values_none_is_hidden() -> None:
    texts = [Literal("a", language="de"), Literal("b", language="de"), Literal("c", language="en")]
    assert [text.words for text in pick_all(texts, "en")] == ["a", "b"]
    assert [text.words for text in pick_all(texts[1:], "en")] == ["c"]
    assert pick_all([], "en") == []


SHOWN = [
    ("http://www.wikidata.org/entity/Q3150", "Wikidata", "Q3150"),
    ("https://sws.geonames.org/2895042/", "GeoNames", "2895042"),
    ("https://spdx.org/licenses/EUPL-1.2", "SPDX", "EUPL-1.2"),
    ("http://publications.europa.eu/resource/authority/data-theme/ENVI", "EU", "Umwelt"),
    ("https://www.kgst.de/", "", "kgst.de"),
    ("https://example.org/M%C3%BChle", "", "example.org/Mühle"),
    ("https://d-nb.info/gnd/", "", "d-nb.info/gnd"),
    ("https://e.org/" + "x" * 90, "", "e.org/" + "x" * 24 + "…" + "x" * 29),
]


@pytest.mark.parametrize(("iri", "scheme", "words"), SHOWN)
def test_foreign_iris(iri: str, scheme: str, words: str) -> None:
    assert shown(iri, "de") == (scheme, words)


def test_hosts() -> None:
    assert host("https://www.jena.de/x") == "jena.de"
    assert host("http://[broken") == ""


def test_paging() -> None:
    paging = Paging(7, 1234)
    assert (paging.last, paging.start, paging.end, paging.beyond) == (13, 600, 700, False)
    assert paging.near == [1, 0, 5, 6, 7, 8, 9, 0, 13]
    assert Paging(13, 1234).end == 1234
    assert Paging(14, 1234).beyond
    assert Paging(1, 0).last == 1
    assert not Paging(1, 0).beyond
    assert len(Paging(7, 1234).links("/doc/x", {})) == 4


def test_paging_ends(client: FlaskClient) -> None:
    seen: set[str] = set()
    path = "/doc/source.nt"
    while path:
        assert path not in seen
        seen.add(path)
        response = client.get(path)
        assert response.status_code == 200
        following = re.search(r'<([^>]*)>; rel="next"', response.headers["Link"])
        path = following[1] if following else ""
    assert len(seen) >= 2


def test_population_is_among_the_facts_at_the_top(client: FlaskClient) -> None:
    text = client.get("/doc/municipality/jena.html?lang=de").text
    facts = text.partition('id="facts"')[2].partition("</section>")[0]
    assert "111.191 (31. Dezember 2022)" in facts
    number = re.findall(r"111\.191.*?#(source-\d+)", facts, re.DOTALL)[0]
    assert f'id="{number}"' in text
    inside = re.findall(r">([^<>]+)</a>", facts.partition("Liegt in")[2].partition("</dd>")[0])
    assert inside == ["Jena (Kreis)", "Thüringen"]
