"""Which place leads which project under which programme: read once for each edition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import pyoxigraph as ox

from lod.store import Store

QUERY = """\
SELECT ?project ?programme ?place ?state ?latitude ?longitude ?population {
  ?project lod:lead ?lead . ?lead schema:areaServed ?place .
  OPTIONAL { ?project lod:fundedUnder ?programme }
  OPTIONAL { ?place lod:stateKey ?state }
  OPTIONAL {
    ?place schema:geo ?point . ?point schema:latitude ?latitude ; schema:longitude ?longitude
  }
  OPTIONAL {
    ?place lod:figure ?figure .
    ?figure schema:measuredProperty lod:population ; schema:value ?population
  }
}
"""


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


def undertakings(store: Store) -> tuple[Undertaking, ...]:
    """Return every project that a place leads, ordered by project and place."""
    found = {
        (one.project, one.place): one
        for solution in cast("ox.QuerySolutions", store.query(QUERY))
        for one in _undertaking(store, solution)
    }
    return tuple(found[key] for key in sorted(found))


def _undertaking(store: Store, solution: Any) -> Iterable[Undertaking]:
    project, programme, place = (
        store.space.reference(solution[name].value) if solution[name] is not None else ""
        for name in ("project", "programme", "place")
    )
    if project and place:
        point = solution["latitude"], solution["longitude"]
        population = solution["population"]
        yield Undertaking(
            project=project,
            programme=programme or "",
            place=place,
            state=solution["state"].value if solution["state"] is not None else "",
            point=(float(point[0].value), float(point[1].value)) if all(point) else None,
            population=int(population.value) if population is not None else None,
        )
