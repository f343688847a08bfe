"""Builds that take over what is kept: the same bytes as builds that begin with nothing."""

from __future__ import annotations

import gzip
import random
import shutil
import sqlite3
import zlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from lod.build import Built, build, check, kept
from lod.build import pieces as cutting
from lod.build.converting import convert
from lod.build.kept import CACHE
from lod.build.packing import join, packed, unpacked
from lod.build.pieces import extends
from lod.conformance import read
from lod.errors import LodError, RecordErrors
from lod.records import chunks as chunking
from lod.records import load
from lod.records.chunks import chunks
from lod.records.raw import Reporter
from lod.release import verify
from lod.search import GAP, SEARCH, renumbered
from lod.store import INDEX
from lod.validation import ConformanceError, Finding
from tests.conftest import PUBLICATION, SMALL, WriteData

NEIGHBOURS = ("a", "a-b", "a-b-c", "a-b0", "a0", "a0-1", "a1", "ab", "b-1", "b")
"""Slugs whose lines come between those of others in N-Triples."""


def dumps(built: Built) -> dict[str, bytes]:
    """Return the published files whose bytes don't depend on where they were cut."""
    folder = built.release.path
    return {
        name: (folder / name).read_bytes()
        for name in built.release.files
        if name.startswith("dumps/") and not name.endswith(".gz")
    }


def stored(built: Built) -> set[ox.Quad]:
    return set(ox.Store.read_only(str(built.release.path / "store")))


def published(built: Built) -> dict[str, str]:
    return {name: file.sha256 for name, file in built.release.files.items()}


@pytest.fixture
def places(write_data: WriteData) -> Path:
    """Return data with several chunks and pieces, whatever the size of those."""
    head = "slug,name.de,sources\n"
    rows = "".join(f'{slug},"Ort, {slug}",source/article\n' for slug in NEIGHBOURS)
    return write_data({"municipality.csv": head + rows})


def test_cuts_change_no_byte(
    places: Path, shapes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = dumps(build(places, shapes, tmp_path / "whole"))
    lines = whole["dumps/all.nt"].splitlines()
    assert lines == sorted(lines)
    for records in (1, 2, 3):
        monkeypatch.setattr(cutting, "RECORDS", records)
        monkeypatch.setattr(chunking, "ROWS", records)
        monkeypatch.setattr(chunking, "FILES", records)
        built = build(places, shapes, tmp_path / f"cut-{records}")
        assert dumps(built) == whole
    assert len(list(chunks(places, Reporter("en")))) > 8


@pytest.mark.parametrize("processes", ["1", "2", "3"])
def test_the_number_of_processes_changes_no_byte(
    processes: str, places: Path, shapes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = build(places, shapes, tmp_path / "alone")
    monkeypatch.setenv("LOD_PROCESSES", processes)
    shared = build(places, shapes, tmp_path / "shared")
    manifests = [(one.release.path / "manifest.json").read_bytes() for one in (alone, shared)]
    assert manifests[0] == manifests[1]


@pytest.mark.parametrize("command", ["check", "convert"])
def test_mistakes_are_told_alike_by_several_processes(
    command: str, places: Path, shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (places / "municipality.csv").open("a", encoding="utf-8") as rows:
        rows.write("Not a slug,,source/article\n" * 3)
    (places / "person" / "nobody.yaml").write_text("nmae: Nobody\n", "utf-8")
    told = set()
    for processes in ("1", "2"):
        monkeypatch.setenv("LOD_PROCESSES", processes)
        with pytest.raises(RecordErrors) as mistakes:
            check(places, shapes) if command == "check" else list(convert(places))
        told.add(str(mistakes.value))
    assert len(told) == 1
    assert "Did you mean name?" in told.pop()


def test_what_changed_is_all_that_is_made_anew(
    places: Path, shapes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Change records at random; each build is the same as one that begins with nothing."""
    monkeypatch.setattr(cutting, "RECORDS", 2)
    monkeypatch.setattr(chunking, "ROWS", 2)
    chance = random.Random(4)
    table = places / "municipality.csv"
    with table.open("a", encoding="utf-8") as rows_:
        rows_.writelines(f"n-{number},Ort {number},source/article\n" for number in range(60))
    build(places, shapes, tmp_path / "releases")
    taken = linked = 0
    for number in range(6):
        head, *rows = table.read_text("utf-8").splitlines()
        changed = chance.randrange(len(rows))
        if number % 3 == 0:
            rows[changed] = rows[changed].replace("Ort", f"Neuer Ort {number}")
        elif number % 3 == 1:
            rows.insert(changed, f"a-{number},Dazwischen,source/article")
        else:
            del rows[changed]
        table.write_text("\n".join((head, *rows)) + "\n", "utf-8")
        before = {
            path: path.stat().st_mtime_ns for path in (tmp_path / "releases" / CACHE).iterdir()
        }
        built = build(places, shapes, tmp_path / "releases")
        fresh = build(places, shapes, tmp_path / f"fresh-{number}")
        assert published(built) == published(fresh)
        assert stored(built) == stored(fresh)
        assert _searched(built) == _searched(fresh)
        assert _listed(built) == _listed(fresh)
        assert verify(built.release) == []
        linked += any(path.stat().st_nlink > 1 for path in built.release.path.rglob("*.sst"))
        taken += sum(
            path.is_file() and path.stat().st_mtime_ns == time for path, time in before.items()
        )
    assert taken > 200
    assert linked > 3


def test_what_is_kept_is_never_trusted_when_damaged(
    places: Path, shapes: Path, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    built = build(places, shapes, releases)
    for number, harm in enumerate((_cut_short, _change_a_byte, _empty, _delete)):
        shutil.rmtree(built.release.path)
        for path in (releases / CACHE).iterdir():
            harm(path)
        again = build(places, shapes, releases)
        assert again.new, number
        assert published(again) == published(built)
        assert verify(again.release) == []


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _change_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _delete(path: Path) -> None:
    path.unlink()


def test_only_what_the_last_build_used_is_kept(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    build(write_data(), shapes, releases)
    number = len(list((releases / CACHE).iterdir()))
    for name in ("Eins", "Zwei"):
        person = SMALL["person/martin-berger.yaml"].replace("Martin", name)
        build(write_data({"person/martin-berger.yaml": person}), shapes, releases)
        assert len(list((releases / CACHE).iterdir())) == number


def test_a_change_elsewhere_is_checked_again(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    """A piece that stays as it is may be broken by what a record it refers to has become."""
    releases = tmp_path / "releases"
    build(write_data(), shapes, releases)
    state = SMALL["state.csv"].replace("thueringen,Thüringen,16", "thueringen,Thüringen,15")
    data = write_data({"state.csv": state})
    kept_ = {str(finding) for finding in _findings(data, shapes, releases)}
    assert kept_ == {str(finding) for finding in check(data, shapes).findings}
    assert any("district.csv" in finding for finding in kept_)


def _findings(data: Path, shapes: Path, releases: Path) -> list[Finding]:
    with pytest.raises(ConformanceError) as caught:
        build(data, shapes, releases)
    return list(caught.value.findings)


def test_an_address_that_only_looks_like_a_reference(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    """It may be of a record that isn't there: the finished release tells."""
    ghost = "https://lod.example.org/id/project/ghost"
    town = SMALL["municipality/bochum.yaml"] + f"homepage: {ghost}\n"
    built = build(write_data({"municipality/bochum.yaml": town}), shapes, tmp_path / "releases")
    (links,) = (one for one in read(built.release.path) or () if one.name == "links")
    assert not links.passed
    assert links.findings == [ghost]


def test_slugs_that_sort_among_the_lines_of_others() -> None:
    for one in NEIGHBOURS:
        for other in NEIGHBOURS:
            among = one > other and f"<{one}>" < f"<{other}>"
            assert extends(one, other) == among, (one, other)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_row_is_in_one_chunk(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows with line breaks and quotation marks are read as from the whole table."""
    rows = [
        "slug,name.de,sources",
        'eins,"Ort, eins",source/a',
        'zwei,"Ort ""zwei"",\nmit Komma",source/a',
        'drei,Ort "drei",source/a',
        "",
        'vier,"Vier",source/a',
        "fuenf,Fünf,",
    ]
    (tmp_path / "publication.yaml").write_text(PUBLICATION, "utf-8")
    (tmp_path / "source.csv").write_text("slug,name,url\na,A,https://example.org/a\n", "utf-8")
    (tmp_path / "topic.csv").write_bytes(end.join(rows).encode())
    whole = load(tmp_path).entries
    monkeypatch.setattr(chunking, "ROWS", 1)
    assert len(list(chunks(tmp_path, Reporter("en")))) == 8
    cut = load(tmp_path).entries
    assert [one.record for one in cut.values()] == [one.record for one in whole.values()]
    for reference, entry in whole.items():
        assert cut[reference].locate(("name",)) == entry.locate(("name",))


def test_a_chunk_of_a_changed_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "topic.csv").write_text("slug,name.de\na,A\n", "utf-8")
    (chunk,) = chunks(tmp_path, Reporter("en"))
    (tmp_path / "topic.csv").write_text("slug,name.de\na,A\nb,B\n", "utf-8")
    with pytest.raises(LodError, match="changed while it was read"):
        chunk.rows()


def test_packed_parts_are_one_gzip_member(tmp_path: Path) -> None:
    parts = [b"", b"eins\n" * 1000, b"", b"zwei" * 3]
    assert [unpacked(packed(part)) for part in parts] == parts
    plain, zipped, lengths = join(tmp_path / "x.nt", map(packed, parts))
    content = (tmp_path / "x.nt.gz").read_bytes()
    assert gzip.decompress(content) == (tmp_path / "x.nt").read_bytes() == b"".join(parts)
    reader = zlib.decompressobj(wbits=31)
    assert reader.decompress(content) == b"".join(parts)
    assert reader.eof
    assert not reader.unused_data
    assert (plain.size, zipped.size) == (len(b"".join(parts)), len(content))
    assert lengths == list(map(len, parts))


def test_a_file_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x"
    kept.write(path, {"a": [1]}, [b"eins", b"zwei"])
    facts, start = kept.read_facts(path)
    assert facts == {"a": [1]}
    assert kept.read_section(path, start + 4, 4) == b"zwei"
    assert kept.whole(path)
    assert not kept.whole(tmp_path / "y")


# The search index


def _searched(built: Built) -> dict[str, object]:
    """Return all that a search index knows, with references in place of its numbers."""
    index = sqlite3.connect(f"file:{built.release.path / SEARCH}?mode=ro", uri=True)
    try:
        rows = list(index.execute("SELECT * FROM entry ORDER BY id"))
        named = {number: f"{kind}/{slug}" for number, kind, slug, *_ in rows}
        words = [word for (word,) in index.execute("SELECT word FROM word ORDER BY word")]
        matches = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid"
        return {
            "entries": [row[1:] for row in rows],
            "names": sorted(
                (folded, named[entry], sort, shown)
                for folded, entry, sort, shown in index.execute("SELECT * FROM name")
            ),
            "codes": sorted(
                (value, named[entry], key)
                for value, entry, key in index.execute("SELECT * FROM code")
            ),
            "words": list(index.execute("SELECT * FROM word ORDER BY word")),
            "deletions": list(index.execute("SELECT * FROM deletion ORDER BY form, word")),
            "found": {
                word: [named[number] for (number,) in index.execute(matches, (f'"{word}"',))]
                for word in words
            },
        }
    finally:
        index.close()


def _listed(built: Built) -> list[list[tuple[object, ...]]]:
    index = sqlite3.connect(f"file:{built.release.path / INDEX}?mode=ro", uri=True)
    try:
        tables = (("resource", "kind, slug"), ("identifier", "kind, value"))
        return [
            list(index.execute(f"SELECT * FROM {table} ORDER BY {order}"))
            for table, order in tables
        ]
    finally:
        index.close()


def test_numbers_follow_the_order_with_few_changes() -> None:
    known = {name: GAP * number for number, name in enumerate("abcdefgh", start=1)}
    assert renumbered("abcdefgh", known) == {}
    assert renumbered("abdefgh", known) == {}
    moved = renumbered("hxabcydefgz", known)
    assert moved is not None
    assert moved.keys() == set("hxyz")
    numbers = [moved.get(name, known.get(name, 0)) for name in "hxabcydefgz"]
    assert numbers == sorted(set(numbers))
    assert renumbered([*map(str, range(GAP)), "a"], {"a": GAP}) is None
