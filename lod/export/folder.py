"""The folder that an export is written to: each file whole or not at all, nobody else's touched."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from lod.errors import LodError
from lod.web.encodings import SMALLEST, packed

OWN = ".lod"
"""The folder for what isn't published: the manifest, and rules for web servers."""
_STAGING = "staging"
_PACKED: Mapping[str, str] = {".gz": "gzip", ".br": "br"}


class Written(NamedTuple):
    """A file of an export as its manifest knows it.

    Attributes:
        digest: of its content.
        size: in bytes.
        packed: whether it has packed siblings.
    """

    digest: str
    size: int
    packed: bool


@contextmanager
def opened(out: Path) -> Iterator[None]:
    """Hold a folder for one export, and clear what a killed one was about to write.

    Raises:
        LodError: it holds something else, another export writes there, or it can't be written.
    """
    own = out / OWN
    if out.exists() and not own.is_dir() and (not out.is_dir() or any(out.iterdir())):
        raise LodError(
            f"{out}: expected an empty folder or an earlier export; found something else. "
            "Name another folder with --out, so that nothing of yours is overwritten"
        )
    try:
        own.mkdir(parents=True, exist_ok=True)
        lock = (own / "lock").open("a")
    except OSError as error:
        raise LodError(f"{out}: can't be written ({error.strerror})") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LodError(
                f"{out}: another export is writing here. Wait until it has ended"
            ) from None
        shutil.rmtree(own / _STAGING, ignore_errors=True)
        yield
        shutil.rmtree(own / _STAGING, ignore_errors=True)


class Folder:
    """Writes into the folder of an export.

    Args:
        out: the folder.

    Attributes:
        touched: how many files were written by this process.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._staging = out / OWN / _STAGING / str(os.getpid())
        self._made: set[Path] = set()
        self.touched = 0

    def put(self, name: str, content: bytes, known: Written | None, pack: bool = True) -> Written:
        """Write a file and its packed siblings, unless they are there with the same content.

        Args:
            name: the path inside the folder.
            content: what it holds.
            known: what an earlier export wrote there.
            pack: whether packed siblings are of use.
        """
        digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        made = Written(digest, len(content), pack and len(content) >= SMALLEST)
        if made == known and self.holds(name, made):
            return made
        if made.packed:
            # Before the plain one, so that whoever sees that finds these.
            for ending, coding in _PACKED.items():
                self._write(name + ending, packed(content, coding))
        elif known is not None and known.packed:
            self._remove_packed(name)
        self._write(name, content)
        return made

    def link(self, name: str, source: Path, digest: str, size: int) -> Written:
        """Put a file that lies elsewhere here too: as a hard link, or as a copy across disks."""
        made = Written(digest, size, packed=False)
        with suppress(OSError):
            if (self._out / name).samefile(source):
                return made
        self._move(name, lambda staged: _linked(source, staged))
        return made

    def holds(self, name: str, made: Written) -> bool:
        """Say whether a file and its siblings are there, as far as sizes tell."""
        path = self._out / name
        try:
            there = path.stat().st_size == made.size
        except OSError:
            return False
        return there and (not made.packed or all(map(os.path.exists, _siblings(path))))

    def remove(self, name: str, made: Written) -> None:
        """Remove a file with its siblings, and the folders that become empty."""
        path = self._out / name
        path.unlink(missing_ok=True)
        if made.packed:
            self._remove_packed(name)
        for folder in path.parents:
            if folder == self._out:
                break
            try:
                folder.rmdir()
            except OSError:
                break

    def _remove_packed(self, name: str) -> None:
        for sibling in _siblings(self._out / name):
            Path(sibling).unlink(missing_ok=True)

    def _write(self, name: str, content: bytes) -> None:
        self._move(name, lambda staged: staged.write_bytes(content))
        self.touched += 1

    def _move(self, name: str, make: Callable[[Path], object]) -> None:
        target = self._out / name
        staged = self._staging / "file"
        try:
            for folder in (self._staging, target.parent):
                if folder not in self._made:
                    folder.mkdir(parents=True, exist_ok=True)
                    self._made.add(folder)
            make(staged)
            staged.replace(target)
        except OSError as error:
            raise LodError(
                f"{target}: can't be written ({error.strerror}). Mend that, and export again: "
                "what is done stays"
            ) from None


def _siblings(path: Path) -> list[str]:
    return [f"{path}{ending}" for ending in _PACKED]


def _linked(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
