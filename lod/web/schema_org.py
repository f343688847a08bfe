"""The schema.org part of a description, embedded in its page for search engines.

It is a subset of the resource's graph: nothing is stated here that the other formats don't.

Spec: https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from pyoxigraph import Literal, NamedNode, Triple

from lod.vocab import RDF, SCHEMA, XSD
from lod.web.embedded import embedded

_CONTEXT = {"@vocab": SCHEMA.iri}


def schema_org_part(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples that schema.org has words for."""
    return [
        triple
        for triple in triples
        if isinstance(triple.subject, NamedNode)
        and _name(triple.predicate) is not None
        and _value(triple) is not None
    ]


def schema_org(triples: Iterable[Triple]) -> Markup:
    """Return the JSON-LD of the triples that schema.org has words for."""
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        name, value = _name(triple.predicate), _value(triple)
        if name is not None and value is not None and isinstance(triple.subject, NamedNode):
            node = nodes.setdefault(triple.subject.value, {"@id": triple.subject.value})
            node.setdefault(name, []).append(value)
    graph = [{key: _plain(found) for key, found in node.items()} for node in nodes.values()]
    document = (
        {"@context": _CONTEXT, **graph[0]}
        if len(graph) == 1
        else {
            "@context": _CONTEXT,
            "@graph": graph,
        }
    )
    return embedded(document)


def _name(predicate: NamedNode) -> str | None:
    if predicate == RDF.type:
        return "@type"
    found = predicate.value.startswith(SCHEMA.iri)
    return predicate.value.removeprefix(SCHEMA.iri) if found else None


def _value(triple: Triple) -> Any:
    term = triple.object
    if triple.predicate == RDF.type:
        ours = isinstance(term, NamedNode) and term.value.startswith(SCHEMA.iri)
        return str(term).strip("<>").removeprefix(SCHEMA.iri) if ours else None
    if isinstance(term, NamedNode):
        return {"@id": term.value}
    return _literal(term) if isinstance(term, Literal) else None


def _literal(term: Literal) -> Any:
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return term.value
    if term.datatype == XSD.integer and str(int(term.value)) == term.value:
        return int(term.value)
    return {"@value": term.value, "@type": term.datatype.value}


def _plain(values: Any) -> Any:
    return values[0] if isinstance(values, list) and len(values) == 1 else values
