"""Compares a release that is being built with the one that is served.

Dumps in N-Triples are sorted and have no blank nodes, so two of them are compared in one pass and
without holding either. What is found is kept beside the release and isn't published
with it: the same records make the same release, whatever was served before it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import SEEK_CUR, BytesIO
from pathlib import Path
from typing import BinaryIO

from lod.catalog import dump_name
from lod.catalog.facts import ALL
from lod.errors import ReleaseError
from lod.formats import N_TRIPLES
from lod.iri import KINDS, Space
from lod.release import Release, complete
from lod.store import INDEX, publication_of

CHANGES = "changes.sqlite"
_BLOCK = 1 << 20
"""So many bytes are compared at once; line by line only where they differ."""
_DUMP = dump_name(ALL, N_TRIPLES)
_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE before (version TEXT NOT NULL, modified TEXT NOT NULL);
CREATE TABLE change (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, what TEXT NOT NULL, slug TEXT NOT NULL,
    names TEXT NOT NULL
);
CREATE INDEX change_kind ON change (kind, number);
CREATE TABLE statement (kind TEXT NOT NULL, slug TEXT NOT NULL, newer INTEGER, line TEXT NOT NULL);
"""
_ALONE = """
CREATE TEMP TABLE alone AS
    SELECT kind, slug, 'added' AS what, names, sort FROM new.resource AS here
    WHERE NOT EXISTS (SELECT 1 FROM old.resource WHERE (kind, slug) = (here.kind, here.slug))
    UNION ALL
    SELECT kind, slug, 'removed', names, sort FROM old.resource AS here
    WHERE NOT EXISTS (SELECT 1 FROM new.resource WHERE (kind, slug) = (here.kind, here.slug));
"""
_LISTED = """
CREATE INDEX statement_of ON statement (kind, slug);
INSERT INTO change (kind, what, slug, names)
    SELECT kind, what, slug, names FROM (
        SELECT * FROM alone
        UNION ALL
        SELECT kind, slug, 'changed', names, sort FROM new.resource
        WHERE (kind, slug) IN (SELECT kind, slug FROM statement)
    ) ORDER BY place(kind), what, sort, slug;
"""


def write(staged: Path, base: str, before: Release | None) -> None:
    """Write what changed since a release, where there is one that can be compared.

    Args:
        staged: the directory with the files of the new release.
        base: the publication's base IRI; with another one, all IRIs are others.
        before: the release that is served; None where there is none.
    """
    if before is None or not _comparable(before, base):
        return
    with closing(sqlite3.connect(staged / CHANGES, uri=True)) as found, found:
        found.executescript(_SCHEMA)
        found.create_function("place", 1, KINDS.index, deterministic=True)
        for name, path in (("old", before.path / INDEX), ("new", staged / INDEX)):
            found.execute(f"ATTACH ? AS {name}", (f"{path.absolute().as_uri()}?mode=ro",))
        found.executescript(_ALONE)
        alone = {f"{kind}/{name}" for kind, name in found.execute("SELECT kind, slug FROM alone")}
        with (before.path / _DUMP).open("rb") as old, (staged / _DUMP).open("rb") as new:
            rows = _statements(Space(base), differences(old, new), alone)
            found.executemany("INSERT INTO statement VALUES (?, ?, ?, ?)", rows)
        found.executescript(_LISTED)
        modified = str(before.manifest.get("modified", ""))
        found.execute("INSERT INTO before VALUES (?, ?)", (before.version, modified))


def differences(old: BinaryIO, new: BinaryIO) -> Iterator[tuple[bool, bytes]]:
    r"""Yield the lines that stand in one of two sorted files alone, and whether that is the new.

    >>> list(differences(BytesIO(b"a\nb\nd\n"), BytesIO(b"b\nc\nd\n")))
    [(False, b'a\n'), (True, b'c\n')]
    """
    while True:
        here, there = _whole_lines(old), _whole_lines(new)
        if here != there:
            yield from _different(here, there, old, new)
        elif not here:
            return


def _whole_lines(file: BinaryIO) -> bytes:
    return file.read(_BLOCK) + file.readline()


def _different(
    here: bytes, there: bytes, old: BinaryIO, new: BinaryIO
) -> Iterator[tuple[bool, bytes]]:
    """Yield the differences of two blocks; what is left of one of them is read again."""
    olds, news = BytesIO(here), BytesIO(there)
    first, second = olds.readline(), news.readline()
    while (first or not here) and (second or not there):
        if first == second:
            first, second = olds.readline(), news.readline()
        elif not second or (first and first < second):
            yield False, first
            first = olds.readline()
        else:
            yield True, second
            second = news.readline()
    for file, lines, line in ((old, olds, first), (new, news, second)):
        file.seek(lines.tell() - len(line) - len(lines.getbuffer()), SEEK_CUR)


def _statements(
    space: Space, found: Iterable[tuple[bool, bytes]], alone: set[str]
) -> Iterator[tuple[str, str, bool, str]]:
    """Yield the statements of resources that both releases have: kind, slug, newness, line."""
    for newer, line in found:
        words = line.decode().rstrip("\n")
        reference = space.reference(words[1 : words.index(">")])
        if reference is not None and reference not in alone:
            kind, _, slug = reference.partition("/")
            yield kind, slug, newer, words


def _comparable(before: Release, base: str) -> bool:
    """Say whether a release is whole, and about the same IRIs."""
    try:
        return not complete(before) and publication_of(before).base_iri == base
    except ReleaseError:
        return False
