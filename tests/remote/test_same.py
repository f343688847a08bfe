"""What a store of its own answers is what the embedded one answers."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from lod.build import Built
from lod.iri import KINDS
from lod.release import current
from lod.remote.connection import Connection
from lod.remote.engine import RemoteEngine
from lod.sparql.pool import Limits
from lod.store import Store
from lod.web import create_app
from lod.web.queries import examples
from tests.remote.conftest import endpoint
from tests.remote.engines import HOST, Engine

BASE = "https://lod.example.org/"
SCHEMA = "https://schema.org/"
SAMPLE = 40


@pytest.fixture(scope="module")
def store(whole: Engine, real: tuple[Path, Built]) -> Store:
    release = current(real[0])
    return Store(release, RemoteEngine(Connection(endpoint(whole)), release))


@pytest.fixture
def client(remote: Flask) -> FlaskClient:
    return remote.test_client()


@pytest.mark.parametrize("kind", KINDS)
def test_descriptions_are_the_same(store: Store, embedded: Store, kind: str) -> None:
    entries = embedded.resources(kind, limit=100_000)
    step = max(len(entries) // SAMPLE, 1)
    references = [entry.reference for entry in entries[::step]]
    assert references
    expected = embedded.descriptions(references)
    assert all(expected.values())
    assert store.descriptions(references) == expected


def test_every_datatype_of_the_release_is_in_the_sample_or_the_same(
    store: Store, embedded: Store
) -> None:
    query = "SELECT ?d (SAMPLE(?s) AS ?one) { ?s ?p ?o BIND(DATATYPE(?o) AS ?d) } GROUP BY ?d"
    rows = embedded.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    things = {row["one"].value for row in rows if row["d"] is not None}
    references = {r for r in map(embedded.space.reference, things) if r is not None}
    assert len(things) > 8
    assert store.descriptions(sorted(references)) == embedded.descriptions(sorted(references))


@pytest.mark.parametrize(
    "reference", ["state/bayern", "municipality/jena", "topic/kreisfreie-stadt", "person/nobody"]
)
def test_mentions_and_properties_are_the_same(
    store: Store, embedded: Store, reference: str
) -> None:
    assert set(store.mentions(reference)) == set(embedded.mentions(reference))
    name = ox.NamedNode(f"{SCHEMA}name")
    assert store.about(reference, name) == embedded.about(reference, name)


def test_a_description_is_one_request(store: Store, whole: Engine, real: tuple[Path, Built],
    monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    release = current(real[0])
    engine = RemoteEngine(Connection(endpoint(whole)), release)
    asked: list[str] = []
    send = engine.connection.client.send

    def counted(method: str, url: str, **given: Any) -> Any:
        asked.append(url)
        return send(method, url, **given)

    monkeypatch.setattr(engine.connection.client, "send", counted)
    counting = Store(release, engine)
    assert counting.describe("project/smart-city-jena")
    assert len(asked) == 1
    counting.abouts([e.reference for e in counting.resources("municipality", 0, 100)],
                    ox.NamedNode(f"{SCHEMA}name"))  # fmt: skip
    assert len(asked) == 2


PATHS = (
    "doc/project/smart-city-jena",
    "doc/municipality/jena",
    "doc/state/bayern/mentions",
    "doc/municipality",
    "doc/board/kommunales-open-source-board",
    "search?q=jena",
    "catalog",
    "",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_pages_and_documents_are_the_same(
    client: FlaskClient, local: FlaskClient, path: str, accept: str
) -> None:
    headers = {"Accept": accept}
    expected = local.get(f"/{path}", headers=headers)
    found = client.get(f"/{path}", headers=headers)
    assert found.status_code == expected.status_code
    assert found.get_data(as_text=True) == expected.get_data(as_text=True)
    assert found.headers["ETag"] == expected.headers["ETag"] if found.status_code == 200 else True


def test_the_questions_have_the_same_answers(client: FlaskClient, local: FlaskClient) -> None:
    every = examples(BASE)
    assert len(every) > 5
    for one in every:
        expected = local.get(f"/questions/{one.name}.json").get_json()
        found = client.get(f"/questions/{one.name}.json").get_json()
        assert rows(found) == rows(expected), one.name


def rows(answer: dict[str, Any]) -> list[str]:
    """Return the rows of a result, with numbers by value, in an order of their own."""
    found = []
    for row in answer["results"]["bindings"]:
        cells = {}
        for name, term in row.items():
            value = term["value"]
            if "decimal" in term.get("datatype", "") or "double" in term.get("datatype", ""):
                value = round(float(value), 4)
            # GROUP_CONCAT has no order.
            cells[name] = (" ".join(sorted(str(value).split())), term.get("xml:lang", ""))
        found.append(repr(sorted(cells.items())))
    return sorted(found)


# The endpoint


def ask(client: FlaskClient, query: str, accept: str = "application/json", **more: str) -> Any:
    return client.get("/sparql", query_string={"query": query, **more}, headers={"Accept": accept})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/board> {{ ?s ?p ?o }}",
        f"PREFIX g: <{BASE}graph/> SELECT (COUNT(*) AS ?n) FROM NAMED g:board "
        "{ GRAPH ?g { ?s ?p ?o } }",
        f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/release> {{ ?s ?p ?o }}",
        f"SELECT ?s {{ GRAPH <{BASE}graph/release> {{ ?s ?p ?o }} }}",
        "SELECT ?o { ?s <https://schema.org/isAccessibleForFree> ?o }",
        "SELECT ?o { <https://lod.example.org/id/state/hessen> ?p ?o FILTER(LANG(?o) = 'de') }",
        "SELECT ?o { ?s <http://www.w3.org/ns/dcat#bbox> ?o }",
        "PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
        "SELECT (COUNT(*) AS ?n) { ?s geo:asWKT ?o "
        "FILTER(DATATYPE(?o) = <http://www.opengis.net/ont/geosparql#wktLiteral>) }",
    ],
)
def test_results_are_the_same(client: FlaskClient, local: FlaskClient, query: str) -> None:
    found, expected = ask(client, query), ask(local, query)
    assert found.status_code == 200, found.get_data(as_text=True)
    assert rows(found.get_json()) == rows(expected.get_json())
    types = {t.get("type") for row in found.get_json()["results"]["bindings"] for t in row.values()}
    assert "typed-literal" not in types


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_graphs_are_the_same(client: FlaskClient, local: FlaskClient, accept: str) -> None:
    # What DESCRIBE tells is left to the store: Virtuoso tells what names the resource, too.
    board = f"<{BASE}id/board/kommunales-open-source-board>"
    query = f"CONSTRUCT {{ {board} ?p ?o }} {{ {board} ?p ?o }}"
    found, expected = ask(client, query, accept), ask(local, query, accept)
    assert found.status_code == 200, found.get_data(as_text=True)
    assert found.headers["Content-Type"] == expected.headers["Content-Type"]
    assert found.get_data() == expected.get_data()


@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv", "html"])
def test_every_format_of_results_is_ours(client: FlaskClient, format_: str) -> None:
    query = f"SELECT ?n {{ <{BASE}id/state/hessen> <{SCHEMA}name> ?n }}"
    found = ask(client, query, "*/*", format=format_)
    assert found.status_code == 200
    assert "Hessen" in found.get_data(as_text=True)
    assert ask(client, "ASK { ?s ?p ?o }", "*/*", format=format_).status_code == 200


def test_mistakes_are_told_with_their_place(client: FlaskClient, local: FlaskClient) -> None:
    for query in ("SELECT ?x {\n ?x ?y }", "define input:inference 'x' SELECT ?s { ?s ?p ?o }"):
        found, expected = ask(client, query), ask(local, query)
        assert found.status_code == expected.status_code == 400
        assert found.get_json()["line"] == expected.get_json()["line"]


@pytest.mark.parametrize(
    "query",
    ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "DROP GRAPH <urn:x>",
     "INSERT DATA { <urn:a> <urn:b> <urn:c> }"],
)  # fmt: skip
def test_what_is_refused_is_refused(client: FlaskClient, local: FlaskClient, query: str) -> None:
    assert ask(client, query).status_code == ask(local, query).status_code
    assert ask(client, query).status_code in (400, 403)
    posted = client.post("/sparql", data={"update": query})
    assert posted.status_code == 403


def test_nothing_makes_the_store_send_requests(client: FlaskClient) -> None:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        listener.settimeout(0.3)
        address = f"http://{HOST}:{listener.getsockname()[1]}/"
        for query in (
            f"SELECT (<bif:http_get>('{address}') AS ?x) {{}}",
            f"SELECT (<BIF:http_get>('{address}') AS ?x) {{}}",
            f"SELECT (<\\u0062if:http_get>('{address}') AS ?x) {{}}",
            f"PREFIX b: <bif:> SELECT (b:http_get('{address}') AS ?x) {{}}",
            f"BASE <bif:x> SELECT (<http_get>('{address}') AS ?x) {{}}",
            f"SELECT ?s FROM <{address}> {{ ?s ?p ?o }}",
            f"SELECT ?s FROM NAMED <{address}> {{ GRAPH <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT ?s {{ GRAPH <{address}> {{ ?s ?p ?o }} }}",
            f'define get:soft "replace" SELECT ?s FROM <{address}> {{ ?s ?p ?o }}',
        ):
            ask(client, query)
            with pytest.raises(TimeoutError):
                listener.accept()


def test_virtuoso_would_have_sent_one(whole: Engine) -> None:
    if whole.name != "virtuoso":
        return
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        listener.settimeout(5)
        address = f"http://{HOST}:{listener.getsockname()[1]}/"
        query = f"SELECT (<bif:http_get>('{address}') AS ?x) {{}}"
        thread = Thread(
            target=lambda: httpx.get(whole.endpoint, params={"query": query}, timeout=20)
        )
        thread.start()
        connection, _ = listener.accept()
        connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")
        connection.close()
        thread.join()


def test_a_result_is_whole_or_none(client: FlaskClient, whole: Engine) -> None:
    for query, accept in (
        ("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 20000", "application/json"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 20000", "application/n-triples"),
    ):
        found = ask(client, query, accept)
        if whole.name == "virtuoso":  # It would cut them at ten thousand.
            assert found.status_code == 422
        else:
            assert found.status_code == 200
            number = (
                len(found.get_json()["results"]["bindings"])
                if "json" in accept
                else found.get_data().count(b"\n")
            )
            assert number == 20_000
        found.close()


def test_many_at_once_are_bounded(whole: Engine, real: tuple[Path, Built]) -> None:
    limited = create_app(real[0], Limits(seconds=2, patience=1), endpoint=endpoint(whole))
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }"
    statuses: list[int] = []
    start = Barrier(6)

    def one() -> None:
        start.wait()
        statuses.append(ask(limited.test_client(), heavy).status_code)

    threads = [Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    limited.extensions["sparql"].close()
    assert statuses == [503] * 6


def test_health_tells_of_the_store(client: FlaskClient, real: tuple[Path, Built]) -> None:
    found = client.get("/health")
    assert found.status_code == 200
    assert json.loads(found.data) == {"status": "ok", "version": real[1].release.version}
