"""A record's row as the second pass reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lod.formats.order import statements_of
from lod.formats.statements import Statement


@dataclass(frozen=True, slots=True)
class Shown:
    """What a record shows to others.

    Attributes:
        reference: ``<kind>/<slug>``.
        names: language code → name; empty of what is named by others.
        named_by: the references of those.
        lines: what shapes may follow, without the record's IRI.
    """

    reference: str
    names: Mapping[str, str]
    named_by: Sequence[str]
    lines: str

    @classmethod
    def read(cls, section: bytes) -> Shown:
        """Return the first section of a row."""
        reference, names, named_by, lines = json.loads(section)
        return cls(reference, names, named_by, lines)

    def write(self) -> bytes:
        """Return the first section of a row."""
        return as_json([self.reference, self.names, self.named_by, self.lines])


@dataclass(frozen=True, slots=True)
class Own:
    """What a record's own documents are made from.

    Attributes:
        told: what the search index knows beside the names.
        identifiers: what the resource can be asked for by.
        lines: all statements in canonical order, without the record's IRI.
    """

    told: Sequence[Any]
    identifiers: Sequence[str]
    lines: str

    @classmethod
    def read(cls, section: bytes) -> Own:
        """Return the second section of a row."""
        head, _, lines = section.decode().partition("\n")
        told, identifiers = json.loads(head)
        return cls(told, identifiers, lines)

    def write(self) -> bytes:
        """Return the second section of a row."""
        return as_json([self.told, self.identifiers]) + b"\n" + self.lines.encode()


def about(reference: str, lines: str, things: str) -> list[Statement]:
    """Return the statements of a row's lines.

    Args:
        reference: of the record.
        lines: without the record's IRI.
        things: what the IRIs of all resources begin with.
    """
    subject = things + reference
    return list(statements_of(subject + line for line in lines.split("\n") if line))


def names_by_others(
    named_by: Sequence[str], names: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Return the names of a record that is named by others: ``Martin Berger, Open Source Board``.

    Args:
        named_by: the references of those.
        names: reference → language code → name.
    """
    of_each = [names[reference] for reference in named_by]
    languages = sorted({language for found in of_each for language in found} - {""}) or [""]
    return {
        language: ", ".join(_in(found, language) for found in of_each) for language in languages
    }


def _in(names: Mapping[str, str], language: str) -> str:
    return names.get(language) or names.get("de") or next(iter(names.values()), "")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def as_json(content: object) -> bytes:
    """Return content as JSON in few bytes."""
    return _ENCODER.encode(content).encode()
