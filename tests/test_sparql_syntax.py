"""What is read of queries before they run, and that nothing hides from it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.sparql.syntax import facts, federated

HIDDEN = {
    "plain": "SELECT * { SERVICE <$> { ?s ?p ?o } }",
    "lower case, silent": "SELECT * { service silent <$> { ?s ?p ?o } }",
    "sub-select": "SELECT * { { SELECT * { { SERVICE <$> { ?s ?p ?o } } } } }",
    "optional": "SELECT * { ?s ?p ?o OPTIONAL { SERVICE <$> { ?s ?p ?o } } }",
    "exists": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <$> { ?s ?p ?o } } }",
    "bind": "SELECT * { ?s ?p ?o BIND(NOT EXISTS { SERVICE <$> { ?s ?p ?o } } AS ?x) }",
    "minus": "SELECT * { ?s ?p ?o MINUS { SERVICE <$> { ?s ?p ?o } } }",
    "union": "SELECT * { { ?s ?p ?o } UNION { SERVICE <$> { ?s ?p ?o } } }",
    "graph": "SELECT * { GRAPH ?g { ?s ?p ?o . SERVICE <$> { ?s ?p ?o } } }",
    "lateral, an extension": "SELECT * { ?s ?p ?o LATERAL { SERVICE <$> { ?s ?p ?o } } }",
    "order by": "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <$> { ?s ?p ?o } })",
    "having": "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <$> { ?s ?p ?o } })",
    "select expression": "SELECT (EXISTS { SERVICE <$> { ?s ?p ?o } } AS ?x) { ?s ?p ?o }",
    "construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <$> { ?s ?p ?o } }",
    "describe": "DESCRIBE ?s { SERVICE <$> { ?s ?p ?o } }",
    "ask": "ASK { SERVICE <$> { ?s ?p ?o } }",
    "variable": "SELECT * { ?s ?p ?o BIND(<$> AS ?v) SERVICE ?v { ?a ?b ?c } }",
    "a comment between": "SELECT * { SERVICE # a\n # b\n <$> # { \n { ?s ?p ?o } }",
    "no space": "SELECT*{SERVICE<$>{?s ?p ?o}}",
    "a name without a token's end": "PREFIX : <$> SELECT * { SERVICE:a{ ?s ?p ?o } }",
    "the same, declared": "PREFIX : <$> PREFIX SERVICE: <$> SELECT * { SERVICE:a{ ?s ?p ?o } }",
    "silent without a space": "PREFIX : <$> SELECT * { SERVICESILENT:a{ ?s ?p ?o } }",
    "after GRAPH in a comment": "PREFIX : <$> SELECT * { #GRAPH\nSERVICE:a{ ?s ?p ?o } }",
    "after a number": "SELECT * { ?s ?p 1SERVICE <$> { ?s ?p ?o } }",
    "between two comparisons that look like IRIs": (
        "SELECT * { ?a ?p ?b FILTER(?b<'>') SERVICE <$> { ?s ?p ?o } FILTER(?b<'>') }"
    ),
    "after a comparison with a comment": (
        "SELECT * { ?a ?p ?b FILTER(?b<#>'''\n1) SERVICE <$> { ?s ?p ?o } #'''\n}"
    ),
    "after an escaped quote in a name": (
        "PREFIX x: <urn:x:> SELECT * { ?s x:a\\' ?o . SERVICE <$> { ?s ?p ?o } #'\n }"
    ),
    "after an escaped hash in a name": (
        "PREFIX x: <urn:x:> SELECT * { ?s x:a\\# ?o . SERVICE <$> { ?s ?p ?o } }"
    ),
    "after a string that looks long": (
        'SELECT * { ?s ?p (\'\' \'a\'), """x\\"""" . SERVICE <$> { ?s ?p ?o } }'
    ),
    "escaped for readers of the specification": "SELECT * { \\u0053ERVICE <$> { ?s ?p ?o } }",
}
INNOCENT = (
    'SELECT * { ?s ?p "SERVICE <http://x/> { }" }',
    "SELECT * { ?s ?p '''a ' SERVICE <http://x/> { } ''' }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { }",
    "SELECT ?service { ?service ?p ?o . $service a <http://x/service> }",
    "SELECT * { ?s <http://example.org/service> ?x { ?s ?p ?o } }",
    "PREFIX service: <http://x/> SELECT * { ?s service:of service:x . { ?s service:y ?z } }",
    "PREFIX service: <http://x/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
    "PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT * { ?c dcat:service ?s { ?s ?p ?o } }",
    "SELECT * { _:service ?p 'x'@en-service }",
    "ASK { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
)


class Counter(BaseHTTPRequestHandler):
    hits: list[str]

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_response(404)
        self.end_headers()

    do_POST = do_GET  # noqa: N815 (the library's name)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    hits: list[str] = []
    handler = type("Listener", (Counter,), {"hits": hits})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", hits
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", HIDDEN)
def test_service_is_seen(name: str) -> None:
    assert facts(HIDDEN[name].replace("$", "http://127.0.0.1:9/")).federated


def test_the_engine_would_have_sent_requests(listener: tuple[str, list[str]]) -> None:
    """The cases aren't of paper: without the refusal most of them reach the listener."""
    address, hits = listener
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:a'"), ox.Literal("1")))
    reached = set()
    for name, query in HIDDEN.items():
        before = len(hits)
        try:
            result = store.query(query.replace("$", address))
            if not isinstance(result, ox.QueryBoolean):
                list(result)
        except (SyntaxError, OSError, RuntimeError):
            pass
        if len(hits) > before:
            reached.add(name)
    assert {
        "plain",
        "exists",
        "lateral, an extension",
        "a name without a token's end",
        "the same, declared",
        "silent without a space",
        "after GRAPH in a comment",
    } <= reached
    assert len(reached) > 15


@pytest.mark.parametrize("query", INNOCENT)
def test_words_in_strings_names_and_comments_are_not_service(query: str) -> None:
    assert not facts(query).federated


@given(st.text(alphabet="<>'\"#\\{}:? \nserviSERVI?x1.@_-", max_size=60))
@settings(max_examples=500)
def test_whatever_the_engine_takes_for_service_is_refused(text: str) -> None:
    query = f"PREFIX : <urn:x:> SELECT * {{ {text} }}"
    try:
        ox.Store().query(query)
    except SyntaxError:
        federated(query)
        return
    # What the engine accepts and doesn't read as SERVICE evaluates without an error.
    if not federated(query):
        assert "service" not in text.lower() or _calls_nobody(query)


def _calls_nobody(query: str) -> bool:
    """Return whether the engine's algebra is without SERVICE: its evaluation needs no network."""
    try:
        list(ox.Store().query(query))  # type: ignore[arg-type]
    except (OSError, RuntimeError, ValueError):
        return False
    return True


@pytest.mark.parametrize(
    ("query", "form", "graph"),
    [
        ("SELECT * {}", "SELECT", False),
        ("ask{}", "ASK", False),
        ("PREFIX ask: <urn:x:> BASE <urn:select> CONSTRUCT WHERE {}", "CONSTRUCT", True),
        ("# SELECT\nDESCRIBE <urn:x>", "DESCRIBE", True),
        ("nothing", None, False),
        ("", None, False),
    ],
)
def test_form(query: str, form: str | None, graph: bool) -> None:
    assert (facts(query).form, facts(query).graph) == (form, graph)


def test_updates_datasets_and_volatile_functions_are_seen() -> None:
    assert facts("PREFIX x: <urn:x:> insert data { x:a x:b x:c }").update
    assert facts("SELECT * FROM<urn:x>{}").dataset
    assert not facts("SELECT ?from { ?from <urn:from> 'FROM' }").dataset
    assert facts("SELECT (now() AS ?n) {}").volatile
    assert not facts("SELECT ?now { ?now ?rand 'NOW()' }").volatile


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { service " + "a." * 50_000,
        "SELECT * { service " + "'''" * 30_000,
        "SELECT * { service " + "'''\\" * 30_000,
        "SELECT * { service " + "<" * 100_000,
        "SELECT * { service " + "\\" * 100_001,
        "SELECT * { service " + "service " * 12_000,
    ],
)
def test_nothing_takes_long_to_read(text: str) -> None:
    start = time.monotonic()
    facts(text)
    assert time.monotonic() - start < 5
