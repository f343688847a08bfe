"""The page about a resource: everything the template shows, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup
from pyoxigraph import Literal, NamedNode, Triple

from lod.vocab import OWL, PROV, RDF, SCHEMA, SKOS
from lod.web import mentions, people
from lod.web.cite import citation
from lod.web.edition import Edition
from lod.web.facts import DESCRIPTIONS, NAMES, Fact, facts, keys
from lod.web.labels import Labels
from lod.web.parts import Table, tables
from lod.web.portraits import Scope, Section, portrait
from lod.web.schema_org import schema_org
from lod.web.scribe import About, Scribe, Value, by_subject, kind_name, kind_of
from lod.web.sources import Citation, citations
from lod.web.visit import Reader
from lod.web.wording import Text, pick_all


@dataclass(frozen=True)
class EntityPage:
    """What the page about a resource shows.

    Attributes:
        reference: ``<kind>/<slug>``.
        iri: the resource's IRI.
        name: the heading.
        description: some sentences, or None.
        notes: remarks.
        facts: properties and values.
        tables: of the memberships that name it, and of its parts.
        portrait: what pages of its kind begin with.
        mentions: what names it and isn't in its portrait.
        sources: as they are cited.
        own_sources: the numbers of those that the resource itself rests on.
        keys: its official keys.
        same: its IRIs elsewhere.
        classes: short IRIs of its classes.
        citation: how the page is cited, in words.
        embedded: the schema.org part as JSON-LD.
    """

    reference: str
    iri: str
    kind: str
    kind_name: str
    kind_plural: str
    name: Text
    description: Text | None
    notes: list[Text]
    facts: list[Fact]
    tables: list[Table]
    portrait: list[Section]
    mentions: list[mentions.Shown]
    sources: list[Citation]
    own_sources: list[int]
    keys: list[Fact]
    same: list[Value]
    classes: list[str]
    citation: str
    embedded: Markup


def entity_page(
    edition: Edition, labels: Labels, reader: Reader, reference: str, triples: list[Triple]
) -> EntityPage:
    """Return the page about a resource.

    Args:
        edition: what is served.
        labels: of the properties.
        reader: who reads.
        reference: ``<kind>/<slug>``.
        triples: the resource's description, in canonical order.
    """
    store = edition.store
    whole = store.space.thing(reference)
    everything: dict[NamedNode, About] = {**by_subject(triples)}
    about = everything[whole]
    named_by = mentions.mentioned(edition, reference)
    memberships = people.memberships(store, named_by.roles)
    scribe = Scribe(store, labels, reader, reference)
    scribe.learn(_nodes(scribe, triples, memberships, named_by))
    scope = Scope(edition, scribe, reference, everything, named_by, memberships)
    language = reader.language
    own_sources = scribe.cite(about, PROV.wasDerivedFrom)
    found = tables(scribe, whole, everything)
    roles = people.roles(scribe, reference, memberships)
    sections = portrait(scope)
    drawn = {section.name for section in sections}
    name = pick_all(_literals(about, NAMES[:1]) or _literals(about, NAMES), language)
    description = pick_all(_literals(about, DESCRIPTIONS[:2]), language)
    return EntityPage(
        reference=reference,
        iri=whole.value,
        kind=kind_of(reference),
        kind_name=kind_name(kind_of(reference), language),
        kind_plural=kind_name(kind_of(reference), language, plural=True),
        name=name[0] if name else scribe.name(reference),
        description=description[0] if description else None,
        notes=pick_all(_literals(about, (SKOS.note,)), language),
        facts=[*facts(scribe, about, everything), *_administration(scribe, about, everything)],
        # A portrait may tell of parts in another way: of phases by a timeline.
        tables=[table for table in [roles, *found] if table.rows and table.name not in drawn],
        portrait=sections,
        mentions=mentions.shown(scribe, reference, scope.untold),
        own_sources=own_sources,
        sources=citations(scribe),
        keys=keys(scribe, about),
        same=[scribe.value(n) for p in (OWL.sameAs, SKOS.exactMatch) for n in about.get(p, ())],
        classes=[labels.curie(n) for n in about.get(RDF.type, ()) if isinstance(n, NamedNode)],
        citation=citation(scribe, reference).text,
        embedded=schema_org(triples),
    )


def _nodes(
    scribe: Scribe,
    triples: list[Triple],
    memberships: dict[str, About],
    named_by: mentions.Mentioned,
) -> Iterator[NamedNode | Literal]:
    """Yield every term whose name the page may need."""
    yield from (t.object for t in triples if isinstance(t.object, NamedNode))
    yield from (t.subject for t in triples if isinstance(t.subject, NamedNode))
    for about in memberships.values():
        for objects in about.values():
            yield from objects
    yield from map(scribe.space.thing, (*named_by.first, *memberships))


def _administration(
    scribe: Scribe, about: About, everything: dict[NamedNode, About]
) -> Iterator[Fact]:
    term = scribe.space.term("administration")
    for node in about.get(term, ()):
        names = (
            _literals(everything.get(node, {}), (SCHEMA.name,))
            if isinstance(node, NamedNode)
            else []
        )
        values = [Value(text) for text in pick_all(names, scribe.language)]
        label = scribe.labels.forward(term, scribe.language)
        yield Fact(label, scribe.labels.curie(term), values, "administration")


def _literals(about: About, predicates: tuple[NamedNode, ...]) -> list[Literal]:
    return [
        found
        for predicate in predicates
        for found in about.get(predicate, ())
        if isinstance(found, Literal)
    ]
