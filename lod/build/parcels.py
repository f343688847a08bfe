"""Jobs for machines that share no disk with this one.

A job's outcome is a file that is named by a digest of all that it is made from. So a job is sent
with what it reads, the file comes back, and the job finds it here as if it had been kept. What
goes wrong elsewhere is done again here, where its messages have the right places.
"""

from __future__ import annotations

import json
import platform
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Any, NamedTuple, Protocol, Self, TypeVar

import lod
from lod.build import kept
from lod.build.packing import packed, unpacked
from lod.build.rows import as_json
from lod.build.setting import Setting, program
from lod.errors import LodError
from lod.records import Language


class Portable(Protocol):
    """A job whose outcome is a file that is kept."""

    @property
    def setting(self) -> Setting:
        """Of the build."""

    @property
    def key(self) -> str:
        """The name of the outcome."""

    def known(self) -> bool:
        """Tell whether the outcome is kept already."""

    def packed(self) -> tuple[Self, Mapping[str, bytes]]:
        """Return the job as it is done elsewhere, and the files that it reads there, by name."""

    def moved(self, setting: Setting) -> Self:
        """Return the job with its files in the folder of another setting."""


_LIBRARIES = ("pydantic", "pyoxigraph", "pyshacl", "pyyaml", "rdflib")
_ALONE = Lock()
"""Held while a job is done: what the libraries keep in memory isn't made for threads."""
_Job = TypeVar("_Job", bound=Portable)
_Result = TypeVar("_Result")


class Executor(Protocol):
    """Does jobs somewhere: in processes of this machine, or on others."""

    def map(self, function: Callable[[_Job], _Result], jobs: Iterable[_Job]) -> Iterator[_Result]:
        """Yield the result of each job in the order of the jobs, which are asked for as needed."""


class Parcel(NamedTuple):
    """A job with all that it needs.

    Attributes:
        function: does the job.
        job: as it is done elsewhere.
        key: of the outcome.
        files: what it reads, by name.
        shapes: the files of the shapes, packed.
        versions: of what the outcome's bytes depend on.
    """

    function: Callable[[Any], Any]
    job: Any
    key: str
    files: Mapping[str, bytes]
    shapes: bytes
    versions: Mapping[str, str]


class DifferentError(LodError):
    """A machine has other versions, so that what it makes might have other bytes."""


@cache
def versions() -> dict[str, str]:
    """Return the versions of what an outcome's bytes depend on."""
    return {
        "lod": f"{lod.__version__} ({program().hex()[:8]})",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    } | {name: version(name) for name in _LIBRARIES}


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """Return in words which versions there differ from those here; empty where none does."""
    return ", ".join(
        f"{name} {there.get(name, 'missing')} instead of {wanted}"
        for name, wanted in here.items()
        if there.get(name) != wanted
    )


def pack(function: Callable[[_Job], Any], job: _Job) -> Parcel:
    """Return a parcel with a job.

    Raises:
        LodError: a file was changed since the job was made.
    """
    key = job.key
    packed_, files = job.packed()
    return Parcel(function, packed_, key, files, _shapes(job.setting), versions())


def do_parcel(parcel: Parcel, folder: Path) -> bytes | None:
    """Return the file that a job makes; None where something is wrong and is to be told at home.

    Args:
        parcel: with the job.
        folder: where this machine has room for files.

    Raises:
        DifferentError: this machine has other versions.
    """
    if different := differences(parcel.versions, versions()):
        raise DifferentError(different)
    wanted: Setting = parcel.job.setting
    with _ALONE:
        setting = _unpacked(folder, parcel.shapes, wanted.base, wanted.language)
        if setting.rules != wanted.rules:
            return None
        try:
            for name, content in parcel.files.items():
                (setting.folder / name).write_bytes(content)
            parcel.function(parcel.job.moved(setting))
            made = setting.path(parcel.key)
            return made.read_bytes() if made.exists() else None
        except LodError:
            return None
        finally:
            kept.prune(setting.folder, ())


@lru_cache(maxsize=1)
def _shapes(setting: Setting) -> bytes:
    files = sorted(setting.shapes.glob("*.ttl"))
    return packed(as_json({path.name: path.read_text("utf-8") for path in files}))


@lru_cache(maxsize=4)
def _unpacked(folder: Path, shapes: bytes, base: str, language: Language) -> Setting:
    """Return a setting of folders here: the same for all jobs of a build, which so share caches."""
    here = Path(mkdtemp(prefix="lod-", dir=folder))
    for name in ("shapes", "kept"):
        (here / name).mkdir()
    for name, text in json.loads(unpacked(shapes)).items():
        (here / "shapes" / name).write_text(text, "utf-8", newline="")
    return Setting.of(base, here / "shapes", here / "kept", language)
