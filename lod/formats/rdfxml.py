"""RDF/XML: an element a resource, named by its first class where it has one.

Spec: https://www.w3.org/TR/rdf-syntax-grammar/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from pyoxigraph import Triple

from lod.formats.statements import Statement, divided, statements, unescaped
from lod.formats.style import Style, Terms
from lod.vocab import RDF

FOOT = "</rdf:RDF>\n"
_SUBJECT = itemgetter(0)
_TYPE = str(RDF.type)
# Spec: https://www.w3.org/TR/xml-names/#NT-NCName (what our vocabularies use of it)
_LOCAL = re.compile(r"[^\W\d][\w.-]*\Z")
# An XML parser would read a bare carriage return as a line feed.
_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\r": "&#xD;"}
)
_SPECIAL = re.compile("[&<>\"'\r]")


def rdf_xml(triples: Iterable[Triple], style: Style) -> bytes:
    """Write ordered triples."""
    writer = RdfXml(style)
    return (writer.head() + "".join(writer.blocks(statements(triples))) + FOOT).encode()


class RdfXml:
    """Writes an element for each resource."""

    def __init__(self, style: Style) -> None:
        # Others than ours are declared too, as the engine's own writer does.
        named = {**style.prefixes, "its": "http://www.w3.org/2005/11/its"}
        self._prefixes = {iri: prefix for prefix, iri in sorted(named.items())}
        self._names = Terms(self._name)
        self._resources = Terms(lambda iri: f' rdf:resource="{_escaped(iri[1:-1])}"/>\n')

    def head(self) -> str:
        """Return what stands before the first resource."""
        declared = "".join(
            f' xmlns:{prefix}="{iri}"' for iri, prefix in sorted(self._prefixes.items())
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'

    def blocks(self, found: Iterable[Statement]) -> Iterator[str]:
        """Yield an element for each subject of ordered statements."""
        for subject, about in groupby(found, _SUBJECT):
            lines = [(predicate, object_) for _, predicate, object_ in about]
            element = "rdf:Description"
            if lines[0][0] == _TYPE and lines[0][1][0] == "<":
                element = self._names[lines.pop(0)[1]]
            yield self._element(element, subject, lines)

    def _element(self, element: str, subject: str, lines: list[tuple[str, str]]) -> str:
        names, resources = self._names, self._resources
        properties = [
            f"\t\t<{names[predicate]}{resources[object_]}"
            if object_[0] == "<"
            else self._other(names[predicate], object_)
            for predicate, object_ in lines
        ]
        name = (
            f'rdf:about="{_escaped(subject[1:-1])}"'
            if subject[0] == "<"
            else f'rdf:nodeID="{subject[2:]}"'
        )
        end = element.partition(" ")[0]
        return f"\t<{element} {name}>\n{''.join(properties)}\t</{end}>\n"

    def _other(self, name: str, object_: str) -> str:
        """Return the property that a literal or a blank node is the value of."""
        if object_[0] != '"':
            return f'\t\t<{name} rdf:nodeID="{object_[2:]}"/>\n'
        words, kind = divided(object_)
        attribute = ""
        if kind:
            attribute = (
                f' xml:lang="{kind[1:]}"'
                if kind[0] == "@"
                else f' rdf:datatype="{_escaped(kind[3:-1])}"'
            )
        text = _escaped(unescaped(words[1:-1]))
        return f"\t\t<{name}{attribute}>{text}</{name.partition(' ')[0]}>\n"

    def _name(self, term: str) -> str:
        """Return the name of a property or class, with a declaration where it has no prefix."""
        iri = term[1:-1]
        local = _LOCAL.search(iri)
        if local is None:
            raise ValueError(f"{iri}: XML has no name for it")
        namespace = iri[: local.start()]
        if namespace in self._prefixes:
            return f"{self._prefixes[namespace]}:{local.group()}"
        return f'{local.group()} xmlns="{_escaped(namespace)}"'


def _escaped(words: str) -> str:
    return words.translate(_ENTITIES) if _SPECIAL.search(words) else words
