"""What an export wrote: task → the files, and what they were made from.

A line of JSON for each task. While an export runs, it adds lines to a journal; one that was
interrupted goes on from there. At the end the manifest is written anew and the journal removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lod.errors import LodError
from lod.export.folder import OWN, Written
from lod.export.reads import Key

MANIFEST = "export.jsonl"
JOURNAL = "journal.jsonl"
Task = tuple[str, str]
"""What one step makes: a resource, a page of a list, or something of the site; and which one."""


@dataclass(frozen=True)
class Record:
    """What a task wrote.

    Attributes:
        task: which.
        reads: what was asked of the store for it; None of what is made each time.
        digest: of the answers, and of the setting.
        files: by their paths in the folder.
    """

    task: Task
    reads: list[Key] | None = None
    digest: str = ""
    files: dict[str, Written] = field(default_factory=dict)


@dataclass
class Known:
    """What earlier exports left.

    Attributes:
        records: the last of each task.
        files: all that they wrote.
    """

    records: dict[Task, Record] = field(default_factory=dict)
    files: dict[str, Written] = field(default_factory=dict)


def load(out: Path) -> Known:
    """Read what earlier exports left in a folder.

    Raises:
        LodError: the manifest is damaged.
    """
    known = Known()
    for name in (MANIFEST, JOURNAL):
        for record in _records(out / OWN / name, broken=name == JOURNAL):
            known.records[record.task] = record
            known.files |= record.files
    return known


def save(out: Path, records: Iterable[Record]) -> None:
    """Write the manifest of a finished export, and remove the journal."""
    staged = out / OWN / f"{MANIFEST}.new"
    with staged.open("w", encoding="utf-8") as lines:
        lines.writelines(map(_line, sorted(records, key=lambda record: record.task)))
    staged.replace(out / OWN / MANIFEST)
    (out / OWN / JOURNAL).unlink(missing_ok=True)


class Journal:
    """Takes the records of a running export.

    Args:
        lines: the file.
    """

    def __init__(self, lines: IO[str]) -> None:
        self._lines = lines

    def add(self, records: Iterable[Record]) -> None:
        """Add records, in a way that a killed process leaves whole lines but for the last."""
        self._lines.writelines(map(_line, records))
        self._lines.flush()


@contextmanager
def journal(out: Path) -> Iterator[Journal]:
    """Open the journal of an export."""
    with (out / OWN / JOURNAL).open("a", encoding="utf-8") as lines:
        lines.write("\n")  # What a killed export left of a line ends here.
        yield Journal(lines)


def _records(path: Path, *, broken: bool) -> Iterator[Record]:
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            if line:
                yield _record(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError):
            if not broken:
                raise LodError(
                    f"{path}:{number}: expected a record of the export; found something else. "
                    "Export into a new folder"
                ) from None


def _record(found: dict[str, Any]) -> Record:
    kind, name = found["task"]
    reads = found["reads"]
    return Record(
        (kind, name),
        None if reads is None else [tuple(key) for key in reads],
        found["digest"],
        {path: Written(*facts) for path, facts in found["files"].items()},
    )


def _line(record: Record) -> str:
    return json.dumps(record.__dict__, ensure_ascii=False, separators=(",", ":")) + "\n"
