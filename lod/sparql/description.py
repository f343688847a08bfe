"""What the endpoint says of itself.

Spec: https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from lod.sparql.results import RESULTS
from lod.vocab import DCTERMS, RDF, VOID, XSD, Vocabulary

SD = Vocabulary(
    "http://www.w3.org/ns/sparql-service-description#",
    terms=(
        "Service Dataset Graph NamedGraph GraphCollection SPARQL11Query UnionDefaultGraph endpoint "
        "supportedLanguage resultFormat feature defaultDataset availableGraphs defaultGraph "
        "namedGraph name graph"
    ),
)
_GRAPHS = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML")
_FORMATS = "http://www.w3.org/ns/formats/"


def description(
    endpoint: str, title: Mapping[str, str], licence: str, graphs: Mapping[NamedNode, int]
) -> list[Triple]:
    """Return the service description of an endpoint.

    Args:
        endpoint: its IRI.
        title: of the publication by language.
        licence: of the data.
        graphs: the named graphs and how many triples each has.
    """
    return list(_triples(endpoint, title, licence, graphs))


def _triples(
    endpoint: str, title: Mapping[str, str], licence: str, graphs: Mapping[NamedNode, int]
) -> Iterator[Triple]:
    service, dataset, default, collection = (
        NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "default", "graphs")
    )
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, NamedNode(endpoint))
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    yield Triple(service, SD.feature, SD.UnionDefaultGraph)
    for iri in (*(found.iri for found in RESULTS), *(f"{_FORMATS}{name}" for name in _GRAPHS)):
        yield Triple(service, SD.resultFormat, NamedNode(iri))
    yield Triple(service, DCTERMS.license, NamedNode(licence))
    yield Triple(service, SD.defaultDataset, dataset)
    yield Triple(service, SD.availableGraphs, collection)
    yield Triple(collection, RDF.type, SD.GraphCollection)
    yield Triple(dataset, RDF.type, SD.Dataset)
    yield Triple(dataset, RDF.type, SD.GraphCollection)
    yield Triple(dataset, SD.defaultGraph, default)
    for language, words in title.items():
        yield Triple(service, DCTERMS.title, Literal(f"SPARQL: {words}", language=language))
        yield Triple(dataset, DCTERMS.title, Literal(words, language=language))
    yield Triple(default, RDF.type, SD.Graph)
    yield Triple(default, RDF.type, VOID.Dataset)
    yield _count(default, sum(graphs.values()))
    for name, triples in graphs.items():
        named = NamedNode(f"{endpoint}#graph-{name.value.rpartition('/')[2]}")
        yield Triple(dataset, SD.namedGraph, named)
        yield Triple(collection, SD.namedGraph, named)
        yield from _named(named, name, triples)


def _named(named: NamedNode, name: NamedNode, triples: int) -> Iterator[Triple]:
    graph = NamedNode(f"{named.value}-content")
    yield Triple(named, RDF.type, SD.NamedGraph)
    yield Triple(named, SD.name, name)
    yield Triple(named, SD.graph, graph)
    yield Triple(graph, RDF.type, SD.Graph)
    yield Triple(graph, RDF.type, VOID.Dataset)
    yield _count(graph, triples)


def _count(node: NamedNode, number: int) -> Triple:
    return Triple(node, VOID.triples, Literal(str(number), datatype=XSD.integer))
