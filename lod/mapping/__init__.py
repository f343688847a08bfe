"""Mapping: record → triples, as pure functions; one module per kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import Triple

from lod.formats.order import statements_of
from lod.formats.statements import triples
from lod.iri import Space
from lod.mapping.board import board
from lod.mapping.dataset import dataset
from lod.mapping.district import district
from lod.mapping.event import event
from lod.mapping.membership import membership
from lod.mapping.municipality import municipality
from lod.mapping.organisation import organisation
from lod.mapping.person import person
from lod.mapping.programme import programme
from lod.mapping.project import project
from lod.mapping.rules import Mapped, Rule, Values
from lod.mapping.software import software
from lod.mapping.source import source
from lod.mapping.state import state
from lod.mapping.topic import topic
from lod.records.model import Record

MAPPINGS: dict[str, Callable[[Space], Mapped]] = {
    "municipality": municipality,
    "district": district,
    "state": state,
    "organisation": organisation,
    "board": board,
    "person": person,
    "membership": membership,
    "programme": programme,
    "project": project,
    "event": event,
    "software": software,
    "dataset": dataset,
    "topic": topic,
    "source": source,
}
"""Each kind's mapping, made for the IRIs of a publication."""


class Mapper:
    """Turns records of every kind into triples.

    Args:
        space: the publication's IRIs.
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        self.kinds: dict[str, Mapped] = {kind: make(space) for kind, make in MAPPINGS.items()}

    def lines(self, record: Record) -> list[str]:
        """Return the distinct lines about a record's resource and its parts, in canonical order."""
        subject = self.space.things + record.reference
        return sorted(set(self.kinds[record.kind].lines(subject, record)))

    def record(self, record: Record) -> Iterator[Triple]:
        """Yield the triples about a record's resource and its parts, in canonical order."""
        return triples(statements_of(self.lines(record)))

    def records(self, records: Iterable[Record]) -> Iterator[Triple]:
        """Yield the triples of all records, one record after the other."""
        for record in records:
            yield from self.record(record)

    def rules(self) -> Iterator[tuple[str, str, Rule]]:
        """Yield kind, field and rule, the fields of groups as ``figures.value``."""
        for kind, mapped in self.kinds.items():
            yield from ((kind, name, rule) for name, rule in _flat("", mapped.rules))

    def values(self) -> dict[str, Values]:
        """Return property IRI → what its objects are, where that is the same everywhere."""
        found: dict[str, set[Values]] = {}
        for _, _, rule in self.rules():
            for predicate, values in rule.predicates.items():
                if values is not None:
                    found.setdefault(predicate.value, set()).add(values)
        return {predicate: values.pop() for predicate, values in found.items() if len(values) == 1}


def _flat(start: str, rules: Mapping[str, Rule]) -> Iterator[tuple[str, Rule]]:
    for name, rule in rules.items():
        yield f"{start}{name}", rule
        yield from _flat(f"{start}{name}.", rule.inside)


__all__ = ["MAPPINGS", "Mapped", "Mapper", "Rule"]
