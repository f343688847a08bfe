"""The read side of a release: descriptions, lists, labels, queries."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple, Protocol, TypeGuard

import pyoxigraph as ox
from pyoxigraph import NamedNode, Triple

from lod.errors import ReleaseError
from lod.formats import Style, ordered
from lod.iri import PLACES, Space, part, slug
from lod.mapping import Mapper
from lod.records.publication import Publication
from lod.release import Release, complete

INDEX = "index.sqlite"
ENGINE = "store"
PUBLICATION = "publication.json"
CATALOG_GRAPH = "catalog"
TERMS_GRAPH = "terms"
ABOUT_US = (CATALOG_GRAPH, TERMS_GRAPH)
"""The graphs that speak of the publication; every other one has the name of its kind."""
_BATCH = 500
_TOGETHER = 100
"""Resources that are asked for at once; servers have limits on the length of answers."""

_SCHEMA = """
CREATE TABLE resource (
    kind TEXT NOT NULL, slug TEXT NOT NULL, names TEXT NOT NULL, sort TEXT NOT NULL,
    words TEXT NOT NULL, PRIMARY KEY (kind, slug)
) WITHOUT ROWID;
CREATE INDEX resource_sort ON resource (kind, sort, slug);
CREATE TABLE identifier (
    kind TEXT NOT NULL, value TEXT NOT NULL, slug TEXT NOT NULL, PRIMARY KEY (kind, value)
) WITHOUT ROWID;
CREATE INDEX identifier_slug ON identifier (kind, slug);
"""


class Entry(NamedTuple):
    """A resource as the index knows it.

    Attributes:
        reference: ``<kind>/<slug>``.
        names: language code → name.
    """

    reference: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A statement of another resource about this one.

    Attributes:
        subject: the resource or part that makes the statement.
        predicate: the property by which it does.
        object: what it is about: this resource, or a part of it.
    """

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode


Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Engine(Protocol):
    """What holds the graphs of a release: the files in its directory, or a server."""

    def statements(
        self,
        subjects: Sequence[NamedNode] = (),
        predicates: Sequence[NamedNode] = (),
        objects: Sequence[NamedNode] = (),
        parts: bool = False,
        limit: int = 0,
    ) -> Iterable[Triple]:
        """Yield what the records state, without what the catalog adds.

        Args:
            subjects: any of them; all where there are none, as with the others.
            predicates: any of them.
            objects: any of them.
            parts: whether what is stated of the parts that the subjects name is welcome too: a
                server saves a request by it, the files don't.
            limit: at least so many are wanted, if there are; 0 for all.
        """

    def query(self, sparql: str, prefixes: dict[str, str]) -> Answer:
        """Answer a query about all graphs together, or about one by ``GRAPH``."""


class Embedded:
    """The engine in the directory of a release.

    Args:
        release: which.
        space: of the publication.

    Raises:
        ReleaseError: its files are damaged.
    """

    def __init__(self, release: Release, space: Space) -> None:
        self._about_us = frozenset(graph_iri(space, name) for name in ABOUT_US)
        try:
            self._store = ox.Store.read_only(str(release.path / ENGINE))
        except (OSError, RuntimeError) as error:  # RuntimeError: its files are corrupt
            raise ReleaseError(f"{release.path / ENGINE}: can't be read ({error})") from None

    def statements(
        self,
        subjects: Sequence[NamedNode] = (),
        predicates: Sequence[NamedNode] = (),
        objects: Sequence[NamedNode] = (),
        parts: bool = False,
        limit: int = 0,
    ) -> Iterator[Triple]:
        """Yield what the records state, without what the catalog adds; no more than is read."""
        for pattern in product(subjects or (None,), predicates or (None,), objects or (None,)):
            for quad in self._store.quads_for_pattern(*pattern, None):
                if quad.graph_name not in self._about_us:
                    yield quad.triple

    def query(self, sparql: str, prefixes: dict[str, str]) -> Answer:
        """Answer a query about all graphs together, or about one by ``GRAPH``."""
        return self._store.query(sparql, prefixes=prefixes, use_default_graph_as_union=True)


class Store:
    """What can be asked of a release; safe to share between threads.

    Args:
        release: the release to read.
        engine: holds its graphs, where the files in its directory don't.

    Raises:
        ReleaseError: a file of the release is missing or damaged.
    """

    def __init__(self, release: Release, engine: Engine | None = None) -> None:
        wrong = complete(release)
        if wrong:
            raise ReleaseError(
                f"{release.path}: the release is damaged ({wrong[0]}). "
                "Activate another one or build again"
            )
        self.release = release
        self.publication = publication_of(release)
        self.space = Space(self.publication.base_iri)
        self.style = Style(self.space, Mapper(self.space).values())
        self._engine = Embedded(release, self.space) if engine is None else engine
        self._index = _open_index(release.path / INDEX)

    def __contains__(self, reference: str) -> bool:
        return reference in self.names([reference])

    def describe(self, reference: str) -> list[Triple]:
        """Return the triples about a resource and about its parts.

        A part is a resource whose IRI extends the whole's with ``/``.

        Args:
            reference: ``<kind>/<slug>``.

        Returns:
            The triples in canonical order; empty when the release does not know the resource.
        """
        return self.descriptions([reference])[reference]

    def descriptions(self, references: Iterable[str]) -> dict[str, list[Triple]]:
        """Return the descriptions of several resources, looked up together; see `describe`."""
        found: dict[str, list[Triple]] = {reference: [] for reference in references}
        open_ = [self.space.thing(reference) for reference in found]
        told: set[object] = set()
        while open_:
            about = [t for t in self._stated(open_, parts=True) if t.subject not in told]
            told.update(open_, (triple.subject for triple in about))
            named: set[NamedNode] = set()
            for triple in about:
                whole = self._whole(triple)
                found[whole].append(triple)
                if self._is_part(triple.object, whole):
                    named.add(triple.object)
            open_ = sorted(named - told, key=lambda node: node.value)
        return {reference: ordered(triples) for reference, triples in found.items()}

    def _whole(self, triple: Triple) -> str:
        """Return the reference of the resource whose statement it is, or whose part's."""
        return self.space.reference(getattr(triple.subject, "value", "")) or ""

    def _is_part(self, node: object, whole: str) -> TypeGuard[NamedNode]:
        start = f"{self.space.things}{whole}/"
        return isinstance(node, NamedNode) and node.value.startswith(start)

    def _stated(
        self,
        subjects: Sequence[NamedNode],
        predicates: Sequence[NamedNode] = (),
        parts: bool = False,
    ) -> Iterator[Triple]:
        """Yield what is stated of subjects, however many they are."""
        for start in range(0, len(subjects), _TOGETHER):
            batch = subjects[start : start + _TOGETHER]
            yield from self._engine.statements(batch, predicates, parts=parts)

    def mentions(self, reference: str, limit: int = 10_000) -> list[Mention]:
        """Return what other resources say about a resource or its administration.

        Args:
            reference: ``<kind>/<slug>``.
            limit: at most so many statements.
        """
        whole = self.space.thing(reference)
        targets = [whole]
        if reference.partition("/")[0] in PLACES:
            targets.append(part(whole, "administration"))
        found = (
            Mention(triple.subject, triple.predicate, triple.object)
            for triple in self._engine.statements(objects=targets, limit=limit)
            if isinstance(triple.subject, NamedNode)
            and isinstance(triple.object, NamedNode)
            and self._whole(triple) != reference
        )
        return list(islice(found, limit))

    def names(self, references: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return the names of resources, looked up in one pass; unknown ones are left out."""
        wanted = sorted(set(references))
        names: dict[str, dict[str, str]] = {}
        for start in range(0, len(wanted), _BATCH):
            batch = [tuple(reference.split("/", 1)) for reference in wanted[start : start + _BATCH]]
            marks = ",".join(["(?, ?)"] * len(batch))
            rows = self._index.execute(
                # With IN, SQLite would read the whole table; so each name is found by its key.
                f"SELECT kind, slug, names FROM (VALUES {marks}) "  # noqa: S608 (only question marks)
                "CROSS JOIN resource ON kind = column1 AND slug = column2",
                [word for pair in batch for word in pair],
            )
            names |= {f"{kind}/{name}": json.loads(words) for kind, name, words in rows}
        return names

    def about(self, reference: str, *predicates: NamedNode) -> list[Triple]:
        """Return what a resource itself states by some properties, in canonical order."""
        return self.abouts([reference], *predicates)[reference]

    def abouts(self, references: Iterable[str], *predicates: NamedNode) -> dict[str, list[Triple]]:
        """Return what several resources state by some properties, looked up together."""
        things = {self.space.thing(reference): reference for reference in references}
        found: dict[str, list[Triple]] = {reference: [] for reference in things.values()}
        if predicates:
            for triple in self._stated(list(things), predicates):
                found[self._whole(triple)].append(triple)
        return {reference: ordered(triples) for reference, triples in found.items()}

    def resources(self, kind: str, offset: int = 0, limit: int = 100) -> list[Entry]:
        """Return a page of a kind's resources in the order of their names.

        Args:
            kind: which.
            offset: how many to pass over.
            limit: at most so many.
        """
        rows = self._index.execute(
            "SELECT slug, names FROM resource WHERE kind = ? ORDER BY sort, slug LIMIT ? OFFSET ?",
            (kind, limit, offset),
        )
        return [Entry(f"{kind}/{name}", json.loads(names)) for name, names in rows]

    def count(self, kind: str) -> int:
        """Return how many resources of a kind there are."""
        return self.counts.get(kind, 0)

    def slugs(self, kind: str) -> list[str]:
        """Return the slugs of a kind's resources in the order of their names."""
        query = "SELECT slug FROM resource WHERE kind = ? ORDER BY sort, slug"
        return [name for (name,) in self._index.execute(query, (kind,))]

    def named(self, kind: str, words: str) -> list[str]:
        """Return the slugs of a kind's resources whose names contain some words, in any order."""
        # Without an order, which would look up each resource of the kind by itself.
        query = "SELECT slug FROM resource WHERE kind = ? AND instr(words, ?)"
        return [name for (name,) in self._index.execute(query, (kind, slug(words)))]

    def identified(self, kind: str, identifier: str) -> str | None:
        """Return the reference of the resource that has an official key, if any."""
        row = self._index.execute(
            "SELECT slug FROM identifier WHERE kind = ? AND value = ?", (kind, identifier)
        ).fetchone()
        return f"{kind}/{row[0]}" if row else None

    def identifiers(self) -> Iterator[tuple[str, str, str]]:
        """Yield kind, official key and slug of all that have a key."""
        yield from self._index.execute("SELECT kind, value, slug FROM identifier ORDER BY 1, 2")

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of resources of each kind that has any."""
        return dict(self.release.manifest["counts"]["kinds"])

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL query about all graphs together, or about one by ``GRAPH``.

        The publication's prefixes need no declaration.

        Raises:
            SyntaxError: the query isn't SPARQL.
        """
        return self._engine.query(sparql, self.style.prefixes)


def graph_iri(space: Space, name: str) -> NamedNode:
    """Return the IRI of the graph of a kind, of the catalog, or of our terms."""
    return NamedNode(f"{space.base}graph/{name}")


def write_index(
    path: Path,
    resources: Iterable[tuple[str, str, Mapping[str, str], str, str]],
    identifiers: Iterable[tuple[str, str, str]],
) -> None:
    """Write the index of a release.

    Args:
        path: the file to make.
        resources: kind, slug, names by language, what to sort by, the names folded as slugs are.
        identifiers: kind, official key, slug.
    """
    with sqlite3.connect(path) as index:
        # Nobody reads the file before it is whole.
        index.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        _fill(index, resources, identifiers)
    index.close()


def update_index(
    path: Path,
    gone: Iterable[tuple[str, str]],
    resources: Iterable[tuple[str, str, Mapping[str, str], str, str]],
    identifiers: Iterable[tuple[str, str, str]],
) -> None:
    """Take resources out of an index, and others in.

    Args:
        path: the index.
        gone: kind and slug.
        resources: as `write_index` takes them.
        identifiers: those of the resources.
    """
    with sqlite3.connect(path) as index:
        index.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        for kind, name in gone:
            index.execute("DELETE FROM resource WHERE kind = ? AND slug = ?", (kind, name))
            index.execute("DELETE FROM identifier WHERE kind = ? AND slug = ?", (kind, name))
        _fill(index, resources, identifiers)
    index.close()


def _fill(
    index: sqlite3.Connection,
    resources: Iterable[tuple[str, str, Mapping[str, str], str, str]],
    identifiers: Iterable[tuple[str, str, str]],
) -> None:
    rows = ((kind, name, _json(names), *rest) for kind, name, names, *rest in resources)
    index.executemany("INSERT INTO resource VALUES (?, ?, ?, ?, ?)", rows)
    index.executemany("INSERT OR IGNORE INTO identifier VALUES (?, ?, ?)", identifiers)


def _json(names: Mapping[str, str]) -> str:
    return json.dumps(names, ensure_ascii=False, sort_keys=True)


def _open_index(path: Path) -> sqlite3.Connection:
    try:
        index = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        index.execute("SELECT words FROM resource LIMIT 1")
    except sqlite3.Error as error:
        raise ReleaseError(f"{path}: can't be read ({error}). Build again") from None
    return index


def publication_of(release: Release) -> Publication:
    """Return what a release says of its publication.

    Raises:
        ReleaseError: it can't be read.
    """
    path = release.path / PUBLICATION
    try:
        return Publication.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path}: can't be read ({error}). Build again") from None
