"""Literals and IRIs with ü, ß, %, +, :, quotes and the like are the same in every format."""

from __future__ import annotations

import json
from unicodedata import normalize

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat

from lod.build import build
from lod.web import create_app
from tests.conftest import ROOT
from tests.web.conftest import write

WORDS = [
    "Köln-Süd & Weißenfels",
    "100 % + 5: ja",
    "ein \"Zitat\" und 'noch eins'",
    "„deutsche“ ‚Anführung‘ – und »so«",
    "Rückstrich \\ und \\u00e4 und \\n",
    "<b>fett</b> &amp; ]]> {{ x }}",
    "日本語 🏛️ \u05e2\u05d1",
    "a\u0301 zusammengesetzt",
]
ADDRESSES = [
    "https://example.org/a%20b",
    "https://example.org/stra%C3%9Fe?x=1+2&y=%2B#teil",
    "https://example.org/a:b;c,d'e(f)",
    "https://example.org/%22zitat%22",
    "https://example.org/stra\u00dfe/\u00fc",
]


def address(number: int) -> str:
    """Return an address that no other record has."""
    return ADDRESSES[number % len(ADDRESSES)].replace("org/", f"org/{number}/")


FORMATS = {
    "text/turtle": ("turtle", RdfFormat.TURTLE),
    "application/ld+json": ("json-ld", RdfFormat.JSON_LD),
    "application/n-triples": ("nt", RdfFormat.N_TRIPLES),
    "application/rdf+xml": ("xml", RdfFormat.RDF_XML),
}


@pytest.fixture(scope="module")
def odd_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("odd")
    records = [
        json.dumps(
            {
                "slug": f"odd-{number}",
                "name": {"de": words, "en": words[::-1].strip()},
                "url": address(number),
                "form": "article",
                "language": "de",
            },
            ensure_ascii=False,
        )
        for number, words in enumerate(WORDS)
    ]
    plain = json.dumps(
        {
            "slug": "article",
            "name": {"de": "Artikel"},
            "url": "https://example.org/artikel",
            "form": "article",
            "language": "de",
        }
    )
    changes = {"source.jsonl": "\n".join([plain, *records]) + "\n"}
    build(write(folder / "data", changes), ROOT / "shapes", folder / "releases")
    return create_app(folder / "releases").test_client()


@pytest.mark.parametrize("number", range(len(WORDS)))
@pytest.mark.parametrize("profile", ["full", "schema"])
def test_round_trip(odd_client: FlaskClient, number: int, profile: str) -> None:
    found = []
    for accept, (name, format_) in FORMATS.items():
        path = f"/doc/source/odd-{number}?_profile={profile}"
        data = odd_client.get(path, headers={"Accept": accept}).data
        triples = {quad.triple for quad in ox.parse(data, format=format_)}
        found.append(triples)
        graph = rdflib.Graph().parse(data=data, format=name)
        assert len(graph) == len(triples), accept
        names = {str(o) for o in graph.objects(None, rdflib.SDO.name)}
        assert normalize("NFC", WORDS[number]) in names, accept
        addresses = {str(o) for o in graph.objects(None, rdflib.SDO.url)}
        assert address(number) in addresses, accept
    assert found[0]
    assert all(one == found[0] for one in found[1:])


@pytest.mark.parametrize("slug", ["ü", "%C3%BC", "a+b", "a:b", "%22a%22", "a%2Fb", "a%25b", "ß'"])
@pytest.mark.parametrize("route", ["id", "doc", "linkset"])
def test_odd_slugs_are_nothing(odd_client: FlaskClient, slug: str, route: str) -> None:
    for accept in ("text/html", "text/turtle"):
        response = odd_client.get(f"/{route}/source/{slug}", headers={"Accept": accept})
        assert response.status_code == 404
