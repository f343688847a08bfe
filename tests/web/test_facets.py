"""Facets: what they count is what SPARQL counts, and what they leave is what one sees."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib
from flask import Flask
from flask.testing import FlaskClient

from lod.build import Built
from lod.iri import KINDS, slug
from lod.release import current
from lod.search import Search
from lod.store import Store
from lod.web.edition import Current
from lod.web.facets.index import Index, make
from lod.web.facets.table import FACETS, SIZES, bounds, size
from lod.web.facets.world import World
from lod.web.queries import examples

BASE = "https://lod.example.org/"
OPTION = re.compile(
    r'<a href="(?P<href>[^"]+)" rel="nofollow"(?P<chosen> aria-current="true")?>'
    r'<span[^>]*>(?P<text>[^<]+)</span> <span class="count">(?P<number>[\d.,]+)</span>'
)
IN_STATE = "?item schema:containedInPlace ?value . ?value a schema:State"
INHABITANTS = (
    "?item lod:figure ?figure . ?figure schema:measuredProperty lod:population ; "
    "schema:value ?value"
)
FUNDED = (
    "?project lod:fundedUnder ?cohort ; schema:member ?body . ?item lod:administration ?body . "
)
TOUCHED = (
    "?item (schema:member/schema:areaServed|schema:member/schema:location|schema:location) ?at . "
    "?at schema:containedInPlace* ?value . ?value a schema:State"
)
SEATED = "?item schema:location/schema:containedInPlace+ ?value . ?value a schema:State"
COUNTED: dict[tuple[str, str], str] = {
    ("municipality", "state"): IN_STATE,
    ("municipality", "type"): "?item dcterms:type ?value",
    ("municipality", "programme"): f"{FUNDED} ?cohort dcterms:isPartOf ?value",
    ("municipality", "cohort"): f"{FUNDED} BIND(?cohort AS ?value)",
    ("district", "state"): IN_STATE,
    ("district", "cohort"): f"{FUNDED} BIND(?cohort AS ?value)",
    ("organisation", "type"): "?item dcterms:type ?value",
    ("organisation", "state"): SEATED,
    ("project", "state"): TOUCHED,
    ("project", "type"): "?item dcterms:type ?value",
    ("project", "topic"): "?item dcterms:subject ?value",
    ("project", "cohort"): "?item lod:fundedUnder ?value . ?value dcterms:isPartOf ?whole",
    ("project", "year"): "?item schema:startDate ?date . BIND(SUBSTR(STR(?date), 1, 4) AS ?value)",
    ("software", "licence"): "?item schema:license ?value",
    ("software", "language"): "?item schema:programmingLanguage ?value",
    ("software", "topic"): "?item dcterms:subject ?value",
    ("source", "publisher"): "?item dc:publisher ?value",
    ("topic", "scheme"): "?item skos:inScheme ?value",
    ("membership", "role"): "?item org:role ?value",
}
"""Kind and facet → the pattern of a query that finds entries and their values in the graph."""


@pytest.fixture(scope="module")
def store(real: tuple[Path, Built]) -> Store:
    return Store(current(real[0]))


@pytest.fixture(scope="module")
def indexes(store: Store) -> dict[str, Index]:
    search = Search(store.release.path)
    return {kind: make(kind, store, search) for kind in store.counts}


def asked(store: Store, kind: str, pattern: str) -> dict[str, int]:
    """Return value → how many resources of a kind have it, by SPARQL."""
    query = (
        f"SELECT ?value (COUNT(DISTINCT ?item) AS ?number) {{ GRAPH <{BASE}graph/{kind}> "
        f"{{ ?item a ?class }} FILTER(!CONTAINS(STRAFTER(STR(?item), '/id/{kind}/'), '/')) "
        f"{pattern} }} GROUP BY ?value"
    )
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return {
        (store.space.reference(row[0].value) or row[0].value.rpartition("/licenses/")[2]): int(
            row[1].value
        )
        for row in found
    }


# What is counted


@pytest.mark.parametrize(("kind", "name"), COUNTED)
def test_counts_are_those_of_sparql(
    store: Store, indexes: dict[str, Index], kind: str, name: str
) -> None:
    index = indexes[kind]
    (facet,) = (one for one in index.facets if one.name == name)
    counts = index.counts(facet, index.everything, {})
    assert counts == asked(store, kind, COUNTED[kind, name])
    assert counts


def test_sizes_are_those_of_sparql(store: Store, indexes: dict[str, Index]) -> None:
    index = indexes["municipality"]
    expected: dict[str, int] = {}
    for least, most in zip((0, *SIZES), (*SIZES, 10**9), strict=True):
        bound = f"FILTER(?value >= {least} && ?value < {most})"
        found = store.query(
            f"SELECT (COUNT(DISTINCT ?item) AS ?number) {{ GRAPH <{BASE}graph/municipality> "
            f"{{ {INHABITANTS} }} {bound} }}"
        )
        assert isinstance(found, ox.QuerySolutions)
        expected[size(least)] = int(next(found)[0].value)
    assert index.counts(index.facets[1], index.everything, {}) == expected
    assert sum(expected.values()) > 10_000


def test_a_choice_of_several_facets_counts_as_sparql_does(
    store: Store, indexes: dict[str, Index]
) -> None:
    index, thueringen = indexes["municipality"], "state/thueringen"
    bavaria = "state/bayern"
    towns = ("topic/stadt", "topic/kreisfreie-stadt")
    choice = {"state": (thueringen, bavaria), "type": towns}
    pattern = (
        f"?item schema:containedInPlace ?state ; dcterms:type ?type . {INHABITANTS} "
        f"VALUES ?state {{ <{BASE}id/{thueringen}> <{BASE}id/{bavaria}> }} "
        f"VALUES ?type {{ {' '.join(f'<{BASE}id/{one}>' for one in towns)} }}"
    )
    query = f"SELECT DISTINCT ?item ?value {{ {pattern} }}"
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    rows = {store.space.reference(row[0].value): int(row[1].value) for row in found}
    chosen = index.chosen(index.everything, choice)
    assert set(index.references(chosen)) == set(rows)
    counts = index.counts(index.facets[1], index.everything, choice)
    for class_, number in counts.items():
        assert number == sum(size(population) == class_ for population in rows.values())
    # A facet's own choice doesn't hide its other values.
    states = index.counts(index.facets[0], index.everything, choice)
    assert states["state/hessen"] > 0


def test_projects_by_state_are_those_of_the_question(
    store: Store, indexes: dict[str, Index]
) -> None:
    (question,) = (one for one in examples(BASE) if one.name == "model-projects-by-state")
    found = store.query(question.query)
    assert isinstance(found, ox.QuerySolutions)
    rows = {row[0].value: int(row[1].value) for row in found}
    expected = {state: number for state, number in rows.items() if number}
    index = indexes["project"]
    facet = index.facets[0]
    counts = index.counts(facet, index.everything, {"type": ("topic/model-project",)})
    names = store.names(counts)
    assert {names[state]["de"]: number for state, number in counts.items() if number} == expected
    assert sum(expected.values()) == 77


@pytest.mark.parametrize("words", ["neu", "NÜRN", "zzz", "st."])
def test_words_leave_what_the_store_finds(
    store: Store, indexes: dict[str, Index], words: str
) -> None:
    index = indexes["municipality"]
    found = index.of(store.named("municipality", words))
    assert list(index.references(found)) == [
        one.reference
        for one in store.resources("municipality", limit=10**6)
        if any(slug(words) in slug(name) for name in one.names.values())
    ]


def test_every_entry_stands_at_its_place(store: Store, indexes: dict[str, Index]) -> None:
    for kind, index in indexes.items():
        listed = [one.reference for one in store.resources(kind, limit=10**6)]
        assert [f"{kind}/{slug}" for slug in index.slugs] == listed
        assert list(index.references(index.everything)) == listed
        assert list(index.references(index.everything, 5, 3)) == listed[5:8]
        assert list(index.references(0)) == []


def test_values_of_each_entry_are_those_of_the_facets(indexes: dict[str, Index]) -> None:
    index = indexes["municipality"]
    chosen = index.chosen(
        index.everything, {"cohort": ("programme/modellprojekte-smart-cities-1",)}
    )
    states = list(index.of_each(index.facets[0], chosen))
    assert len(states) == chosen.bit_count()
    for reference, found in zip(index.references(chosen), states, strict=True):
        for state in found:
            assert reference in set(index.references(index.values["state"][state]))


def test_classes_of_size() -> None:
    classes = [size(number) for number in (0, 4_999, 5_000, 50_000, 499_999, 500_000)]
    assert [bounds(one)[0] for one in classes] == [0, 0, 5_000, 50_000, 100_000, 500_000]


def test_what_goes_in_circles_comes_to_an_end(tmp_path: Path, shapes: Path) -> None:
    class Circle(Search):
        def __init__(self) -> None:
            pass

        def facts(self, kind: str) -> Iterator[tuple[str, dict[str, list[str | int | float]]]]:
            yield "a", {"part_of": ["programme/b"]}
            yield "b", {"part_of": ["programme/a", "project/x"]}

    assert World(Circle()).whole("programme/a") == {"programme/b"}


def test_every_kind_of_facet_is_of_a_kind_of_record() -> None:
    assert set(FACETS) < set(KINDS)
    for facets in FACETS.values():
        assert len({one.name for one in facets}) == len(facets)
        assert not {"q", "page", "lang", "kind"} & {one.name for one in facets}


# What is shown


def options(page: str) -> dict[str, tuple[str, int, bool]]:
    """Return the values on a page: what each is called → address, count, whether it is chosen."""
    return {
        html.unescape(one["text"]): (
            html.unescape(one["href"]),
            int(re.sub(r"\D", "", one["number"])),
            bool(one["chosen"]),
        )
        for one in OPTION.finditer(page)
    }


def rows(page: str) -> list[str]:
    return re.findall(r'<th scope="row">\s*<a href="(/doc/[^"?]+)', page)


def get(client: FlaskClient, path: str, **headers: str) -> str:
    response = client.get(path, headers={"Accept": "text/html", **headers})
    assert response.status_code == 200, path
    return response.text


def test_which_towns_in_thuringia_are_model_projects(client: FlaskClient) -> None:
    """The task: from the list of municipalities, by two clicks."""
    page = get(client, "/doc/municipality?lang=en")
    address, number, chosen = options(page)["Thuringia"]
    assert (number, chosen) == (624, False)
    page = get(client, address)
    assert "624 of 10,992 entries" in page
    address, number, _ = options(page)["Smart Cities model projects"]
    page = get(client, address)
    assert "3 of 10,992 entries" in page
    assert number == 3
    assert rows(page) == [
        f"/doc/municipality/{one}" for one in ("gera", "jena", "muehlhausen-thueringen")
    ]
    assert "lang=en" in address
    assert "state=thueringen" in address


def test_counts_lead_to_as_many_entries(client: FlaskClient) -> None:
    for start in ("/doc/project?lang=de", "/doc/software?lang=de&type=web-application"):
        for text, (address, number, chosen) in options(get(client, start)).items():
            if chosen or address.count("type=") > 1:
                continue
            page = get(client, address)
            assert options(page)[text][2]
            assert len(rows(page)) == min(number, 100), address


def test_a_click_on_what_is_chosen_takes_it_back(client: FlaskClient) -> None:
    path = "/doc/project?state=thueringen&cohort=modellprojekte-smart-cities-2&lang=de"
    found = options(get(client, path))
    address, _, chosen = found["Thüringen"]
    assert chosen
    assert address == "/doc/project?cohort=modellprojekte-smart-cities-2&lang=de"
    address, _, chosen = found["Sachsen"]
    assert not chosen
    assert (
        "state=sachsen&state=thueringen" in address or "state=thueringen&state=sachsen" in address
    )


def test_words_and_facets_go_together_and_pages_keep_them(client: FlaskClient) -> None:
    page = get(client, "/doc/municipality?q=neu&state=bayern&lang=de")
    number = int(re.search(r"(\d+) von 10.992 Einträgen, mit „neu“ im Namen", page)[1])  # type: ignore[index]
    assert 10 < number < 200
    assert '<input type="hidden" name="state" value="bayern">' in page
    assert "q=neu" in options(page)["Markt"][0]
    page = get(client, "/doc/municipality?state=bayern&size=under-5000&lang=de")
    assert "page=2" in page
    (following,) = set(re.findall(r'rel="next" href="([^"]+)"', page))
    address = html.unescape(following)
    assert "state=bayern" in address
    assert "size=under-5000" in address
    assert not set(rows(get(client, address))) & set(rows(page))
    beyond = "/doc/municipality?state=bremen&page=2"
    assert client.get(beyond, headers={"Accept": "text/html"}).status_code == 404


def test_one_order_and_one_spelling_stand_for_all(client: FlaskClient) -> None:
    for query in (
        "state=thueringen&state=bayern&size=5000-20000",
        "size=5000-20000&state=bayern&state=thueringen&state=bayern&type=",
        "state=Th%C3%BCringen&state=BAYERN&size=5000-20000&nothing=x",
    ):
        response = client.get(f"/doc/municipality?{query}", headers={"Accept": "text/turtle"})
        canonical = f"{BASE}doc/municipality?state=bayern&state=thueringen&size=5000-20000"
        assert f'<{canonical}>; rel="canonical"' in response.headers["Link"]


def test_narrowed_lists_are_kept_out_of_search_engines(client: FlaskClient) -> None:
    noindex = '<meta name="robots" content="noindex">'
    assert noindex not in get(client, "/doc/municipality?page=2")
    assert noindex in get(client, "/doc/municipality?state=bayern")
    assert noindex in get(client, "/doc/municipality?q=neu")


def test_what_nothing_has_says_so(client: FlaskClient) -> None:
    page = get(client, "/doc/municipality?state=bremen&size=5000-20000&lang=en")
    assert "Nothing has all that was chosen" in page
    assert options(page)["Bremen"][2]
    assert rows(page) == []


def test_a_facet_that_tells_nothing_apart_is_not_shown(client: FlaskClient) -> None:
    assert 'id="facets"' not in get(client, "/doc/state")
    assert 'id="facets"' not in get(client, "/doc/person")
    assert 'id="facet-type"' in get(client, "/doc/municipality")


@pytest.mark.parametrize("path", ["/doc/municipality", "/linkset/municipality"])
def test_an_unknown_value_is_told_with_those_that_there_are(client: FlaskClient, path: str) -> None:
    address = f"{path}?state=thuringia%3Cb%3E"
    page = client.get(address, headers={"Accept": "text/html", "Accept-Language": "de"})
    assert page.status_code == 400
    assert "<b>" not in page.text
    assert "„Land“ hat keinen Wert" in page.text
    assert f'href="{path}?state=thueringen">thueringen (Thüringen)</a>' in page.text
    problem = client.get(address, headers={"Accept": "application/problem+json"})
    told = json.loads(problem.data)
    assert told["parameter"] == "state"
    assert len(told["known"]) == 16
    assert f"{path}?state=thueringen" in client.get(address, headers={"Accept": "text/plain"}).text
    assert client.get("/doc/person?state=thuringia").status_code == 200


# What is data


def test_the_graph_and_the_link_set_have_what_the_page_has(client: FlaskClient) -> None:
    query = "state=thueringen&programme=modellprojekte-smart-cities"
    graph = rdflib.Graph().parse(
        data=client.get(f"/doc/municipality.ttl?{query}").data, format="turtle"
    )
    hydra = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
    whole = rdflib.URIRef(f"{BASE}doc/municipality?{query}")
    assert int(str(graph.value(whole, hydra.totalItems))) == 3
    assert len(set(graph.objects(whole, hydra.member))) == 3
    form = graph.value(rdflib.URIRef(f"{BASE}doc/municipality"), hydra.search)
    assert str(graph.value(form, hydra.template)).endswith(
        "{?q,state*,size*,type*,programme*,cohort*}"
    )
    links = json.loads(client.get(f"/linkset/municipality?{query}").data)
    assert {one["href"] for one in links["linkset"][0]["item"]} == {
        f"{BASE}doc/municipality/{one}" for one in ("gera", "jena", "muehlhausen-thueringen")
    }


def test_links_stay_short_whatever_is_chosen(client: FlaskClient, app: Flask) -> None:
    served = app.config["CURRENT"]
    assert isinstance(served, Current)
    index = served.edition().index("municipality")
    every = [(one.name, one.key(v)) for one in index.facets for v in index.values[one.name]]
    response = client.get(f"/doc/municipality?{urlencode(every)}", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert len(response.headers["Link"]) < 4_000
    assert 'rel="canonical"' in response.headers["Link"]


def test_a_list_that_many_ask_for_is_read_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    served = app.config["CURRENT"]
    assert isinstance(served, Current)
    edition = replace(served.edition(), indexes={})
    made: list[str] = []

    def slow(kind: str, store: Store, search: Search) -> Index:
        made.append(kind)
        time.sleep(0.1)
        return make(kind, store, search)

    monkeypatch.setattr("lod.web.edition.make", slow)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(edition.index, ["district"] * 8))
    assert made == ["district"]
    assert all(index is found[0] for index in found)


def test_a_small_publication_has_facets_too(small_client: FlaskClient) -> None:
    page = get(small_client, "/doc/municipality?lang=de")
    assert {text: number for text, (_, number, _) in options(page).items()} == {
        "Nordrhein-Westfalen": 1,
        "Thüringen": 1,
        "100.000 bis unter 500.000": 1,
    }


@pytest.mark.parametrize("path", ["municipality.csv", "municipality.ttl", "municipality"])
def test_a_slip_in_the_name_of_a_facet_is_told(client: FlaskClient, path: str) -> None:
    response = client.get(
        f"/doc/{path}?stat=bayern&lang=en", headers={"Accept": "application/json"}
    )
    assert response.status_code == 400
    problem = response.get_json()
    assert problem["similar"] == ["state"]
    assert "Did you mean “state”?" in problem["detail"]
    for passed_over in ("utm_source=a", "v=1", "licence=MIT"):
        assert client.get(f"/doc/board.csv?{passed_over}").status_code == 200
