"""What a question can be asked about: read off its table, off an address, and into its query."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lod.iri import KINDS, REFERENCE, Space, slug
from lod.store import Store

LONGEST = 200
"""Characters of a value."""
_ROW = re.compile(
    r"^\| `(?P<name>[a-z]+)` \| (?P<de>[^|]+) \| (?P<en>[^|]+) \| (?P<takes>[^|]+) \|$",
    re.MULTILINE,
)
_KIND = re.compile(r"`([a-z]+)`")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,11}")
_WORDS = re.compile(r"\*([^*]+)\*")
ANY = "UNDEF"
"""What SPARQL has for a variable without a value."""


class UnknownValueError(ValueError):
    """A value is none that a parameter takes.

    Args:
        parameter: that it was meant for.
        value: as it was given.
    """

    def __init__(self, parameter: Parameter, value: str) -> None:
        super().__init__(f"{parameter.name}={value}")
        self.parameter = parameter
        self.value = value


@dataclass(frozen=True)
class Parameter:
    """Something that may be replaced in a question.

    Attributes:
        name: of the variable in the query, and of the argument in an address.
        labels: what it is called, by language.
        kinds: of the resources that it takes; empty where it takes whole numbers.
        any: whether it can be left open.
    """

    name: str
    labels: Mapping[str, str]
    kinds: tuple[str, ...]
    any: bool

    @property
    def clause(self) -> re.Pattern[str]:
        """What binds it in the query."""
        return re.compile(rf"(VALUES \?{self.name} \{{)([^{{}}]*)(\}})")

    def default(self, query: str, space: Space) -> str:
        """Return the value that stands in a query; empty of none, and of more than one."""
        found = self.clause.search(query)
        terms = found[2].split() if found else []
        if len(terms) != 1 or terms[0] == ANY:
            return ""
        return space.reference(terms[0].strip("<>")) or terms[0]

    def read(self, value: str, store: Store) -> str:
        """Return a value as addresses have it: a reference or a number; empty of any.

        Args:
            value: a number, ``<kind>/<slug>``, a slug, an official key, or a name.
            store: that knows the resources.

        Raises:
            UnknownValueError: the parameter doesn't take it.
        """
        words = value.strip()[:LONGEST]
        found = words if not words and self.any else self._known(words, store)
        if found is None:
            raise UnknownValueError(self, words)
        return found

    def _known(self, words: str, store: Store) -> str | None:
        if not self.kinds:
            return words if _NUMBER.fullmatch(words) else None
        kind, _, name = words.rpartition("/")
        found = (_resource(one, name, store) for one in self.kinds if kind in ("", one))
        return next(filter(None, found), None)


def _resource(kind: str, name: str, store: Store) -> str | None:
    """Return the resource of a kind that a slug, an official key or a name names, if any."""
    for reference in (f"{kind}/{name}", f"{kind}/{slug(name)}"):
        if REFERENCE.fullmatch(reference) and reference in store:
            return reference
    return store.identified(kind, name)


def parameters(table: str) -> tuple[Parameter, ...]:
    """Read parameters off a table of Markdown."""
    return tuple(
        Parameter(
            row["name"],
            {"de": row["de"], "en": row["en"]},
            tuple(kind for kind in _KIND.findall(row["takes"]) if kind in KINDS),
            row["takes"].endswith("or any"),
        )
        for row in _ROW.finditer(table)
    )


class Value(NamedTuple):
    """What a parameter was replaced by.

    Attributes:
        parameter: that was replaced.
        reference: ``<kind>/<slug>``, or a number; empty of any.
    """

    parameter: Parameter
    reference: str

    def term(self, space: Space) -> str:
        """Return it as a term of SPARQL; terms write themselves, so that nothing breaks out."""
        if not self.reference:
            return ANY
        return str(space.thing(self.reference)) if self.parameter.kinds else self.reference


def bound(query: str, values: Sequence[Value], space: Space) -> str:
    """Return a query with its variables bound to other values."""
    for value in values:
        found = value.parameter.clause.search(query)
        assert found is not None  # noqa: S101 (a test holds tables and queries together)
        query = f"{query[: found.start(2)]} {value.term(space)} {query[found.end(2) :]}"
    return query


def plain(text: str) -> str:
    """Return a question without the marks around what may be replaced.

    >>> plain("Who founded *the board*?")
    'Who founded the board?'
    """
    return _WORDS.sub(r"\1", text)


def reworded(text: str, first: str, rest: Sequence[tuple[str, str]]) -> str:
    """Return a question about other values.

    Args:
        text: the question; its marked words stand for the first parameter.
        first: what takes their place; empty where they stay.
        rest: label and name of all that the words of the question don't tell.

    >>> reworded("Who founded *the board*?", "the club", [("state", "Hesse")])
    'Who founded the club? (state: Hesse)'
    """
    words = _WORDS.sub(lambda _: first, text) if first else plain(text)
    told = ", ".join(f"{label}: {name}" for label, name in rest)
    return f"{words} ({told})" if told else words
