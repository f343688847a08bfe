"""The records that stand in the files of a chunk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lod.errors import Place
from lod.records.chunks import Chunk
from lod.records.json_lines import read_json_lines
from lod.records.kinds import fields_of
from lod.records.messages import SUGGESTIONS
from lod.records.raw import Locate, Raw, Reporter, at
from lod.records.table import Rows, read_table
from lod.records.yaml_file import read_yaml


def raw_records(chunk: Chunk, reporter: Reporter) -> Iterator[Raw]:
    """Yield the records of a chunk as they stand in its files.

    Raises:
        LodError: a file was changed since it was cut into chunks.
    """
    if not chunk.files:
        yield Raw(chunk.kind, {}, at(Path()), readable=False)
    elif chunk.files[0].suffix == ".yaml":
        for file in chunk.files:
            yield _of_file(file, chunk.kind, reporter)
    else:
        (file,) = chunk.files
        reader = (
            read_table(
                Rows(file, chunk.rows(), chunk.start, chunk.line), fields_of(chunk.kind), reporter
            )
            if file.suffix == ".csv"
            else read_json_lines(file, chunk.rows(), chunk.line, reporter)
        )
        yield from _watched(reader, chunk.kind, file, reporter)


def _watched(
    reader: Iterator[tuple[dict[str, Any], Locate]], kind: str, file: Path, reporter: Reporter
) -> Iterator[Raw]:
    """Yield the records of a file, and an unreadable one where something couldn't be read."""
    read: tuple[dict[str, Any], Locate] | None = ({}, at(file))
    while read is not None:
        reported = len(reporter.errors)
        try:
            read = next(reader, None)
        except OSError as error:
            read = None
            reporter.add("unreadable", Place(file), problem=error.strerror)
        if len(reporter.errors) > reported:
            yield Raw(kind, {}, at(file), readable=False)
        if read is not None:
            yield Raw(kind, *read)


def _of_file(file: Path, kind: str, reporter: Reporter) -> Raw:
    # An unreadable file still has its name, so that references to it aren't blamed.
    values, locate = read_yaml(file, reporter) or (None, at(file))
    if values is None:
        return Raw(kind, {"slug": file.stem}, locate, readable=False)
    if "slug" in values:
        reporter.add(
            "extra_forbidden",
            locate(("slug",), key=True),
            "slug",
            suggestion=SUGGESTIONS["slug_in_name"][reporter.language],
        )
    return Raw(kind, {**values, "slug": file.stem}, locate)
