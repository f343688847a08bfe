"""How IRIs of others are shown: by words or the identifier in them, or by their host and path."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from babel import Locale
from babel.core import get_global

from lod.catalog.controlled import scheme_of

_KEYS = "http://dcat-ap.de/def/politicalGeocoding/"
_EU = "http://publications.europa.eu/resource/authority/"
_COUNTRIES = f"{_EU}country/"
_LONGEST = 60


class Shown(NamedTuple):
    """An IRI as pages show it.

    Attributes:
        scheme: what kind of identifier it holds; empty of a plain address.
        words: the identifier, or the address without what goes without saying.
    """

    scheme: str
    words: str


_SCHEMES = (
    ("http://www.wikidata.org/entity/", "Wikidata"),
    ("https://d-nb.info/gnd/", "GND"),
    ("https://sws.geonames.org/", "GeoNames"),
    (f"{_KEYS}municipalityKey/", "dcat-ap.de, AGS"),
    (f"{_KEYS}regionalKey/", "dcat-ap.de, ARS"),
    (f"{_KEYS}municipalAssociationKey/", "dcat-ap.de, Gemeindeverband"),
    (f"{_KEYS}districtKey/", "dcat-ap.de, Kreis"),
    (f"{_KEYS}stateKey/", "dcat-ap.de, Land"),
    ("https://spdx.org/licenses/", "SPDX"),
    ("http://dcat-ap.de/def/licenses/", "dcat-ap.de"),
    (f"{_EU}file-type/", "EU"),
    (f"{_EU}language/", "EU"),
    (_COUNTRIES, "EU"),
    (f"{_EU}data-theme/", "EU"),
    (f"{_EU}frequency/", "EU"),
    (f"{_EU}access-right/", "EU"),
    (f"{_EU}planned-availability/", "EU"),
    (f"{_EU}distribution-status/", "EU"),
    (f"{_KEYS}Level/", "dcat-ap.de"),
    ("https://www.iana.org/assignments/media-types/", "IANA"),
)


def shown(iri: str, language: str) -> Shown:
    """Return how a foreign IRI is shown.

    >>> shown("http://www.wikidata.org/entity/Q3150", "de")
    Shown(scheme='Wikidata', words='Q3150')
    >>> shown("http://dcat-ap.de/def/politicalGeocoding/Level/federal", "de")
    Shown(scheme='dcat-ap.de', words='Bund')
    >>> shown("http://publications.europa.eu/resource/authority/country/DEU", "en")
    Shown(scheme='EU', words='Germany')
    >>> shown("https://www.kgst.de/", "de")
    Shown(scheme='', words='kgst.de')
    """
    for start, scheme in _SCHEMES:
        if iri.startswith(start) and len(iri) > len(start):
            code = iri[len(start) :].rstrip("/")
            return Shown(scheme, _label(iri, language) or _country(start, code, language) or code)
    return Shown("", _address(iri))


def _label(iri: str, language: str) -> str:
    """Return what a term of a controlled vocabulary is called; empty where we have no words."""
    scheme = scheme_of(iri)
    words = scheme.labels.get(iri.removeprefix(scheme.prefix)) if scheme else None
    return words[language != "de"] if words else ""


def _country(start: str, code: str, language: str) -> str:
    """Return the name of a country of the EU's list, which has codes of three letters."""
    short = get_global("territory_aliases").get(code, []) if start == _COUNTRIES else []
    return Locale(language).territories.get(short[0], "") if short else ""


def host(iri: str) -> str:
    """Return the host of an address, without ``www.``."""
    try:
        return (urlsplit(iri).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _address(iri: str) -> str:
    words = iri.partition("://")[2] or iri.removeprefix("mailto:")
    words = unquote(words.removeprefix("www.").rstrip("/"))
    if len(words) <= _LONGEST:
        return words
    half = _LONGEST // 2
    return f"{words[:half]}…{words[1 - half :]}"
