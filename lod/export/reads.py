"""What a page was made from: each look into the store, so that a later export can compare."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from lod.release import Release
from lod.store import Entry, Mention, Store

Key = tuple[Any, ...]
"""A method of the store and its arguments."""


class RecordingStore(Store):
    """A store that notes what it is asked.

    The answers to the same questions tell whether what was made from them has to be made again;
    that is exact, where a guess at what a page depends on would not be.
    """

    def __init__(self, release: Release) -> None:
        super().__init__(release)
        self._asked: set[Key] = set()
        self._digests: dict[Key, bytes] = {}

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
        if method == "names":
            return super().names(arguments)
        if method == "about":
            reference, *predicates = arguments
            return list(map(str, super().about(reference, *map(NamedNode, predicates))))
        if method == "describe":
            return list(map(str, super().describe(*arguments)))
        if method == "query":
            return [
                tuple(map(str, row)) for row in cast("QuerySolutions", super().query(*arguments))
            ]
        if method == "mentions":
            return [(str(m.subject), str(m.predicate)) for m in super().mentions(*arguments)]
        return getattr(super(), method)(*arguments)

    # The methods below answer as the store does.

    def describe(self, reference: str) -> list[Triple]:  # noqa: D102 (as Store)
        self._asked.add(("describe", reference))
        return super().describe(reference)

    def mentions(self, reference: str, limit: int = 10_000) -> list[Mention]:  # noqa: D102 (as Store)
        self._asked.add(("mentions", reference, limit))
        return super().mentions(reference, limit)

    def names(self, references: Iterable[str]) -> dict[str, dict[str, str]]:  # noqa: D102 (as Store)
        wanted = list(references)
        self._asked.update(("names", reference) for reference in wanted)
        return super().names(wanted)

    def about(self, reference: str, *predicates: NamedNode) -> list[Triple]:  # noqa: D102 (as Store)
        self._asked.add(("about", reference, *(node.value for node in predicates)))
        return super().about(reference, *predicates)

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
