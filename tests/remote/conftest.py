"""Stores that run for real, empty or with a release in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lod.build import Built
from lod.release import current
from lod.remote.connection import Connection
from lod.remote.endpoint import Endpoint
from lod.remote.push import push
from lod.sparql.pool import Limits
from lod.store import Store
from lod.web import create_app
from tests.remote.engines import Engine, oxigraph, oxigraph_program, virtuoso

NAMES = ("oxigraph", "virtuoso")
PATIENT = Limits(seconds=60)
"""Workers have the lowest priority, and the machine may have other work."""


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody how far a push is."""


def endpoint(engine: Engine) -> Endpoint:
    """Return the address of a store, for who may change it."""
    return Endpoint(engine.endpoint, user=engine.user, password=engine.password)


def _run(name: str, folder: Path, rows: int = 10_000) -> Iterator[Engine]:
    if name == "oxigraph":
        if oxigraph_program() is None:
            pytest.skip("oxigraph isn't installed: pip install '.[dev]'")
        with oxigraph(folder) as engine:
            yield engine
    else:
        if shutil.which("virtuoso-t") is None:
            pytest.skip("virtuoso-t isn't installed: apt-get install virtuoso-opensource-7-bin")
        with virtuoso(folder, rows) as engine:
            yield engine


@pytest.fixture(scope="package", params=NAMES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Return a running store for small data; tests put into it what they need."""
    yield from _run(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="package", params=NAMES)
def whole(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    real: tuple[Path, Built],
) -> Iterator[Engine]:
    """Return a running store that holds the release of the real data."""
    for engine in _run(request.param, tmp_path_factory.mktemp(f"whole-{request.param}")):
        push(current(real[0]), Connection(endpoint(engine)), silent)
        yield engine


@pytest.fixture(scope="package")
def remote(whole: Engine, real: tuple[Path, Built]) -> Iterator[Flask]:
    """Return an application that reads the real release from a store of its own."""
    app = create_app(real[0], PATIENT, endpoint=endpoint(whole))
    yield app
    app.extensions["sparql"].close()


@pytest.fixture(scope="package")
def local(real: tuple[Path, Built]) -> Iterator[FlaskClient]:
    """Return a client of an application that reads the real release from its directory."""
    app = create_app(real[0], PATIENT)
    yield app.test_client()
    app.extensions["sparql"].close()


@pytest.fixture(scope="package")
def embedded(real: tuple[Path, Built]) -> Store:
    """Return the real release as its own directory has it."""
    return Store(current(real[0]))
