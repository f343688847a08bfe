"""The search index of a release made from the last one's, where little has changed."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lod.search.folding import deletions, slips
from lod.search.index import GAP, UNREAD, Row, insert

Numbered = tuple[int, Row]
"""A resource and its number."""


def numbers(path: Path) -> dict[str, int]:
    """Return the number of each resource of a search index by its ``<kind>/<slug>``."""
    index = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        rows = index.execute("SELECT kind, slug, id FROM entry")
        return {f"{kind}/{slug}": number for kind, slug, number in rows}
    finally:
        index.close()


def renumbered(order: Sequence[str], known: Mapping[str, int]) -> dict[str, int] | None:
    """Return the numbers of the resources that need a new one so that numbers follow an order.

    Args:
        order: all references, the heaviest first.
        known: their numbers until now, as far as they have any.

    Returns:
        None where there is no room between the numbers that stay.
    """
    found: dict[str, int] = {}
    low, waiting = 0, list[str]()
    staying = _longest_rise([known.get(one, 0) for one in order])
    for place, reference in enumerate(order):
        if place not in staying:
            waiting.append(reference)
            continue
        high = known[reference]
        if waiting and high - low <= len(waiting):
            return None
        found |= _between(low, high, waiting)
        low, waiting = high, []
    return found | _between(low, low + GAP * (len(waiting) + 1), waiting)


def _between(low: int, high: int, waiting: Sequence[str]) -> dict[str, int]:
    parts = len(waiting) + 1
    return {one: low + (high - low) * part // parts for part, one in enumerate(waiting, start=1)}


def _longest_rise(values: Sequence[int]) -> set[int]:
    """Return the places of the longest rising sequence of values that aren't 0.

    Spec: https://en.wikipedia.org/wiki/Longest_increasing_subsequence
    """
    ends, places = list[int](), list[int]()
    before: dict[int, int] = {}
    for place, value in enumerate(values):
        if value:
            length = bisect_left(ends, value)
            ends[length : length + 1] = [value]
            places[length : length + 1] = [place]
            before[place] = places[length - 1] if length else -1
    found = set[int]()
    place = places[-1] if places else -1
    while place >= 0:
        found.add(place)
        place = before[place]
    return found


def update_rows(path: Path, gone: Iterable[Numbered], new: Sequence[Numbered]) -> None:
    """Take resources out of a search index, and others in.

    Args:
        path: the index.
        gone: as they stand in it.
        new: in the order of their numbers.
    """
    index = sqlite3.connect(path)
    index.executescript(UNREAD)
    with index:
        for number, row in gone:
            _remove(index, number, row)
        insert(index, new)
        for _, row in new:
            _count(index, row.vocabulary)
    index.close()


def _remove(index: sqlite3.Connection, number: int, row: Row) -> None:
    index.execute("DELETE FROM entry WHERE id = ?", (number,))
    index.execute("DELETE FROM name WHERE entry = ?", (number,))
    index.executemany(
        "DELETE FROM code WHERE value = ? AND entry = ? AND property = ?",
        ((value, number, key) for value, key in row.codes),
    )
    # A table without content has to be told what it knows.
    index.execute(
        "INSERT INTO words (words, rowid, kind, names, codes, texts) "
        "VALUES ('delete', ?, ?, ?, ?, ?)",
        (number, row.entry[0], *row.words),
    )
    for word in row.vocabulary:
        index.execute("UPDATE word SET number = number - 1 WHERE word = ?", (word,))
        if index.execute("DELETE FROM word WHERE word = ? AND number = 0", (word,)).rowcount:
            forms = ((form, word) for form in _forms(word))
            index.executemany("DELETE FROM deletion WHERE form = ? AND word = ?", forms)


def _count(index: sqlite3.Connection, words: Iterable[str]) -> None:
    for word in words:
        more = "UPDATE word SET number = number + 1 WHERE word = ?"
        if not index.execute(more, (word,)).rowcount:
            index.execute("INSERT INTO word VALUES (?, 1)", (word,))
            forms = ((form, word) for form in _forms(word))
            index.executemany("INSERT INTO deletion VALUES (?, ?)", forms)


def _forms(word: str) -> set[str]:
    return deletions(word) if slips(word) else set()
