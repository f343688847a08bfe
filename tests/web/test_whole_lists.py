"""Lists as files: whole, as they were narrowed, for spreadsheets and as graphs."""

from __future__ import annotations

import csv
import gzip
import io
import tracemalloc
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from flask import Flask
from flask.testing import FlaskClient
from rdflib.compare import isomorphic

from lod.build import Built, build
from lod.release import current
from lod.store import Store
from lod.web import create_app, places
from lod.web.edition import Current
from lod.web.sheet import SEVERAL, safe
from tests.conftest import ROOT
from tests.web.conftest import write

BASE = "https://lod.example.org/"
CSV = "text/csv; charset=utf-8; header=present"
CHOICE = "state=thueringen&programme=modellprojekte-smart-cities"
FORMATS = {".ttl": "turtle", ".jsonld": "json-ld", ".nt": "nt", ".rdf": "xml"}
EVIL = '=HYPERLINK("https://example.org"; "click")'


@pytest.fixture(scope="module")
def store(real: tuple[Path, Built]) -> Store:
    return Store(current(real[0]))


def table(client: FlaskClient, path: str, **headers: str) -> list[dict[str, str]]:
    """Return the rows of a list, by headings."""
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    assert response.content_type == CSV
    text = response.data.decode("utf-8")
    assert text.endswith("\r\n")
    headings, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert len(set(headings)) == len(headings)
    assert all(len(row) == len(headings) for row in rows)
    return [dict(zip(headings, row, strict=True)) for row in rows]


# For spreadsheets


def test_all_boards_as_csv_from_the_home_page(client: FlaskClient) -> None:
    """The task: two clicks from the home page, and a file."""
    for start, link in (("/", "/doc/board"), ("/doc/board", "/doc/board.csv")):
        page = client.get(start, headers={"Accept": "text/html"}).text
        assert f'href="{link}"' in page
    assert 'href="/doc/board.csv"' in client.get("/dumps/", headers={"Accept": "text/html"}).text
    (board,) = table(client, "/doc/board.csv?lang=en")
    assert board["Name"] == "Municipal Open Source Board"
    assert board["IRI"] == f"{BASE}id/board/kommunales-open-source-board"
    assert board["Initiated by"].split(SEVERAL)[1:] == ["KGSt", "Dortmund"]
    assert board["Initiated by (IRI)"].endswith(f"{SEVERAL}{BASE}id/municipality/dortmund")
    assert board["Description"].startswith("The board brings together")
    response = client.get("/doc/board.csv?lang=en")
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=lod-example-org-")
    assert disposition.endswith("-board.csv")
    assert response.headers["Content-Language"] == "en"


def test_a_narrowed_list_as_csv(client: FlaskClient) -> None:
    path = f"/doc/municipality.csv?{CHOICE}"
    rows = table(client, path, **{"Accept-Language": "de"})
    assert [row["Name"] for row in rows] == ["Gera", "Jena", "Mühlhausen/Thüringen"]
    assert rows[1]["AGS"] == "16053000"
    assert rows[1]["Einwohner"] == "111191"
    assert rows[1]["Land"] == "Thüringen"
    assert rows[1]["Land (IRI)"] == f"{BASE}id/state/thueringen"
    assert rows[1]["Staffel (IRI)"] == f"{BASE}id/programme/modellprojekte-smart-cities-2"
    name = client.get(path).headers["Content-Disposition"]
    assert name.endswith("-municipality-thueringen-modellprojekte-smart-cities.csv")
    english = table(client, f"{path}&lang=en")
    assert english[1]["State"] == "Thuringia"


def test_a_choice_changes_rows_and_never_columns(client: FlaskClient) -> None:
    whole = table(client, "/doc/municipality.csv?lang=de")
    assert len(whole) == 10_992
    few = table(client, "/doc/municipality.csv?lang=de&state=bremen")
    assert [*few[0]] == [*whole[0]]
    assert [row for row in whole if row["Land"] == "Bremen"] == few


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_has_a_table_with_all_of_its_entries(
    client: FlaskClient, store: Store, language: str
) -> None:
    for kind, number in store.counts.items():
        rows = table(client, f"/doc/{kind}.csv?lang={language}")
        assert len(rows) == number
        assert {row["IRI"] for row in rows} == {
            f"{BASE}id/{one.reference}" for one in store.resources(kind, limit=10**6)
        }
        for row in rows:
            for heading, cell in row.items():
                assert cell[:1] not in set("=+@\t")
                if heading.endswith(" (IRI)"):
                    names = row[heading.removesuffix(" (IRI)")]
                    assert names.count(SEVERAL) == cell.count(SEVERAL)


def test_cells_say_what_sparql_says(client: FlaskClient, store: Store) -> None:
    found = store.query(
        "SELECT ?item ?value { ?item lod:figure ?figure . "
        "?figure schema:measuredProperty lod:population ; schema:value ?value . "
        f"?item schema:containedInPlace <{BASE}id/state/saarland> ; lod:ags ?key }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    expected = {row[0].value: row[1].value for row in found}
    rows = table(client, "/doc/municipality.csv?state=saarland&lang=de")
    assert {row["IRI"]: row["Einwohner"] for row in rows if row["Einwohner"]} == expected
    assert len(expected) > 50


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    for start in "=+-@\t\r\n":
        assert safe(f"{start}1") == f"'{start}1"
    records = {
        "organisation/evil.yaml": (
            f"name: '{EVIL}'\ndescription: {{de: \"@SUM(1)\"}}\ntype: topic/minus\n"
            "sources: [source/article]\n"
        ),
        "topic.csv": (
            "slug,name.de,name.en,description.de,description.en,scheme,sources\n"
            "forms-of-organisation,Formen,Forms,Formen.,Forms.,,source/article\n"
            "forms-of-municipality,Formen,Forms,Formen.,Forms.,,source/article\n"
            "forms-of-district,Formen,Forms,Formen.,Forms.,,source/article\n"
            "roles,Rollen,Roles,Rollen.,Roles.,,source/article\n"
            "minus,-1+1,+1-1,Eine Form.,A form.,topic/forms-of-organisation,source/article\n"
            "kreisfreie-stadt,K,k,Eine Stadt.,A town.,topic/forms-of-municipality,source/article\n"
            "kreisfreie-stadt-als-kreis,S,t,A.,A d.,topic/forms-of-district,source/article\n"
            "role-member,Mitglied,member,Ein Mitglied.,A member.,topic/roles,source/article\n"
        ),
    }
    build(write(tmp_path / "data", records), ROOT / "shapes", tmp_path / "releases")
    client = create_app(tmp_path / "releases").test_client()
    (row,) = table(client, "/doc/organisation.csv?lang=de")
    assert row["Name"] == f"'{EVIL}"
    assert row["Art"] == "'-1+1"
    assert row["Beschreibung"] == "'@SUM(1)"
    assert row["IRI"] == f"{BASE}id/organisation/evil"


def test_csv_is_negotiated_and_has_validators(client: FlaskClient) -> None:
    response = client.get("/doc/board", headers={"Accept": "text/csv", "Accept-Language": "en"})
    assert response.content_type == CSV
    assert response.headers["Content-Location"] == "/doc/board.csv?lang=en"
    vary = response.headers["Vary"].split(", ")
    assert {"Accept", "Accept-Language", "Accept-Encoding"} <= set(vary)
    assert 'rel="next"' not in response.headers["Link"]
    assert 'type="text/csv"' in client.get("/doc/board").headers["Link"]
    tag = response.headers["ETag"]
    german = client.get("/doc/board", headers={"Accept": "text/csv", "Accept-Language": "de"})
    assert german.headers["ETag"] != tag
    asked = {"Accept": "text/csv", "Accept-Language": "en", "If-None-Match": tag}
    again = client.get("/doc/board", headers=asked)
    assert (again.status_code, again.data) == (304, b"")
    since = {"If-Modified-Since": response.headers["Last-Modified"]}
    assert client.get("/doc/board.csv", headers=since).status_code == 304
    head = client.head("/doc/board.csv?lang=en")
    assert head.content_length == len(response.data)
    assert head.data == b""
    packed = client.get("/doc/municipality.csv", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    wrong = client.get("/doc/board.csv", headers={"If-Match": '"x"'})
    assert wrong.status_code == 412


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/doc/municipality.csv?page=2", 404),
        ("/doc/municipality?page=2", 406),
        ("/doc/municipality.csv?page=all", 404),
        ("/doc/municipality.csv?state=x", 400),
        ("/doc/municipality/jena.csv", 404),
        ("/doc/nothing.csv", 404),
        ("/doc/municipality.html?page=all", 404),
        ("/doc/municipality.ttl?page=everything", 400),
        ("/linkset/municipality?page=all", 400),
        ("/catalog?page=all", 400),
    ],
)
def test_what_there_is_not(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path, headers={"Accept": "text/csv"}).status_code == status


# As graphs


@pytest.mark.parametrize("extension", FORMATS)
def test_a_whole_list_has_what_the_documents_have(client: FlaskClient, extension: str) -> None:
    response = client.get(f"/doc/municipality{extension}?{CHOICE}&page=all")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].endswith(f"-smart-cities{extension}")
    graph = rdflib.Graph().parse(data=response.data, format=FORMATS[extension])
    expected = rdflib.Graph()
    for name in ("gera", "jena", "muehlhausen-thueringen"):
        expected.parse(data=client.get(f"/doc/municipality/{name}.nt").data, format="nt")
    assert isomorphic(graph, expected)
    assert len(graph) > 60


def test_a_whole_kind_is_its_dump(client: FlaskClient) -> None:
    whole = client.get("/doc/district.nt?page=all")
    with client.get("/dumps/latest/district.ttl") as dump:
        expected = set(ox.parse(dump.data, ox.RdfFormat.TURTLE))
    assert set(ox.parse(whole.data, ox.RdfFormat.N_TRIPLES)) == expected
    page = client.get("/doc/district", headers={"Accept": "text/html"}).text
    assert 'href="/dumps/latest/district.ttl"' in page
    assert 'href="/doc/district.jsonld?page=all"' in page


def test_a_whole_list_is_negotiated_among_graphs(client: FlaskClient) -> None:
    path = "/doc/board?page=all"
    assert client.get(path).content_type == "text/turtle; charset=utf-8"
    asked = {"Accept": "application/ld+json"}
    assert client.get(path, headers=asked).content_type == "application/ld+json"
    assert client.get(path, headers={"Accept": "text/html"}).status_code == 406


def test_a_list_without_entries_is_an_empty_file(client: FlaskClient) -> None:
    nothing = "state=bremen&size=5000-20000"
    assert table(client, f"/doc/municipality.csv?{nothing}") == []
    for extension, name in FORMATS.items():
        data = client.get(f"/doc/municipality{extension}?{nothing}&page=all").data
        assert len(rdflib.Graph().parse(data=data, format=name)) == 0


# Within limits


def test_no_list_is_in_memory_as_a_whole(client: FlaskClient) -> None:
    path = "/doc/municipality.nt?page=all&state="
    client.get(f"{path}bremen")  # reads the index
    tracemalloc.start()
    with client.get(f"{path}bayern", buffered=False) as response:
        size = sum(map(len, response.response))
        peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 6_000_000
    assert peak < size / 2


def test_what_is_short_is_made_once(app: Flask, client: FlaskClient) -> None:
    served = app.config["CURRENT"]
    assert isinstance(served, Current)
    path = "/doc/programme.csv?lang=en"
    first = client.get(path)
    before = len(served.edition().documents)
    again = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(again.data) == first.data
    assert len(served.edition().documents) == before


def test_only_a_few_are_put_together_at_once(app: Flask, client: FlaskClient) -> None:
    held = app.extensions["places"].lists
    for _ in range(places.LISTS):
        assert held.acquire(blocking=False)
    try:
        refused = client.get("/doc/event.csv?type=session")
        assert refused.status_code == 503
        assert refused.headers["Retry-After"]
        assert client.get("/doc/board").status_code == 200
    finally:
        for _ in range(places.LISTS):
            held.release()
    assert client.get("/doc/event.csv?type=session").status_code == 200
