"""The store of a release: loaded beside the second pass, or the last one with what changed.

RocksDB never writes to a finished file again, so the next store begins with links to the files of
the last one, and takes in the difference between the pieces that are gone and those that are new.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pyoxigraph as ox
from pyoxigraph import Triple

from lod.build import kept
from lod.build.packing import unpacked
from lod.build.piece import Done, read_done
from lod.build.setting import Setting
from lod.errors import ReleaseError
from lod.formats import N_TRIPLES
from lod.formats.style import OWN_PREFIX
from lod.mapping.vocabulary import vocabulary_triples
from lod.release import SERVED, File, Release, complete, open_release
from lod.store import CATALOG_GRAPH, ENGINE, TERMS_GRAPH, graph_iri

STORED = "stored.json"
"""Tells which release was built last, of which pieces."""
BATCH = 8 << 20
"""So many bytes of N-Triples are loaded at once; memory grows with it, and speed but little."""
_FEW = 5
"""One piece of so many may have changed for the last store to be taken."""


class Last(NamedTuple):
    """The release that was built last.

    Attributes:
        release: its directory and manifest.
        pieces: the keys of its pieces.
    """

    release: Release
    pieces: frozenset[str]

    @classmethod
    def read(cls, releases: Path, setting: Setting) -> Last | None:
        """Return the last release, if it is whole and all its pieces are kept."""
        try:
            told = json.loads((setting.folder / STORED).read_text("utf-8"))
            last = cls(open_release(releases / told["version"]), frozenset(told["pieces"]))
        except (OSError, ValueError, KeyError, ReleaseError):
            return None
        return None if complete(last.release) else last

    def differs(self, keys: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return the keys of the pieces that are gone, and of those that are new."""
        now = frozenset(keys)
        return self.pieces - now, now - self.pieces

    def usable(self, keys: Sequence[str], setting: Setting) -> bool:
        """Tell whether making a store from this one is less work than making a new one."""
        gone, new = self.differs(keys)
        few = (len(gone) + len(new)) * _FEW <= len(keys)
        return few and all(kept.whole(setting.path(key)) for key in gone)

    def linked(self, staged: Path) -> dict[str, File]:
        """Return the checksums of the files that a new store shares with this one."""
        served = json.loads((self.release.path / SERVED).read_text("utf-8"))
        return {
            name: File(**facts)
            for name, facts in served.items()
            if (path := staged / name).is_file() and path.samefile(self.release.path / name)
        }


def remember(setting: Setting, version: str, keys: Iterable[str]) -> None:
    """Note which release was built last, of which pieces."""
    beside = setting.folder / f"{STORED}.{os.getpid()}"
    beside.write_text(json.dumps({"version": version, "pieces": list(keys)}), "utf-8")
    beside.replace(setting.folder / STORED)


def _link(source: str, target: str) -> None:
    """Link a finished file, and copy one that may be written to."""
    if source.endswith(".sst"):
        os.link(source, target)
    else:
        shutil.copyfile(source, target)


class Loader:
    """Puts pieces into a store in a thread: the engine works beside the interpreter.

    Args:
        path: where the store is made.
        setting: of the build.
        last: the release whose store is taken; a new store is made without one.
    """

    def __init__(self, path: Path, setting: Setting, last: Last | None) -> None:
        self.setting = setting
        self.last = last
        if last is not None:
            shutil.copytree(last.release.path / ENGINE, path, copy_function=_link)
        self.engine = ox.Store(str(path))
        self.sizes: Counter[str] = Counter()
        self.keys: list[str] = []
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._loading: list[Future[None]] = []
        self._waiting: list[Done] = []
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)
        del self.engine  # it writes its last bytes when nobody holds it

    def add(self, done: Done) -> None:
        """Take a piece in, in its own time."""
        self.sizes[done.kind] += done.facts.triples
        self.keys.append(done.key)
        if self.last is not None and done.key in self.last.pieces:
            return
        if self.last is None and (self._size > BATCH or self._kind != done.kind):
            self._send()
        self._waiting.append(done)
        self._size += done.size

    @property
    def _kind(self) -> str:
        return self._waiting[-1].kind if self._waiting else ""

    def _send(self) -> None:
        if self._waiting:
            self._loading.append(self._thread.submit(self._load, self._kind, self._waiting))
        self._waiting, self._size = [], 0

    def _load(self, kind: str, pieces: list[Done]) -> None:
        self._bulk(kind, b"".join(map(self._lines, pieces)))

    def _bulk(self, graph: str, lines: bytes) -> None:
        name = graph_iri(self.setting.space, graph)
        self.engine.bulk_load(BytesIO(lines), ox.RdfFormat.N_TRIPLES, to_graph=name)

    def _lines(self, done: Done) -> bytes:
        return unpacked(done.section(N_TRIPLES.name, self.setting))

    def end(self) -> None:
        """Take note that the last piece was added, so that what is left is loaded, too."""
        if self.last is not None:
            change = self._thread.submit(self._change, self.last, self._waiting)
            self._loading.append(change)
        else:
            self._send()

    def finish(self, catalog: Iterable[Triple]) -> dict[str, int]:
        """Add the catalog and our terms after the `end`; return how many triples each graph has."""
        for job in self._loading:
            job.result()
        self.engine.clear_graph(graph_iri(self.setting.space, CATALOG_GRAPH))
        # What a record says already stays in its kind's graph alone: the engine would count it
        # twice.
        stated = {
            triple
            for triple in catalog
            if not any(
                self.engine.quads_for_pattern(triple.subject, triple.predicate, triple.object)
            )
        }
        terms = set(vocabulary_triples(self.setting.space, OWN_PREFIX))
        self._bulk(CATALOG_GRAPH, _as_lines(stated))
        self._bulk(TERMS_GRAPH, _as_lines(terms))
        self.engine.flush()
        return {**self.sizes, CATALOG_GRAPH: len(stated), TERMS_GRAPH: len(terms)}

    def _change(self, last: Last, new: Sequence[Done]) -> None:
        """Take out what the pieces that are gone said, and take in what the new ones say."""
        gone, _ = last.differs(self.keys)
        before = self._quads(read_done(key, self.setting) for key in gone)
        now = self._quads(new)
        for quad in before - now:
            self.engine.remove(quad)
        self.engine.extend(now - before)

    def _quads(self, pieces: Iterable[Done]) -> set[ox.Quad]:
        return {
            ox.Quad(one.subject, one.predicate, one.object, graph)
            for done in pieces
            for graph in [graph_iri(self.setting.space, done.kind)]
            for one in ox.parse(self._lines(done), ox.RdfFormat.N_TRIPLES)
        }


def _as_lines(triples: Iterable[Triple]) -> bytes:
    return b"".join(f"{triple} .\n".encode() for triple in triples)
