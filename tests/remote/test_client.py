"""What a store may answer, and what is made of it: a server that says what it is told to."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyoxigraph import NamedNode

from lod.errors import EndpointError
from lod.remote import client as client_
from lod.remote.client import TRIES, Client
from lod.remote.connection import RESULTS, Connection
from lod.remote.dataset import dataset, foreign_functions
from lod.remote.endpoint import Endpoint
from lod.remote.values import asked_for, double, protected, restored
from tests.remote.engines import HOST

Answer = tuple[int, dict[str, str], bytes]
Says = Callable[[BaseHTTPRequestHandler, int], Answer]
EMPTY = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'


@contextmanager
def server(says: Says) -> Iterator[str]:
    """Run a server that answers as it is told, by the request and its number from 1."""
    count = [0]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            count[0] += 1
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, body = says(self, count[0])
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *given: object) -> None:
            pass

    with ThreadingHTTPServer((HOST, 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://{HOST}:{running.server_address[1]}/sparql"
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_, "_PAUSE", 0.01)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((301, {"Location": "https://elsewhere.example/"}, b""), "has moved to https://elsewhere"),
        ((401, {"WWW-Authenticate": "Basic"}, b"who?"), "refused .401: who.*--user"),
        ((404, {}, b"not here"), "nothing does that there .404: not here"),
        ((507, {}, b""), "no space left"),
        ((500, {}, b"IO error: No space left on device"), "no space left"),
        ((500, {"Content-Type": "text/html"}, b"<h1>Oops</h1>"), "failed .500: Internal Server"),
        ((400, {}, b"bad\n\nSPARQL query:\ndefine secret"), r"failed .400: bad\)$"),
        ((200, {"Content-Type": "text/html"}, b"<p>Hello"), "not a SPARQL endpoint .*text/html"),
    ],
)
def test_an_error_says_what_is_wrong(answer: Answer, words: str) -> None:
    with server(lambda request, number: answer) as url:
        connection = Connection(Endpoint(url))
        with pytest.raises(EndpointError, match=words) as caught:
            _ = connection.endpoint
        assert str(caught.value).startswith(url)
        connection.client.close()


def test_what_may_pass_is_tried_again_a_few_times() -> None:
    numbers: list[int] = []

    def says(request: BaseHTTPRequestHandler, number: int) -> Answer:
        numbers.append(number)
        failing = number % (TRIES + 1) or number > TRIES
        return (503, {}, b"later") if failing and number != TRIES else (200, {}, b"done")

    with server(says) as url:
        client = Client()
        assert client.send("POST", url).text == "done"
        assert numbers == list(range(1, TRIES + 1))
        with pytest.raises(EndpointError, match="503: later"):
            client.send("POST", url)
        assert len(numbers) == 2 * TRIES
        client.close()


def test_a_silent_store_is_given_up() -> None:
    def says(request: BaseHTTPRequestHandler, number: int) -> Answer:
        time.sleep(0.5)
        return 200, {}, b""

    with server(says) as url:
        client = Client(seconds=0.1)
        with pytest.raises(EndpointError, match="no answer in time"):
            client.send("POST", url, tries=2)
        client.close()


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_the_password_is_shown_only_when_it_is_asked_for(scheme: str) -> None:
    shown: list[str] = []
    challenge = 'Digest realm="r", nonce="n", algorithm=MD5, qop="auth"'

    def says(request: BaseHTTPRequestHandler, number: int) -> Answer:
        shown.append(request.headers.get("Authorization", ""))
        if not shown[-1].startswith(scheme):
            asked = challenge if scheme == "Digest" else 'Basic realm="r"'
            return 401, {"WWW-Authenticate": asked}, b""
        return 200, {}, b"in"

    with server(says) as url:
        client = Client("me", "geheim")
        assert client.send("POST", url, content=b"body").text == "in"
        assert client.send("POST", url, content=b"body").text == "in"
        client.close()
    assert shown[0] == ""
    assert all(scheme in one for one in shown[-2:])
    basic = "Basic " + base64.b64encode(b"me:geheim").decode()
    assert (basic in shown) == (scheme == "Basic")
    assert not any("geheim" in one for one in shown)
    assert "geheim" not in repr(Endpoint(url, user="me", password="geheim"))


@pytest.mark.parametrize(
    ("headers", "body", "words"),
    [
        ({"X-SPARQL-MaxRows": "10000"}, EMPTY, "cuts results at 10000 rows"),
        ({}, b"<html>", "its answer can't be read"),
        ({}, b'{"head": {}, "boolean": true}', "a truth value"),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_error(
    headers: dict[str, str], body: bytes, words: str
) -> None:
    with server(lambda request, number: (200, {"Content-Type": RESULTS, **headers}, body)) as url:
        connection = Connection(Endpoint(url))
        with pytest.raises(EndpointError, match=words):
            list(connection.select("SELECT ?s {}", [NamedNode("urn:g")]))
        connection.client.close()


@pytest.mark.parametrize("url", ["", "nonsense", "http://[::1", "http://x:99999999/", "ftp://x/"])
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    client = Client()
    with pytest.raises(EndpointError, match=r"not an address of a store|can't be reached"):
        client.send("POST", url, tries=1)
    client.close()


# What is read of queries


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        ("SELECT * FROM <http://e/a> FROM NAMED <http://e/b> {}", ["http://e/a"], ["http://e/b"]),
        ("PREFIX g: <http://e/> ASK from g:a\nfrom # FROM <x>\n named g:b {}",
         ["http://e/a"], ["http://e/b"]),
        ("BASE <http://e/> PREFIX : <x/> SELECT * FROM <a> FROM :b {}",
         ["http://e/a", "http://e/x/b"], []),
        ("CONSTRUCT { ?s ?p ?o } FROM <a> WHERE { ?s ?p ?o }", ["http://base/a"], []),
        ("SELECT ?from { ?from ?p 'FROM <http://e/a>' }", None, None),
        ("SELECT ?from { ?from ?p ?o } # from here on", [], []),
    ],
)  # fmt: skip
def test_a_query_is_parted_from_its_graphs(
    query: str, default: list[str] | None, named: list[str] | None
) -> None:
    found = dataset(query, "http://base/")
    assert found.hidden == (default is None)
    if not found.hidden:
        assert list(found.default) == default
        assert list(found.named) == named
        assert "http://e/a>" not in found.rest
        assert dataset(found.rest, "http://base/")[:2] == ((), ())


def test_graphs_that_another_reading_would_see_are_found() -> None:
    assert dataset("SELECT (?a<'>' AS ?x) FROM <secret> WHERE { ?s ?p 'x' }", "http://b/").hidden


@pytest.mark.parametrize(
    "query",
    ["SELECT (<bif:x>() AS ?y) {}", "PREFIX s: <SQL:> SELECT (s:x() AS ?y) {}",
     "SELECT (<\\u0062if:x>() AS ?y) {}", "SELECT (<b\\U00000069f:x>() AS ?y) {}"],
)  # fmt: skip
def test_functions_of_the_store_are_found(query: str) -> None:
    assert foreign_functions(query)
    assert not foreign_functions("SELECT (<http://bif:80/x>('bif:x') AS ?y) {}")


# Values


def test_values_survive() -> None:
    wkt = b'<urn:a> <urn:b> "POINT(1 2)"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .'
    assert protected(wkt) != wkt
    assert restored(protected(wkt)) == wkt
    said = b'<urn:a> <urn:b> "x ^^<http://www.opengis.net/ont/geosparql#wktLiteral> ." .'
    assert protected(said) == said
    assert "urn:x-lod" in asked_for("<http://www.opengis.net/ont/geosparql#wktLiteral>")
    boolean = "http://www.w3.org/2001/XMLSchema#boolean"
    in_json = f'"datatype": "{boolean}", "value": "%s" }}'
    in_lines = f'<urn:a> <urn:b> "%s"^^<{boolean}> .'
    for form in (in_json, in_lines):
        assert restored((form % "1").encode()).decode() == form % "true"
        assert restored((form % "0").encode()).decode() == form % "false"
    said = f'<urn:a> <urn:b> "say \\"0\\"^^<{boolean}>" .'.encode()
    assert restored(said) == said
    assert restored(b'"datatype": "urn:other", "value": "1"').endswith(b'"1"')
    assert double("35747840000").value == "35747840000"
    assert double("1.5e+02").value == "150"
    assert double("NaN").value == "NaN"
