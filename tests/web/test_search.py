"""Searching: what is found, in which order, and that words are never a query language."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import RDF, SDO

from lod.build import Built
from lod.errors import ReleaseError
from lod.search import Item, Search, write
from lod.search.asking import MOST, Match
from lod.search.folding import asked, compact, distance, folded, slips, strict, tokens
from lod.search.forms import stripped
from lod.web.search import extract

HOSTILE = (
    *('"', '""jena', "*", "jena*", "NEAR(jena hof)", "-jena", "jena AND", "AND", "OR OR", "NOT"),
    *("(", ")(", "{names}: jena", "names:jena", "^jena", "jena + hof", "jena'--", "; DROP TABLE"),
    *("😀", "\x00", "jena\x00", "\ud83d", "%", "_", "\\", "<script>", "ﬀ", "ı", "İ", "١٦", "日本"),
    *("a" * 10_000, "a " * 5_000, "ä" * 5_000, "\u0301" * 500, "\u202ejena", "x" * 39 + "é"),
)
NS = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture(scope="module")
def search(real: tuple[Path, Built]) -> Search:
    return Search(real[1].release.path)


def found(search: Search, words: str, kind: str = "") -> list[str]:
    return [one.reference for one in search.known(h.entry for h in search.find(words, kind).hits)]


# Folding


@pytest.mark.parametrize("words", ["Köln", "KÖLN", "Koeln", "KOELN", "Koln", "ko\u0308ln"])
def test_umlauts_are_found_however_they_are_written(search: Search, words: str) -> None:
    assert found(search, words)[0] == "municipality/koeln"


@pytest.mark.parametrize(
    ("one", "other"), [("Weißenfels", "Weissenfels"), ("Münster", "Muenster"), ("Łódź", "Lodz")]
)
def test_what_is_one_word(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Neuenkirchen", "Neunkirchen"), ("Aue", "Au"), ("Quelle", "Qulle")]
)
def test_what_is_two_words(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_words_are_letters_and_digits_alone() -> None:
    assert tokens('Neustadt a.d. "Donau"*_-') == ["neustadt", "a", "d", "donau"]
    assert asked("a " * 100) == ["a"] * 12
    assert compact("Neustadt a.d. Donau") == compact("Neustadt a.d.Donau")
    assert strict("Köln") == "koeln" != strict("Koln")


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("jena", "jena", 0), ("jenna", "jena", 1), ("keil", "kiel", 1), ("ab", "cd", 2), ("", "a", 1)],
)
def test_slips_are_counted(one: str, other: str, far: int) -> None:
    assert distance(one, other) == distance(other, one) == far


def test_short_words_and_numbers_may_have_no_slip() -> None:
    assert [slips(word) for word in ("ulm", "jena", "muenchen", "16053000")] == [0, 1, 2, 0]


@pytest.mark.parametrize(
    ("name", "core", "kind"),
    [
        ("Jena, Stadt", "Jena", "municipality"),
        ("Stadt Jena", "Jena", "municipality"),
        ("Hannover, Landeshauptstadt", "Hannover", "municipality"),
        ("Große Kreisstadt Aue", "Aue", "municipality"),
        ("Neustadt b.Coburg, GKSt", "Neustadt b.Coburg", "municipality"),
        ("Landkreis Hof", "Hof", "district"),
        ("LK Hof", "Hof", "district"),
        ("Hof (Landkreis)", "Hof", "district"),
        ("Kr. Höxter", "Höxter", "district"),
        ("Freistaat Bayern", "Bayern", "state"),
        ("Neustadt an der Orla", "Neustadt an der Orla", None),
        ("St. Wendel", "St. Wendel", None),
        ("Halle M", "Halle M", None),
    ],
)
def test_what_is_no_part_of_a_name(name: str, core: str, kind: str | None) -> None:
    words, form = stripped(name)
    assert (words, form.kind if form else None) == (core, kind)


# Order


def test_the_town_comes_before_what_has_it_in_its_name(search: Search) -> None:
    order = found(search, "jena")
    assert order[:3] == ["municipality/jena", "district/jena", "municipality/jenaloebnitz"]
    assert "project/smart-city-jena" in order


def test_exact_before_beginning_before_words_before_descriptions(search: Search) -> None:
    for words in ("jena", "smart", "kiel", "halle", "bonn"):
        matches = [hit.match for hit in search.find(words).hits]
        assert matches == sorted(matches)
    assert search.find("halle").hits[0].match is Match.NAME


def test_the_larger_of_namesakes_comes_first(search: Search) -> None:
    order = found(search, "Neuenkirchen", "municipality")
    people = [one.facts["population"][0] for one in search.of(order[:4]).values()]
    assert people == sorted(people, key=lambda number: -float(number))


@pytest.mark.parametrize(
    ("words", "reference"),
    [
        *(("Jenna", "municipality/jena"), ("Jnea", "municipality/jena")),
        *(("Muenhcen", "municipality/muenchen"), ("Dortmnud", "municipality/dortmund")),
        ("Osterholzscharmbeck", "municipality/osterholz-scharmbeck"),
        ("halle saale", "municipality/halle-saale"),
        *(("16053000", "municipality/jena"), ("160530000000", "municipality/jena")),
        *(("Q3150", "municipality/jena"), ("q3150", "municipality/jena")),
        *(("09475", "district/landkreis-hof"), ("BMI", "organisation/bmi")),
        ("Federal Ministry of the Interior", "organisation/bmi"),
        ("Stadt Jena", "municipality/jena"),
        ("Bad Bel", "municipality/bad-belzig"),
    ],
)
def test_what_is_found_first(search: Search, words: str, reference: str) -> None:
    assert found(search, words)[0] == reference


def test_what_is_spelled_nearly_so_is_said_to_be(small_client: FlaskClient) -> None:
    page = small_client.get("/search?q=Jenna&lang=en", headers={"Accept": "text/html"}).text
    assert "spelled nearly so: jena" in page
    assert "Jena</a>" in page


def test_descriptions_are_searched_in_both_languages(search: Search) -> None:
    assert "organisation/bmi" in found(search, "ausgewählt Staffeln Modellprojekte")
    assert "organisation/bmi" in found(search, "selected cohorts")


# Kinds


def test_results_are_counted_by_kind(search: Search) -> None:
    result = search.find("jena")
    assert sum(result.kinds.values()) == len(result.hits)
    for kind, number in result.kinds.items():
        assert len(search.find("jena", kind).hits) == number
    assert set(found(search, "jena", "project")) < set(found(search, "jena"))


def test_more_than_are_counted(tmp_path: Path) -> None:
    items = [Item("municipality", f"m-{i}", {"de": f"Musterort {i}"}, i) for i in range(MOST + 500)]
    write(tmp_path / "search.sqlite", [*items, Item("board", "m", {"de": "Muster"}, -1.0)])
    search = Search(tmp_path)
    assert search.find("musterort").more
    assert len(search.find("musterort").hits) == MOST
    assert found(search, "musterort")[0] == f"municipality/m-{MOST + 499}"
    assert found(search, "m", "board") == ["board/m"]
    assert [one.reference for one in search.suggest("m", 5, ["board"])] == ["board/m"]


def test_an_index_that_is_missing_or_damaged_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="Build again"):
        Search(tmp_path)
    (tmp_path / "search.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(ReleaseError, match="Build again"):
        Search(tmp_path)


# The page


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("path", ["/search", "/search.jsonld", "/search/suggest"])
def test_words_are_never_a_query_language(small_client: FlaskClient, words: str, path: str) -> None:
    given = words.encode("utf-8", "surrogatepass")
    response = small_client.get(path, query_string={"q": given}, headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "<script>" not in response.text


def test_a_page_shows_kind_place_and_extract(client: FlaskClient) -> None:
    page = client.get("/search?q=staffeln&lang=de", headers={"Accept": "text/html"}).text
    assert "<mark>Staffeln</mark>" in page
    assert 'href="/search?q=staffeln&amp;kind=organisation&amp;lang=de"' in page
    page = client.get("/search?q=jenal%C3%B6bnitz&lang=de", headers={"Accept": "text/html"}).text
    assert "Saale-Holzland-Kreis" in page
    assert "Thüringen" in page


def test_pages_end(client: FlaskClient) -> None:
    first = client.get("/search?q=smart", headers={"Accept": "text/turtle"})
    last = re.search(r'<([^>]*)>; rel="last"', first.headers["Link"])
    assert last
    assert client.get(last[1], headers={"Accept": "text/turtle"}).status_code == 200
    beyond = re.sub(r"page=(\d+)", lambda m: f"page={int(m[1]) + 1}", last[1])
    assert client.get(beyond).status_code == 404


def test_an_unknown_kind_is_400_and_an_empty_one_none(client: FlaskClient) -> None:
    assert client.get("/search?q=jena&kind=village").status_code == 400
    assert client.get("/search?q=jena&kind=").status_code == 200
    assert client.get("/search.pdf?q=jena").status_code == 404


def test_nothing_found_is_a_page_all_the_same(client: FlaskClient) -> None:
    for path in ("/search", "/search?q=zzzzqqqq", "/search?q=%20"):
        assert client.get(path, headers={"Accept": "text/html"}).status_code == 200


def test_data_keep_the_order(client: FlaskClient) -> None:
    response = client.get("/search?q=jena", headers={"Accept": "text/turtle"})
    assert response.headers["Content-Location"] == "/search.ttl?q=jena"
    graph = rdflib.Graph().parse(data=response.data, format="turtle")
    (here,) = graph.subjects(RDF.type, SDO.ItemList)
    assert str(here) == "https://lod.example.org/search?q=jena"
    items = {
        int(str(graph.value(item, SDO.position))): str(graph.value(item, SDO.item))
        for item in graph.objects(here, SDO.itemListElement)
    }
    assert items[1] == "https://lod.example.org/id/municipality/jena"
    assert sorted(items) == list(range(1, 21))
    second = client.get("/search.ttl?q=jena&page=2").text
    assert "search?q=jena#result-21" in second
    assert "hydra:previous" in second


def test_suggestions_are_those_of_opensearch(client: FlaskClient) -> None:
    response = client.get("/search/suggest?q=Je&lang=en")
    assert response.content_type == "application/x-suggestions+json"
    words, names, about, pages = json.loads(response.data)
    assert words == "Je"
    assert (names[0], about[0]) == ("Jena", "Municipality")
    assert pages[0] == "https://lod.example.org/doc/municipality/jena"
    assert len(names) == len(about) == len(pages) == 10
    assert json.loads(client.get("/search/suggest?q=").data)[1] == []
    kinds = json.loads(client.get("/search/suggest?q=je&kind=district").data)[3]
    assert kinds
    assert all("/district/" in page for page in kinds)


def test_browsers_learn_how_to_search(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept": "text/html"}).text
    assert 'rel="search" type="application/opensearchdescription+xml"' in page
    response = client.get("/opensearch.xml")
    assert response.content_type == "application/opensearchdescription+xml"
    root = ET.fromstring(response.data)
    short = root.findtext("o:ShortName", namespaces=NS)
    assert short
    assert len(short) <= 16
    assert len(root.findtext("o:Description", "", NS)) <= 1024
    templates = {url.get("type"): url.get("template") for url in root.findall("o:Url", NS)}
    html = templates["text/html"]
    assert html == "https://lod.example.org/search?q={searchTerms}&page={startPage?}"
    for template in templates.values():
        assert template
        asked = template.removeprefix("https://lod.example.org").replace("{searchTerms}", "jena")
        assert client.get(asked.replace("{startPage?}", "1")).status_code == 200


def test_an_empty_page_number_of_a_template_is_the_first(client: FlaskClient) -> None:
    assert client.get("/search?q=jena&page=").status_code == 200


@pytest.mark.parametrize(
    ("text", "wanted", "shown"),
    [
        ("Kurz und gut.", ["gut"], "Kurz und [gut]."),
        ("Nichts davon.", [], "Nichts davon."),
        ("", ["x"], ""),
        ("x " * 200 + "Ziel " + "y " * 200, ["ziel"], "[Ziel]"),
        ("z" * 500, ["q"], "z" * 220 + " …"),
    ],
)
def test_an_extract_shows_the_words(text: str, wanted: list[str], shown: str) -> None:
    pieces = extract(text, wanted)
    written = "".join(f"[{one.words}]" if one.marked else one.words for one in pieces)
    assert shown in written
    assert len(written) < 300
