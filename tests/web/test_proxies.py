"""`lod serve` behind nginx and Caddy as docs/proxy has them: answers are what they are without."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from lod.build import Built, build
from tests.conftest import PUBLICATION, ROOT
from tests.test_sparql_pool import soon
from tests.test_sparql_server import PATH, busy
from tests.web.conftest import write
from tests.web.proxies import HOST, NAMES, Answer, Site, proxy
from tests.web.test_http import CASES
from tests.web.test_serve import served
from tests.web.test_slow_clients import DUMP, SLOW_BODY

TURTLE, HTML, JSONLD = "text/turtle", "text/html", "application/ld+json"
JENA = "/doc/municipality/jena"
SELECT = "SELECT ?s { ?s a <https://schema.org/State> } ORDER BY ?s"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
OWN_ANSWERS = {
    "nginx": {"GET /doc/municipality/%00", "GET /dumps/%00/all.ttl", f"TRACE {JENA}"},
    "caddy": set[str](),
}
"""What a proxy refuses by itself, and rightly."""


@pytest.fixture(scope="module")
def direct(real: tuple[Path, Built]) -> Iterator[Site]:
    with served(real[0]) as port:
        yield Site(port)


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(name: str, direct: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with proxy(name, tmp_path_factory.mktemp(name), direct.port) as site:
        yield site


def clients() -> Iterator[str]:
    """Yield addresses of ever other clients, so that none asks too often."""
    for number in range(250 * 250):
        yield f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}"


CLIENTS = clients()


@dataclass(frozen=True)
class Asked:
    path: str
    headers: Mapping[str, str]
    method: str = "GET"
    body: bytes | None = None


def send(site: Site, asked: Asked) -> Answer:
    """Send a request as another client than all before."""
    return site.ask(asked.path, asked.headers, asked.method, asked.body, next(CLIENTS))


def ask(site: Site, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    return send(site, Asked(path, headers or {}))


def queried(site: Site) -> int:
    """Post a query, and return the status."""
    return send(site, post("/sparql", QUERY, "ASK{}")).status


# The table of the contract


def test_the_table_of_the_contract(name: str, direct: Site, site: Site) -> None:
    differing = set()
    for number, case in enumerate(CASES):
        method, path = case["ask"].split(" ") if " " in case["ask"] else ("GET", case["ask"])
        asked = {"Accept": case.get("accept"), "Accept-Language": case.get("language")}
        asked["Accept-Encoding"] = (None, "gzip", "gzip, br")[number % 3]
        headers = {header: value for header, value in asked.items() if value}
        path = quote(path, safe="%/?&=:;,+@*()!$'~#[]")
        request = Asked(path, headers, method)
        expected = send(direct, request)
        # Once from `lod`, and once more from where there is a cache.
        for _ in range(2 if name == "nginx" else 1):
            if send(site, request).same() != expected.same():
                differing.add(f"{method} {path}")
    assert differing == OWN_ANSWERS[name]


# Single requests beside it


def get(path: str, **headers: str) -> Asked:
    return Asked(path, {name.replace("_", "-"): value for name, value in headers.items()})


def post(path: str, media_type: str, body: str) -> Asked:
    return Asked(path, {"Content-Type": media_type}, "POST", body.encode())


def query(text: str, **parameters: str) -> str:
    return f"/sparql?{urlencode({'query': text, **parameters})}"


STATES = "/dumps/latest/state.ttl"
CROSS = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
NAMED = "SELECT ?s ?n { ?s <https://schema.org/name> ?n } LIMIT 20000"
BATCH = urlencode({"queries": '{"q": {"query": "Jena"}}'})
ASKED = {
    "range": get("/dumps/latest/all.ttl", Range="bytes=100-199"),
    "suffix": get("/dumps/latest/all.nt.gz", Range="bytes=-100"),
    "ranges": get(STATES, Range="bytes=0-9,20-29"),
    "beyond": get(STATES, Range="bytes=99999999-"),
    "range of an old file": get(STATES, Range="bytes=0-9", If_Range='"x"'),
    "file": get("/dumps/latest/all.ttl"),
    "packed file": get("/dumps/latest/all.ttl.gz", Accept_Encoding="gzip"),
    "head of a file": Asked("/dumps/latest/all.ttl", {}, "HEAD"),
    "head of a page": Asked(JENA, {"Accept": HTML, "Accept-Encoding": "br"}, "HEAD"),
    "range of a page": get(JENA, Range="bytes=0-9"),
    "preflight": Asked(JENA, CROSS, "OPTIONS"),
    "deletion": Asked(JENA, {}, "DELETE"),
    "upload": post(JENA, TURTLE, "<a> <b> <c> ."),
    "any state": get(JENA, If_None_Match="*"),
    "another state": get("/sparql", If_Match='"x"'),
    "unchanged": get(JENA, If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT"),
    "profile": get(JENA, Accept_Profile="<https://schema.org/>", Accept=JSONLD),
    "slashes": get("//doc//municipality/jena"),
    "slash in a name": get("/doc/municipality%2Fjena"),
    "encoded letter": get("/doc/municipality/j%65na", Accept=TURTLE),
    "dots": get("/doc/municipality/../state/hessen"),
    "encoded dots": get("/dumps/latest/..%2f..%2fmanifest.json"),
    "umlaut": get("/doc/municipality?q=K%C3%B6ln", Accept=HTML),
    "plus and percent": get("/search?q=a%2Bb+c%25d%22", Accept=JSONLD),
    "broken encoding": get("/doc/state?q=a;page=2&x=%zz", Accept=TURTLE),
    "encoded question mark": get("/doc/state%3Fq=x"),
    "thing": get("/id/municipality/16053000?lang=en", Accept=HTML),
    "moved": get("/doc/municipality/16053000.ttl"),
    "nothing": get("/doc/municipality/nowhere", Accept=JSONLD),
    "no format": get(JENA, Accept="image/png, application/problem+json"),
    "description": get("/sparql", Accept=TURTLE),
    "query": get(query(SELECT), Accept="text/csv"),
    "long query": get(query(f"{SELECT} #{'x' * 30_000}")),
    "query in a form": post("/sparql", FORM, urlencode({"query": SELECT})),
    "posted query": post("/sparql", QUERY, SELECT),
    "long posted query": post("/sparql", QUERY, f"{SELECT} #{'x' * 200_000}"),
    "too long query": post("/sparql", QUERY, "#" * 1_100_000),
    "mistake": get("/sparql?query=SELEKT", Accept="application/json"),
    "update": post("/sparql", FORM, "update=CLEAR%20ALL"),
    "large result": get(query(NAMED, format="csv")),
    "batch": post("/reconcile", FORM, BATCH),
    "manifest": get("/reconcile", Origin="https://example.org"),
    "statistics": get("/.well-known/void", Accept="application/rdf+xml"),
    "link set": get("/linkset/municipality/jena"),
}


@pytest.mark.parametrize("what", ASKED)
def test_a_request_is_answered_as_without_a_proxy(site: Site, direct: Site, what: str) -> None:
    expected = send(direct, ASKED[what])
    assert expected.status < 500
    for _ in range(2):
        assert send(site, ASKED[what]).same() == expected.same()


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_each_coding_keeps_its_strong_tag(site: Site, direct: Site, coding: str) -> None:
    headers = {"Accept": HTML, **({"Accept-Encoding": coding} if coding else {})}
    found = ask(site, JENA, headers)
    assert found.headers.get("content-encoding", "") == coding
    assert found.headers["etag"] == ask(direct, JENA, headers).headers["etag"]
    assert found.headers["etag"].startswith('"'), "not weakened"
    assert "Accept-Encoding" in found.headers["vary"]
    again = ask(site, JENA, headers | {"If-None-Match": found.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == found.headers["etag"]
    assert again.headers["vary"] == found.headers["vary"]
    other = ask(site, JENA, {"Accept": TURTLE, "If-None-Match": found.headers["etag"]})
    assert (other.status, other.headers["content-type"]) == (200, "text/turtle; charset=utf-8")


def test_a_range_is_of_the_file_that_the_client_knows(site: Site) -> None:
    whole = ask(site, "/dumps/latest/state.ttl")
    known = {"Range": "bytes=10-19", "If-Range": whole.headers["etag"]}
    part = ask(site, "/dumps/latest/state.ttl", known)
    assert (part.status, part.body) == (206, whole.body[10:20])


def test_variants_of_one_address_dont_mix(site: Site, direct: Site) -> None:
    """Whoever comes first, and however long the header."""
    asked = [
        {"Accept": accept, "Accept-Language": tongue, "Accept-Encoding": coding}
        for accept in (HTML, TURTLE, JSONLD, "application/json, */*;q=0.1", "image/png")
        for tongue in ("de", "en", "fr;q=0.5, en-GB;q=0.3, de-AT;q=0.1")
        for coding in ("identity", "br", "gzip;q=0.7, br;q=0.2")
    ]
    path = "/doc/state/thueringen"
    expected = [ask(direct, path, headers).same() for headers in asked]
    for _ in range(2):
        for headers, answer in zip(reversed(asked), reversed(expected), strict=True):
            assert ask(site, path, headers).same() == answer


SPOOFED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Port": "666",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
    "X-Script-Name": "/evil",
    "X-Real-IP": "203.0.113.9",
    "Forwarded": "for=203.0.113.9;host=evil.example;proto=gopher",
    "X-HTTP-Method-Override": "DELETE",
}


@pytest.mark.parametrize(
    "what", ["thing", "moved", "profile", "umlaut", "no format", "statistics", "mistake"]
)
def test_forged_headers_change_nothing(site: Site, what: str) -> None:
    asked = ASKED[what]
    forged = replace(asked, headers={**asked.headers, **SPOOFED})
    assert send(site, forged).same() == send(site, asked).same()


def test_plain_http_leads_to_tls(direct: Site, tmp_path: Path) -> None:
    with proxy("nginx", tmp_path, direct.port) as site:
        found = Site(site.plain).ask("/doc//x?q=%C3%BC", {"Host": "evil.example"})
    assert found.status == 308
    assert found.headers["location"] == "https://lod.example.org/doc//x?q=%C3%BC"


# Caches


class Counting(BaseHTTPRequestHandler):
    """Counts how often it is asked; its answers are fresh for a second, and stale for long."""

    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        body = str(self.asked).encode()
        self.send_response(200)
        self.send_header("Cache-Control", "public, max-age=1, stale-while-revalidate=3600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def counting() -> Iterator[int]:
    Counting.asked = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    threading.Thread(target=server.serve_forever).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


def test_what_is_stale_is_sent_while_it_is_made_anew(tmp_path: Path) -> None:
    with counting() as upstream, proxy("nginx", tmp_path, upstream) as site:
        found = [site.ask("/x") for _ in range(2)]
        time.sleep(2.1)
        found.append(site.ask("/x"))
        time.sleep(0.5)
        found.append(site.ask("/x"))
    assert [one.body for one in found] == [b"1", b"1", b"1", b"2"]
    told = ["fwd=uri-miss", "hit", "hit; detail=STALE", "hit"]
    assert [one.headers["cache-status"] for one in found] == [f"nginx; {word}" for word in told]


def test_answers_come_from_the_cache(direct: Site, tmp_path: Path) -> None:
    with proxy("nginx", tmp_path, direct.port) as site:
        told = [site.ask(JENA, {"Accept": HTML}).headers["cache-status"] for _ in range(2)]
        assert told == ["nginx; fwd=uri-miss", "nginx; hit"]
        assert "cache-status" not in site.ask("/dumps/latest/state.ttl").headers
        for path in ("/doc/nothing", "/health"):  # These are told not to be kept.
            told = [site.ask(path).headers["cache-status"] for _ in range(2)]
            assert told == ["nginx; fwd=uri-miss"] * 2


# Too much, too slow, too large


def test_one_client_that_asks_too_often_is_told_so(direct: Site, tmp_path: Path) -> None:
    with proxy("nginx", tmp_path, direct.port) as site:
        for path, most in (("/sparql?query=ASK%7B%7D", 11), ("/search?q=jena", 41)):
            with ThreadPoolExecutor(2) as pool:
                asked = [pool.submit(site.ask, path, source="127.9.9.9") for _ in range(3 * most)]
            found = [one.result() for one in asked]
            statuses = Counter(one.status for one in found)
            assert set(statuses) == {200, 429}
            assert statuses[200] >= most
            told = (
                found[-1] if found[-1].status == 429 else next(a for a in found if a.status == 429)
            )
            assert told.headers["retry-after"] == "10"
            assert told.headers["content-type"] == "application/problem+json"
            assert told.headers["access-control-allow-origin"] == "*"
            assert told.headers["cache-control"] == "no-store"
            assert json.loads(told.body)["status"] == 429
            assert site.ask(path, source="127.9.9.8").status == 200, "another client"
        assert {site.ask(JENA, source="127.9.9.9").status for _ in range(60)} == {200}


def test_a_body_that_is_too_large_is_refused(name: str, site: Site) -> None:
    body = "queries=" + "x" * (2 * 1024 * 1024)
    found = send(site, post("/reconcile", FORM, body))
    assert found.status == 413
    assert "access-control-allow-origin" in found.headers, "it is the answer of lod"
    with site.connect(next(CLIENTS)) as connection:
        head = b"POST /reconcile HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3500000\r\n\r\n"
        with suppress(OSError):
            connection.sendall(head + b"x" * 3_500_000)
        # Caddy 2.6 can't tell it from a fault of the server behind.
        assert connection.recv(12)[9:] == (b"413" if name == "nginx" else b"503"), "by the proxy"


def test_heads_that_are_too_large_are_refused(site: Site) -> None:
    for path, headers in (
        (f"/?{'x' * 400_000}", {}),
        ("/", {"X": "x" * 400_000}),
        ("/", {f"X-{number}": "x" * 3000 for number in range(130)}),
    ):
        with site.connect(next(CLIENTS)) as connection:
            lines = "".join(f"{header}: {value}\r\n" for header, value in headers.items())
            try:
                connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{lines}\r\n".encode())
                status = connection.recv(12)
            except OSError:
                continue  # It was cut off before all was said.
            assert status[9:] in (b"400", b"414", b"431")
    assert ask(site, "/health").status == 200


@contextmanager
def crowd(site: Site, said: bytes, number: int, window: int = 0) -> Iterator[list[object]]:
    """Hold connections of many clients that go no further."""
    held = []
    try:
        for _ in range(number):
            connection = site.connect(next(CLIENTS), window)
            connection.sendall(said)
            held.append(connection)
        time.sleep(1)
        yield list(held)
    finally:
        for connection in held:
            connection.close()


def test_a_slow_head_is_cut_off(site: Site) -> None:
    with crowd(site, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", 100) as held:
        assert ask(site, JENA).status == 200
        start = time.monotonic()
        for connection in held:
            assert connection.recv(9) in (b"", b"HTTP/1.1 ")  # type: ignore[attr-defined]
        assert time.monotonic() - start < 12


def test_slow_bodies_hold_nobody_up(name: str, site: Site, direct: Site) -> None:
    with crowd(site, SLOW_BODY, 100):
        assert ask(site, JENA).status == 200
        if name == "nginx":  # It keeps them to itself.
            assert queried(direct) == queried(site) == 200
        # Caddy passes them on, but ends them.
        assert soon(lambda: queried(site) == 200, 20)


def test_a_slow_body_is_cut_off(site: Site) -> None:
    start = time.monotonic()
    with site.connect(next(CLIENTS)) as connection:
        connection.sendall(SLOW_BODY)
        while connection.recv(1 << 16):
            pass
    assert time.monotonic() - start < 15


def test_slow_readers_hold_nobody_up(name: str, site: Site, direct: Site) -> None:
    with crowd(site, DUMP, 50, 4096):
        assert ask(site, JENA).status == 200
        if name == "nginx":  # It takes the files for them.
            assert soon(lambda: ask(direct, "/dumps/latest/all.ttl").status == 200, 15)
            assert ask(site, "/dumps/latest/all.ttl").status == 200
    assert soon(lambda: ask(site, "/dumps/latest/all.ttl").status == 200, 15)


def test_a_client_that_goes_away_frees_its_query(site: Site) -> None:
    assert soon(lambda: not busy(), 15)
    with site.connect(next(CLIENTS)) as connection:
        connection.sendall(f"GET {PATH} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        assert soon(lambda: len(busy()) == 1, 10)
    assert soon(lambda: not busy(), 8), "long before the deadline"


def test_while_lod_is_away(name: str, tmp_path: Path) -> None:
    with counting() as gone:
        pass
    with proxy(name, tmp_path, gone) as site:
        found = site.ask("/doc", source="127.9.9.7")
        assert found.status == 503
        assert found.headers["retry-after"] == "10"
        assert found.headers["cache-control"] == "no-store"
        assert found.headers["access-control-allow-origin"] == "*"
        assert found.headers["content-type"] == "application/problem+json"
        assert json.loads(found.body)["status"] == 503
        for _ in range(50 if name == "nginx" else 0):  # Some are told to come less often.
            site.ask("/sparql", source="127.9.9.7")
    assert "127.9.9.7" not in logs(tmp_path)


def logs(folder: Path) -> str:
    return "".join(path.read_text(errors="replace") for path in folder.rglob("*.log"))


def test_no_log_has_addresses(site: Site) -> None:
    assert ask(site, JENA).status == 200
    assert list(site.folder.glob("*.log"))
    assert "127.1." not in logs(site.folder)


# A base IRI with a path

PREFIXED = {
    "nginx": {
        "location / {": "location /lod {",
        **{
            f"location /{path} {{": f"location /lod/{path} {{"
            for path in ("sparql", "search", "reconcile", "dumps")
        },
    },
    "caddy": {"reverse_proxy 127": "reverse_proxy /lod/* 127"},
}


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("below")
    publication = PUBLICATION.replace("https://lod.example.org/", "https://example.org/lod/")
    data = write(folder / "data", {"publication.yaml": publication})
    build(data, ROOT / "shapes", folder / "releases")
    with served(folder / "releases") as port:
        yield Site(port)


def test_a_base_iri_with_a_path(name: str, below: Site, tmp_path: Path) -> None:
    with proxy(name, tmp_path, below.port, PREFIXED[name]) as site:
        for path in (
            "/lod/",
            "/lod/id/municipality/jena",
            "/lod/doc/municipality/jena",
            "/lod/doc/municipality/16053000",
            "/lod//doc/municipality",
            "/lod/dumps/latest/all.ttl",
            "/lod/search?q=jena",
            "/lod/sparql?query=ASK%7B%7D",
            "/lod/nothing",
        ):
            for accept in (HTML, TURTLE):
                headers = {"Accept": accept}
                expected = ask(below, path, headers)
                assert ask(site, path, headers).same() == expected.same(), path
                if expected.status in (301, 303):
                    assert expected.headers["location"].startswith("/lod/")
        assert b'href="/lod/doc"' in ask(site, "/lod/", {"Accept": HTML}).body
        if name == "nginx":
            found = [
                site.ask("/lod/sparql", {"Accept": TURTLE}, source="127.9.9.6") for _ in range(40)
            ]
            assert 429 in {one.status for one in found}
        beside = ask(site, "/doc", {"Accept": HTML})
        assert beside.body == b"" or beside.status == 404, "the site beside it is another's"
