"""A list as a request narrows it: by words in the name, and by facets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from itertools import islice

from flask import request

from lod.iri import slug
from lod.web.facets.called import called, learn
from lod.web.facets.index import Bits, Choice, Index
from lod.web.facets.table import FACETS, Facet
from lod.web.faults import Fault
from lod.web.labels import Labels
from lod.web.scribe import Scribe
from lod.web.translate import _
from lod.web.visit import edition, export, reader, searched

_ALIKE = 0.8
"""How alike the names of a parameter and a facet are, of 1, to be taken for a slip."""
_LONGEST, _FEW = 50, 20
"""Characters of a name, and names, that are looked at."""

Arguments = dict[str, tuple[str, ...]]
"""The arguments of an address, each with its values."""


@dataclass(frozen=True)
class Narrowed:
    """The part of a kind's list that was asked for.

    Attributes:
        kind: of the list.
        words: that names contain; empty where it isn't narrowed by them.
        choice: the values that were chosen, of those facets of which some were.
    """

    kind: str
    words: str = ""
    choice: Choice = field(default_factory=dict)

    @classmethod
    def of_request(cls, kind: str) -> Narrowed:
        """Return what the address asks for; static files aren't narrowed.

        Raises:
            Fault: a facet has no such value, or a parameter is nearly called as a facet is.
        """
        if export() is not None:
            return cls(kind)
        _check_names(kind)
        given = {facet.name: request.args.getlist(facet.name) for facet in FACETS.get(kind, ())}
        # A form sends its empty fields too.
        asked = {name: list(filter(None, values)) for name, values in given.items()}
        return cls(kind, searched(), _chosen(kind, asked) if any(asked.values()) else {})

    @property
    def index(self) -> Index:
        """The whole list, by its facets."""
        return edition().index(self.kind)

    @cached_property
    def named(self) -> Bits:
        """The entries that words leave, whatever was chosen."""
        if not slug(self.words):
            return self.index.everything
        return self.index.of(edition().store.named(self.kind, self.words))

    @cached_property
    def bits(self) -> Bits:
        """The entries that are left."""
        return self.index.chosen(self.named, self.choice)

    @property
    def narrowed(self) -> bool:
        """Whether it is less than the whole list."""
        return bool(self.words or self.choice)

    @property
    def number(self) -> int:
        """How many entries are left."""
        return self.bits.bit_count() if self.narrowed else edition().store.count(self.kind)

    def references(self, start: int = 0, number: int | None = None) -> Iterator[str]:
        """Yield the references of entries in the order of the list.

        Args:
            start: how many are passed over.
            number: how many are wanted; None for all that follow.
        """
        if export() is not None:
            # Asked of the store, so that a page is made again only where its own entries change.
            found = edition().store.resources(self.kind, start, -1 if number is None else number)
            return (entry.reference for entry in found)
        return self.index.references(self.bits, start, number)

    @property
    def arguments(self) -> Arguments:
        """What names it in an address, in one order whatever the order it was asked in."""
        return self.arguments_with(self.choice)

    def arguments_with(self, choice: Choice) -> Arguments:
        """Return the arguments of the same list with another choice."""
        given: Arguments = {"q": (self.words,)} if self.words else {}
        return given | {
            facet.name: tuple(map(facet.key, choice[facet.name]))
            for facet in FACETS.get(self.kind, ())
            if choice.get(facet.name)
        }

    def toggled(self, facet: Facet, value: str) -> Arguments:
        """Return the arguments of the list with a value more, or without it if it was chosen."""
        before = self.choice.get(facet.name, ())
        after = tuple(
            one for one in self.index.values[facet.name] if (one in before) != (one == value)
        )
        return self.arguments_with({**self.choice, facet.name: after})


def _check_names(kind: str) -> None:
    """Refuse a slip in the name of a facet: the list would be whole, and nobody would notice.

    Raises:
        Fault: there is one.
    """
    names = [facet.name for facet in FACETS.get(kind, ())]
    for given in islice(request.args, _FEW):
        if len(given) > _LONGEST:
            continue
        meant = get_close_matches(given, names, 1, _ALIKE) if given not in names else []
        if meant:
            detail = _(
                "There is no parameter “%(given)s”. Did you mean “%(name)s”?",
                given=given,
                name=meant[0],
            )
            members = {"parameter": given, "similar": meant}
            raise Fault(400, _("No such parameter"), detail, members=members)


def _chosen(kind: str, asked: Mapping[str, list[str]]) -> Choice:
    """Return the values that arguments name, in the order that the index has them in."""
    index, found = edition().index(kind), {}
    for facet in index.facets:
        exact = {facet.key(value): value for value in index.values[facet.name]}
        keys = {key.casefold(): value for key, value in exact.items()} | exact
        values = {_value(facet, word, keys) for word in asked[facet.name]}
        if values:
            found[facet.name] = tuple(one for one in index.values[facet.name] if one in values)
    return found


def _value(facet: Facet, word: str, keys: Mapping[str, str]) -> str:
    """Return the value that a word names: its key, or what it is called.

    Raises:
        Fault: there is none.
    """
    for key in (word.strip(), word.strip().casefold(), slug(word)):
        if key in keys:
            return keys[key]
    raise _unknown(facet, word, sorted(set(keys.values())))


def _unknown(facet: Facet, word: str, values: list[str]) -> Fault:
    """Return what is said of a word that is no value, with all that are."""
    scribe = Scribe(edition().store, Labels(edition().store.style), reader())
    learn(scribe, facet, values)
    detail = _(
        "“%(label)s” has no value “%(value)s”. In an address, ?%(name)s= takes:",
        label=facet.label(reader().language),
        value=word[:100],
        name=facet.name,
    )
    path = request.path.removeprefix("/")
    choices = {
        f"{facet.key(value)} ({called(scribe, facet, value).words})": reader().page(
            path, {facet.name: facet.key(value)}
        )
        for value in values
    }
    members = {"parameter": facet.name, "known": [*map(facet.key, values)]}
    return Fault(400, _("No such value"), detail, choices=choices, members=members)
