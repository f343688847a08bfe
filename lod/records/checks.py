"""What can be checked only of all records together: names, identifiers, references."""

from __future__ import annotations

from lod.errors import Place
from lod.records.kinds import references
from lod.records.model import Record
from lod.records.raw import Locate, Reporter, field_name

IDENTIFIERS = ("ags", "ars", "association_key", "key", "wikidata", "gnd", "url", "repository")
"""The fields of which no two records of a kind may have the same value."""


COMPARED = 20
"""For so many dangling references of a run the nearest slug is looked for, which takes time."""
UNKNOWN = "*"
"""Stands for the slugs of a kind that couldn't be read."""


def check_together(
    entries: list[tuple[Record, Locate]], named: set[str], reporter: Reporter
) -> set[str]:
    """Check the records against each other, and return all references that lead somewhere.

    Args:
        entries: the records that are right by themselves.
        named: the references of all records, the faulty ones too; a kind of which some
            couldn't be read has ``<kind>/*``.
        reporter: takes the mistakes.
    """
    known = named | _check_names(entries, reporter).keys()
    _check_identifiers(entries, reporter)
    _check_references(entries, known, reporter)
    return known


def _check_names(entries: list[tuple[Record, Locate]], reporter: Reporter) -> dict[str, Place]:
    known: dict[str, Place] = {}
    for record, locate in entries:
        place = locate(())
        if record.reference in known:
            reporter.add(
                "duplicate_slug",
                place,
                "slug",
                value=record.reference,
                first=known[record.reference],
            )
        known.setdefault(record.reference, place)
    return known


def _check_identifiers(entries: list[tuple[Record, Locate]], reporter: Reporter) -> None:
    seen: dict[tuple[str, str, str], tuple[Record, Locate]] = {}
    for record, locate in entries:
        for name in IDENTIFIERS:
            value = record.__dict__.get(name)
            if value is None:
                continue
            other, locate_other = seen.setdefault((record.kind, name, value), (record, locate))
            if other is not record and other.slug != record.slug:
                reporter.add(
                    "duplicate_identifier",
                    locate((name,)),
                    name,
                    value=value,
                    other=other.reference,
                    first=locate_other((name,)),
                )


def _check_references(
    entries: list[tuple[Record, Locate]], known: set[str], reporter: Reporter
) -> None:
    remedies: dict[str, str] = {}
    for record, locate in entries:
        for path, reference in references(record):
            kind = reference.partition("/")[0]
            if reference in known or f"{kind}/{UNKNOWN}" in known:
                continue
            # Seats are checked as the memberships that they become.
            if record.kind == "board" and path[0] == "members":
                continue
            if reference not in remedies:
                same = [name for name in known if name.startswith(f"{kind}/")]
                near = same if len(remedies) < COMPARED else []
                remedies[reference] = reporter.nearest(reference, near, "create", value=reference)
            reporter.add(
                "dangling_reference",
                locate(path),
                field_name(path),
                suggestion=remedies[reference],
                value=reference,
            )
