"""The preflight: what portals would say of a release's catalog, and that each check can fail."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Triple

from lod.build import Built, build
from lod.cli import main
from lod.errors import LodError, ReleaseError
from lod.preflight import FORMATS, LAYERS, PORTALS, Assessment, preflight, render
from lod.preflight import official as official_files
from lod.preflight.ckan import packages
from lod.preflight.graph import CatalogGraph
from lod.preflight.inspection import inspect
from lod.preflight.requirements import REQUIREMENTS
from lod.vocab import ADMS, DCAT, DCATAP, DCATDE, DCTERMS, SPDX, VCARD
from tests.conftest import PUBLICATION, ROOT, SMALL

BASE = "https://lod.example.org/"
CATALOG = NamedNode(f"{BASE}catalog")
WHOLE = NamedNode(f"{CATALOG.value}#all")
TURTLE = NamedNode(f"{CATALOG.value}#all.ttl")
CONTACT = NamedNode(f"{CATALOG.value}#contact")
REGISTER = f"{BASE}id/dataset/gemeindeverzeichnis-gv100ad"
OFFICIAL = Path(os.environ.get("LOD_CONFORMANCE") or ROOT.parent / "shared" / "conformance")
NEEDS_OFFICIAL = pytest.mark.skipif(
    not (OFFICIAL / "dcat-ap-de-3.0").is_dir(),
    reason=f"the official shapes aren't in {OFFICIAL}; LOD_CONFORMANCE names another folder",
)
UNAVOIDABLE = {
    # What nobody has told us of a dataset that others publish.
    ("info", f"{REGISTER}", "dcat:contactPoint"),
    ("info", f"{REGISTER}", "dcatap:availability"),
    ("info", f"{REGISTER}/file/1", "dcatap:availability"),
    ("info", f"{REGISTER}/file/1", "dcterms:description"),
    ("info", f"{REGISTER}/file/1", "dcterms:modified"),
    ("info", f"{BASE}id/organisation/destatis", "dcterms:type"),
    # What only those can settle who publish under their own address.
    ("warning", BASE, ""),
}
"""Each remark about the real release that isn't avoidable; docs/catalog.md says why."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a release of the small data with a contributor ID and a dataset of its own."""
    folder = tmp_path_factory.mktemp("preflight")
    files = {
        **SMALL,
        "publication.yaml": PUBLICATION.replace(
            "en: Test office}}", "en: Test office}, type: LocalAuthority}"
        )
        + "contributor: http://dcat-ap.de/def/contributors/openNRW\n",
        "municipality/jena.yaml": SMALL["municipality/jena.yaml"] + 'geonames: "2895044"\n',
        "dataset/baeume.yaml": (
            "name: {de: Bäume, en: Trees}\n"
            "description: {de: Alle Straßenbäume der Stadt., en: All trees of the town.}\n"
            "publisher: municipality/jena\n"
            "homepage: https://daten.example.org/\n"
            "licence: http://dcat-ap.de/def/licenses/dl-by-de/2.0\n"
            "attribution: {de: Stadt Jena}\n"
            "themes: [ENVI]\n"
            "keywords: [{de: Bäume, en: trees}]\n"
            "places: [municipality/jena]\n"
            "level: municipality\n"
            "start: 2020\n"
            "end: 2025-12-31\n"
            "modified: 2025-12-31\n"
            "issued: 2020\n"
            "frequency: ANNUAL\n"
            "availability: STABLE\n"
            "access: PUBLIC\n"
            "contact: {name: {de: Gartenamt}, email: garten@example.org}\n"
            "files:\n"
            "  - address: https://daten.example.org/baeume\n"
            "    download: https://daten.example.org/baeume.csv\n"
            "    title: {de: Tabelle, en: Table}\n"
            "    description: {de: Eine Zeile je Baum., en: A row for each tree.}\n"
            "    format: CSV\n"
            "    media_type: text/csv\n"
            "    size: 4096\n"
            "    modified: 2025-12-31\n"
            "    availability: STABLE\n"
            "    status: COMPLETED\n"
            "sources: [source/article]\n"
        ),
    }
    for name, content in files.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return build(folder / "data", ROOT / "shapes", folder / "releases")


@pytest.fixture(scope="module")
def graph(built: Built) -> CatalogGraph:
    return CatalogGraph.read(built.release.path / "catalog.ttl", BASE)


def changed(graph: CatalogGraph, keep: Callable[[Triple], bool], *added: Triple) -> CatalogGraph:
    triples = [triple for triple in graph.triples if keep(triple)]
    assert len(triples) < len(graph.triples) or added
    return CatalogGraph([*triples, *added], BASE)


def without(graph: CatalogGraph, subject: NamedNode, *predicates: NamedNode) -> CatalogGraph:
    return changed(graph, lambda t: not (t.subject == subject and t.predicate in predicates))


def instead(
    graph: CatalogGraph, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal
) -> CatalogGraph:
    return changed(
        graph,
        lambda t: not (t.subject == subject and t.predicate == predicate),
        Triple(subject, predicate, value),
    )


def said(assessment: Assessment) -> set[tuple[str, str, str]]:
    return {(one.severity, one.focus, one.path) for one in assessment.remarks}


# The release that we deliver


@NEEDS_OFFICIAL
def test_every_portal_would_take_the_real_release(real: tuple[Path, Built]) -> None:
    release = real[1].release
    start = time.perf_counter()
    assessment = preflight(release, OFFICIAL)
    assert time.perf_counter() - start < 20, "measured: 1.1 s"
    assert assessment.taken
    assert assessment.checked == ["built in", "DCAT-AP 3.0.1", "DCAT-AP.de 3.0"]
    ids = {
        ("warning", node, "dcatde:contributorID")
        for node in CatalogGraph.read(release.path / "catalog.ttl", BASE).nodes(DCAT.Dataset)
    }
    assert said(assessment) == UNAVOIDABLE | ids
    assert all(remark.source == "built in" for remark in assessment.remarks)


@NEEDS_OFFICIAL
@pytest.mark.parametrize("name", ["DCAT-AP 3.0.1", "DCAT-AP.de 3.0"])
def test_the_official_shapes_find_nothing_in_the_real_release(
    real: tuple[Path, Built], name: str
) -> None:
    graph = CatalogGraph.read(real[1].release.path / "catalog.ttl", BASE)
    (profile,) = [one for one in official_files.profiles(OFFICIAL) if one.name == name]
    found, _ = official_files.judge(graph, profile, official_files.background(OFFICIAL))
    assert found == []


@NEEDS_OFFICIAL
@pytest.mark.parametrize("name", ["DCAT-AP 3.0.1", "DCAT-AP.de 3.0"])
def test_the_real_catalog_conforms_without_any_vocabulary(
    real: tuple[Path, Built], name: str
) -> None:
    graph = CatalogGraph.read(real[1].release.path / "catalog.ttl", BASE)
    (profile,) = [one for one in official_files.profiles(OFFICIAL) if one.name == name]
    assert official_files.judge(graph, profile, ()) == ([], 0)


def test_the_unavoidable_remarks_are_documented() -> None:
    page = (ROOT / "docs/catalog.md").read_text("utf-8")
    for _, _, path in UNAVOIDABLE:
        assert f"`{path}`" in page or not path
    assert "`dcatde:contributorID`" in page
    assert "`base_iri`" in page


def test_a_complete_release_leaves_nothing_to_remark_but_its_address(built: Built) -> None:
    assessment = preflight(built.release)
    assert said(assessment) == {("warning", BASE, "")}
    assert assessment.taken
    assert assessment.conditions("CKAN", "en") == ["the address is your own"]


@NEEDS_OFFICIAL
def test_a_municipalitys_own_dataset_conforms(built: Built) -> None:
    assessment = preflight(built.release, OFFICIAL)
    assert said(assessment) == {("warning", BASE, "")}


# That each check can fail


CHANGES: dict[str, tuple[Callable[[CatalogGraph], CatalogGraph], str, str, str, str]] = {
    "no title": (
        lambda g: without(g, WHOLE, DCTERMS.title), "mandatory", "violation", "dcterms:title",
        "GovData",
    ),
    "no publisher": (
        lambda g: without(g, WHOLE, DCTERMS.publisher), "mandatory", "violation",
        "dcterms:publisher", "GovData",
    ),
    "no licence": (
        lambda g: without(g, TURTLE, DCTERMS.license), "mandatory", "violation",
        "dcterms:license", "GovData",
    ),
    "no address": (
        lambda g: without(g, TURTLE, DCAT.accessURL, DCAT.downloadURL), "mandatory",
        "violation", "dcat:accessURL", "data.europa.eu",
    ),
    "no period": (
        lambda g: without(g, WHOLE, DCTERMS.temporal), "recommended", "info",
        "dcterms:temporal", "GovData",
    ),
    "theme of no list": (
        lambda g: instead(g, WHOLE, DCAT.theme, NamedNode("https://example.org/t")),
        "vocabulary", "violation", "dcat:theme", "data.europa.eu",
    ),
    "unknown availability": (
        lambda g: instead(g, WHOLE, DCATAP.availability, NamedNode("https://example.org/a")),
        "vocabulary", "violation", "dcatap:availability", "GovData",
    ),
    "old status": (
        lambda g: instead(
            g, TURTLE, ADMS.status, NamedNode("http://purl.org/adms/status/Completed")
        ),
        "vocabulary", "violation", "adms:status", "GovData",
    ),
    "place of no list": (
        lambda g: instead(g, WHOLE, DCTERMS.spatial, NamedNode("https://example.org/ort")),
        "vocabulary", "warning", "dcterms:spatial", "GovData",
    ),
    "licence of no list": (
        lambda g: instead(
            g, TURTLE, DCTERMS.license,
            NamedNode("https://creativecommons.org/licenses/by/4.0/"),
        ),
        "delivery", "violation", "dcterms:license", "GovData",
    ),
    "format of no list": (
        lambda g: instead(
            g, TURTLE, DCTERMS.format,
            NamedNode("http://publications.europa.eu/resource/authority/file-type/TURTLE"),
        ),
        "delivery", "violation", "dcterms:format", "GovData",
    ),
    "no contributor": (
        lambda g: without(g, WHOLE, DCATDE.contributorID), "delivery", "warning",
        "dcatde:contributorID", "GovData",
    ),
    "a contributor of our own": (
        lambda g: instead(
            g, WHOLE, DCATDE.contributorID, NamedNode("https://example.org/contributor")
        ),
        "delivery", "violation", "dcatde:contributorID", "GovData",
    ),
    "no way to write": (
        lambda g: without(g, CONTACT, VCARD.hasEmail), "delivery", "violation",
        "vcard:hasEmail / vcard:hasURL", "GovData",
    ),
    "http": (
        lambda g: instead(g, TURTLE, DCAT.downloadURL, NamedNode("http://lod.example.org/a")),
        "delivery", "warning", "dcat:downloadURL", "CKAN",
    ),
    "an odd tag": (
        lambda g: instead(g, WHOLE, DCAT.keyword, Literal("Bäume/Sträucher", language="de")),
        "delivery", "warning", "dcat:keyword", "CKAN",
    ),
    "no tags": (
        lambda g: without(g, WHOLE, DCAT.keyword), "delivery", "info", "dcat:keyword", "CKAN",
    ),
    "no title for CKAN": (
        lambda g: without(g, WHOLE, DCTERMS.title), "delivery", "violation", "dcterms:title",
        "CKAN",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_mistake_is_found_without_the_official_files(graph: CatalogGraph, name: str) -> None:
    change, layer, severity, path, portal = CHANGES[name]
    before = {(one.layer, one.severity, one.path) for one in inspect(graph, "v").about("CKAN")}
    assessment = inspect(change(graph), "v")
    found = [
        one
        for one in assessment.remarks
        if (one.layer, one.severity, one.path) == (layer, severity, path) and portal in one.portals
    ]
    assert found
    assert (layer, severity, path) not in before
    assert all(one.messages.keys() >= {"de", "en"} for one in found)
    assert assessment.takes(found[0].portals[0]) == (severity != "violation")


SHAPES: dict[str, tuple[Callable[[CatalogGraph], CatalogGraph], str, str, str]] = {
    "no title": (
        lambda g: without(g, WHOLE, DCTERMS.title), "DCAT-AP 3.0.1", "mandatory", "dcterms:title",
    ),
    "wrong size": (
        lambda g: instead(g, TURTLE, DCAT.byteSize, Literal("many")), "DCAT-AP 3.0.1",
        "mandatory", "dcat:byteSize",
    ),
    "format without a class": (
        lambda g: instead(g, TURTLE, DCTERMS.format, NamedNode("https://example.org/ttl")),
        "DCAT-AP 3.0.1", "vocabulary", "dcterms:format",
    ),
    "two kinds of availability, which fires in the right namespace only": (
        lambda g: changed(
            g, lambda t: True, Triple(WHOLE, DCATAP.availability, NamedNode("https://e.org/a"))
        ),
        "DCAT-AP.de 3.0", "mandatory", "dcatap:availability",
    ),
    "a checksum that is deprecated": (
        lambda g: instead(
            g, NamedNode(f"{TURTLE.value}-checksum"), SPDX.algorithm,
            NamedNode("http://dcat-ap.de/def/hashAlgorithms/md/5"),
        ),
        "DCAT-AP.de 3.0", "vocabulary", "spdx:algorithm",
    ),
    "a period without ends": (
        lambda g: without(
            g, NamedNode(f"{CATALOG.value}#period-all"), DCAT.startDate, DCAT.endDate
        ),
        "DCAT-AP.de 3.0", "mandatory", "dcat:startDate",
    ),
}  # fmt: skip


@NEEDS_OFFICIAL
@pytest.mark.parametrize("name", SHAPES)
def test_a_mistake_is_found_by_the_official_shapes(graph: CatalogGraph, name: str) -> None:
    change, profile, layer, path = SHAPES[name]
    (shapes,) = [one for one in official_files.profiles(OFFICIAL) if one.name == profile]
    found, _ = official_files.judge(change(graph), shapes, official_files.background(OFFICIAL))
    assert (layer, path) in {(one.layer, one.path) for one in found}
    assert all(set(one.messages) >= {"de", "en"} for one in found)


@NEEDS_OFFICIAL
def test_the_official_files_are_read_as_they_are_meant() -> None:
    europe, germany = official_files.profiles(OFFICIAL)
    assert (europe.portal, germany.portal) == ("data.europa.eu", "GovData")
    assert any("#448" in words["en"] for words in europe.defects)
    assert any("r5r" in words["de"] for words in germany.defects)
    assert any("DE_DatasetSeries_dcterms_publisher" in words["en"] for words in germany.defects)
    assert len(europe.shapes) > 2000
    assert len(germany.shapes) > 3000
    wrong = "http://data.europa.eu/r5r#"
    assert not [t for t in germany.shapes if wrong in str(t)]


def test_a_folder_without_shapes_is_an_error(tmp_path: Path, graph: CatalogGraph) -> None:
    with pytest.raises(LodError, match="expected official shapes"):
        inspect(graph, "v", tmp_path)
    (tmp_path / "dcat-ap-9").mkdir()
    (tmp_path / "dcat-ap-9/broken.ttl").write_text("<a> <b>")
    with pytest.raises(LodError, match=r"broken\.ttl"):
        inspect(graph, "v", tmp_path)


def test_a_catalog_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="Build again"):
        CatalogGraph.read(tmp_path / "catalog.ttl", BASE)


def test_the_table_asks_for_each_class_of_the_profiles() -> None:
    assert len(REQUIREMENTS) == 59
    assert {duty for one in REQUIREMENTS for duty in (one.europe, one.germany)} == {"M", "R", ""}


# What a CKAN portal reads


def test_ckan_reads_each_dataset_whole(graph: CatalogGraph) -> None:
    read = {package["uri"]: package for package in packages(graph)}
    assert len(read) == 11
    for package in read.values():
        assert all(package.values()), package
        for resource in package["resources"]:
            assert resource["format"].isupper()
            assert resource["url"].startswith("https://")
            assert resource["size"].isdigit()
    trees = read[f"{BASE}id/dataset/baeume"]
    assert trees["publisher_name"] == "Stadt Jena"
    assert trees["contact_email"] == "mailto:garten@example.org"
    assert trees["tags"] == ["Bäume", "trees"]
    assert trees["resources"][0]["url"] == "https://daten.example.org/baeume.csv"


# The page


def run(built: Built, *arguments: str) -> tuple[int, str]:
    folder = built.release.path.parent
    result = CliRunner(env={"LOD_CONFORMANCE": ""}).invoke(
        main, ["preflight", "--releases", str(folder), *arguments]
    )
    return result.exit_code, result.output


def test_the_command_says_yes_on_one_page(built: Built) -> None:
    code, page = run(built, "--language", "de")
    assert code == 0
    assert "GovData         ja, sobald die Adresse Ihre eigene ist" in page
    assert len(page.splitlines()) < 60
    code, page = run(built, "--language", "en", "--format", "markdown")
    assert page.startswith("# Would the catalog of ")
    assert "## Controlled vocabularies" in page


def test_the_command_says_no_with_exit_code_1(built: Built, tmp_path: Path) -> None:
    release = built.release.path
    copy = tmp_path / "releases" / release.name
    copy.mkdir(parents=True)
    for name in ("manifest.json", "publication.json", "index.sqlite"):
        (copy / name).write_bytes((release / name).read_bytes())
    catalog = (release / "catalog.ttl").read_text("utf-8")
    (copy / "catalog.ttl").write_text(catalog.replace("licenses/cc-by/4.0", "licenses/mine"))
    result = CliRunner(env={"LOD_CONFORMANCE": ""}).invoke(
        main,
        ["preflight", "--releases", str(copy.parent), "--format", "json", release.name],
    )
    assert result.exit_code == 1, result.output
    report = json.loads(result.output)
    assert not report["portals"]["GovData"]["takes"]
    assert report["portals"]["data.europa.eu"]["takes"]
    assert {one["layer"] for one in report["remarks"]} <= set(LAYERS)
    assert set(report["portals"]) == set(PORTALS)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_format_is_written_in_both_languages(
    graph: CatalogGraph, format_: str, language: str
) -> None:
    assessment = inspect(without(graph, WHOLE, DCTERMS.title), "2026-01-02-x")
    page = render(assessment, format_, "de" if language == "de" else "en")
    assert "2026-01-02-x" in page
    assert ("ist Pflicht" in page) or language == "en"
    assert ("is mandatory" in page) or language == "de"


def test_many_resources_with_the_same_remark_are_one_line(graph: CatalogGraph) -> None:
    page = render(
        inspect(changed(graph, lambda t: t.predicate != DCATDE.contributorID), "v"), "text", "en"
    )
    assert page.count("No contributor ID yet") == 1
    assert "and 8 more" in page
    assert "as soon as the address is your own and the contributor ID is stated" in page
