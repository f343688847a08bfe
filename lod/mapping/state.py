"""States: a place, and the administration that governs it."""

from __future__ import annotations

from collections.abc import Iterator

from lod.iri import Space
from lod.mapping.common import KEYS, administration, location, population
from lod.mapping.rules import Mapped, address, always, both, plain
from lod.records.state import State
from lod.vocab import DCTERMS, GEO, OWL, SCHEMA


def state(space: Space) -> Mapped:
    """Return what a state becomes."""
    counted, governed = population(space), administration(space)

    def more(subject: str, record: State) -> Iterator[str]:
        yield from counted(subject, record)
        yield from governed(subject, record)

    rules = {
        **location(space),
        "key": both(plain(space.term("stateKey")), address(OWL.sameAs, start=f"{KEYS}stateKey/")),
    }
    return Mapped(
        always(SCHEMA.State, SCHEMA.AdministrativeArea, DCTERMS.Location, GEO.Feature), rules, more
    )
