"""A publisher's own look, and what a public body says of its site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lod.build import build
from lod.errors import LodError
from lod.web import create_app
from tests.conftest import PUBLICATION, ROOT
from tests.web.conftest import write

HTML = {"Accept": "text/html"}
EXAMPLE = ROOT / "docs" / "theme"
LEGAL = """\
imprint:
  address: [Am Anger 15, 07743 Jena]
  represented_by: die Oberbürgermeisterin
  phone: 03641 49-0
  text: {de: Umsatzsteuernummer 1, en: VAT number 1}
privacy:
  officer: {name: {de: Datenschutz, en: Data protection}, email: ds@example.org}
  text: {de: Der Server davor hält nichts fest., en: The server in front keeps nothing.}
accessibility:
  assessed: 2026-11-20
  method: {de: Selbst geprüft., en: Assessed by ourselves.}
  exceptions: [{de: Ein altes PDF., en: An old PDF.}]
  enforcement: {name: {de: Schlichtungsstelle, en: Arbitration}, page: https://example.org/s}
menu:
  - {text: {de: Rathaus, en: Town hall}, url: https://example.org/rathaus}
"""
PATHS = (
    "/", "/about", "/doc", "/doc/municipality", "/doc/municipality/jena", "/doc/board",
    "/doc/board/open-source-board", "/doc/person/martin-berger", "/doc/source/article/mentions",
    "/doc/municipality/jena/statements", "/doc/municipality/jena/graph",
    "/compare?of=jena&of=bochum",
    "/search?q=jena", "/questions", "/questions/board-members", "/catalog", "/dumps/", "/ns",
    "/sparql", "/imprint", "/privacy", "/accessibility", "/nothing",
)  # fmt: skip


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with a release whose publication says all that it can of its site."""
    folder = tmp_path_factory.mktemp("legal")
    data = write(folder / "data", {"publication.yaml": PUBLICATION + LEGAL})
    build(data, ROOT / "shapes", folder / "releases")
    return folder / "releases"


@pytest.fixture(scope="module")
def clients(releases: Path) -> dict[str, FlaskClient]:
    """Return a client of our own look, and one of the example's."""
    return {
        "ours": create_app(releases).test_client(),
        "theirs": create_app(releases, theme=EXAMPLE).test_client(),
    }


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_in_both_looks(
    clients: dict[str, FlaskClient], path: str, language: str
) -> None:
    found = {}
    for name, client in clients.items():
        mark = "&" if "?" in path else "?"
        response = client.get(f"{path}{mark}lang={language}", headers=HTML)
        assert response.status_code == (404 if path == "/nothing" else 200)
        found[name] = response.text
    assert "theme.css" in found["theirs"]
    assert "theme.css" not in found["ours"]
    assert ("Rathaus" if language == "de" else "Town hall") in found["ours"]
    assert found["theirs"].count("<main") == found["ours"].count("<main") == 1


def test_files_of_the_theme_come_first(clients: dict[str, FlaskClient]) -> None:
    ours, theirs = clients["ours"], clients["theirs"]
    assert theirs.get("/static/theme.css").data == (EXAMPLE / "static/theme.css").read_bytes()
    assert ours.get("/static/theme.css").status_code == 404
    assert theirs.get("/static/style.css").data == ours.get("/static/style.css").data
    assert theirs.get("/static/../templates/base.html").status_code == 404


def test_a_template_can_extend_ours(clients: dict[str, FlaskClient]) -> None:
    text = clients["theirs"].get("/about?lang=en", headers=HTML).text
    assert "Example town" in text
    assert "Publisher and contact" in text


def test_another_look_has_other_validators(clients: dict[str, FlaskClient]) -> None:
    tags = {client.get("/about", headers=HTML).headers["ETag"] for client in clients.values()}
    assert len(tags) == 2


def test_a_folder_that_is_no_theme(releases: Path, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(LodError, match=r"expected templates/ or static/ inside"):
            create_app(releases, theme=folder)


@pytest.fixture
def read(clients: dict[str, FlaskClient]) -> Callable[[str, str], str]:
    """Return what reads a page in a language."""

    def page(path: str, language: str) -> str:
        return clients["ours"].get(f"{path}?lang={language}", headers=HTML).text

    return page


def test_the_imprint(read: Callable[[str, str], str]) -> None:
    text = read("/imprint", "de")
    for words in ("07743 Jena", "Vertreten durch", "03641 49-0", "Umsatzsteuernummer 1"):
        assert words in text
    assert "VAT number 1" in read("/imprint", "en")


def test_privacy(read: Callable[[str, str], str]) -> None:
    text = read("/privacy", "de")
    assert "mailto:ds@example.org" in text
    assert "Der Server davor hält nichts fest." in text


def test_the_statement_on_accessibility(read: Callable[[str, str], str]) -> None:
    text = read("/accessibility", "de")
    for words in ("20. November 2026", "Selbst geprüft.", "Ein altes PDF.", "Schlichtungsstelle"):
        assert words in text
    assert "mailto:lod@example.org" in text


def test_what_nobody_said_is_said_to_be_missing(small_client: FlaskClient) -> None:
    imprint = small_client.get("/imprint?lang=en", headers=HTML).text
    assert "has not given a postal address" in imprint
    assert "has not assessed" in small_client.get("/accessibility?lang=en", headers=HTML).text
