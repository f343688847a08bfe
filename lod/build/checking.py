"""The first half of the pipeline: records → triples → report, without all of them in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pyoxigraph import Triple

from lod.build.ledger import Ledger
from lod.build.parcels import Executor
from lod.build.piece import Done, do_piece
from lod.build.piece import Job as PieceJob
from lod.build.pieces import Cut, cuts
from lod.build.processes import Workers, processes_for
from lod.build.reading import Job, Read, read_chunk
from lod.build.rows import Own, about
from lod.build.setting import Setting
from lod.errors import RecordErrors
from lod.formats import Style
from lod.formats.statements import triples
from lod.records import Entry, Language, Publication
from lod.records.checks import check_together
from lod.records.chunks import Chunk, chunks
from lod.records.files import raw_records
from lod.records.loader import check_publication, read, read_publication, typed
from lod.records.raw import Locate, Raw, Reporter
from lod.validation import Finding, located, report_triples

Progress = Callable[[str, int, int], None]
"""Takes the name of a step, how much of it is done, and how much there is."""
_FEW = 8
"""Records of a chunk whose rows are looked for; to find more, reading all takes less."""
NOWHERE = "https://example.org/"
"""The base of a publication that can't be read: the records are still checked."""


@dataclass(frozen=True)
class Checked:
    """What SHACL found in the graph that the records become.

    Attributes:
        publication: what the records are published as.
        setting: what they were checked with.
        records: how many there are.
        triples: how many they become.
        findings: of every severity.
    """

    publication: Publication
    setting: Setting
    records: int
    triples: int
    findings: list[Finding]

    @property
    def violations(self) -> list[Finding]:
        """What stops a release."""
        return [finding for finding in self.findings if finding.severity == "violation"]

    @property
    def style(self) -> Style:
        """How the publication's documents are written."""
        return self.setting.style

    def report(self) -> list[Triple]:
        """Return the SHACL report."""
        return report_triples(self.findings, self.setting.space)


def silent(step: str, done: int, total: int) -> None:
    """Show nothing."""


def check(
    data: Path,
    shapes: Path,
    language: Language = "en",
    progress: Progress = silent,
    folder: Path | None = None,
) -> Checked:
    """Read, map and validate a data directory.

    Args:
        data: the directory of the records.
        shapes: the directory of the shapes.
        language: of the messages.
        progress: is told how far the work is.
        folder: keeps what the next check needn't do again; nothing is kept without it.

    Raises:
        RecordErrors: the files aren't records.
        LodError: the shapes can't be read.
    """
    with (
        TemporaryDirectory(prefix="lod-") as passing,
        opened(data, shapes, folder or Path(passing), language, progress) as records,
    ):
        return records.checked(records.done(writing=False))


@dataclass(frozen=True)
class Reading:
    """The records of a data directory as far as they were read, and who works on them.

    Attributes:
        publication: what the records are published as.
        setting: of the build.
        ledger: what is known of all records.
        executor: does the pieces.
        workers: do what needs the files of this machine.
        progress: is told how far the work is.
        cuts: the pieces.
    """

    publication: Publication
    setting: Setting
    ledger: Ledger
    executor: Executor
    workers: Workers
    progress: Progress
    cuts: list[Cut]

    def done(self, *, writing: bool) -> Iterator[Done]:
        """Yield the outcome of each piece, in their order.

        Args:
            writing: whether the pieces' parts of all files are wanted.
        """
        total = len(self.cuts)
        jobs = map(partial(self._job, writing=writing), self.cuts)
        for number, done in enumerate(self.executor.map(do_piece, jobs), start=1):
            yield done
            self.progress("write" if writing else "check", number, total)

    def _job(self, cut: Cut, *, writing: bool) -> PieceJob:
        named = PieceJob(cut.named(), self.setting, writing)
        return named if named.known() else named._replace(piece=cut.piece(self.ledger))

    def checked(self, done: Iterable[Done]) -> Checked:
        """Return what was found in all pieces, with its places."""
        by_chunk: dict[int | None, list[Finding]] = {}
        for one in done:
            for finding in one.findings:
                reference = self.setting.space.reference(finding.focus) or ""
                number = self.ledger.find(reference)
                chunk = None if number is None else self.ledger.chunk_of(number)
                by_chunk.setdefault(chunk, []).append(finding)
        jobs = [
            Placing(self.ledger.chunks[chunk], found, self.setting)
            for chunk, found in by_chunk.items()
            if chunk is not None
        ]
        findings = [one for found in self.workers.map(placed, jobs) for one in found]
        findings += by_chunk.get(None, [])  # about what no record describes
        findings.sort(key=lambda finding: finding.order)
        numbers = len(self.ledger), self.ledger.triples
        return Checked(self.publication, self.setting, *numbers, findings)

    def about(self, reference: str) -> list[Triple]:
        """Return the triples about a resource and its parts, in canonical order."""
        number = self.ledger.find(reference)
        assert number is not None  # noqa: S101 (of a record)
        file, start, shown, own = self.ledger.row(number)
        path = self.setting.path(self.ledger.files[file])
        with path.open("rb") as rows:
            rows.seek(start + shown)
            lines = Own.read(rows.read(own)).lines
        return list(triples(about(reference, lines, self.setting.space.things)))


@contextmanager
def opened(  # noqa: PLR0913, PLR0917 (what a build can be told)
    data: Path,
    shapes: Path,
    folder: Path,
    language: Language,
    progress: Progress,
    cluster: AbstractContextManager[Executor] | None = None,
) -> Iterator[Reading]:
    """Read all records, and hold the processes that work on them.

    Args:
        data: the directory of the records.
        shapes: the directory of the shapes.
        folder: where chunks and pieces are kept.
        language: of the messages.
        progress: is told how far the work is.
        cluster: does the work instead of processes of this machine.

    Raises:
        RecordErrors: with every mistake found.
        LodError: the shapes can't be read.
    """
    reporter = Reporter(language)
    publication, locate = read_publication(data, reporter)
    base = publication.base_iri if publication else NOWHERE
    setting = Setting.of(base, shapes, folder, language)
    setting.shapes_graph()  # what is wrong with it shows before the work, and here
    size = data_size(data)
    with Workers(processes_for(size)) as workers, cluster or nullcontext(workers) as executor:
        ledger = Ledger()
        done = 0
        for chunk, found in _read(data, setting, executor, reporter):
            ledger.add(chunk, found)
            reporter.errors += found.errors
            done += chunk.size
            progress("read", min(done, size - 1), size)
        progress("read", size, size)
        _check_and_resolve(publication, locate, ledger, reporter)
        if reporter.errors or publication is None:
            raise RecordErrors(reporter.errors)
        found_ = list(cuts(ledger, setting))
        yield Reading(publication, setting, ledger, executor, workers, progress, found_)


def data_size(data: Path) -> int:
    """Return about how much there is to read, in bytes."""
    tables = [path.stat().st_size for path in data.glob("*.*") if path.is_file()]
    return sum(tables) + 1000 * sum(1 for _ in data.glob("*/*.yaml")) + 1


def _read(
    data: Path, setting: Setting, executor: Executor, reporter: Reporter
) -> Iterator[tuple[Chunk, Read]]:
    known: list[Chunk] = []

    def jobs() -> Iterator[Job]:
        for chunk in chunks(data, reporter):
            known.append(chunk)
            yield Job(chunk, setting)

    for number, found in enumerate(executor.map(read_chunk, jobs())):
        yield known[number], found


def _check_and_resolve(
    publication: Publication | None, locate: Locate, ledger: Ledger, reporter: Reporter
) -> None:
    """Check the records against each other, and resolve what they refer to if nothing is wrong.

    Those are read again that something is wrong with.
    """
    silent_, numbers = Reporter(reporter.language), ledger.numbers()
    troubled = ledger.troubled(numbers)
    entries = [entry for chunk in troubled for entry in read(chunk, set(), silent_)]
    known = ledger.named | numbers.keys() if entries or ledger.named else numbers
    if entries:
        together = [(entry.record, entry.locate) for entry in entries]
        check_together(together, set(known), reporter)
    check_publication(publication, locate, known, reporter)
    if not reporter.errors:
        ledger.resolve(numbers)


class Placing(NamedTuple):
    """What was found in the records of a chunk, to be placed.

    Attributes:
        chunk: which.
        findings: those without a place.
        setting: of the build.
    """

    chunk: Chunk
    findings: list[Finding]
    setting: Setting


def placed(job: Placing) -> list[Finding]:
    """Return findings with their places: their records are read once more."""
    references = (job.setting.space.reference(finding.focus) for finding in job.findings)
    lookup = _Lookup(job.chunk, set(filter(None, references)))
    return located(job.findings, lookup, job.setting.mapper)


class _Lookup:
    """Finds records of a chunk again by their references.

    Where they are few, only those rows of a table are read that hold what they are called, and all
    where a record isn't in those.
    """

    def __init__(self, chunk: Chunk, references: Iterable[str]) -> None:
        self._chunk = chunk
        slugs = {reference.partition("/")[2] for reference in references}
        rows = list(islice(chunk.rows_with(slugs), 2 * _FEW)) if len(slugs) <= _FEW else []
        self._near = {key: raw for row in rows for key, raw in _by_reference(row)}

    @cached_property
    def _all(self) -> dict[str, Raw]:
        return dict(_by_reference(self._chunk))

    @property
    def entries(self) -> _Lookup:
        """What finds them."""
        return self

    def get(self, reference: str, /) -> Entry | None:
        """Return a record and its places; None of what is no record of the chunk."""
        raw = self._near if reference in self._near else self._all
        # A membership may stand in the file of its board.
        among = [raw[reference]] if reference in raw else raw.values()
        entries = (entry for one in among for entry in typed(one, Reporter("en")))
        return next((entry for entry in entries if entry.record.reference == reference), None)


def _by_reference(chunk: Chunk) -> Iterator[tuple[str, Raw]]:
    """Yield the records of a chunk as they stand in its files, with their references."""
    for raw in raw_records(chunk, Reporter("en")):
        yield f"{raw.kind}/{raw.values.get('slug')}", raw
