"""What nobody hopes for: odd input, faults of ours, other bases, hostile words in records."""

from __future__ import annotations

import html
import logging
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as some
from pyoxigraph import RdfFormat

from lod.build import build
from lod.store import Store
from lod.web import create_app
from tests.conftest import PUBLICATION, ROOT
from tests.web.conftest import write
from tests.web.test_same_graph import EMBEDDED, FORMATS

WORDS = some.text(max_size=40)
PIECES = some.one_of(
    WORDS,
    some.sampled_from(
        ["id", "doc", "ns", "catalog", "dumps", "latest", "municipality", "jena", "jena.ttl"]
    ),
    some.sampled_from(["..", ".", "", "%2e%2e", "%00", "mentions", "state", "shapes", "static"]),
)
HEADER = some.text(some.characters(min_codepoint=32, max_codepoint=126), max_size=60)


@settings(max_examples=200)
@given(
    path=some.lists(PIECES, max_size=5),
    query=some.dictionaries(
        some.sampled_from(["page", "q", "lang", "by", "kind", "x"]), WORDS, max_size=3
    ),
    headers=some.dictionaries(
        some.sampled_from(
            ["Accept", "Accept-Language", "Range", "If-Range", "If-None-Match", "If-Modified-Since"]
        ),
        HEADER,
        max_size=3,
    ),
    method=some.sampled_from(["GET", "HEAD", "OPTIONS", "POST", "PUT"]),
)
def test_no_input_is_a_fault(
    small_app: Flask,
    path: list[str],
    query: dict[str, str],
    headers: dict[str, str],
    method: str,
) -> None:
    client = small_app.test_client()
    # As servers hand it over: UTF-8 bytes as Latin-1 characters.
    address = ("/" + "/".join(path)).encode("utf-8", "surrogatepass").decode("latin-1")
    raw = {"PATH_INFO": address}
    with client.open(
        "/", method=method, query_string=query, headers=headers, environ_overrides=raw
    ) as response:
        assert response.status_code < 500
        assert "Traceback" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("text/turtle", "application/problem+json"),
        ("*/*", "text/plain; charset=utf-8"),
    ],
)
def test_a_fault_is_500_and_logged(
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    accept: str,
    media_type: str,
) -> None:
    def fail(self: Store, reference: str) -> None:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(Store, "describe", fail)
    client = create_app(small).test_client()
    with caplog.at_level(logging.ERROR):
        response = client.get("/doc/municipality/jena", headers={"Accept": accept})
    assert response.status_code == 500
    assert response.content_type == media_type
    assert "fire" not in response.text
    assert "Content-Security-Policy" in response.headers
    assert "the disk is on fire" in caplog.text


def served(tmp_path: Path, changes: dict[str, str]) -> FlaskClient:
    build(write(tmp_path / "data", changes), ROOT / "shapes", tmp_path / "releases")
    return create_app(tmp_path / "releases").test_client()


def test_a_base_with_a_path(tmp_path: Path) -> None:
    base = "https://example.org/stadt/lod/"
    changed = PUBLICATION.replace("https://lod.example.org/", base)
    client = served(tmp_path, {"publication.yaml": changed})
    thing = client.get("/stadt/lod/id/municipality/jena")
    assert thing.headers["Location"] == "/stadt/lod/doc/municipality/jena"
    page = client.get(thing.headers["Location"], headers={"Accept": "text/html"})
    assert page.headers["Content-Location"].startswith("/stadt/lod/doc/municipality/jena.html")
    assert f'<{base}doc/municipality/jena>; rel="canonical"' in page.headers["Link"]
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
    assert len(links) > 20
    assert all(link.startswith("/stadt/lod/") for link in links)
    for link in set(links):
        with client.get(html.unescape(link)) as found:
            assert found.status_code == 200, link
    assert f"{base}sitemap-1.xml" in client.get("/stadt/lod/sitemap.xml").text
    at_the_root = client.get("/doc/municipality/jena", headers={"Accept": "text/html"})
    assert 'href="/doc/municipality"' in at_the_root.text
    assert at_the_root.headers["ETag"] != page.headers["ETag"]
    assert client.get("/stadt/lodge").status_code == 404


EVIL = "Jena</h1><script>alert(\"1\")</script> & 'ß' 100 % + ü: \\u0041 {{ 7*7 }} ]]>"


def test_hostile_words_of_a_record(tmp_path: Path) -> None:
    quoted = EVIL.replace("'", "''")
    record = (
        f"name: {{de: '{quoted}'}}\ntype: topic/kreisfreie-stadt\n"
        'ags: "16053000"\ndistrict: district/jena\nstates: [state/thueringen]\n'
        "homepage: https://example.org/a?b=%22&c='x'\n"
        "sources: [source/article]\n"
    )
    client = served(tmp_path, {"municipality/jena.yaml": record})
    for path in (
        "/doc/municipality/jena",
        "/doc/municipality",
        "/doc/state/thueringen",
        "/doc/district/jena",
        "/doc/source/article",
        "/doc/source/article/mentions",
        "/doc/person/martin-berger",
        "/",
    ):
        text = client.get(path, headers={"Accept": "text/html"}).text
        assert "<script>alert" not in EMBEDDED.sub("", text), path
        assert "&lt;/h1&gt;" in text or path in {"/doc/person/martin-berger", "/"}, path
        assert text.count("<script") == text.count("</script>")
    graphs = []
    for accept, (_, format_) in FORMATS.items():
        if "compacted" not in accept:
            response = client.get("/doc/municipality/jena", headers={"Accept": accept})
            graphs.append({quad.triple for quad in ox.parse(response.data, format=format_)})
    assert all(graph == graphs[0] for graph in graphs)
    assert any(EVIL in str(getattr(triple.object, "value", "")) for triple in graphs[0])


def test_the_query_on_the_home_page_has_an_answer(client: FlaskClient, app: Flask) -> None:
    store = app.config["CURRENT"].edition().store
    for language in ("de", "en"):
        page = client.get(f"/?lang={language}", headers={"Accept": "text/html"}).text
        query = html.unescape(page.partition("lod query '")[2].partition("'</code>")[0])
        assert len(list(store.query(query))) >= 1


def test_the_command_on_the_home_page_is_answered(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept": "text/html"}).text
    path = re.findall(r"https://lod\.example\.org(/id/[a-z/-]+)", page)[0]
    response = client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert response.status_code == 200
    assert list(ox.parse(response.data, format=RdfFormat.TURTLE))


def test_the_sitemap_in_parts(small: Path) -> None:
    app = create_app(small)
    app.config["SITEMAP_SIZE"] = 7
    client = app.test_client()
    base = "https://lod.example.org"
    parts = re.findall(f"<loc>{base}(/sitemap-[0-9]+.xml)</loc>", client.get("/sitemap.xml").text)
    found = [
        address
        for part in parts
        for address in re.findall(f"<loc>{base}([^<]*)</loc>", client.get(part).text)
    ]
    assert len(parts) > 2
    assert len(found) == len(set(found))
    assert all(client.get(address).status_code == 200 for address in found)
    store = app.config["CURRENT"].edition().store
    assert sum(address.count("/") == 3 for address in found) == sum(store.counts.values())
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
