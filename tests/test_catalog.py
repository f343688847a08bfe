"""The catalog, the statistics and the schema.org view of the real release."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, RDF, SKOS, VOID

from lod.build import Built
from lod.catalog import Catalog, dump_name, schema_org, void
from lod.catalog.controlled import SCHEMES, scheme_of
from lod.catalog.facts import ALL, TARGETS, Facts
from lod.catalog.google import LONGEST
from lod.catalog.services import LINKED_DATA, RECONCILIATION, SERVICES, SPARQL
from lod.catalog.wording import PART, compose
from lod.formats import FORMATS, TURTLE
from lod.formats.statements import statements
from lod.iri import Space
from lod.preflight.graph import CatalogGraph, curie
from lod.preflight.requirements import REQUIREMENTS
from lod.store import Store

SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
DCATDE = rdflib.Namespace("http://dcat-ap.de/def/dcatde/")
DCATAP = rdflib.Namespace("http://data.europa.eu/r5r/")
ADMS = rdflib.Namespace("http://www.w3.org/ns/adms#")
DCAT3 = rdflib.Namespace(str(DCAT))
EU = "http://publications.europa.eu/resource/authority/"
BASE = "https://lod.example.org/"
CATALOG = rdflib.URIRef(f"{BASE}catalog")
WHOLE = rdflib.URIRef(f"{BASE}catalog#all")
RECORDED = rdflib.URIRef(f"{BASE}id/dataset/gemeindeverzeichnis-gv100ad")
UNSTATED = {
    (f"{RECORDED}", "dcat:contactPoint"),
    (f"{RECORDED}", "dcatap:availability"),
    (f"{RECORDED}/file/1", "dcatap:availability"),
    (f"{RECORDED}/file/1", "dcterms:description"),
    (f"{RECORDED}/file/1", "dcterms:modified"),
    (f"{BASE}id/organisation/destatis", "dcterms:type"),
}
"""What the record of a dataset that others publish doesn't state; docs/catalog.md says why."""
DEPRECATED = (
    *(
        DCATDE[name]
        for name in (
            "politicalGeocodingURI", "geocodingDescription", "legalBasis", "qualityProcessURI",
            "originator", "maintainer",
        )
    ),
    DCTERMS.hasVersion,
    DCTERMS.isVersionOf,
    OWL.versionInfo,
    ADMS.contactPoint,
)  # fmt: skip


@pytest.fixture(scope="module")
def catalog(real: tuple[Path, Built]) -> rdflib.Graph:
    return rdflib.Graph().parse(real[1].release.path / "catalog.ttl", format="turtle")


@pytest.fixture(scope="module")
def folder(real: tuple[Path, Built]) -> Path:
    return real[1].release.path


@pytest.fixture(scope="module")
def described(real: tuple[Path, Built]) -> Catalog:
    """Return the catalog as the server has it: from the release alone."""
    release = real[1].release
    return Catalog.of(release, Store(release).publication)


# What is in it


def test_one_dataset_per_kind_and_one_for_the_whole(
    catalog: rdflib.Graph, real: tuple[Path, Built]
) -> None:
    datasets = set(catalog.objects(CATALOG, DCAT.dataset))
    kinds = real[1].release.manifest["counts"]["kinds"]
    recorded = {node for node in datasets if str(node).startswith(f"{BASE}id/dataset/")}
    assert len(recorded) == kinds["dataset"]
    assert {str(node).partition("#")[2] for node in datasets - recorded} == {"all", *kinds}
    assert datasets == set(catalog.subjects(RDF.type, DCAT.Dataset))


def test_every_mandatory_and_recommended_property_is_on_every_node(folder: Path) -> None:
    graph = CatalogGraph.read(folder / "catalog.ttl", BASE)
    missing, looked = set(), 0
    for asked in REQUIREMENTS:
        for node in graph.nodes(asked.class_):
            looked += 1
            if not graph.values(node, *asked.properties):
                missing.add((node, " / ".join(map(curie, asked.properties))))
    assert looked > 500
    assert missing == UNSTATED


def test_every_controlled_term_has_its_classes_list_and_words(catalog: rdflib.Graph) -> None:
    used = {
        node: scheme
        for node in set(catalog.objects())
        if isinstance(node, rdflib.URIRef) and (scheme := scheme_of(str(node))) is not None
    }
    assert {scheme.iri for scheme in used.values()} == {
        scheme.iri for scheme in SCHEMES if not scheme.iri.endswith("contributors")
    }
    for node, scheme in used.items():
        classes = set(catalog.objects(node, RDF.type))
        assert classes >= {SKOS.Concept, rdflib.URIRef(scheme.class_.value)}, node
        assert set(catalog.objects(node, SKOS.inScheme)) == {rdflib.URIRef(scheme.iri)}
        labels = [one.language for one in catalog.objects(node, SKOS.prefLabel)]  # type: ignore[attr-defined]
        assert sorted(labels) == ["de", "en"], node
        assert scheme.lists(str(node)), node


def test_no_deprecated_term_is_used(catalog: rdflib.Graph) -> None:
    predicates = set(catalog.predicates())
    assert not predicates & set(DEPRECATED)
    words = catalog.serialize(format="nt")
    for wrong in (
        "r5r#",
        "hashAlgorithms",
        "purl.org/adms/status",
        "corporate-body",
        "http://schema.org",
    ):
        assert wrong not in words
    assert DCATAP.availability in predicates


def test_places_are_those_that_portals_know(catalog: rdflib.Graph) -> None:
    for node in (CATALOG, WHOLE, rdflib.URIRef(f"{BASE}catalog#series")):
        places = set(catalog.objects(node, DCTERMS.spatial))
        assert {str(place) for place in places} == {
            f"{EU}country/DEU",
            "https://sws.geonames.org/2921044/",
        }
        for place in places:
            assert (place, RDF.type, DCTERMS.Location) in catalog
            assert str(catalog.value(place, DCAT.bbox)).startswith("POLYGON((5.87 47.27, ")


def test_the_whole_is_the_present_member_of_a_series(catalog: rdflib.Graph) -> None:
    (series,) = catalog.subjects(RDF.type, DCAT3.DatasetSeries)
    assert list(catalog.subjects(DCAT3.inSeries, series)) == [WHOLE]
    assert not list(catalog.triples((None, DCAT3.prev, None)))


def test_every_dump_is_described_as_it_is(catalog: rdflib.Graph, folder: Path) -> None:
    described = set()
    for node in catalog.subjects(RDF.type, DCAT.Distribution):
        address = str(catalog.value(node, DCAT.downloadURL))
        if not address.startswith(BASE):
            continue
        path = folder / "dumps" / address.rpartition("/")[2]
        content = path.read_bytes()
        assert address == f"{BASE}dumps/{folder.name}/{path.name}"
        assert int(str(catalog.value(node, DCAT.byteSize))) == len(content)
        checksum = catalog.value(node, SPDX.checksum)
        value = catalog.value(checksum, SPDX.checksumValue)
        assert str(value) == hashlib.sha256(content).hexdigest()
        assert ((node, DCAT.compressFormat, None) in catalog) == path.name.endswith(".gz")
        assert catalog.value(node, ADMS.status) == rdflib.URIRef(
            f"{EU}distribution-status/COMPLETED"
        )
        described.add(path.name)
    assert described == {path.name for path in (folder / "dumps").iterdir()}


def test_origins_are_named_as_they_ask(catalog: rdflib.Graph) -> None:
    for node in catalog.objects(WHOLE, DCAT.distribution):
        words = " ".join(map(str, catalog.objects(node, DCATDE.licenseAttributionByText)))
        assert "Statistisches Bundesamt" in words
        assert "GeoNames" in words


def test_the_contact_is_an_office(catalog: rdflib.Graph) -> None:
    contact = catalog.value(WHOLE, DCAT.contactPoint)
    assert (contact, RDF.type, VCARD.Organization) in catalog
    assert str(catalog.value(contact, VCARD.hasEmail)).startswith("mailto:")
    publisher = catalog.value(WHOLE, DCTERMS.publisher)
    assert (publisher, FOAF.name, None) in catalog


def test_datasets_of_others_are_whole(catalog: rdflib.Graph) -> None:
    publisher = catalog.value(RECORDED, DCTERMS.publisher)
    assert (publisher, RDF.type, FOAF.Agent) in catalog
    assert "Statistisches Bundesamt" in {str(o) for o in catalog.objects(publisher, FOAF.name)}
    period = catalog.value(RECORDED, DCTERMS.temporal)
    assert str(catalog.value(period, DCAT.startDate)) == "2022-12-31"
    (file,) = catalog.objects(RECORDED, DCAT.distribution)
    assert str(catalog.value(file, DCTERMS.license)).endswith("licenses/dl-by-de/2.0")
    assert (file, DCATDE.licenseAttributionByText, None) in catalog
    assert not [p for p in catalog.predicates(RECORDED) if "schema.org" in str(p)]


def test_only_services_that_exist_are_described(catalog: rdflib.Graph, described: Catalog) -> None:
    nodes = set(catalog.objects(CATALOG, DCAT.service))
    assert nodes == set(catalog.subjects(RDF.type, DCAT.DataService))
    names = {f"{BASE}catalog#service-{service.name}" for service in SERVICES}
    assert {str(node) for node in nodes} == names
    more = replace(described, services=(LINKED_DATA, SPARQL, RECONCILIATION))
    triples = {(str(t.subject), curie(t.predicate), str(t.object)) for t in more.triples()}
    for name in ("sparql", "reconcile"):
        node = f"<{BASE}catalog#service-{name}>"
        assert (node, "dcat:endpointURL", f"<{BASE}{name}>") in triples
    endpoint = f"{BASE}{SPARQL.path}"
    for services, endpoints in (((LINKED_DATA,), []), ((LINKED_DATA, SPARQL), [f"<{endpoint}>"])):
        stated = void(replace(described, services=services))
        found = [str(t.object) for t in stated if curie(t.predicate) == "void:sparqlEndpoint"]
        assert found == endpoints


def test_there_are_no_blank_nodes(catalog: rdflib.Graph) -> None:
    assert not [node for node in catalog.all_nodes() if isinstance(node, rdflib.BNode)]


def test_dump_names() -> None:
    assert dump_name("all", TURTLE) == "dumps/all.ttl"
    assert dump_name("board", FORMATS[1], compressed=True) == "dumps/board.jsonld.gz"


def test_words_in_a_language_without_a_template_are_kept() -> None:
    assert compose(PART, {"": "Daten"}, kind={"de": "Kreise", "en": "districts"}) == {
        "": "Daten: districts"
    }
    assert compose(PART, {"fr": "Données"}, kind={"de": "Kreise"}) == {"fr": "Données: Kreise"}


# The statistics


def test_void_counts_what_the_dump_holds(folder: Path) -> None:
    void = rdflib.Graph().parse(folder / "void.ttl", format="turtle")
    lines = (folder / "dumps/all.nt").read_text(encoding="utf-8").splitlines()
    assert int(str(void.value(WHOLE, VOID.triples))) == len(lines)
    subjects = {line.partition(" ")[0] for line in lines}
    assert int(str(void.value(WHOLE, VOID.distinctSubjects))) == len(subjects)
    counted = {
        str(void.value(node, VOID["class"])): int(str(void.value(node, VOID.entities)))
        for node in void.objects(WHOLE, VOID.classPartition)
    }
    city = "https://schema.org/City"
    type_ = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    assert counted[city] == sum(f"{type_} <{city}>" in line for line in lines)
    properties = {
        str(void.value(node, VOID.property)): int(str(void.value(node, VOID.triples)))
        for node in void.objects(WHOLE, VOID.propertyPartition)
    }
    assert sum(properties.values()) == len(lines)
    assert (WHOLE, VOID.uriSpace, rdflib.Literal(f"{BASE}id/")) in void


def test_void_counts_the_links_and_gives_an_example_of_each_kind(
    folder: Path, real: tuple[Path, Built]
) -> None:
    void = rdflib.Graph().parse(folder / "void.ttl", format="turtle")
    lines = (folder / "dumps/all.nt").read_text(encoding="utf-8").splitlines()
    linked = {}
    for node in void.subjects(RDF.type, VOID.Linkset):
        target = void.value(node, VOID.objectsTarget)
        start = str(void.value(target, VOID.uriSpace))
        linked[start] = int(str(void.value(node, VOID.triples)))
        same = f"<{OWL.sameAs}> <{start}"
        assert linked[start] == sum(same in line for line in lines)
    # No record has a GND identifier yet: what there is none of isn't described.
    assert set(linked) == {start for name, start in TARGETS.items() if name != "gnd"}
    examples = set(void.objects(WHOLE, VOID.exampleResource))
    assert len(examples) == len(real[1].release.manifest["counts"]["kinds"])
    subjects = {line.partition(" ")[0] for line in lines}
    assert {f"<{example}>" for example in examples} <= subjects
    document = rdflib.URIRef(f"{BASE}.well-known/void")
    assert (document, RDF.type, VOID.DatasetDescription) in void


def test_the_manifest_keeps_the_numbers(real: tuple[Path, Built]) -> None:
    manifest = real[1].release.manifest
    kept = Facts.read(manifest)
    assert kept.kept() == {name: manifest[name] for name in ("counts", "facts")}
    assert kept.triples == real[1].checked.triples


def test_numbers_of_parts_are_those_of_the_whole(real: tuple[Path, Built]) -> None:
    parts: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(path=str(real[1].release.path / "dumps/project.ttl")):
        assert isinstance(quad.subject, ox.NamedNode)
        reference = Space(BASE).reference(quad.subject.value) or ""
        parts.setdefault(reference, []).append(quad.triple)
    resources = {reference: list(statements(about)) for reference, about in parts.items()}
    whole = Facts.of("project", resources)
    names = sorted(resources)
    halves = [
        Facts.of("project", {name: resources[name] for name in half})
        for half in (names[50:], names[:50])
    ]
    assert Facts.together(halves) == Facts.together([whole])
    assert Facts.read(real[1].release.manifest).examples["project"] == names[0]


def test_a_period_reaches_from_what_is_stated_to_the_edition(described: Catalog) -> None:
    facts = replace(described.facts, periods={ALL: ("1990", "2035-06")})
    edition = described.publication.modified
    changed = replace(described, facts=facts)
    assert changed.period(ALL) == ("1990", "2035-06")
    assert changed.period("topic") == (edition, edition)


# What search engines read


REQUIRED = (
    "name", "description", "license", "creator", "url", "keywords", "distribution",
    "spatialCoverage", "temporalCoverage", "includedInDataCatalog", "isAccessibleForFree",
    "identifier", "version", "dateModified",
)  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_view_for_google_is_complete(described: Catalog, language: str) -> None:
    assert len(described.datasets) > 10
    for dataset in described.datasets:
        view = schema_org(described, dataset, language)
        assert view["@context"] == "https://schema.org/"
        assert view["@type"] == "Dataset"
        assert all(view.get(name) for name in REQUIRED), dataset
        assert 50 <= len(view["description"]) <= LONGEST
        assert view["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert view["creator"]["name"]
        assert view["includedInDataCatalog"]["@id"] == f"{BASE}catalog"
        for file in view["distribution"]:
            assert file["contentUrl"].startswith(f"{BASE}dumps/{described.version}/")
            assert file["encodingFormat"]
        (place,) = view["spatialCoverage"]
        assert place["geo"]["box"] == "47.27 5.87 55.06 15.04"
        json.dumps(view)
    german, english = (schema_org(described, "district", code)["name"] for code in ("de", "en"))
    assert german.endswith("Kreise")
    assert english.endswith("districts")


def test_the_view_is_the_same_graph_in_an_rdf_library(described: Catalog) -> None:
    view = schema_org(described, "municipality")
    context: dict[str, Any] = {"@vocab": "https://schema.org/"}
    graph = rdflib.Graph().parse(data=json.dumps(view | {"@context": context}), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    node = rdflib.URIRef(f"{BASE}catalog#municipality")
    assert (node, RDF.type, schema.Dataset) in graph
    assert len(set(graph.objects(node, schema.distribution))) == 2


def test_the_catalog_lists_its_datasets_for_google(described: Catalog) -> None:
    view = schema_org(described)
    assert view["@type"] == "DataCatalog"
    assert [one["@id"] for one in view["dataset"]] == [
        described.node(name).value for name in described.datasets
    ]
    for one in view["dataset"]:
        assert 50 <= len(one["description"]) <= LONGEST
        assert one["name"]


def test_an_unknown_dataset_is_an_error(described: Catalog) -> None:
    with pytest.raises(KeyError):
        schema_org(described, "nothing")
