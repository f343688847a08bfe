"""Datasets, in DCAT-AP.de and schema.org."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from lod.formats.order import middle
from lod.iri import Space, unused
from lod.mapping.common import described
from lod.mapping.rules import (
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
    part,
    parts,
    plain,
    text,
    typed,
)
from lod.records.dataset import Dataset, Office
from lod.vocab import (
    ADMS,
    DCAT,
    DCATAP,
    DCATDE,
    DCTERMS,
    EU_AUTHORITY,
    SCHEMA,
    VCARD,
    XSD,
)

IANA = "https://www.iana.org/assignments/media-types/"
LEVELS = "http://dcat-ap.de/def/politicalGeocoding/Level/"
CATALOG = "catalog"
"""The path of the publication's catalog under its base."""


def dataset(space: Space) -> Mapped:
    """Return what a dataset becomes.

    Spec: https://www.dcat-ap.de/def/dcatde/3.0/spec/
    """
    file = Mapped(always(DCAT.Distribution, SCHEMA.DataDownload), _file_rules())
    rules = {
        **described(space),
        "name": text(SCHEMA.name, DCTERMS.title),
        "description": text(SCHEMA.description, DCTERMS.description),
        "homepage": address(SCHEMA.url, DCAT.landingPage),
        "publisher": link(space.agent, DCTERMS.publisher, SCHEMA.publisher, SCHEMA.creator),
        "licence": _LICENCE,
        "attribution": both(text(SCHEMA.creditText), elsewhere(DCATDE.licenseAttributionByText)),
        "themes": each(address(DCAT.theme, start=f"{EU_AUTHORITY}data-theme/")),
        "keywords": each(text(DCAT.keyword, SCHEMA.keywords)),
        "places": each(link(space.thing, DCTERMS.spatial, SCHEMA.spatialCoverage)),
        "issued": both(date(DCTERMS.issued), date(SCHEMA.datePublished)),
        "modified": both(date(DCTERMS.modified), date(SCHEMA.dateModified)),
        # `more` writes the period, because both ends are of one part.
        "start": elsewhere(DCAT.startDate, SCHEMA.temporalCoverage, values="literal"),
        "end": elsewhere(DCAT.endDate, SCHEMA.temporalCoverage, values="literal"),
        "files": parts("file", lambda one: "1", file, DCAT.distribution, SCHEMA.distribution),
        "contact": Rule({DCAT.contactPoint: "id"}, _contact, _OFFICE),
        "areas": each(address(DCTERMS.spatial, SCHEMA.spatialCoverage)),
        "level": address(DCATDE.politicalGeocodingLevelURI, start=LEVELS),
        "frequency": address(DCTERMS.accrualPeriodicity, start=f"{EU_AUTHORITY}frequency/"),
        "availability": _availability(),
        "access": both(
            address(DCTERMS.accessRights, start=f"{EU_AUTHORITY}access-right/"),
            Rule({SCHEMA.isAccessibleForFree: "literal"}, _free),
        ),
    }

    catalog = address(SCHEMA.includedInDataCatalog)

    def more(subject: str, record: Dataset) -> Iterator[str]:
        yield from _IDENTIFIER.lines(subject, subject)
        yield from catalog.lines(subject, f"{space.base}{CATALOG}")
        yield from _period(subject, record)
        yield from _inherited(subject, record)

    return Mapped(always(DCAT.Dataset, SCHEMA.Dataset), rules, more)


def _file_rules() -> dict[str, Rule]:
    return {
        "address": address(DCAT.accessURL),
        "download": address(DCAT.downloadURL, SCHEMA.contentUrl),
        "title": text(DCTERMS.title, SCHEMA.name),
        "description": text(DCTERMS.description, SCHEMA.description),
        "format": address(DCTERMS.format, start=f"{EU_AUTHORITY}file-type/"),
        "media_type": both(address(DCAT.mediaType, start=IANA), plain(SCHEMA.encodingFormat)),
        "size": plain(DCAT.byteSize, XSD.nonNegativeInteger),
        "licence": _LICENCE,
        "issued": both(date(DCTERMS.issued), date(SCHEMA.datePublished)),
        "modified": both(date(DCTERMS.modified), date(SCHEMA.dateModified)),
        "availability": _availability(),
        "status": address(ADMS.status, start=f"{EU_AUTHORITY}distribution-status/"),
    }


def _availability() -> Rule:
    return address(DCATAP.availability, start=f"{EU_AUTHORITY}planned-availability/")


_LICENCE = address(DCTERMS.license, SCHEMA.license)
_IDENTIFIER = both(plain(DCTERMS.identifier), plain(SCHEMA.identifier))
_OFFICE = {
    "name": elsewhere(VCARD.fn, values="literal"),
    "email": address(VCARD.hasEmail, start="mailto:"),
    "page": address(VCARD.hasURL),
}


def _contact(subject: str, office: Office) -> Iterator[str]:
    node = part(subject, "contact")
    yield f"{subject}{middle(DCAT.contactPoint)}{named(node)}"
    yield node + typed(VCARD.Kind)
    yield node + typed(VCARD.Organization)
    # A card has one formatted name (K01 of the conventions), so German goes first.
    name = office.name.get("de") or next(iter(office.name.values()))
    yield from plain(VCARD.fn).lines(node, name)
    for field in ("email", "page"):
        value = getattr(office, field)
        if value is not None:
            yield from _OFFICE[field].lines(node, value)


def _free(subject: str, access: str) -> Iterator[str]:
    if access == "PUBLIC":
        yield from plain(SCHEMA.isAccessibleForFree, XSD.boolean).lines(subject, "true")


def _period(subject: str, record: Dataset) -> Iterator[str]:
    """Yield the time that the data are about, as one part with both its ends."""
    if record.start is None and record.end is None:
        return
    node = part(subject, "period")
    yield f"{subject}{middle(DCTERMS.temporal)}{named(node)}"
    yield node + typed(DCTERMS.PeriodOfTime)
    for predicate, value in ((DCAT.startDate, record.start), (DCAT.endDate, record.end)):
        if value is not None:
            yield from date(predicate).lines(node, value)
    covered = f"{record.start or '..'}/{record.end or '..'}"
    yield from plain(SCHEMA.temporalCoverage).lines(subject, covered)


def _inherited(subject: str, record: Dataset) -> Iterator[str]:
    """Yield what files have from their dataset: portals read licences off the files alone."""
    for node, file in zip(_nodes(subject), record.files, strict=False):
        if file.licence is None and record.licence is not None:
            yield from _LICENCE.lines(node, record.licence)
        if record.attribution is not None:
            yield from text(DCATDE.licenseAttributionByText).lines(node, record.attribution)
        # schema.org's format of a file without a media type
        if file.media_type is None and file.format is not None:
            yield from plain(SCHEMA.encodingFormat).lines(node, file.format)


def _nodes(subject: str) -> Iterator[str]:
    """Yield the parts that files become, in their order."""
    taken: set[str] = set()
    return (part(subject, "file", unused("1", taken)) for _ in count())
