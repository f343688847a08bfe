"""Negotiation as a table: header → choice."""

from __future__ import annotations

import pytest

from lod.web.negotiation import choose, choose_language, parse_accept
from lod.web.representations import COMPACTED, DOCUMENT, EXPANDED, PAGE, Representation

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
RDFLIB = "application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1"
JENA = (
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,"
    "application/rdf+xml;q=0.7,*/*;q=0.3"
)

CASES: list[tuple[str | None, str | None]] = [
    # Without wishes: the documented default.
    (None, ".ttl"),
    ("", ".ttl"),
    ("*/*", ".ttl"),
    ("*/*;q=0.1", ".ttl"),
    (" , ,", ".ttl"),
    ("nonsense", ".ttl"),
    ("*/turtle", ".ttl"),
    # By name.
    ("text/html", ".html"),
    ("text/turtle", ".ttl"),
    ("TEXT/Turtle", ".ttl"),
    ("application/x-turtle", ".ttl"),
    ("application/ld+json", ".jsonld"),
    ("application/json", ".jsonld"),
    ("application/n-triples", ".nt"),
    ("application/rdf+xml", ".rdf"),
    ("application/xml", ".rdf"),
    # Real clients.
    (BROWSER, ".html"),
    (RDFLIB, ".rdf"),
    (JENA, ".ttl"),
    ("application/ld+json, */*", ".jsonld"),
    ("application/json, text/plain, */*", ".jsonld"),
    ("text/html, application/xhtml+xml, image/jxr, */*", ".html"),
    # Quality.
    ("text/turtle;q=0.5, application/ld+json", ".jsonld"),
    ("text/turtle; q=0.5 , application/ld+json ;q=0.6", ".jsonld"),
    ("text/html;q=0.9, application/rdf+xml;q=0.9", ".rdf"),
    ("text/turtle;q=0, */*", ".jsonld"),
    ("text/turtle;q=0, application/ld+json;q=0.0, */*;q=0.5", ".nt"),
    ("text/turtle;q=0", None),
    ("*/*;q=0", None),
    ("*/*;q=0, text/html", ".html"),
    ("text/*;q=0, */*", ".jsonld"),
    ("text/turtle;q=1.5", ".ttl"),
    ("text/turtle;q=-1, application/n-triples;q=0.5", ".ttl"),
    ("text/turtle;q=nan, application/n-triples;q=0.5", ".ttl"),
    ("text/turtle;q=, application/n-triples;q=0.5", ".ttl"),
    ("text/turtle;q=0.1, text/turtle;q=0.9, text/html;q=0.5", ".ttl"),
    # Specificity.
    ("text/*", ".ttl"),
    ("text/*;q=0.3, text/html;q=0.7", ".html"),
    ("*/*, text/html;q=0.1", ".ttl"),
    ("text/*, text/turtle;q=0.1", ".html"),
    ("application/*", ".jsonld"),
    ("application/*;q=0.5, */*;q=0.4", ".jsonld"),
    # Parameters.
    ("text/turtle;charset=utf-8", ".ttl"),
    ('text/turtle; charset="UTF-8"', ".ttl"),
    ("text/html;level=1", ".html"),
    ("text/html;level=1;q=0, text/html", ".html"),
    ("application/ld+json;version=1.1", ".jsonld"),
    ('application/signed-exchange;v="b3,q=1", text/html', ".html"),
    # Nothing that there is.
    ("image/png", None),
    ("application/pdf, image/*", None),
    ("text/csv;q=0.9", None),
    # Hostile.
    ("a/b," * 10_000 + "text/html", None),
    ('text/html;x="' + "\\" * 20_000, ".html"),
    (";;;;=,=;q", ".ttl"),
    ("text/html\x00", ".ttl"),
]


def test_the_table_is_whole() -> None:
    assert len(CASES) == 55


@pytest.mark.parametrize(("header", "extension"), CASES)
def test_choice(header: str | None, extension: str | None) -> None:
    chosen = choose(header, DOCUMENT)
    assert (chosen.extension if chosen else None) == extension
    if chosen:
        assert not chosen.profile


PROFILES = [
    (f'application/ld+json;profile="{COMPACTED}"', COMPACTED),
    (f'application/ld+json; Profile="{COMPACTED}"; q=0.7', COMPACTED),
    (f'application/ld+json;profile="{EXPANDED}"', EXPANDED),
    (f"application/ld+json;profile={EXPANDED}", EXPANDED),  # It should be quoted.
    (f'application/json;profile="{EXPANDED}"', EXPANDED),
    (f'application/ld+json;profile="{EXPANDED} http://www.w3.org/ns/json-ld#flattened"', EXPANDED),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#framed"', ""),
    (f'application/ld+json, application/ld+json;profile="{EXPANDED}";q=0.9', ""),
    (f'application/ld+json;q=0.9, application/ld+json;profile="{EXPANDED}"', EXPANDED),
    (f'application/ld+json;profile="{EXPANDED}", */*', EXPANDED),
]


@pytest.mark.parametrize(("header", "profile"), PROFILES)
def test_profile(header: str, profile: str) -> None:
    chosen = choose(header, DOCUMENT)
    assert chosen is not None
    assert chosen.extension == ".jsonld"
    assert chosen.profile == profile


PAGES = [(None, True), ("*/*", True), ("text/*", True), ("text/turtle", False), (BROWSER, True)]


@pytest.mark.parametrize(("header", "found"), PAGES)
def test_pages_without_data(header: str | None, found: bool) -> None:
    assert (choose(header, PAGE) is not None) == found


LANGUAGES = [
    (None, "de"),
    ("", "de"),
    ("*", "de"),
    ("en", "en"),
    ("EN-us", "en"),
    ("de-AT, en;q=0.9", "de"),
    ("fr, en;q=0.5, de;q=0.4", "en"),
    ("fr", "de"),
    ("en;q=0", "de"),
    ("de;q=0, *", "en"),
    ("de;q=0.1, en;q=0.2", "en"),
    ("english", "de"),
    ("e" * 9000 + ", en", "de"),
    ("en;q=x", "en"),
    (";,;", "de"),
]


@pytest.mark.parametrize(("header", "language"), LANGUAGES)
def test_language(header: str | None, language: str) -> None:
    assert choose_language(header, ["de", "en"]) == language


def test_parsing_keeps_quoted_separators() -> None:
    found = parse_accept(r'text/turtle;a="x,\";y";q=0.25')
    assert [one.parameters for one in found] == [{"a": 'x,";y'}]
    assert found[0].quality == 0.25


def test_offers_are_what_documents_say() -> None:
    extensions = [offer.extension for offer in DOCUMENT if not offer.profile]
    assert extensions == [".ttl", ".jsonld", ".nt", ".rdf", ".html"]
    assert all(isinstance(offer, Representation) for offer in DOCUMENT)
