"""The controlled vocabularies: which there are, and the words for the terms that we use.

A catalog that states class, scheme and label of each term conforms without any vocabulary being
fetched. The labels are those of the published lists.

Spec: https://www.dcat-ap.de/def/dcatde/3.0/spec/#kontrollierte-vokabulare
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from lod.catalog.licences import LICENCES
from lod.mapping.dataset import IANA, LEVELS
from lod.vocab import DCAT, DCTERMS, EU_AUTHORITY, FOAF, RDF, RDFS, SKOS, SPDX

Words = tuple[str, str]
"""German and English."""


@dataclass(frozen=True, eq=False)
class Scheme:
    """A controlled vocabulary.

    Attributes:
        iri: of the scheme.
        title: what it is called.
        class_: what its terms are beside concepts.
        labels: code → label, of the terms that we have words for.
        start: of its terms' IRIs, if that isn't the scheme's with a slash.
        codes: all codes that there are; those with a label when left out, any when there is none.
    """

    iri: str
    title: Words
    class_: NamedNode
    labels: Mapping[str, Words]
    start: str = ""
    codes: frozenset[str] = frozenset()

    @property
    def prefix(self) -> str:
        """What the IRI of each term starts with."""
        return self.start or f"{self.iri}/"

    def lists(self, iri: str) -> bool:
        """Return whether an IRI is a term of the list."""
        code = iri.removeprefix(self.prefix)
        known = self.codes or self.labels.keys()
        return code not in ("", iri) and (code in known if known else True)

    def label(self, code: str) -> Words:
        """Return a term's label; its code where we have no words for it."""
        return self.labels.get(code, (code, code))


def _same(**labels: str) -> dict[str, Words]:
    return {code: (label, label) for code, label in labels.items()}


_FILE_TYPES = (
    "7Z AAB AAC AKN4EU AKN4EU_ZIP APK APPX ARC ARCINFO_COV ARC_GZ ARJ ATOM AZW BIN BITS BMP "
    "BWF BZIP2 CSS CSV DAPK DBF DCR DEB DGN DMG DMP DOC DOCX DTD_SGML DTD_XML DWG DXF E00 EAR "
    "ECW EPS EPUB ETSI_XML EXE FMX2 FMX3 FMX4 FMX4_ZIP GDB GEOJSON GEOTIFF GIF GML GMZ GPKG "
    "GRID GRID_ASCII GZIP HDF HDT HTML HTML5 HTML_SIMPL ICS IMMC_XML INDD IPA ISO ISO_ZIP JAR "
    "JATS JPEG JPEG2000 JS JSON JSON_LD KML KMZ LAS LAZ LEG LHA LPK LZIP LZMA LZO MAP_PRVW "
    "MAP_SRVC MBOX MDB METS METS_ZIP MHTML MIF_MID MOBI MOP MP3 MPEG2 MPEG4 MPEG4_AVC MRSID "
    "MSG_HTTP MSI MXD N3 NETCDF OAPK OCTET ODB ODC ODF ODG ODP ODS ODT OP_DATPRO OVF OWL PDF "
    "PDF1X PDFA1A PDFA1B PDFA2A PDFA2B PDFA3 PDFUA PDFX PDFX1A PDFX2A PDFX4 PL PNG PPS PPSX "
    "PPT PPTX PS PSD PWP QGS RAR RDF RDFA RDF_N_QUADS RDF_N_TRIPLES RDF_THRIFT RDF_TRIG "
    "RDF_TRIX RDF_TURTLE RDF_XML REST RPM RSS RTF SB3 SCHEMA_XML SDMX SGML SHP SKOS_XML "
    "SPARQLQ SPARQLQRES SQL STL SVG SWM TAB TAB_RSTR TAR TAR_GZ TAR_XZ TIFF TIFF_FX TMX TSV "
    "TXT UNGEN WAR WARC WARC_GZ WAV WCS_SRVC WFS_SRVC WIM WMS_SRVC WORLD XHTML XHTML5 "
    "XHTML_SIMPL XLIFF XLS XLSB XLSM XLSX XML XSLFO XSLT XYZ XZ Z ZIP "
)
"""The codes of the EU’s list."""

FILE_TYPE = Scheme(
    f"{EU_AUTHORITY}file-type",
    ("Dateityp", "file type"),
    DCTERMS.MediaTypeOrExtent,
    _same(
        RDF_TURTLE="RDF Turtle",
        JSON_LD="JSON-LD",
        RDF_N_TRIPLES="RDF N-Triples",
        RDF_XML="RDF XML",
        TXT="Plain text",
        XLS="Excel XLS",
        XLSX="Excel XLSX",
        GEOJSON="GeoJSON",
        GPKG="GeoPackage",
        SHP="Esri Shape",
        WMS_SRVC="WMS",
        WFS_SRVC="WFS",
        SPARQLQ="SPARQL",
        SPARQLQRES="SPARQL results",
    ),
    codes=frozenset(_FILE_TYPES.split()),
)
THEME = Scheme(
    f"{EU_AUTHORITY}data-theme",
    ("Datenthema", "data theme"),
    SKOS.Concept,
    {
        "AGRI": (
            "Landwirtschaft, Fischerei, Forstwirtschaft und Nahrungsmittel",
            "Agriculture, fisheries, forestry and food",
        ),
        "ECON": ("Wirtschaft und Finanzen", "Economy and finance"),
        "EDUC": ("Bildung, Kultur und Sport", "Education, culture and sport"),
        "ENER": ("Energie", "Energy"),
        "ENVI": ("Umwelt", "Environment"),
        "GOVE": ("Regierung und öffentlicher Sektor", "Government and public sector"),
        "HEAL": ("Gesundheit", "Health"),
        "INTR": ("Internationale Themen", "International issues"),
        "JUST": (
            "Justiz, Rechtssystem und öffentliche Sicherheit",
            "Justice, legal system and public safety",
        ),
        "REGI": ("Regionen und Städte", "Regions and cities"),
        "SOCI": ("Bevölkerung und Gesellschaft", "Population and society"),
        "TECH": ("Wissenschaft und Technologie", "Science and technology"),
        "TRAN": ("Verkehr", "Transport"),
    },
)
LANGUAGE = Scheme(
    f"{EU_AUTHORITY}language",
    ("Sprache", "language"),
    DCTERMS.LinguisticSystem,
    {"DEU": ("Deutsch", "German"), "ENG": ("Englisch", "English")},
)
FREQUENCY = Scheme(
    f"{EU_AUTHORITY}frequency",
    ("Häufigkeit", "frequency"),
    DCTERMS.Frequency,
    {
        "ANNUAL": ("jährlich", "annual"),
        "ANNUAL_2": ("halbjährlich", "semiannual"),
        "ANNUAL_3": ("dreimal im Jahr", "three times a year"),
        "BIENNIAL": ("zweijährlich", "biennial"),
        "BIMONTHLY": ("zweimonatlich", "bimonthly"),
        "BIWEEKLY": ("zweiwöchentlich", "biweekly"),
        "CONT": ("kontinuierlich", "continuous"),
        "DAILY": ("täglich", "daily"),
        "DAILY_2": ("zweimal täglich", "twice a day"),
        "IRREG": ("unregelmäßig", "irregular"),
        "MONTHLY": ("monatlich", "monthly"),
        "MONTHLY_2": ("zweimal im Monat", "semimonthly"),
        "MONTHLY_3": ("dreimal im Monat", "three times a month"),
        "NEVER": ("niemals", "never"),
        "OTHER": ("anderer", "other"),
        "QUARTERLY": ("vierteljährlich", "quarterly"),
        "TRIENNIAL": ("dreijährlich", "triennial"),
        "UNKNOWN": ("unbekannt", "unknown"),
        "UPDATE_CONT": ("ständige Aktualisierung", "continuously updated"),
        "WEEKLY": ("wöchentlich", "weekly"),
        "WEEKLY_2": ("zweimal in Woche", "semiweekly"),
        "WEEKLY_3": ("dreimal in Woche", "three times a week"),
    },
)
ACCESS = Scheme(
    f"{EU_AUTHORITY}access-right",
    ("Zugangsrecht", "access right"),
    DCTERMS.RightsStatement,
    {
        "PUBLIC": ("öffentlich", "public"),
        "RESTRICTED": ("eingeschränkt", "restricted"),
        "NON_PUBLIC": ("nicht öffentlich", "non public"),
    },
)
AVAILABILITY = Scheme(
    f"{EU_AUTHORITY}planned-availability",
    ("geplante Verfügbarkeit", "planned availability"),
    SKOS.Concept,
    {
        "AVAILABLE": ("verfügbar", "available"),
        "EXPERIMENTAL": ("experimentell", "experimental"),
        "STABLE": ("stabil", "stable"),
        "TEMPORARY": ("vorübergehend", "temporary"),
    },
)
STATUS = Scheme(
    f"{EU_AUTHORITY}distribution-status",
    ("Status der Distribution", "distribution status"),
    SKOS.Concept,
    {
        "COMPLETED": ("vollständig", "completed"),
        "DEPRECATED": ("veraltet", "deprecated"),
        "DEVELOP": ("im Aufbau", "under development"),
        "WITHDRAWN": ("eingestellt", "withdrawn"),
    },
)
PUBLISHER = Scheme(
    "http://purl.org/adms/publishertype/1.0",
    ("Art der verantwortlichen Stelle", "publisher type"),
    SKOS.Concept,
    {
        "Academia-ScientificOrganisation": (
            "Wissenschaftliche Einrichtung",
            "Academia/Scientific organisation",
        ),
        "Company": ("Unternehmen", "Company"),
        "IndustryConsortium": ("Industriekonsortium", "Industry consortium"),
        "LocalAuthority": ("Kommunale Behörde", "Local Authority"),
        "NationalAuthority": ("Bundesbehörde", "National authority"),
        "NonGovernmentalOrganisation": (
            "Nichtregierungsorganisation",
            "Non-Governmental Organisation",
        ),
        "NonProfitOrganisation": ("Gemeinnützige Organisation", "Non-Profit Organisation"),
        "PrivateIndividual(s)": ("Privatperson(en)", "Private Individual(s)"),
        "RegionalAuthority": ("Landesbehörde", "Regional authority"),
        "StandardisationBody": ("Normungsgremium", "Standardisation body"),
        "SupraNationalAuthority": ("Überstaatliche Behörde", "Supra-national authority"),
    },
    start="http://purl.org/adms/publishertype/",
)
LICENCE_TYPE = Scheme(
    "http://purl.org/adms/licencetype/1.0",
    ("Art der Lizenz", "licence type"),
    SKOS.Concept,
    {
        "Attribution": ("Namensnennung", "Attribution"),
        "PublicDomain": ("Gemeinfrei", "Public domain"),
        "ViralEffect-ShareAlike": ("Gleiche Bedingungen", "Viral effect (a.k.a. share-alike)"),
        "NonCommercialUseOnly": ("Nicht kommerziell", "Non-commercial use only"),
        "NoDerivativeWork": ("Keine Bearbeitung", "No derivative work"),
        "OtherRestrictiveClauses": ("Andere Einschränkungen", "Other restrictive clauses"),
    },
    start="http://purl.org/adms/licencetype/",
)
LICENCE = Scheme(
    "http://dcat-ap.de/def/licenses",
    ("Lizenzen von DCAT-AP.de", "licences of DCAT-AP.de"),
    DCTERMS.LicenseDocument,
    {code: (licence.german, licence.english) for code, licence in LICENCES.items()},
)
LEVEL = Scheme(
    LEVELS.rstrip("/"),
    ("Ebene der geopolitischen Abdeckung", "level of political geocoding"),
    SKOS.Concept,
    {
        "international": ("International", "international"),
        "european": ("Europäisch", "European"),
        "federal": ("Bund", "federal"),
        "state": ("Land", "state"),
        "administrativeDistrict": ("Kreis", "district"),
        "municipality": ("Kommune", "municipality"),
    },
)
CONTRIBUTOR = Scheme(
    "http://dcat-ap.de/def/contributors",
    ("Datenbereitsteller von GovData", "GovData’s contributors"),
    SKOS.Concept,
    {},
)
MEDIA_TYPE = Scheme(
    IANA.rstrip("/"), ("Medientypen der IANA", "IANA media types"), DCTERMS.MediaType, {}
)

SCHEMES = (
    FILE_TYPE,
    THEME,
    LANGUAGE,
    FREQUENCY,
    ACCESS,
    AVAILABILITY,
    STATUS,
    PUBLISHER,
    LICENCE_TYPE,
    LICENCE,
    LEVEL,
    CONTRIBUTOR,
    MEDIA_TYPE,
)
SHA256 = SPDX.checksumAlgorithm_sha256
RANGES: Mapping[NamedNode, NamedNode] = {
    FOAF.homepage: FOAF.Document,
    DCAT.landingPage: FOAF.Document,
    DCTERMS.spatial: DCTERMS.Location,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS.license: DCTERMS.LicenseDocument,
    SPDX.algorithm: SPDX.ChecksumAlgorithm,
    **dict.fromkeys(
        (DCAT.accessURL, DCAT.downloadURL, DCAT.endpointURL, DCAT.endpointDescription),
        RDFS.Resource,
    ),
}
"""Property → class that DCAT-AP asks its objects to be of."""


def scheme_of(iri: str) -> Scheme | None:
    """Return the vocabulary that an IRI is a term of, by how it starts."""
    return next(
        (one for one in SCHEMES if iri.startswith(one.prefix) and iri != one.iri),
        None,
    )


def listed(scheme: Scheme, code: str) -> NamedNode:
    """Return the IRI of a term."""
    return NamedNode(f"{scheme.prefix}{code}")


def described(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield classes, schemes and labels of all that a graph links to.

    Args:
        triples: the graph; nothing else is looked at.
    """
    links = {(t.predicate, t.object) for t in triples if isinstance(t.object, NamedNode)}
    for predicate, node in links:
        if predicate in RANGES:
            yield Triple(node, RDF.type, RANGES[predicate])
    used = {node: scheme_of(node.value) for _, node in links}
    licences = {n for n, scheme in used.items() if scheme is LICENCE}
    used |= {kind: LICENCE_TYPE for node in licences for kind in _licence_types(node)}
    for node, scheme in used.items():
        if scheme is not None:
            yield from _concept(node, scheme)
    for licence in licences:
        for kind in _licence_types(licence):
            yield Triple(licence, DCTERMS.type, kind)
    for scheme in {scheme for scheme in used.values() if scheme is not None}:
        yield from _scheme(scheme)


def _licence_types(licence: NamedNode) -> Iterator[NamedNode]:
    known = LICENCES.get(licence.value.removeprefix(LICENCE.prefix))
    if known is not None:
        yield from (listed(LICENCE_TYPE, code) for code in known.types)


def _concept(node: NamedNode, scheme: Scheme) -> Iterator[Triple]:
    for class_ in {SKOS.Concept, scheme.class_}:
        yield Triple(node, RDF.type, class_)
    yield Triple(node, SKOS.inScheme, NamedNode(scheme.iri))
    yield from _words(node, SKOS.prefLabel, scheme.label(node.value.removeprefix(scheme.prefix)))


def _scheme(scheme: Scheme) -> Iterator[Triple]:
    node = NamedNode(scheme.iri)
    yield Triple(node, RDF.type, SKOS.ConceptScheme)
    yield from _words(node, DCTERMS.title, scheme.title)
    yield from _words(node, SKOS.prefLabel, scheme.title)


def _words(node: NamedNode, predicate: NamedNode, words: Words) -> Iterator[Triple]:
    for language, text in zip(("de", "en"), words, strict=True):
        yield Triple(node, predicate, Literal(text, language=language))
