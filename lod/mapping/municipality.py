"""Municipalities: a place, and the administration that governs it."""

from __future__ import annotations

from pyoxigraph import NamedNode

from lod.iri import Space
from lod.mapping.common import KEYS, administration, location, population
from lod.mapping.rules import Mapped, Rule, address, both, each, link, plain
from lod.records.municipality import Municipality
from lod.vocab import DCTERMS, GEO, OWL, SCHEMA

TOWNS = frozenset(
    f"topic/{form}" for form in ("kreisfreie-stadt", "stadtkreis", "stadt", "grosse-kreisstadt")
)
"""The forms of municipality that are towns."""


def municipality(space: Space) -> Mapped:
    """Return what a municipality becomes."""

    def classes(record: Municipality) -> tuple[NamedNode, ...]:
        place = SCHEMA.City if record.type in TOWNS else SCHEMA.AdministrativeArea
        return place, DCTERMS.Location, GEO.Feature

    counted, governed = population(space), administration(space)

    def more(subject: str, record: Municipality) -> list[str]:
        return [*counted(subject, record), *governed(subject, record)]

    rules = {
        **location(space),
        "ags": both(
            plain(space.term("ags")),
            address(OWL.sameAs, start=f"{KEYS}municipalityKey/"),
            start_of_key(space),
        ),
        "ars": both(plain(space.term("ars")), address(OWL.sameAs, start=f"{KEYS}regionalKey/")),
        "association_key": both(
            plain(space.term("associationKey")),
            address(OWL.sameAs, start=f"{KEYS}municipalAssociationKey/"),
            start_of_key(space),
        ),
        "district": link(space.thing, SCHEMA.containedInPlace),
        "states": each(link(space.thing, SCHEMA.containedInPlace)),
        "part_of": each(link(space.thing, SCHEMA.containedInPlace)),
    }
    return Mapped(classes, rules, more)


def start_of_key(space: Space) -> Rule:
    """Return the rule of the state and the district that the first digits of a key name."""
    state, district = plain(space.term("stateKey")), plain(space.term("districtKey"))

    def lines(subject: str, key: str) -> list[str]:
        return [*state.lines(subject, key[:2]), *district.lines(subject, key[:5])]

    return Rule({**state.predicates, **district.predicates}, lines)
