"""Dumps read again: how many triples each holds, a sum that tells them from others, and of what.

A dump that was put together from parts is read part by part. What a part held is remembered by a
digest of its bytes, so that after a small change most of a dump is hashed and only a little parsed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from lod.formats import BY_EXTENSION, N_TRIPLES
from lod.vocab import RDF

QUADS = 50_000
"""So many are looked at together."""
BLOCK = 1 << 22
"""So many bytes of N-Triples are looked at together."""
RESOURCES = 5_000
"""So many of a JSON-LD dump are read at once."""
_FOOT = b"]}\n"
_COMMA = b",\n"
_ENGINE = ox.__version__.encode()[: blake2b.PERSON_SIZE]
"""Another version may have other hashes."""

# Each line has a line's end before it here: looking for that is three times as fast as for ``^``.
_SUBJECT = re.compile(rb"\n(<[^>]*>)")
_PROPERTY = re.compile(rb"\n<[^>]*> <([^>]*)>")
# Only an IRI ends a line like that.
_CLASS = re.compile(rb" <%s> <([^>]*)> \.\n" % RDF.type.value.encode())


class Tally(NamedTuple):
    """What N-Triples are about.

    Attributes:
        subjects: how many.
        properties: property → how many triples have it.
        classes: class → how many subjects have it.
    """

    subjects: int
    properties: Mapping[str, int]
    classes: Mapping[str, int]

    @classmethod
    def of(cls, blocks: Iterable[bytes]) -> Tally:
        """Count in runs of whole lines; those about a subject stand together."""
        subjects, properties, classes = 0, Counter[bytes](), Counter[bytes]()
        before: set[bytes] = set()
        for lines in blocks:
            now = set(subjects_of(lines))
            subjects += len(now - before)
            before = now
            properties.update(_PROPERTY.findall(b"\n" + lines))
            classes.update(_CLASS.findall(lines))
        return cls(
            subjects, *({k.decode(): n for k, n in c.items()} for c in (properties, classes))
        )

    @classmethod
    def together(cls, tallies: Iterable[Tally]) -> Tally:
        """Return the sum of several, none of which has a subject of another."""
        subjects, properties, classes = 0, Counter[str](), Counter[str]()
        for one in tallies:
            subjects += one.subjects
            properties.update(one.properties)
            classes.update(one.classes)
        return cls(subjects, dict(properties), dict(classes))


class Held(NamedTuple):
    """What a dump, or a part of one, holds.

    Attributes:
        triples: how many.
        mark: the sum of their hashes: the same for the same ones in any order.
        tally: of N-Triples alone.
    """

    triples: int = 0
    mark: int = 0
    tally: Tally | None = None

    @classmethod
    def together(cls, parts: Iterable[Held]) -> Held:
        """Return what several parts hold together."""
        found = list(parts)
        tallies = [one.tally for one in found if one.tally is not None]
        return cls(
            sum(one.triples for one in found),
            sum(one.mark for one in found),
            Tally.together(tallies) if tallies else None,
        )


class Dump(NamedTuple):
    """A dump to be read.

    Attributes:
        path: of the file.
        lengths: of what it was put together from, in bytes: what stands before the parts, these,
            in JSON-LD with commas between them, and what stands after them; empty if unknown.
        known: digest of a part → what it held.
    """

    path: Path
    lengths: Sequence[int] = ()
    known: Mapping[str, Held] = {}


class Outcome(NamedTuple):
    """What was read.

    Attributes:
        name: of the file.
        held: in all.
        parts: digest of each part → what it held.
        problem: why it can't be read; empty if it can.
    """

    name: str
    held: Held = Held()
    parts: Mapping[str, Held] = {}
    problem: str = ""


def read_dump(dump: Dump) -> Outcome:
    """Read a dump."""
    name = dump.path.name
    try:
        if not dump.lengths:
            held = _summed(quads(dump.path))
            if dump.path.suffix == N_TRIPLES.extension:
                held = held._replace(tally=Tally.of(line_blocks(dump.path)))
            return Outcome(name, held)
        parts = list(_parts(dump))
    except (SyntaxError, OSError) as error:
        return Outcome(name, problem=str(error))
    return Outcome(name, Held.together(held for _, held in parts), dict(parts))


def subjects_of(lines: bytes) -> list[bytes]:
    """Return the subject of each of some lines of N-Triples."""
    return _SUBJECT.findall(b"\n" + lines)


def line_blocks(path: Path) -> Iterator[bytes]:
    """Yield a file as runs of whole lines."""
    with path.open("rb") as file:
        while lines := file.read(BLOCK):
            yield lines + file.readline()


def quads(path: Path) -> Iterator[ox.Quad]:
    """Yield what a dump says, without holding all of it.

    Raises:
        SyntaxError: it can't be read.
    """
    if path.suffix != ".jsonld":
        yield from ox.parse(path=str(path))
        return
    # Of JSON-LD the engine holds whatever it is given. Our dumps have a line for each resource.
    more: bool | None = None
    last = b""
    with path.open("rb") as file:
        head = file.readline() + file.readline()
        while lines := list(islice(file, RESOURCES)):
            nodes, last = b"".join(lines), lines[-1]
            if more is not None and more == (nodes == _FOOT):
                raise SyntaxError("a comma is missing, or one too many")
            more = nodes.endswith(_COMMA)
            if last != _FOOT:
                nodes = nodes.removesuffix(_COMMA) + _FOOT
            yield from ox.parse(head + nodes, ox.RdfFormat.JSON_LD)
    if last != _FOOT:
        raise SyntaxError("the end is missing")


def remembered(path: Path) -> dict[str, Held]:
    """Return what `remember` wrote; nothing where that is damaged."""
    try:
        digest, content = path.read_bytes().split(b"\n", 1)
        if digest != _digest(content):
            return {}
        return {
            key: Held(triples, mark, None if tally is None else Tally(*tally))
            for key, (triples, mark, tally) in json.loads(content).items()
        }
    except (OSError, ValueError, TypeError, AttributeError):  # of another build, or damaged
        return {}


def remember(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write what the parts of dumps held, whole or not at all, behind a digest of it."""
    beside = path.with_name(f"{path.name}.part")
    found = {key: held for outcome in outcomes for key, held in outcome.parts.items()}
    content = json.dumps(found).encode()
    beside.write_bytes(_digest(content) + b"\n" + content)
    beside.replace(path)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).hexdigest().encode()


def _parts(dump: Dump) -> Iterator[tuple[str, Held]]:
    """Yield each part's digest and what it holds."""
    before, *lengths, after = dump.lengths
    format_ = ox.RdfFormat.from_media_type(BY_EXTENSION[dump.path.suffix].media_type)
    commas = dump.path.suffix == ".jsonld"
    with dump.path.open("rb") as file:
        file.seek(-after, 2)
        foot = file.read()
        file.seek(0)
        head = file.read(before)
        for number, length in enumerate(lengths):
            part = file.read(length)
            if commas and number % 2:
                if part != _COMMA:
                    raise SyntaxError("a comma is missing")
                continue
            whole = head + part + foot
            key = blake2b(whole, digest_size=16, person=_ENGINE).hexdigest()
            held = dump.known.get(key)
            if held is None:
                held = _summed(ox.parse(whole, format_))
                if dump.path.suffix == N_TRIPLES.extension:
                    held = held._replace(tally=Tally.of([part]))
            yield key, held
        if file.read() != foot:
            raise SyntaxError("it doesn't end where its last part does")


def _summed(found: Iterable[ox.Quad]) -> Held:
    number, mark = 0, 0
    hashes = map(hash, found)
    while some := list(islice(hashes, QUADS)):
        number += len(some)
        mark += sum(some)
    return Held(number, mark)
