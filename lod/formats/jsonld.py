"""Compact JSON-LD 1.1, straight from triples.

A property whose objects are always resources is coerced to IRIs, one whose objects are words is a
language map, and whatever doesn't fit that is written out under its compact IRI, as the
compaction algorithm would have it.

Spec: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from pyoxigraph import Triple

from lod.formats.statements import Statement, divided, statements, unescaped
from lod.formats.style import BARE, CANONICAL_INTEGER, Style, Terms
from lod.vocab import RDF, XSD

FOOT = "\n]}\n"

_ALIASES = {"id": "@id", "type": "@type"}
_SUBJECT, _PREDICATE = itemgetter(0), itemgetter(1)
_TYPE = str(RDF.type)
_INTEGER, _BOOLEAN = f"^^{XSD.integer}", f"^^{XSD.boolean}"
_DEFINITIONS = {"id": {"@type": "@id"}, "text": {"@container": "@language"}, "literal": {}}


def context(style: Style, properties: Iterable[str] | None = None) -> dict[str, Any]:
    """Return the context for some properties, or the whole publication's.

    Args:
        style: of the publication.
        properties: the IRIs of the properties; all that the mapping has when left out.
    """
    wanted = sorted(style.values if properties is None else properties)
    terms: dict[str, Any] = {}
    prefixes = set(style.prefixes) if properties is None else {"xsd", BARE}
    for iri in wanted:
        curie = style.curie(iri)
        if curie is not None:
            prefixes.add(curie[0])
            if iri in style.values:
                definition = {"@id": ":".join(curie), **_DEFINITIONS[style.values[iri]]}
                terms[style.term(iri)] = definition if len(definition) > 1 else definition["@id"]
    named = {prefix: iri for prefix, iri in style.prefixes.items() if prefix in prefixes}
    return {"@version": 1.1, **_ALIASES, **named, **terms}


def context_document(style: Style) -> bytes:
    """Return the publication's context as the document that a linked context names."""
    return _dump({"@context": context(style)})


def json_ld(triples: Iterable[Triple], style: Style) -> bytes:
    """Write ordered triples with a context of the terms that they use."""
    every = list(statements(triples))
    nodes = list(graph(every, style))
    used = {predicate[1:-1] for _, predicate, _ in every}
    named = {object_.strip("<>") for _, predicate, object_ in every if predicate == _TYPE}
    # A datatype may be the only term of its vocabulary.
    named |= {o.rpartition("^^")[2].strip("<>") for _, _, o in every if o[0] == '"' != o[-1]}
    return _dump({"@context": _with_prefixes(context(style, used), named, style), **_body(nodes)})


def json_ld_dump(triples: Iterable[Triple], style: Style) -> bytes:
    """Write ordered triples with the whole context, one resource a line."""
    lines = node_lines(statements(triples), style)
    return (head(style) + ",\n".join(lines) + FOOT).encode()


def head(style: Style) -> str:
    """Return what stands before the first resource of a dump."""
    return f'{{"@context": {json.dumps(context(style), ensure_ascii=False)},\n"@graph": [\n'


def node_lines(found: Iterable[Statement], style: Style) -> Iterator[str]:
    """Yield a line for each subject of ordered statements: what `graph` yields, as JSON.

    Words stand in N-Triples as they do in JSON, so they are taken as they are.
    """
    keys: dict[str, tuple[str, str, str]] = {}
    types = Terms(lambda class_: f'"{_compact(style, class_[1:-1])}"')
    for subject, about in groupby(found, _SUBJECT):
        pairs = [f'"id": "{_identified(subject)}"']
        for predicate, group in groupby(about, _PREDICATE):
            if predicate == _TYPE:
                pairs.append(f'"type": [{", ".join([types[o] for _, _, o in group])}]')
                continue
            if predicate not in keys:
                known, name = style.property(predicate[1:-1])
                keys[predicate] = known or "", f'"{name}": ', f'"{predicate[1:-1]}": '
            values, term, iri = keys[predicate]
            objects = [object_ for _, _, object_ in group]
            if values == "id" and len(objects) == 1 and objects[0][0] == "<":
                pairs.append(f'{term}"{objects[0][1:-1]}"')
            else:
                pairs += _pairs(values, term, iri, objects, style)
        yield f"{{{', '.join(pairs)}}}"


def _pairs(values: str, term: str, iri: str, objects: Iterable[str], style: Style) -> Iterator[str]:
    """Yield a property's objects under its term, those that the term can't hold under its IRI."""
    found: dict[str, list[str]] = {}
    languages: dict[str, list[str]] = {}
    for object_ in objects:
        if values == "id" and object_[0] == "<":
            found.setdefault(term, []).append(f'"{object_[1:-1]}"')
        elif values == "text" and object_[0] == '"' != object_[-1] != ">":
            words, _, language = object_.rpartition("@")
            found.setdefault(term, [])
            languages.setdefault(language, []).append(words)
        else:
            key = term if values == "literal" else iri
            found.setdefault(key, []).append(_value_line(object_, style))
    for key, texts in found.items():
        yield key + (_one_or_more(texts) if texts else _language_map(languages))


def _language_map(languages: Mapping[str, list[str]]) -> str:
    pairs = [f'"{language}": {_one_or_more(words)}' for language, words in languages.items()]
    return f"{{{', '.join(pairs)}}}"


def _one_or_more(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _value_line(term: str, style: Style) -> str:
    if term[0] != '"':
        return f'{{"id": "{_identified(term)}"}}'
    words, kind = divided(term)
    if not kind:
        return words
    if kind[0] == "@":
        return f'{{"@value": {words}, "@language": "{kind[1:]}"}}'
    value = words[1:-1]
    if kind == _BOOLEAN and value in ("true", "false"):
        return value
    if kind == _INTEGER and CANONICAL_INTEGER.fullmatch(value):
        return value
    return f'{{"@value": {words}, "type": "{_compact(style, kind[3:-1])}"}}'


def linked_json_ld(triples: Iterable[Triple], style: Style) -> bytes:
    """Write ordered triples with a link to the publication's context."""
    nodes = list(graph(statements(triples), style))
    return _dump({"@context": f"{style.space.base}context.jsonld", **_body(nodes)})


def expanded_json_ld(triples: Iterable[Triple], style: Style) -> bytes:
    """Write ordered triples in the expanded form, without a context."""
    nodes = []
    for subject, about in groupby(statements(triples), _SUBJECT):
        node: dict[str, Any] = {"@id": _identified(subject)}
        for predicate, group in groupby(about, _PREDICATE):
            objects = [object_ for _, _, object_ in group]
            if predicate == _TYPE:
                node["@type"] = [_identified(class_) for class_ in objects]
            else:
                node[predicate[1:-1]] = [_expanded(object_) for object_ in objects]
        nodes.append(node)
    return _dump(nodes)


def graph(found: Iterable[Statement], style: Style) -> Iterator[dict[str, Any]]:
    """Yield a node object for each subject of ordered statements."""
    for subject, about in groupby(found, _SUBJECT):
        node: dict[str, Any] = {"id": _identified(subject)}
        for predicate, group in groupby(about, _PREDICATE):
            if predicate == _TYPE:
                node["type"] = [_compact(style, _identified(class_)) for _, _, class_ in group]
            else:
                _add(node, predicate[1:-1], group, style)
        yield node


def _body(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    return nodes[0] if len(nodes) == 1 else {"@graph": nodes}


def _dump(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _compact(style: Style, iri: str) -> str:
    curie = style.curie(iri)
    return ":".join(curie) if curie else iri


def _with_prefixes(context: dict[str, Any], iris: set[str], style: Style) -> dict[str, Any]:
    """Add the prefixes that some IRIs use, keeping the prefixes together and in order."""
    used = {curie[0] for curie in map(style.curie, iris) if curie}
    prefixes = {p: iri for p, iri in style.prefixes.items() if p in used or p in context}
    aliases = {key: context[key] for key in ("@version", *_ALIASES)}
    return {**aliases, **prefixes, **{k: v for k, v in context.items() if k not in prefixes}}


def _add(node: dict[str, Any], iri: str, group: Iterable[Statement], style: Style) -> None:
    """Add a property's objects under its term, those that the term can't hold under its IRI."""
    values, term = style.property(iri)
    for _, _, object_ in group:
        if values == "id" and object_[0] == "<":
            _append(node, term, object_[1:-1])
        elif values == "text" and object_[0] == '"' != object_[-1] != ">":
            words, language = divided(object_)
            _append(node.setdefault(term, {}), language[1:], unescaped(words[1:-1]))
        else:
            _append(node, term if values == "literal" else iri, _value(object_, style))


def _append(node: dict[str, Any], key: str, value: Any) -> None:
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _identified(term: str) -> str:
    return term[1:-1] if term[0] == "<" else term


def _value(term: str, style: Style) -> Any:
    if term[0] != '"':
        return {"id": _identified(term)}
    words, kind = divided(term)
    value = unescaped(words[1:-1])
    if not kind:
        return value
    if kind[0] == "@":
        return {"@value": value, "@language": kind[1:]}
    if kind == _BOOLEAN and value in ("true", "false"):
        return value == "true"
    if kind == _INTEGER and CANONICAL_INTEGER.fullmatch(value):
        return int(value)
    return {"@value": value, "type": _compact(style, kind[3:-1])}


def _expanded(term: str) -> dict[str, Any]:
    if term[0] != '"':
        return {"@id": _identified(term)}
    words, kind = divided(term)
    value = {"@value": unescaped(words[1:-1])}
    if not kind:
        return value
    return {**value, **({"@language": kind[1:]} if kind[0] == "@" else {"@type": kind[3:-1]})}
