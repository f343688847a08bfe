"""The release that is served: which one it is, and what each process keeps of it."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import pyoxigraph as ox
from pyoxigraph import NamedNode, RdfFormat, Triple

from lod.changes import Changes
from lod.changes import read as read_changes
from lod.errors import LodError
from lod.formats import ordered
from lod.release import CURRENT, current
from lod.remote.connection import Connection
from lod.remote.endpoint import Endpoint
from lod.remote.engine import RemoteEngine
from lod.search import Search
from lod.store import Store
from lod.vocab import DCAT
from lod.web.cache import Cache
from lod.web.facets.index import Index, make
from lod.web.undertakings import Undertakings, undertakings

ANSWERS = 64 * 1024 * 1024
"""Bytes that whole answers may take in each process, ready to be sent again."""
DOCUMENTS = 32 * 1024 * 1024
"""Bytes that rendered documents may take in each process; most of them are shared with answers."""
REFERENCES = 400_000
"""References that each process may remember of what names what."""
PATTERNS = 20_000
"""Triple patterns whose number of matches each process may remember."""
TRIPLES = 50_000
"""Triples that each process may remember of a store of its own."""
_RETRY = 5.0
"""Seconds until a release that was refused is tried again."""
_log = logging.getLogger(__name__)


Mentions = dict[tuple[NamedNode, str], list[str]]
"""Property and kind → the references of the resources that name another by it."""


class Answer(NamedTuple):
    """An answer as it goes out.

    Attributes:
        status: the code and its words.
        headers: in their order.
        content: as the server takes it, in one piece.
    """

    status: str
    headers: tuple[tuple[str, str], ...]
    content: tuple[bytes]


def _weight(answer: Answer) -> int:
    """Return what an answer takes, with its key."""
    headers = sum(len(name) + len(value) for name, value in answer.headers)
    return _size(answer.content[0]) + headers


def _size(content: bytes) -> int:
    """Return what a document takes, with its key: short answers to many questions are many."""
    return len(content) + 1024


def _many(mentions: Mentions) -> int:
    return sum(map(len, mentions.values())) + 1


@dataclass(frozen=True)
class Edition:
    """A release as a process serves it.

    Attributes:
        store: reads it.
        search: finds names and words in it.
        activated: when it became the one that is served.
        answers: what was answered from it, by what was asked.
        documents: what was rendered of it.
        mentions: what names a resource, property by property.
        matches: how many triples match a pattern.
        described: what a store of its own said of resources.
        indexes: the lists of kinds by their facets, each read when it is first asked for.
        remote: the store of its own that holds its graphs; None where its directory does.
    """

    store: Store
    search: Search
    activated: datetime
    answers: Cache[Answer] = field(default_factory=lambda: Cache(ANSWERS, _weight))
    documents: Cache[bytes] = field(default_factory=lambda: Cache(DOCUMENTS, _size))
    mentions: Cache[Mentions] = field(default_factory=lambda: Cache(REFERENCES, _many))
    matches: Cache[int] = field(default_factory=lambda: Cache(PATTERNS, lambda _: 1))
    described: Cache[list[Triple]] = field(default_factory=lambda: Cache(TRIPLES, len))
    indexes: dict[str, Index] = field(default_factory=dict)
    remote: RemoteEngine | None = None
    _indexing: Lock = field(default_factory=Lock)

    @property
    def version(self) -> str:
        """The name of the release."""
        return self.store.release.version

    def describe(self, reference: str) -> list[Triple]:
        """Return the triples about a resource and its parts; remembered where a server has them."""
        if self.remote is None:
            return self.store.describe(reference)
        return self.described.get(reference, lambda: self.store.describe(reference))

    def index(self, kind: str) -> Index:
        """Return the list of a kind by its facets."""
        if kind not in self.indexes:
            # Threads that made it beside each other would all come later than by waiting.
            with self._indexing:
                if kind not in self.indexes:
                    self.indexes[kind] = make(kind, self.store, self.search)
        return self.indexes[kind]

    @property
    def base(self) -> str:
        """The publication's base IRI, ending in ``/``."""
        return self.store.space.base

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the pages, the default first."""
        spoken = tuple(code for code in self.store.publication.languages if code in ("de", "en"))
        return spoken or ("en",)

    @cached_property
    def changes(self) -> Changes | None:
        """What changed since the release before; None where there was none to compare with."""
        return read_changes(self.store.release.path)

    @cached_property
    def catalog(self) -> list[Triple]:
        """The release as DCAT catalog."""
        return self._graph("catalog.ttl")

    @cached_property
    def datasets(self) -> list[NamedNode]:
        """The datasets of the catalog, in order."""
        return [
            triple.object
            for triple in self.catalog
            if triple.subject == NamedNode(f"{self.base}catalog")
            and triple.predicate == DCAT.dataset
            and isinstance(triple.object, NamedNode)
        ]

    @cached_property
    def statistics(self) -> list[Triple]:
        """The release as VoID dataset."""
        return self._graph("void.ttl")

    @cached_property
    def vocabulary(self) -> list[Triple]:
        """Our own terms."""
        return self._graph("ns.ttl")

    @cached_property
    def undertakings(self) -> Undertakings:
        """Which place leads which project."""
        return undertakings(self.search)

    def _graph(self, name: str) -> list[Triple]:
        path = self.store.release.path / name
        return ordered(quad.triple for quad in ox.parse(path=str(path), format=RdfFormat.TURTLE))


class Current:
    """Holds the edition that is served, and follows the link ``current``.

    A newly activated release is opened before it takes the place of the old one, so that no
    request waits for a missing store; one that is damaged never takes it.

    Args:
        releases: the directory of releases.
        endpoint: of the store that holds the graphs, where the releases' directories don't.

    Raises:
        ReleaseError: no release is active, or it is damaged.
        EndpointError: the store can't be reached, or holds another release.
    """

    def __init__(self, releases: Path, endpoint: Endpoint | None = None) -> None:
        self.releases = releases
        # One for all editions: each connection takes a thread of the store's.
        self._connection = Connection(endpoint) if endpoint else None
        self._link = str(releases / CURRENT)
        self.refused: str = ""
        """Why the release that the link names isn't served; empty when it is."""
        self._lock = Lock()
        self._retry_at = 0.0
        self._mark = self._look()
        self._edition = self._open()

    def edition(self) -> Edition:
        """Return the edition to answer a request from."""
        if self._look() != self._mark and self._lock.acquire(blocking=False):
            # The others go on with the old edition while one thread opens the new one.
            try:
                self._follow()
            finally:
                self._lock.release()
        return self._edition

    def close(self) -> None:
        """Close the connections to a store of its own."""
        if self._connection is not None:
            self._connection.client.close()

    def retry_now(self) -> None:
        """Try a release that was refused again with the next request."""
        self._retry_at = 0.0

    def _follow(self) -> None:
        mark = self._look()
        if mark == self._mark or time.monotonic() < self._retry_at:
            return
        try:
            self._edition = self._open()
        except (LodError, OSError, ValueError) as error:
            # Served on with what there is: an operator's slip must not take the site down.
            self.refused = str(error)
            self._retry_at = time.monotonic() + _RETRY
            _log.error("The activated release is not served: %s", error)
        else:
            self._mark, self.refused, self._retry_at = mark, "", 0.0
            _log.info("Serving release %s", self._edition.version)

    def _look(self) -> tuple[int, ...]:
        """Return what tells one activation from another; cheap enough for each request."""
        try:
            here, there = os.lstat(self._link), os.stat(self._link)  # noqa: PTH116 (twice as fast)
        except OSError:
            return ()
        return here.st_mtime_ns, there.st_dev, there.st_ino, there.st_mtime_ns

    def _open(self) -> Edition:
        release = current(self.releases)
        remote = RemoteEngine(self._connection, release) if self._connection else None
        store = Store(release, remote)
        activated = (self.releases / CURRENT).lstat().st_mtime
        search = Search(store.release.path)
        return Edition(store, search, datetime.fromtimestamp(int(activated), UTC), remote=remote)
