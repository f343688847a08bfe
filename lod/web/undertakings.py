"""Which place leads which project under which programme: read once for each edition."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from math import log

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


class Leads(tuple[Undertaking, ...]):
    """Undertakings that have something in common, ordered by project and place."""

    @cached_property
    def _sizes(self) -> dict[int, list[str]]:
        """Population → the places that have it; 1 where it isn't known."""
        found: dict[int, set[str]] = {}
        for one in self:
            found.setdefault(one.population or 1, set()).add(one.place)
        return {size: sorted(found[size]) for size in sorted(found)}

    @cached_property
    def _populations(self) -> list[int]:
        return list(self._sizes)

    def nearest(self, population: int) -> Iterator[tuple[float, str]]:
        """Yield the places, the most alike in size first: by the logarithm of the ratio."""
        middle = bisect(self._populations, population)

        def away(numbers: range) -> Iterator[tuple[float, str]]:
            for number in numbers:
                size = self._populations[number]
                distance = abs(log(size / population))
                yield from ((distance, place) for place in self._sizes[size])

        return merge(away(range(middle - 1, -1, -1)), away(range(middle, len(self._populations))))


class Undertakings:
    """Which place leads which project under which programme.

    A page takes the few that it shows, however many there are.

    Args:
        every: all of them, ordered by project and place.

    Attributes:
        every: the same.
        of_project: reference of a project → its undertakings.
        of_place: reference of a municipality, district or state → what it leads.
        of_programme: reference of a programme → what is funded under it.
        of_state: key of a state → what places in it lead.
        sized: those of places whose population is known.
    """

    def __init__(self, every: Iterable[Undertaking]) -> None:
        self.every = Leads(every)
        self.of_project = self._by(lambda one: one.project)
        self.of_place = self._by(lambda one: one.place)
        self.of_programme = self._by(lambda one: one.programme)
        self.of_state = self._by(lambda one: one.state)
        self.sized = Leads(one for one in self.every if one.population)

    def _by(self, what: Callable[[Undertaking], str]) -> Mapping[str, Leads]:
        found: dict[str, list[Undertaking]] = {}
        for one in self.every:
            found.setdefault(what(one), []).append(one)
        return {key: Leads(led) for key, led in found.items() if key}


def undertakings(search: Search) -> Undertakings:
    """Return every project that a place leads."""
    found = sorted(set(_leads(search)))
    places = {known.reference: known.facts for known in search.of(p for _, p, _ in found).values()}
    return Undertakings(
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
