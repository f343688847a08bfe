"""Questions about something else: the value is in query, title, addresses and citation."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from lod.build import Built
from lod.iri import KINDS, Space
from lod.release import current
from lod.store import Store
from lod.web.parameters import UnknownValueError, Value, bound, parameters, plain, reworded
from lod.web.queries import Example, examples
from tests.conftest import ROOT

BASE = "https://lod.example.org/"
SPACE = Space(BASE)
EXAMPLES = {one.name: one for one in examples(BASE)}
WITH = [one for one in examples(BASE) if one.parameters]
TABLE = """\
| `place` | Kommune | municipality | a `municipality`, or any |
| `least` | Einwohner | inhabitants | a whole number |
| `what` | Programm oder Software | programme or software | a `programme`, a `software` |
"""
PLACE, LEAST, WHAT = parameters(TABLE)


@pytest.fixture(scope="module")
def store(real: tuple[Path, Built]) -> Store:
    return Store(current(real[0]))


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    name, _, arguments = address.partition("?")
    response = client.get(f"/questions/{name}.csv?{arguments}")
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text)))


def test_a_table_is_read() -> None:
    assert (PLACE.name, PLACE.labels, PLACE.kinds, PLACE.any) == (
        "place",
        {"de": "Kommune", "en": "municipality"},
        ("municipality",),
        True,
    )
    assert (LEAST.kinds, LEAST.any) == ((), False)
    assert WHAT.kinds == ("programme", "software")


def test_the_page_has_parameters() -> None:
    text = (ROOT / "docs" / "questions.md").read_text("utf-8")
    assert sum(len(one.parameters) for one in WITH) == text.count("\n| `") >= 15
    assert {one.name for one in examples(BASE)} - {one.name for one in WITH} == {"changed-names"}


@pytest.mark.parametrize("example", WITH, ids=lambda one: one.name)
def test_tables_and_queries_agree(example: Example, store: Store) -> None:
    marks = {text.count("*") for text in example.marked.values()}
    assert marks in ({0}, {2}), "one place in each language, or none"
    assert all("*" not in text for text in example.texts.values())
    for parameter in example.parameters:
        assert set(parameter.kinds) <= set(KINDS)
        assert len(parameter.clause.findall(example.query)) == 1
        value = Value(parameter, parameter.default(example.query, SPACE))
        if value.reference:
            assert parameter.read(value.reference, store) == value.reference
            same = bound(example.query, [value], SPACE)
            assert same.split() == example.query.split(), "the default changes nothing"
        elif parameter.any:
            assert "UNDEF" in example.query


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("municipality/jena", "municipality/jena"),
        ("jena", "municipality/jena"),
        (" Köln ", "municipality/koeln"),
        ("koeln", "municipality/koeln"),
        ("16053000", "municipality/jena"),
        ("160530000000", "municipality/jena"),
        ("", ""),
    ],
)
def test_what_a_resource_is_called_by(store: Store, words: str, found: str) -> None:
    assert PLACE.read(words, store) == found


@pytest.mark.parametrize(
    "words",
    [
        "nirgendwo",
        "district/jena",
        "/",
        "jena/",
        "municipality/",
        "<x>",
        "} UNION {",
        "\0",
        "x" * 999,
    ],
)
def test_what_is_none_is_refused(store: Store, words: str) -> None:
    with pytest.raises(UnknownValueError):
        PLACE.read(words, store)


@pytest.mark.parametrize("words", ["", "-1", "1.5", "x", "01", "9" * 20, "1 }", "٣"])
def test_what_is_no_number_is_refused(store: Store, words: str) -> None:
    with pytest.raises(UnknownValueError):
        LEAST.read(words, store)


def test_several_kinds(store: Store) -> None:
    assert WHAT.read("openCode", store) == "software/opencode"
    assert WHAT.read("programme/smart-city-charta", store) == "programme/smart-city-charta"
    with pytest.raises(UnknownValueError):
        WHAT.read("", store)


def test_a_query_is_bound() -> None:
    query = "SELECT * { VALUES ?place { UNDEF } VALUES ?least { 5 } ?s ?p ?o }"
    values = [Value(PLACE, "municipality/jena"), Value(LEAST, "7")]
    assert bound(query, values, SPACE) == (
        f"SELECT * {{ VALUES ?place {{ <{BASE}id/municipality/jena> }} "
        "VALUES ?least { 7 } ?s ?p ?o }"
    )
    assert bound(query, [Value(PLACE, "")], SPACE) == query


def test_a_question_is_reworded() -> None:
    text = "Who founded *the board*?"
    assert plain(text) == "Who founded the board?"
    assert reworded(text, r"a \1 club", []) == r"Who founded a \1 club?"
    assert reworded(text, "", [("a", "b"), ("c", "d")]) == "Who founded the board? (a: b, c: d)"


# The pages


def test_who_sits_where_for_any_town(client: FlaskClient) -> None:
    (seat,) = rows(client, "board-members?board=&place=Jena")
    assert (seat["person"], seat["municipality"]) == ("Martin Berger", "Stadt Jena")
    assert rows(client, "board-members?place=bochum") == []
    assert rows(client, "board-members?place=jena") == rows(client, "board-members")


def test_other_answers(client: FlaskClient) -> None:
    every = rows(client, "munich-software?place=")
    munich = rows(client, "munich-software")
    assert len(every) > len(munich) > 0
    assert all(row in every for row in munich)
    (state,) = rows(client, "model-projects-by-state?land=Thüringen")
    assert (state["state"], state["projects"]) == ("Thüringen", "3")
    towns = rows(client, "large-towns-without-a-model-project?least=50000&land=16")
    assert {int(row["inhabitants"]) > 50_000 for row in towns} == {True}
    assert "Gotha" not in {row["name"] for row in towns}
    assert "Erfurt" in {row["name"] for row in towns}
    assert {row["what"] for row in rows(client, "changed-responsibility?resource=openCode")} == {
        "openCode"
    }


@pytest.mark.parametrize(
    ("language", "title"), [("de", "Welche Software"), ("en", "Which software")]
)
def test_the_value_is_everywhere(client: FlaskClient, language: str, title: str) -> None:
    address = f"/questions/munich-software?place=Stuttgart&lang={language}"
    response = client.get(address, headers={"Accept": "text/html"})
    page = response.text
    (heading,) = re.findall("<h1>(.*?)</h1>", page)
    assert heading.startswith(title)
    assert "Stuttgart" in heading
    iri = f"{BASE}questions/munich-software?place=municipality%2Fstuttgart"
    assert f'<code class="iri">{iri}</code>' in page
    assert f'<{iri}>; rel="cite-as"' in response.headers["Link"]
    assert f"&lt;{BASE}id/municipality/stuttgart&gt;" in page
    assert 'name="place" type="search" value="Stuttgart"' in page
    for extension in ("json", "csv", "rq"):
        assert f'"/questions/munich-software.{extension}?place=municipality%2Fstuttgart"' in page
    query = client.get("/questions/munich-software.rq?place=Stuttgart").text
    assert isinstance(ox.Store().query(query), ox.QuerySolutions)
    assert f"VALUES ?place {{ <{BASE}id/municipality/stuttgart> }}" in query


def test_a_default_needs_no_argument(client: FlaskClient) -> None:
    for arguments in ("place=muenchen", "place=09162000", "place=municipality/muenchen", "x=y"):
        response = client.get(f"/questions/munich-software.json?{arguments}")
        assert f'<{BASE}questions/munich-software>; rel="cite-as"' in response.headers["Link"]
    response = client.get("/questions/large-towns-without-a-model-project.json?least=&land=")
    assert "?" not in response.headers["Link"].partition(">")[0]


def test_small_kinds_are_chosen_from_a_list(client: FlaskClient) -> None:
    address = "/questions/model-projects-by-state.html?land=hessen&lang=de"
    page = client.get(address).text
    assert page.count("<option") == 17
    assert '<option value="">beliebig</option>' in page
    assert '<option value="state/hessen" selected>Hessen</option>' in page
    names = re.findall(r'<option value="state/[^>]+>([^<]+)<', page)
    assert names[:2] == ["Baden-Württemberg", "Bayern"]
    assert "Thüringen" in names


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("munich-software?place=Stuttgard", "municipality/stuttgart"),
        ("munich-software?place=nirgendwo", "?place="),
        ("large-towns-without-a-model-project?least=many", "?least="),
        ("jena-money?project=state/hessen", "project/…"),
    ],
)
def test_a_wrong_value_is_400_with_what_was_expected(
    client: FlaskClient, address: str, said: str
) -> None:
    for accept in ("text/html", "application/json", "text/csv"):
        response = client.get(f"/questions/{address}", headers={"Accept": accept})
        assert response.status_code == 400
        assert said in response.text
        assert response.headers["Cache-Control"] == "no-store"


def test_markup_is_not_reflected(client: FlaskClient) -> None:
    for accept in ("text/html", "application/json"):
        asked = "/questions/munich-software?place=%3Cscript%3Ealert(1)%3C/script%3E"
        answer = client.get(asked, headers={"Accept": accept})
        assert answer.status_code == 400
        assert "alert(1)" not in answer.text


def test_a_heavy_answer_has_limits(app: Flask, client: FlaskClient) -> None:
    """What the register says is most of the release; a worker finds it, or is stopped."""
    asked = "/questions/what-the-article-says.html?source=gemeindeverzeichnis-2023-11-30"
    response = client.get(asked)
    assert response.status_code in (200, 503)
    if response.status_code == 200:
        assert response.text.count("<tr>") == 501
    else:
        assert response.headers["Retry-After"]
