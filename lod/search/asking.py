"""Asks the search index: by exact name, by its beginning, by words, and by words misspelt."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from math import isqrt
from pathlib import Path
from threading import local
from typing import Any, NamedTuple

from lod.errors import ReleaseError
from lod.search.folding import asked, compact, deletions, distance, slips
from lod.search.index import CORE, FORMER, NAME, OTHER, SEARCH
from lod.search.properties import Fact

MOST = 5_000
"""Resources that a search finds at most; nobody reads on, and the count says so."""
_END = "\U0010ffff"
_CALLED, _TOLD = ("names", "codes"), ("names", "codes", "texts")
"""The columns of the index that hold what resources are called, and what is told of them."""
_CODED = (
    "SELECT DISTINCT entry FROM code WHERE value = :whole "
    "AND (:kind = '' OR entry IN (SELECT id FROM entry WHERE kind = :kind)) "
    "ORDER BY entry LIMIT :most"
)
_NAMED = (
    "SELECT DISTINCT entry FROM name WHERE folded = :whole AND sort = :sort "
    "AND (:kind = '' OR entry IN (SELECT id FROM entry WHERE kind = :kind)) "
    "ORDER BY entry LIMIT :most"
)
_BEGUN = (
    "SELECT DISTINCT entry FROM name {index} "
    "WHERE folded >= :whole AND folded < :end AND sort < :sorts "
    "AND (:kind = '' OR entry IN (SELECT id FROM entry WHERE kind = :kind)) "
    "ORDER BY entry LIMIT :most"
)
_BY_NAME, _BY_ENTRY = (
    _BEGUN.format(index=index) for index in ("NOT INDEXED", "INDEXED BY name_entry")
)
"""Names that begin so, sorted by their entries; or all entries in order, until there are enough."""
_MANY = (
    "SELECT count(*) FROM (SELECT 1 FROM name WHERE folded >= :whole AND folded < :end LIMIT :many)"
)
_NAMES = (
    "SELECT entry, shown, sort FROM name WHERE entry IN (SELECT value FROM json_each(?)) "
    "ORDER BY sort, shown"
)
_NEAR = (
    "SELECT DISTINCT deletion.word, number FROM deletion JOIN word USING (word) "
    "WHERE form IN (SELECT value FROM json_each(?))"
)
_KNOWN = (
    "SELECT id, kind, slug, names, texts, form, facts FROM entry "
    "WHERE id IN (SELECT value FROM json_each(?))"
)
_KNOWN_BY_REFERENCE = (
    # From left to right, so that each is found by its key and comes in its place.
    "SELECT entry.id, entry.kind, slug, names, texts, form, facts "
    "FROM json_each(?) AS wanted CROSS JOIN entry "
    "ON entry.kind = json_extract(wanted.value, '$[0]') "
    "AND slug = json_extract(wanted.value, '$[1]')"
)


class Match(IntEnum):
    """How a resource was found; the closest comes first."""

    CODE = 0
    NAME = 1
    OTHER = 2
    BEGINNING = 3
    WORDS = 4
    TEXT = 5
    MISSPELT = 6


class Hit(NamedTuple):
    """A resource that was found, and how."""

    entry: int
    match: Match


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes:
        hits: the best first; those of the kind that was asked for.
        kinds: kind → how many, of all kinds, in the order of the best hit of each.
        words: the folded words that were looked for.
        corrected: those that stand in place of misspelt ones, if any were.
    """

    hits: Sequence[Hit] = ()
    kinds: dict[str, int] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()

    @property
    def more(self) -> bool:
        """Whether there are more than are counted."""
        return sum(self.kinds.values()) >= MOST


@dataclass(frozen=True)
class Known:
    """What the index knows of a resource.

    Attributes:
        entry: its number; the smaller, the weightier.
        reference: ``<kind>/<slug>``.
        names: language code → name.
        texts: language code → description.
        form: the slug of its form; empty where nobody said.
        facts: property → values.
    """

    entry: int
    reference: str
    names: dict[str, str]
    texts: dict[str, str]
    form: str
    facts: dict[str, list[Fact]]

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.reference.partition("/")[0]


class Search:
    """What can be looked up in a release; safe to share between threads.

    Args:
        release: the directory of the release.

    Raises:
        ReleaseError: the index is missing or damaged.
    """

    def __init__(self, release: Path) -> None:
        self._path = release / SEARCH
        self._threads = local()
        try:
            self._rows("SELECT id FROM entry LIMIT 1")
            self._rows("SELECT rowid FROM words WHERE words MATCH 'a' LIMIT 1")
        except sqlite3.Error as error:
            raise ReleaseError(f"{self._path}: can't be read ({error}). Build again") from None

    def find(self, words: str, kind: str = "") -> Found:
        """Return what bears a name or a key, or is described in some words.

        Args:
            words: as somebody typed them; never read as a query language.
            kind: to find this kind alone.
        """
        wanted = asked(words)
        if not wanted:
            return Found()
        hits, corrected = self._spelled(words, wanted)
        kinds = Counter(self._kinds[entry] for entry in hits)
        if kind and len(hits) >= MOST and kinds[kind] < MOST:
            hits = self._hits(words, wanted, kind) or hits
        chosen = [
            Hit(entry, match)
            for entry, match in hits.items()
            if not kind or self._kinds[entry] == kind
        ]
        return Found(chosen, dict(kinds), tuple(wanted), corrected)

    def suggest(self, words: str, limit: int, kinds: Sequence[str] = ()) -> list[Known]:
        """Return what the beginning of a name may become, the weightiest first."""
        wanted = asked(words)
        found: dict[int, Match] = {}
        for kind in kinds or [""] if wanted else []:
            found |= self._spelled(words, wanted, kind, limit)[0]
        return self.known(sorted(found, key=lambda entry: (found[entry], entry))[:limit])

    def known(self, entries: Iterable[int]) -> list[Known]:
        """Return what the index knows of resources, in their order."""
        wanted = list(entries)
        found = {known.entry: known for known in self._known(_KNOWN, wanted)}
        return [found[entry] for entry in wanted]

    def of(self, references: Iterable[str]) -> dict[str, Known]:
        """Return what the index knows of resources by their references; the unknown are left out.

        Args:
            references: ``<kind>/<slug>`` each.
        """
        wanted = [one.partition("/")[::2] for one in dict.fromkeys(references)]
        found = self._known(_KNOWN_BY_REFERENCE, wanted)
        return {known.reference: known for known in found}

    def facts(self, kind: str) -> Iterator[tuple[str, dict[str, list[Fact]]]]:
        """Yield the slug of each resource of a kind, and what is told of it by each property."""
        rows = self._connection.execute("SELECT slug, facts FROM entry WHERE kind = ?", (kind,))
        for slug, facts in rows:
            yield slug, json.loads(facts)

    def coded(self, value: str) -> list[tuple[int, str]]:
        """Return the resources that have an identifier, and the property by which they do."""
        query = "SELECT entry, property FROM code WHERE value = ? ORDER BY entry, property"
        return [(entry, name) for entry, name in self._rows(query, (compact(value),))]

    def named(self, words: str) -> list[int]:
        """Return the resources that bear a name, whatever it is written like."""
        query = "SELECT DISTINCT entry FROM name WHERE folded = ? ORDER BY entry"
        return [entry for (entry,) in self._rows(query, (compact(words),))]

    def beginning(self, word: str, limit: int) -> list[int]:
        """Return the resources of which a name begins with a word."""
        return self._begun({"whole": compact(word), "kind": "", "most": limit, "sorts": CORE + 1})

    def names(self, entries: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
        """Return all names of resources, each with what it is."""
        found: dict[int, list[tuple[str, int]]] = {}
        for entry, shown, sort in self._rows(_NAMES, (json.dumps(entries),)):
            found.setdefault(entry, []).append((shown, sort))
        return found

    def corrected(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return words that names have in place of ones that none has; empty if there are none."""
        found = tuple(self._nearest(word) for word in words)
        return () if "" in found or found == tuple(words) else found

    def _spelled(
        self, words: str, wanted: Sequence[str], kind: str = "", most: int = MOST
    ) -> tuple[dict[int, Match], tuple[str, ...]]:
        """Return what was found, and the words that stand in place of misspelt ones."""
        hits = self._hits(words, wanted, kind, most)
        if any(match < Match.TEXT for match in hits.values()):
            return hits, ()
        corrected = self.corrected(wanted)
        entries = self._matching(_CALLED, corrected, kind, most)
        self._add(hits, entries, Match.MISSPELT, most)
        return hits, corrected

    def _hits(
        self, words: str, wanted: Sequence[str], kind: str = "", most: int = MOST
    ) -> dict[int, Match]:
        hits: dict[int, Match] = {}
        given = {"whole": compact(words), "kind": kind, "most": most}
        self._add(hits, self._entries(_CODED, given), Match.CODE, most)
        for sort, match in ((NAME, Match.NAME), (OTHER, Match.OTHER), (FORMER, Match.OTHER)):
            self._add(hits, self._entries(_NAMED, {**given, "sort": sort}), match, most)
        self._add(hits, self._begun({**given, "sorts": CORE}), Match.BEGINNING, most)
        for columns, match in ((_CALLED, Match.WORDS), (_TOLD, Match.TEXT)):
            if len(hits) < most:
                self._add(hits, self._matching(columns, wanted, kind, most), match, most)
        return hits

    def _begun(self, given: Mapping[str, Any]) -> list[int]:
        """Return the entries of which a name begins with some words, the weightiest first.

        Few such names are sorted. Where they are many, looking through all names in the order of
        their entries meets enough of them sooner.
        """
        given = {**given, "end": given["whole"] + _END, "many": isqrt(given["most"] * self._number)}
        ((found,),) = self._rows(_MANY, given)
        return self._entries(_BY_ENTRY if found == given["many"] else _BY_NAME, given)

    def _entries(self, query: str, given: Mapping[str, object]) -> list[int]:
        return [entry for (entry,) in self._rows(query, given)]

    @staticmethod
    def _add(hits: dict[int, Match], entries: Iterable[int], match: Match, most: int) -> None:
        for entry in entries:
            if len(hits) >= most:
                return
            hits.setdefault(entry, match)

    def _matching(
        self, columns: Sequence[str], words: Sequence[str], kind: str, most: int
    ) -> list[int]:
        """Return the resources that have words beginning with all of some words."""
        if not words:
            return []
        # Folded words are letters and digits alone, so nothing in them is syntax.
        terms = " AND ".join(f'{{{" ".join(columns)}}} : "{word}" *' for word in words)
        if kind:
            terms = f'kind : "{kind}" AND {terms}'
        query = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?"
        return [entry for (entry,) in self._rows(query, (terms, most))]

    def _nearest(self, word: str) -> str:
        """Return the word of names that a misspelt one is taken for; itself if names begin so."""
        begun = "SELECT 1 FROM word WHERE word >= ? AND word < ? LIMIT 1"
        if self._rows(begun, (word, word + _END)):
            return word
        most = slips(word)
        if not most:
            return ""
        forms = json.dumps(sorted(deletions(word, most)))
        rows = self._rows(_NEAR, (forms,))
        ranked = sorted((distance(word, one), -number, one) for one, number in rows)
        return next((one for far, _, one in ranked if far <= most), "")

    @cached_property
    def _number(self) -> int:
        """How many names there are."""
        ((number,),) = self._rows("SELECT count(*) FROM name")
        return int(number)

    @cached_property
    def _kinds(self) -> dict[int, str]:
        """The kind of each entry by its number; numbers have gaps."""
        return dict(self._rows("SELECT id, kind FROM entry"))

    def _known(self, query: str, wanted: Sequence[object]) -> list[Known]:
        return [
            Known(
                entry=entry,
                reference=f"{kind}/{slug}",
                names=json.loads(names),
                texts=json.loads(texts),
                form=form,
                facts=json.loads(facts),
            )
            for entry, kind, slug, names, texts, form, facts in self._rows(
                query, (json.dumps(wanted),)
            )
        ]

    def _rows(
        self, query: str, values: Sequence[object] | Mapping[str, object] = ()
    ) -> list[tuple[Any, ...]]:
        return list(self._connection.execute(query, values))

    @property
    def _connection(self) -> sqlite3.Connection:
        """The connection of the thread at hand."""
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"file:{self._path}?mode=ro&immutable=1", uri=True)
            self._threads.connection = connection
        return connection
