"""The SPARQL endpoint as clients meet it.

Spec: https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import shutil
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import brotli
import pyoxigraph as ox
import pytest
import rdflib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lod.build import Built, build
from lod.release import activate, versions
from lod.sparql.pool import Limits
from lod.web import create_app
from lod.web.encodings import packed_file
from lod.web.queries import examples
from lod.web.sparql import Engines
from tests.conftest import PUBLICATION, ROOT, SMALL

BASE = "https://lod.example.org/"
SELECT = "SELECT ?s { ?s a <https://schema.org/State> } ORDER BY ?s LIMIT 2"
ASK = "ASK { ?s a <https://schema.org/State> }"
CONSTRUCT = "CONSTRUCT WHERE { <https://lod.example.org/id/state/hessen> a ?c }"
DESCRIBE = "DESCRIBE <https://lod.example.org/id/state/hessen>"
JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML = (
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
    "application/rdf+xml",
    "text/html",
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HEAVY = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?a)) + STRLEN(STR(?d)) = 1) }"
)
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.fixture(scope="module")
def app(real: tuple[Path, Built]) -> Iterator[Flask]:
    made = create_app(real[0], Limits(seconds=2))
    yield made
    engines_of(made).close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def engines_of(app: Flask) -> Engines:
    found = app.extensions["sparql"]
    assert isinstance(found, Engines)
    return found


def get(client: FlaskClient, query: str, accept: str | None = None, **more: str) -> TestResponse:
    headers = {"Accept-Language": "en", **({"Accept": accept} if accept else {})}
    return client.get("/sparql", query_string={"query": query, **more}, headers=headers)


def rows(response: TestResponse) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    bindings = response.get_json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def media_type(response: TestResponse) -> str:
    return response.headers["Content-Type"].partition(";")[0]


KINDS_OF_REQUEST = ("get", "form", "direct")
NEGOTIATED = [
    (SELECT, None, 200, JSON),
    (SELECT, "*/*", 200, JSON),
    (SELECT, JSON, 200, JSON),
    (SELECT, "application/json", 200, JSON),
    (SELECT, XML, 200, XML),
    (SELECT, "application/xml", 200, XML),
    (SELECT, CSV, 200, CSV),
    (SELECT, TSV, 200, TSV),
    (SELECT, "text/*", 200, CSV),
    (SELECT, BROWSER, 200, HTML),
    # Combined headers of real clients: rdflib, Jena, YASGUI, Comunica.
    (SELECT, "application/sparql-results+xml, application/rdf+xml;q=0.8, */*;q=0.5", 200, XML),
    (SELECT, "text/turtle, application/sparql-results+xml;q=0.5", 200, XML),
    (SELECT, f"{JSON},*/*;q=0.9", 200, JSON),
    (SELECT, f"{CSV};q=0.9,{TSV};q=0.8,{JSON};q=0.1", 200, CSV),
    (SELECT, f"{JSON};q=0, */*", 200, XML),
    (SELECT, "text/csv;header=present", 200, CSV),
    (SELECT, TURTLE, 406, "application/problem+json"),
    (SELECT, "image/png", 406, "text/plain"),
    (SELECT, "application/pdf", 406, "text/plain"),
    (ASK, None, 200, JSON),
    (ASK, XML, 200, XML),
    (ASK, CSV, 200, CSV),
    (ASK, TSV, 200, TSV),
    (CONSTRUCT, None, 200, TURTLE),
    (CONSTRUCT, TURTLE, 200, TURTLE),
    (CONSTRUCT, "application/json", 200, JSON_LD),
    (CONSTRUCT, JSON_LD, 200, JSON_LD),
    (CONSTRUCT, N_TRIPLES, 200, N_TRIPLES),
    (CONSTRUCT, RDF_XML, 200, RDF_XML),
    (CONSTRUCT, f"{JSON}, {RDF_XML};q=0.1", 200, RDF_XML),
    (CONSTRUCT, "text/turtle;charset=utf-8", 200, TURTLE),
    (CONSTRUCT, JSON, 406, "application/problem+json"),
    (CONSTRUCT, CSV, 406, "text/plain"),
    (DESCRIBE, None, 200, TURTLE),
    (DESCRIBE, RDF_XML, 200, RDF_XML),
    (DESCRIBE, BROWSER, 200, HTML),
]


@pytest.mark.parametrize("kind", KINDS_OF_REQUEST)
@pytest.mark.parametrize(("query", "accept", "status", "expected"), NEGOTIATED)
def test_negotiation(  # noqa: PLR0917 (a table)
    client: FlaskClient, kind: str, query: str, accept: str | None, status: int, expected: str
) -> None:
    headers = {"Accept": accept} if accept else {}
    if kind == "get":
        response = client.get("/sparql", query_string={"query": query}, headers=headers)
    elif kind == "form":
        response = client.post("/sparql", data={"query": query}, headers=headers)
    else:
        response = client.post(
            "/sparql", data=query, content_type="application/sparql-query", headers=headers
        )
    assert (response.status_code, media_type(response)) == (status, expected), response.text
    assert "Accept" in response.headers["Vary"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if expected == JSON:
        assert set(response.get_json()) <= {"head", "results", "boolean"}
    elif expected in (TURTLE, N_TRIPLES, RDF_XML, JSON_LD):
        assert len(rdflib.Graph().parse(data=response.text, format=expected)) >= 2
    elif expected == XML:
        assert response.text.startswith("<?xml")


FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
REFUSED: list[tuple[str, str, str, str, int]] = [
    # method, query string, content type, body, status
    ("GET", "query=", "", "", 400),
    ("GET", urlencode([("query", ASK), ("query", ASK)]), "", "", 400),
    ("GET", urlencode({"query": "not sparql"}), "", "", 400),
    ("GET", urlencode({"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}), "", "", 403),
    ("POST", "", FORM, urlencode({"query": "INSERT DATA { <urn:a> <urn:b> 1 }"}), 403),
    ("POST", "", DIRECT, "DELETE WHERE { ?s ?p ?o }", 403),
    ("GET", urlencode({"update": "CLEAR ALL"}), "", "", 403),
    ("GET", urlencode({"query": ASK, "format": "parquet"}), "", "", 400),
    ("GET", urlencode({"query": ASK, "format": "ttl"}), "", "", 406),
    ("GET", urlencode({"query": CONSTRUCT, "format": "csv"}), "", "", 406),
    ("GET", urlencode([("query", ASK), ("format", "csv"), ("format", "xml")]), "", "", 400),
    ("GET", urlencode({"query": ASK, "default-graph-uri": "no iri"}), "", "", 400),
    ("GET", urlencode({"query": ASK, "named-graph-uri": "relative"}), "", "", 400),
    ("GET", "query=%FF%FE", "", "", 400),
    ("GET", "query=SELECT+*+%7B+SERVICE+%3Curn%3Ax%3E+%7B%7D+%7D", "", "", 403),
    ("GET", "&".join("x=1" for _ in range(1000)), "", "", 400),
    ("POST", "", FORM, "", 400),
    ("POST", "", FORM, "query=", 400),
    ("POST", "", FORM, urlencode([("query", ASK), ("query", ASK)]), 400),
    ("POST", urlencode({"query": ASK}), FORM, urlencode({"query": ASK}), 400),
    ("POST", urlencode({"query": ASK}), DIRECT, ASK, 400),
    ("POST", "", FORM, urlencode({"update": "CLEAR ALL"}), 403),
    ("POST", "", "application/sparql-update", "CLEAR ALL", 403),
    ("POST", "", "text/plain", ASK, 415),
    ("POST", "", "application/json", json.dumps({"query": ASK}), 415),
    ("POST", "", "multipart/form-data; boundary=x", "--x--", 415),
    ("POST", "", "", ASK, 415),
    ("POST", "", f"{DIRECT}; charset=utf-16", ASK, 415),
    ("POST", "", f"{DIRECT}; charset=iso-8859-1", ASK, 415),
    ("POST", "", DIRECT, "not sparql", 400),
    ("POST", "", DIRECT, "", 400),
    ("POST", "", DIRECT, "x" * 300_000, 413),
    ("POST", "", DIRECT, "x" * 3_000_000, 413),
    ("PUT", "", DIRECT, ASK, 405),
    ("DELETE", urlencode({"query": ASK}), "", "", 405),
    ("PATCH", "", DIRECT, ASK, 405),
]


@pytest.mark.parametrize(("method", "arguments", "kind", "body", "status"), REFUSED)
@pytest.mark.parametrize("accept", [JSON, BROWSER, "text/plain"])
def test_refused(  # noqa: PLR0917 (a table)
    client: FlaskClient, method: str, arguments: str, kind: str, body: str, status: int, accept: str
) -> None:
    if arguments == "query=" and accept == BROWSER:
        status = 200  # An empty field is the page's beginning.
    response = client.open(
        "/sparql",
        method=method,
        query_string=arguments,
        data=body or None,
        content_type=kind or None,
        headers={"Accept": accept},
    )
    assert response.status_code == status, response.text
    if status != 200:
        wanted = {JSON: "application/problem+json", BROWSER: HTML}.get(accept, "text/plain")
        assert media_type(response) == wanted
        assert response.headers["Cache-Control"] == "no-store"
        if accept == JSON:
            assert response.get_json()["status"] == status
    if status == 405:
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "Traceback" not in response.text


def test_charsets_that_are_utf_8(client: FlaskClient) -> None:
    for kind in (f"{DIRECT}; charset=UTF-8", f'{DIRECT};charset="utf-8"', DIRECT):
        query = 'SELECT ("ü€𝄞" AS ?x) {}'
        response = client.post("/sparql", data=query.encode(), content_type=kind)
        assert rows(response) == [{"x": "ü€𝄞"}]


def test_a_mistake_is_shown_where_it_is(client: FlaskClient) -> None:
    query = "SELECT *\nWHERE {\n  ?s ?p\n}"
    problem = get(client, query, JSON).get_json()
    assert (problem["line"], problem["column"], problem["text"]) == (4, 2, "}")
    text = get(client, "SELECT * { ?sü ?p }").text
    assert text.splitlines()[-2:] == ["SELECT * { ?sü ?p }", " " * 19 + "^"]
    page = get(client, query, BROWSER)
    assert page.status_code == 400
    assert "?s ?p\n}</textarea>" in page.text, "the query stays in the editor"


def test_a_prefix_that_isn_t_declared(client: FlaskClient) -> None:
    query = "PREFIX a: <urn:a>\nSELECT * {\n  ?s a:b 'x:y' ; schema:name ?o ; mine:name ?p }"
    english = get(client, query, JSON).get_json()
    assert english["detail"].startswith("The prefix schema: is not declared; add PREFIX schema:")
    problem = client.get(
        "/sparql",
        query_string={"query": query},
        headers={"Accept": JSON, "Accept-Language": "de"},
    ).get_json()
    assert problem["detail"].splitlines() == [
        "Das Präfix schema: ist nicht erklärt; ergänzen Sie PREFIX schema: <https://schema.org/>.",
        "Das Präfix mine: ist nicht erklärt; ergänzen Sie PREFIX mine: <…>.",
        "  ?s a:b 'x:y' ; schema:name ?o ; mine:name ?p }",
        " " * 17 + "^",
    ]
    assert (problem["line"], problem["column"]) == (3, 18)


def test_markup_in_queries_is_text(client: FlaskClient) -> None:
    page = get(client, "</textarea><script>alert(1)</script>", BROWSER)
    assert page.status_code == 400
    assert "<script>alert" not in page.text
    query = 'SELECT ("<b>x</b>" AS ?x) (IRI("javascript:alert(1)") AS ?y) {}'
    page = get(client, query, BROWSER)
    assert "<b>x" not in page.text
    assert 'href="javascript' not in page.text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("json", JSON),
        ("XML", XML),
        ("csv", CSV),
        ("tsv", TSV),
        ("html", HTML),
        (JSON, JSON),
        ("", JSON),
    ],
)
def test_format(client: FlaskClient, name: str, expected: str) -> None:
    accept = {"Accept": "image/png"} if name else {}
    response = client.get("/sparql", query_string={"query": ASK, "format": name}, headers=accept)
    assert (response.status_code, media_type(response)) == (200, expected)


def test_the_offers_of_errors_can_be_had(client: FlaskClient) -> None:
    for problem in (get(client, SELECT, TURTLE), get(client, SELECT, JSON, format="x")):
        offered = problem.get_json()["offered"]
        assert [offer["type"] for offer in offered] == [JSON, XML, CSV, TSV, HTML]
        for offer in offered:
            assert media_type(client.get(offer["href"])) == offer["type"]


# The dataset.
def count(client: FlaskClient, query: str, *graphs: tuple[str, str]) -> int:
    arguments = urlencode([("query", query), *graphs])
    (row,) = rows(client.get(f"/sparql?{arguments}"))
    return int(row["n"])


TRIPLES = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
BOARD, EVENT = f"{BASE}graph/board", f"{BASE}graph/event"


def test_the_dataset(client: FlaskClient, real: tuple[Path, Built]) -> None:
    sizes = real[1].release.manifest["graphs"]
    everything, boards, events = sum(sizes.values()), sizes["board"], sizes["event"]
    default, named = "default-graph-uri", "named-graph-uri"
    assert count(client, TRIPLES) == count(client, NAMED) == everything
    assert count(client, TRIPLES, (default, BOARD)) == boards
    assert count(client, TRIPLES, (default, BOARD), (default, EVENT)) == boards + events
    assert count(client, TRIPLES, (default, BOARD), (default, BOARD)) == boards
    assert count(client, TRIPLES, (default, "urn:unknown")) == 0
    assert count(client, TRIPLES, (named, BOARD)) == 0
    assert count(client, NAMED, (named, BOARD)) == boards
    assert count(client, NAMED, (named, BOARD), (named, EVENT)) == boards + events
    assert count(client, NAMED, (default, BOARD)) == 0
    assert count(client, TRIPLES, (default, ""), (named, "")) == everything
    from_board = TRIPLES.replace("{", f"FROM <{BOARD}> {{", 1)
    assert count(client, from_board) == boards
    assert count(client, from_board, (default, EVENT)) == events, "the protocol's dataset wins"
    assert count(client, TRIPLES.replace("{", f"FROM NAMED <{BOARD}> {{", 1)) == 0
    assert count(client, NAMED.replace("{", f"FROM NAMED <{BOARD}> {{", 1)) == boards


def test_the_dataset_of_posted_queries_stands_in_the_address(client: FlaskClient) -> None:
    arguments = urlencode({"default-graph-uri": BOARD})
    direct = client.post(f"/sparql?{arguments}", data=TRIPLES, content_type=DIRECT)
    form = client.post("/sparql", data={"query": TRIPLES, "default-graph-uri": BOARD})
    assert (
        rows(direct)
        == rows(form)
        == [{"n": str(count(client, TRIPLES, ("default-graph-uri", BOARD)))}]
    )


def test_relative_iris_are_those_of_the_publication(client: FlaskClient) -> None:
    assert get(client, "ASK { <id/state/hessen> a ?c }").get_json()["boolean"] is True


def test_graphs_can_be_looked_up(client: FlaskClient) -> None:
    found = rows(get(client, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
    assert len(found) > 10
    for row in found:
        response = client.get(row["g"].removeprefix("https://lod.example.org"))
        assert response.status_code == 303
        assert client.get(response.headers["Location"]).status_code == 200
    assert client.get("/graph/nothing").status_code == 404


# Results.
QUERIES = (
    "SELECT ?s ?n { ?s a <https://schema.org/State> ; <https://schema.org/name> ?n }",
    "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c",
    (
        "SELECT ?s ?d { ?s a <https://schema.org/Event> "
        "OPTIONAL { ?s <https://schema.org/startDate> ?d } }"
    ),
    "SELECT DISTINCT ?p { ?s ?p ?o FILTER(ISLITERAL(?o) && LANG(?o) = 'en') }",
    "SELECT ?s { ?s <http://www.w3.org/ns/org#organization>/<https://schema.org/name> ?n }",
    "SELECT ?x ?y { VALUES (?x ?y) { (1 2) (UNDEF 'a'@de) (<urn:x> UNDEF) } }",
    "SELECT (SUM(?v) AS ?sum) { ?s <https://schema.org/value> ?v }",
    "SELECT ?s { ?s a <https://schema.org/Person> MINUS { ?s <urn:x> ?o } }",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, rdflib.Graph]]:
    folder = tmp_path_factory.mktemp("small")
    for name, content in SMALL.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    release = build(folder / "data", ROOT / "shapes", folder / "releases").release
    graph = rdflib.Graph().parse(release.path / "dumps/all.nt")
    for name in ("catalog.ttl", "ns.ttl"):
        graph.parse(release.path / name)
    app = create_app(folder / "releases")
    yield app.test_client(), graph
    engines_of(app).close()


@pytest.mark.parametrize("query", QUERIES)
def test_results_equal_rdflibs(small: tuple[FlaskClient, rdflib.Graph], query: str) -> None:
    client, graph = small
    expected = graph.query(query)
    for accept in (JSON, XML):
        response = get(client, query, accept)
        found = rdflib.query.Result.parse(io.BytesIO(response.data), content_type=accept)
        assert _values(found) == _values(expected)
    table = list(csv.reader(io.StringIO(get(client, query, CSV).text)))
    assert len(table) - 1 == len(expected)


def _values(result: rdflib.query.Result) -> Counter[tuple[str, ...]]:
    names = sorted(map(str, result.vars or ()))
    return Counter(
        tuple(str(row.get(rdflib.Variable(name))) for name in names) for row in result.bindings
    )


def test_graphs_equal_rdflibs(small: tuple[FlaskClient, rdflib.Graph]) -> None:
    client, graph = small
    query = (
        "CONSTRUCT { ?b <urn:has> ?n } WHERE { ?m <http://www.w3.org/ns/org#organization> ?b ; "
        "<http://www.w3.org/ns/org#member>/<https://schema.org/name> ?n }"
    )
    found = rdflib.Graph().parse(data=get(client, query, N_TRIPLES).text, format="nt")
    assert len(found) == 1
    assert found.isomorphic(graph.query(query).graph or rdflib.Graph())


def test_a_client_library_reads_it(small: tuple[FlaskClient, rdflib.Graph]) -> None:
    """rdflib's own SPARQL client, over HTTP."""
    from threading import Thread  # noqa: PLC0415

    from rdflib.plugins.stores.sparqlstore import SPARQLStore  # noqa: PLC0415
    from werkzeug.serving import make_server  # noqa: PLC0415

    client, graph = small
    server = make_server("127.0.0.1", 0, client.application, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        remote = rdflib.Graph(SPARQLStore(f"http://127.0.0.1:{server.server_port}/sparql"))
        for query in QUERIES[:2]:
            assert _values(remote.query(query)) == _values(graph.query(query))
        assert len(remote) == len(graph)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_large_result_is_whole(client: FlaskClient) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 30000"
    with get(client, query, CSV) as response:
        assert int(response.headers["Content-Length"]) == len(response.data) > 1_048_576
        assert response.data.count(b"\r\n") == 30_001
    head = client.head("/sparql", query_string={"query": query, "format": "csv"})
    assert head.data == b""
    assert head.headers["Content-Length"] == response.headers["Content-Length"]


# Caching.
def test_results_are_validated_by_release_query_and_format(client: FlaskClient) -> None:
    tags = {
        get(client, query, accept).headers["ETag"]
        for query in (ASK, SELECT)
        for accept in (JSON, XML, HTML)
    }
    assert len(tags) == 6
    assert all(tag.startswith('W/"') for tag in tags)
    tag = get(client, HEAVY + "#", None, format="json")
    assert tag.status_code == 503
    assert "ETag" not in tag.headers
    known = get(client, ASK).headers["ETag"]
    again = client.get(
        "/sparql", query_string={"query": ASK}, headers={"If-None-Match": f'"x", {known}'}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == known
    assert "max-age" in again.headers["Cache-Control"]
    other = client.get(
        "/sparql", query_string={"query": ASK}, headers={"If-None-Match": known, "Accept": XML}
    )
    assert other.status_code == 200


OPEN = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize("accept", [JSON, XML, CSV, BROWSER])
@pytest.mark.parametrize("rows", [20, 30_000])
def test_packed_results_are_the_plain_ones(client: FlaskClient, rows: int, accept: str) -> None:
    """The large ones go through files; the page shows the same rows of both."""
    query = f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {rows}"
    tags, plain = set(), b""
    for coding, unpack in OPEN.items():
        asked = {"Accept": accept, "Accept-Encoding": coding}
        with client.get("/sparql", query_string={"query": query}, headers=asked) as response:
            assert response.status_code == 200
            assert response.headers.get("Content-Encoding", "") == coding
            assert "Accept-Encoding" in response.headers["Vary"].split(", ")
            assert int(response.headers["Content-Length"]) == len(response.data)
            plain = plain or response.data
            assert unpack(response.data) == plain
            tag = response.headers["ETag"]
        tags.add(tag)
        again = client.get(
            "/sparql", query_string={"query": query}, headers={**asked, "If-None-Match": tag}
        )
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        assert "Accept-Encoding" in again.headers["Vary"].split(", ")
        head = client.head("/sparql", query_string={"query": query}, headers=asked)
        assert head.headers["Content-Length"] == response.headers["Content-Length"]
    assert len(tags) == 3
    assert all(tag.startswith('W/"') for tag in tags)


def test_a_result_in_another_coding_is_not_known(client: FlaskClient) -> None:
    given = {"query": "SELECT * { ?s ?p ?o } LIMIT 100"}
    packed = client.get("/sparql", query_string=given, headers={"Accept-Encoding": "gzip"})
    asked = {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "br"}
    assert client.get("/sparql", query_string=given, headers=asked).status_code == 200
    asked["Accept-Encoding"] = "br, gzip"
    assert client.get("/sparql", query_string=given, headers=asked).status_code == 304


def test_a_posted_query_is_packed_too(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "br", "Content-Type": "application/sparql-query"}
    response = client.post("/sparql", data="SELECT * { ?s ?p ?o } LIMIT 100", headers=headers)
    assert response.headers["Content-Encoding"] == "br"
    assert "ETag" not in response.headers
    small = client.post("/sparql", data="ASK {}", headers=headers)
    assert "Content-Encoding" not in small.headers


def test_packing_takes_little_memory() -> None:
    """A file far beyond what is kept in memory is packed in pieces."""
    for coding, unpack in list(OPEN.items())[1:]:
        with tempfile.TemporaryFile() as source:
            for number in range(64):
                source.write(f"{number} ".encode() * 500_000)
            source.seek(0)
            tracemalloc.start()
            with packed_file(os.fdopen(os.dup(source.fileno()), "rb"), coding) as packed:
                _, peak = tracemalloc.get_traced_memory()
                tracemalloc.stop()
                assert unpack(packed.read()).startswith(b"0 0 ")
            assert peak < 8 << 20


def test_what_changes_is_not_kept(client: FlaskClient) -> None:
    response = get(client, "SELECT (NOW() AS ?n) {}")
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_options(client: FlaskClient) -> None:
    response = client.options("/sparql", headers={"Origin": "https://example.com"})
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


# Limits.
def test_the_deadline(client: FlaskClient) -> None:
    start = time.monotonic()
    response = get(client, HEAVY, JSON)
    assert time.monotonic() - start < 8
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "2 seconds" in response.get_json()["detail"]
    page = get(client, HEAVY, BROWSER)
    assert page.status_code == 503
    assert page.headers["Retry-After"]


def test_what_is_too_large(real: tuple[Path, Built]) -> None:
    app = create_app(real[0], Limits(seconds=30, size=10_000, memory=32 << 20))
    client = app.test_client()
    response = get(client, "SELECT * { ?s ?p ?o }", JSON)
    assert response.status_code == 422
    assert "larger" in response.get_json()["detail"]
    response = get(client, "SELECT * { ?s ?p ?o . ?a ?b ?c } ORDER BY ?c", JSON)
    assert response.status_code == 422
    assert "memory" in response.get_json()["detail"]
    engines_of(app).close()


def test_pages_start_without_workers(real: tuple[Path, Built]) -> None:
    app = create_app(real[0])
    app.test_client().get("/")
    app.test_client().get("/sparql")
    assert engines_of(app)._pool is None


def test_a_new_release_gets_new_workers(tmp_path: Path) -> None:
    def release(title: str) -> str:
        data = tmp_path / "data"
        shutil.rmtree(data, ignore_errors=True)
        for name, content in SMALL.items():
            path = data / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content.replace("Small data", title), encoding="utf-8")
        return build(data, ROOT / "shapes", tmp_path / "releases").release.version

    assert "Small data" in PUBLICATION
    first = release("Small data")
    app = create_app(tmp_path / "releases")
    client = app.test_client()
    title = "<http://purl.org/dc/terms/title>"
    query = f"SELECT ?t {{ <{BASE}catalog> {title} ?t FILTER(LANG(?t) = 'en') }}"
    before = get(client, query)
    assert rows(before) == [{"t": "Small data"}]
    old = engines_of(app).pool(_edition(app)).processes
    release("Other data")
    assert rows(get(client, query)) == [{"t": "Other data"}]
    assert before.headers["ETag"] != get(client, query).headers["ETag"]
    assert all(not Path(f"/proc/{process}").exists() for process in old)
    activate(tmp_path / "releases", first)
    assert rows(get(client, query)) == [{"t": "Small data"}]
    assert len(versions(tmp_path / "releases")) == 2
    engines_of(app).close()


def _edition(app: Flask) -> Any:
    return app.config["CURRENT"].edition()


# The description.
@pytest.mark.parametrize("accept", [TURTLE, JSON_LD, N_TRIPLES, RDF_XML])
def test_the_service_describes_itself(
    client: FlaskClient, real: tuple[Path, Built], accept: str
) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert (response.status_code, media_type(response)) == (200, accept)
    assert "Accept" in response.headers["Vary"]
    graph = rdflib.Graph().parse(data=response.text, format=accept)
    (service,) = graph.subjects(rdflib.RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == rdflib.URIRef(f"{BASE}sparql")
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(graph.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    formats = {str(found).rpartition("/")[2] for found in graph.objects(service, SD.resultFormat)}
    assert formats == {
        *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
        *("Turtle", "JSON-LD", "N-Triples", "RDF_XML"),
    }
    sizes = real[1].release.manifest["graphs"]
    (dataset,) = graph.objects(service, SD.defaultDataset)
    default = graph.value(dataset, SD.defaultGraph)
    assert int(str(graph.value(default, VOID.triples))) == sum(sizes.values())
    for owner in (dataset, graph.value(service, SD.availableGraphs)):
        found = {
            str(graph.value(named, SD.name)): int(
                str(graph.value(graph.value(named, SD.graph), VOID.triples))
            )
            for named in graph.objects(owner, SD.namedGraph)
        }
        assert found == {f"{BASE}graph/{name}": size for name, size in sizes.items()}


def test_what_comes_without_a_query(client: FlaskClient) -> None:
    assert media_type(client.get("/sparql")) == TURTLE
    assert media_type(client.get("/sparql", headers={"Accept": BROWSER})) == HTML
    assert media_type(client.get("/sparql?format=jsonld")) == JSON_LD
    missing = client.get("/sparql", headers={"Accept": JSON})
    assert missing.status_code == 400
    assert "query" in missing.get_json()["detail"]
    known = client.get("/sparql").headers["ETag"]
    assert client.get("/sparql", headers={"If-None-Match": known}).status_code == 304


# The page.
def test_the_page_works_without_scripts(client: FlaskClient) -> None:
    page = client.get("/sparql", headers={"Accept": BROWSER, "Accept-Language": "de"})
    assert page.headers["Content-Language"] == "de"
    assert re.search(r'<form[^>]+method="get" action="/sparql"', page.text)
    assert '<label for="query"' in page.text
    assert '<label for="format"' in page.text
    names = [example.name for example in examples(BASE)]
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    assert names == re.findall(r"^## (\S+)$", text, re.MULTILINE)
    assert page.text.count('href="/sparql?query=') >= len(names)
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_results_are_a_table_with_links(client: FlaskClient) -> None:
    query = (
        "SELECT ?s ?n ?c { ?s a <https://schema.org/State> ; a ?c ; <https://schema.org/name> ?n "
        "FILTER(?n = 'Hessen'@de && ?c = <https://schema.org/State>) }"
    )
    page = get(client, query, BROWSER)
    assert '<th scope="col">s</th>' in page.text
    assert 'href="/doc/state/hessen"' in page.text or 'href="/id/state/hessen"' in page.text
    assert '<td lang="de"><span>Hessen</span>' in page.text
    assert ">schema:State</a>" in page.text
    assert get(client, ASK, BROWSER).text.count('<p class="lead">') == 2
    many = get(client, "SELECT * { ?s ?p ?o } LIMIT 600", BROWSER)
    assert many.text.count("<tr>") == 501
    assert get(client, DESCRIBE, BROWSER).text.count("<tr>") > 10


def test_the_examples_run(client: FlaskClient) -> None:
    for example in examples(BASE):
        assert get(client, example.query, BROWSER).status_code == 200, example.name


def test_the_vocabulary(client: FlaskClient) -> None:
    found = client.get("/sparql/vocabulary.json").get_json()
    assert found["prefixes"]["schema"] == "https://schema.org/"
    assert found["prefixes"]["lod"] == f"{BASE}ns#"
    assert "https://schema.org/name" in found["properties"]
    assert "https://schema.org/State" in found["classes"]


def test_the_editor_is_served_by_us(client: FlaskClient) -> None:
    vendor = ROOT / "lod" / "web" / "static" / "vendor"
    licences = (vendor / "yasqe.LICENCES.txt").read_text(encoding="utf-8")
    assert "@zazuko/yasqe 4.6.2: MIT" in licences
    wanted = json.loads((ROOT / "scripts/editor/package.json").read_text())["dependencies"]
    assert wanted == {"@zazuko/yasqe": "4.6.2"}
    bundle = (vendor / "yasqe.js").read_text(encoding="utf-8")
    assert "http://purl.org/coo/ns#" not in bundle, "prefixes are ours, not the editor's table"
    for name in ("vendor/yasqe.js", "vendor/yasqe.css", "sparql.js", "sparql.css"):
        with client.get(f"/static/{name}") as response:
            assert response.status_code == 200


def test_the_store_is_what_is_asked(client: FlaskClient, real: tuple[Path, Built]) -> None:
    engine = ox.Store.read_only(str(real[1].release.path / "store"))
    assert count(client, TRIPLES) == len(engine)
