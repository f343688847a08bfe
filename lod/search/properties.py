"""What is told of resources besides their names, as columns of somebody's table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, reduce
from typing import Any, Literal, NamedTuple

from lod.records import MODELS, Record

Fact = str | int | float
PLACES = ("municipality", "district", "state")


class Property(NamedTuple):
    """A column that values can be compared by, or fetched for.

    Attributes:
        id: names it.
        de: what it is called in German.
        en: what it is called in English.
        fields: of records, the first that has a value counts.
        kinds: what has it; empty of all kinds.
        type: of its values.
        key: whether it tells resources apart.
    """

    id: str
    de: str
    en: str
    fields: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    type: Literal["text", "integer", "number", "resource"] = "text"
    key: bool = False

    def label(self, language: str) -> str:
        """Return what it is called."""
        return self.de if language == "de" else self.en

    def of(self, kind: str) -> bool:
        """Tell whether resources of a kind may have it."""
        return not self.kinds or kind in self.kinds


_DESCRIBED = (
    *("municipality", "district", "state", "organisation", "board", "programme"),
    *("project", "event", "software", "dataset", "topic"),
)
_TIMED = ("membership", "project", "programme", "event")
PROPERTIES: tuple[Property, ...] = (
    Property("ags", "AGS", "AGS", ("ags",), ("municipality",), key=True),
    Property("ars", "ARS", "ARS", ("ars",), ("municipality",), key=True),
    Property("association_key", "Verbandsschlüssel", "association key", ("association_key",),
             ("municipality",), key=True),
    Property("key", "Kreis- oder Landesschlüssel", "district or state key", ("key",),
             ("district", "state"), key=True),
    Property("district", "Kreis", "district", ("district",), ("municipality",), "resource"),
    Property("state", "Land", "state", ("states", "state"), ("municipality", "district"),
             "resource"),
    Property("part_of", "gehört zu", "part of", ("part_of",), (), "resource"),
    Property("type", "Form", "form", ("type",), _DESCRIBED, "resource"),
    Property("population", "Einwohner", "population", ("population",), PLACES, "integer"),
    Property("population_date", "Stand der Einwohnerzahl", "date of the population",
             ("population_date",), PLACES),
    Property("area_km2", "Fläche in km²", "area in km²", ("area_km2",), PLACES, "number"),
    Property("latitude", "Breite", "latitude", ("coordinates.latitude",), PLACES, "number"),
    Property("longitude", "Länge", "longitude", ("coordinates.longitude",), PLACES, "number"),
    Property("official_name", "amtlicher Name", "official name", ("official_name",), PLACES),
    Property("wikidata", "Wikidata", "Wikidata", ("wikidata",), _DESCRIBED, key=True),
    Property("gnd", "GND", "GND", ("gnd",), _DESCRIBED, key=True),
    Property("geonames", "GeoNames", "GeoNames", ("geonames",), PLACES, key=True),
    Property("nuts", "NUTS", "NUTS", ("nuts",), PLACES, key=True),
    Property("code", "Kürzel", "code", ("code",), ("topic",)),
    Property("homepage", "Website", "website", ("homepage", "url"), (*_DESCRIBED, "source")),
    Property("seat", "Sitz", "seat", ("seat",), ("organisation",), "resource"),
    Property("founded", "gegründet", "founded", ("founded",), ("organisation", "board")),
    Property("initiators", "initiiert von", "initiated by", ("initiators",), ("board",),
             "resource"),
    Property("platform", "Plattform", "platform", ("platform",), ("board",), "resource"),
    Property("person", "Person", "person", ("person",), ("membership",), "resource"),
    Property("organisation", "Organisation", "organisation", ("organisation",), ("membership",),
             "resource"),
    Property("role", "Rolle", "role", ("role",), ("membership",), "resource"),
    Property("on_behalf_of", "für", "on behalf of", ("on_behalf_of",), ("membership",), "resource"),
    Property("lead", "Leitung", "lead", ("lead",), ("project",), "resource"),
    Property("partners", "Partner", "partners", ("partners",), ("project",), "resource"),
    Property("places", "Ort", "place", ("places", "place"), ("project", "event"), "resource"),
    Property("organisers", "veranstaltet von", "organised by", ("organisers",), ("event",),
             "resource"),
    Property("programme", "Programm", "programme", ("programme",), ("project", "software"),
             "resource"),
    Property("topics", "Themen", "topics", ("topics",), _DESCRIBED, "resource"),
    Property("scheme", "Liste", "list", ("scheme",), ("topic",), "resource"),
    Property("start", "Beginn", "start", ("start",), _TIMED),
    Property("end", "Ende", "end", ("end",), _TIMED),
    Property("status", "Entwicklungsstand", "development status", ("status",), ("software",)),
    Property("programming_languages", "Programmiersprachen", "programming languages",
             ("programming_languages",), ("software",)),
    Property("repository", "Quelltext", "source code", ("repository",), ("software",)),
    Property("licence", "Lizenz", "licence", ("licence",), ("software", "dataset")),
    Property("publisher", "herausgegeben von", "publisher", ("publishers", "publisher"),
             ("software", "dataset", "source"), "resource"),
    Property("published", "erschienen", "published", ("published",), ("source",)),
    Property("modified", "geändert", "modified", ("modified",), ("dataset",)),
    Property("language", "Sprache", "language", ("language",), ("source",)),
)  # fmt: skip
"""Every property that the reconciliation service knows, in the order in which it proposes them."""
BY_ID: Mapping[str, Property] = {one.id: one for one in PROPERTIES}


def facts(record: Record) -> dict[str, list[Fact]]:
    """Return what a record says by each property that it has."""
    found: dict[str, list[Fact]] = {}
    # Pydantic keeps a record's values there; most fields are empty.
    values = record.__dict__
    for key, field, rest in _properties_of(record.kind):
        value = values[field]
        if value is not None and value != ():
            found.setdefault(key, []).extend(_facts(reduce(getattr, rest, value)))
    return found


@cache
def _properties_of(kind: str) -> list[tuple[str, str, list[str]]]:
    """Return the properties of a kind with the field of each, and the way on inside it."""
    known = MODELS[kind].model_fields
    ways = ((one.id, *name.split(".")) for one in PROPERTIES if one.of(kind) for name in one.fields)
    return [(key, field, rest) for key, field, *rest in ways if field in known]


def _facts(value: Any) -> list[Fact]:
    if isinstance(value, dict):
        return sorted(set(value.values()))
    several = value if isinstance(value, tuple) else (value,)
    return [_WRITTEN.get(type(one), str)(one) for one in several]


_WRITTEN: dict[type, Callable[[Any], Fact]] = {int: int, float: float, Decimal: float}
