"""Generated states, districts and municipalities."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.benchmarks.population import STATES, Population
from tests.benchmarks.sources import REGISTER, some_sources
from tests.benchmarks.words import LAST_NAMES, THEMES, length, place, skewed, text

_STATES = (
    *("Nordland", "Ostland", "Südland", "Westland", "Küstenland", "Hügelland", "Seenland"),
    *("Oberland", "Niederland", "Mittelland", "Waldland", "Bergland", "Heideland", "Moorland"),
    *("Flußland", "Inselland"),
)
_FORMS = ("gemeinde", "gemeinde", "gemeinde", "stadt", "stadt", "markt")


def municipality(number: int) -> str:
    """Return how records name a municipality."""
    return f"municipality/{place(number).slug}"


def _state_key(number: int) -> str:
    return f"{number % STATES + 1:02}"


def _district_key(number: int) -> str:
    return f"{_state_key(number)}{number // STATES + 1:03}"


def _state(number: int) -> str:
    return f"state/land-{_state_key(number)}"


def _district(number: int) -> str:
    return f"district/kreis-{_district_key(number)}"


def states(people: Population) -> Iterator[dict[str, Any]]:
    """Yield the table of states."""
    chance = people.chance("state")
    for number, name in enumerate(_STATES):
        yield {
            **_stated(chance, 1_000_000, 2_000),
            "slug": _state(number).partition("/")[2],
            "key": _state_key(number),
            "name.de": name,
            "name.en": f"State of {name}",
        }


def districts(people: Population) -> Iterator[dict[str, Any]]:
    """Yield the table of districts; one with a single municipality is a town by itself."""
    chance = people.chance("district")
    for number in range(people.count["district"]):
        seat = place(people.start(number)).name
        town = people.size(number) == 1
        yield {
            **_stated(chance, 150_000, 900),
            "slug": _district(number).partition("/")[2],
            "key": _district_key(number),
            "state": _state(number),
            "name.de": seat if town else f"Landkreis {seat}",
            "type": f"topic/{'kreisfreie-stadt-als-kreis' if town else 'landkreis'}",
        }


def municipalities(people: Population) -> Iterator[dict[str, Any]]:
    """Yield the table of municipalities, district by district as the register has them."""
    chance = people.chance("municipality")
    for district in range(people.count["district"]):
        start, size = people.start(district), people.size(district)
        joined = chance.randint(2, 14) if size > 3 and chance.random() < 0.3 else 0
        for inside in range(size):
            row = _municipality(people, chance, start + inside, district, inside)
            if joined and inside == 0:
                _associate(row, row.pop("ags"))
            elif 0 < inside <= joined:
                row["part_of"] = municipality(start)
            elif size == 1:
                row["type"] = "topic/kreisfreie-stadt"
            yield row


def _municipality(
    people: Population, chance: Random, number: int, district: int, inside: int
) -> dict[str, Any]:
    named, key = place(number), _district_key(district)
    form = chance.choice(_FORMS)
    row = {
        **_stated(chance, 2_500, 20),
        "slug": named.slug,
        "name.de": named.name,
        "type": f"topic/{form}",
        "ags": f"{key}{inside + 1:03}",
        "ars": f"{key}{inside // 100:04}{inside + 1:03}",
        "district": _district(district),
        "states": _state(district),
    }
    if form != "gemeinde":
        row["official_name.de"] = f"{named.name}, {form.capitalize()}"
    if chance.random() < 0.3:
        row["wikidata"] = f"Q{number + 1_000}"
        row["geonames"] = number + 2_000_000
    if chance.random() < 0.2:
        row["homepage"] = f"https://www.{named.slug}.example/"
    if chance.random() < 0.06:
        _distinguish(people, chance, row, named.name)
    return row


def _distinguish(people: Population, chance: Random, row: dict[str, Any], name: str) -> None:
    """Add what only a few municipalities have."""
    theme = skewed(chance, len(THEMES))
    described = text(chance, theme, length(chance))
    row |= {f"description.{language}": words for language, words in described.items()}
    row["topics"] = f"topic/{THEMES[theme][0]}"
    row["administration.de"] = f"Stadt {name}"
    row["also_known_as"] = f"{LAST_NAMES[chance.randrange(len(LAST_NAMES))].name}stadt"
    row["name.hsb"] = f"Wulke {name[:1]}źarjewo"
    row["note.de"] = "Einwohnerzahl geschätzt; „amtlich“ ist sie nicht."
    row["sources"] = "|".join(sorted({REGISTER, *some_sources(people, chance)}))


def _associate(row: dict[str, Any], ags: str) -> None:
    """Make an association of municipalities: its key has nine digits."""
    row["association_key"] = f"{ags[:5]}5{ags[5:]}"
    row["type"] = "topic/verbandsgemeinde"


def _stated(chance: Random, population: int, area: int) -> dict[str, Any]:
    """Return what the register states of a place; a part of it is missing now and then.

    Args:
        chance: of the place.
        population: in the middle, in persons.
        area: in the middle, in square kilometres.
    """
    row: dict[str, Any] = {"sources": REGISTER}
    if chance.random() < 0.95:
        row["area_km2"] = f"{area * chance.lognormvariate(0, 0.7):.2f}"
    if chance.random() < 0.97:
        row["population"] = int(population * chance.lognormvariate(0, 1.3))
        row["population_date"] = "2024-12-31"
        row["population_source"] = REGISTER
    if chance.random() < 0.85:
        row["coordinates.latitude"] = f"{chance.uniform(47.3, 55):.5f}"
        row["coordinates.longitude"] = f"{chance.uniform(5.9, 15):.5f}"
    return row
