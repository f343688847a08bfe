"""A CSV table as records: one row each, the first row naming the fields.

A group's field is named with a point (``name.de``, ``coordinates.latitude``); the entries of a
list are separated by ``|``. Commas or semicolons separate the cells, as the first row shows.

Spec: https://www.rfc-editor.org/rfc/rfc4180
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from lod.errors import Place
from lod.records.raw import Locate, Path_, Reporter
from lod.records.text import undecodable

SEPARATOR = "|"
"""Separates the entries of a list inside a cell."""


class Rows(NamedTuple):
    """Some rows of a table as bytes.

    Attributes:
        file: the table.
        content: the rows.
        start: where they begin in the file, in bytes; at 0 stand the names of the columns.
        line: the number of their first line.
    """

    file: Path
    content: bytes
    start: int
    line: int


def read_table(
    rows: Rows, fields: Mapping[str, bool], reporter: Reporter
) -> Iterator[tuple[dict[str, Any], Locate]]:
    """Yield the values of each row and their locator; report the rows that can't be read.

    Args:
        rows: of a table.
        fields: the known fields, and whether each holds a list.
        reporter: takes the mistakes.
    """
    text = TextIOWrapper(BytesIO(rows.content), _encoding(rows), newline="")
    try:
        yield from _read(rows, text, fields, reporter)
    except UnicodeDecodeError:
        found = undecodable(rows.content, rows.file, rows.line)
        place, byte = found or (Place(rows.file), 0)
        reporter.add("encoding", place, value=f"0x{byte:02X}")


def column_names(file: Path) -> list[str]:
    """Return the first row of a table."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        return next(csv.reader(text, delimiter=delimiter_of(file), strict=True), [])


def _read(
    part: Rows, text: TextIO, fields: Mapping[str, bool], reporter: Reporter
) -> Iterator[tuple[dict[str, Any], Locate]]:
    file, line = part.file, part.line
    alone = part._replace(content=b"")
    rows = csv.reader(text, delimiter=delimiter_of(file), strict=True)
    lists = frozenset(name for name, is_list in fields.items() if is_list)
    try:
        names = column_names(file) if part.start else next(rows, [])
        header = [cell.strip() for cell in names]
        # What is wrong with the columns is reported with the first rows.
        if not _sound(header, fields, file, Reporter("en") if part.start else reporter):
            return
        columns = [(index, tuple(name.split("."))) for index, name in enumerate(header)]
        first = rows.line_num + line
        for row in rows:
            if not any(map(str.strip, row)):
                pass  # a spreadsheet leaves empty rows behind
            elif len(row) == len(header):
                yield _values(row, columns, lists), partial(_locate, alone, header, first)
            else:
                reporter.add("row_length", Place(file, first), columns=len(header), cells=len(row))
            first = rows.line_num + line
    except csv.Error as error:
        place = Place(file, rows.line_num + line - 1)
        reporter.add("table_syntax", place, problem=str(error))


def _sound(header: list[str], fields: Mapping[str, bool], file: Path, reporter: Reporter) -> bool:
    """Check the first row: every field is known and stands once, whole or in parts."""
    reported = len(reporter.errors)
    if not any(header):
        reporter.add("empty_file", Place(file))
    for index, name in enumerate(header):
        field = name.partition(".")[0]
        if field not in fields:
            nearest = reporter.nearest(field, fields, "fields", known=", ".join(fields))
            place = _place_of_name(file, index)
            reporter.add("extra_forbidden", place, name, suggestion=nearest, value=name)
        elif name in header[:index] or any(name.startswith(f"{other}.") for other in header):
            place = _place_of_name(file, index)
            reporter.add("duplicate_key", place, name, value=name, first=1)
    return len(reporter.errors) == reported


def delimiter_of(file: Path) -> str:
    """Return what separates the cells, as the first row shows."""
    with file.open(encoding="utf-8-sig", errors="replace") as text:
        first = text.readline(1 << 16)
    return ";" if first.count(";") > first.count(",") else ","


def _values(
    row: list[str], columns: list[tuple[int, tuple[str, ...]]], lists: frozenset[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for index, path in columns:
        if cell := row[index].strip():
            group = values
            for step in path[:-1]:
                group = group.setdefault(step, {})
            group[path[-1]] = _entries(cell) if path[0] in lists else cell
    return values


def _entries(cell: str) -> list[str]:
    return [entry.strip() for entry in cell.split(SEPARATOR) if entry.strip()]


def _place_of_name(file: Path, index: int) -> Place:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        return Place(file, 1, _column(text.readline(), delimiter_of(file), index))


def _locate(part: Rows, header: list[str], line: int, path: Path_, *, key: bool = False) -> Place:
    """Find a cell only when asked, by reading the row again."""
    names = [step for step in path if isinstance(step, str)]
    for length in range(len(names), 0, -1):
        name = ".".join(names[:length])
        column = next((n for n in header if n == name or n.startswith(f"{name}.")), None)
        if column is not None:
            cell = _column(_row(part, line), delimiter_of(part.file), header.index(column))
            return Place(part.file, line, cell)
    return Place(part.file, line)


def _row(part: Rows, line: int) -> str:
    """Return a line of a table, or a wrong one where the table was changed meanwhile."""
    with part.file.open("rb") as content:
        content.seek(part.start)
        text = TextIOWrapper(content, _encoding(part), "replace", newline="")
        return next(islice(text, line - part.line, None), "")


def _encoding(part: Rows) -> str:
    return "utf-8" if part.start else "utf-8-sig"


def _column(row: str, delimiter: str, cell: int) -> int:
    """Return the column where a cell of a row begins, counted in characters from 1."""
    quoted, cells = False, 0
    for column, character in enumerate(row, start=1):
        if cells == cell:
            return column
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            cells += 1
    return 1
