"""What morph-kgc needs to make our triples of the table of municipalities, and no more.

RML joins words and names columns, but it can't count, choose or part lists. So those few columns
are made beforehand, and that isn't measured.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from lod.iri import Space
from lod.mapping.common import GEONAMES, KEYS, WIKIDATA
from lod.mapping.municipality import TOWNS
from lod.vocab import DCTERMS, FOAF, GEO, LOCN, ORG, OWL, PROV, RDF, SCHEMA, SKOS, XSD

_HEAD = """\
@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""
_KINDS = {
    "district": "district",
    "states": "state",
    "part_of": "municipality",
    "type": "topic",
    "population_source": "source",
    "source": "source",
    "topic": "topic",
}
"""What the columns name; RML would encode the slash of a reference."""
_CONFIGURATION = """\
[CONFIGURATION]
output_file: {output}
output_format: N-TRIPLES
number_of_processes: {processes}
logging_level: WARNING

[municipalities]
mappings: {mapping}
"""


def prepare(table: Path, folder: Path, space: Space, processes: int) -> tuple[Path, Path]:
    """Write the tables and the mapping; return the configuration and the file to be made."""
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    _write(folder / "municipality.csv", [row | _computed(row) for row in rows])
    _write(folder / "source.csv", _listed(rows, "sources", "source"))
    _write(folder / "topic.csv", _listed(rows, "topics", "topic"))
    mapping, configuration = folder / "mapping.ttl", folder / "configuration.ini"
    mapping.write_text(_HEAD + "\n".join(_maps(folder, space)), encoding="utf-8")
    output = folder / "morph.nt"
    words = _CONFIGURATION.format(output=output, mapping=mapping, processes=processes)
    configuration.write_text(words, encoding="utf-8")
    return configuration, output


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


def _listed(rows: list[dict[str, str]], column: str, name: str) -> list[dict[str, str]]:
    return [
        {"slug": row["slug"], name: one.partition("/")[2]}
        for row in rows
        for one in row[column].split("|")
        if one
    ]


def _computed(row: dict[str, str]) -> dict[str, str]:
    """Return what RML can't make from a row."""
    key = row["ags"] or row["association_key"]
    latitude, longitude = row["coordinates.latitude"], row["coordinates.longitude"]
    area, name = row["area_km2"], row["name.de"]
    own = row["administration.de"]
    return {column: row[column].partition("/")[2] for column in _KINDS if column in row} | {
        "class": (SCHEMA.City if row["type"] in TOWNS else SCHEMA.AdministrativeArea).value,
        "square metres": _plain(Decimal(area) * 1_000_000) if area else "",
        "latitude": _plain(Decimal(latitude)) if latitude else "",
        "longitude": _plain(Decimal(longitude)) if longitude else "",
        "wkt": f"POINT({longitude} {latitude})" if latitude else "",
        "state key": key[:2],
        "district key": key[:5],
        "administration de": own or f"Verwaltung von {name}",
        "administration en": "" if own else f"Administration of {name}",
        "with population": row["slug"] if row["population"] else "",
        "with point": row["slug"] if latitude else "",
    }


def _plain(number: Decimal) -> str:
    words = format(number, "f")
    return words.rstrip("0").rstrip(".") if "." in words else words


def _maps(folder: Path, space: Space) -> list[str]:
    place = f"{space.things}municipality/{{slug}}"
    administration = f"{place}/administration"
    population = f"{space.things}municipality/{{with population}}/population"
    point = f"{space.things}municipality/{{with point}}/geometry"

    def thing(predicate: str, column: str) -> str:
        return _link(predicate, f"{space.things}{_KINDS[column]}/{{{column}}}")

    table, sources = folder / "municipality.csv", folder / "source.csv"
    of_place = [
        *(_class(one.value) for one in (DCTERMS.Location, GEO.Feature)),
        _link(RDF.type.value, "{class}"),
        *(_text(SCHEMA.name.value, f"name.{tag}", tag) for tag in ("de", "hsb")),
        _text(SCHEMA.alternateName.value, "also_known_as"),
        _text(SCHEMA.alternateName.value, "official_name.de", "de"),
        *(_text(SCHEMA.description.value, f"description.{tag}", tag) for tag in ("de", "en")),
        _text(SKOS.note.value, "note.de", "de"),
        _link(SCHEMA.url.value, "{homepage}"),
        *(
            _link(OWL.sameAs.value, template)
            for template in (
                f"{WIKIDATA}{{wikidata}}",
                f"{GEONAMES}{{geonames}}/",
                f"{KEYS}municipalityKey/{{ags}}",
                f"{KEYS}regionalKey/{{ars}}",
                f"{KEYS}municipalAssociationKey/{{association_key}}",
            )
        ),
        *(
            _text(space.term(term).value, column)
            for term, column in (
                ("ags", "ags"),
                ("ars", "ars"),
                ("associationKey", "association_key"),
                ("stateKey", "state key"),
                ("districtKey", "district key"),
            )
        ),
        *(thing(SCHEMA.containedInPlace.value, c) for c in ("district", "states", "part_of")),
        thing(DCTERMS.type.value, "type"),
        _typed(GEO.hasMetricArea.value, "square metres", XSD.double.value),
        _link(space.term("administration").value, administration),
        _link(space.term("figure").value, population),
        *(_link(p.value, point) for p in (SCHEMA.geo, GEO.hasGeometry, LOCN.geometry)),
    ]
    of_administration = [
        *(_class(one.value) for one in (SCHEMA.GovernmentOrganization, ORG.FormalOrganization)),
        _class(FOAF.Agent.value),
        *(
            _text(predicate.value, f"administration {tag}", tag)
            for predicate in (SCHEMA.name, FOAF.name)
            for tag in ("de", "en")
        ),
        _link(SCHEMA.areaServed.value, place),
    ]
    of_population = [
        _class(SCHEMA.Observation.value),
        _constant(SCHEMA.measuredProperty.value, space.term("population").value),
        _typed(SCHEMA.value.value, "population", XSD.integer.value),
        _typed(SCHEMA.observationDate.value, "population_date", XSD.date.value),
        thing(PROV.wasDerivedFrom.value, "population_source"),
    ]
    of_point = [
        *(_class(one.value) for one in (SCHEMA.GeoCoordinates, GEO.Geometry, LOCN.Geometry)),
        _typed(SCHEMA.latitude.value, "latitude", XSD.decimal.value),
        _typed(SCHEMA.longitude.value, "longitude", XSD.decimal.value),
        _typed(GEO.asWKT.value, "wkt", GEO.wktLiteral.value),
    ]
    stated = [thing(PROV.wasDerivedFrom.value, "source")]
    return [
        _map("place", table, place, of_place),
        _map("administration", table, administration, of_administration),
        _map("population", table, population, of_population),
        _map("point", table, point, of_point),
        _map("sources", sources, place, stated),
        _map("administration-sources", sources, administration, stated),
        _map("topics", folder / "topic.csv", place, [thing(DCTERMS.subject.value, "topic")]),
    ]


def _map(name: str, table: Path, subject: str, properties: list[str]) -> str:
    return (
        f"<#{name}> a rr:TriplesMap ;\n"
        f'  rml:logicalSource [ rml:source "{table}" ; rml:referenceFormulation ql:CSV ] ;\n'
        f'  rr:subjectMap [ rr:template "{subject}" ]'
        + "".join(f" ;\n  rr:predicateObjectMap [ {one} ]" for one in properties)
        + " .\n"
    )


def _class(iri: str) -> str:
    return _constant(RDF.type.value, iri)


def _constant(predicate: str, iri: str) -> str:
    return f"rr:predicate <{predicate}> ; rr:objectMap [ rr:constant <{iri}> ]"


def _link(predicate: str, template: str) -> str:
    """Return the rule of a link; what is one column alone is an IRI already."""
    if template.startswith("{"):
        how = f'rml:reference "{template[1:-1]}"'
    else:
        how = f'rr:template "{template}"'
    return f"rr:predicate <{predicate}> ; rr:objectMap [ {how} ; rr:termType rr:IRI ]"


def _text(predicate: str, column: str, language: str = "") -> str:
    tag = f' ; rr:language "{language}"' if language else ""
    return f'rr:predicate <{predicate}> ; rr:objectMap [ rml:reference "{column}"{tag} ]'


def _typed(predicate: str, column: str, datatype: str) -> str:
    return (
        f"rr:predicate <{predicate}> ; "
        f'rr:objectMap [ rml:reference "{column}" ; rr:datatype <{datatype}> ]'
    )
