"""What must be known of a query before it runs: its form, its dataset, and whether it federates.

This reads tokens and not patterns; the engine alone decides what is SPARQL. Where a character can
be read in two ways without a whole parser (``<`` opens an IRI or compares), both ways are followed,
so that nothing hides from one reading inside a string of the other. The engine's own parser has no
tokens: it takes ``SERVICE:a{`` and even ``SERVICESILENT:a{`` for the keyword, and so do we.

Spec: https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
FORMS: dict[str, Form] = {
    "SELECT": "SELECT",
    "ASK": "ASK",
    "CONSTRUCT": "CONSTRUCT",
    "DESCRIBE": "DESCRIBE",
}
_UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"]
)
_VOLATILE = frozenset(["NOW", "RAND", "UUID", "STRUUID", "BNODE"])
"""Functions whose values differ from one evaluation to the next."""
_MOST_UNCLOSED = 50
"""Long strings without an end that are looked at; each costs a look at the whole rest."""

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = rf"{_BASE}_\-0-9\u00b7\u0300-\u036f\u203f\u2040"
_BLANK = re.compile(r"[\x00-\x20]+|#[^\n\r]*")
_IRI = re.compile(r"<[^\x00-\x20<>\"{}|^`\\]*>")
_LONG = {q: re.compile(rf"{q * 3}(?:{q}{{0,2}}(?:[^{q}\\]|\\.))*{q * 3}", re.S) for q in "'\""}
_SHORT = {q: re.compile(rf"{q}(?:[^{q}\\\n\r]|\\.)*{q}") for q in "'\""}
_VARIABLE = re.compile(rf"[?$][{_BASE}_0-9][{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040]*")
_TAG = re.compile(r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_NODE = re.compile(rf"_:[{_BASE}_0-9][{_CHARS}.]*")
_PREFIX = re.compile(rf"(?:[{_BASE}][{_CHARS}.]*)?")
_LOCAL = re.compile(
    rf"(?:[{_BASE}_:0-9]|%[0-9A-Fa-f]{{2}}|\\.)(?:[{_CHARS}.:]|%[0-9A-Fa-f]{{2}}|\\.)*"
)
_WORD = re.compile(rf"[{_BASE}_][{_CHARS}]*")
_SILENT = re.compile(r"silent", re.I)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Token(NamedTuple):
    """A token: what it is, where it starts, and where it ends."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a query's tokens tell.

    Attributes:
        form: of the query; None where it has none that could be seen.
        update: whether it is an update.
        federated: whether it would send requests to other servers.
        dataset: whether it names graphs with ``FROM``.
        volatile: whether its results may differ from one evaluation to the next.
    """

    form: Form | None
    update: bool
    federated: bool
    dataset: bool
    volatile: bool

    @property
    def graph(self) -> bool:
        """Whether the result is a graph, not bindings or a truth value."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def facts(query: str) -> Facts:
    """Return what must be known of a query.

    >>> facts('ASK { ?s ?p "SERVICE <x> {}" }').federated
    False
    >>> facts("ASK { SERVICE:a{ } }").federated
    True
    """
    words = [word.upper() for word in _words(query)]
    first = next((word for word in words if word in FORMS or word in _UPDATES), "")
    return Facts(
        form=FORMS.get(first),
        update=first in _UPDATES,
        federated=federated(query),
        dataset="FROM" in words,
        volatile=not _VOLATILE.isdisjoint(words),
    )


def federated(query: str) -> bool:
    """Return whether a query would send requests to other servers, in any reading of it.

    Codepoint escapes are read both as the engine does (only in IRIs and strings) and as the
    specification has it (everywhere).
    """
    readings = {query, _ESCAPE.sub(_unescaped, query)}
    return any(
        "service" in reading.lower() and _Reader(reading).federated() for reading in readings
    )


def _unescaped(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 else match[0]


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of the most likely reading, in their order."""
    reader, position = _Reader(query), 0
    while position < len(query):
        token = reader.tokens(position)[0]
        yield token
        position = token.end


def _words(query: str) -> Iterator[str]:
    """Yield the bare words of the most likely reading, in their order."""
    for token in tokens(query):
        if token.kind == "word":
            yield query[token.start : token.end]


class _Reader:
    """Reads the tokens of a text.

    Args:
        text: of a query.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._unclosed = 0
        self._no_colon_before = 0

    def federated(self) -> bool:
        """Follow every reading; return whether one of them has a ``SERVICE`` pattern."""
        # For each position, whether a token starts there after the word GRAPH (2) or another (1).
        reached = bytearray(len(self.text) + 1)
        reached[0] = 1
        for position in range(len(self.text)):
            if not reached[position]:
                continue
            for token in self.tokens(position):
                if self._calls(token, after_graph=reached[position] == 2):
                    return True
                reached[token.end] |= self._mark(token, reached[position])
        return self._unclosed > _MOST_UNCLOSED

    def _mark(self, token: Token, before: int) -> int:
        if token.kind == "blank":
            return before
        return 2 if self.text[token.start : token.end].lower() == "graph" else 1

    def _calls(self, token: Token, after_graph: bool) -> bool:
        """Return whether a token is the keyword of a ``SERVICE`` pattern."""
        words = self.text[token.start : token.end].lower()
        if token.kind == "word" and "service" in words:
            return any(self._opens(end) for end in self._names(self._silenced(token.end)))
        if token.kind == "name" and "service" in words.partition(":")[0]:
            return not after_graph and self._opens(token.end)
        return False

    def _silenced(self, position: int) -> int:
        position = self._skip(position)
        match = _SILENT.match(self.text, position)
        return self._skip(match.end()) if match else position

    def _names(self, position: int) -> list[int]:
        """Return where a variable or IRI that starts at a position may end."""
        return [t.end for t in self.tokens(position) if t.kind in ("variable", "iri", "name")]

    def _opens(self, position: int) -> bool:
        return self.text.startswith("{", self._skip(position))

    def _skip(self, position: int) -> int:
        while match := _BLANK.match(self.text, position):
            position = match.end()
        return position

    def tokens(self, position: int) -> list[Token]:
        """Return what may start at a position, the likeliest first; something always does."""
        found = list(self._found(position))
        return found or [Token("sign", position, min(position + 1, len(self.text) + 1))]

    def _found(self, position: int) -> Iterator[Token]:
        if position >= len(self.text):
            return
        character = self.text[position]
        if character in "'\"":
            yield from self._strings(position, character)
            return
        if character == "<" and (match := _IRI.match(self.text, position)):
            yield Token("iri", position, match.end())
            yield Token("sign", position, position + 1)
            return
        yield from self._simple(position)

    def _simple(self, position: int) -> Iterator[Token]:
        for kind, pattern in (
            ("blank", _BLANK),
            ("variable", _VARIABLE),
            ("tag", _TAG),
            ("node", _NODE),
        ):
            if match := pattern.match(self.text, position):
                yield Token(kind, position, match.end())
                return
        end = self._name(position)
        if end:
            yield Token("name", position, end)
        elif match := _WORD.match(self.text, position):
            yield Token("word", position, match.end())
        elif self.text[position] == "\\":
            yield Token("sign", position, min(position + 2, len(self.text)))

    def _name(self, position: int) -> int:
        """Return where the prefixed name that starts at a position ends; 0 if none does."""
        if position < self._no_colon_before:
            return 0
        match = _PREFIX.match(self.text, position)
        end = match.end() if match else position
        if not self.text.startswith(":", end):
            self._no_colon_before = end
            return 0
        local = _LOCAL.match(self.text, end + 1)
        return local.end() if local else end + 1

    def _strings(self, position: int, quote: str) -> Iterator[Token]:
        if self.text.startswith(quote * 3, position) and self._unclosed <= _MOST_UNCLOSED:
            match = _LONG[quote].match(self.text, position)
            if match:
                yield Token("string", position, match.end())
                return
            self._unclosed += 1
        if match := _SHORT[quote].match(self.text, position):
            yield Token("string", position, match.end())
