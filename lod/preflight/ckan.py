"""What a CKAN portal reads of a catalog, by the mapping table of ckanext-dcat.

Spec: https://docs.ckan.org/projects/ckanext-dcat/en/latest/mapping/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from lod.preflight.assessment import Portal, Remark
from lod.preflight.graph import CatalogGraph, curie
from lod.validation import Severity
from lod.vocab import DCAT, DCTERMS, EU_AUTHORITY, FOAF, SPDX, VCARD

_TAG = re.compile(r"[\w .-]{2,100}")
"""What CKAN takes as a tag; a harvester that doesn't clean tags refuses the whole dataset."""
_CKAN: tuple[Portal, ...] = ("CKAN",)
Package = dict[str, Any]


def packages(graph: CatalogGraph) -> list[Package]:
    """Return each dataset as the package that a CKAN harvester makes of it."""
    return [_package(graph, node) for node in graph.nodes(DCAT.Dataset)]


def _package(graph: CatalogGraph, node: str) -> Package:
    distributions = [value.value for value in graph.values(node, DCAT.distribution)]
    resources = [_resource(graph, one) for one in distributions]
    publisher = _linked(graph, node, DCTERMS.publisher)
    contact = _linked(graph, node, DCAT.contactPoint)
    return {
        "uri": node,
        "title": graph.value(node, DCTERMS.title),
        "notes": graph.value(node, DCTERMS.description),
        "url": graph.value(node, DCAT.landingPage),
        "tags": [value.value for value in graph.values(node, DCAT.keyword)],
        "publisher_name": publisher and graph.value(publisher, FOAF.name),
        "contact_name": contact and graph.value(contact, VCARD.fn),
        "contact_email": contact and graph.value(contact, VCARD.hasEmail),
        "license": next((one["license"] for one in resources if one["license"]), None),
        "issued": graph.value(node, DCTERMS.issued),
        "modified": graph.value(node, DCTERMS.modified),
        "frequency": graph.value(node, DCTERMS.accrualPeriodicity),
        "theme": [value.value for value in graph.values(node, DCAT.theme)],
        "resources": resources,
    }


def _resource(graph: CatalogGraph, node: str) -> Package:
    checksum = _linked(graph, node, SPDX.checksum)
    file_type = graph.value(node, DCTERMS.format) or graph.value(node, DCAT.mediaType) or ""
    return {
        "uri": node,
        "name": graph.value(node, DCTERMS.title),
        "description": graph.value(node, DCTERMS.description),
        "url": graph.value(node, DCAT.downloadURL) or graph.value(node, DCAT.accessURL),
        "format": file_type.removeprefix(f"{EU_AUTHORITY}file-type/") or None,
        "mimetype": graph.value(node, DCAT.mediaType),
        "size": graph.value(node, DCAT.byteSize),
        "license": graph.value(node, DCTERMS.license),
        "hash": checksum and graph.value(checksum, SPDX.checksumValue),
        "modified": graph.value(node, DCTERMS.modified),
    }


def _linked(graph: CatalogGraph, node: str, predicate: NamedNode) -> str | None:
    found = graph.values(node, predicate)
    return found[0].value if found else None


class Field(NamedTuple):
    """What a portal shows.

    Attributes:
        name: of CKAN's field.
        property_: what it is read from.
        severity: how grave its lack is.
        words: what it is called, German and English.
    """

    name: str
    property_: NamedNode
    severity: Severity
    words: tuple[str, str]


_FIELDS = (
    Field("title", DCTERMS.title, "violation", ("einen Titel", "a title")),
    Field("notes", DCTERMS.description, "warning", ("eine Beschreibung", "a description")),
    Field("tags", DCAT.keyword, "info", ("Schlagwörter", "tags")),
    Field("publisher_name", DCTERMS.publisher, "info", ("einen Herausgeber", "a publisher")),
    Field("contact_name", DCAT.contactPoint, "info", ("einen Kontakt", "a contact")),
    Field("license", DCTERMS.license, "warning", ("eine Lizenz", "a licence")),
    Field("resources", DCAT.distribution, "warning", ("Dateien", "resources")),
)
_FILE_FIELDS = (
    Field("url", DCAT.accessURL, "violation", ("eine Adresse", "an address")),
    Field("format", DCTERMS.format, "warning", ("ein Format", "a format")),
    Field("name", DCTERMS.title, "info", ("einen Namen", "a name")),
)


def inspect(graph: CatalogGraph) -> Iterator[Remark]:
    """Yield what a CKAN portal misses or refuses."""
    for package in packages(graph):
        yield from _lacks(package, _FIELDS)
        for resource in package["resources"]:
            yield from _lacks(resource, _FILE_FIELDS)
        yield from _tags(package)


def _lacks(read: Package, fields: tuple[Field, ...]) -> Iterator[Remark]:
    for field in fields:
        if not read[field.name]:
            german, english = field.words
            words = {"de": f"CKAN liest hier {german}.", "en": f"CKAN reads {english} here."}
            path = curie(field.property_)
            yield Remark("delivery", field.severity, _CKAN, read["uri"], path, None, words)


def _tags(package: Package) -> Iterator[Remark]:
    words = {
        "de": "CKAN nimmt als Schlagwort 2 bis 100 Buchstaben, Ziffern, Leerzeichen, - _ und .",
        "en": "CKAN takes 2 to 100 letters, digits, blanks, - _ and . as a tag.",
    }
    path = curie(DCAT.keyword)
    for tag in package["tags"]:
        if not _TAG.fullmatch(tag):
            yield Remark("delivery", "warning", _CKAN, package["uri"], path, tag, words)
