"""What a page was made from: each look into the release, so that a later export can compare."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, cast

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from lod.release import Release
from lod.search import Known, Search
from lod.store import Entry, Mention, Store
from lod.web.edition import Edition
from lod.web.facets.index import Index, make
from lod.web.undertakings import Undertakings, undertakings

Key = tuple[Any, ...]
"""A method of the store, the search index or the edition, and its arguments."""


class RecordingStore(Store):
    """A store that notes what it is asked.

    The answers to the same questions tell whether what was made from them has to be made again;
    that is exact, where a guess at what a page depends on would not be.
    """

    def __init__(self, release: Release) -> None:
        super().__init__(release)
        self.search = RecordingSearch(release, self)
        self._asked: set[Key] = set()
        self._digests: dict[Key, bytes] = {}

    @cached_property
    def undertakings(self) -> Undertakings:
        """Which place leads which project; each page depends on it, and none notes it."""
        return undertakings(self.search)

    def note(self, *key: Any) -> None:
        """Take note of a question."""
        self._asked.add(key)

    @contextmanager
    def recording(self) -> Iterator[set[Key]]:
        """Give the set of all that is asked meanwhile."""
        self._asked = set()
        yield self._asked

    def digest(self, asked: Iterable[Key], setting: str) -> str:
        """Return a digest of the answers to some questions, as this release gives them.

        Args:
            asked: the questions.
            setting: whatever else counts.
        """
        whole = hashlib.blake2b(setting.encode(), digest_size=16)
        for key in asked:
            whole.update(self._digest(tuple(key)))
        return whole.hexdigest()

    def _digest(self, key: Key) -> bytes:
        if key not in self._digests:
            words = repr(self._again(*key)).encode()
            self._digests[key] = hashlib.blake2b(words, digest_size=16).digest()
        return self._digests[key]

    def _again(self, method: str, *arguments: Any) -> object:
        found: object
        if method == "names":
            found = super().names(arguments)
        elif method == "about":
            reference, *predicates = arguments
            found = list(map(str, super().about(reference, *map(NamedNode, predicates))))
        elif method == "describe":
            found = list(map(str, super().describe(*arguments)))
        elif method == "query":
            rows = cast("QuerySolutions", super().query(*arguments))
            found = [tuple(map(str, row)) for row in rows]
        elif method == "mentions":
            found = [(str(m.subject), str(m.predicate)) for m in super().mentions(*arguments)]
        elif method == "known":
            # Its number depends on all others, and is no part of a page.
            known = self.search.of(arguments).values()
            found = [(one.names, one.texts, one.form, one.facts) for one in known]
        elif method == "index":
            (kind,) = arguments
            found = _told(make(kind, self, self.search))
        else:
            found = getattr(super(), method)(*arguments)
        return found

    # The methods below answer as the store does.

    def descriptions(self, references: Iterable[str]) -> dict[str, list[Triple]]:  # noqa: D102 (as Store)
        wanted = list(references)
        self._asked.update(("describe", reference) for reference in wanted)
        return super().descriptions(wanted)

    def mentions(self, reference: str, limit: int = 10_000) -> list[Mention]:  # noqa: D102 (as Store)
        self._asked.add(("mentions", reference, limit))
        return super().mentions(reference, limit)

    def names(self, references: Iterable[str]) -> dict[str, dict[str, str]]:  # noqa: D102 (as Store)
        wanted = list(references)
        self._asked.update(("names", reference) for reference in wanted)
        return super().names(wanted)

    def abouts(  # noqa: D102 (as Store)
        self, references: Iterable[str], *predicates: NamedNode
    ) -> dict[str, list[Triple]]:
        wanted = list(references)
        properties = [node.value for node in predicates]
        self._asked.update(("about", reference, *properties) for reference in wanted)
        return super().abouts(wanted, *predicates)

    def resources(self, kind: str, offset: int = 0, limit: int = 100) -> list[Entry]:  # noqa: D102 (as Store)
        self._asked.add(("resources", kind, offset, limit))
        return super().resources(kind, offset, limit)

    def count(self, kind: str) -> int:  # noqa: D102 (as Store)
        self._asked.add(("count", kind))
        return super().count(kind)

    def identified(self, kind: str, identifier: str) -> str | None:  # noqa: D102 (as Store)
        self._asked.add(("identified", kind, identifier))
        return super().identified(kind, identifier)

    def query(self, sparql: str) -> QuerySolutions | QueryBoolean | QueryTriples:  # noqa: D102 (as Store)
        self._asked.add(("query", sparql))
        return super().query(sparql)


def _told(index: Index) -> tuple[object, ...]:
    """Return what an index says, in one order; large numbers have no decimal form."""
    values = [
        (facet, value, hex(bits))
        for facet, found in index.values.items()
        for value, bits in found.items()
    ]
    return index.slugs, sorted(index.told), values


class RecordingSearch(Search):
    """A search index that notes what it is asked of resources.

    Args:
        release: whose.
        store: takes the notes.
    """

    def __init__(self, release: Release, store: RecordingStore) -> None:
        super().__init__(release.path)
        self._store = store

    def of(self, references: Iterable[str]) -> dict[str, Known]:  # noqa: D102 (as Search)
        wanted = list(references)
        for reference in wanted:
            self._store.note("known", reference)
        return super().of(wanted)


class RecordingEdition(Edition):
    """An edition of a recording store, which outlasts it."""

    store: RecordingStore

    def index(self, kind: str) -> Index:  # noqa: D102 (as Edition)
        self.store.note("index", kind)
        return super().index(kind)

    @cached_property
    def undertakings(self) -> Undertakings:  # noqa: D102 (as Edition)
        return self.store.undertakings
