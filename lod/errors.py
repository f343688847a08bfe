"""The error tree: what the user's data or command is at fault for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class LodError(Exception):
    """The user's data or command is at fault; the message starts with the place."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in the user's files.

    Attributes:
        file: the path as the user named it, joined from the data directory.
        line: counted from 1.
        column: counted from 1, in characters; in a table it is where the cell begins.
    """

    file: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(eq=False)
class RecordError(LodError):
    """One mistake in one record.

    Attributes:
        place: where the mistake stands.
        field: the field's path in plain words, such as ``members[2].since``; empty for a
            mistake of the whole file.
        expected: what should stand there.
        found: what stands there; empty when nothing does.
        remedy: what to do about it.
    """

    place: Place
    field: str
    expected: str
    found: str
    remedy: str

    def __post_init__(self) -> None:
        """Give the base class what the error is made of, with which it is made anew by `pickle`."""
        super().__init__(self.place, self.field, self.expected, self.found, self.remedy)

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return f"{self.place}: {field}{self.words}"

    @property
    def words(self) -> str:
        """What was expected, what was found, and the remedy."""
        found = f"; {self.found}" if self.found else ""
        return f"{self.expected}{found}. {self.remedy}"


class RecordErrors(LodError):  # noqa: N818 (several errors)
    """All mistakes of one run, in the order of their places."""

    def __init__(self, errors: Sequence[RecordError]) -> None:
        self.errors = sorted(errors, key=lambda error: error.place)
        super().__init__(self.errors)

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))


class ReleaseError(LodError):
    """A release is missing, damaged, already there, or locked by another build."""


class EndpointError(LodError):
    """A store over HTTP can't be reached, refuses, or answers with what can't be used."""


class ClusterError(LodError):
    """A cluster doesn't answer, can't go on, or would make other bytes than this machine."""
