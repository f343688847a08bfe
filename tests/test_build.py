from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from lod.build import Built, build, check
from lod.errors import RecordErrors, ReleaseError
from lod.release import current, locked, verify, versions
from lod.store import ABOUT_US, Store, graph_iri
from lod.validation import ConformanceError
from tests.conftest import PUBLICATION, ROOT, SMALL, WriteData

KILLS = 50


def run(data: Path, releases: Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        (
            *(sys.executable, "-m", "lod", "build"),
            *(f"--data={data}", f"--out={releases}", f"--shapes={ROOT / 'shapes'}"),
        ),
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def finished(process: subprocess.Popen[bytes]) -> None:
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, (output, errors)


def test_the_small_data_conform(write_data: WriteData, shapes: Path) -> None:
    checked = check(write_data(), shapes)
    assert checked.violations == []
    assert checked.records == 16


def test_a_release_has_all_its_files(write_data: WriteData, shapes: Path, tmp_path: Path) -> None:
    built = build(write_data(), shapes, tmp_path / "releases")
    names = set(built.release.files)
    formats = ("nt", "ttl", "jsonld", "rdf")
    assert {f"dumps/all.{end}{gz}" for end in formats for gz in ("", ".gz")} <= names
    assert {f"dumps/{k}.ttl{gz}" for k in ("board", "person") for gz in ("", ".gz")} <= names
    assert {"catalog.ttl", "void.ttl", "report.ttl", "ns.ttl", "context.jsonld"} <= names
    assert "shapes/municipality.ttl" in names
    assert built.release.manifest["counts"]["kinds"]["municipality"] == 2
    assert built.release.manifest["counts"]["triples"] == built.checked.triples
    assert built.release.version.startswith("2026-01-02-")
    assert verify(built.release) == []
    for name in names:
        if name.endswith(".ttl"):
            rdflib.Graph().parse(built.release.path / name, format="turtle")


def test_published_shapes_say_what_they_build_on(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    folder = build(write_data(), shapes, tmp_path / "releases").release.path / "shapes"
    base = "https://lod.example.org/shapes/"
    together = rdflib.Graph().parse(folder / "all.ttl", format="turtle")
    importing = 0
    for path in sorted(folder.glob("*.ttl")):
        shape = rdflib.Graph().parse(path, format="turtle")
        imported = set(shape.objects(rdflib.URIRef(base + path.name), rdflib.OWL.imports))
        used = {*shape.objects(None, rdflib.SH.property), *shape.objects(None, rdflib.SH.node)}
        files = {str(node).partition("#")[0] for node in used if str(node).startswith(base)}
        if path.name != "all.ttl":
            assert {str(node) for node in imported} >= files - {base + path.name}, path.name
            importing += bool(imported)
        assert len(together) > len(shape) or path.name == "all.ttl"
    assert importing > 5


def test_the_same_input_gives_the_same_bytes(write_data: WriteData, tmp_path: Path) -> None:
    data = write_data()
    manifests = []
    for seed, language in (("1", "de_DE.UTF-8"), ("2", "C"), ("random", "en_US.UTF-8")):
        releases = tmp_path / f"releases-{seed}"
        finished(run(data, releases, PYTHONHASHSEED=seed, LC_ALL=language, TZ=f"UTC+{len(seed)}"))
        release = current(releases)
        manifests.append((release.version, (release.path / "manifest.json").read_bytes()))
    assert manifests[0] == manifests[1] == manifests[2]


def test_nothing_new_makes_no_new_release(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    data, releases = write_data(), tmp_path / "releases"
    assert build(data, shapes, releases).new
    again = build(data, shapes, releases)
    assert not again.new
    assert len(versions(releases)) == 1


def test_a_damaged_release_of_the_same_version_is_built_anew(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    data, releases = write_data(), tmp_path / "releases"
    for name in ("dumps/all.nt", "manifest.json", "served.json"):
        (build(data, shapes, releases).release.path / name).unlink()
        built = build(data, shapes, releases)
        assert built.new
        assert verify(built.release) == []


def test_a_faulty_record_leaves_the_served_release(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    before = build(write_data(), shapes, releases).release.version
    with pytest.raises(RecordErrors):
        build(write_data({"person/x.yaml": "nam: X\n"}), shapes, releases)
    assert current(releases).version == before
    assert [path.name for path in releases.glob(".building*")] == []


def test_a_violation_leaves_the_served_release(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    before = build(write_data(), shapes, releases).release.version
    far = SMALL["municipality/jena.yaml"].replace("50.92722", "5.92722")
    with pytest.raises(ConformanceError) as caught:
        build(write_data({"municipality/jena.yaml": far}), shapes, releases)
    assert caught.value.findings
    assert current(releases).version == before


def test_two_builds_at_once_are_refused(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    with locked(releases), pytest.raises(ReleaseError, match="another build is running"):
        build(write_data(), shapes, releases)


def test_a_full_disk_leaves_the_served_release(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    before = build(write_data(), shapes, releases).release.version
    data = write_data({"publication.yaml": PUBLICATION.replace("Small", "Other")})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # A file that may not grow fails like one on a full disk; no test may fill the real one.
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(ReleaseError, match="make room on the disk"):
            build(data, shapes, releases)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert current(releases).version == before
    assert [path.name for path in releases.glob(".building*")] == []
    assert build(data, shapes, releases).new


def test_killed_at_any_moment_the_served_release_is_whole(
    write_data: WriteData, tmp_path: Path
) -> None:
    """Kill a build fifty times at random moments; what is served is always verified."""
    releases = tmp_path / "releases"
    data = write_data()
    start = time.monotonic()
    finished(run(data, releases))
    duration = time.monotonic() - start
    moments = random.Random(50)
    killed = interrupted = 0
    for number in range(6 * KILLS):
        changed = PUBLICATION.replace("Small data", f"Small data {number}")
        write_data({"publication.yaml": changed})
        start = time.monotonic()
        process = run(data, releases)
        try:
            process.wait(duration * moments.uniform(0.3, 1))
            # It was faster than the ones before: the machine has less to do now.
            duration = time.monotonic() - start
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        killed += process.returncode == -signal.SIGKILL
        assert verify(current(releases)) == [], number
        interrupted += bool(list(releases.glob(".building*")))
        if killed == KILLS:
            break
    assert killed == KILLS
    assert interrupted, "some builds were killed while they wrote"
    finished(run(data, releases))
    assert [path.name for path in releases.glob(".building*")] == []


# The release of the real data


def test_the_real_release_holds_what_was_promised(real: tuple[Path, Built]) -> None:
    counts = real[1].release.manifest["counts"]["kinds"]
    registered = 10_981
    assert counts["municipality"] >= registered
    assert counts["district"] == 400
    assert counts["state"] == 16
    assert counts["board"] >= 1
    store = Store(current(real[0]))
    model_projects = store.query(
        "SELECT (COUNT(DISTINCT ?project) AS ?n) {"
        " ?project dcterms:type <https://lod.example.org/id/topic/model-project> }"
    )
    assert isinstance(model_projects, ox.QuerySolutions)
    assert next(model_projects)["n"].value == "73"
    assert real[1].checked.violations == []


def test_every_dump_of_the_real_data_is_the_same_graph(real: tuple[Path, Built]) -> None:
    folder = real[1].release.path / "dumps"
    graphs = [
        {quad.triple for quad in ox.parse(path=str(folder / f"all.{end}"))}
        for end in ("nt", "ttl", "jsonld", "rdf")
    ]
    assert graphs[0] == graphs[1] == graphs[2] == graphs[3]
    assert len(graphs[0]) == real[1].release.manifest["counts"]["triples"]


def test_the_store_holds_the_dump(real: tuple[Path, Built]) -> None:
    release = real[1].release
    engine = ox.Store.read_only(str(release.path / "store"))
    dump = {quad.triple for quad in ox.parse(path=str(release.path / "dumps/all.nt"))}
    aside = {graph_iri(real[1].checked.setting.space, name) for name in ABOUT_US}
    found = Counter(quad.triple for quad in engine if quad.graph_name not in aside)
    assert found.keys() == dump
    everywhere = Counter(quad.triple for quad in engine)
    assert max(everywhere.values()) == 1, "a triple in two graphs would be counted twice"


def test_each_kind_has_a_graph_that_holds_its_dump(real: tuple[Path, Built]) -> None:
    release = real[1].release
    engine = ox.Store.read_only(str(release.path / "store"))
    space = real[1].checked.setting.space
    kinds = release.manifest["counts"]["kinds"]
    files = {kind: f"dumps/{kind}.ttl" for kind in kinds}
    files |= {"catalog": "catalog.ttl", "terms": "ns.ttl"}
    assert {graph.value for graph in engine.named_graphs() if isinstance(graph, ox.NamedNode)} == {
        graph_iri(space, name).value for name in files
    }
    sizes = release.manifest["graphs"]
    for name, file in files.items():
        graph = graph_iri(space, name)
        stored = {quad.triple for quad in engine.quads_for_pattern(None, None, None, graph)}
        # Through another store, for the engine keeps an xsd:nonNegativeInteger as xsd:integer.
        other = ox.Store()
        other.load(path=str(release.path / file))
        published = {quad.triple for quad in other}
        # What the catalog repeats of the records stays in their graphs.
        assert stored == published if name != "catalog" else stored <= published, name
        assert sizes[name] == len(stored)


def test_the_dumps_of_the_kinds_make_up_the_whole(real: tuple[Path, Built]) -> None:
    release = real[1].release
    kinds = release.manifest["counts"]["kinds"]
    found = set()
    for kind in kinds:
        path = release.path / "dumps" / f"{kind}.ttl"
        found |= {quad.triple for quad in ox.parse(path=str(path))}
    assert len(found) == release.manifest["counts"]["triples"]
