"""Lists in pages: a program that follows the links sees everything once, and comes to an end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from flask.testing import FlaskClient
from httplink import parse_link_header
from rdflib.compare import isomorphic

from lod.build import Built
from lod.web import create_app

HYDRA = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
BASE = "https://lod.example.org"
INNER = "inner.example:8080"
FORMATS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}
LISTS = [
    ("/doc/municipality", 10_000, 100),
    ("/doc/municipality?q=st%C3%A4dt", 5, 100),
    ("/doc/state", 16, 100),
    ("/doc/state/bayern/mentions", 2000, 100),
    ("/doc/state/bayern/mentions?by=schema%3AcontainedInPlace&kind=municipality", 2000, 100),
    ("/catalog", 10, 5),
]


@pytest.fixture(scope="module")
def paged(real: tuple[Path, Built]) -> FlaskClient:
    """Return a client of the real release, with a catalog of small pages."""
    app = create_app(real[0])
    app.config["CATALOG_SIZE"] = 5
    return app.test_client()


def fetched(client: FlaskClient, path: str, media: str = "application/n-triples") -> rdflib.Graph:
    headers = {"Accept": media, "Host": INNER, "X-Forwarded-Host": INNER}
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    assert INNER not in response.text
    assert INNER not in str(response.headers)
    return rdflib.Graph().parse(data=response.data, format=FORMATS[media])


def pages(client: FlaskClient, path: str) -> Iterator[tuple[str, rdflib.Graph]]:
    """Yield the pages of a list as a harvester finds them, which remembers where it was."""
    seen: set[str] = set()
    while path not in seen:
        seen.add(path)
        graph = fetched(client, path)
        yield path, graph
        (view,) = set(graph.subjects(rdflib.RDF.type, HYDRA.PartialCollectionView))
        following = graph.value(view, HYDRA.next)
        if following is None:
            return
        assert str(following).startswith(BASE)
        path = str(following).removeprefix(BASE)
    raise AssertionError("the pages go round in a circle")


@pytest.mark.parametrize(("path", "least", "size"), LISTS, ids=[one[0] for one in LISTS])
def test_a_harvester_sees_everything_and_comes_to_an_end(
    paged: FlaskClient, path: str, least: int, size: int
) -> None:
    members: set[rdflib.term.Node] = set()
    totals, wholes = set(), set()
    for number, (where, graph) in enumerate(pages(paged, path)):
        (whole,) = set(graph.subjects(rdflib.RDF.type, HYDRA.Collection))
        here = set(graph.objects(whole, HYDRA.member))
        assert 0 < len(here) <= size
        if "mentions" not in path:
            assert not here & members, where
        members |= here
        wholes.add(str(whole))
        totals |= {int(str(total)) for total in graph.objects(whole, HYDRA.totalItems)}
        (view,) = set(graph.objects(whole, HYDRA.view))
        assert view != whole
        assert graph.value(view, HYDRA.first) is not None
        assert graph.value(view, HYDRA.last) is not None
        assert (graph.value(view, HYDRA.previous) is None) == (number == 0)
        again = fetched(paged, str(view).removeprefix(BASE))
        assert isomorphic(again, graph)
    assert totals == {len(members)}
    assert wholes == {BASE + path}
    assert len(members) >= least


@pytest.mark.parametrize("path", [one[0] for one in LISTS])
def test_link_headers_lead_the_same_way(paged: FlaskClient, path: str) -> None:
    for media in (*FORMATS, "text/html"):
        response = paged.get(path, headers={"Accept": media, "Host": INNER})
        found = {
            relation: link.target
            for link in parse_link_header(response.headers["Link"]).links
            for relation in link.rel
            if relation in ("first", "next", "prev", "last")
        }
        assert "prev" not in found
        assert {"first", "last"} <= found.keys()
        last = paged.get(found["last"], headers={"Accept": media})
        assert last.status_code == 200
        assert 'rel="next"' not in last.headers["Link"]
        if "next" in found:
            following = paged.get(found["next"], headers={"Accept": media})
            assert following.content_type == response.content_type
            assert 'rel="prev"' in following.headers["Link"]
            beyond = found["last"].partition("page=")[0] + "page=1000"
            assert paged.get(beyond, headers={"Accept": media}).status_code == 404


def test_every_format_has_the_controls(paged: FlaskClient) -> None:
    for path in ("/doc/municipality?page=3", "/catalog?page=2", "/doc/state/bayern/mentions"):
        graphs = [fetched(paged, path, media) for media in FORMATS]
        assert all(isomorphic(graph, graphs[0]) for graph in graphs[1:])


def test_the_pages_of_the_catalog_are_the_catalog(paged: FlaskClient, client: FlaskClient) -> None:
    union = rdflib.Graph()
    for _, graph in pages(paged, "/catalog"):
        datasets = set(graph.objects(rdflib.URIRef(f"{BASE}/catalog"), rdflib.DCAT.dataset))
        assert datasets == set(graph.objects(None, HYDRA.member))
        for dataset in datasets:
            assert (dataset, rdflib.DCTERMS.title, None) in graph
            assert (dataset, rdflib.DCTERMS.publisher, None) in graph
        union += graph
    for node in (*union.subjects(rdflib.RDF.type, HYDRA.PartialCollectionView),):
        union.remove((node, None, None))
    stated = {
        t
        for t in union
        if not str(t[1]).startswith(str(HYDRA)) and not str(t[2]).startswith(str(HYDRA))
    }
    whole = fetched(client, "/catalog")
    assert stated == set(whole)
    assert not list(whole.subjects(rdflib.RDF.type, HYDRA.Collection))
    assert client.get("/catalog?page=2").status_code == 404
    assert client.get("/catalog?page=x").status_code == 400
    view = fetched(paged, "/catalog?_profile=dcatap&page=2")
    assert list(view.subjects(rdflib.RDF.type, HYDRA.PartialCollectionView))


@pytest.mark.parametrize("words", ["ü", "ß", "%", "+", ":", '"', "'", "a&b", "<i>", "é/#?", "日本"])
def test_words_survive_the_round_trip(client: FlaskClient, words: str) -> None:
    path = f"/doc/municipality?q={quote(words, safe='')}"
    for media, name in FORMATS.items():
        response = client.get(path, headers={"Accept": media})
        assert response.status_code == 200
        graph = rdflib.Graph().parse(data=response.data, format=name)
        (whole,) = set(graph.subjects(rdflib.RDF.type, HYDRA.Collection))
        assert str(whole) == f"{BASE}{path}"
        again = client.get(response.headers["Content-Location"], headers={"Accept": media})
        assert again.data == response.data
        canonical = next(
            link.target
            for link in parse_link_header(response.headers["Link"]).links
            if "canonical" in link.rel
        )
        assert client.get(canonical.removeprefix(BASE), headers={"Accept": media}).data == (
            response.data
        )


def test_the_filter_is_described(client: FlaskClient) -> None:
    graph = fetched(client, "/doc/municipality")
    form = graph.value(rdflib.URIRef(f"{BASE}/doc/municipality"), HYDRA.search)
    assert (
        str(graph.value(form, HYDRA.template))
        == f"{BASE}/doc/municipality{{?q,state*,size*,type*,programme*,cohort*}}"
    )
    about = {
        str(graph.value(one, HYDRA.variable)): str(graph.value(one, HYDRA.property))
        for one in graph.objects(form, HYDRA.mapping)
    }
    assert about["q"] == "https://schema.org/name"
    assert about["cohort"] == f"{BASE}/ns#fundedUnder"
    assert set(about) == {"q", "state", "size", "type", "programme", "cohort"}
