"""The topics that the generated records refer to: forms, kinds, roles and fields of action."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.benchmarks.words import THEMES

SCHEMES = {
    "forms-of-municipality": (
        *(("gemeinde", "Gemeinde", "municipality"), ("stadt", "Stadt", "town")),
        *(("markt", "Markt", "market town"), ("kreisfreie-stadt", "Kreisfreie Stadt", "city")),
        ("verbandsgemeinde", "Verbandsgemeinde", "association of municipalities"),
    ),
    "forms-of-district": (
        ("landkreis", "Landkreis", "rural district"),
        ("kreisfreie-stadt-als-kreis", "Kreisfreie Stadt (als Kreis)", "city (as a district)"),
    ),
    "forms-of-organisation": (
        *(("ministry", "Ministerium", "ministry"), ("agency", "Behörde", "agency")),
        *(("company", "Unternehmen", "company"), ("association", "Verein", "association")),
        ("municipal-company", "Kommunales Unternehmen", "municipal company"),
        ("research-institute", "Forschungseinrichtung", "research institute"),
    ),
    "kinds-of-programme": (
        ("funding-programme", "Förderprogramm", "funding programme"),
        *(("funding-call", "Förderstaffel", "cohort"), ("network", "Netzwerk", "network")),
    ),
    "kinds-of-project": (
        ("model-project", "Modellprojekt", "model project"),
        ("municipal-project", "Kommunales Projekt", "municipal project"),
        *(("measure", "Maßnahme", "measure"), ("sub-project", "Teilprojekt", "sub-project")),
    ),
    "kinds-of-board": (("board", "Gremium", "board"),),
    "roles": (
        *(("role-member", "Mitglied", "member"), ("role-chair", "Vorsitz", "chair")),
        *(("role-lead", "Leitung", "lead"), ("role-funder", "Fördergeber", "funder")),
        ("role-responsible", "Zuständige Stelle", "responsible body"),
        ("role-operator", "Betreiber", "operator"),
    ),
    "fields-of-action": THEMES,
}
"""Scheme → its topics: slug, German and English name."""
PEOPLE = ("topic/role-member", "topic/role-chair", "topic/role-lead")
BODIES = ("topic/role-funder", "topic/role-responsible", "topic/role-operator")
COUNT = len(SCHEMES) + sum(map(len, SCHEMES.values()))


def references(scheme: str) -> tuple[str, ...]:
    """Return how other records name the topics of a scheme."""
    return tuple(f"topic/{slug}" for slug, _, _ in SCHEMES[scheme])


def rows(source: str) -> Iterator[dict[str, Any]]:
    """Yield the table of topics."""
    for scheme, topics in SCHEMES.items():
        words = scheme.replace("-", " ").capitalize()
        yield {"slug": scheme, "name.de": f"Liste: {words}", "name.en": words, "sources": source}
        for slug, german, english in topics:
            yield {
                "slug": slug,
                "name.de": german,
                "name.en": english,
                "description.de": f"{german} im Sinne dieser Daten.",
                "description.en": f"“{english}” as these data mean it.",
                "scheme": f"topic/{scheme}",
                "sources": source,
            }
