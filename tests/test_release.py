from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.errors import ReleaseError
from lod.release import (
    CURRENT,
    Release,
    activate,
    complete,
    current,
    finish,
    locked,
    open_release,
    prune,
    staging,
    verify,
    versions,
)

Make = Callable[[str], Release]


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


@pytest.fixture
def make(releases: Path) -> Make:
    """Make a release of three files."""

    def release(version: str) -> Release:
        with locked(releases), staging(releases) as staged:
            (staged / "dumps").mkdir()
            (staged / "dumps" / "all.nt").write_text(f"{version}\n")
            (staged / "store").mkdir()
            (staged / "store" / "data").write_text("x")
            (staged / "index.sqlite").write_text("y")
            return finish(staged, releases, version, {"counts": {"triples": 1}})

    return release


def test_a_release_is_listed_activated_and_whole(releases: Path, make: Make) -> None:
    release = make("1")
    assert set(release.files) == {"dumps/all.nt"}
    assert json.loads((release.path / "served.json").read_text()).keys() == {
        "store/data",
        "index.sqlite",
    }
    assert verify(release) == complete(release) == []
    with pytest.raises(ReleaseError, match="no release here"):
        current(releases)
    activate(releases, "1")
    assert current(releases).version == "1"


def test_rollback_is_activating_an_older_one(releases: Path, make: Make) -> None:
    make("1")
    make("2")
    activate(releases, "2")
    activate(releases, "1")
    assert current(releases).version == "1"
    assert [release.version for release in versions(releases)] == ["1", "2"]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda path: (path / "dumps/all.nt").write_text("1x"), "the checksum differs"),
        (lambda path: (path / "dumps/all.nt").write_text("longer"), "6 bytes, expected 2"),
        (lambda path: (path / "dumps/all.nt").unlink(), "missing"),
        (lambda path: (path / "store/data").unlink(), "missing"),
        (lambda path: (path / "served.json").write_text("{"), "missing or unreadable"),
        (lambda path: (path / "more").write_text("x"), "not listed in the manifest"),
    ],
)
def test_verify_finds_each_damage(harm: Callable[[Path], object], words: str, make: Make) -> None:
    release = make("1")
    harm(release.path)
    assert any(words in line for line in verify(release))


def test_a_damaged_release_is_not_activated(releases: Path, make: Make) -> None:
    make("1")
    activate(releases, "1")
    (make("2").path / "store/data").unlink()
    with pytest.raises(ReleaseError, match="damaged"):
        activate(releases, "2")
    assert current(releases).version == "1"


@pytest.mark.parametrize("version", ["", "..", "../x", ".lock", "a/b", "current"])
def test_only_a_version_can_be_activated(version: str, releases: Path, make: Make) -> None:
    make("1")
    activate(releases, "1")
    with pytest.raises(ReleaseError, match="not a version"):
        activate(releases, version)
    assert current(releases).version == "1"


def test_what_is_not_there_cannot_be_activated(releases: Path, make: Make) -> None:
    make("1")
    with pytest.raises(ReleaseError, match="lod releases"):
        activate(releases, "2")


def test_a_changed_byte_keeps_a_release_from_being_activated(releases: Path, make: Make) -> None:
    path = make("1").path / "dumps/all.nt"
    path.write_text("2\n")
    with pytest.raises(ReleaseError, match="the checksum differs"):
        activate(releases, "1")


@pytest.mark.parametrize("manifest", ["", "{}", "[]", '{"files": {}}'])
def test_one_bad_manifest_does_not_hide_the_others(
    manifest: str, releases: Path, make: Make
) -> None:
    (make("1").path / "manifest.json").write_text(manifest)
    make("2")
    assert [release.version for release in versions(releases)] == ["2"]


def test_a_link_to_itself_is_named(releases: Path) -> None:
    releases.mkdir()
    (releases / CURRENT).symlink_to(CURRENT)
    with pytest.raises(ReleaseError, match="current"):
        current(releases)


def test_a_directory_that_cannot_be_switched_is_named(releases: Path, make: Make) -> None:
    make("1")
    (releases / ".building-current").mkdir()
    with pytest.raises(ReleaseError, match="can't be switched"):
        activate(releases, "1")


def test_an_unreadable_manifest_is_named(make: Make) -> None:
    path = make("1").path
    (path / "manifest.json").write_text("{")
    with pytest.raises(ReleaseError, match="the manifest can't be read"):
        open_release(path)


def test_prune_keeps_the_newest_and_the_active(releases: Path, make: Make) -> None:
    for number, version in enumerate("abcde"):
        os.utime(make(version).path, ns=(number, number))
    activate(releases, "a")
    assert prune(releases, 2) == ["b", "c"]
    assert {release.version for release in versions(releases)} == {"a", "d", "e"}
    assert current(releases).version == "a"


def test_a_damaged_version_is_replaced(releases: Path, make: Make) -> None:
    (make("1").path / "store/data").unlink()
    activated = make("1")
    assert verify(activated) == []
    assert sorted(path.name for path in releases.iterdir()) == [".lock", "1"]


def test_two_writers_are_refused(releases: Path) -> None:
    with (
        locked(releases),
        pytest.raises(ReleaseError, match="another build is running"),
        locked(releases),
    ):
        pass
    with locked(releases):
        pass


def test_leftovers_are_cleared_by_the_next_writer(releases: Path) -> None:
    (releases / ".building-1" / "store").mkdir(parents=True)
    (releases / ".building-current").symlink_to("nowhere")
    with locked(releases):
        assert [path.name for path in releases.iterdir()] == [".lock"]


def test_staging_is_gone_after_a_failure(releases: Path) -> None:
    def fail() -> None:
        with locked(releases), staging(releases) as staged:
            (staged / "x").write_text("x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert [path.name for path in releases.iterdir()] == [".lock"]


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(ReleaseError, match="can't be written"),
        locked(tmp_path / "file" / "releases"),
    ):
        pass


def test_the_link_is_relative_so_that_the_directory_can_move(releases: Path, make: Make) -> None:
    make("1")
    activate(releases, "1")
    moved = releases.rename(releases.with_name("moved"))
    assert (moved / CURRENT).readlink() == Path("1")
    assert current(moved).version == "1"
