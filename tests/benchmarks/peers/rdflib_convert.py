"""Makes our triples of the table of municipalities by rdflib: ``… TABLE BASE TARGET FORMAT``."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from decimal import Decimal

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, OWL, PROV, RDF, SDO, SKOS, XSD

ORG = Namespace("http://www.w3.org/ns/org#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
KEYS = "http://dcat-ap.de/def/politicalGeocoding/"
TOWNS = {
    f"topic/{form}" for form in ("kreisfreie-stadt", "stadtkreis", "stadt", "grosse-kreisstadt")
}
Row = dict[str, str]
Pair = tuple[URIRef, URIRef | Literal]


def place(row: Row, things: str, own: Namespace, here: URIRef) -> Iterator[Pair]:
    yield RDF.type, SDO.City if row["type"] in TOWNS else SDO.AdministrativeArea
    yield RDF.type, DCTERMS.Location
    yield RDF.type, GEO.Feature
    yield from words(row)
    yield from keys(row, own)
    yield from links(row, things)
    if row["area_km2"]:
        area = Decimal(row["area_km2"]) * 1_000_000
        yield GEO.hasMetricArea, Literal(plain(area), datatype=XSD.double, normalize=False)
    yield own.administration, here + "/administration"
    if row["population"]:
        yield own.figure, here + "/population"
    if row["coordinates.latitude"]:
        for predicate in (SDO.geo, GEO.hasGeometry, LOCN.geometry):
            yield predicate, here + "/geometry"


def words(row: Row) -> Iterator[Pair]:
    for column, predicate in (
        ("name", SDO.name),
        ("official_name", SDO.alternateName),
        ("description", SDO.description),
        ("note", SKOS.note),
    ):
        for tag in ("de", "en", "hsb"):
            if row.get(f"{column}.{tag}"):
                yield predicate, Literal(row[f"{column}.{tag}"], lang=tag)
    for name in filter(None, row["also_known_as"].split("|")):
        yield SDO.alternateName, Literal(name)


def keys(row: Row, own: Namespace) -> Iterator[Pair]:
    for template, column in (
        ("http://www.wikidata.org/entity/{}", "wikidata"),
        ("https://sws.geonames.org/{}/", "geonames"),
        (KEYS + "municipalityKey/{}", "ags"),
        (KEYS + "regionalKey/{}", "ars"),
        (KEYS + "municipalAssociationKey/{}", "association_key"),
    ):
        if row[column]:
            yield OWL.sameAs, URIRef(template.format(row[column]))
    for term, column in (("ags", "ags"), ("ars", "ars"), ("associationKey", "association_key")):
        if row[column]:
            yield own[term], Literal(row[column])
    key = row["ags"] or row["association_key"]
    yield own.stateKey, Literal(key[:2])
    yield own.districtKey, Literal(key[:5])


def links(row: Row, things: str) -> Iterator[Pair]:
    for predicate, column in (
        (SDO.containedInPlace, "district"),
        (SDO.containedInPlace, "states"),
        (SDO.containedInPlace, "part_of"),
        (DCTERMS.type, "type"),
        (DCTERMS.subject, "topics"),
        (PROV.wasDerivedFrom, "sources"),
    ):
        for reference in filter(None, row[column].split("|")):
            yield predicate, URIRef(things + reference)
    if row["homepage"]:
        yield SDO.url, URIRef(row["homepage"])


def administration(row: Row, things: str, here: URIRef) -> Iterator[Pair]:
    for class_ in (SDO.GovernmentOrganization, ORG.FormalOrganization, FOAF.Agent):
        yield RDF.type, class_
    names = (
        {"de": row["administration.de"]}
        if row["administration.de"]
        else {
            "de": f"Verwaltung von {row['name.de']}",
            "en": f"Administration of {row['name.de']}",
        }
    )
    for tag, name in names.items():
        yield SDO.name, Literal(name, lang=tag)
        yield FOAF.name, Literal(name, lang=tag)
    yield SDO.areaServed, here
    for reference in row["sources"].split("|"):
        yield PROV.wasDerivedFrom, URIRef(things + reference)


def population(row: Row, things: str, own: Namespace) -> Iterator[Pair]:
    yield RDF.type, SDO.Observation
    yield SDO.measuredProperty, own.population
    yield SDO.value, Literal(row["population"], datatype=XSD.integer, normalize=False)
    yield SDO.observationDate, Literal(row["population_date"], datatype=XSD.date, normalize=False)
    yield PROV.wasDerivedFrom, URIRef(things + row["population_source"])


def point(row: Row) -> Iterator[Pair]:
    for class_ in (SDO.GeoCoordinates, GEO.Geometry, LOCN.Geometry):
        yield RDF.type, class_
    north, east = row["coordinates.latitude"], row["coordinates.longitude"]
    for predicate, number in ((SDO.latitude, north), (SDO.longitude, east)):
        yield predicate, Literal(plain(Decimal(number)), datatype=XSD.decimal, normalize=False)
    yield GEO.asWKT, Literal(f"POINT({east} {north})", datatype=GEO.wktLiteral)


def plain(number: Decimal) -> str:
    words = format(number, "f")
    return words.rstrip("0").rstrip(".") if "." in words else words


def main() -> None:
    table, base, target, format_ = sys.argv[1:]
    things, own, graph = f"{base}id/", Namespace(f"{base}ns#"), Graph()
    with open(table, encoding="utf-8") as rows:  # noqa: PTH123
        for row in csv.DictReader(rows):
            here = URIRef(f"{things}municipality/{row['slug']}")
            about = {here: place(row, things, own, here)}
            about[here + "/administration"] = administration(row, things, here)
            if row["population"]:
                about[here + "/population"] = population(row, things, own)
            if row["coordinates.latitude"]:
                about[here + "/geometry"] = point(row)
            for subject, pairs in about.items():
                for predicate, value in pairs:
                    graph.add((subject, predicate, value))
    graph.serialize(target, format=format_, encoding="utf-8")


if __name__ == "__main__":
    main()
