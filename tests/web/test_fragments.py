"""Triple pattern fragments: what matches, how many, page by page, and the ways on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple
from werkzeug.test import TestResponse

from lod.build import Built, build
from lod.release import current
from lod.store import Store
from lod.vocab import FOAF, HYDRA, RDF, SCHEMA, VOID
from lod.web import create_app
from lod.web.patterns import NoTermError, Pattern
from tests.conftest import PUBLICATION, ROOT
from tests.web.conftest import write

BASE = "https://lod.example.org/"
JENA = f"{BASE}id/municipality/jena"
DATASET = NamedNode(f"{BASE}catalog#all")
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}


def path(**terms: object) -> str:
    return f"/fragments?{urlencode(terms)}" if terms else "/fragments"


def fetched(client: FlaskClient, address: str, **headers: str) -> tuple[set[Quad], set[Quad]]:
    """Return the data of a fragment, and what is said about them."""
    response = client.get(address, headers={"Accept": "application/n-quads", **headers})
    assert response.status_code == 200, response.text
    quads = set(ox.parse(response.data, RdfFormat.N_QUADS))
    data = {quad for quad in quads if quad.graph_name == ox.DefaultGraph()}
    return data, quads - data


def values(quads: set[Quad], predicate: NamedNode) -> set[str]:
    return {quad.object.value for quad in quads if quad.predicate == predicate}  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def engine(real: tuple[Path, Built]) -> ox.Store:
    return ox.Store.read_only(str(real[1].release.path / "store"))


def matching(engine: ox.Store, terms: dict[str, str]) -> set[Triple]:
    """Return what matches, as the engine finds it without a query."""
    wanted: Any = (None if isinstance(term, ox.Variable) else term for term in Pattern.read(terms))
    subject, predicate, object_ = wanted
    return {quad.triple for quad in engine.quads_for_pattern(subject, predicate, object_, None)}


# What is asked for


@pytest.mark.parametrize(
    ("words", "term"),
    [
        (JENA, NamedNode(JENA)),
        (f"<{JENA}>", NamedNode(JENA)),
        ('"Jena"', Literal("Jena")),
        ('"Köln"@de', Literal("Köln", language="de")),
        ('"5"^^http://www.w3.org/2001/XMLSchema#integer', Literal(5)),
        ('"5"^^<http://www.w3.org/2001/XMLSchema#integer>', Literal(5)),
        ('"says "hello"@en"@de', Literal('says "hello"@en', language="de")),
        ('"a\\nb\n"', Literal("a\\nb\n")),
        ('""', Literal("")),
    ],
)
def test_terms(words: str, term: NamedNode | Literal) -> None:
    assert Pattern.read({"object": words}).object == term


@pytest.mark.parametrize("words", ["x", '"x', '"x"@', '"x"^^y', "<a b>", "_:b", "?", "?a b", "<>"])
def test_what_is_no_term_is_refused(client: FlaskClient, words: str) -> None:
    with pytest.raises(NoTermError, match=r"^object$"):
        Pattern.read({"object": words})
    response = client.get(path(object=words), headers={"Accept": "application/n-quads"})
    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert response.json["parameter"] == "object"  # type: ignore[index]


def test_a_pattern_cant_break_out_of_the_query(client: FlaskClient) -> None:
    for words in ('"} # "', '"\\" } #"', f"<{BASE}> }} #>", "?x } #", '"x"@de } #'):
        response = client.get(path(object=words))
        assert response.status_code in (200, 400), words
        assert "void:triples 0 " in response.text or response.status_code == 400


# What matches


@pytest.mark.parametrize(
    "terms",
    [
        {"subject": JENA},
        {"predicate": SCHEMA.founder.value},
        {"object": '"Jena"@de'},
        {"object": '"2126846"^^http://www.w3.org/2001/XMLSchema#integer'},
        {"subject": JENA, "predicate": RDF.type.value},
        {"predicate": RDF.type.value, "object": SCHEMA.State.value},
        {"subject": JENA, "object": SCHEMA.City.value},
        {"subject": JENA, "predicate": RDF.type.value, "object": SCHEMA.City.value},
        {"subject": "?s", "predicate": SCHEMA.founder.value, "object": ""},
        {"subject": f"{BASE}catalog", "predicate": RDF.type.value},
        {"subject": f"{BASE}ns#population"},
    ],
    ids=str,
)
def test_a_fragment_has_what_matches(
    client: FlaskClient, engine: ox.Store, terms: dict[str, str]
) -> None:
    data, about = fetched(client, path(**terms))
    assert {quad.triple for quad in data} == matching(engine, terms)
    assert 0 < len(data) <= 100
    assert values(about, VOID.triples) == values(about, HYDRA.totalItems) == {str(len(data))}


@pytest.mark.parametrize(
    "terms",
    [
        {"subject": f"{BASE}id/municipality/nowhere"},
        {"subject": '"Jena"'},
        {"predicate": '"Jena"@de'},
        {"object": '"0110731"^^http://www.w3.org/2001/XMLSchema#integer'},
        {"subject": "?x", "predicate": "?x"},
    ],
    ids=str,
)
def test_what_nothing_matches_is_an_empty_page(client: FlaskClient, terms: dict[str, str]) -> None:
    data, about = fetched(client, path(**terms))
    assert not data
    assert values(about, VOID.triples) == {"0"}
    assert not values(about, HYDRA.next)
    page = client.get(path(**terms), headers={"Accept": "text/html", "Accept-Language": "en"})
    assert "No statement matches." in page.text
    assert client.get(path(**terms, page=2)).status_code == 404


def test_a_variable_that_stands_twice_is_one(small_client: FlaskClient) -> None:
    everything, _ = fetched(small_client, "/fragments")
    same, about = fetched(small_client, path(subject="?x", object="?x"))
    assert all(quad.subject == quad.object for quad in same)
    assert values(about, VOID.triples) == {str(len(same))}
    other, _ = fetched(small_client, path(subject="?x", object="?y"))
    assert other == everything


@pytest.mark.parametrize("terms", [{}, {"predicate": RDF.type.value}], ids=str)
def test_counts_are_exact(client: FlaskClient, engine: ox.Store, terms: dict[str, str]) -> None:
    _, about = fetched(client, path(**terms))
    assert values(about, VOID.triples) == {str(len(matching(engine, terms)))}


# Pages


def test_the_pages_have_everything_once_and_end(small_client: FlaskClient, small: Path) -> None:
    address, seen, pages = "http://localhost/fragments", list[Quad](), list[str]()
    while address not in pages:
        pages.append(address)
        data, about = fetched(small_client, address.removeprefix("http://localhost"))
        seen += data
        assert values(about, HYDRA.first) == {pages[0]}
        assert values(about, HYDRA.previous) == set(pages[-2:-1])
        assert values(about, HYDRA.itemsPerPage) == {"100"}
        following = values(about, HYDRA.next)
        if not following:
            break
        (address,) = following
    triples = [quad.triple for quad in seen]
    everything = Store(current(small)).query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(everything, ox.QueryTriples)
    assert len(pages) > 5
    assert len(triples) == len(set(triples))
    assert set(triples) == set(everything)
    assert small_client.get(f"/fragments?page={len(pages) + 1}").status_code == 404
    assert small_client.get("/fragments?page=0").status_code == 400


def test_the_order_of_pages_is_that_of_the_data(tmp_path: Path, small: Path) -> None:
    """Another store of the same records, loaded anew, has the same pages."""
    build(write(tmp_path / "data"), ROOT / "shapes", tmp_path / "releases")
    one, other = (create_app(releases).test_client() for releases in (small, tmp_path / "releases"))
    for number in (1, 2, 5):
        for terms in ({}, {"predicate": RDF.type.value}):
            asked = path(**terms, page=number)
            answers = [client.get(asked) for client in (one, other, one)]
            assert len({answer.data for answer in answers}) == 1


# The address


@pytest.mark.parametrize(
    "query",
    [
        "",
        "predicate=https://schema.org/name",
        "predicate=https%3A%2F%2Fschema.org%2Fname",
        "predicate=https%3a%2f%2fschema.org%2fname&x=y&&",
        "subject=&predicate=&object=%22Jena%22@de",
        "object=%22K%C3%B6ln%22%40de",
        "predicate=https://schema.org/name&page=2",
        "page=2&predicate=https://schema.org/name",
        "object=%22a+b%22&page=1",
    ],
)
def test_the_iri_is_what_was_asked_for_to_the_byte(client: FlaskClient, query: str) -> None:
    for where in ("/fragments", "/fragments/", "/fragments.nq"):
        asked = f"{where}?{query}" if query else where
        _, about = fetched(client, asked)
        here = NamedNode(f"http://localhost{asked}")
        metadata = NamedNode(f"{here.value}#metadata")
        assert {quad.graph_name for quad in about} == {metadata}
        assert Quad(metadata, FOAF.primaryTopic, DATASET, metadata) in about
        assert Quad(DATASET, VOID.subset, here, metadata) in about
        assert {quad.subject for quad in about if quad.predicate == HYDRA.itemsPerPage} == {here}


@pytest.mark.parametrize("query", ['object="Jena"@de', "object=%zz", "x={}|^`<>\\", "x=%"])
def test_what_no_iri_can_hold_is_encoded(client: FlaskClient, query: str) -> None:
    environ = {"QUERY_STRING": query, "PATH_INFO": "/fragments", "HTTP_HOST": "localhost"}
    response = client.open(environ_overrides=environ, headers={"Accept": "application/n-quads"})
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert list(ox.parse(response.data, RdfFormat.N_QUADS))


@pytest.mark.parametrize(
    ("headers", "base"),
    [
        ({"Host": "127.0.0.1:8000"}, "http://127.0.0.1:8000/"),
        ({"Host": "[::1]:8000"}, "http://[::1]:8000/"),
        ({"Host": "lod.example.org"}, BASE),
        ({"Host": "inner:8000", "X-Forwarded-Host": "evil.example"}, BASE),
        ({"Host": "inner:8000", "X-Forwarded-For": "192.0.2.1"}, BASE),
        ({"Host": "inner:8000", "X-Forwarded-Proto": "https"}, BASE),
        ({"Host": "inner:8000", "Forwarded": "for=192.0.2.1"}, BASE),
        ({"Host": "a/b"}, BASE),
        ({"Host": "a> <b"}, BASE),
    ],
    ids=str,
)
def test_the_address_is_the_one_that_the_client_knows(
    client: FlaskClient, headers: dict[str, str], base: str
) -> None:
    query = "subject=https%3A%2F%2Fexample.org%2F"
    data, about = fetched(client, f"/fragments?{query}", **headers)
    assert not data
    assert values(about, VOID.subset) == {f"{base}fragments?{query}"}
    assert values(about, HYDRA.template) == {f"{base}fragments{{?subject,predicate,object}}"}
    assert "evil" not in repr(about)


def test_a_publication_under_a_path(tmp_path: Path) -> None:
    publication = PUBLICATION.replace(BASE, "https://example.org/lod/")
    data = write(tmp_path / "data", {"publication.yaml": publication})
    build(data, ROOT / "shapes", tmp_path / "releases")
    client = create_app(tmp_path / "releases").test_client()
    for asked, host, iri in (
        ("/lod/fragments", "example.org", "https://example.org/lod/fragments"),
        ("/lod/fragments", "localhost:8000", "http://localhost:8000/lod/fragments"),
        ("/fragments", "localhost:8000", "http://localhost:8000/fragments"),
        ("/lod/fragments.nq?page=2", "example.org", "https://example.org/lod/fragments.nq?page=2"),
    ):
        _, about = fetched(client, asked, Host=host)
        assert iri in values(about, VOID.subset)
        form = iri.partition("?")[0].removesuffix(".nq")
        assert values(about, HYDRA.template) == {f"{form}{{?subject,predicate,object}}"}


# The form, the formats, the page


def test_the_form(client: FlaskClient) -> None:
    _, about = fetched(client, path(subject=JENA))
    form = NamedNode("http://localhost/fragments#pattern")
    said = {(quad.subject, quad.predicate, quad.object) for quad in about}
    assert (DATASET, HYDRA.search, form) in said
    assert (form, HYDRA.variableRepresentation, HYDRA.ExplicitRepresentation) in said
    fields = [object_ for subject, predicate, object_ in said if predicate == HYDRA.mapping]
    mapped = {
        (variable.value, property_.value)  # type: ignore[union-attr]
        for field in fields
        for subject, predicate, variable in said
        if (subject, predicate) == (field, HYDRA.variable)
        for other, again, property_ in said
        if (other, again) == (field, HYDRA.property)
    }
    assert mapped == {(name, RDF[name].value) for name in ("subject", "predicate", "object")}


def test_every_format_says_the_same(client: FlaskClient) -> None:
    asked = path(predicate=SCHEMA.founder.value)
    data, about = fetched(client, asked)
    both = {quad.triple for quad in data | about}
    for media, format_ in FORMATS.items():
        response = client.get(asked, headers={"Accept": media})
        assert response.content_type.partition(";")[0] == media
        quads = set(ox.parse(response.data, format_))
        assert {quad.triple for quad in quads} == both
        if media in ("application/trig", "application/n-quads"):
            assert quads == data | about


def test_addresses_by_extension(client: FlaskClient) -> None:
    for extension in ("ttl", "jsonld", "nt", "rdf", "trig", "nq", "html"):
        assert client.get(f"/fragments.{extension}?subject={quote(JENA)}").status_code == 200
    for extension in ("", "csv", "json"):
        assert client.get(f"/fragments.{extension}").status_code == 404
    refused = client.get("/fragments", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "application/n-quads: /fragments.nq" in refused.text


def cached(client: FlaskClient, **headers: str) -> TestResponse:
    return client.get(path(subject=JENA), headers={"Accept": "application/n-quads", **headers})


def test_caching(client: FlaskClient) -> None:
    first = cached(client)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert cached(client, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    elsewhere = cached(client, Host="other.example")
    assert elsewhere.headers["ETag"] != first.headers["ETag"], "another address, another content"
    packed = cached(client, **{"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert packed.headers["ETag"] != first.headers["ETag"]


def test_headers_stay_short(client: FlaskClient) -> None:
    response = client.get(path(object=f'"{"x" * 3000}"'))
    assert response.status_code == 200
    assert len(response.headers["Link"]) < 4000
    short = client.get(path(predicate=SCHEMA.name.value, page=2)).headers["Link"]
    assert set(re.findall(r'rel="(first|prev|next)"', short)) == {"first", "prev", "next"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page(client: FlaskClient, language: str) -> None:
    asked = path(predicate=SCHEMA.name.value, object='"Köln"@de', lang=language)
    page = client.get(asked, headers={"Accept": "text/html"}).text
    assert f'<html lang="{language}">' in page
    assert '<input id="object" name="object" type="search" value="&#34;Köln&#34;@de"' in page
    assert f'href="/id/municipality/koeln?lang={language}"' in page
    assert '<td lang="de"><span>Köln</span></td>' in page
    assert f'<option value="{SCHEMA.name.value}">' in page
    assert 'href="/fragments.trig?' in page


def test_it_is_found(client: FlaskClient) -> None:
    void = set(ox.parse(client.get("/.well-known/void").data, RdfFormat.TURTLE))
    assert values(void, HYDRA.template) == {f"{BASE}fragments{{?subject,predicate,object}}"}
    catalog = client.get("/catalog.ttl").text
    assert "catalog#service-fragments" in catalog
    assert 'href="/fragments"' in client.get("/", headers={"Accept": "text/html"}).text
