"""What the first process knows of all records, a few numbers each, and what it can tell from them.

Records themselves are never all in memory: a million of them would take gigabytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import repeat

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
    """The records of all chunks; each is known by its number, in the order of reading.

    First all are added, then `troubled` tells what is wrong with them together, then `resolve`
    finds the numbers of those that they refer to; the rest is known from there on.
    """

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
        self._counts = array("I")
        """Of each of those, how many statements name it."""
        self._targets = array("I")
        """Of each of those, the number of the record, or the number of records where it is none."""
        self._mentions = array("I")
        """Of each record, how many statements name it."""
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
        self._counts.extend(repeat(0, len(self._names) - len(self._counts)))
        for one, mentions in zip(named, found.mentions, strict=True):
            self._counts[one] += mentions
        for used, onward in zip(found.used, found.onward, strict=True):
            self._used.add(map(named.__getitem__, used))
            self._onward.add(map(named.__getitem__, onward))
        for name, values in found.identifiers.items():
            self._identifiers.setdefault(name, array("Q")).extend(values)

    def numbers(self) -> dict[str, int]:
        """Return reference → number of the record; it takes so much memory that it isn't kept."""
        return {reference: number for number, reference in enumerate(self.references)}

    def troubled(self, numbers: Mapping[str, int]) -> list[Chunk]:
        """Return the chunks with records that can't stand beside others, or lack others.

        Args:
            numbers: as `numbers` returns them.
        """
        unknown = {
            number
            for name, number in self._names.items()
            if name not in numbers and not self._excused(name)
        }
        found = {n for n, named in enumerate(self._named_in) if not unknown.isdisjoint(named)}
        if len(numbers) < len(self):
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

    def resolve(self, numbers: Mapping[str, int]) -> None:
        """Turn what records refer to into numbers, and forget what only mistakes are told by.

        An address in a record's text may look like a reference and lead to none of the records;
        whether links lead somewhere is checked in the finished release.

        Args:
            numbers: as `numbers` returns them.
        """
        nobody = len(self)
        self._targets = array("I", (numbers.get(name, nobody) for name in self._names))
        mentions = array("I", repeat(0, nobody + 1))
        for number, count in zip(self._targets, self._counts, strict=True):
            mentions[number] = count
        self._mentions = mentions[:nobody]
        self._names, self._counts, self._named_in, self._identifiers = {}, array("I"), [], {}

    def find(self, reference: str) -> int | None:
        """Return the number of a record; None of what is none."""
        place = bisect_left(self._order, reference, key=self.references.__getitem__)
        number = self._order[place] if place < len(self) else None
        return number if number is not None and self.references[number] == reference else None

    @cached_property
    def _order(self) -> array[int]:
        """The numbers in the order of the references."""
        return array("I", sorted(range(len(self)), key=self.references.__getitem__))

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
        return self._records(self._used[number])

    def onward(self, number: int) -> Iterator[int]:
        """Yield the same of those that the first section of its row names."""
        return self._records(self._onward[number])

    def _records(self, named: Sequence[int]) -> Iterator[int]:
        return (number for one in named if (number := self._targets[one]) < len(self.references))

    def by_kind(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Yield each kind that has records, with their numbers in the order of their slugs."""
        for kind in KINDS:
            start, stop = (
                bisect_left(self._order, f"{kind}{end}", key=self.references.__getitem__)
                for end in "/0"  # What follows the slash is the nought.
            )
            if start < stop:
                yield kind, self._order[start:stop]

    def ranks(self) -> array[int]:
        """Return for each record its place among all when the heaviest comes first."""
        weights = array("d")
        every = zip(self.references, self.people, self._mentions, strict=True)
        for reference, people, mentions in every:
            weights.append(-weight(reference.partition("/")[0], people, mentions))
        ranks = array("I", repeat(0, len(self)))
        for rank, number in enumerate(sorted(self._order, key=weights.__getitem__), start=1):
            ranks[number] = rank
        return ranks
