"""Statements as text: what triples travel as where there are millions of them.

A term is the text that N-Triples has for it. Making, sorting and printing terms as objects is what
costs time; text is made once and serves as sort key, line of the dump and key of every cache.

Spec: https://www.w3.org/TR/n-triples/#canonical-ntriples
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
from pyoxigraph import NamedNode, Triple

Statement = tuple[str, str, str]
"""Subject, predicate and object in N-Triples."""

_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(32), 127)} | {
    ord(plain): escaped
    for plain, escaped in {
        "\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\",
    }.items()
}  # fmt: skip
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def literal(words: str, language: str = "", datatype: NamedNode | None = None) -> str:
    """Return a literal; a plain string without language and datatype."""
    if '"' in words or "\\" in words or not words.isprintable():
        words = words.translate(_ESCAPES)
    if language:
        return f'"{words}"@{language.lower()}'
    return f'"{words}"' if datatype is None else f'"{words}"{kind_of(datatype)}'


@lru_cache
def kind_of(datatype: NamedNode) -> str:
    """Return what follows the quoted words of a literal of a datatype."""
    return f"^^{datatype}"


def unescaped(words: str) -> str:
    """Return the words between the quotation marks of a literal."""
    return _ESCAPED.sub(_character, words) if "\\" in words else words


def _character(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return chr(int(number, 16)) if number else _PLAIN.get(match[3], match[3])


def divided(literal_: str) -> tuple[str, str]:
    """Return the quoted words of a literal and what follows them: a language, a datatype.

    >>> divided('"Jena"@de')
    ('"Jena"', '@de')
    """
    end = literal_.rindex('"') + 1
    return literal_[:end], literal_[end:]


def statements(triples: Iterable[Triple]) -> Iterator[Statement]:
    """Yield triples as text."""
    return ((str(one.subject), str(one.predicate), str(one.object)) for one in triples)


def triples(found: Iterable[Statement]) -> Iterator[Triple]:
    """Yield statements as triples."""
    lines = "".join(f"{subject} {predicate} {object_} .\n" for subject, predicate, object_ in found)
    return (quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES))


def term(text: str) -> NamedNode | ox.Literal:
    """Return an IRI or a literal as a term."""
    if text[0] == "<":
        return NamedNode(text[1:-1])
    words, kind = divided(text)
    value = unescaped(words[1:-1])
    if kind.startswith("@"):
        return ox.Literal(value, language=kind[1:])
    return ox.Literal(value, datatype=NamedNode(kind[3:-1]) if kind else None)
