"""The search index of a release, one SQLite file: what it holds and how it is written.

Spec: https://www.sqlite.org/fts5.html
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from lod.search.folding import compact, deletions, slips, tokens
from lod.search.properties import Fact

SEARCH = "search.sqlite"
GAP = 64
"""Between the numbers of two resources, so that another can come between them."""
NAME, OTHER, FORMER, CORE = range(4)
"""What a name is: the one that is used, another one, one of former times, one without its form."""

_WORDS = 2_000
"""So many words' forms are in memory at once; a word has about sixty."""
UNREAD = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
"""How a file is written that nobody reads before it is whole."""

_SCHEMA = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, names TEXT NOT NULL,
    texts TEXT NOT NULL, form TEXT NOT NULL, facts TEXT NOT NULL, UNIQUE (kind, slug)
);
CREATE TABLE name (
    folded TEXT NOT NULL, entry INTEGER NOT NULL, sort INTEGER NOT NULL, shown TEXT NOT NULL,
    PRIMARY KEY (folded, entry, sort, shown)
) WITHOUT ROWID;
CREATE INDEX name_entry ON name (entry, sort);
CREATE TABLE code (
    value TEXT NOT NULL, entry INTEGER NOT NULL, property TEXT NOT NULL,
    PRIMARY KEY (value, entry, property)
) WITHOUT ROWID;
CREATE TABLE word (word TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE deletion (form TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (form, word))
WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    kind, names, codes, texts, content='', columnsize=0, detail=column, prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 0'
);
"""


@dataclass(frozen=True)
class Item:
    """What the index knows of a resource.

    Attributes:
        kind: of it.
        slug: of it.
        names: language code → name.
        weight: how much is to be said for it among equals.
        others: other names, each with what it is.
        texts: language code → description.
        form: the slug of what kind of place or organisation it is; empty where nobody said.
        codes: property → identifiers.
        facts: property → values.
    """

    kind: str
    slug: str
    names: Mapping[str, str]
    weight: float = 0.0
    others: tuple[tuple[str, int], ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, list[Fact]] = field(default_factory=dict)

    def called(self) -> Iterator[tuple[str, int]]:
        """Yield each name with what it is."""
        yield from ((name, NAME) for name in self.names.values())
        yield from self.others


class Row(NamedTuple):
    """A resource as the tables have it; made of JSON's types, so that it can be kept.

    Attributes:
        entry: kind, slug, names, descriptions, form and facts.
        names: folded and shown, with what each is.
        codes: folded identifiers, with the property of each.
        words: of its names, identifiers and descriptions.
        vocabulary: the words of all its names.
    """

    entry: list[str]
    names: list[tuple[str, int, str]]
    codes: list[tuple[str, str]]
    words: list[str]
    vocabulary: list[str]


def row(item: Item) -> Row:
    """Return what the tables have of a resource."""
    called = list(item.called())
    split = {name: _all(name) for name, _ in called}
    names = dict.fromkeys(word for name, sort in called if sort != CORE for word in split[name])
    codes = [(compact(value), key) for key, values in item.codes.items() for value in values]
    texts = dict.fromkeys(chain.from_iterable(map(tokens, item.texts.values())))
    folded = {name: compact(name) for name in split}
    return Row(
        [item.kind, item.slug, _json(item.names), _json(item.texts), item.form, _json(item.facts)],
        [(folded[name], sort, name) for name, sort in called if folded[name]],
        codes,
        [" ".join(words) for words in (names, [code for code, _ in codes], texts)],
        sorted(set(chain.from_iterable(split.values()))),
    )


def write(path: Path, items: Iterable[Item]) -> None:
    """Write the search index of a release."""
    heaviest = sorted(items, key=lambda item: (-item.weight, item.kind, item.slug))
    write_rows(path, [[(GAP * n, row(item)) for n, item in enumerate(heaviest, start=1)]])


def write_rows(path: Path, batches: Iterable[Sequence[tuple[int, Row]]]) -> None:
    """Write the search index of a release.

    The heaviest resource has the smallest number, so that results come in the order of their weight
    without being sorted, and the first of a hundred thousand are had without looking at the rest.

    Args:
        path: the file to make.
        batches: numbers and resources, those of each batch in the order of their numbers.
    """
    index = sqlite3.connect(path)
    index.executescript(UNREAD + _SCHEMA)
    number: dict[str, int] = {}
    with index:
        index.execute("INSERT INTO words (words, rank) VALUES ('automerge', 0)")
        for batch in batches:
            insert(index, batch)
            for _, one in batch:
                for word in one.vocabulary:
                    number[word] = number.get(word, 0) + 1
        index.execute("INSERT INTO words (words) VALUES ('optimize')")
        _write_vocabulary(index, number)
    index.close()


def insert(index: sqlite3.Connection, batch: Sequence[tuple[int, Row]]) -> None:
    """Insert numbered resources, but not their vocabulary."""
    index.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", ((n, *one.entry) for n, one in batch)
    )
    index.executemany(
        "INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)",
        ((folded, n, sort, name) for n, one in batch for folded, sort, name in one.names),
    )
    index.executemany(
        "INSERT OR IGNORE INTO code VALUES (?, ?, ?)",
        ((value, n, key) for n, one in batch for value, key in one.codes),
    )
    index.executemany(
        "INSERT INTO words (rowid, kind, names, codes, texts) VALUES (?, ?, ?, ?, ?)",
        ((n, one.entry[0], *one.words) for n, one in batch),
    )


def _all(name: str) -> list[str]:
    """Return the words of a name, and all of them as one: Osterholz-Scharmbeck is one word too."""
    words = tokens(name)
    return [*words, "".join(words)] if 1 < len(words) <= 3 else words


def _write_vocabulary(index: sqlite3.Connection, number: Mapping[str, int]) -> None:
    """Write the words of all names, and the forms under which misspelt ones find them."""
    ordered = sorted(number)
    index.executemany("INSERT INTO word VALUES (?, ?)", ((word, number[word]) for word in ordered))
    for start in range(0, len(ordered), _WORDS):
        words = ordered[start : start + _WORDS]
        forms = sorted((form, word) for word in words if slips(word) for form in deletions(word))
        index.executemany("INSERT INTO deletion VALUES (?, ?)", forms)


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
