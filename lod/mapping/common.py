"""The rules that several kinds share."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from lod.formats.order import middle
from lod.formats.statements import literal
from lod.iri import Space, slug
from lod.mapping.rules import (
    Lines,
    Mapped,
    Rule,
    address,
    always,
    both,
    date,
    each,
    elsewhere,
    link,
    named,
    number_text,
    part,
    parts,
    plain,
    text,
    typed,
)
from lod.records.model import Coordinates, Figure, Location
from lod.terms import MONEY
from lod.vocab import (
    DCAT,
    DCTERMS,
    FOAF,
    GEO,
    LOCN,
    ORG,
    OWL,
    PROV,
    SCHEMA,
    SKOS,
    XSD,
)

KEYS = "http://dcat-ap.de/def/politicalGeocoding/"
"""Where the official IRIs of German places stand. Spec: https://www.dcat-ap.de/def/"""
WIKIDATA = "http://www.wikidata.org/entity/"
GND = "https://d-nb.info/gnd/"
GEONAMES = "https://sws.geonames.org/"

_SQUARE_METRES = Decimal(1_000_000)
_VALUE = {
    "exact": SCHEMA.value,
    "about": SCHEMA.value,
    "more than": SCHEMA.minValue,
    "at most": SCHEMA.maxValue,
}


def sources(space: Space) -> Rule:
    """Return the rule of the sources that every resource and part links to."""
    return each(link(space.thing, PROV.wasDerivedFrom))


def period() -> dict[str, Rule]:
    """Return the rules of what begins and ends."""
    return {"start": date(SCHEMA.startDate), "end": date(SCHEMA.endDate)}


def described(space: Space) -> dict[str, Rule]:
    """Return the rules of the fields that all kinds with a name and description have."""
    return {
        "name": text(SCHEMA.name),
        "also_known_as": each(text(SCHEMA.alternateName)),
        "former_names": parts(
            "name",
            lambda former: slug(next(iter(former.name.values()))),
            Mapped(
                always(space.term("NamePeriod")),
                {"name": text(SCHEMA.name), **period(), "sources": sources(space)},
            ),
            space.term("formerName"),
        ),
        "description": text(SCHEMA.description),
        "homepage": address(SCHEMA.url),
        "topics": each(link(space.thing, DCTERMS.subject)),
        "figures": parts(
            "figure",
            lambda figure: slug(figure.measure),
            _figure(space),
            space.term("figure"),
        ),
        "wikidata": address(OWL.sameAs, start=WIKIDATA),
        "gnd": address(OWL.sameAs, start=GND),
        "note": text(SKOS.note),
        "sources": sources(space),
    }


def measure_term(space: Space, measure: str) -> NamedNode:
    """Return the property that a measure's plain words name."""
    first, *rest = measure.split()
    return space.term(first + "".join(word.capitalize() for word in rest))


def _figure(space: Space) -> Mapped:
    values = {precision: middle(predicate) for precision, predicate in _VALUE.items()}
    approximate = f"{middle(space.term('approximate'))}{literal('true', datatype=XSD.boolean)}"
    currency = f"{middle(SCHEMA.currency)}{literal('EUR')}"
    per_cent = f"{middle(SCHEMA.unitText)}{literal('%')}"

    def classes(figure: Figure) -> tuple[NamedNode, ...]:
        money = measure_term(space, figure.measure).value.removeprefix(space.ns) in MONEY
        return (SCHEMA.Observation, SCHEMA.MonetaryAmount) if money else (SCHEMA.Observation,)

    def more(subject: str, figure: Figure) -> Iterator[str]:
        value = number_text(figure.value, XSD.decimal)
        yield f"{subject}{values[figure.precision]}{value}"
        if figure.precision == "about":
            yield subject + approximate
        if SCHEMA.MonetaryAmount in classes(figure):
            yield subject + currency
        elif figure.measure == "funding rate":
            yield subject + per_cent

    return Mapped(
        classes,
        {
            "measure": link(lambda measure: measure_term(space, measure), SCHEMA.measuredProperty),
            # `more` writes the value, because the precision chooses its property.
            "value": elsewhere(SCHEMA.value, SCHEMA.minValue, SCHEMA.maxValue, values="literal"),
            "precision": elsewhere(space.term("approximate"), values="literal"),
            "date": date(SCHEMA.observationDate),
            "note": text(SKOS.note),
            "sources": sources(space),
        },
        more,
    )


def involvement(space: Space) -> Mapped:
    """Return what a taking part in a role becomes.

    Spec: https://www.w3.org/TR/prov-o/#Attribution
    """
    return Mapped(
        always(PROV.Attribution),
        {
            "organisation": link(space.agent, PROV.agent),
            "role": link(space.thing, DCAT.hadRole),
            **period(),
            "note": text(SKOS.note),
            "sources": sources(space),
        },
    )


def involvements(space: Space) -> Rule:
    """Return the rule of a list of those who take part in a role."""
    return parts(
        "involvement",
        lambda one: slug(f"{one.organisation.partition('/')[2]}-{one.role.partition('/')[2]}"),
        involvement(space),
        PROV.qualifiedAttribution,
    )


def location(space: Space) -> dict[str, Rule]:
    """Return the rules of the fields that all places have."""
    return {
        **described(space),
        "official_name": text(SCHEMA.alternateName),
        "administration": both(
            elsewhere(space.term("administration"), values="id"), elsewhere(SCHEMA.name)
        ),
        "type": link(space.thing, DCTERMS.type),
        "area_km2": Rule({GEO.hasMetricArea: "literal"}, _area),
        "population": elsewhere(space.term("figure")),
        "population_date": elsewhere(SCHEMA.observationDate),
        "population_source": elsewhere(PROV.wasDerivedFrom),
        "coordinates": Rule(
            {
                SCHEMA.geo: "id",
                GEO.hasGeometry: "id",
                LOCN.geometry: "id",
                GEO.asWKT: "literal",
            },
            _geometry,
        ),
        "geonames": address(OWL.sameAs, start=GEONAMES, end="/"),
        "nuts": plain(space.term("nuts")),
    }


_AREA = middle(GEO.hasMetricArea)


def _area(subject: str, square_kilometres: Decimal) -> tuple[str]:
    return (f"{subject}{_AREA}{number_text(square_kilometres * _SQUARE_METRES, XSD.double)}",)


_GEOMETRIES = tuple(map(middle, (SCHEMA.geo, GEO.hasGeometry, LOCN.geometry)))
_GEOMETRY = tuple(map(typed, (SCHEMA.GeoCoordinates, GEO.Geometry, LOCN.Geometry)))
_LATITUDE, _LONGITUDE = middle(SCHEMA.latitude), middle(SCHEMA.longitude)
_WKT = middle(GEO.asWKT)


def _geometry(subject: str, point: Coordinates) -> list[str]:
    """Return the point as schema.org, GeoSPARQL and LOCN have it; WKT's order is east, north.

    Spec: https://docs.ogc.org/is/22-047r1/22-047r1.html
    """
    node = part(subject, "geometry")
    object_ = named(node)
    return [
        *[f"{subject}{stated}{object_}" for stated in _GEOMETRIES],
        *[node + class_ for class_ in _GEOMETRY],
        f"{node}{_LATITUDE}{number_text(point.latitude, XSD.decimal)}",
        f"{node}{_LONGITUDE}{number_text(point.longitude, XSD.decimal)}",
        f"{node}{_WKT}{literal(f'POINT({point.longitude} {point.latitude})', '', GEO.wktLiteral)}",
    ]


def population(space: Space) -> Lines:
    """Return what makes a place's population a figure, in persons at a date."""
    figure, value = middle(space.term("figure")), middle(SCHEMA.value)
    observed = typed(SCHEMA.Observation)
    measured = f"{middle(SCHEMA.measuredProperty)}{space.term('population')}"
    dated, stating = date(SCHEMA.observationDate), sources(space)

    def lines(subject: str, place: Location) -> list[str]:
        if place.population is None:
            return []
        node = part(subject, "population")
        stated_by = (place.population_source,) if place.population_source else place.sources
        found = [
            f"{subject}{figure}{named(node)}",
            node + observed,
            node + measured,
            f"{node}{value}{number_text(place.population, XSD.integer)}",
            *stating.lines(node, stated_by),
        ]
        if place.population_date is not None:
            found += dated.lines(node, place.population_date)
        return found

    return lines


_COMPOSED = {"de": "Verwaltung von {}", "en": "Administration of {}"}


def administration(space: Space) -> Lines:
    """Return what makes the lines about who governs a place."""
    governed, area = middle(space.term("administration")), middle(SCHEMA.areaServed)
    classes = (SCHEMA.GovernmentOrganization, ORG.FormalOrganization, FOAF.Agent)
    bodies = tuple(map(typed, classes))
    naming, stating = text(SCHEMA.name, FOAF.name), sources(space)

    def lines(subject: str, place: Location) -> list[str]:
        node = part(subject, "administration")
        return [
            f"{subject}{governed}{named(node)}",
            *[node + body for body in bodies],
            *naming.lines(node, _administration_name(place)),
            f"{node}{area}{named(subject)}",
            *stating.lines(node, place.sources),
        ]

    return lines


def _administration_name(place: Location) -> dict[str, str]:
    if place.administration is not None:
        return place.administration
    name: dict[str, Any] = place.name
    fallback = next(iter(name.values()))
    return {code: words.format(name.get(code, fallback)) for code, words in _COMPOSED.items()}
