"""What properties are called on pages, read forwards and backwards, in German and English."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode

from lod.formats import Style
from lod.terms import TERMS
from lod.vocab import (
    ADMS,
    DC,
    DCAT,
    DCATAP,
    DCATDE,
    DCTERMS,
    FOAF,
    GEO,
    LOCN,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    SPDX,
    VANN,
    VCARD,
    VOID,
)


class Label(NamedTuple):
    """What a property is called.

    Attributes:
        de: from the subject to the object, in German.
        en: the same in English.
        de_inverse: from the object to the subjects, as a heading; empty of literals' properties.
        en_inverse: the same in English.
    """

    de: str
    en: str
    de_inverse: str = ""
    en_inverse: str = ""


FOREIGN: dict[NamedNode, Label] = {
    RDF.type: Label("Klasse", "class", "Instanzen", "instances"),
    SCHEMA.name: Label("Name", "name"),
    SCHEMA.alternateName: Label("auch", "also known as"),
    SCHEMA.description: Label("Beschreibung", "description"),
    SCHEMA.containedInPlace: Label("liegt in", "located in", "Umfasst", "Contains"),
    SCHEMA.areaServed: Label("zuständig für", "serves", "Zuständig", "Served by"),
    SCHEMA.geo: Label("Lage", "position"),
    SCHEMA.latitude: Label("Breite", "latitude"),
    SCHEMA.longitude: Label("Länge", "longitude"),
    SCHEMA.url: Label("Website", "website"),
    SCHEMA.location: Label("Ort", "place", "Hier ansässig oder vor Ort", "Located here"),
    SCHEMA.founder: Label("initiiert von", "initiated by", "Hat initiiert", "Initiated"),
    SCHEMA.foundingDate: Label("gegründet", "founded"),
    SCHEMA.dissolutionDate: Label("aufgelöst", "dissolved"),
    SCHEMA.member: Label("Mitglieder und Partner", "members and partners",
                         "Mitglied oder Partner bei", "Member or partner of"),
    SCHEMA.memberOf: Label("Mitglied bei", "member of", "Mitglieder", "Members"),
    SCHEMA.parentOrganization: Label("Teil von", "part of",
                                     "Untergeordnete Organisationen", "Sub-organisations"),
    SCHEMA.funder: Label("gefördert von", "funded by", "Fördert", "Funds"),
    SCHEMA.organizer: Label("veranstaltet von", "organised by", "Veranstaltet", "Organises"),
    SCHEMA.publisher: Label("veröffentlicht von", "published by", "Veröffentlicht", "Publishes"),
    SCHEMA.creator: Label("erstellt von", "created by", "Hat erstellt", "Created"),
    SCHEMA.agent: Label("handelt", "agent", "Handelt in", "Acts in"),
    SCHEMA.potentialAction: Label("Nutzung", "use", "Nutzung von", "Use of"),
    SCHEMA.isBasedOn: Label("baut auf", "builds on", "Grundlage für", "Basis of"),
    SCHEMA.codeRepository: Label("Quelltext", "source code"),
    SCHEMA.license: Label("Lizenz", "licence"),
    SCHEMA.copyrightNotice: Label("zur Lizenz", "on the licence"),
    SCHEMA.programmingLanguage: Label("Programmiersprache", "programming language"),
    SCHEMA.creativeWorkStatus: Label("Entwicklungsstand", "development status"),
    SCHEMA.creditText: Label("Namensnennung", "attribution"),
    SCHEMA.keywords: Label("Schlagwörter", "keywords"),
    SCHEMA.inLanguage: Label("Sprache", "language"),
    SCHEMA.spatialCoverage: Label("Raumbezug", "place covered",
                                  "Datensätze über diesen Ort", "Datasets about this place"),
    SCHEMA.temporalCoverage: Label("Zeitraum", "period"),
    SCHEMA.isAccessibleForFree: Label("kostenlos zugänglich", "accessible for free"),
    SCHEMA.includedInDataCatalog: Label("im Katalog", "in catalog", "Katalog von", "Catalog of"),
    SCHEMA.identifier: Label("Kennung", "identifier"),
    SCHEMA.encodingFormat: Label("Format", "format"),
    SCHEMA.distribution: Label("Datei", "file", "Datei von", "File of"),
    SCHEMA.contentUrl: Label("Download", "download"),
    SCHEMA.startDate: Label("Beginn", "start"),
    SCHEMA.endDate: Label("Ende", "end"),
    SCHEMA.datePublished: Label("veröffentlicht am", "published on"),
    SCHEMA.dateModified: Label("geändert am", "modified on"),
    SCHEMA.version: Label("Version", "version"),
    SCHEMA.roleName: Label("Bezeichnung", "title of the role"),
    SCHEMA.value: Label("Wert", "value"),
    SCHEMA.minValue: Label("mindestens", "at least"),
    SCHEMA.maxValue: Label("höchstens", "at most"),
    SCHEMA.currency: Label("Währung", "currency"),
    SCHEMA.unitText: Label("Einheit", "unit"),
    SCHEMA.observationDate: Label("Stand", "as of"),
    SCHEMA.measuredProperty: Label("misst", "measures"),
    DCTERMS.type: Label("Art", "kind", "Von dieser Art", "Of this kind"),
    DCTERMS.subject: Label("Themen", "topics", "Zu diesem Thema", "On this topic"),
    DCTERMS.isPartOf: Label("Teil von", "part of", "Umfasst", "Parts"),
    DCTERMS.hasPart: Label("umfasst", "has part", "Teil von", "Part of"),
    DCTERMS.identifier: Label("Kürzel", "code"),
    DCTERMS.title: Label("Titel", "title"),
    DCTERMS.description: Label("Beschreibung", "description"),
    DCTERMS.publisher: Label("Herausgeber", "publisher", "Veröffentlicht", "Publishes"),
    DCTERMS.license: Label("Lizenz", "licence"),
    DCTERMS.format: Label("Format", "format"),
    DCTERMS.issued: Label("erschienen", "issued"),
    DCTERMS.modified: Label("geändert", "modified"),
    DCTERMS.language: Label("Sprache", "language"),
    DCTERMS.spatial: Label("Raumbezug", "place covered",
                           "Datensätze über diesen Ort", "Datasets about this place"),
    DCTERMS.temporal: Label("Zeitraum", "period", "Zeitraum von", "Period of"),
    DCTERMS.accessRights: Label("Zugang", "access"),
    DCTERMS.accrualPeriodicity: Label("Aktualisierung", "updated"),
    DC.publisher: Label("veröffentlicht von", "published by"),
    DCAT.accessURL: Label("Zugang", "access"),
    DCAT.downloadURL: Label("Download", "download"),
    DCAT.distribution: Label("Datei", "file", "Datei von", "File of"),
    DCAT.startDate: Label("Zeitraum ab", "period from"),
    DCAT.endDate: Label("Zeitraum bis", "period until"),
    DCAT.hadRole: Label("Rolle", "role", "Rolle bei", "Role in"),
    DCAT.keyword: Label("Schlagwörter", "keywords"),
    DCAT.landingPage: Label("Website", "website"),
    DCAT.theme: Label("EU-Themen", "EU themes"),
    DCAT.dataset: Label("Datensätze", "datasets", "Im Katalog", "In catalog"),
    DCAT.byteSize: Label("Größe in Bytes", "size in bytes"),
    DCAT.mediaType: Label("Medientyp", "media type"),
    DCAT.inSeries: Label("in der Reihe", "in series"),
    DCAT.contactPoint: Label("Kontakt", "contact", "Kontakt von", "Contact of"),
    DCATAP.availability: Label("Verfügbarkeit", "availability"),
    ADMS.status: Label("Stand", "status"),
    DCATDE.licenseAttributionByText: Label("Namensnennung", "attribution"),
    DCATDE.politicalGeocodingLevelURI: Label("Ebene", "level of government"),
    FOAF.name: Label("Name", "name"),
    FOAF.homepage: Label("Startseite", "homepage"),
    GEO.hasGeometry: Label("Geometrie", "geometry"),
    GEO.asWKT: Label("als WKT", "as WKT"),
    GEO.hasMetricArea: Label("Fläche", "area"),
    LOCN.geometry: Label("Geometrie", "geometry"),
    ORG.member: Label("Person", "person", "Rollen", "Roles"),
    ORG.organization: Label("bei", "in", "Personen", "People"),
    ORG.role: Label("Rolle", "role", "Wer diese Rolle hat", "Who has this role"),
    ORG.purpose: Label("Ziele", "aims"),
    ORG.subOrganizationOf: Label("Teil von", "part of",
                                 "Untergeordnete Organisationen", "Sub-organisations"),
    OWL.sameAs: Label("dasselbe wie", "same as"),
    PROV.agent: Label("beteiligt", "involved", "Beteiligt mit Rolle an", "Involved in a role in"),
    PROV.qualifiedAttribution: Label("Beteiligung", "involvement",
                                     "Beteiligung an", "Involvement in"),
    PROV.wasDerivedFrom: Label("Quellen", "sources", "Belegt Angaben zu", "Supports statements on"),
    RDFS.label: Label("Bezeichnung", "label"),
    RDFS.comment: Label("Erklärung", "definition"),
    RDFS.isDefinedBy: Label("definiert in", "defined by"),
    RDFS.subPropertyOf: Label("verfeinert", "refines"),
    RDFS.subClassOf: Label("Unterklasse von", "subclass of"),
    SKOS.prefLabel: Label("Name", "name"),
    SKOS.altLabel: Label("auch", "also known as"),
    SKOS.definition: Label("Definition", "definition"),
    SKOS.note: Label("Anmerkung", "note"),
    SKOS.notation: Label("Kürzel", "notation"),
    SKOS.broader: Label("Oberbegriff", "broader topic", "Unterbegriffe", "Narrower topics"),
    SKOS.inScheme: Label("Begriffsliste", "scheme", "Begriffe dieser Liste", "Concepts"),
    SKOS.topConceptOf: Label("oberster Begriff von", "top concept of",
                             "Oberste Begriffe", "Top concepts"),
    SKOS.exactMatch: Label("entspricht", "matches exactly"),
    SPDX.checksum: Label("Prüfsumme", "checksum"),
    SPDX.algorithm: Label("Verfahren", "algorithm"),
    SPDX.checksumValue: Label("Wert der Prüfsumme", "checksum value"),
    VANN.preferredNamespacePrefix: Label("Präfix", "prefix"),
    VANN.preferredNamespaceUri: Label("Namensraum", "namespace"),
    VCARD.fn: Label("Name", "name"),
    VCARD.hasEmail: Label("E-Mail", "e-mail"),
    VCARD.hasURL: Label("Kontaktseite", "contact page"),
    VOID.triples: Label("Tripel", "triples"),
    VOID.entities: Label("Einträge", "entities"),
    VOID.uriSpace: Label("IRI-Raum", "IRI space"),
    VOID.vocabulary: Label("Vokabulare", "vocabularies"),
    VOID.dataDump: Label("Gesamtabzug", "data dump"),
    VOID.classes: Label("Klassen", "classes"),
    VOID.properties: Label("Eigenschaften", "properties"),
    VOID.distinctSubjects: Label("Subjekte", "distinct subjects"),
}  # fmt: skip
"""The properties of other vocabularies that pages show."""

OWN_INVERSE: dict[str, tuple[str, str]] = {
    "administration": ("Verwaltung von", "Administration of"),
    "figure": ("Kennzahl von", "Figure of"),
    "formerName": ("Früherer Name von", "Former name of"),
    "platform": ("Plattform für", "Platform of"),
    "onBehalfOf": ("Vertreten durch", "Represented by"),
    "lead": ("Leitet", "Leads"),
    "fundedUnder": ("Geförderte Vorhaben", "Undertakings funded"),
    "usedBy": ("Nutzt", "Uses"),
}
"""What those of our own terms that link to resources are called backwards."""


class Labels:
    """Finds what a property is called.

    Args:
        style: of the publication.
    """

    def __init__(self, style: Style) -> None:
        self._style = style
        own = {
            style.space.term(name): Label(*term.label, *OWN_INVERSE.get(name, ()))
            for name, term in TERMS.items()
        }
        self._labels = {**FOREIGN, **own}

    def __contains__(self, predicate: NamedNode) -> bool:
        return predicate in self._labels

    def forward(self, predicate: NamedNode, language: str) -> str:
        """Return what a property is called from its subject; its short IRI if nobody said."""
        label = self._labels.get(predicate)
        return (
            _sentence(label.de if language == "de" else label.en)
            if label
            else self.curie(predicate)
        )

    def inverse(self, predicate: NamedNode, language: str) -> str:
        """Return what a property is called from its object."""
        label = self._labels.get(predicate)
        words = (label.de_inverse if language == "de" else label.en_inverse) if label else ""
        return words or f"← {self.forward(predicate, language)}"

    def curie(self, node: NamedNode) -> str:
        """Return a vocabulary's term as ``prefix:name``, any other IRI as it is."""
        curie = self._style.curie(node.value)
        return ":".join(curie) if curie else node.value


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
