"""Turtle for people: a block a resource, a line a property, relative IRIs for our own.

Spec: https://www.w3.org/TR/turtle/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from pyoxigraph import Triple

from lod.formats.statements import Statement, divided, statements
from lod.formats.style import CANONICAL_INTEGER, Style, Terms
from lod.vocab import RDF, XSD

_INDENT = "    "
_SUBJECT, _PREDICATE = itemgetter(0), itemgetter(1)
_INTEGER, _BOOLEAN = f"^^{XSD.integer}", f"^^{XSD.boolean}"


def turtle(triples: Iterable[Triple], style: Style) -> bytes:
    """Write ordered triples with the prefixes that they use."""
    writer = Turtle(style)
    blocks = list(writer.blocks(statements(triples)))
    return (writer.head(writer.used) + "".join(blocks)).encode()


class Turtle:
    """Writes blocks and remembers which prefixes they use."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.used: set[str] = set()
        self._things = f"<{style.space.things}"
        self._terms = Terms(self._term)
        self._predicates = Terms(self._iri, {str(RDF.type): "a"})

    def head(self, used: Iterable[str]) -> str:
        """Return the base and the prefixes, in the order of the prefix table."""
        wanted = frozenset(used)
        lines = [f"@base <{self.style.space.things}> .\n"]
        lines += (
            f"@prefix {prefix}: <{namespace}> .\n"
            for prefix, namespace in self.style.prefixes.items()
            if prefix in wanted
        )
        return "".join(lines)

    def blocks(self, found: Iterable[Statement]) -> Iterator[str]:
        """Yield a block of text for each subject of ordered statements."""
        predicates = self._predicates
        for subject, about in groupby(found, _SUBJECT):
            lines = [
                f"{_INDENT}{predicates[predicate]} {self._objects(group)}"
                for predicate, group in groupby(about, _PREDICATE)
            ]
            yield f"\n{self._term(subject)}\n" + " ;\n".join(lines) + " .\n"

    def _objects(self, group: Iterable[Statement]) -> str:
        terms = self._terms
        # Words are written as they are.
        objects = [o if o[-1] != ">" else terms[o] for _, _, o in group]
        return f" ,\n{_INDENT * 2}".join(objects) if len(objects) > 3 else " , ".join(objects)

    def _term(self, term: str) -> str:
        if term[0] == "<":
            return self._iri(term)
        return term if term[-1] == '"' or term[0] != '"' else self._literal(term)

    def _iri(self, iri: str) -> str:
        if iri.startswith(self._things) and len(iri) > len(self._things) + 1:
            return "<" + iri[len(self._things) :]
        curie = self.style.curie(iri[1:-1])
        if curie is None:
            return iri
        self.used.add(curie[0])
        return ":".join(curie)

    def _literal(self, literal: str) -> str:
        words, kind = divided(literal)
        if kind[0] == "@":
            return literal
        value = words[1:-1]
        if kind == _INTEGER and CANONICAL_INTEGER.fullmatch(value):
            return value
        if kind == _BOOLEAN and value in ("true", "false"):
            return value
        return f"{words}^^{self._iri(kind[2:])}"
