"""The facts of a resource: a label and values for each property that isn't shown elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from lod.iri import KINDS, Space
from lod.vocab import (
    DCAT,
    DCTERMS,
    FOAF,
    GEO,
    LOCN,
    ORG,
    OWL,
    PROV,
    RDF,
    SCHEMA,
    SKOS,
    VCARD,
)
from lod.web.order import read_first
from lod.web.scribe import About, Scribe, Value, in_order, kind_of, kind_order
from lod.web.wording import Text, pick_all

SHORT_LIST = 24
"""How many values of a fact stand open; the others are folded away."""


class Fact(NamedTuple):
    """A property of a resource, in words.

    Attributes:
        label: what it is called.
        term: its short IRI, for those who want to know.
        values: what it says.
        anchor: the part of the resource that it tells of, if any.
        sources: the numbers of its own sources at the foot of the page, if it has any.
    """

    label: str
    term: str
    values: list[Value]
    anchor: str = ""
    sources: Sequence[int] = ()


NAMES = (SCHEMA.name, SKOS.prefLabel, DCTERMS.title, FOAF.name)
DESCRIPTIONS = (SCHEMA.description, SKOS.definition, DCTERMS.description)
_LAST = (DCTERMS.subject, SCHEMA.url)
_ELSEWHERE = frozenset(
    {
        RDF.type,
        *NAMES,
        *DESCRIPTIONS,
        SKOS.note,
        OWL.sameAs,
        SKOS.exactMatch,
        SKOS.topConceptOf,
        PROV.wasDerivedFrom,
        PROV.qualifiedAttribution,
        GEO.hasGeometry,
        LOCN.geometry,
        SCHEMA.potentialAction,
        SCHEMA.distribution,
        SCHEMA.areaServed,
        SCHEMA.temporalCoverage,
        SCHEMA.includedInDataCatalog,
        SCHEMA.identifier,
        DCTERMS.hasPart,
    }
)
"""Shown in a place of their own, or the same as something that is."""
_ELSEWHERE_OWN = ("figure", "formerName", "usedBy", "administration")
_KEYS_OWN = ("ags", "ars", "associationKey", "districtKey", "stateKey", "nuts")
_EACH = frozenset({SCHEMA.alternateName, SKOS.altLabel})
"""Texts of which each says something else, whatever its language."""


def implied(space: Space) -> dict[NamedNode, NamedNode]:
    """Return general property → the one that says the same and is shown in its place."""
    return {
        SCHEMA.member: space.term("lead"),
        DCTERMS.isPartOf: space.term("fundedUnder"),
        ORG.subOrganizationOf: SCHEMA.parentOrganization,
        DCTERMS.publisher: SCHEMA.publisher,
        SCHEMA.creator: SCHEMA.publisher,
        DCTERMS.license: SCHEMA.license,
        DCTERMS.spatial: SCHEMA.spatialCoverage,
        DCTERMS.issued: SCHEMA.datePublished,
        DCTERMS.modified: SCHEMA.dateModified,
        DCAT.landingPage: SCHEMA.url,
        DCAT.downloadURL: SCHEMA.contentUrl,
        DCAT.distribution: SCHEMA.distribution,
        DCAT.keyword: SCHEMA.keywords,
        SKOS.topConceptOf: SKOS.inScheme,
    }


def facts(scribe: Scribe, about: About, everything: dict[NamedNode, About]) -> list[Fact]:
    """Return what is stated about a resource, as it is read.

    Args:
        scribe: knows the names.
        about: the resource's own properties.
        everything: the properties of its parts too.
    """
    populations = _populations(scribe.space, about, everything)
    if populations:
        about = {**about, scribe.space.term("population"): populations}
    return [
        fact
        for predicate, _label in _read(scribe, about)
        for fact in _fact(scribe, predicate, _own(scribe.space, about, predicate), everything)
    ]


def _populations(
    space: Space, about: About, everything: dict[NamedNode, About]
) -> list[NamedNode | Literal]:
    """Return the figures of a place that are its population; they are among the facts too."""
    return [
        node
        for node in about.get(space.term("figure"), ())
        if isinstance(node, NamedNode)
        and space.term("population") in everything.get(node, {}).get(SCHEMA.measuredProperty, ())
    ]


def labels(scribe: Scribe, about: About) -> list[str]:
    """Return what the facts about a resource are called, in the same order."""
    return [
        label for predicate, label in _read(scribe, about) if _own(scribe.space, about, predicate)
    ]


def _read(scribe: Scribe, about: About) -> list[tuple[NamedNode, str]]:
    """Return the properties that are told of and their labels, as they are read."""
    first = read_first(scribe.space, kind_of(scribe.subject))
    found = [
        (predicate, scribe.labels.forward(predicate, scribe.language))
        for predicate in about
        if _shown(scribe.space, predicate)
    ]
    return sorted(found, key=lambda one: _place(first, *one))


def keys(scribe: Scribe, about: About) -> list[Fact]:
    """Return the official keys of a resource."""
    terms = [scribe.space.term(name) for name in _KEYS_OWN]
    return [
        Fact(
            scribe.labels.forward(term, scribe.language),
            scribe.labels.curie(term),
            [Value(Text(found.value)) for found in about[term]],
        )
        for term in (*terms, DCTERMS.identifier, SKOS.notation)
        # A dataset names itself by its own IRI, as DCAT-AP has it.
        if any("://" not in found.value for found in about.get(term, ()))
    ]


def _place(first: list[NamedNode], predicate: NamedNode, label: str) -> tuple[int, str]:
    if predicate in first:
        return first.index(predicate), label
    return (1000 + _LAST.index(predicate) if predicate in _LAST else 500), label


def _shown(space: Space, predicate: NamedNode) -> bool:
    own = (*_ELSEWHERE_OWN, *_KEYS_OWN)
    hidden = {*_ELSEWHERE, DCTERMS.identifier, SKOS.notation, *map(space.term, own)}
    return predicate not in hidden


def _own(space: Space, about: About, predicate: NamedNode) -> list[NamedNode | Literal]:
    """Return a property's objects without those that a closer property, or a name, states."""
    closer = implied(space).get(predicate)
    stated = set(about.get(closer, ())) if closer else set()
    names = {found.value for name in NAMES for found in about.get(name, ())}
    return [
        found
        for found in about[predicate]
        if found not in stated and not (predicate in _EACH and found.value in names)
    ]


def _fact(
    scribe: Scribe,
    predicate: NamedNode,
    objects: list[NamedNode | Literal],
    everything: dict[NamedNode, About],
) -> Iterator[Fact]:
    values = list(_values(scribe, predicate, objects, everything))
    if values:
        label = scribe.labels.forward(predicate, scribe.language)
        cited: list[int] = []
        if predicate == scribe.space.term("population"):
            nodes = [found for found in objects if isinstance(found, NamedNode)]
            parts = [everything.get(node, {}) for node in nodes]
            cited = sorted({n for one in parts for n in scribe.cite(one, PROV.wasDerivedFrom)})
        yield Fact(label, scribe.labels.curie(predicate), values, sources=cited)


def _values(
    scribe: Scribe,
    predicate: NamedNode,
    objects: Iterable[NamedNode | Literal],
    everything: dict[NamedNode, About],
) -> Iterator[Value]:
    literals = [found for found in objects if isinstance(found, Literal)]
    nodes = [found for found in objects if isinstance(found, NamedNode)]
    if predicate == GEO.hasMetricArea:
        yield from (Value(Text(scribe.wording.area(found.value))) for found in literals)
    elif predicate == SCHEMA.inLanguage:
        yield from (Value(Text(scribe.wording.language_name(f.value))) for f in literals)
    elif predicate == SCHEMA.creativeWorkStatus:
        yield from (Value(Text(scribe.wording.status(found.value))) for found in literals)
    elif scribe.says_the_same(predicate) and predicate not in _EACH:
        yield from map(Value, pick_all(literals, scribe.language))
    elif predicate == SCHEMA.containedInPlace:
        yield from map(scribe.value, sorted(nodes, key=partial(_reach, scribe)))
    elif predicate == scribe.space.term("population"):
        yield from (_inhabitants(scribe, everything.get(found, {})) for found in nodes)
    elif predicate in _PARTS:
        yield from (_PARTS[predicate](scribe, everything.get(found, {})) for found in nodes)
    else:
        yield from sorted(map(scribe.value, nodes), key=in_order)
        yield from map(scribe.value, literals)


def _reach(scribe: Scribe, node: NamedNode) -> tuple[int, str]:
    """Return what places are sorted by: the smaller before those that it lies in."""
    value, reference = scribe.value(node), scribe.space.reference(node.value)
    return kind_order(kind_of(reference)) if reference else len(KINDS), in_order(value)


def _inhabitants(scribe: Scribe, about: About) -> Value:
    words = scribe.wording.number(_first(about, SCHEMA.value) or "")
    date = _first(about, SCHEMA.observationDate)
    return Value(Text(f"{words} ({scribe.wording.date(date)})" if date else words))


def _point(scribe: Scribe, about: About) -> Value:
    latitude = scribe.wording.number(about[SCHEMA.latitude][0].value)
    longitude = scribe.wording.number(about[SCHEMA.longitude][0].value)
    east = "O" if scribe.language == "de" else "E"
    return Value(Text(f"{latitude}° N, {longitude}° {east}"))


def _period(scribe: Scribe, about: About) -> Value:
    start, end = (_first(about, predicate) for predicate in (DCAT.startDate, DCAT.endDate))
    return Value(Text(scribe.wording.span(start, end)))


def _contact(scribe: Scribe, about: About) -> Value:
    href = _first(about, VCARD.hasEmail) or _first(about, VCARD.hasURL) or ""
    return Value(Text(_first(about, VCARD.fn) or href), href, outward=href.startswith("http"))


def _first(about: About, predicate: NamedNode) -> str | None:
    found = about.get(predicate)
    return found[0].value if found else None


_PARTS: dict[NamedNode, Callable[[Scribe, About], Value]] = {
    SCHEMA.geo: _point,
    DCTERMS.temporal: _period,
    DCAT.contactPoint: _contact,
}
"""The parts that are a single value to a reader."""
