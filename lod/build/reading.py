"""The first pass: chunk → typed records → lines, kept in a file that later jobs take them from.

A record's part of the file, its *row*, has two sections. The first says what others may want to
know of it: names, and the lines that shapes follow. The second is what its own documents need:
what the search index knows, and all lines in canonical order without the record's IRI.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from typing import NamedTuple

from pyoxigraph import NamedNode

from lod.build import kept
from lod.build.followed import followed
from lod.build.rows import Own, Shown
from lod.build.setting import Setting
from lod.errors import RecordError
from lod.formats.order import END, middle
from lod.iri import KINDS, SLUG_PATTERN
from lod.records import Entry, Record
from lod.records.checks import IDENTIFIERS
from lod.records.chunks import Chunk
from lod.records.kinds import references
from lod.records.loader import read
from lod.records.membership import Membership
from lod.records.raw import Reporter
from lod.search import item

OFFICIAL = ("ags", "ars", "association_key", "key")
"""The identifiers that a resource can be asked for by."""


@dataclass(slots=True)
class Read:
    """What a chunk holds, in short; the first process keeps it of all chunks.

    Attributes:
        key: names the file with the rows.
        start: where the first row begins in the file.
        records: their references, in the order of the chunk.
        sizes: of both sections of each row, in bytes, one after the other.
        digests: of both sections, in hexadecimal, one after the other.
        people: population of each record; 0 where it has none.
        names: the references that the records have to others.
        used: for each record, the numbers of those in `names`.
        onward: the same of those that stand in the first section.
        mentions: for each of `names`, how many statements name it.
        identifiers: kind and field → a number for each value.
        triples: how many there are.
        named: the references of all records, the faulty ones too.
        errors: what is wrong with them.
    """

    key: str = ""
    start: int = 0
    records: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    used: list[list[int]] = field(default_factory=list)
    onward: list[list[int]] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    identifiers: dict[str, list[int]] = field(default_factory=dict)
    triples: int = 0
    named: list[str] = field(default_factory=list)
    errors: list[RecordError] = field(default_factory=list)


_KEPT = (
    *(
        "records",
        "sizes",
        "digests",
        "people",
        "names",
        "used",
        "onward",
        "mentions",
        "identifiers",
    ),
    *("triples", "named"),
)


class Job(NamedTuple):
    """A chunk, and what it is read for."""

    chunk: Chunk
    setting: Setting

    @property
    def key(self) -> str:
        """The name of the outcome, by the files as they are now."""
        return self.setting.key(b"chunk", self.chunk.kind.encode(), *self.chunk.content())

    def known(self) -> bool:
        """Tell whether the outcome is kept already."""
        return kept.whole(self.setting.path(self.key))

    def packed(self) -> tuple[Job, dict[str, bytes]]:
        """Return the job as it is done elsewhere, and the files that it reads there, by name."""
        return self, self.chunk.files_alone()

    def moved(self, setting: Setting) -> Job:
        """Return the job with its files in the folder of another setting."""
        return Job(self.chunk.moved(setting.folder), setting)


def read_chunk(job: Job) -> Read:
    """Read the records of a chunk and keep their rows; what is kept already is taken as it is.

    Raises:
        LodError: a file was changed meanwhile.
    """
    chunk, setting = job
    key = job.key
    path = setting.path(key)
    if kept.whole(path):
        facts, start = kept.read_facts(path)
        return Read(key, start, **facts)
    reporter = Reporter(setting.language)
    named: set[str] = set()
    rows, found = _rows(read(chunk, named, reporter), setting)
    found.named, found.errors = sorted(named), reporter.errors
    if not found.errors:
        if key != job.key:
            raise chunk.changed()
        kept.write(path, {name: getattr(found, name) for name in _KEPT}, rows)
        found.key, found.start = key, kept.read_facts(path)[1]
    return found


def _rows(entries: Iterable[Entry], setting: Setting) -> tuple[list[bytes], Read]:
    found, rows = Read(), list[bytes]()
    numbers: dict[str, int] = {}
    mentions: Counter[int] = Counter()
    mapper, followed_ = setting.mapper, follows(setting)
    references_in = _references_in(setting.base).findall

    def mentioned(record: Record, lines: str) -> dict[int, int]:
        named = Counter(references_in(lines))
        del named[record.reference]
        return {numbers.setdefault(name, len(numbers)): count for name, count in named.items()}

    for record in (entry.record for entry in entries):
        lines = mapper.lines(record)
        start = len(mapper.space.things) + len(record.reference)
        short = [line[start:] for line in lines]
        shown = "\n".join(line for line in short if line.split(END, 2)[1] in followed_)
        own = "\n".join(short)
        row = _row(record, shown, own)
        rows += row
        found.records.append(record.reference)
        found.sizes += map(len, row)
        found.digests += (blake2b(section, digest_size=16).hexdigest() for section in row)
        found.people.append(record.__dict__.get("population") or 0)
        found.triples += len(lines)
        named = {name: numbers.setdefault(name, len(numbers)) for _, name in references(record)}
        found.used.append(sorted(named.values()))
        found.onward.append(sorted(mentioned(record, shown)))
        mentions.update(mentioned(record, own))
        _identify(record, found.identifiers)
    found.names = list(numbers)
    found.mentions = [mentions[number] for number in range(len(numbers))]
    return rows, found


def _row(record: Record, shown: str, own: str) -> tuple[bytes, bytes]:
    """Return both sections of a record's row."""
    names = record.__dict__.get("name", {})
    told = item(record, names)
    known = [told.others, told.texts, told.form, told.codes, told.facts]
    identifiers = [value for name in OFFICIAL if (value := record.__dict__.get(name))]
    return (
        Shown(record.reference, names, _named_by(record), shown).write(),
        Own(known, identifiers, own).write(),
    )


@lru_cache(maxsize=1)
def follows(setting: Setting) -> frozenset[str]:
    """Return the predicates of the lines that others may want to know, with their ranks."""
    properties = followed(setting.shapes_graph())
    return frozenset(middle(NamedNode(iri)).strip(END) for iri in properties)


def _named_by(record: Record) -> tuple[str, ...]:
    """Return the references of those that a record without a name of its own is named by."""
    return (record.person, record.organisation) if isinstance(record, Membership) else ()


@cache
def _references_in(base: str) -> re.Pattern[str]:
    """Return what finds the references that stand as objects of lines."""
    kinds = "|".join(KINDS)
    return re.compile(rf"{END}<{re.escape(base)}id/((?:{kinds})/{SLUG_PATTERN})(?=[/>])")


def _identify(record: Record, found: dict[str, list[int]]) -> None:
    """Add a number for each value that no two records of a kind may share."""
    for name in IDENTIFIERS:
        value = record.__dict__.get(name)
        if value is not None:
            found.setdefault(f"{record.kind} {name}", []).append(number_of(value))


def number_of(value: str) -> int:
    """Return what stands for an identifier where all of them are compared."""
    return int.from_bytes(blake2b(value.encode(), digest_size=7).digest())
