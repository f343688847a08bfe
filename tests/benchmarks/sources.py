"""Generated sources and persons."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.benchmarks.population import Population
from tests.benchmarks.words import THEMES, WORDS_ABROAD, person, place, skewed

REGISTER = "source/verzeichnis-der-gemeinden"
"""What nearly all places are taken from."""
_FORMS = ("page", "article", "document", "repository")


def source(number: int) -> str:
    """Return how records name a source."""
    if number == 0:
        return REGISTER
    return f"source/{THEMES[number % len(THEMES)][0]}-{place(number).slug}"


def some_sources(people: Population, chance: Random) -> list[str]:
    """Return one to three sources."""
    many = 1 if chance.random() < 0.8 else 3
    return sorted({source(people.some(chance, "source")) for _ in range(many)})


def sources(people: Population) -> Iterator[dict[str, Any]]:
    """Yield the table of sources; some have a name in another script alone."""
    chance = people.chance("source")
    yield {
        "slug": REGISTER.partition("/")[2],
        "name.de": "Verzeichnis der Gemeinden",
        "name.en": "Register of municipalities",
        "url": "https://register.example/",
        "form": "register",
        "publisher": "Statistisches Amt",
        "licence": "https://www.govdata.de/dl-de/by-2-0",
    }
    for number in range(1, people.count["source"]):
        _, german, english = THEMES[number % len(THEMES)]
        where = place(number)
        row: dict[str, Any] = {
            "slug": source(number).partition("/")[2],
            "url": f"https://{where.slug}.example/aktuelles/{number}",
            "form": _FORMS[skewed(chance, len(_FORMS))],
            "language": "de",
        }
        if chance.random() < 0.04:
            row["language"], title = WORDS_ABROAD[number % len(WORDS_ABROAD)]
            row[f"name.{row['language']}"] = f"{title} ({where.name}, {number})"
        else:
            row["name.de"] = f"{german} in {where.name}: ein Überblick"
            row["name.en"] = f"An overview of {english} in {where.name}"
        if chance.random() < 0.7:
            row["publisher"] = f"Stadt {where.name}"
        if chance.random() < 0.5:
            row["published"] = _date(chance)
        if chance.random() < 0.4:
            row["accessed"] = "2025-11-30"
        yield row


def _date(chance: Random) -> str:
    """Return a date as precise as its source had it."""
    year, month, day = chance.randint(2005, 2025), chance.randint(1, 12), chance.randint(1, 28)
    precise = f"{year}-{month:02}-{day:02}"
    return precise[: chance.choice((4, 7, 10, 10))]


def persons(people: Population) -> Iterator[dict[str, Any]]:
    """Yield the table of persons."""
    chance = people.chance("person")
    for number in range(people.count["person"]):
        named = person(number)
        sources = "|".join(some_sources(people, chance))
        yield {"slug": named.slug, "name": named.name, "sources": sources}
