"""Servers for the suites of the web side: of a small release, and of the real one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug import Response

from lod.build import Built, build
from lod.web import create_app
from tests.conftest import ROOT, SMALL


def write(data: Path, changes: Mapping[str, str] | None = None) -> Path:
    """Write the small data directory with some files changed or added."""
    for name, content in {**SMALL, **(changes or {})}.items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return data


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a releases directory with a small release."""
    folder = tmp_path_factory.mktemp("small")
    build(write(folder / "data"), ROOT / "shapes", folder / "releases")
    return folder / "releases"


@pytest.fixture(scope="session")
def small_app(small: Path) -> Iterator[Flask]:
    """Return an application that serves the small release."""
    yield from _serving(small)


@pytest.fixture(scope="session")
def app(real: tuple[Path, Built]) -> Iterator[Flask]:
    """Return an application that serves the real release."""
    yield from _serving(real[0])


def _serving(releases: Path) -> Iterator[Flask]:
    made = create_app(releases)
    yield made
    made.extensions["sparql"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of the real release."""
    return app.test_client()


@pytest.fixture
def small_client(small_app: Flask) -> FlaskClient:
    """Return a client of the small release."""
    return small_app.test_client()


def undated(response: Response) -> dict[str, str]:
    """Return an answer's headers but the one that tells the time."""
    return {name: value for name, value in response.headers.items() if name != "Date"}
