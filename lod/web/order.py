"""Which facts are read first on pages of a kind; the others follow by their labels."""

from __future__ import annotations

from pyoxigraph import NamedNode

from lod.iri import Space
from lod.vocab import DC, DCAT, DCTERMS, GEO, ORG, SCHEMA, SKOS


def read_first(space: Space, kind: str) -> list[NamedNode]:
    """Return the properties that readers of a kind want first, in their order."""
    always = [SCHEMA.alternateName, SKOS.altLabel, DCTERMS.type]
    return always + _OF_KIND.get(kind, _others)(space)


def _software(space: Space) -> list[NamedNode]:
    """What a town must know before it reuses software."""
    return [
        SCHEMA.license,
        SCHEMA.copyrightNotice,
        SCHEMA.codeRepository,
        SCHEMA.creativeWorkStatus,
        SCHEMA.publisher,
        SCHEMA.programmingLanguage,
        SCHEMA.isBasedOn,
        space.term("fundedUnder"),
    ]


def _dataset(_space: Space) -> list[NamedNode]:
    return [
        SCHEMA.publisher,
        SCHEMA.license,
        SCHEMA.creditText,
        DCTERMS.accessRights,
        SCHEMA.spatialCoverage,
        DCTERMS.temporal,
        SCHEMA.datePublished,
        SCHEMA.dateModified,
        DCTERMS.accrualPeriodicity,
        DCAT.theme,
        SCHEMA.keywords,
    ]


def _event(space: Space) -> list[NamedNode]:
    return [
        SCHEMA.startDate,
        space.term("statedTime"),
        SCHEMA.endDate,
        SCHEMA.location,
        SCHEMA.organizer,
        DCTERMS.isPartOf,
    ]


def _source(space: Space) -> list[NamedNode]:
    return [
        SCHEMA.url,
        DC.publisher,
        SCHEMA.datePublished,
        space.term("accessed"),
        SCHEMA.inLanguage,
        DCTERMS.license,
        SCHEMA.creditText,
    ]


def _topic(_space: Space) -> list[NamedNode]:
    return [SKOS.broader, SKOS.inScheme]


def _membership(space: Space) -> list[NamedNode]:
    return [
        ORG.member,
        SCHEMA.roleName,
        ORG.role,
        ORG.organization,
        space.term("onBehalfOf"),
        SCHEMA.startDate,
        SCHEMA.endDate,
    ]


def _others(space: Space) -> list[NamedNode]:
    return [
        SCHEMA.containedInPlace,
        space.term("population"),
        space.term("fundedUnder"),
        DCTERMS.isPartOf,
        SCHEMA.parentOrganization,
        ORG.purpose,
        SCHEMA.founder,
        SCHEMA.startDate,
        SCHEMA.endDate,
        SCHEMA.location,
        space.term("lead"),
        SCHEMA.member,
        SCHEMA.funder,
        GEO.hasMetricArea,
        SCHEMA.geo,
    ]


_OF_KIND = {
    "software": _software,
    "dataset": _dataset,
    "event": _event,
    "source": _source,
    "topic": _topic,
    "membership": _membership,
}
