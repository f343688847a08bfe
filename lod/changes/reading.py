"""Reads what a release has kept of the changes since the one before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from pyoxigraph import Triple

from lod.changes.comparing import CHANGES
from lod.errors import ReleaseError

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


class Change(NamedTuple):
    """An entity that isn't as it was.

    Attributes:
        reference: ``<kind>/<slug>``.
        what: `ADDED`, `CHANGED` or `REMOVED`.
        names: language code → name; of what was removed, the last one.
    """

    reference: str
    what: str
    names: Mapping[str, str]


class Difference(NamedTuple):
    """What is stated of an entity and its parts in one of the releases alone.

    Attributes:
        gone: triples that only the release before has.
        new: triples that only this release has.
    """

    gone: list[Triple]
    new: list[Triple]


class Changes:
    """The changes from one release to the next; safe to share between threads.

    Args:
        index: the file that has them.

    Attributes:
        version: of the release before.
        modified: the date of its edition.
    """

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        self.version, self.modified = index.execute("SELECT * FROM before").fetchone()

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """Kind → what happened → to how many; without the kinds of which nothing changed."""
        counts: dict[str, dict[str, int]] = {}
        for kind, what, number in self._index.execute(
            "SELECT kind, what, count(*) FROM change GROUP BY kind, what ORDER BY min(number)"
        ):
            counts.setdefault(kind, {})[what] = number
        return counts

    def listed(self, kind: str = "", offset: int = 0, limit: int = -1) -> list[Change]:
        """Return changes in the order of kinds, what happened, and names.

        Args:
            kind: to see it alone.
            offset: how many to pass over.
            limit: at most so many; all where it is negative.
        """
        rows = self._index.execute(
            "SELECT kind, slug, what, names FROM change WHERE ? IN ('', kind) "
            "ORDER BY number LIMIT ? OFFSET ?",
            (kind, limit, offset),
        )
        return list(map(_change, rows))

    def sample(self, limit: int) -> list[Change]:
        """Return some changes, of as many kinds as there are: the first of each comes first."""
        rows = self._index.execute(
            "SELECT kind, slug, what, names FROM change "
            "ORDER BY row_number() OVER (PARTITION BY kind ORDER BY number), number LIMIT ?",
            (limit,),
        )
        return list(map(_change, rows))

    def removed(self, reference: str) -> Mapping[str, str] | None:
        """Return the last names of what the release before had and this one hasn't.

        Args:
            reference: ``<kind>/<slug>``.

        Returns:
            language code → name; None of everything else.
        """
        kind, _, slug = reference.partition("/")
        row = self._index.execute(
            "SELECT names FROM change WHERE kind = ? AND slug = ? AND what = ?",
            (kind, slug, REMOVED),
        ).fetchone()
        names: Mapping[str, str] | None = json.loads(row[0]) if row else None
        return names

    def differences(self, references: Iterable[str]) -> dict[str, Difference]:
        """Return what is stated in one of the releases alone, of each changed entity."""
        found = {}
        for reference in references:
            kind, _, slug = reference.partition("/")
            difference = found[reference] = Difference([], [])
            for newer, line in self._index.execute(
                "SELECT newer, line FROM statement WHERE kind = ? AND slug = ? ORDER BY rowid",
                (kind, slug),
            ):
                quads = ox.parse(line.encode(), ox.RdfFormat.N_TRIPLES)
                (difference.new if newer else difference.gone).extend(one.triple for one in quads)
        return found


def _change(row: tuple[str, str, str, str]) -> Change:
    kind, slug, what, names = row
    return Change(f"{kind}/{slug}", what, json.loads(names))


def read(release: Path) -> Changes | None:
    """Return the changes that led to a release; None where there was none to compare it with.

    Raises:
        ReleaseError: the file that has them is damaged.
    """
    path = release / CHANGES
    if not path.is_file():
        return None
    try:
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        return Changes(sqlite3.connect(address, uri=True, check_same_thread=False))
    except (sqlite3.Error, TypeError) as error:
        raise ReleaseError(f"{path}: can't be read ({error}). Build again") from None
