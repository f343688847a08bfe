"""Places side by side."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

HTML = {"Accept": "text/html"}


def compare(client: FlaskClient, *places: str, language: str = "en") -> str:
    query = {"of": list(places), "lang": language}
    response = client.get("/compare", query_string=query, headers=HTML)
    assert response.status_code == 200
    return response.text


def columns(text: str) -> list[str]:
    return re.findall(r'<th scope="col"><a href="([^"?]+)', text)


@pytest.mark.parametrize("jena", ["municipality/jena", "16053000", "160530000000", "Jena", "jena "])
def test_a_place_is_named_in_many_ways(client: FlaskClient, jena: str) -> None:
    found = columns(compare(client, jena, "municipality/gera"))
    assert found == ["/doc/municipality/jena", "/doc/municipality/gera"]


def test_a_line_for_each_fact_of_any(client: FlaskClient) -> None:
    text = compare(client, "municipality/jena", "municipality/weimar")
    line = next(row for row in text.split("<tr>") if ">Population<" in row)
    assert "111,191" in line
    assert "65,620" in line
    leads = next(row for row in text.split("<tr>") if ">Leads (Projects)<" in row)
    assert "/doc/project/smart-city-jena" in leads
    assert "not stated" in leads  # Weimar's cell says so to those who can't see the dash


def test_a_municipality_beside_its_state(client: FlaskClient) -> None:
    text = compare(client, "municipality/jena", "state/thueringen", language="de")
    assert columns(text) == ["/doc/municipality/jena", "/doc/state/thueringen"]
    assert ">Land<" in text


@pytest.mark.parametrize(
    ("places", "hint"),
    [
        ([], ""),
        (["", ""], "Name at least two places."),
        (["municipality/jena"], "Name another place to compare Jena with."),
        (["Jena", "16053000"], "Jena is named twice; name another place beside it."),
    ],
)
def test_fewer_than_two_show_the_form_and_what_is_missing(
    client: FlaskClient, places: list[str], hint: str
) -> None:
    text = compare(client, *places)
    assert "<table" not in text
    assert text.count('name="of"') == 4
    assert re.findall(r'<p class="note">([^<]+)', text) == ([hint] if hint else [])
    assert ('value="Jena"' in text) == ("Jena" in hint)


@pytest.mark.parametrize(
    "places", [["municipality/jena", "no such place anywhere"], [f"0{n}" for n in range(1, 6)]]
)
def test_what_cannot_be_compared(client: FlaskClient, places: list[str]) -> None:
    response = client.get("/compare", query_string={"of": places}, headers=HTML)
    assert response.status_code == 400
    assert "<script>" not in response.text


def unclear(client: FlaskClient, *places: str) -> str:
    query = {"of": list(places), "lang": "en"}
    response = client.get("/compare", query_string=query, headers=HTML)
    assert response.status_code == 400
    return response.text


def test_the_form_stays_filled_with_the_mistake_at_its_field(client: FlaskClient) -> None:
    text = unclear(client, "Jena", "xyzzy")
    assert re.findall(r'name="of"[^>]* value="([^"]*)"', text) == ["Jena", "xyzzy", "", ""]
    wrong = re.findall(r'id="(of-\d)"[^>]* aria-invalid="true" aria-describedby="([^"]+)"', text)
    assert wrong == [("of-2", "of-2-problem")]
    assert 'id="of-2-problem">No place is called “xyzzy”.' in text


@pytest.mark.parametrize(
    ("words", "candidate"),
    [("Aach", "municipality/aach"), ("Neustadt", "municipality/neustadt-an-der-weinstrasse")],
)
def test_several_places_are_to_choose_from(client: FlaskClient, words: str, candidate: str) -> None:
    text = unclear(client, words, "Gera")
    links = [unescape(one) for one in re.findall(r'<li><a href="(/compare[^"]+)">', text)]
    assert len(links) > 1
    assert len(set(re.findall(r'<li><a href="/compare[^"]+">([^<]+)', text))) == len(links)
    assert any(candidate in unquote(link) for link in links)
    for link in links:
        assert client.get(link, headers=HTML).status_code == 200
    problem = client.get(
        "/compare", query_string={"of": [words, "Gera"]}, headers={"Accept": "application/json"}
    )
    assert problem.status_code == 400
    assert problem.get_json()["status"] == 400


def test_what_was_taken_for_a_slip_is_said(client: FlaskClient) -> None:
    text = compare(client, "Dortmunt", "Gera")
    assert columns(text) == ["/doc/municipality/dortmund", "/doc/municipality/gera"]
    assert "No place is called “Dortmunt”; Dortmund was taken for it." in text
    assert "was taken for" not in compare(client, "Jena", "Gera")


def test_population_has_its_date_and_source(client: FlaskClient) -> None:
    text = compare(client, "Jena", "Gera")
    line = next(row for row in text.split("<tr>") if ">Population<" in row)
    assert line.count("(31 December 2022)") == 2
    number = re.findall(r'href="#(source-\d+)"', line)[0]
    assert f'id="{number}"' in text


def test_places_lie_in_the_smaller_first(client: FlaskClient) -> None:
    text = compare(client, "Jena", "Apolda")
    line = next(row for row in text.split("<tr>") if ">Located in<" in row)
    assert re.findall(r">([^<>]+)</a>", line) == [
        *("Jena (District)", "Thuringia"),
        *("Landkreis Weimarer Land", "Thuringia"),
    ]


def test_the_address_keeps_the_places(client: FlaskClient) -> None:
    text = compare(client, "Jena", "Gera")
    assert 'href="/compare?of=municipality%2Fjena&amp;of=municipality%2Fgera&amp;lang=de"' in text
