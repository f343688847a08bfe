"""What changed between two releases: told by the line, and by the entry."""

from __future__ import annotations

import sqlite3
from io import BytesIO
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.build import build
from lod.changes import ADDED, CHANGED, CHANGES, REMOVED, comparing, read
from lod.errors import ReleaseError
from lod.release import Release, current, verify
from tests.conftest import PUBLICATION, ROOT, SMALL, WriteData

NEXT: dict[str, str | None] = {
    "publication.yaml": PUBLICATION.replace("modified: 2026-01-02", "modified: 2026-02-03"),
    "municipality/jena.yaml": SMALL["municipality/jena.yaml"]
    .replace("population: 110731", "population: 111191")
    .replace("2022-12-31", "2023-12-31"),
    "person/erika-beispiel.yaml": "name: Erika Beispiel\nsources: [source/article]\n",
    "person/martin-berger.yaml": None,
    "board/open-source-board.yaml": SMALL["board/open-source-board.yaml"].replace(
        "martin-berger", "erika-beispiel"
    ),
}
"""Files of the small data as the next edition has them."""
LINES = st.lists(st.from_regex(rb"[^\n]{0,3}\n", fullmatch=True), unique=True).map(sorted)


def after(write_data: WriteData, releases: Path, *editions: dict[str, str | None]) -> Release:
    """Build editions one after the other, and return the last one."""
    for edition in editions:
        data = write_data(edition)
        for name in [name for name, content in edition.items() if content is None]:
            (data / name).unlink(missing_ok=True)
        build(data, ROOT / "shapes", releases, examined=False)
    return current(releases)


@given(old=LINES, new=LINES, block=st.sampled_from([1, 3, 10, 100]))
def test_differences_are_those_of_the_sets(old: list[bytes], new: list[bytes], block: int) -> None:
    with mock.patch.object(comparing, "_BLOCK", block):
        found = list(comparing.differences(BytesIO(b"".join(old)), BytesIO(b"".join(new))))
    assert [line for newer, line in found if not newer] == sorted({*old} - {*new})
    assert [line for newer, line in found if newer] == sorted({*new} - {*old})
    assert [line for _, line in found] == sorted(line for _, line in found)


def test_a_first_release_has_none(write_data: WriteData, tmp_path: Path) -> None:
    assert read(after(write_data, tmp_path / "releases", {}).path) is None


def test_entries_are_added_changed_and_removed(write_data: WriteData, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    first = after(write_data, releases, {})
    release = after(write_data, releases, NEXT)
    changes = read(release.path)
    assert changes is not None
    assert (changes.version, changes.modified) == (first.version, "2026-01-02")
    assert [(one.reference, one.what) for one in changes.listed()] == [
        ("municipality/jena", CHANGED),
        ("person/erika-beispiel", ADDED),
        ("person/martin-berger", REMOVED),
        ("membership/open-source-board-erika-beispiel", ADDED),
        ("membership/open-source-board-martin-berger", REMOVED),
    ]
    assert changes.counts["person"] == {ADDED: 1, REMOVED: 1}
    gone = changes.listed("person", offset=1)[0]
    assert gone.names == {"": "Martin Berger"}, "the last name of what is gone is kept"
    assert [one.reference for one in changes.listed(limit=2, offset=1)] == [
        "person/erika-beispiel",
        "person/martin-berger",
    ]
    kinds = [one.reference.partition("/")[0] for one in changes.sample(4)]
    assert kinds == ["municipality", "person", "membership", "person"], "one of each kind first"


def test_statements_stand_side_by_side(write_data: WriteData, tmp_path: Path) -> None:
    release = after(write_data, tmp_path / "releases", {}, NEXT)
    changes = read(release.path)
    assert changes is not None
    found = changes.differences(["municipality/jena"])["municipality/jena"]
    for triples, values in (
        (found.gone, {"110731", "2022-12-31"}),
        (found.new, {"111191", "2023-12-31"}),
    ):
        assert {getattr(triple.object, "value", "") for triple in triples} == values


def test_what_is_published_does_not_depend_on_the_release_before(
    write_data: WriteData, tmp_path: Path
) -> None:
    alone = after(write_data, tmp_path / "alone", NEXT)
    later = after(write_data, tmp_path / "later", {}, NEXT)
    assert (alone.version, alone.files) == (later.version, later.files)
    assert (alone.path / "manifest.json").read_bytes() == (
        later.path / "manifest.json"
    ).read_bytes()
    assert CHANGES not in later.files
    assert verify(later) == []


def test_the_comparison_outlives_the_release_before(write_data: WriteData, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    first = after(write_data, releases, {})
    release = after(write_data, releases, NEXT)
    first.path.rename(tmp_path / "elsewhere")
    changes = read(release.path)
    assert changes is not None
    assert len(changes.listed()) == 5


@pytest.mark.parametrize(
    ("harm", "compared"),
    [("base", False), ("damage", False), ("nothing", True)],
)
def test_what_can_not_be_compared_is_not(
    write_data: WriteData, tmp_path: Path, harm: str, compared: bool
) -> None:
    releases = tmp_path / "releases"
    first = after(write_data, releases, {})
    edition = dict(NEXT)
    if harm == "base":
        moved = PUBLICATION.replace("https://lod.example.org/", "https://daten.example.org/")
        edition["publication.yaml"] = moved
    if harm == "damage":
        (first.path / "dumps" / "all.nt").write_bytes(b"")
    assert (read(after(write_data, releases, edition).path) is not None) == compared


def test_an_edition_without_changes_says_so(write_data: WriteData, tmp_path: Path) -> None:
    title = PUBLICATION.replace("Small data", "Small things")
    release = after(write_data, tmp_path / "releases", {}, {"publication.yaml": title})
    changes = read(release.path)
    assert changes is not None
    assert (changes.listed(), changes.counts) == ([], {})


def test_a_damaged_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / CHANGES).write_bytes(b"no database")
    with pytest.raises(ReleaseError, match="can't be read"):
        read(tmp_path)
    (tmp_path / CHANGES).unlink()
    sqlite3.connect(tmp_path / CHANGES).executescript("CREATE TABLE before (version, modified)")
    with pytest.raises(ReleaseError, match="can't be read"):
        read(tmp_path)
