"""From records to what the search index knows of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log10

from lod.records import Record
from lod.search.forms import stripped
from lod.search.index import CORE, FORMER, OTHER, Item
from lod.search.properties import PROPERTIES, facts

_LATER = {"district": 2.0, "state": 2.0, "topic": 2.0, "membership": 2.0, "source": 4.0}
"""Kinds whose mentions say less: a district is named by each of its municipalities."""
_KEYS = tuple(one.id for one in PROPERTIES if one.key or one.id == "code")


def item(record: Record, names: Mapping[str, str], mentions: int = 0) -> Item:
    """Return what the index knows of a record.

    Args:
        record: any.
        names: language code → name.
        mentions: how many statements of others name it.
    """
    told = facts(record)
    return Item(
        kind=record.kind,
        slug=record.slug,
        names=names,
        weight=weight(record.kind, record.__dict__.get("population") or 0, mentions),
        others=tuple(dict.fromkeys(_others(record, names))),
        texts=record.__dict__.get("description") or {},
        form=(record.__dict__.get("type") or "").partition("/")[2],
        codes={key: tuple(map(str, told[key])) for key in _KEYS if key in told},
        facts=told,
    )


def weight(kind: str, population: int, mentions: int) -> float:
    """Return how much is to be said for a resource among equals."""
    return log10(1 + population) + 2 * log10(1 + mentions) - _LATER.get(kind, 0)


def _others(record: Record, names: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    values = record.__dict__
    cores = {core for name in names.values() for core, form in [stripped(name)] if form}
    for texts in (
        values.get("official_name"),
        values.get("administration"),
        *values.get("also_known_as", ()),
    ):
        # The register calls Kreis Höxter «Höxter»: that is its name without its form.
        yield from ((text, OTHER) for text in (texts or {}).values() if text not in cores)
    for former in values.get("former_names", ()):
        yield from ((text, FORMER) for text in former.name.values())
    for name in names.values():
        core, hint = stripped(name)
        if hint is not None and record.kind == hint.kind:
            yield core, CORE
