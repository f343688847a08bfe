"""The work of an export, shared among processes that each open the release once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from lod.errors import LodError
from lod.export.folder import Folder, Written
from lod.export.manifest import Record, Task
from lod.export.renderer import Renderer, Setting
from lod.export.tasks import SITE, made

_SHARE = 32
"""Tasks that are handed over at once."""


class Done(NamedTuple):
    """What came of some tasks.

    Attributes:
        records: of each.
        written: how many files were written.
    """

    records: list[Record]
    written: int


class Worker:
    """Does tasks.

    Args:
        setting: of the export.
    """

    def __init__(self, setting: Setting) -> None:
        self._renderer = Renderer(setting)
        self._folder = Folder(setting.out)
        store = self._renderer.store
        # Whatever changes all pages at once; the date of the edition stands on few.
        self._everywhere = repr((
            self._renderer.design,
            setting.endpoint,
            setting.plain,
            store.publication.model_dump(exclude={"modified"}),
            self._renderer.edition.undertakings.every,
        ))  # fmt: skip

    def work(self, share: Sequence[tuple[Task, Record | None]]) -> Done:
        """Do some tasks, each with what is known of it from earlier exports."""
        before = self._folder.touched
        records = [self._done(task, known) for task, known in share]
        return Done(records, self._folder.touched - before)

    def _done(self, task: Task, known: Record | None) -> Record:
        if known is not None and self._stands(known):
            return known
        files: Mapping[str, Written] = known.files if known else {}
        with self._renderer.store.recording() as asked:
            there = {
                one.name: self._folder.put(
                    one.name, one.content, files.get(one.name), pack=not one.name.endswith(".png")
                )
                for one in made(self._renderer, task)
            }
            reads = sorted(asked, key=repr)
        if task[0] == SITE:
            return Record(task, files=there)
        return Record(task, reads, self._digest(reads), there)

    def _stands(self, known: Record) -> bool:
        """Say whether what a task made before is what it would make now."""
        return (
            known.reads is not None
            and known.digest == self._digest(known.reads)
            and all(self._folder.holds(*one) for one in known.files.items())
        )

    def _digest(self, reads: Sequence[tuple[object, ...]]) -> str:
        return self._renderer.store.digest(reads, self._everywhere)


def run(
    setting: Setting, work: Sequence[tuple[Task, Record | None]], workers: int
) -> Iterator[Done]:
    """Yield what comes of the work, in no particular order.

    Raises:
        LodError: a file can't be written, or a process was killed.
    """
    shares = [work[start : start + _SHARE] for start in range(0, len(work), _SHARE)]
    if workers == 1:
        yield from map(Worker(setting).work, shares)
        return
    # Forked processes would share the open files of the store.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, (setting,)) as pool:
        try:
            for done in as_completed([pool.submit(_work, share) for share in shares]):
                yield done.result()
        except BrokenProcessPool:
            raise LodError(
                f"{setting.out}: a process of the export was killed, perhaps for lack of memory. "
                "Export again with fewer --workers: what is done stays"
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


_worker: list[Worker] = []


def _start(setting: Setting) -> None:
    _worker.append(Worker(setting))


def _work(share: Sequence[tuple[Task, Record | None]]) -> Done:
    return _worker[0].work(share)
