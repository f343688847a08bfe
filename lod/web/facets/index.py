"""Which entries of a list have which value: one bit for each entry, so that counting is cheap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, islice

from lod.search import Search
from lod.store import Store
from lod.web.facets.table import FACETS, Facet
from lod.web.facets.world import World

Bits = int
"""A set of entries: the bit of an entry is that of its place in the list."""
Choice = Mapping[str, tuple[str, ...]]
"""The name of a facet → the values that were chosen of it."""


@dataclass(frozen=True)
class Index:
    """The list of a kind, by its facets.

    Attributes:
        kind: of the list.
        slugs: of the entries, in the order of the list.
        values: the name of a facet → value → which entries have it; the most frequent value first.
        told: the properties of the search index that some entry has.
    """

    kind: str
    slugs: tuple[str, ...]
    values: Mapping[str, Mapping[str, Bits]]
    told: frozenset[str]

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The facets of the kind."""
        return FACETS.get(self.kind, ())

    @cached_property
    def everything(self) -> Bits:
        """All entries."""
        return (1 << len(self.slugs)) - 1

    @cached_property
    def _places(self) -> dict[str, int]:
        return {slug: place for place, slug in enumerate(self.slugs)}

    def of(self, slugs: Iterable[str]) -> Bits:
        """Return the entries with some slugs."""
        bits = bytearray(len(self.slugs) // 8 + 1)
        for place in map(self._places.__getitem__, slugs):
            bits[place // 8] |= 1 << place % 8
        return int.from_bytes(bits, "little")

    def chosen(self, among: Bits, choice: Choice, without: str = "") -> Bits:
        """Return the entries that have, of each facet, one of the values that were chosen.

        Args:
            among: which entries.
            choice: what was chosen.
            without: the name of a facet that isn't looked at.
        """
        for name, values in choice.items():
            if name != without:
                among &= _any(self.values[name][value] for value in values)
        return among

    def counts(self, facet: Facet, among: Bits, choice: Choice) -> dict[str, int]:
        """Return how many entries each value of a facet would show, beside the other facets.

        Args:
            facet: which.
            among: the entries of the list, as far as words narrow it.
            choice: what was chosen.
        """
        rest = self.chosen(among, choice, without=facet.name)
        return {value: (bits & rest).bit_count() for value, bits in self.values[facet.name].items()}

    def references(self, bits: Bits, start: int = 0, number: int | None = None) -> Iterator[str]:
        """Yield the references of some entries in the order of the list.

        Args:
            bits: which entries.
            start: how many of them are passed over.
            number: how many are wanted; None for all.
        """
        end = None if number is None else start + number
        if bits == self.everything:
            slugs: Iterable[str] = self.slugs[start:end]
        else:
            has = map("1".__eq__, reversed(f"{bits:b}"))
            slugs = islice(compress(self.slugs, has), start, end)
        return (f"{self.kind}/{slug}" for slug in slugs)

    def of_each(self, facet: Facet, bits: Bits) -> Iterator[list[str]]:
        """Yield the values of a facet that each of some entries has, in the order of the list."""
        found = self.values[facet.name]
        rows = [f"{has:0{len(self.slugs)}b}"[::-1] for has in found.values()]
        for place, has in enumerate(reversed(f"{bits:b}")):
            if has == "1":
                yield [value for value, row in zip(found, rows, strict=True) if row[place] == "1"]


def make(kind: str, store: Store, search: Search) -> Index:
    """Read the facets of a kind off a release."""
    slugs = tuple(store.slugs(kind))
    places = {slug: place for place, slug in enumerate(slugs)}
    size = len(slugs) // 8 + 1
    facets, world = FACETS.get(kind, ()), World(search)
    found: dict[str, dict[str, bytearray]] = {facet.name: {} for facet in facets}
    told: set[str] = set()
    for slug, facts in search.facts(kind):
        told.update(facts)
        byte, bit = divmod(places[slug], 8)
        for facet in facets:
            for value in facet.read(f"{kind}/{slug}", facts, world):
                found[facet.name].setdefault(value, bytearray(size))[byte] |= 1 << bit
    values_ = {name: _by_number(values) for name, values in found.items()}
    return Index(kind, slugs, values_, frozenset(told))


def _by_number(values: Mapping[str, bytearray]) -> dict[str, Bits]:
    bits = {value: int.from_bytes(found, "little") for value, found in values.items()}
    return dict(sorted(bits.items(), key=lambda one: (-one[1].bit_count(), one[0])))


def _any(found: Iterable[Bits]) -> Bits:
    every = 0
    for bits in found:
        every |= bits
    return every
