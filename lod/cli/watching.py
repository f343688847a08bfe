"""Doing something again whenever a record is saved."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from watchfiles import watch

from lod.build import Built, build
from lod.cli.options import coloured
from lod.errors import LodError, RecordErrors
from lod.records import Language
from lod.release import prune
from lod.validation import ConformanceError, as_findings, render

_SETTLED = 50
"""Milliseconds without a change until what an editor saves is thought to be complete."""
_LONGEST = 500
"""Milliseconds after which changes are looked at though more of them come."""
_ALIVE = 2_000
"""Milliseconds after which it is looked whether anybody still waits for the outcome."""


def changes(*folders: Path) -> Iterator[None]:
    """Yield at once, and again after each change in the folders, until interrupted."""
    yield
    parent = multiprocessing.parent_process()
    with suppress(KeyboardInterrupt):
        for found in watch(
            *folders,
            debounce=_LONGEST,
            step=_SETTLED,
            rust_timeout=_ALIVE,
            yield_on_timeout=True,
        ):
            if found:
                yield
            elif parent is not None and not parent.is_alive():
                return


def told(work: Callable[[], str], language: Language) -> bool:
    """Do some work, and tell its outcome or what is wrong on standard error."""
    start = time.monotonic()
    try:
        words, colour = work(), "green"
    except RecordErrors as error:
        words, colour = render(as_findings(error, language), "text", language), "red"
    except ConformanceError as error:
        words, colour = render(error.findings, "text", language), "red"
    except LodError as error:
        words, colour = str(error), "red"
    took = f"({time.monotonic() - start:.1f} s)"
    click.secho(f"{words} {took}", fg=colour, err=True, color=coloured(sys.stderr))
    return colour == "green"


def rebuild(data: Path, shapes: Path, releases: Path, language: Language) -> Iterator[bool]:
    """Build a release now and after each change, and yield whether it was made.

    What fails is told on standard error, and the last release stays active.
    """

    def work() -> str:
        return outcome(build(data, shapes, releases, language, examined=False), language)

    for _ in changes(data, shapes):
        made = told(work, language)
        if made:
            prune(releases, 2)  # the server may still read the one before
        yield made


_STATES: dict[Language, dict[bool, str]] = {
    "en": {True: "built", False: "is up to date"},
    "de": {True: "gebaut", False: "ist auf dem Stand"},
}
_COUNTS: dict[Language, str] = {
    "en": "{resources} resources, {triples} triples, {remarks} warnings and hints (report.ttl)",
    "de": "{resources} Ressourcen, {triples} Tripel, {remarks} Warnungen und Hinweise (report.ttl)",
}


def outcome(built: Built, language: Language) -> str:
    """Return what a build has come to."""
    counts = built.release.manifest["counts"]
    told = _COUNTS[language].format(
        resources=sum(counts["kinds"].values()),
        triples=counts["triples"],
        remarks=len(built.checked.findings),
    )
    return f"{built.release.version} {_STATES[language][built.new]}: {told}"


@contextmanager
def rebuilt(data: Path, shapes: Path, language: Language) -> Iterator[Path]:
    """Give a directory of releases of its own, with one for each change that is right.

    It is given when the first release stands, and gone afterwards.
    """
    with TemporaryDirectory(prefix="lod-") as folder:
        releases = Path(folder)
        if not any(rebuild(data, shapes, releases, language)):
            return
        # A process of its own, because the server forks.
        process = multiprocessing.get_context("spawn").Process(
            target=_keep_rebuilding, args=(data, shapes, releases, language), daemon=True
        )
        process.start()
        try:
            yield releases
        finally:
            process.terminate()
            process.join()


def _keep_rebuilding(data: Path, shapes: Path, releases: Path, language: Language) -> None:
    for _ in rebuild(data, shapes, releases, language):
        pass
