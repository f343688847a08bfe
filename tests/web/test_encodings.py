"""Packed answers: the right coding, an entity tag each, and the same bytes inside."""

from __future__ import annotations

import gzip
import re

import brotli
import pytest
from flask.testing import FlaskClient

from lod.web.encodings import acceptable
from tests.web.conftest import undated

HEADERS = [
    (None, [""]),
    ("", [""]),
    ("gzip", ["gzip", ""]),
    ("x-gzip", ["gzip", ""]),
    ("GZIP", ["gzip", ""]),
    ("gzip, deflate, br, zstd", ["br", "gzip", ""]),
    ("gzip;q=1.0, br;q=0.5", ["gzip", "br", ""]),
    ("br;q=0, gzip", ["gzip", ""]),
    ("*", ["br", "gzip", ""]),
    ("*;q=0", [""]),
    ("gzip;q=0.5, identity", [""]),
    ("identity", [""]),
    ("br, *;q=0", ["br", ""]),
    ("deflate", [""]),
    ("x," * 10_000 + "gzip", [""]),
]
PATHS = ["/doc/municipality/jena", "/doc/municipality", "/catalog", "/", "/sitemap-1.xml"]
OPEN = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}


@pytest.mark.parametrize(("header", "codings"), HEADERS, ids=lambda value: str(value)[:30])
def test_codings(header: str | None, codings: list[str]) -> None:
    assert acceptable(header) == codings


@pytest.mark.parametrize("path", [*PATHS, "/linkset/municipality", "/shapes/municipality.ttl"])
def test_packed_answers_are_the_plain_ones(client: FlaskClient, path: str) -> None:
    tags, plain = set(), client.get(path).data
    for coding in ("", "gzip", "br"):
        response = client.get(path, headers={"Accept-Encoding": coding})
        assert response.headers.get("Content-Encoding", "") == coding
        assert "Accept-Encoding" in response.headers["Vary"]
        assert OPEN[coding](response.data) == plain
        assert int(response.headers["Content-Length"]) == len(response.data)
        assert not response.headers["ETag"].startswith("W/")
        tags.add(response.headers["ETag"])
        asked = {"Accept-Encoding": coding, "If-None-Match": response.headers["ETag"]}
        again = client.get(path, headers=asked)
        assert again.status_code == 304
        assert again.data == b""
        assert again.headers["ETag"] == response.headers["ETag"]
        assert "Accept-Encoding" in again.headers["Vary"]
        head = client.head(path, headers={"Accept-Encoding": coding})
        assert undated(head) == undated(response)
    assert len(tags) == 3


def test_the_design_is_packed_too(client: FlaskClient) -> None:
    page = client.get("/sparql", headers={"Accept": "text/html"}).text
    (style,) = re.findall(r'href="(/static/style\.css\?v=[0-9a-f]+)"', page)
    for path, kind in ((style, "text/css"), ("/static/vendor/yasqe.js", "text/javascript")):
        response = client.get(path, headers={"Accept-Encoding": "br"})
        assert response.content_type == f"{kind}; charset=utf-8"
        assert response.headers["Content-Encoding"] == "br"
        assert ("immutable" in response.headers["Cache-Control"]) == ("?v=" in path)
    for path in ("/static/", "/static/vendor", "/static/../app.py", "/static/%2e%2e/app.py"):
        assert client.get(path).status_code == 404


def test_a_tag_is_good_for_its_own_coding_alone(client: FlaskClient) -> None:
    packed = client.get(PATHS[0], headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    for coding, status in (("", 200), ("br", 200), ("br, gzip", 304)):
        asked = {"Accept-Encoding": coding, "If-None-Match": packed}
        assert client.get(PATHS[0], headers=asked).status_code == status
    asked = {"Accept-Encoding": "gzip", "If-Match": packed}
    assert client.get(PATHS[0], headers=asked).status_code == 200


def test_small_answers_and_dumps_are_plain(small_client: FlaskClient) -> None:
    for path in ("/robots.txt", "/dumps/latest/all.ttl", "/dumps/latest/all.ttl.gz"):
        with small_client.get(path, headers={"Accept-Encoding": "br, gzip"}) as response:
            assert response.status_code == 200
            assert "Content-Encoding" not in response.headers
    with small_client.get("/dumps/latest/all.ttl", headers={"Accept-Encoding": "br"}) as dump:
        assert "Accept-Encoding" not in dump.headers.get("Vary", "")


def test_answers_are_packed_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/doc/state/hessen", headers={"Accept-Encoding": "br"}).data

    def fail(content: bytes, coding: str) -> bytes:
        raise AssertionError("packed twice")

    monkeypatch.setattr("lod.web.encodings.packed", fail)
    assert client.get("/doc/state/hessen", headers={"Accept-Encoding": "br"}).data == first
