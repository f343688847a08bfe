"""Validators, CORS, ranges and security headers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lod.release import current
from lod.web.app import ROUTES
from tests.conftest import ROOT
from tests.web.conftest import undated

EXAMPLES = {
    "/": "/",
    "/about": "/about",
    "/imprint": "/imprint",
    "/privacy": "/privacy",
    "/accessibility": "/accessibility",
    "/id/<kind>/<slug>": "/id/municipality/jena",
    "/id/<kind>/<slug>/<path:inside>": "/id/municipality/jena/administration",
    "/doc": "/doc",
    "/doc/<name>": "/doc/municipality",
    "/doc/<kind>/<name>": "/doc/municipality/jena",
    "/doc/<kind>/<slug>/mentions": "/doc/source/article/mentions",
    "/doc/<kind>/<slug>/mentions.<extension>": "/doc/source/article/mentions.ttl",
    "/doc/<kind>/<slug>/values": "/doc/municipality/jena/values?of=schema:containedInPlace",
    "/doc/<kind>/<slug>/values.<extension>": (
        "/doc/municipality/jena/values.ttl?of=schema:containedInPlace"
    ),
    "/doc/<kind>/<slug>/statements": "/doc/municipality/jena/statements",
    "/doc/<kind>/<slug>/graph": "/doc/municipality/jena/graph",
    "/doc/<kind>/<slug>/cite.<extension>": "/doc/municipality/jena/cite.bib",
    "/picture.<language>.png": "/picture.de.png",
    "/doc/<kind>/picture.<language>.png": "/doc/municipality/picture.en.png",
    "/doc/<kind>/<slug>/picture.<language>.png": "/doc/municipality/jena/picture.de.png",
    "/compare": "/compare?of=jena&of=bochum",
    "/linkset/<name>": "/linkset/municipality",
    "/linkset/<kind>/<slug>": "/linkset/municipality/jena",
    "/questions": "/questions",
    "/questions.<extension>": "/questions.ttl",
    "/questions/<name>": "/questions/board-members",
    "/ns": "/ns",
    "/ns.<extension>": "/ns.ttl",
    "/catalog": "/catalog",
    "/catalog.<extension>": "/catalog.ttl",
    "/changes": "/changes",
    "/changes.<extension>": "/changes.atom",
    "/glossary": "/glossary",
    "/glossary.<extension>": "/glossary.ttl",
    "/conformance": "/conformance",
    "/conformance.<extension>": "/conformance.ttl",
    "/.well-known/void": "/.well-known/void",
    "/fragments": "/fragments",
    "/fragments.<extension>": "/fragments.nq",
    "/.well-known/void.<extension>": "/.well-known/void.nt",
    "/shapes/<name>": "/shapes/board.ttl",
    "/context.jsonld": "/context.jsonld",
    "/dumps/": "/dumps/",
    "/dumps/<version>/<path:name>": "/dumps/latest/all.nt",
    "/search": "/search?q=jena",
    "/search.<extension>": "/search.ttl?q=jena",
    "/search/suggest": "/search/suggest?q=je",
    "/opensearch.xml": "/opensearch.xml",
    "/reconcile": "/reconcile",
    "/reconcile/": "/reconcile/",
    "/reconcile/suggest/<what>": "/reconcile/suggest/entity?prefix=je",
    "/reconcile/flyout/<what>": "/reconcile/flyout/entity?id=municipality/jena",
    "/reconcile/properties": "/reconcile/properties?type=municipality",
    "/reconcile/preview": "/reconcile/preview?id=municipality/jena",
    "/openapi": "/openapi",
    "/openapi.<extension>": "/openapi.json",
    "/health": "/health",
    "/robots.txt": "/robots.txt",
    "/sitemap.xml": "/sitemap.xml",
    "/sitemap-<int:number>.xml": "/sitemap-1.xml",
    "/static/<path:filename>": "/static/style.css",
    "/sparql": "/sparql",
    "/sparql/vocabulary.json": "/sparql/vocabulary.json",
    "/graph/<name>": "/graph/board",
}
PATHS = [*EXAMPLES.values(), "/nothing"]
NAME = re.compile(r"attachment; filename=lod-example-org-2026-01-02-[0-9a-f]{8}-all\.nt")


def test_every_route_is_documented_and_tried(small_app: Flask) -> None:
    rules = {rule.rule for rule in small_app.url_map.iter_rules()}
    assert rules == set(EXAMPLES)
    assert {rule for rule, _ in ROUTES} <= rules
    contract = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
    assert not [rule for rule in rules if f"`{rule}`" not in contract]


@pytest.mark.parametrize("path", EXAMPLES.values())
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_headers_lead_to_is_there(small_client: FlaskClient, path: str, accept: str) -> None:
    with small_client.get(path, headers={"Accept": accept}) as response:
        targets = re.findall(r"<(/[^>]*)>", response.headers.get("Link", ""))
        targets += [response.headers.get("Content-Location", path)]
        targets += [response.headers.get("Location", path).partition("#")[0]]
    for target in targets:
        with small_client.get(target, headers={"Accept": "*/*"}) as found:
            assert found.status_code in (200, 303), target


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_security_headers_are_everywhere(small_client: FlaskClient, path: str, accept: str) -> None:
    response = small_client.get(path, headers={"Accept": accept})
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    framed = path.startswith("/reconcile/preview")
    assert ("frame-ancestors *" if framed else "frame-ancestors 'none'") in policy
    assert "unsafe" not in policy
    # Scripts are our own files; the preview, which others frame, has none.
    assert ("script-src 'self';" in policy) == (not framed)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers.get("X-Frame-Options") == (None if framed else "DENY")
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response.headers
    assert "Cache-Control" in response.headers
    if response.content_type.startswith("text/html"):
        assert "Content-Disposition" not in response.headers
    response.close()


@pytest.mark.parametrize("path", PATHS)
def test_preflight(small_client: FlaskClient, path: str) -> None:
    asked = {"Origin": "https://example.com", "Access-Control-Request-Method": "GET"}
    response = small_client.options(path, headers=asked)
    assert response.status_code == (404 if path == "/nothing" else 200)
    more = ", POST" if path in ("/sparql", "/reconcile", "/reconcile/") else ""
    assert response.headers["Access-Control-Allow-Methods"] == f"GET, HEAD, OPTIONS{more}"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]
    assert "Link, ETag" in response.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_the_body(small_client: FlaskClient, path: str) -> None:
    with small_client.head(path) as head, small_client.get(path) as get:
        assert head.data == b""
        assert head.status_code == get.status_code
        assert undated(head) == undated(get)


VALIDATED = [
    path for path in PATHS if not path.startswith(("/id", "/graph", "/health", "/nothing"))
]


@pytest.mark.parametrize("path", VALIDATED)
def test_an_unchanged_document_is_304(small_client: FlaskClient, path: str) -> None:
    with small_client.get(path) as first:
        etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
        vary = first.headers.get("Vary")
    assert re.fullmatch(r'"[0-9a-f.-]+"', etag)
    for asked in (
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": modified},
        {"If-None-Match": etag, "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        with small_client.get(path, headers=asked) as again:
            assert again.status_code == 304, asked
            assert again.data == b""
            assert again.headers["ETag"] == etag
            assert again.headers.get("Vary") == vary
            assert "Cache-Control" in again.headers
    for asked in (
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": modified},
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        with small_client.get(path, headers=asked) as again:
            assert again.status_code == 200, asked
    with small_client.get(path, headers={"If-Match": '"other"'}) as failed:
        assert failed.status_code == 412


@pytest.mark.parametrize("path", ["/doc/municipality/jena", "/catalog", "/dumps/latest/all.nt"])
@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/ld+json", "application/problem+json"),
        ("text/html", "text/html; charset=utf-8"),
        ("*/*", "text/plain; charset=utf-8"),
    ],
)
def test_another_state_is_refused_with_words(
    small_client: FlaskClient, path: str, accept: str, media: str
) -> None:
    headers = {"If-Match": '"other"', "Accept": accept, "Accept-Language": "de"}
    failed = small_client.get(path, headers=headers)
    assert (failed.status_code, failed.content_type) == (412, media)
    assert "If-Match" in failed.text
    assert "Inzwischen geändert" in failed.text
    assert failed.headers["Cache-Control"] == "no-store"


def test_every_variant_has_its_own_etag(small_client: FlaskClient) -> None:
    seen = set()
    wishes = [
        ("text/turtle", "de"),
        ("application/ld+json", "de"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"', "de"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "de"),
        ("application/n-triples", "de"),
        ("application/rdf+xml", "de"),
        ("text/html", "de"),
        ("text/html", "en"),
    ]
    for accept, language in wishes:
        asked = {"Accept": accept, "Accept-Language": language}
        for path in ("/doc/municipality/jena", "/doc/municipality/bochum", "/doc/municipality"):
            seen.add(small_client.get(path, headers=asked).headers["ETag"])
    assert len(seen) == 3 * len(wishes)
    german, english = (
        small_client.get("/doc/municipality/jena.ttl", headers={"Accept-Language": language})
        for language in ("de", "en")
    )
    assert german.headers["ETag"] == english.headers["ETag"]


def test_the_same_bytes_under_both_addresses(small_client: FlaskClient) -> None:
    negotiated = small_client.get("/doc/municipality/jena", headers={"Accept": "text/turtle"})
    assert small_client.get(negotiated.headers["Content-Location"]).data == negotiated.data
    page = small_client.get("/doc/municipality/jena", headers={"Accept": "text/html"})
    alone = small_client.get(page.headers["Content-Location"])
    assert alone.headers["Content-Language"] == page.headers["Content-Language"]
    assert "<h1" in alone.text


RANGES: list[tuple[str, int, int, int]] = [
    # Range, status, first byte, end (-1: that of the file)
    ("bytes=0-9", 206, 0, 10),
    ("bytes=0-", 206, 0, -1),
    ("bytes=-5", 206, -5, -1),
    ("bytes=5-999999999", 206, 5, -1),
    ("bytes=0-0", 206, 0, 1),
    ("bytes=999999999-", 416, 0, 0),
    ("bytes=9-5", 416, 0, 0),
    ("bytes=-0", 416, 0, 0),
    ("bytes=0-1,5-6", 200, 0, -1),
    ("bytes=a-b", 200, 0, -1),
    ("bytes=", 200, 0, -1),
    ("bytes=-", 200, 0, -1),
    ("items=0-5", 200, 0, -1),
    ("0-5", 200, 0, -1),
    ("bytes=0-1," * 1000, 200, 0, -1),
]


@pytest.mark.parametrize("case", RANGES, ids=lambda case: case[0][:20])
def test_range(small: Path, small_client: FlaskClient, case: tuple[str, int, int, int]) -> None:
    asked, status, start, end = case
    whole = (small / "current" / "dumps" / "all.nt").read_bytes()
    stop = len(whole) if end == -1 else end
    with small_client.get("/dumps/latest/all.nt", headers={"Range": asked}) as response:
        assert response.status_code == status
        if status == 416:
            assert response.headers["Content-Range"] == f"bytes */{len(whole)}"
        else:
            assert response.data == whole[start:stop]
            assert response.headers["Accept-Ranges"] == "bytes"
            assert int(response.headers["Content-Length"]) == len(response.data)
        if status == 206:
            first = start % len(whole)
            assert response.headers["Content-Range"] == f"bytes {first}-{stop - 1}/{len(whole)}"


def test_ranges_of_one_state_of_a_file(small: Path, small_client: FlaskClient) -> None:
    release = current(small)
    etag = f'"{release.files["dumps/all.nt"].sha256}"'
    path = f"/dumps/{release.version}/all.nt"
    for condition, status in ((etag, 206), ('"other"', 200), (f"W/{etag}", 200)):
        asked = {"Range": "bytes=0-9", "If-Range": condition}
        with small_client.get(path, headers=asked) as response:
            assert response.status_code == status, condition
    with small_client.head(path, headers={"Range": "bytes=0-9"}) as response:
        assert response.status_code == 200
    asked = {"Range": "bytes=0-9", "If-None-Match": etag}
    with small_client.get(path, headers=asked) as response:
        assert response.status_code == 304


def test_dumps_say_what_they_are(small: Path, small_client: FlaskClient) -> None:
    release = current(small)
    with small_client.get("/dumps/latest/all.nt") as latest:
        assert NAME.fullmatch(latest.headers["Content-Disposition"])
        assert latest.headers["Content-Location"] == f"/dumps/{release.version}/all.nt"
        assert latest.headers["Cache-Control"].startswith("public, max-age=300")
        assert latest.headers["ETag"] == f'"{release.files["dumps/all.nt"].sha256}"'
    with small_client.get(f"/dumps/{release.version}/all.nt.gz") as versioned:
        assert versioned.content_type == "application/gzip"
        assert "Content-Encoding" not in versioned.headers
        assert versioned.data[:2] == b"\x1f\x8b"
        assert "immutable" in versioned.headers["Cache-Control"]


def test_every_listed_file_can_be_had(small: Path, small_client: FlaskClient) -> None:
    release = current(small)
    page = small_client.get("/dumps/", headers={"Accept": "text/html"}).text
    found = set(re.findall(rf'href="(/dumps/{release.version}/[^"]+)"', page))
    assert len(found) == len(release.files) + 1  # and the manifest
    for path in found:
        with small_client.get(path) as response:
            assert response.status_code == 200, path
