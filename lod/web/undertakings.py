"""Which place leads which project under which programme: read once for each edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lod.iri import PLACES
from lod.search import Search
from lod.search.properties import Fact

_KEYS = ("ags", "association_key", "key")
"""The official keys of places; each begins with the number of the state."""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A project, and a place whose administration leads it.

    Attributes:
        project: its reference.
        programme: the reference of what it is funded under; empty where nobody said.
        place: the reference of the municipality, district or state.
        state: the key of the state that the place lies in, two digits; empty of several states.
        point: latitude and longitude in decimal degrees (WGS 84), where they are known.
        population: of the place; None where it isn't known.
    """

    project: str
    programme: str
    place: str
    state: str
    point: tuple[float, float] | None
    population: int | None


def undertakings(search: Search) -> tuple[Undertaking, ...]:
    """Return every project that a place leads, ordered by project and place."""
    found = sorted(set(_leads(search)))
    places = {known.reference: known.facts for known in search.of(p for _, p, _ in found).values()}
    return tuple(
        _undertaking(project, programme, place, places.get(place, {}))
        for project, place, programme in found
    )


def _leads(search: Search) -> Iterator[tuple[str, str, str]]:
    """Yield projects, each place that leads them, and what they are funded under."""
    for slug, facts in search.facts("project"):
        programme = next(map(str, facts.get("programme", ())), "")
        for lead in map(str, facts.get("lead", ())):
            if lead.partition("/")[0] in PLACES:
                yield f"project/{slug}", lead, programme


def _undertaking(
    project: str, programme: str, place: str, facts: Mapping[str, Sequence[Fact]]
) -> Undertaking:
    keys = [str(key) for name in _KEYS for key in facts.get(name, ())]
    latitude, longitude, population = (
        next(iter(facts.get(name, ())), None) for name in ("latitude", "longitude", "population")
    )
    return Undertaking(
        project=project,
        programme=programme,
        place=place,
        state=keys[0][:2] if keys else "",
        point=None
        if latitude is None or longitude is None
        else (float(latitude), float(longitude)),
        population=None if population is None else int(population),
    )
