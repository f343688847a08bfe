"""The W3C's test cases for the SPARQL 1.1 Protocol that are about queries.

The requests are made as the suite's are, under its names, with our graphs for its own; what it says
of the answer is what is checked. Cases of updates are here too: each must be refused.

Spec: https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lod.build import Built
from lod.web import create_app
from tests.test_sparql import BASE

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
RESULTS = frozenset({"application/sparql-results+json", "application/sparql-results+xml"})
TABLES = RESULTS | {"text/csv", "text/tab-separated-values"}
GRAPHS = frozenset(
    {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"}
)
BOARD, STATE = f"{BASE}graph/board", f"{BASE}graph/state"
IN_STATE = "ASK { ?s a <https://schema.org/State> }"
IN_BOARD = "ASK { ?s a <http://www.w3.org/ns/org#Organization> }"
IN_BOTH = IN_STATE[:-1] + ". ?b a <http://www.w3.org/ns/org#Organization> }"
NAMED = f"ASK {{ GRAPH <{BOARD}> {{ ?b a <http://www.w3.org/ns/org#Organization> }} }}"


class Case(NamedTuple):
    """A request, and what is true of its answer.

    Attributes:
        status: the first digit.
        types: of which the answer's media type is one; empty where it doesn't matter.
        truth: the answer to ASK; None where it isn't one.
    """

    status: int
    query: str = ""
    method: str = "GET"
    body: bytes = b""
    media_type: str = ""
    types: frozenset[str] = frozenset()
    truth: bool | None = None


def dataset(default: tuple[str, ...] = (), named: str = "") -> list[tuple[str, str]]:
    return [
        *(("default-graph-uri", one) for one in default),
        *([("named-graph-uri", named)] if named else []),
    ]


Pairs = list[tuple[str, str]]
STATES, BOARDS, BOTH = dataset((STATE,)), dataset((BOARD,)), dataset((STATE, BOARD))
OF_BOARD, OF_STATE = dataset(named=BOARD), dataset(named=STATE)
FULL = dataset((STATE,), BOARD)


def by_get(text: str, graphs: Pairs, truth: bool) -> Case:
    return Case(2, urlencode([("query", text), *graphs]), types=RESULTS, truth=truth)


def by_post(text: str, graphs: Pairs, truth: bool) -> Case:
    return Case(2, urlencode(graphs), "POST", text.encode(), QUERY, RESULTS, truth)


def typed(text: str, types: frozenset[str]) -> Case:
    return Case(2, urlencode({"query": text}), types=types)


def refused(body: bytes, media_type: str, query: str = "") -> Case:
    return Case(4, query, "POST", body, media_type)


def form(text: str, name: str = "query") -> bytes:
    return urlencode({name: text}).encode()


ASK = "ASK {}"
CLEAR = "CLEAR ALL"
USING = urlencode({"using-graph-uri": STATE})
CONFLICT = f"WITH <{BOARD}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}"
CASES = {
    "bad_multiple_queries": Case(4, urlencode([("query", ASK), ("query", "SELECT * {}")])),
    "bad_query_method": Case(4, urlencode({"query": ASK}), "PUT"),
    "bad_query_missing_direct_type": refused(ASK.encode(), ""),
    "bad_query_missing_form_type": refused(form(ASK), ""),
    "bad_query_non_utf8": refused(ASK.encode("utf-16"), f"{QUERY}; charset=UTF-16"),
    "bad_query_syntax": Case(4, urlencode({"query": "ASK { )"})),
    "bad_query_wrong_media_type": refused(ASK.encode(), "text/plain"),
    "query_get": by_get(ASK, [], True),
    "query_post_form": Case(2, "", "POST", form(ASK), FORM, RESULTS, True),
    "query_post_direct": by_post(ASK, [], True),
    "query_content_type_select": typed("SELECT (1 AS ?v) {}", TABLES),
    "query_content_type_ask": typed(ASK, RESULTS),
    "query_content_type_describe": typed(f"DESCRIBE <{BASE}id/state/hessen>", GRAPHS),
    "query_content_type_construct": typed("CONSTRUCT { <s> <p> 1 } {}", GRAPHS),
    "query_dataset_default_graph_get": by_get(IN_STATE, STATES, True),
    "query_dataset_default_graph_get, another": by_get(IN_STATE, BOARDS, False),
    "query_dataset_default_graph_post": by_post(IN_STATE, STATES, True),
    "query_dataset_default_graphs_get": by_get(IN_BOTH, BOTH, True),
    "query_dataset_default_graphs_post": by_post(IN_BOTH, BOTH, True),
    "query_dataset_named_graphs_get": by_get(NAMED, OF_BOARD, True),
    "query_dataset_named_graphs_get, another": by_get(NAMED, OF_STATE, False),
    "query_dataset_named_graphs_post": by_post(NAMED, OF_BOARD, True),
    "query_dataset_full": by_post(f"{IN_STATE[:-1]} . {NAMED[6:]}", FULL, True),
    "query_multiple_dataset": by_post(f"ASK FROM <{BOARD}> {IN_STATE[4:]}", STATES, True),
    "update_post_form": refused(form(CLEAR, "update"), FORM),
    "update_post_direct": refused(CLEAR.encode(), UPDATE),
    "update_get": Case(4, urlencode({"update": CLEAR})),
    "update_in_a_query": Case(4, urlencode({"query": CLEAR})),
    "update_dataset_default_graph": refused(CLEAR.encode(), UPDATE, USING),
    "bad_multiple_updates": refused(form(CLEAR, "update") + b"&" + form(CLEAR, "update"), FORM),
    "bad_update_dataset_conflict": refused(form(CONFLICT, "update"), FORM, USING),
    "bad_update_non_utf8": refused(CLEAR.encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": refused(form("CLEAR )", "update"), FORM),
}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def app(real: tuple[Path, Built]) -> Flask:
    return create_app(real[0])


def test_all_cases_are_there() -> None:
    reading = [name for name in CASES if "update" not in name]
    assert len({name.partition(",")[0] for name in reading}) == 22
    assert len(CASES) == 33


@pytest.mark.parametrize("name", CASES)
def test_case(client: FlaskClient, name: str) -> None:
    case = CASES[name]
    response = client.open(
        f"/sparql?{case.query}" if case.query else "/sparql",
        method=case.method,
        data=case.body or None,
        content_type=case.media_type or None,
    )
    assert response.status_code // 100 == case.status
    if case.types:
        assert response.mimetype in case.types
    if case.truth is not None:
        assert truth(response.data, response.content_type) is case.truth
    unchanged = client.get(f"/sparql?{urlencode({'query': IN_STATE})}")
    assert json.loads(unchanged.data)["boolean"] is True


def truth(body: bytes, media_type: str | None) -> bool:
    if media_type == "application/sparql-results+json":
        return bool(json.loads(body)["boolean"])
    space = "{http://www.w3.org/2005/sparql-results#}"
    return ET.fromstring(body).findtext(f"{space}boolean") == "true"


@pytest.mark.parametrize(
    ("query", "formats", "media_type"),
    [
        (IN_STATE, ["json", "application/sparql-results+json"], "application/sparql-results+json"),
        ("SELECT * {}", ["tsv", "text/tab-separated-values"], "text/tab-separated-values"),
        ("SELECT * {}", ["tsv", "*/*"], "text/tab-separated-values"),
        ("CONSTRUCT WHERE {}", ["turtle", "application/turtle,text/turtle"], "text/turtle"),
        ("CONSTRUCT WHERE {}", ["json-ld", "application/ld+json,x/y"], "application/ld+json"),
        ("CONSTRUCT WHERE {}", ["rdf+xml"], "application/rdf+xml"),
    ],
)
def test_a_format_may_be_named_several_times_over(
    client: FlaskClient, query: str, formats: list[str], media_type: str
) -> None:
    """As SPARQLWrapper does, with names and media types that mean the same."""
    pairs = [("query", query), *(("format", one) for one in formats)]
    response = client.get(f"/sparql?{urlencode(pairs)}")
    assert (response.status_code, response.mimetype) == (200, media_type)
