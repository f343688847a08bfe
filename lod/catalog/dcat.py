"""A release as DCAT-AP.de has it: catalog, datasets, their series, distributions and services.

Spec: https://www.w3.org/TR/vocab-dcat-3/, https://semiceu.github.io/DCAT-AP/releases/3.0.1/,
https://www.dcat-ap.de/def/dcatde/3.0/spec/
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from lod.catalog import controlled as terms
from lod.catalog.distributions import available, dated, distributions, spoken
from lod.catalog.facts import ALL
from lod.catalog.model import Edition
from lod.catalog.services import Service
from lod.catalog.wording import EDITIONS, SERIES, Words, compose
from lod.mapping.rules import date_literal, text
from lod.vocab import (
    DCAT,
    DCATDE,
    DCTERMS,
    FOAF,
    GEO,
    PROV,
    RDF,
    SCHEMA,
    SKOS,
    VCARD,
    VOID,
)


class Catalog(Edition):
    """The catalog of a release."""

    def triples(self) -> list[Triple]:
        """Return the catalog and all it links to, with words for each controlled term."""
        stated = [*self._stated(), *self.recorded]
        return [*stated, *terms.described(stated)]

    def _stated(self) -> Iterator[Triple]:
        yield from self._catalog()
        yield from self._publisher()
        yield from self._contact()
        yield from self._areas()
        for dataset in self.datasets:
            yield from self._dataset(dataset)
        yield from self._series()
        for service in self.services:
            yield from self._service(service)
        if self.publication.contributor:
            contributor = NamedNode(self.publication.contributor)
            for node in {t.subject for t in self.recorded if t.object == DCAT.Dataset}:
                yield Triple(node, DCATDE.contributorID, contributor)

    def _catalog(self) -> Iterator[Triple]:
        catalog = self.node()
        yield Triple(catalog, RDF.type, DCAT.Catalog)
        yield from self._named(catalog, self.publication.title, self.publication.description)
        yield from dated(self, catalog)
        yield from spoken(self, catalog)
        yield from self._spatial(catalog)
        yield Triple(catalog, DCTERMS.license, NamedNode(self.publication.licence))
        yield Triple(catalog, FOAF.homepage, NamedNode(self.space.base))
        yield Triple(catalog, DCAT.themeTaxonomy, NamedNode(terms.THEME.iri))
        yield Triple(NamedNode(terms.THEME.iri), RDF.type, SKOS.ConceptScheme)
        yield available(self, catalog)
        for dataset in self.datasets:
            yield Triple(catalog, DCAT.dataset, self.node(dataset))
        for triple in self.recorded:
            if triple.object == DCAT.Dataset:
                yield Triple(catalog, DCAT.dataset, triple.subject)
        for service in self.services:
            yield Triple(catalog, DCAT.service, self.node(f"service-{service.name}"))

    def _named(self, node: NamedNode, title: Words, description: Words) -> Iterator[Triple]:
        yield from text(DCTERMS.title).triples(node, title)
        yield from text(DCTERMS.description).triples(node, description)
        yield Triple(node, DCTERMS.publisher, self.node("publisher"))

    def _spatial(self, node: NamedNode) -> Iterator[Triple]:
        for area in self.areas:
            yield Triple(node, DCTERMS.spatial, NamedNode(area.iri))

    def _areas(self) -> Iterator[Triple]:
        for area in self.areas:
            node = NamedNode(area.iri)
            yield Triple(node, RDF.type, DCTERMS.Location)
            yield from text(SKOS.prefLabel).triples(node, area.name)
            if area.box is not None:
                west, south = area.box.west, area.box.south
                east, north = area.box.east, area.box.north
                corners = ((west, south), (east, south), (east, north), (west, north))
                ring = ", ".join(f"{x} {y}" for x, y in (*corners, corners[0]))
                middle = f"POINT({(west + east) / 2} {(south + north) / 2})"
                yield Triple(node, DCAT.bbox, _wkt(f"POLYGON(({ring}))"))
                yield Triple(node, DCAT.centroid, _wkt(middle))

    def _publisher(self) -> Iterator[Triple]:
        publisher, body = self.node("publisher"), self.publication.publisher
        yield Triple(publisher, RDF.type, FOAF.Agent)
        yield Triple(publisher, RDF.type, SCHEMA.Organization)
        yield from text(FOAF.name, SCHEMA.name).triples(publisher, body.name)
        if body.homepage:
            yield Triple(publisher, FOAF.homepage, NamedNode(body.homepage))
        if body.type:
            yield Triple(publisher, DCTERMS.type, terms.listed(terms.PUBLISHER, body.type))

    def _contact(self) -> Iterator[Triple]:
        contact, office = self.node("contact"), self.publication.contact
        yield Triple(contact, RDF.type, VCARD.Organization)
        yield Triple(contact, RDF.type, VCARD.Kind)
        name = office.name.get("de") or next(iter(office.name.values()))
        yield Triple(contact, VCARD.fn, Literal(name))
        if office.email:
            yield Triple(contact, VCARD.hasEmail, NamedNode(f"mailto:{office.email}"))
        if office.page:
            yield Triple(contact, VCARD.hasURL, NamedNode(office.page))

    def _dataset(self, dataset: str) -> Iterator[Triple]:
        node = self.node(dataset)
        for class_ in (DCAT.Dataset, VOID.Dataset, SCHEMA.Dataset):
            yield Triple(node, RDF.type, class_)
        title, description = self.title(dataset), self.description(dataset)
        yield from self._named(node, title, description)
        yield from text(SCHEMA.name).triples(node, title)
        yield from text(SCHEMA.description).triples(node, description)
        yield from dated(self, node)
        yield from spoken(self, node)
        yield from self._spatial(node)
        yield from self._subject(node, dataset)
        yield from self._terms_of(node)
        yield from self._parts(node, dataset)
        yield from distributions(self, dataset)

    def _subject(self, node: NamedNode, dataset: str) -> Iterator[Triple]:
        """Yield what a dataset is about."""
        for theme in self.publication.themes:
            yield Triple(node, DCAT.theme, terms.listed(terms.THEME, theme))
        for keyword in self.keywords(dataset):
            yield from text(DCAT.keyword).triples(node, keyword)
        yield from self._temporal(node, dataset)
        level = terms.listed(terms.LEVEL, self.publication.level)
        yield Triple(node, DCATDE.politicalGeocodingLevelURI, level)

    def _temporal(self, node: NamedNode, dataset: str) -> Iterator[Triple]:
        period = self.node(f"period-{dataset}")
        start, end = self.period(dataset)
        yield Triple(node, DCTERMS.temporal, period)
        yield Triple(period, RDF.type, DCTERMS.PeriodOfTime)
        yield Triple(period, DCAT.startDate, date_literal(start))
        yield Triple(period, DCAT.endDate, date_literal(end))

    def _terms_of(self, node: NamedNode) -> Iterator[Triple]:
        """Yield on what terms a dataset is had."""
        publication = self.publication
        yield Triple(node, DCTERMS.license, NamedNode(publication.licence))
        yield Triple(node, SCHEMA.license, NamedNode(publication.licence))
        access = terms.listed(terms.ACCESS, publication.access)
        yield Triple(node, DCTERMS.accessRights, access)
        frequency = terms.listed(terms.FREQUENCY, publication.frequency)
        yield Triple(node, DCTERMS.accrualPeriodicity, frequency)
        yield available(self, node)
        yield Triple(node, DCAT.contactPoint, self.node("contact"))
        yield Triple(node, DCAT.version, Literal(self.version))
        yield Triple(node, SCHEMA.version, Literal(self.version))
        yield Triple(node, DCTERMS.identifier, Literal(node.value))
        yield Triple(node, DCAT.landingPage, NamedNode(self.space.base))
        if publication.contributor:
            yield Triple(node, DCATDE.contributorID, NamedNode(publication.contributor))

    def _parts(self, node: NamedNode, dataset: str) -> Iterator[Triple]:
        if dataset != ALL:
            yield Triple(self.node(ALL), DCTERMS.hasPart, node)
            yield Triple(node, DCTERMS.isPartOf, self.node(ALL))
            return
        yield Triple(node, DCAT.inSeries, self.node("series"))
        for attribution in self.publication.attributions:
            yield Triple(node, PROV.wasDerivedFrom, self.space.thing(attribution.source))

    def _series(self) -> Iterator[Triple]:
        """Yield the series of the editions; only the present one is known to a release."""
        series = self.node("series")
        yield Triple(series, RDF.type, DCAT.DatasetSeries)
        title = compose(EDITIONS, self.publication.title)
        description = compose(SERIES, self.publication.description)
        yield from self._named(series, title, description)
        yield from dated(self, series)
        yield from self._spatial(series)
        yield from self._temporal(series, ALL)
        frequency = terms.listed(terms.FREQUENCY, self.publication.frequency)
        yield Triple(series, DCTERMS.accrualPeriodicity, frequency)
        yield Triple(series, DCAT.contactPoint, self.node("contact"))

    def _service(self, service: Service) -> Iterator[Triple]:
        node, base = self.node(f"service-{service.name}"), self.space.base
        yield Triple(node, RDF.type, DCAT.DataService)
        yield from self._named(node, dict(service.titles), dict(service.descriptions))
        yield Triple(node, DCAT.endpointURL, NamedNode(f"{base}{service.path}"))
        description = NamedNode(f"{base}{service.description}")
        yield Triple(node, DCAT.endpointDescription, description)
        for address, title in service.standards:
            yield Triple(node, DCTERMS.conformsTo, NamedNode(address))
            yield Triple(NamedNode(address), DCTERMS.title, Literal(title, language="en"))
        for code in service.file_types:
            yield Triple(node, DCTERMS.format, terms.listed(terms.FILE_TYPE, code))
        for theme in self.publication.themes:
            yield Triple(node, DCAT.theme, terms.listed(terms.THEME, theme))
        yield from text(DCAT.keyword).triples(node, dict(service.keywords))
        yield Triple(node, DCAT.contactPoint, self.node("contact"))
        yield Triple(node, DCTERMS.license, NamedNode(self.publication.licence))
        access = terms.listed(terms.ACCESS, self.publication.access)
        yield Triple(node, DCTERMS.accessRights, access)
        yield available(self, node)
        for dataset in self.datasets:
            yield Triple(node, DCAT.servesDataset, self.node(dataset))


def _wkt(text: str) -> Literal:
    return Literal(text, datatype=GEO.wktLiteral)
