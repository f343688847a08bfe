"""Generated organisations, programmes, boards, projects and memberships."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.benchmarks import topics
from tests.benchmarks.places import municipality
from tests.benchmarks.population import SEATS, Population
from tests.benchmarks.sources import some_sources
from tests.benchmarks.words import THEMES, body, length, person, place, skewed, text

_ORGANISATIONS = (
    *(("Institut für", "Institute of"), ("Verein für", "Association for")),
    *(("Gesellschaft für", "Company for"), ("Amt für", "Agency of")),
    *(("Ministerium für", "Ministry of"), ("Zweckverband", "Special-purpose association of")),
)
_PROGRAMMES = (
    *(("Förderprogramm", "Funding programme"), ("Staffel", "Cohort of"), ("Netzwerk", "Network")),
)
_PROJECTS = (
    *(("Modellprojekt", "Model project"), ("Reallabor", "Living lab"), ("Werkstatt", "Workshop")),
    *(("Plattform", "Platform"), ("Maßnahme", "Measure"), ("Leitstelle", "Control centre")),
)
_BOARDS = (("Beirat für", "Advisory board for"), ("Gremium", "Board"))
_MEASURES = ("total cost", "grant", "budget", "own share", "measures")
_PRECISIONS = ("exact", "exact", "exact", "about", "more than", "at most")


def organisation(number: int) -> str:
    """Return how records name an organisation."""
    return f"organisation/{body(number, _ORGANISATIONS)[0].slug}"


def programme(number: int) -> str:
    """Return how records name a programme."""
    return f"programme/{body(number, _PROGRAMMES)[0].slug}"


def project(number: int) -> str:
    """Return how records name a project."""
    return f"project/{body(number, _PROJECTS)[0].slug}"


def board(number: int) -> str:
    """Return how records name a board."""
    return f"board/{body(number, _BOARDS)[0].slug}"


def organisations(people: Population) -> Iterator[dict[str, Any]]:
    """Yield organisations."""
    chance = people.chance("organisation")
    forms = topics.references("forms-of-organisation")
    for number in range(people.count["organisation"]):
        row, _ = _described(people, chance, number, _ORGANISATIONS)
        row["type"] = forms[number % len(forms)]
        row["homepage"] = f"https://www.{row['slug'][:50].strip('-')}.example/{number}"
        if chance.random() < 0.6:
            row["seat"] = municipality(people.some(chance, "municipality"))
        if chance.random() < 0.5:
            row["founded"] = str(chance.randint(1949, 2015))
        if number and chance.random() < 0.1:
            row["part_of"] = [organisation(skewed(chance, number))]
        if chance.random() < 0.3:
            row["member_of"] = _agents(people, chance, 2)
        yield row


def programmes(people: Population) -> Iterator[dict[str, Any]]:
    """Yield programmes; most are a part of an earlier one."""
    chance = people.chance("programme")
    kinds = topics.references("kinds-of-programme")
    for number in range(people.count["programme"]):
        row, _ = _described(people, chance, number, _PROGRAMMES)
        row["type"] = kinds[number % len(kinds)]
        if number and chance.random() < 0.6:
            row["part_of"] = [programme(skewed(chance, number))]
        row["responsible"] = [_involvement(people, chance)]
        row["start"] = str(chance.randint(2010, 2020))
        if chance.random() < 0.5:
            row["end"] = str(chance.randint(2021, 2030))
        yield row


def projects(people: Population) -> Iterator[dict[str, Any]]:
    """Yield projects: many small ones, and a few with hundreds of partners or long texts."""
    chance = people.chance("project")
    kinds = topics.references("kinds-of-project")
    for number in range(people.count["project"]):
        row, theme = _described(people, chance, number, _PROJECTS)
        row["type"] = kinds[number % len(kinds)]
        row["topics"] = sorted({row["topics"][0], f"topic/{THEMES[(theme * 7) % 20][0]}"})
        row["programme"] = programme(people.some(chance, "programme"))
        if number and chance.random() < 0.25:
            row["part_of"] = [project(skewed(chance, number))]
        lead = municipality(people.some(chance, "municipality"))
        partners = _agents(people, chance, min(200, int(chance.lognormvariate(0, 1))))
        row["lead"] = [lead]
        row["partners"] = [one for one in partners if one != lead]
        if chance.random() < 0.4:
            row["funders"] = [organisation(people.some(chance, "organisation"))]
        if chance.random() < 0.2:
            row["others"] = [_involvement(people, chance)]
        _time(chance, row)
        yield row


def _time(chance: Random, row: dict[str, Any]) -> None:
    """Add how much a project costs and when it runs."""
    start = chance.randint(2012, 2022)
    row["start"] = f"{start}-0{chance.randint(1, 9)}"
    if chance.random() < 0.7:
        row["end"] = str(start + chance.randint(1, 6))
    if chance.random() < 0.3:
        row["phases"] = [
            {"name": {"de": "Strategiephase", "en": "Strategy phase"}, "start": str(start)},
            {"name": {"de": "Umsetzungsphase", "en": "Implementation phase"}, "end": "2027-08"},
        ]
    if chance.random() < 0.5:
        row["figures"] = [
            {
                "measure": chance.choice(_MEASURES),
                "value": int(chance.lognormvariate(12, 2)),
                "precision": chance.choice(_PRECISIONS),
                "date": str(start),
            }
            for _ in range(chance.randint(1, 3))
        ]


def boards(people: Population) -> Iterator[dict[str, Any]]:
    """Yield boards with some of their members."""
    chance = people.chance("board")
    for number in range(people.count["board"]):
        row, _ = _described(people, chance, number, _BOARDS)
        row["type"] = "topic/board"
        row["initiators"] = _agents(people, chance, 3)
        row["aims"] = [{"de": "Erfahrungen austauschen", "en": "Exchanging experience"}]
        row["founded"] = str(chance.randint(1995, 2015))
        row["members"] = [
            {**seat, "person": f"person/{person(_seated(people, number, n)).slug}"}
            for n, seat in enumerate(_seat(people, chance) for _ in range(_seats(people, number)))
        ]
        yield row


def _seated(people: Population, number: int, seat: int) -> int:
    return (number * SEATS + seat) % people.count["person"]


def _seats(people: Population, number: int) -> int:
    """Return how many memberships stand in a board's file; there may be fewer than boards ask."""
    return max(0, min(SEATS, people.count["membership"] - number * SEATS))


def memberships(people: Population) -> Iterator[dict[str, Any]]:
    """Yield the memberships that stand in no board's file."""
    chance = people.chance("membership")
    within = sum(_seats(people, number) for number in range(people.count["board"]))
    for number in range(people.count["membership"] - within):
        member = person(people.some(chance, "person")).slug
        body_ = _body(people, chance)
        yield {
            "slug": f"{body_.partition('/')[2]}-{member}-{number}",
            "person": f"person/{member}",
            "organisation": body_,
            **_seat(people, chance),
        }


def _body(people: Population, chance: Random) -> str:
    """Return where somebody has a role."""
    where = chance.random()
    if where < 0.3:
        return board(people.some(chance, "board"))
    if where < 0.6:
        return organisation(people.some(chance, "organisation"))
    if where < 0.8:
        return project(people.some(chance, "project"))
    return municipality(people.some(chance, "municipality"))


def _seat(people: Population, chance: Random) -> dict[str, Any]:
    row: dict[str, Any] = {"role": topics.PEOPLE[skewed(chance, len(topics.PEOPLE))]}
    start = chance.randint(2016, 2022)
    if chance.random() < 0.7:
        row["start"] = f"{start}-{chance.randint(1, 12):02}"
    if chance.random() < 0.3:
        row["end"] = str(start + chance.randint(1, 4))
    if chance.random() < 0.4:
        row["on_behalf_of"] = municipality(people.some(chance, "municipality"))
    if chance.random() < 0.2:
        row["title"] = {"de": "Sprecherin für Öffentlichkeit", "en": "Public spokesperson"}
    row["sources"] = some_sources(people, chance)
    return row


def _described(
    people: Population, chance: Random, number: int, forms: tuple[tuple[str, str], ...]
) -> tuple[dict[str, Any], int]:
    """Return what all kinds with a description have, and the theme."""
    named, english, theme = body(number, forms)
    row: dict[str, Any] = {
        "slug": named.slug,
        "name": {"de": named.name, "en": english},
        "topics": [f"topic/{THEMES[theme][0]}"],
        "sources": some_sources(people, chance),
    }
    if chance.random() < 0.8:
        row["description"] = text(chance, theme, length(chance))
    if chance.random() < 0.1:
        row["also_known_as"] = [f"{named.name[:3].upper()} {place(number).name}"]
    return row, theme


def _involvement(people: Population, chance: Random) -> dict[str, Any]:
    return {
        "organisation": organisation(people.some(chance, "organisation")),
        "role": topics.BODIES[skewed(chance, len(topics.BODIES))],
    }


def _agents(people: Population, chance: Random, most: int) -> list[str]:
    """Return up to so many municipalities, without doubles."""
    return sorted({municipality(people.some(chance, "municipality")) for _ in range(most)})
