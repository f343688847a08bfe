"""A record as it was read, before its fields are checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Protocol

from lod.errors import Place, RecordError
from lod.records.messages import FOUND, MESSAGES, SUGGESTIONS, Language

Path_ = tuple[str | int, ...]
"""The way from a record to a value inside it: field names and list indexes."""


class Locate(Protocol):
    """Finds where a value stands; a missing one is placed at what should hold it."""

    def __call__(self, path: Path_, *, key: bool = False) -> Place:
        """Return the place of a value, or of the field's name when ``key`` is set."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Plain values of one record, and how to find where each of them stands.

    An unreadable record has nothing but its slug.
    """

    kind: str
    values: dict[str, Any]
    locate: Locate
    readable: bool = True


class Reporter:
    """Collects the mistakes of a run, worded in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.errors: list[RecordError] = []

    def add(self, code: str, place: Place, field: str = "", **context: Any) -> None:
        """Add a mistake; ``context`` fills the placeholders of the message of its code."""
        message = MESSAGES[code][self.language]
        named = "{value}" in message.expected + message.remedy
        found = "" if named or "value" not in context else str(context["value"])
        self.errors.append(
            RecordError(
                place=place,
                field=field,
                expected=message.expected.format(**context),
                found=FOUND[self.language].format(value=found) if found else "",
                remedy=message.remedy.format(**context),
            )
        )

    def nearest(self, value: str, known: Iterable[str], otherwise: str, /, **context: str) -> str:
        """Return a sentence that suggests the known word nearest to a value.

        Args:
            value: what was found.
            known: the words it may have meant.
            otherwise: the code of the sentence where no word is near.
            context: fills the placeholders of that sentence.
        """
        words = sorted(known)
        begun = [word for word in words if word.startswith(value)]
        near = begun[:1] or get_close_matches(value, words, n=1, cutoff=0.6)
        code = "mean" if near else otherwise
        return SUGGESTIONS[code][self.language].format(nearest="".join(near), **context)


def field_name(path: Path_) -> str:
    """Return a path as a person writes it.

    >>> field_name(("members", 0, "person"))
    'members[1].person'
    """
    name = ""
    for step in path:
        if isinstance(step, int):
            name += f"[{step + 1}]"
        else:
            name += f".{step}" if name else step
    return name


def at(file: Path) -> Locate:
    """Return a locator for a file whose values can't be told apart."""

    def locate(path: Path_, *, key: bool = False) -> Place:
        return Place(file)

    return locate
