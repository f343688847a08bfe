"""What lies around the page of a resource: all statements, its connections, how it is cited."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lod.store import Store
from lod.web.cite import FORMATS, Citation, written
from lod.web.edition import Current
from lod.web.neighbourhood import MOST, Neighbour, placed, spread
from lod.web.scribe import Value
from lod.web.wording import Text

PROJECT = "/doc/project/smart-city-jena"


def page(client: FlaskClient, path: str) -> str:
    response = client.get(f"{path}?lang=en", headers={"Accept": "text/html"})
    assert response.status_code == 200
    return response.text


def store_of(app: Flask) -> Store:
    current = app.config["CURRENT"]
    assert isinstance(current, Current)
    return current.edition().store


def test_every_statement_is_there_with_its_term(app: Flask, client: FlaskClient) -> None:
    text = page(client, f"{PROJECT}/statements")
    triples = store_of(app).describe("project/smart-city-jena")
    exact = [unescape(found) for found in re.findall(r'<td title="([^"]*)"', text)]
    assert exact == [str(triple.object) for triple in triples]


def test_a_part_rests_on_its_own_sources(client: FlaskClient) -> None:
    text = page(client, f"{PROJECT}/statements")
    row = next(one for one in text.split("<tr>") if "figure/grant" in one and "15700000" in one)
    (number,) = re.findall(r'href="#(source-\d+)"', row)
    source = text.partition(f'id="{number}"')[2].partition("</li>")[0]
    assert "/doc/source/jena-smart-city-projekt" in source


def test_many_statements_have_pages(client: FlaskClient) -> None:
    path = "/doc/board/kommunales-open-source-board/statements"
    assert client.get(f"{path}?page=9").status_code == 404
    assert client.get("/doc/board/none/statements").status_code == 404
    response = client.get("/doc/municipality/16053000/statements")
    assert (response.status_code, response.location) == (301, "/doc/municipality/jena/statements")


def test_connections_are_drawn_and_listed(client: FlaskClient) -> None:
    text = page(client, "/doc/municipality/jena/graph")
    drawn, _, listed = text.partition("</svg>")
    nodes = re.findall(r'<a href="([^"]+)" aria-label="[^"]+ – ', drawn)
    assert 10 < len(nodes) <= MOST
    assert "/doc/state/thueringen?lang=en" in nodes
    assert set(nodes) <= set(re.findall(r'href="([^"]+)"', listed))
    assert "/doc/source/" not in drawn


def test_of_very_many_connections_some_of_each_are_drawn(client: FlaskClient) -> None:
    text = page(client, "/doc/state/bayern/graph").partition("</svg>")[0]
    kinds = set(re.findall(r'class="kind-(\w+)"', text))
    assert {"municipality", "district"} <= kinds
    assert text.count('class="kind-') == MOST


def neighbour(name: str, label: str) -> Neighbour:
    return Neighbour(Value(Text(name)), "topic", label, outward=True)


def test_neighbours_are_spread_over_their_links() -> None:
    many = [neighbour(f"m{number}", "many") for number in range(100)]
    shown = spread([*many, neighbour("one", "few")])
    assert len(shown) == MOST
    assert shown[-1].value.text.words == "one"


def test_nodes_lie_inside_the_drawing() -> None:
    nodes = list(placed([neighbour("x" * 80, "link")] * MOST))
    assert all(0 < node.x < 900 and 0 < node.y < 620 for node in nodes)
    assert all(len(node.words) < 40 for node in nodes)
    assert len({(node.x, node.y) for node in nodes}) == MOST


@pytest.mark.parametrize("extension", FORMATS)
def test_a_citation_names_release_and_address(client: FlaskClient, extension: str) -> None:
    response = client.get(f"{PROJECT}/cite.{extension}?lang=de")
    assert response.status_code == 200
    assert response.content_type == FORMATS[extension][1]
    assert "Smart City Projekt Jena" in response.text
    assert "https://lod.example.org/id/project/smart-city-jena" in response.text
    assert client.get("/health").json["version"] in response.text  # type: ignore[index]


def test_citations_stand_on_the_page(client: FlaskClient) -> None:
    text = page(client, PROJECT)
    assert "https://lod.example.org/id/project/smart-city-jena</p>" in text
    assert all(f'href="{PROJECT}/cite.{extension}?lang=en"' in text for extension in FORMATS)
    assert client.get(f"{PROJECT}/cite.doc").status_code == 404


ODD = Citation("50 % of {A} & \\B_C #1\nx", "Pub", "Data", "v", "2026-11-23", "https://x/", "k")


def test_odd_letters_break_no_citation() -> None:
    assert r"title = {50 \% of \{A\} \& \textbackslash{}B\_C \#1" in written(ODD, "bib")
    lines = written(ODD, "ris").split("\r\n")
    assert lines[-1] == ""
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    (item,) = json.loads(written(ODD, "json"))
    assert item["title"] == ODD.title
    assert item["issued"] == {"date-parts": [[2026, 11, 23]]}
