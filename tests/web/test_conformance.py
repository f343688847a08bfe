"""The checks of a release: passed by a real one, failed by one that isn't what it claims to be."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask

from lod.build import Built
from lod.conformance import Check, examine, read
from lod.conformance import dumps as checking
from lod.conformance.dumps import read_dump
from lod.release import current
from lod.vocab import DCTERMS, EARL, RDF
from lod.web import create_app
from tests.conftest import ROOT

BASE = "https://lod.example.org/"
NAMES = ["shapes", "catalog", "dumps", "checksums", "statistics", "links"]


def by_name(path: Path) -> dict[str, Check]:
    return {check.name: check for check in examine(path, BASE)}


def test_the_real_release_is_what_it_claims_to_be(real: tuple[Path, Built]) -> None:
    release = real[1].release
    checks = {check.name: check for check in read(release.path) or []}
    assert list(checks) == NAMES
    assert [name for name, check in checks.items() if not check.passed] == []
    manifest = release.manifest
    assert checks["dumps"].counts == {"files": 4, "triples": manifest["counts"]["triples"]}
    assert checks["shapes"].counts == {"violation": 0, **manifest["report"]}
    assert checks["statistics"].counts["numbers"] > 100
    assert checks["links"].counts["missing"] == 0
    assert "conformance.json" in release.files, "it is published, with its checksum"


def test_checks_come_to_the_same_again(small: Path) -> None:
    release = current(small)
    assert read(release.path) == examine(release.path, BASE)


def edit(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        content = (path / name).read_bytes()
        assert old in content
        (path / name).write_bytes(content.replace(old, new, 1))

    return change


def forget(path: Path) -> None:
    """Take what is said of a state out of the store."""
    store = ox.Store(str(path / "store"))
    state = ox.NamedNode(f"{BASE}id/state/thueringen")
    for quad in list(store.quads_for_pattern(state, None, None, None)):
        store.remove(quad)
    store.flush()


def repack(path: Path) -> None:
    """Pack a dump anew: its content is the same, its bytes are not."""
    packed = path / "dumps" / "all.nt.gz"
    packed.write_bytes(gzip.compress(gzip.decompress(packed.read_bytes()), 1, mtime=5))


BAD = b"a sh:ValidationResult ; sh:sourceShape <x> ; sh:resultSeverity sh:Violation , "
HARM = {
    "a violation": (edit("report.ttl", b"a ", BAD + b"sh:Violation . <y> a "), {"shapes"}),
    "no publisher": (edit("catalog.ttl", b"dcterms:publisher", b"dcterms:creator"), {"catalog"}),
    "another Turtle": (edit("dumps/all.ttl", b"Jena", b"Gera"), {"dumps", "checksums"}),
    "another RDF/XML": (edit("dumps/all.rdf", b"Jena", b"Gera"), {"dumps", "checksums"}),
    "broken JSON-LD": (edit("dumps/all.jsonld", b"{", b""), {"dumps", "checksums"}),
    "another part": (edit("dumps/state.ttl", b"Th", b"th"), {"checksums"}),
    "packed anew": (repack, {"checksums"}),
    "another number": (edit("void.ttl", b"void:entities ", b"void:entities 9"), {"statistics"}),
    "a hole": (forget, {"statistics"}),
    "a link to nothing": (
        edit("dumps/all.nt", b"/id/state/thueringen> .", b"/id/state/thule> ."),
        {"dumps", "checksums", "links"},
    ),
}


@pytest.mark.parametrize("what", HARM)
def test_what_is_wrong_is_found(small: Path, tmp_path: Path, what: str) -> None:
    harm, failed = HARM[what]
    path = tmp_path / "release"
    shutil.copytree(current(small).path, path)
    harm(path)
    checks = by_name(path)
    assert {name for name, check in checks.items() if not check.passed} == failed
    assert all(checks[name].findings for name in failed)


@pytest.mark.parametrize("resources", [1, 2, 3, 5_000])
def test_json_ld_is_read_in_parts(
    resources: int, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "RESOURCES", resources)
    dump = current(small).path / "dumps" / "all.jsonld"
    whole = set(ox.parse(path=str(dump)))
    assert set(checking.quads(dump)) == whole
    assert len(whole) > 50
    content = dump.read_bytes()
    for number, broken in enumerate(
        (
            content[: -len("]}\n")],
            content[: len(content) // 2],
            content.replace(b"},\n{", b"}\n{", 1),
            content.replace(b"}\n]}", b"},\n]}"),
            b"",
        )
    ):
        path = tmp_path / f"{number}.jsonld"
        path.write_bytes(broken)
        with pytest.raises(SyntaxError):
            list(checking.quads(path))


# What stands beside a dump's parts, and what was read of them before


PARTS: dict[str, tuple[bytes, ...]] = {
    "x.ttl": (b"@prefix e: <http://e/> .\n", b"e:a e:b e:c .\n", b"e:d e:b e:c .\n", b""),
    "x.nt": (b"", b"<http://e/a> <http://e/b> <http://e/c> .\n", b""),
    "x.jsonld": (
        b'{"@context": {"@vocab": "http://e/", "@base": "http://e/"}, "@graph": [\n',
        b'{"@id": "a", "b": {"@id": "c"}}',
        b",\n",
        b'{"@id": "d", "b": {"@id": "c"}}',
        b"\n]}\n",
    ),
}


def together(name: str, folder: Path, known: Mapping[str, checking.Held]) -> checking.Dump:
    path = folder / name
    path.write_bytes(b"".join(PARTS[name]))
    return checking.Dump(path, list(map(len, PARTS[name])), known)


@pytest.mark.parametrize("name", PARTS)
def test_parts_hold_what_the_whole_holds(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = together(name, tmp_path, {})
    whole, parts = read_dump(dump._replace(lengths=())), read_dump(dump)
    assert (parts.held, parts.problem) == (whole.held, "")
    assert parts.held[0] == len(parts.parts) > 0
    checking.remember(tmp_path / "known", [parts])
    known = checking.remembered(tmp_path / "known")
    assert known == parts.parts
    monkeypatch.setattr(ox, "parse", None)
    assert read_dump(dump._replace(known=known)) == parts


@pytest.mark.parametrize("name", PARTS)
def test_what_was_read_before_hides_nothing(name: str, tmp_path: Path) -> None:
    dump = together(name, tmp_path, {})
    before = read_dump(dump)
    content = b"".join(PARTS[name])
    for changed in (content.replace(b"c", b"x", 1), content + content[-9:], content[:-9]):
        dump.path.write_bytes(changed)
        now = read_dump(dump._replace(known=before.parts))
        assert now.problem or now.held != before.held, changed


def test_lines_are_tallied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.nt"
    path.write_text(
        "".join(
            f"<http://e/{s}> <{p}> {o} .\n"
            for s in "abc"
            for p, o in (
                (RDF.type.value, "<http://e/C>"),
                ("http://e/p", f'"<{RDF.type.value}> <http://e/D> . {s}"'),
                ("http://e/p", f'"{s}"@de'),
            )
        ),
        encoding="utf-8",
    )
    expected = checking.Tally(3, {RDF.type.value: 3, "http://e/p": 6}, {"http://e/C": 3})
    for size in (1, 100, 1 << 20):
        monkeypatch.setattr(checking, "BLOCK", size)
        assert read_dump(checking.Dump(path)).held.tally == expected
    assert checking.Tally.together([expected, expected]) == checking.Tally(
        6, {RDF.type.value: 6, "http://e/p": 12}, {"http://e/C": 6}
    )


def test_what_is_remembered_may_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "known"
    assert checking.remembered(path) == {}
    for content in ("", "[]", "{", '{"a": 1}', '{"a": [1, 2, null]}'):
        path.write_text(content, encoding="utf-8")
        assert checking.remembered(path) == {}
    held = {"a": checking.Held(1, 2, checking.Tally(1, {"http://e/p": 1}, {}))}
    checking.remember(path, [checking.Outcome("x.nt", parts=held)])
    assert checking.remembered(path) == held
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert checking.remembered(path) == {}, place


# The page and its data


def test_the_results_are_published(small_app: Flask) -> None:
    client = small_app.test_client()
    for language, word in (("de", "6 von 6 Prüfungen"), ("en", "6 of 6 checks")):
        page = client.get(f"/conformance?lang={language}", headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert word in page.text
    data = client.get("/conformance", headers={"Accept": "application/n-triples"})
    graph = {quad.triple for quad in ox.parse(data.data, ox.RdfFormat.N_TRIPLES)}
    outcomes = [t.object for t in graph if t.predicate == EARL.outcome]
    assert outcomes == [EARL.passed] * len(NAMES)
    assert sum(t.object == EARL.Assertion for t in graph if t.predicate == RDF.type) == len(NAMES)
    dates = {str(t.object) for t in graph if t.predicate == DCTERMS.date}
    assert dates == {'"2026-01-02"^^<http://www.w3.org/2001/XMLSchema#date>'}, "the edition's"
    plain = client.get("/dumps/latest/conformance.json")
    assert [one["name"] for one in plain.get_json(force=True)] == NAMES
    plain.close()


def test_a_failed_check_is_told(small: Path, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    shutil.copytree(small, releases, symlinks=True)
    edit("conformance.json", b'"passed": true', b'"passed":false')(current(releases).path)
    app = create_app(releases)
    page = app.test_client().get("/conformance.html?lang=en")
    assert "5 of 6 checks" in page.text
    assert "Shapes: failed" in page.text


def test_every_check_has_words(small_app: Flask) -> None:
    text = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in NAMES)
