"""The pipeline: records → triples → report → release."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from lod import changes, conformance
from lod.build import kept
from lod.build.checking import Checked, Progress, Reading, check, opened, silent
from lod.build.converting import convert
from lod.build.parcels import Executor
from lod.build.piece import Done
from lod.build.storing import STORED, Last, Loader, remember
from lod.build.writing import Writing
from lod.catalog.facts import NOTHING, Facts
from lod.errors import ReleaseError
from lod.records import Language
from lod.release import (
    Release,
    current,
    finish,
    flushing,
    locked,
    open_release,
    staging,
    switch,
    verify,
)
from lod.store import ENGINE, Store
from lod.validation import ConformanceError

READ = "read.json"
"""Remembers what the parts of dumps held when they were read again."""


@dataclass(frozen=True)
class Built:
    """The outcome of a build: the release, and whether it is new."""

    release: Release
    checked: Checked
    new: bool


def build(  # noqa: PLR0913 (what a build can be told)
    data: Path,
    shapes: Path,
    releases: Path,
    language: Language = "en",
    progress: Progress = silent,
    *,
    examined: bool = True,
    cluster: AbstractContextManager[Executor] | None = None,
) -> Built:
    """Make a release of a data directory and activate it.

    Whatever goes wrong, the release that was served before is served still.

    Args:
        data: the directory of the records.
        shapes: what they are checked by.
        releases: where the release goes.
        language: of the messages about records.
        progress: is told what is done.
        examined: whether the release is held against what it claims; a preview needn't be.
        cluster: reads, checks and writes the records instead of processes of this machine.

    Raises:
        RecordErrors: the files aren't records.
        ConformanceError: the graph breaks the shapes.
        ReleaseError: another build is running, or the directory can't be written.
    """
    with locked(releases):
        try:
            return _build(data, shapes, releases, language, progress, examined, cluster)
        except (OSError, sqlite3.Error) as error:
            raise ReleaseError(
                f"{releases}: the release can't be written ({error}). The release that was "
                "served is served still; make room on the disk and build again"
            ) from error


def _build(  # noqa: PLR0913, PLR0917 (as build)
    data: Path,
    shapes: Path,
    releases: Path,
    language: Language,
    progress: Progress,
    examined: bool,
    cluster: AbstractContextManager[Executor] | None,
) -> Built:
    folder = releases / kept.CACHE
    folder.mkdir(exist_ok=True)
    with opened(data, shapes, folder, language, progress, cluster) as records:
        version = _version(records)
        if _stands(releases / version):
            checked = records.checked(records.done(writing=False))
            return Built(switch(releases, open_release(releases / version)), checked, new=False)
        with staging(releases) as staged:
            last = _last(releases, records)
            with Loader(staged / ENGINE, records.setting, last) as loader:
                done, facts = list[Done](), NOTHING
                for one in records.done(writing=True):
                    loader.add(one)
                    facts = Facts.together((facts, one.facts))
                    # Of many pieces the numbers take more memory than all the rest.
                    done.append(one._replace(facts=NOTHING))
                loader.end()
                checked = records.checked(done)
                if checked.violations:
                    raise ConformanceError(checked.findings)
                written = Writing(records, done, checked, staged)
                told = written.write(shapes, version, facts, loader)
            base = records.setting.space.base
            with flushing(staged):
                changes.write(staged, base, _before(releases, version))
                if examined:
                    checks = conformance.examine(
                        staged, base, records.workers.map, written.lengths, folder / READ
                    )
                    conformance.write(checks, staged)
            progress("flush", 0, 1)
            known = written.files | (last.linked(staged) if last else {})
            release = finish(staged, releases, version, told, known)
            Store(release)  # what can't be read isn't served
            progress("flush", 1, 1)
        keys = [one.key for one in done]
        remember(records.setting, version, keys)
        kept.prune(folder, [STORED, READ, *records.ledger.files, *keys])
        return Built(switch(releases, release), checked, new=True)


def _last(releases: Path, records: Reading) -> Last | None:
    """Return the last release, if its store is worth taking."""
    last = Last.read(releases, records.setting)
    keys = [cut.key for cut in records.cuts]
    return last if last and last.usable(keys, records.setting) else None


def _before(releases: Path, version: str) -> Release | None:
    """Return the release that is served until this one is; None where it is a damaged copy."""
    try:
        served = current(releases)
    except ReleaseError:
        return None
    return served if served.version != version else None


def _stands(path: Path) -> bool:
    """Tell whether a whole release is there already."""
    try:
        return not verify(open_release(path))
    except ReleaseError:
        return False


def _version(records: Reading) -> str:
    """Return the date of the edition and a digest of all that the release is made from."""
    publication = records.publication
    content = hashlib.sha256(records.setting.rules)
    content.update(publication.model_dump_json().encode())
    for _, numbers in records.ledger.by_kind():
        for number in numbers:
            content.update(records.ledger.references[number].encode())
            content.update(records.ledger.digest(number))
    return f"{publication.modified}-{content.hexdigest()[:8]}"


__all__ = ["Built", "Checked", "Progress", "build", "check", "convert"]
