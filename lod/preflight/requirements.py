"""What DCAT-AP 3.0.1 and DCAT-AP.de 3.0 ask of each class, as one table.

Spec: https://semiceu.github.io/DCAT-AP/releases/3.0.1/#quick-reference,
https://www.dcat-ap.de/def/dcatde/3.0/spec/#klassen
"""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode

from lod.vocab import (
    DCAT,
    DCATAP,
    DCATDE,
    DCTERMS,
    FOAF,
    SKOS,
    SPDX,
    VCARD,
)


class Requirement(NamedTuple):
    """A property that a class has.

    Attributes:
        class_: of the resource.
        properties: one of them is enough.
        europe: duty in DCAT-AP: ``M`` mandatory, ``R`` recommended, or empty.
        germany: duty in DCAT-AP.de, likewise.
    """

    class_: NamedNode
    properties: tuple[NamedNode, ...]
    europe: str
    germany: str


def _of(
    class_: NamedNode, *rows: tuple[str, NamedNode | tuple[NamedNode, ...]]
) -> tuple[Requirement, ...]:
    """Return rows of a class; each starts with the two duties, ``-`` for none."""
    return tuple(
        Requirement(
            class_,
            found if isinstance(found, tuple) else (found,),
            duties[0].strip("-"),
            duties[1].strip("-"),
        )
        for duties, found in rows
    )


REQUIREMENTS: tuple[Requirement, ...] = (
    *_of(
        DCAT.Catalog,
        ("MM", DCTERMS.title),
        ("MM", DCTERMS.description),
        ("MM", DCTERMS.publisher),
        ("RR", DCAT.dataset),
        ("R-", DCAT.service),
        ("RR", DCTERMS.spatial),
        ("RR", FOAF.homepage),
        ("RR", DCTERMS.language),
        ("RR", DCTERMS.license),
        ("RR", DCTERMS.issued),
        ("RR", DCTERMS.modified),
        ("RR", DCAT.themeTaxonomy),
        ("-R", DCATAP.availability),
    ),
    *_of(
        DCAT.Dataset,
        ("MM", DCTERMS.title),
        ("MM", DCTERMS.description),
        ("RM", DCTERMS.publisher),
        ("RR", DCAT.contactPoint),
        ("RR", DCAT.distribution),
        ("RR", DCTERMS.spatial),
        ("RR", DCAT.keyword),
        ("RR", DCTERMS.temporal),
        ("RR", DCAT.theme),
        ("-R", DCATDE.politicalGeocodingLevelURI),
        ("-R", DCATAP.availability),
    ),
    *_of(
        DCAT.Distribution,
        ("MM", DCAT.accessURL),
        ("RM", DCTERMS.license),
        ("RR", DCATAP.availability),
        ("R-", DCTERMS.description),
        ("RR", DCTERMS.format),
        ("-R", DCTERMS.title),
        ("-R", DCTERMS.modified),
    ),
    *_of(
        DCAT.DataService,
        ("MM", DCAT.endpointURL),
        ("MM", DCTERMS.title),
        ("RM", DCTERMS.publisher),
        ("R-", DCTERMS.conformsTo),
        ("R-", DCAT.contactPoint),
        ("RR", DCAT.endpointDescription),
        ("R-", DCAT.keyword),
        ("RR", DCAT.servesDataset),
        ("R-", DCAT.theme),
        ("-R", DCATAP.availability),
    ),
    *_of(
        DCAT.DatasetSeries,
        ("MM", DCTERMS.title),
        ("MM", DCTERMS.description),
        ("RM", DCTERMS.publisher),
        ("RR", DCAT.contactPoint),
        ("RR", DCTERMS.spatial),
        ("-R", DCTERMS.temporal),
    ),
    *_of(FOAF.Agent, ("MM", FOAF.name), ("R-", DCTERMS.type)),
    *_of(VCARD.Kind, ("-R", VCARD.fn)),
    *_of(SPDX.Checksum, ("MM", SPDX.algorithm), ("MM", SPDX.checksumValue)),
    *_of(DCTERMS.Location, ("RR", (DCAT.bbox, DCAT.centroid))),
    *_of(DCTERMS.PeriodOfTime, ("RM", (DCAT.startDate, DCAT.endDate))),
    *_of(SKOS.Concept, ("MM", SKOS.prefLabel)),
    *_of(SKOS.ConceptScheme, ("MM", DCTERMS.title)),
    *_of(DCTERMS.LicenseDocument, ("R-", DCTERMS.type)),
    *_of(DCAT.CatalogRecord, ("MM", DCTERMS.modified), ("MM", FOAF.primaryTopic)),
)
