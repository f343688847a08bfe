"""The statistics of a release as VoID.

Spec: https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from lod.catalog.facts import ALL, TARGETS
from lod.catalog.fragments import form
from lod.catalog.model import Edition
from lod.catalog.services import FRAGMENTS, SPARQL
from lod.mapping.rules import date_literal, text
from lod.vocab import DCTERMS, FOAF, OWL, RDF, VOCABULARIES, VOID, XSD

_NAMES = {
    "wikidata": "Wikidata",
    "gnd": "Gemeinsame Normdatei (GND)",
    "geonames": "GeoNames",
    "keys": "DCAT-AP.de: politicalGeocoding",
}
_FORMATS = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML")


def void(catalog: Edition) -> Iterator[Triple]:
    """Yield the description that stands at ``/.well-known/void``."""
    whole = catalog.node(ALL)
    yield from _document(catalog, whole)
    yield from _dataset(catalog, whole)
    yield from _access(catalog, whole)
    facts = catalog.facts
    yield from _numbers(
        whole,
        {
            VOID.triples: facts.triples,
            VOID.entities: sum(facts.kinds.values()),
            VOID.distinctSubjects: facts.subjects,
            VOID.classes: len(facts.classes),
            VOID.properties: len(facts.properties),
        },
    )
    yield from _partitions(catalog, whole)
    yield from _linksets(catalog, whole)


def _node(catalog: Edition, name: str = "") -> NamedNode:
    return NamedNode(f"{catalog.space.base}.well-known/void{f'#{name}' if name else ''}")


def _document(catalog: Edition, whole: NamedNode) -> Iterator[Triple]:
    document = _node(catalog)
    yield Triple(document, RDF.type, VOID.DatasetDescription)
    yield from text(DCTERMS.title).triples(document, catalog.title(ALL))
    yield Triple(document, FOAF.primaryTopic, whole)


def _dataset(catalog: Edition, whole: NamedNode) -> Iterator[Triple]:
    publication = catalog.publication
    yield Triple(whole, RDF.type, VOID.Dataset)
    yield from text(DCTERMS.title).triples(whole, publication.title)
    yield from text(DCTERMS.description).triples(whole, catalog.description(ALL))
    yield Triple(whole, DCTERMS.publisher, catalog.node("publisher"))
    yield Triple(whole, DCTERMS.license, NamedNode(publication.licence))
    yield Triple(whole, DCTERMS.issued, date_literal(publication.issued))
    yield Triple(whole, DCTERMS.modified, date_literal(publication.modified))
    yield Triple(whole, FOAF.homepage, NamedNode(catalog.space.base))


def _access(catalog: Edition, whole: NamedNode) -> Iterator[Triple]:
    space, facts = catalog.space, catalog.facts
    yield Triple(whole, VOID.uriSpace, Literal(space.things))
    yield from _services(catalog, whole)
    for namespace in (space.ns, *(vocabulary.iri for vocabulary in VOCABULARIES.values())):
        if any(iri.startswith(namespace) for iri in (*facts.properties, *facts.classes)):
            yield Triple(whole, VOID.vocabulary, NamedNode(namespace))
    for name in _FORMATS:
        yield Triple(whole, VOID.feature, NamedNode(f"http://www.w3.org/ns/formats/{name}"))
    for reference in facts.examples.values():
        yield Triple(whole, VOID.exampleResource, space.thing(reference))
    for name in catalog.files:
        if name.startswith(f"dumps/{ALL}."):
            yield Triple(whole, VOID.dataDump, catalog.download(name))


def _services(catalog: Edition, whole: NamedNode) -> Iterator[Triple]:
    """Yield the ways to ask for parts of the dataset."""
    if SPARQL in catalog.services:
        yield Triple(whole, VOID.sparqlEndpoint, NamedNode(catalog.space.base + SPARQL.path))
    if FRAGMENTS in catalog.services:
        yield from form(whole, catalog.space.base + FRAGMENTS.path)


def _partitions(catalog: Edition, whole: NamedNode) -> Iterator[Triple]:
    """Yield the statistics of each class and property, numbered in the order of their IRIs."""
    for number, (class_, count) in enumerate(sorted(catalog.facts.classes.items()), start=1):
        node = _node(catalog, f"class-{number}")
        yield Triple(whole, VOID.classPartition, node)
        yield Triple(node, VOID["class"], NamedNode(class_))
        yield from _numbers(node, {VOID.entities: count})
    for number, (property_, count) in enumerate(sorted(catalog.facts.properties.items()), start=1):
        node = _node(catalog, f"property-{number}")
        yield Triple(whole, VOID.propertyPartition, node)
        yield Triple(node, VOID.property, NamedNode(property_))
        yield from _numbers(node, {VOID.triples: count})


def _linksets(catalog: Edition, whole: NamedNode) -> Iterator[Triple]:
    """Yield the links to other datasets.

    Spec: https://www.w3.org/TR/void/#linkset
    """
    for name, count in catalog.facts.links.items():
        links, target = _node(catalog, f"links-{name}"), _node(catalog, name)
        yield Triple(whole, VOID.subset, links)
        yield Triple(links, RDF.type, VOID.Linkset)
        yield Triple(links, VOID.linkPredicate, OWL.sameAs)
        yield Triple(links, VOID.subjectsTarget, whole)
        yield Triple(links, VOID.objectsTarget, target)
        yield from _numbers(links, {VOID.triples: count})
        yield Triple(target, RDF.type, VOID.Dataset)
        yield Triple(target, DCTERMS.title, Literal(_NAMES[name]))
        yield Triple(target, VOID.uriSpace, Literal(TARGETS[name]))


def _numbers(node: NamedNode, numbers: Mapping[NamedNode, int]) -> Iterator[Triple]:
    for predicate, number in numbers.items():
        yield Triple(node, predicate, Literal(str(number), datatype=XSD.integer))
