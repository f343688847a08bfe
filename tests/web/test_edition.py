"""A newly activated release is served at once, and no request fails meanwhile."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.build import build
from lod.errors import ReleaseError
from lod.release import activate
from lod.web import create_app, edition
from lod.web.cache import Cache
from tests.conftest import ROOT
from tests.web.conftest import write

ENTITY = "/doc/municipality/jena"


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, str, str]:
    """Return a releases directory with two releases, and their versions; the first is active."""
    releases = tmp_path / "releases"
    first = build(write(tmp_path / "data"), ROOT / "shapes", releases).release.version
    renamed = {"municipality/jena.yaml": jena("Jena an der Saale")}
    second = build(write(tmp_path / "other", renamed), ROOT / "shapes", releases).release.version
    activate(releases, first)
    return releases, first, second


def jena(name: str) -> str:
    return (
        f"name: {{de: {name}}}\ntype: topic/kreisfreie-stadt\n"
        'ags: "16053000"\ndistrict: district/jena\nstates: [state/thueringen]\n'
        "sources: [source/article]\n"
    )


def test_an_activated_release_is_served_at_once(two: tuple[Path, str, str]) -> None:
    releases, first, second = two
    client = create_app(releases).test_client()
    before = client.get(ENTITY)
    assert "Saale" not in before.text
    activate(releases, second)
    after = client.get(ENTITY, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Jena an der Saale" in after.text
    assert client.get("/health").json == {"status": "ok", "version": second}
    activate(releases, first)
    assert "Saale" not in client.get(ENTITY).text
    assert client.get(ENTITY).headers["ETag"] == before.headers["ETag"]


def test_no_request_fails_while_releases_change(two: tuple[Path, str, str]) -> None:
    releases, *versions = two
    app = create_app(releases)
    done = threading.Event()
    answers: list[tuple[int, bytes]] = []

    def ask() -> None:
        client = app.test_client()
        paths = (ENTITY, f"{ENTITY}.html", "/doc/municipality", "/id/municipality/jena", "/")
        while not done.is_set():
            for path in paths:
                response = client.get(path, headers={"Accept": "text/html"})
                answers.append((response.status_code, response.data))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(30):
        activate(releases, versions[number % 2])
        done.wait(0.05)
    done.set()
    for thread in threads:
        thread.join()
    assert len(answers) > 100
    assert {status for status, _ in answers} == {200, 303}
    assert any(b"Saale" in page for _, page in answers)


def damage(releases: Path, version: str) -> None:
    (releases / version / "dumps" / "all.nt").unlink()


def no_manifest(releases: Path, version: str) -> None:
    (releases / version / "manifest.json").write_text("{", encoding="utf-8")


def no_publication(releases: Path, version: str) -> None:
    path = releases / version / "publication.json"
    path.write_text("[" + " " * (path.stat().st_size - 2) + "]", encoding="utf-8")


def no_store(releases: Path, version: str) -> None:
    for path in (releases / version / "store").iterdir():
        path.write_bytes(b"\0" * path.stat().st_size)


@pytest.mark.parametrize("harm", [damage, no_manifest, no_publication, no_store])
def test_a_damaged_release_is_refused_and_the_old_one_stays(
    two: tuple[Path, str, str],
    harm: Callable[[Path, str], None],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    releases, first, second = two
    app = create_app(releases)
    client = app.test_client()
    activate(releases, second)
    harm(releases, second)
    for _ in range(3):
        assert client.get(ENTITY).status_code == 200
        assert "Saale" not in client.get(ENTITY).text
    assert len([record for record in caplog.records if record.name == edition.__name__]) == 1
    report = client.get("/health").json
    assert report is not None
    assert report["status"] == "degraded"
    assert report["version"] == first
    assert report["refused"]
    activate(releases, first)
    monkeypatch.setattr(edition, "_RETRY", 0.0)
    app.config["CURRENT"].retry_now()
    assert client.get("/health").json == {"status": "ok", "version": first}


def test_the_old_release_stays_when_the_link_is_gone(two: tuple[Path, str, str]) -> None:
    releases, first, _ = two
    client = create_app(releases).test_client()
    (releases / "current").unlink()
    assert client.get(ENTITY).status_code == 200
    assert (client.get("/health").json or {})["version"] == first


def test_old_dumps_stay_until_they_are_pruned(two: tuple[Path, str, str]) -> None:
    releases, first, second = two
    client = create_app(releases).test_client()
    path = f"/dumps/{second}/manifest.json"
    page = client.get("/dumps/", headers={"Accept": "text/html"})
    assert path.removesuffix("manifest.json") in page.text
    with client.get(path) as response:
        assert response.status_code == 200
    shutil.rmtree(releases / second)
    assert client.get(path).status_code == 404
    asked = {"Accept": "text/html", "If-None-Match": page.headers["ETag"]}
    assert second not in client.get("/dumps/", headers=asked).text
    with client.get(f"/dumps/{first}/manifest.json") as response:
        assert response.status_code == 200


@pytest.mark.parametrize("harm", [damage, no_manifest, no_publication, no_store])
def test_no_application_for_a_damaged_release(
    two: tuple[Path, str, str], harm: Callable[[Path, str], None]
) -> None:
    releases, first, _ = two
    harm(releases, first)
    with pytest.raises(ReleaseError, match=r"manifest|damaged|can't be read"):
        create_app(releases)


def test_no_application_without_a_release(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="lod build"):
        create_app(tmp_path)


def test_the_cache_is_bounded() -> None:
    cache = Cache[bytes](100, len)
    made = []

    def make(name: str, size: int) -> bytes:
        made.append(name)
        return b"x" * size

    for name in "abcde":
        cache.get(name, lambda name=name: make(name, 20))  # type: ignore[misc]
    assert cache.weight == 100
    cache.get("a", lambda: make("a again", 20))
    cache.get("f", lambda: make("f", 20))
    cache.get("a", lambda: make("a again", 20))
    cache.get("b", lambda: make("b again", 20))
    assert made == ["a", "b", "c", "d", "e", "f", "b again"]
    assert (len(cache), cache.weight) == (5, 100)
    assert cache.get("huge", lambda: make("huge", 26)) == b"x" * 26
    assert cache.weight == 100
