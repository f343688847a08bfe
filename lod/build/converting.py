"""Conversion alone: records → N-Triples, as fast as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lod.build.checking import Progress, data_size, silent
from lod.build.processes import Workers, processes_for
from lod.errors import RecordError, RecordErrors
from lod.formats.order import n_triples
from lod.iri import Space
from lod.mapping import Mapper
from lod.records import Language
from lod.records.chunks import Chunk, chunks
from lod.records.loader import read, read_publication
from lod.records.raw import Reporter


class _Job(NamedTuple):
    chunk: Chunk
    base: str
    language: Language


class _Converted(NamedTuple):
    lines: bytes
    size: int
    errors: list[RecordError]


def convert(data: Path, language: Language = "en", progress: Progress = silent) -> Iterator[bytes]:
    """Yield the N-Triples of a data directory, some records at a time, in the order of its files.

    Each record is checked by itself; whether it stands well beside others, `check` tells.

    Raises:
        RecordErrors: after the records that are right, with every mistake of the others.
        LodError: a file was changed meanwhile.
    """
    reporter = Reporter(language)
    publication, _ = read_publication(data, reporter)
    if publication is None:
        raise RecordErrors(reporter.errors)
    jobs = (_Job(chunk, publication.base_iri, language) for chunk in chunks(data, reporter))
    size, done = data_size(data), 0
    with Workers(processes_for(size)) as workers:
        for converted in workers.map(_convert, jobs):
            yield converted.lines
            reporter.errors += converted.errors
            done += converted.size
            progress("read", min(done, size - 1), size)
    progress("read", size, size)
    if reporter.errors:
        raise RecordErrors(reporter.errors)


def _convert(job: _Job) -> _Converted:
    reporter = Reporter(job.language)
    mapper = Mapper(Space(job.base))
    records = (entry.record for entry in read(job.chunk, set(), reporter))
    lines = b"".join([n_triples(mapper.lines(record)) for record in records])
    return _Converted(lines, job.chunk.size, reporter.errors)
