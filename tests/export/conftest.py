"""A release with lists of several pages, and its export."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from lod.build import build
from lod.export import export_site
from lod.web import create_app
from tests.conftest import ROOT
from tests.web.conftest import write

TOWNS = 115
"""With the two of the small data: two pages."""
WIDE = {
    "municipality.csv": "slug,name.de,type,ags,district,states,sources\n"
    + "".join(
        f"ort-{n:03},Ort Nummer {n},topic/kreisfreie-stadt,16053{n:03},district/jena,"
        "state/thueringen,source/article\n"
        for n in range(1, TOWNS + 1)
    ),
    "project/netz.yaml": "name: {de: Netz der Städte, en: Network of towns}\n"
    "description: {de: Viele Orte & ein <Netz>., en: Many places.}\n"
    f"lead: [{', '.join(f'municipality/ort-{n:03}' for n in range(1, 106))}]\n"
    "sources: [source/article]\n",
}


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a releases directory with a release of some hundred resources."""
    folder = tmp_path_factory.mktemp("wide")
    build(write(folder / "data", WIDE), ROOT / "shapes", folder / "releases")
    return folder / "releases"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a releases directory with a small release."""
    folder = tmp_path_factory.mktemp("small-export")
    build(write(folder / "data"), ROOT / "shapes", folder / "releases")
    return folder / "releases"


@pytest.fixture(scope="session")
def exported(wide: Path) -> Iterator[Path]:
    """Return the folder of an export, made by two processes; web servers may read it."""
    with tempfile.TemporaryDirectory(prefix="lod-export-") as folder:
        Path(folder).chmod(0o755)
        export_site(wide, Path(folder) / "public", workers=2)
        yield Path(folder) / "public"


@pytest.fixture(scope="session")
def plain(wide: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an export for hosts without rules."""
    out = tmp_path_factory.mktemp("plain") / "public"
    export_site(wide, out, endpoint="https://sparql.example.org/query", plain=True, workers=1)
    return out


@pytest.fixture(scope="session")
def live(wide: Path) -> Flask:
    """Return the application that serves the same release."""
    return create_app(wide)
