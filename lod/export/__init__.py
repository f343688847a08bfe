"""The publication as static files: what the server answers, for hosts without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lod.export.folder import Folder, Written, opened
from lod.export.manifest import Known, Record, journal, load, save
from lod.export.processes import run
from lod.export.publishing import beside
from lod.export.renderer import Setting
from lod.export.tasks import tasks
from lod.release import current
from lod.store import Store

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Exported:
    """What an export did.

    Attributes:
        version: of the release.
        documents: how many resources, pages of lists and parts of the site there are.
        files: how many files there are, without their packed siblings.
        written: how many of them were written.
        removed: how many were removed, because nothing has their address any more.
    """

    version: str
    documents: int
    files: int
    written: int
    removed: int


def export_site(  # noqa: PLR0913 (the options of the command)
    releases: Path,
    out: Path,
    *,
    endpoint: str = "",
    plain: bool = False,
    theme: Path | None = None,
    workers: int = 2,
    progress: Progress = lambda step, done, total: None,
) -> Exported:
    """Write the active release as static files.

    Args:
        releases: the directory of releases.
        out: the folder; empty, or an earlier export, of which only what changed is written.
        endpoint: the address of a SPARQL endpoint elsewhere; empty where there is none.
        plain: whether names of files must lead to pages, because the host knows no rules.
        theme: the publisher's own templates and files, if there are any.
        workers: the number of processes.
        progress: is told what is done.

    Raises:
        ReleaseError: no release is active, or it is damaged.
        LodError: the folder holds something else, or can't be written.
    """
    release = current(releases)
    setting = Setting(releases.absolute(), release.version, out.absolute(), endpoint, plain, theme)
    with opened(setting.out):
        known = load(setting.out)
        written = 0
        records: list[Record] = []
        work = [(task, known.records.get(task)) for task in tasks(Store(release))]
        with journal(setting.out) as lines:
            for done in run(setting, work, workers):
                lines.add(done.records)
                records += done.records
                written += done.written
                progress("export", len(records), len(work))
            published = beside(setting, known)
            written += published.written
            records += published.records
            lines.add(published.records)
        files = {name: made for one in records for name, made in one.files.items()}
        removed = _swept(Folder(setting.out), known, files)
        save(setting.out, records)
    return Exported(release.version, len(work), len(files), written, removed)


def _swept(folder: Folder, known: Known, files: dict[str, Written]) -> int:
    """Remove what earlier exports wrote and this one doesn't have."""
    gone = known.files.keys() - files.keys()
    for name in gone:
        folder.remove(name, known.files[name])
    return len(gone)


__all__ = ["Exported", "export_site"]
