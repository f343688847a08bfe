"""``/glossary``: the words of the field, explained; as a page and as SKOS concepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from flask import Response
from markupsafe import Markup
from pyoxigraph import Literal, NamedNode, Triple

from lod.formats import ordered
from lod.records.publication import GlossaryTerm
from lod.vocab import DCTERMS, FOAF, RDF, SKOS
from lod.web.edition import Edition
from lod.web.foreign import host
from lod.web.labels import Labels
from lod.web.respond import Document, Page, author, extension_of, respond
from lod.web.scribe import Scribe, Value, in_order
from lod.web.visit import edition, reader
from lod.web.wording import Text, pick

PATH = "glossary"
_OURS = Path(__file__).parent / "glossary.yaml"


class Entry(NamedTuple):
    """A term as the page shows it.

    Attributes:
        slug: names it in addresses.
        name: what it is called.
        also: other names.
        definition: what it means.
        source: where that stands; empty where nobody else says so.
        host: of the source.
        record: the entry of this publication that is meant; None where there is none.
    """

    slug: str
    name: Value
    also: list[Text]
    definition: Text
    source: str
    host: str
    record: Value | None


def glossary(extension: str = "") -> Response:
    """Answer with the terms."""
    return respond(
        Document(
            PATH,
            lambda: ordered(_graph(edition())),
            lambda: Page("glossary.html", {"entries": _entries()}),
            extension_of(extension),
        )
    )


@cache
def ours() -> Mapping[str, GlossaryTerm]:
    """Return the terms that each publication explains, by their slugs."""
    found = yaml.safe_load(_OURS.read_text(encoding="utf-8"))
    return {term.slug: term for term in map(GlossaryTerm.model_validate, found)}


def terms(served: Edition) -> dict[str, GlossaryTerm]:
    """Return all terms by their slugs; the publication's own take the place of ours."""
    return {**ours(), **{term.slug: term for term in served.store.publication.glossary}}


class Links:
    """Leads from the words of a page to their explanation: each at its first use.

    Args:
        terms: those that are explained.
    """

    def __init__(self, terms: Mapping[str, GlossaryTerm]) -> None:
        self._terms = terms
        self._properties = {one: term.slug for term in terms.values() for one in term.properties}
        self._used: set[str] = set()

    def term(self, slug: str, words: str = "") -> Markup:
        """Return words with a link to the term that they stand for.

        Args:
            slug: of the term; without one of that name, the words stay words.
            words: as they stand on the page; the term's name where they are left out.
        """
        found = self._terms.get(slug)
        name = pick(found.name, reader().language) if found and not words else None
        shown = words or (name.words if name else slug)
        if found is None or slug in self._used:
            return Markup("{}").format(shown)
        self._used.add(slug)
        return Markup('<a class="term" href="{}">{}</a>').format(
            reader().page(f"{PATH}#{slug}"), shown
        )

    def property(self, term: str, label: str) -> Markup:
        """Return the label of a property, with a link where a term explains it.

        Args:
            term: the property's short IRI.
            label: what it is called.
        """
        return self.term(self._properties.get(term, ""), label)


def _entries() -> list[Entry]:
    store = edition().store
    scribe = Scribe(store, Labels(store.style), reader())
    found = terms(edition()).values()
    scribe.learn(store.space.thing(term.record) for term in found if term.record)
    return sorted((_entry(scribe, term) for term in found), key=lambda one: in_order(one.name))


def _entry(scribe: Scribe, term: GlossaryTerm) -> Entry:
    return Entry(
        term.slug,
        Value(_words(term.name)),
        [_words(words) for words in term.also],
        _words(term.definition),
        term.source or "",
        host(term.source or ""),
        scribe.resource(term.record) if term.record else None,
    )


def _words(texts: Mapping[str, str]) -> Text:
    return pick(texts, reader().language) or Text("")


def _graph(served: Edition) -> Iterator[Triple]:
    """Yield the terms as the concepts of a scheme.

    Spec: https://www.w3.org/TR/skos-reference/
    """
    scheme = NamedNode(f"{served.base}{PATH}")
    yield Triple(scheme, RDF.type, SKOS.ConceptScheme)
    yield Triple(scheme, DCTERMS.title, Literal("Glossar", language="de"))
    yield Triple(scheme, DCTERMS.title, Literal("Glossary", language="en"))
    yield Triple(scheme, DCTERMS.publisher, NamedNode(author(served.base)))
    for term in terms(served).values():
        yield from _concept(served, scheme, term)


def _concept(served: Edition, scheme: NamedNode, term: GlossaryTerm) -> Iterator[Triple]:
    node = NamedNode(f"{scheme.value}#{term.slug}")
    yield Triple(node, RDF.type, SKOS.Concept)
    yield Triple(node, SKOS.inScheme, scheme)
    yield Triple(node, SKOS.topConceptOf, scheme)
    yield Triple(scheme, SKOS.hasTopConcept, node)
    for predicate, texts in (
        (SKOS.prefLabel, term.name),
        *((SKOS.altLabel, words) for words in term.also),
        (SKOS.definition, term.definition),
    ):
        for language, words in texts.items():
            yield Triple(node, predicate, Literal(words, language=language or None))
    if term.source:
        yield Triple(node, DCTERMS.source, NamedNode(term.source))
    if term.record:
        yield Triple(node, FOAF.focus, served.store.space.thing(term.record))
