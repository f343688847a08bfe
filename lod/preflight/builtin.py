"""What is checked without the official files: the profiles' tables, lists and conventions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from lod.catalog import controlled as terms
from lod.mapping.common import KEYS
from lod.preflight.assessment import PORTALS, Layer, Portal, Remark
from lod.preflight.graph import CatalogGraph, curie
from lod.preflight.requirements import REQUIREMENTS, Requirement
from lod.vocab import ADMS, DCAT, DCATAP, DCATDE, DCTERMS, EU_AUTHORITY, FOAF, VCARD

_PROFILES: tuple[Portal, ...] = ("GovData", "data.europa.eu")
_EUROPE: tuple[Portal, ...] = ("data.europa.eu",)
_GOVDATA: tuple[Portal, ...] = ("GovData",)


class Listed(NamedTuple):
    """A property of a class, and the list that its values are from."""

    class_: NamedNode
    property_: NamedNode
    scheme: terms.Scheme


_LISTS = (
    Listed(DCAT.Dataset, DCAT.theme, terms.THEME),
    Listed(DCAT.Dataset, DCTERMS.accrualPeriodicity, terms.FREQUENCY),
    Listed(DCAT.Dataset, DCTERMS.accessRights, terms.ACCESS),
    Listed(DCAT.Dataset, DCATAP.availability, terms.AVAILABILITY),
    Listed(DCAT.Dataset, DCTERMS.language, terms.LANGUAGE),
    Listed(DCAT.Dataset, DCATDE.politicalGeocodingLevelURI, terms.LEVEL),
    Listed(DCAT.Catalog, DCTERMS.language, terms.LANGUAGE),
    Listed(DCAT.Catalog, DCATAP.availability, terms.AVAILABILITY),
    Listed(DCAT.Distribution, DCAT.mediaType, terms.MEDIA_TYPE),
    Listed(DCAT.Distribution, DCAT.compressFormat, terms.MEDIA_TYPE),
    Listed(DCAT.Distribution, DCATAP.availability, terms.AVAILABILITY),
    Listed(DCAT.Distribution, ADMS.status, terms.STATUS),
    Listed(DCAT.DataService, DCATAP.availability, terms.AVAILABILITY),
    Listed(FOAF.Agent, DCTERMS.type, terms.PUBLISHER),
)
_CONVENTIONS = (
    Listed(DCAT.Distribution, DCTERMS.license, terms.LICENCE),
    Listed(DCAT.Distribution, DCTERMS.format, terms.FILE_TYPE),
    Listed(DCAT.Dataset, DCATDE.contributorID, terms.CONTRIBUTOR),
)
"""What the conventions for delivery ask beyond the profiles.

Spec: https://www.dcat-ap.de/def/dcatde/2.0/implRules/ (K12, K13, K31, K32)
"""
_PLACES = (
    f"{EU_AUTHORITY}continent/",
    f"{EU_AUTHORITY}country/",
    f"{EU_AUTHORITY}place/",
    "https://sws.geonames.org/",
)
_RESERVED = ("example", "test", "invalid", "localhost", "example.org", "example.com", "example.net")
"""Names that never resolve. Spec: https://www.rfc-editor.org/rfc/rfc2606"""


def inspect(graph: CatalogGraph) -> Iterator[Remark]:
    """Yield what the profiles and their conventions mind."""
    for requirement in REQUIREMENTS:
        yield from _missing(graph, requirement)
    for listed in _LISTS:
        for node, value in _unlisted(graph, listed):
            yield _not_listed(listed, node, value, _PROFILES)
    yield from _places(graph)
    for listed in _CONVENTIONS:
        for node, value in _unlisted(graph, listed):
            yield _not_listed(listed, node, value, _GOVDATA)
    yield from _contributors(graph)
    yield from _contacts(graph)
    yield from _insecure(graph)
    yield from _reserved(graph)


def _missing(graph: CatalogGraph, asked: Requirement) -> Iterator[Remark]:
    duties = {"data.europa.eu": asked.europe, "GovData": asked.germany}
    mandatory = tuple(portal for portal in _PROFILES if duties[portal] == "M")
    recommended = tuple(portal for portal in _PROFILES if duties[portal] == "R")
    class_, path = curie(asked.class_), " / ".join(map(curie, asked.properties))
    for node in graph.nodes(asked.class_):
        if graph.values(node, *asked.properties):
            continue
        if mandatory:
            words = {
                "de": f"{class_}: {path} ist Pflicht und fehlt.",
                "en": f"{class_}: {path} is mandatory and missing.",
            }
            yield Remark("mandatory", "violation", mandatory, node, path, None, words)
        # What a list of others doesn't say, nobody here can add.
        if recommended and graph.own(node):
            words = {
                "de": f"{class_}: {path} ist empfohlen und fehlt.",
                "en": f"{class_}: {path} is recommended and missing.",
            }
            yield Remark("recommended", "info", recommended, node, path, None, words)


def _unlisted(graph: CatalogGraph, listed: Listed) -> Iterator[tuple[str, str]]:
    """Yield resource and value where a value isn't of its list."""
    for node in graph.nodes(listed.class_):
        for value in graph.values(node, listed.property_):
            if not (isinstance(value, NamedNode) and listed.scheme.lists(value.value)):
                yield node, value.value


def _not_listed(listed: Listed, node: str, value: str, portals: tuple[Portal, ...]) -> Remark:
    german, english = listed.scheme.title
    path = curie(listed.property_)
    words = {
        "de": f"{path} muss aus der Liste „{german}“ sein ({listed.scheme.iri}).",
        "en": f"{path} has to be of the list “{english}” ({listed.scheme.iri}).",
    }
    layer: Layer = "vocabulary" if portals == _PROFILES else "delivery"
    return Remark(layer, "violation", portals, node, path, value, words)


def _places(graph: CatalogGraph) -> Iterator[Remark]:
    path = curie(DCTERMS.spatial)
    words = {
        "de": f"{path} braucht einen Ort aus den Listen der EU oder GeoNames.",
        "en": f"{path} needs a place of the EU’s lists or GeoNames.",
    }
    for class_ in (DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries):
        for node in graph.nodes(class_):
            values = [value.value for value in graph.values(node, DCTERMS.spatial)]
            if values and not any(value.startswith(_PLACES) for value in values):
                keyed = any(value.startswith(KEYS) for value in values)
                portals = _EUROPE if keyed else _PROFILES
                yield Remark("vocabulary", "warning", portals, node, path, values[0], words)


def _contributors(graph: CatalogGraph) -> Iterator[Remark]:
    path = curie(DCATDE.contributorID)
    words = {
        "de": "Noch keine Datenbereitsteller-ID. GovData vergibt sie bei der Anmeldung; tragen "
        "Sie sie in publication.yaml unter `contributor` ein.",
        "en": "No contributor ID yet. GovData assigns it when you register; state it in "
        "publication.yaml as `contributor`.",
    }
    condition = {
        "de": "die Datenbereitsteller-ID eingetragen ist",
        "en": "the contributor ID is stated",
    }
    for node in graph.nodes(DCAT.Dataset):
        if not graph.values(node, DCATDE.contributorID):
            yield Remark(
                "delivery", "warning", _GOVDATA, node, path, None, words, condition=condition
            )


def _contacts(graph: CatalogGraph) -> Iterator[Remark]:
    """Yield the contact points that can't be contacted (K01 of the conventions)."""
    path = f"{curie(VCARD.hasEmail)} / {curie(VCARD.hasURL)}"
    words = {
        "de": "Die Kontaktstelle braucht eine E-Mail-Adresse oder eine Webadresse.",
        "en": "The contact point needs a mail address or a web address.",
    }
    for node in graph.nodes(VCARD.Kind):
        if not graph.values(node, VCARD.hasEmail, VCARD.hasURL):
            yield Remark("delivery", "violation", _GOVDATA, node, path, None, words)


def _insecure(graph: CatalogGraph) -> Iterator[Remark]:
    words = {
        "de": "Die Adresse ist nicht verschlüsselt (https).",
        "en": "The address isn’t encrypted (https).",
    }
    asked = (
        (DCAT.Distribution, DCAT.accessURL),
        (DCAT.Distribution, DCAT.downloadURL),
        (DCAT.DataService, DCAT.endpointURL),
    )
    for class_, property_ in asked:
        for node in graph.nodes(class_):
            for value in graph.values(node, property_):
                if not value.value.startswith("https://"):
                    path = curie(property_)
                    yield Remark("delivery", "warning", PORTALS, node, path, value.value, words)


def _reserved(graph: CatalogGraph) -> Iterator[Remark]:
    host = urlsplit(graph.base).hostname or ""
    if not any(host == name or host.endswith(f".{name}") for name in _RESERVED):
        return
    words = {
        "de": "Unter dieser Adresse erreicht niemand die Daten. Setzen Sie in publication.yaml "
        "bei `base_iri` Ihre eigene ein.",
        "en": "Nobody reaches the data at this address. Put your own into publication.yaml as "
        "`base_iri`.",
    }
    condition = {"de": "die Adresse Ihre eigene ist", "en": "the address is your own"}
    yield Remark("delivery", "warning", PORTALS, graph.base, "", None, words, condition=condition)
