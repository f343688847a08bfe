"""Releases: immutable, checksummed directories that the build writes and the server reads.

A release appears whole or not at all: it is written beside, flushed, and renamed into place, and
the link ``current`` is switched last.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lod.errors import ReleaseError

CURRENT = "current"
MANIFEST = "manifest.json"
SERVED = "served.json"
"""Checksums of what only our own server reads; its bytes differ from build to build."""
SERVED_ONLY = ("store", "index.sqlite", "search.sqlite", "changes.sqlite")
_STAGING = ".building-"
_LOCK = ".lock"
_BLOCK = 1 << 20
_READERS = min(os.cpu_count() or 1, 8)
"""Files that are read at once to compare their checksums; more would only keep a disk busy."""


@dataclass(frozen=True, slots=True)
class File:
    """Size in bytes and SHA-256 in hexadecimal of one file of a release."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Release:
    """A finished release.

    Attributes:
        path: its directory.
        manifest: what ``manifest.json`` says.
    """

    path: Path
    manifest: Mapping[str, Any]

    @property
    def version(self) -> str:
        """The name of the release: the date of the edition and a digest of the content."""
        return self.path.name

    @property
    def files(self) -> dict[str, File]:
        """The published files by their paths inside the release."""
        return {name: File(**facts) for name, facts in self.manifest["files"].items()}


def open_release(path: Path) -> Release:
    """Open a release directory.

    Raises:
        ReleaseError: it is missing, has no manifest, or the manifest can't be read.
    """
    try:
        resolved = path.resolve()
        manifest = json.loads((resolved / MANIFEST).read_text(encoding="utf-8"))
        if not {"files", "counts", "version"} <= manifest.keys():
            raise ValueError("it isn't one")
    except FileNotFoundError:
        raise ReleaseError(
            f"{path}: no release here. Build one with `lod build`; `lod releases` lists those "
            "there are"
        ) from None
    except (OSError, ValueError, AttributeError, RuntimeError) as error:
        raise ReleaseError(
            f"{path / MANIFEST}: the manifest can't be read ({error}). "
            "Activate another release or build again"
        ) from None
    return Release(resolved, manifest)


def current(releases: Path) -> Release:
    """Open the release that is served.

    Raises:
        ReleaseError: none is active, or it is damaged.
    """
    return open_release(releases / CURRENT)


def versions(releases: Path) -> list[Release]:
    """Return the finished releases that can be read, the oldest build first."""
    if not releases.is_dir():
        return []
    found = []
    for path in releases.iterdir():
        if not path.is_symlink() and (path / MANIFEST).is_file() and path.name[0] != ".":
            with suppress(ReleaseError):
                found.append(open_release(path))
    return sorted(found, key=lambda release: (release.path.stat().st_mtime_ns, release.version))


def verify(release: Release) -> list[str]:
    """Compare every file of a release with its checksum, and return what is wrong."""
    wrong = []
    listed = dict(release.manifest["files"])
    try:
        listed |= json.loads((release.path / SERVED).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        wrong.append(f"{SERVED}: missing or unreadable")
    names = sorted(listed)
    with ThreadPoolExecutor(_READERS) as threads:
        # Checksums are computed outside the interpreter's lock.
        found_wrong = threads.map(lambda name: _wrong(release.path / name, listed[name]), names)
        wrong += [f"{name}: {what}" for name, what in zip(names, found_wrong, strict=True) if what]
    known = {*listed, MANIFEST, SERVED}
    found = {path.relative_to(release.path).as_posix() for path in _files(release.path)}
    wrong += [f"{name}: not listed in the manifest" for name in sorted(found - known)]
    return wrong


def _wrong(path: Path, facts: Mapping[str, Any]) -> str:
    """Return what is wrong with a file, in words; empty where nothing is."""
    if not path.is_file():
        return "missing"
    if path.stat().st_size != facts["size"]:
        return f"{path.stat().st_size} bytes, expected {facts['size']}"
    return "" if digest(path).sha256 == facts["sha256"] else "the checksum differs"


def complete(release: Release) -> list[str]:
    """Return what a release lacks at a glance: files that are missing or of another size."""
    try:
        served = json.loads((release.path / SERVED).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return [f"{SERVED}: missing or unreadable"]
    return [
        f"{name}: missing or of another size"
        for name, facts in sorted({**release.manifest["files"], **served}.items())
        if not (release.path / name).is_file()
        or (release.path / name).stat().st_size != facts["size"]
    ]


def activate(releases: Path, version: str) -> Release:
    """Make a release the one that is served, in one step.

    Raises:
        ReleaseError: there is no such release, or it is damaged.
    """
    release = _named(releases, version)
    wrong = verify(release)
    if wrong:
        raise ReleaseError(f"{release.path}: damaged ({wrong[0]}). Build again")
    return switch(releases, release)


def _named(releases: Path, version: str) -> Release:
    path = releases / version
    if not version or Path(version).name != version or version[0] == "." or path.is_symlink():
        raise ReleaseError(f"{version}: not a version. `lod releases` lists them")
    return open_release(path)


def switch(releases: Path, release: Release) -> Release:
    """Make a release that is known to be whole the one that is served.

    Raises:
        ReleaseError: the directory can't be written.
    """
    link = releases / f"{_STAGING}{CURRENT}"
    try:
        link.unlink(missing_ok=True)
        link.symlink_to(release.version)
        link.replace(releases / CURRENT)
        _flush(releases)
    except OSError as error:
        raise ReleaseError(f"{releases}: can't be switched ({error.strerror})") from None
    return release


def prune(releases: Path, keep: int) -> list[str]:
    """Delete all but the newest releases, never the one that is served.

    Returns:
        The versions that were deleted.
    """
    active = (releases / CURRENT).resolve()
    old = versions(releases)[: -keep or None]
    gone = [release for release in old if release.path != active]
    for release in gone:
        # Renamed first, so that nothing half-deleted looks like a release.
        doomed = releases / f"{_STAGING}{release.version}"
        release.path.rename(doomed)
        shutil.rmtree(doomed)
    return [release.version for release in gone]


@contextmanager
def locked(releases: Path) -> Iterator[None]:
    """Hold the releases directory for one writer, and clear what an earlier one left.

    Raises:
        ReleaseError: another process is writing here.
    """
    try:
        releases.mkdir(parents=True, exist_ok=True)
        lock = (releases / _LOCK).open("a")
    except OSError as error:
        raise ReleaseError(f"{releases}: can't be written ({error.strerror})") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ReleaseError(
                f"{releases}: another build is running here. Wait until it has ended"
            ) from None
        for leftover in releases.glob(f"{_STAGING}*"):
            if leftover.is_symlink() or leftover.is_file():
                leftover.unlink()
            else:
                shutil.rmtree(leftover)
        yield


@contextmanager
def staging(releases: Path) -> Iterator[Path]:
    """Give a directory to write a release in; it is gone afterwards unless it was finished."""
    path = releases / f"{_STAGING}{os.getpid()}"
    path.mkdir()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def finish(
    staged: Path,
    releases: Path,
    version: str,
    facts: Mapping[str, Any],
    known: Mapping[str, File] | None = None,
) -> Release:
    """Write the manifest, flush everything to disk, and rename the release into place.

    Args:
        staged: the directory that holds all files.
        releases: where it goes.
        version: its name there.
        facts: what the manifest says beside version and files.
        known: the files whose checksums are known, so that they needn't be read again.

    What stands there already is replaced: a version is named after its content, so it is a
    damaged copy of the same.
    """
    published: dict[str, dict[str, Any]] = {}
    served: dict[str, dict[str, Any]] = {}
    for path in _files(staged):
        name = path.relative_to(staged).as_posix()
        found = (known or {}).get(name) or digest(path)
        group = served if name.split("/")[0] in SERVED_ONLY else published
        group[name] = {"size": found.size, "sha256": found.sha256}
    _write_json(staged / MANIFEST, {"version": version, **facts, "files": published})
    _write_json(staged / SERVED, served)
    for path in _files(staged):
        _flush(path)
    for folder in {path.parent for path in _files(staged)}:
        _flush(folder)
    target, old = releases / version, releases / f"{_STAGING}{version}"
    if target.exists():
        target.rename(old)
    try:
        staged.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    _flush(releases)
    shutil.rmtree(old, ignore_errors=True)
    return open_release(target)


@contextmanager
def flushing(staged: Path) -> Iterator[None]:
    """Put the files of a directory on disk while others are made: that is a lot to wait for.

    Raises:
        OSError: one can't be written.
    """
    with ThreadPoolExecutor(1) as thread:
        jobs = [thread.submit(_flush, path) for path in _files(staged)]
        try:
            yield
        except BaseException:
            thread.shutdown(cancel_futures=True)
            raise
        for job in jobs:
            job.result()


def digest(path: Path) -> File:
    """Return size and SHA-256 of a file."""
    checksum = hashlib.sha256()
    size = 0
    with path.open("rb") as content:
        while block := content.read(_BLOCK):
            checksum.update(block)
            size += len(block)
    return File(size, checksum.hexdigest())


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _write_json(path: Path, content: Any) -> None:
    words = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=False)
    path.write_text(words + "\n", encoding="utf-8")


def _flush(path: Path) -> None:
    """Ask the system to put a file or a directory's entries on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
