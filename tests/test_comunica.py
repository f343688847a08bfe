"""Comunica, a client written by others: it has to find in the fragments what SPARQL finds."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest

from lod.build import Built, build
from tests.conftest import PUBLICATION, ROOT
from tests.web.conftest import write
from tests.web.test_serve import get, served

CLIENTS = Path(os.environ.get("LOD_CLIENTS", "nowhere"))
NODE = shutil.which("node")
SCRIPT = ROOT / "tests" / "clients" / "comunica.mjs"
PREFIXES = """\
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX lod: <BASEns#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
QUERIES = {
    "more than a page": "SELECT ?town ?name { ?town a schema:City ; "
    "schema:containedInPlace <BASEid/state/thueringen> ; schema:name ?name }",
    "an umlaut and a language": 'SELECT ?place ?class { ?place schema:name "Köln"@de ; a ?class }',
    "a literal without a language": 'SELECT ?place ?key { ?place lod:ags "05315000", ?key }',
    "optional": "SELECT ?state ?name ?other { ?state a schema:State ; schema:name ?name "
    "OPTIONAL { ?state schema:alternateName ?other } }",
    "a chain of joins": "SELECT ?person ?town ?role { ?seat org:organization ?board ; "
    "org:member/schema:name ?person ; org:role/skos:prefLabel ?role ; "
    "lod:onBehalfOf/schema:areaServed/schema:name ?town . ?board a org:Organization }",
    "numbers": "SELECT ?town ?value { ?town schema:containedInPlace <BASEid/state/saarland> ; "
    "lod:figure ?figure . ?figure schema:value ?value ; schema:measuredProperty lod:population "
    "FILTER(?value > 20000) }",
    "a literal that joins as subject": "SELECT ?state ?thing ?other { ?state a schema:State ; "
    "?thing ?value OPTIONAL { ?value schema:name ?other } }",
    "the catalog": "SELECT ?dataset ?file ?type { <BASEcatalog> dcat:dataset ?dataset . "
    "?dataset dcat:distribution ?file . ?file dcterms:format ?type }",
    "nothing": 'SELECT ?place { ?place schema:name "Nirgendwo"@de ; a schema:City }',
}
"""What is asked; BASE stands for the publication's base IRI."""
SMALL = {
    "joins": "SELECT ?board ?person ?town { ?seat org:organization/schema:name ?board ; "
    "org:member/schema:name ?person ; lod:onBehalfOf/schema:areaServed/schema:name ?town }",
    "everything": "SELECT ?s ?p ?o { ?s ?p ?o }",
}

pytestmark = pytest.mark.skipif(
    not os.environ.get("LOD_CI") and (NODE is None or not (CLIENTS / "node_modules").is_dir()),
    reason="no node, or no LOD_CLIENTS with what .ci/run installs from tests/clients",
)


def comunica(source: str, queries: list[str]) -> list[list[dict[str, str]]]:
    """Return the rows that Comunica finds in the fragments of a source."""
    assert NODE is not None
    done = subprocess.run(
        [NODE, str(SCRIPT)],
        input=json.dumps({"source": source, "queries": queries}),
        env={**os.environ, "LOD_CLIENTS": str(CLIENTS.absolute())},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[list[dict[str, str]]] = json.loads(done.stdout)
    return answers


def sparql(port: int, query: str) -> list[dict[str, str]]:
    """Return the rows that our endpoint finds."""
    path = "/sparql?" + urlencode({"query": query, "format": "json"})
    status, _, body = get(port, path)
    assert status == 200, body
    return [
        {name: written(term) for name, term in row.items()}
        for row in json.loads(body)["results"]["bindings"]
    ]


def written(term: dict[str, str]) -> str:
    """Return a term of a result as the script writes it."""
    if term["type"] == "uri":
        return f"<{term['value']}>"
    value = json.dumps(term["value"], ensure_ascii=False)
    if "xml:lang" in term:
        return f"{value}@{term['xml:lang']}"
    return f"{value}^^<{term['datatype']}>" if "datatype" in term else value


def counted(rows: list[dict[str, str]]) -> Counter[tuple[tuple[str, str], ...]]:
    return Counter(tuple(sorted(row.items())) for row in rows)


def full(query: str, base: str) -> str:
    return (PREFIXES + query).replace("BASE", base)


def test_a_client_on_this_machine_finds_what_sparql_finds(real: tuple[Path, Built]) -> None:
    """The release has another base than the address that is asked."""
    queries = [full(query, "https://lod.example.org/") for query in QUERIES.values()]
    with served(real[0]) as port:
        answers = comunica(f"http://127.0.0.1:{port}/fragments", queries)
        expected = [sparql(port, query) for query in queries]
    for name, found, wanted in zip(QUERIES, answers, expected, strict=True):
        assert bool(wanted) == (name != "nothing"), name
        assert counted(found) == counted(wanted), name
    assert len(answers[0]) > 100, "the first one needs several pages"


class Proxy(BaseHTTPRequestHandler):
    """Hands requests on as proxies do: to another host, and saying for whom."""

    inner = 0

    def do_GET(self) -> None:
        headers = {name: value for name, value in self.headers.items() if name != "Host"}
        headers |= {"Host": f"inner:{self.inner}", "X-Forwarded-For": "127.0.0.1"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.inner, timeout=20)) as connection:
            connection.request("GET", self.path, headers=headers)
            response = connection.getresponse()
            body = response.read()
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in ("date", "connection", "transfer-encoding"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 (named by the library)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def proxied(server: ThreadingHTTPServer, inner: int) -> Iterator[None]:
    server.RequestHandlerClass = type("ToInner", (Proxy,), {"inner": inner})
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def test_a_client_behind_a_proxy_finds_what_sparql_finds(tmp_path: Path) -> None:
    """The proxy has the publication's address, and asks this server by another one."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        base = f"http://127.0.0.1:{server.server_port}/"
        publication = PUBLICATION.replace("https://lod.example.org/", base)
        data = write(tmp_path / "data", {"publication.yaml": publication})
        build(data, ROOT / "shapes", tmp_path / "releases")
        queries = [full(query, base) for query in SMALL.values()]
        with served(tmp_path / "releases") as port, proxied(server, port):
            answers = comunica(f"{base}fragments", queries)
            expected = [sparql(port, query) for query in queries]
    for found, wanted in zip(answers, expected, strict=True):
        assert wanted
        assert counted(found) == counted(wanted)
    assert len(answers[1]) > 500
