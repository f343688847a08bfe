"""What the first process knows of all records, a few numbers each, and what it can tell from them.

Records themselves are never all in memory: a million of them would take gigabytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, repeat

from lod.build.reading import Read
from lod.iri import KINDS
from lod.records.checks import UNKNOWN
from lod.records.chunks import Chunk
from lod.search import weight

DIGEST = 16
"""The length of a section's digest, in bytes."""


class Lists:
    """Lists of small numbers, one after the other: a list of lists takes ten times as much."""

    def __init__(self) -> None:
        self._items = array("I")
        self._ends = array("Q", [0])

    def add(self, items: Iterable[int]) -> None:
        """Append a list."""
        self._items.extend(items)
        self._ends.append(len(self._items))

    def __getitem__(self, number: int) -> Sequence[int]:
        return self._items[self._ends[number] : self._ends[number + 1]]


class Ledger:
    """The records of all chunks; each is known by its number, in the order of reading."""

    def __init__(self) -> None:
        self.chunks: list[Chunk] = []
        self.files: list[str] = []
        """Of each chunk, the key of the file with its rows."""
        self.named: set[str] = set()
        """What chunks name that has no row: faulty records, kinds that couldn't be read."""
        self.references: list[str] = []
        """Of each record."""
        self.triples = 0
        self.people = array("Q")
        self._first = array("Q")
        self._starts = array("Q")
        self._sizes = array("I")
        self._digests = bytearray()
        self._names: dict[str, int] = {}
        """What any record refers to → its number among those."""
        self._mentions = array("I")
        """Of each of those, how many statements name it."""
        self._named_in: list[array[int]] = []
        self._used, self._onward = Lists(), Lists()
        self._identifiers: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self.references)

    def add(self, chunk: Chunk, found: Read) -> None:
        """Take note of what a chunk holds."""
        self.chunks.append(chunk)
        self.files.append(found.key)
        self._first.append(len(self))
        self.references += found.records
        self.named.update(set(found.named).difference(found.records))
        self.triples += found.triples
        self.people.extend(found.people)
        start = found.start
        for number in range(0, len(found.sizes), 2):
            self._starts.append(start)
            start += found.sizes[number] + found.sizes[number + 1]
        self._sizes.extend(found.sizes)
        self._digests += bytes.fromhex("".join(found.digests))
        named = array("I", (self._names.setdefault(one, len(self._names)) for one in found.names))
        self._named_in.append(named)
        self._mentions.extend(repeat(0, len(self._names) - len(self._mentions)))
        for one, mentions in zip(named, found.mentions, strict=True):
            self._mentions[one] += mentions
        for used, onward in zip(found.used, found.onward, strict=True):
            self._used.add(map(named.__getitem__, used))
            self._onward.add(map(named.__getitem__, onward))
        for name, values in found.identifiers.items():
            self._identifiers.setdefault(name, array("Q")).extend(values)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Reference → number of the record."""
        return {reference: number for number, reference in enumerate(self.references)}

    def chunk_of(self, number: int) -> int:
        """Return the number of the chunk that a record stands in."""
        return bisect_right(self._first, number) - 1

    def row(self, number: int) -> tuple[int, int, int, int]:
        """Return where a record's row is: file, start, and the lengths of its sections."""
        shown, own = self._sizes[2 * number : 2 * number + 2]
        return self.chunk_of(number), self._starts[number], shown, own

    def digest(self, number: int) -> bytes:
        """Return what tells both sections of a row from any others."""
        return bytes(self._digests[2 * DIGEST * number : 2 * DIGEST * (number + 1)])

    def shown_digest(self, number: int) -> bytes:
        """Return what tells the first section of a row from any other."""
        return self.digest(number)[:DIGEST]

    def used(self, number: int) -> Iterator[int]:
        """Yield the numbers of the records that a record refers to."""
        return map(self._targets.__getitem__, self._used[number])

    def onward(self, number: int) -> Iterator[int]:
        """Yield the same of those that the first section of its row names."""
        return map(self._targets.__getitem__, self._onward[number])

    @cached_property
    def _targets(self) -> array[int]:
        """Of all that records refer to, the numbers of the records."""
        return array("I", map(self.numbers.__getitem__, self._names))

    def troubled(self) -> list[Chunk]:
        """Return the chunks with records that can't stand beside others, or lack others."""
        unknown = {
            number
            for name, number in self._names.items()
            if name not in self.numbers and not self._excused(name)
        }
        found = {n for n, named in enumerate(self._named_in) if not unknown.isdisjoint(named)}
        if len(self.numbers) < len(self):
            twice = Counter(self.references)
            found |= {self.chunk_of(n) for n, one in enumerate(self.references) if twice[one] > 1}
        for name, values in self._identifiers.items():
            if len(set(values)) < len(values):
                kind = name.partition(" ")[0]
                found |= {n for n, chunk in enumerate(self.chunks) if chunk.kind == kind}
        return [self.chunks[number] for number in sorted(found)]

    def _excused(self, reference: str) -> bool:
        """Tell whether a reference may well lead somewhere, as soon as that can be read."""
        kind = reference.partition("/")[0]
        return reference in self.named or f"{kind}/{UNKNOWN}" in self.named

    def by_kind(self) -> Iterator[tuple[str, list[int]]]:
        """Yield each kind that has records, with their numbers in the order of their slugs."""
        order = sorted(range(len(self)), key=self.references.__getitem__)
        found = {
            kind: list(numbers)
            for kind, numbers in groupby(order, lambda n: self.references[n].partition("/")[0])
        }
        return ((kind, found[kind]) for kind in KINDS if kind in found)

    def ranks(self) -> array[int]:
        """Return for each record its place among all when the heaviest comes first."""
        weights = array("d")
        for reference, people in zip(self.references, self.people, strict=True):
            kind = reference.partition("/")[0]
            named = self._names.get(reference)
            mentions = 0 if named is None else self._mentions[named]
            weights.append(-weight(kind, people, mentions))
        order = sorted(range(len(self)), key=self.references.__getitem__)
        ranks = array("I", repeat(0, len(self)))
        for rank, number in enumerate(sorted(order, key=weights.__getitem__), start=1):
            ranks[number] = rank
        return ranks
