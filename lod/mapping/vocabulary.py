"""Our own terms as RDF: the document that stands at the namespace's IRI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from lod.iri import Space
from lod.terms import CLASSES, MEASURES, PROPERTIES, Term
from lod.vocab import DCTERMS, OWL, RDF, RDFS, VANN

_TITLE = {"de": "Begriffe dieser Veröffentlichung", "en": "Terms of this publication"}


def vocabulary_triples(space: Space, prefix: str) -> Iterator[Triple]:
    """Yield our terms with their labels and definitions in two languages.

    Args:
        space: the publication's IRIs.
        prefix: what the namespace is abbreviated to.
    """
    whole = NamedNode(space.ns.rstrip("#"))
    yield Triple(whole, RDF.type, OWL.Ontology)
    yield Triple(whole, VANN.preferredNamespacePrefix, Literal(prefix))
    yield Triple(whole, VANN.preferredNamespaceUri, Literal(space.ns))
    for language, title in _TITLE.items():
        yield Triple(whole, DCTERMS.title, Literal(title, language=language))
    yield from _terms(space, whole, PROPERTIES, RDF.Property, RDFS.subPropertyOf)
    yield from _terms(space, whole, MEASURES, RDF.Property, RDFS.subPropertyOf)
    yield from _terms(space, whole, CLASSES, RDFS.Class, RDFS.subClassOf)


def _terms(
    space: Space, whole: NamedNode, terms: Mapping[str, Term], class_: NamedNode, under: NamedNode
) -> Iterator[Triple]:
    for name, term in terms.items():
        node = space.term(name)
        yield Triple(node, RDF.type, class_)
        yield Triple(node, RDFS.isDefinedBy, whole)
        for language, label, definition in zip(
            ("de", "en"), term.label, term.definition, strict=True
        ):
            yield Triple(node, RDFS.label, Literal(label, language=language))
            yield Triple(node, RDFS.comment, Literal(definition, language=language))
        if term.broader is not None:
            yield Triple(node, under, term.broader)
