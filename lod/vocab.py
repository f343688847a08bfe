"""The vocabularies: namespaces whose terms are checked as they are used, and prefixes."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode
from rdflib import namespace as shipped
from rdflib.namespace import DefinedNamespace


class Vocabulary:
    """A namespace whose attributes are the terms that the vocabulary really has.

    Args:
        iri: the namespace's IRI.
        defined: the vocabulary as rdflib ships it; its terms are known.
        terms: terms that the vocabulary has and rdflib's copy lacks.

    Raises:
        AttributeError: on use of a term that the vocabulary doesn't have.
    """

    def __init__(
        self, iri: str, defined: type[DefinedNamespace] | None = None, terms: str = ""
    ) -> None:
        self.iri = iri
        self._defined = defined
        self._terms = frozenset(terms.split())

    def __contains__(self, name: str) -> bool:
        return name in self._terms or (self._defined is not None and name in self._defined)

    def __getitem__(self, name: str) -> NamedNode:
        """Return a term whose name is a word of Python's."""
        term: NamedNode = getattr(self, name)
        return term

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__") or name not in self:
            raise AttributeError(f"{self.iri} has no term {name!r}")
        node = NamedNode(self.iri + name)
        setattr(self, name, node)  # the next time, Python finds it by itself
        return node


SCHEMA = Vocabulary("https://schema.org/", shipped.SDO)
DCTERMS = Vocabulary("http://purl.org/dc/terms/", shipped.DCTERMS)
DC = Vocabulary("http://purl.org/dc/elements/1.1/", shipped.DC)
# rdflib's copy is DCAT 2; these are new in DCAT 3. Spec: https://www.w3.org/TR/vocab-dcat-3/
DCAT = Vocabulary(
    "http://www.w3.org/ns/dcat#",
    shipped.DCAT,
    "DatasetSeries inSeries seriesMember first last prev next nextVersion previousVersion "
    "hasCurrentVersion hasVersion isVersionOf version",
)
ORG = Vocabulary("http://www.w3.org/ns/org#", shipped.ORG)
PROV = Vocabulary("http://www.w3.org/ns/prov#", shipped.PROV)
SKOS = Vocabulary("http://www.w3.org/2004/02/skos/core#", shipped.SKOS)
FOAF = Vocabulary("http://xmlns.com/foaf/0.1/", shipped.FOAF)
GEO = Vocabulary("http://www.opengis.net/ont/geosparql#", shipped.GEO)
OWL = Vocabulary("http://www.w3.org/2002/07/owl#", shipped.OWL)
RDF = Vocabulary("http://www.w3.org/1999/02/22-rdf-syntax-ns#", shipped.RDF)
RDFS = Vocabulary("http://www.w3.org/2000/01/rdf-schema#", shipped.RDFS)
VOID = Vocabulary("http://rdfs.org/ns/void#", shipped.VOID)
# The draft of SHACL 1.2 adds the last: https://www.w3.org/TR/shacl12-core/
SH = Vocabulary("http://www.w3.org/ns/shacl#", shipped.SH, terms="conformanceDisallows")
VANN = Vocabulary("http://purl.org/vocab/vann/", shipped.VANN)
XSD = Vocabulary("http://www.w3.org/2001/XMLSchema#", shipped.XSD)
# rdflib ships no copy of these; the terms were read off the specifications.
# Spec: https://www.w3.org/ns/locn, https://spdx.github.io/spdx-spec/v2.3/,
# https://www.w3.org/TR/vcard-rdf/, https://semiceu.github.io/DCAT-AP/releases/3.0.1/
LOCN = Vocabulary("http://www.w3.org/ns/locn#", terms="geometry Geometry Address")
SPDX = Vocabulary(
    "http://spdx.org/rdf/terms#",
    terms="Checksum ChecksumAlgorithm checksum algorithm checksumValue checksumAlgorithm_sha256",
)
VCARD = Vocabulary(
    "http://www.w3.org/2006/vcard/ns#", terms="Kind Organization fn hasEmail hasURL hasTelephone"
)
# Spec: https://www.w3.org/TR/vocab-adms/
ADMS = Vocabulary("http://www.w3.org/ns/adms#", terms="status Identifier identifier versionNotes")
# Spec: https://www.dcat-ap.de/def/dcatde/3.0/spec/
DCATDE = Vocabulary(
    "http://dcat-ap.de/def/dcatde/",
    terms="licenseAttributionByText contributorID politicalGeocodingLevelURI",
)
DCATAP = Vocabulary(
    "http://data.europa.eu/r5r/", terms="availability applicableLegislation hvdCategory"
)
# Spec: https://www.hydra-cg.com/spec/latest/core/
HYDRA = Vocabulary(
    "http://www.w3.org/ns/hydra/core#",
    terms="Collection PartialCollectionView member view first next previous last totalItems "
    "itemsPerPage search template mapping variable property required IriTemplate "
    "IriTemplateMapping variableRepresentation BasicRepresentation ExplicitRepresentation",
)

# Spec: https://www.w3.org/TR/EARL10-Schema/
EARL = Vocabulary(
    "http://www.w3.org/ns/earl#",
    terms="Assertion Software TestCriterion TestResult assertedBy automatic failed info mode "
    "outcome passed result subject test",
)

# Spec: https://www.w3.org/TR/activitystreams-vocabulary/
AS = Vocabulary(
    "https://www.w3.org/ns/activitystreams#",
    terms="Collection Create Delete Update actor items object published totalItems",
)
# Spec: https://vocab.org/changeset/
CS = Vocabulary(
    "http://purl.org/vocab/changeset/schema#",
    terms="ChangeSet addition createdDate removal subjectOfChange",
)

EU_AUTHORITY = "http://publications.europa.eu/resource/authority/"
"""Where the EU's controlled vocabularies stand."""

VOCABULARIES: dict[str, Vocabulary] = {
    "schema": SCHEMA,
    "dcterms": DCTERMS,
    "dc": DC,
    "dcat": DCAT,
    "org": ORG,
    "prov": PROV,
    "skos": SKOS,
    "foaf": FOAF,
    "geo": GEO,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "void": VOID,
    "sh": SH,
    "vann": VANN,
    "xsd": XSD,
    "locn": LOCN,
    "spdx": SPDX,
    "vcard": VCARD,
    "adms": ADMS,
    "hydra": HYDRA,
    "earl": EARL,
    "as": AS,
    "cs": CS,
    "dcatap": DCATAP,
    "dcatde": DCATDE,
}
"""The prefixes that our documents, dumps, queries and JSON-LD context share."""


@cache
def namespaces() -> dict[str, str]:
    """Return prefix → namespace IRI of every foreign vocabulary."""
    return {prefix: vocabulary.iri for prefix, vocabulary in VOCABULARIES.items()}
