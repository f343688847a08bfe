"""The files that only our own server reads, from the pieces' parts: names and search.

Where little has changed, the last release's are copied and what changed is put right in them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from lod.build.piece import Done, Entry, entries
from lod.build.setting import Setting
from lod.search import GAP, SEARCH, Row, numbers, renumbered, update_rows, write_rows
from lod.store import INDEX, update_index, write_index


class Indexes(NamedTuple):
    """The indexes of a release to be written.

    Attributes:
        staged: the directory of the release.
        done: the outcomes of all pieces.
        ranks: for each piece, the place of each resource among all when the heaviest comes first.
        references: those of each piece; wanted where there is a last release.
        setting: of the build.
        last: the directory of the last release, where little has changed since.
        gone: the outcomes of its pieces that are no more.
        new: the keys of those that it hadn't.
    """

    staged: Path
    done: Sequence[Done]
    ranks: Sequence[Sequence[int]]
    references: Sequence[Sequence[str]]
    setting: Setting
    last: Path | None
    gone: Sequence[Done]
    new: frozenset[str]

    def before(self) -> dict[str, Entry]:
        """Return the resources of the pieces that are gone, by their references."""
        return _by_reference(self.gone, self.setting)

    def now(self) -> dict[str, Entry]:
        """Return the resources of the pieces that are new, by their references."""
        return _by_reference((one for one in self.done if one.key in self.new), self.setting)


def write_names(job: Indexes) -> None:
    """Write the index of names and identifiers."""
    path = job.staged / INDEX
    if job.last is None:
        write_index(
            path,
            _resources(entry for done in job.done for entry in entries(done, job.setting)),
            _identifiers(entry for done in job.done for entry in entries(done, job.setting)),
        )
        return
    shutil.copyfile(job.last / INDEX, path)
    before, now = job.before(), job.now()
    changed = [entry for key, entry in now.items() if before.get(key) != entry]
    gone = [_kind_and_slug(entry) for key, entry in before.items() if now.get(key) != entry]
    update_index(path, gone, _resources(changed), _identifiers(changed))


def write_search(job: Indexes) -> None:
    """Write the search index."""
    if job.last is not None and _update_search(job, job.last / SEARCH):
        return

    def batches() -> Iterator[list[tuple[int, Row]]]:
        for done, ranks in zip(job.done, job.ranks, strict=True):
            found = (entry.found for entry in entries(done, job.setting))
            yield sorted((GAP * rank, row) for rank, row in zip(ranks, found, strict=True))

    write_rows(job.staged / SEARCH, batches())


def _update_search(job: Indexes, last: Path) -> bool:
    """Make the search index of the last one; False where that is no less work."""
    known = numbers(last)
    ranks, references = chain.from_iterable(job.ranks), chain.from_iterable(job.references)
    order = [one for _, one in sorted(zip(ranks, references, strict=True))]
    moved = renumbered(order, known)
    if moved is None or len(moved) * 5 > len(order):
        return False
    before, now = job.before(), job.now()
    pieces = zip(job.done, job.references, strict=True)
    touched = {one.key for one, names in pieces if not moved.keys().isdisjoint(names)}
    same = _by_reference((one for one in job.done if one.key in touched - job.new), job.setting)
    old = {key: entry.found for key, entry in (before | same).items()}
    new = {key: entry.found for key, entry in (now | same).items()}
    changed = {
        key for key in old.keys() | new.keys() if old.get(key) != new.get(key) or key in moved
    }
    shutil.copyfile(last, job.staged / SEARCH)
    gone = [(known[key], old[key]) for key in sorted(changed & old.keys())]
    coming = sorted((moved.get(key) or known[key], new[key]) for key in changed & new.keys())
    update_rows(job.staged / SEARCH, gone, coming)
    return True


def _by_reference(done: Iterable[Done], setting: Setting) -> dict[str, Entry]:
    found = (entry for one in done for entry in entries(one, setting))
    return {"/".join(_kind_and_slug(entry)): entry for entry in found}


def _kind_and_slug(entry: Entry) -> tuple[str, str]:
    kind, slug, *_ = entry.found.entry
    return kind, slug


def _resources(found: Iterable[Entry]) -> Iterator[tuple[str, str, Mapping[str, str], str, str]]:
    return ((*_kind_and_slug(one), one.names, one.sort, one.words) for one in found)


def _identifiers(found: Iterable[Entry]) -> Iterator[tuple[str, str, str]]:
    for one in found:
        kind, slug = _kind_and_slug(one)
        yield from ((kind, value, slug) for value in one.identifiers)
