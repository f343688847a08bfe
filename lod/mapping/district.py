"""Districts: a place, and the administration that governs it."""

from __future__ import annotations

from collections.abc import Iterator

from lod.iri import Space
from lod.mapping.common import KEYS, administration, location, population
from lod.mapping.municipality import start_of_key
from lod.mapping.rules import Mapped, address, always, both, link
from lod.records.district import District
from lod.vocab import DCTERMS, GEO, OWL, SCHEMA

TOWN_DISTRICTS = frozenset({"topic/kreisfreie-stadt-als-kreis", "topic/stadtkreis-als-kreis"})
"""The forms of district that a town forms by itself: the town's administration governs both."""


def district(space: Space) -> Mapped:
    """Return what a district becomes."""
    counted, governed = population(space), administration(space)

    def more(subject: str, record: District) -> Iterator[str]:
        yield from counted(subject, record)
        if record.type not in TOWN_DISTRICTS:
            yield from governed(subject, record)

    rules = {
        **location(space),
        "key": both(start_of_key(space), address(OWL.sameAs, start=f"{KEYS}districtKey/")),
        "state": link(space.thing, SCHEMA.containedInPlace),
    }
    classes = SCHEMA.AdministrativeArea, space.term("District"), DCTERMS.Location, GEO.Feature
    return Mapped(always(*classes), rules, more)
