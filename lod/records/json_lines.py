"""JSON Lines as records: one object a line, for bulk input.

Spec: https://jsonlines.org/
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from lod.errors import Place
from lod.records.raw import Locate, Path_, Reporter
from lod.records.text import BOM, byte_place
from lod.records.yaml_file import compose, locator

LIMIT = 1 << 20
"""The longest line, in bytes."""


class _DuplicateKeyError(ValueError):
    pass


def read_json_lines(
    file: Path, content: bytes, first: int, reporter: Reporter
) -> Iterator[tuple[dict[str, Any], Locate]]:
    """Yield the values of each line and their locator; report the lines that can't be read.

    Args:
        file: where the lines stand.
        content: some of them.
        first: the number of the first.
        reporter: takes the mistakes.
    """
    if not content:
        reporter.add("empty_file", Place(file))
    for number, line in enumerate(BytesIO(content), start=first):
        if len(line) > LIMIT:
            reporter.add("too_large", Place(file, number), limit=LIMIT, size=f"> {LIMIT}")
        elif line.strip():
            values = _read(line, number, file, reporter)
            if values is not None:
                yield values, _locator(line.decode(), number, file)


def _read(line: bytes, number: int, file: Path, reporter: Reporter) -> dict[str, Any] | None:
    try:
        text = line.decode("utf-8").removeprefix(BOM if number == 1 else "")
    except UnicodeDecodeError as error:
        place = byte_place(file, line, error.start, number)
        reporter.add("encoding", place, value=f"0x{line[error.start]:02X}")
        return None
    return _object(text, Place(file, number), reporter)


def _object(text: str, place: Place, reporter: Reporter) -> dict[str, Any] | None:
    try:
        values = json.loads(
            text, object_pairs_hook=_once, parse_float=Decimal, parse_constant=_refuse
        )
        if "\\u" in text:
            json.dumps(
                values, ensure_ascii=False, default=str
            ).encode()  # half of a surrogate pair is no text
    except json.JSONDecodeError as error:
        reporter.add("json_syntax", replace(place, column=error.colno), problem=error.msg)
    except _DuplicateKeyError as error:
        reporter.add("duplicate_key", place, value=str(error), first=place.line)
    except (ValueError, RecursionError) as error:
        reporter.add("json_syntax", place, problem=str(error))
    else:
        if isinstance(values, dict):
            return values
        reporter.add("json_syntax", place, problem="expected {…}")
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = {key: value for key, value in pairs if value is not None}
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise _DuplicateKeyError(next(key for key in keys if keys.count(key) > 1))
    return values


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number")


def _locator(line: str, number: int, file: Path) -> Locate:
    """Find values in a line only when asked: JSON is YAML, whose reader knows all places."""

    def locate(path: Path_, *, key: bool = False) -> Place:
        node = compose(line, file, Reporter("en"), number)
        if node is None:
            return Place(file, number)
        return locator(node, file, number)(path, key=key)

    return locate
