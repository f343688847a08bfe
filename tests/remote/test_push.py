"""Loading releases into stores: whole, again, broken off, watched by readers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from lod.build import build
from lod.cli import main
from lod.errors import EndpointError
from lod.iri import Space
from lod.release import Release, current
from lod.remote import staging
from lod.remote.connection import Connection
from lod.remote.endpoint import Endpoint
from lod.remote.engine import RemoteEngine
from lod.remote.loaded import loaded
from lod.remote.push import push
from lod.store import Store
from lod.web import create_app
from tests.conftest import ROOT
from tests.remote.conftest import endpoint, silent
from tests.remote.engines import HOST, Engine, free_port
from tests.web.conftest import write

BASE = "https://lod.example.org/"
SPACE = Space(BASE)
FOREIGN = "urn:somebody-else"
Make = Callable[..., Release]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Return what builds a small release, in a directory of releases of its own."""

    def made(name: str, changes: dict[str, str] | None = None) -> Release:
        folder = tmp_path_factory.mktemp(name)
        build(write(folder / "data", changes), ROOT / "shapes", folder / "releases")
        return current(folder / "releases")

    return made


@pytest.fixture(scope="module")
def first(make: Make) -> Release:
    return make("first")


@pytest.fixture(scope="module")
def second(make: Make) -> Release:
    """Return a release with a person less and a project more."""
    project = (
        "name: {de: Probe}\nlead: [municipality/jena]\ndescription: {de: Eine Probe.}\n"
        "sources: [source/article]\n"
    )
    return make("second", {"project/probe.yaml": project})


@pytest.fixture
def connection(engine: Engine) -> Connection:
    """Return a connection to a store with nothing in it but a graph of somebody else."""
    connection = Connection(endpoint(engine))
    for row in list(connection.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")):
        name = row["g"].value
        if name.startswith((BASE, FOREIGN)):
            connection.update(f"DROP SILENT GRAPH <{name}>")
    connection.update(f"INSERT DATA {{ GRAPH <{FOREIGN}> {{ <urn:a> <urn:b> 'kept' }} }}")
    return connection


def graphs(connection: Connection) -> dict[str, int]:
    """Return the graphs of ours and of somebody else, and how many triples each has."""
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    rows = connection.select(query)
    sizes = {row["g"].value: int(row["n"].value) for row in rows}
    return {name: n for name, n in sizes.items() if name.startswith((BASE, FOREIGN))}


def expected(release: Release) -> dict[str, int]:
    """Return what `graphs` has to find after a push."""
    sizes = {f"{BASE}graph/{name}": n for name, n in release.manifest["graphs"].items()}
    return {**sizes, FOREIGN: 1, f"{BASE}graph/release": len(sizes) + 1}


def test_a_push_loads_every_graph_and_nothing_else(
    connection: Connection, first: Release, second: Release
) -> None:
    pushed = push(first, connection, silent)
    assert graphs(connection) == expected(first)
    assert loaded(connection, SPACE).version == first.version
    assert pushed.triples == first.manifest["counts"]["triples"] + sum(
        first.manifest["graphs"][name] for name in ("catalog", "terms")
    )
    again = push(first, connection, silent)
    assert again.changed == []
    assert again.removed == []
    after = push(second, connection, silent)
    assert graphs(connection) == expected(second)
    assert "project" in after.changed
    assert "state" in after.kept
    back = push(first, connection, silent)
    assert back.removed == ["project"]
    assert graphs(connection) == expected(first)
    assert len(push(first, connection, silent, everything=True).changed) == len(pushed.changed)
    assert graphs(connection) == expected(first)


def test_without_a_graph_store_updates_do_the_same(
    connection: Connection, engine: Engine, first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = connection.endpoint
    plain = Connection(
        Endpoint(engine.endpoint, addresses.update, user=engine.user, password=engine.password)
    )
    monkeypatch.setattr(staging, "UPDATE_LINES", 50)
    object.__setattr__(plain.endpoint, "graph_store", "")
    sent: list[str] = []
    monkeypatch.setattr(plain.client, "send", spy(plain.client.send, sent))
    push(first, plain, silent)
    assert graphs(connection) == expected(first)
    assert "PUT" not in sent
    assert sent.count("POST") > 20


def spy(send: Any, sent: list[str], fail_at: int = 0) -> Any:
    """Return a way to send that notes the methods, and fails once if told to."""

    def spied(method: str, url: str, **given: Any) -> Any:
        sent.append(method)
        answer = send(method, url, **given)
        if len(sent) == fail_at:
            raise EndpointError("the line broke after the request was carried out")
        return answer

    return spied


def test_a_push_that_was_broken_off_is_completed_by_another(
    connection: Connection, engine: Engine, first: Release, second: Release,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(staging, "PIECE", 60_000)
    push(first, connection, silent)
    counting = Connection(endpoint(engine))
    sent: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(counting.client, "send", spy(counting.client.send, sent))
        push(second, counting, silent)
    assert len(sent) > 10
    swap = len(sent) - 2  # Before clearing up and counting.
    for broken in (3, len(sent) // 2, swap - 2, swap - 1, swap, swap + 1):
        push(first, connection, silent)
        one = Connection(endpoint(engine))
        monkeypatch.setattr(one.client, "send", spy(one.client.send, [], fail_at=broken))
        with pytest.raises(EndpointError, match="the line broke"):
            push(second, one, silent)
        push(second, connection, silent)
        assert graphs(connection) == expected(second), broken
        assert loaded(connection, SPACE).version == second.version


def test_a_graph_that_somebody_changed_is_loaded_again(
    connection: Connection, first: Release
) -> None:
    push(first, connection, silent)
    graph = f"<{BASE}graph/state>"
    connection.update(f"DELETE WHERE {{ GRAPH {graph} {{ <{BASE}id/state/thueringen> ?p ?o }} }}")
    assert push(first, connection, silent).changed == ["state"]
    assert graphs(connection) == expected(first)


def test_readers_never_miss_what_stays(
    connection: Connection, engine: Engine, first: Release, second: Release
) -> None:
    push(first, connection, silent)
    query = (
        f"SELECT ?o {{ GRAPH ?g {{ <{BASE}id/municipality/jena> <https://schema.org/name> ?o }} }}"
    )
    before = len(list(connection.select(query)))
    assert before
    seen: set[int] = set()
    done = threading.Event()

    def read() -> None:
        reader = Connection(endpoint(engine))
        while not done.is_set():
            found = list(reader.select(query.replace("?g", f"<{BASE}graph/municipality>")))
            seen.add(len(found))

    thread = threading.Thread(target=read)
    thread.start()
    for release in (second, first, second, first):
        push(release, connection, silent, everything=True)
    done.set()
    thread.join()
    assert seen == {before}


# The store and the release that is served


def test_a_store_with_another_release_is_not_served(
    connection: Connection, engine: Engine, first: Release, second: Release
) -> None:
    with pytest.raises(EndpointError, match=f"holds no whole release of ours, and {first.version}"):
        create_app(first.path.parent, endpoint=endpoint(engine))
    push(second, connection, silent)
    with pytest.raises(EndpointError, match=f"holds release {second.version}, and {first.version}"):
        create_app(first.path.parent, endpoint=endpoint(engine))
    push(first, connection, silent)
    client = create_app(first.path.parent, endpoint=endpoint(engine)).test_client()
    assert client.get("/doc/municipality/jena.ttl").status_code == 200
    push(second, connection, silent)
    health = client.get("/health")
    assert health.status_code == 200
    assert health.get_json()["status"] == "degraded"
    assert second.version in health.get_json()["store"]


def test_the_command_line(
    connection: Connection, engine: Engine, first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOD_ENDPOINT_PASSWORD", engine.password)
    command = ["push", "--releases", str(first.path.parent), "--endpoint", engine.endpoint]
    who = ["--user", engine.user] if engine.user else []
    done = CliRunner().invoke(main, [*command, *who, first.version])
    assert done.exit_code == 0, done.output
    assert f"{engine.endpoint}: holds {first.version}" in done.output
    assert engine.password == "" or engine.password not in done.output.replace(engine.endpoint, "")
    assert graphs(connection) == expected(first)
    if engine.user:
        monkeypatch.setenv("LOD_ENDPOINT_PASSWORD", "wrong")
        refused = CliRunner().invoke(main, [*command, *who, "--all"])
        assert refused.exit_code == 1
        assert "refused (401" in refused.output
        assert "wrong" not in refused.output


# A store that fails


def test_a_store_that_is_gone_is_503_and_health_says_so(
    connection: Connection, engine: Engine, first: Release
) -> None:
    push(first, connection, silent)
    app = create_app(first.path.parent, endpoint=endpoint(engine))
    client = app.test_client()
    kept = client.get("/doc/municipality/jena.ttl")
    assert kept.status_code == 200
    served = app.config["CURRENT"].edition().remote
    assert isinstance(served, RemoteEngine)
    gone = f"http://{HOST}:{free_port()}/query"
    object.__setattr__(served.connection.endpoint, "query", gone)
    object.__setattr__(served.connection._named, "query", gone)
    for accept in ("text/html", "text/turtle", "application/json"):
        for path in (
            "/doc/municipality/bochum",
            "/sparql?query=ASK%20%7B%7D&format=json",
        ):
            found = client.get(path, headers={"Accept": accept})
            assert found.status_code == 503, path
            assert found.headers["Retry-After"]
            assert found.headers["Cache-Control"] == "no-store"
            assert gone not in found.get_data(as_text=True)
    assert client.get("/doc/municipality/jena.ttl").data == kept.data  # It is remembered.
    assert client.get("/doc/municipality/nowhere").status_code == 404
    assert client.get("/dumps/").status_code == 200
    # The page of a list comes from the index beside the release, its graph from the store.
    listed = {"text/html": 200, "text/turtle": 503}
    for accept, status in listed.items():
        found = client.get("/doc/municipality", headers={"Accept": accept})
        assert found.status_code == status, accept
    health = client.get("/health")
    assert health.status_code == 503
    assert health.get_json()["status"] == "failing"
    app.extensions["sparql"].close()


def test_errors_say_what_is_wrong(engine: Engine) -> None:
    http = httpx.URL(engine.endpoint)
    for url, words in {
        f"http://{HOST}:{free_port()}/sparql": "can't be reached",
        "http://nowhere.invalid/sparql": "can't be reached",
        "ftp://example.org/": "not an address of a store",
        str(http.copy_with(path="/nothing-here")): "nothing does that there|not a SPARQL endpoint",
        str(http.copy_with(scheme="https")): "certificate|can't be reached",
    }.items():
        with pytest.raises(EndpointError, match=words) as caught:
            _ = Connection(Endpoint(url)).endpoint
        assert url.split("?")[0] in str(caught.value)


def test_a_damaged_release_is_not_pushed(
    connection: Connection, first: Release, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(first.path, copy)
    shutil.rmtree(copy / "store")
    before = graphs(connection)
    with pytest.raises(Exception, match="store: can't be read"):
        push(Release(copy, first.manifest), connection, silent)
    assert graphs(connection) == before


def test_pieces_are_bounded() -> None:
    lines = [b"x" * 10] * 25 + [b"y" * 200]
    found = list(staging.pieces(lines, 100, 8))
    assert [line for piece in found for line in piece] == lines
    assert all(len(piece) <= 8 for piece in found)
    assert all(sum(map(len, piece)) <= 100 or len(piece) == 1 for piece in found)
    assert list(staging.pieces([], 100, 8)) == []


def test_a_store_reads_the_same_small_release(
    connection: Connection, engine: Engine, first: Release
) -> None:
    push(first, connection, silent)
    here, there = Store(first), Store(first, RemoteEngine(Connection(endpoint(engine)), first))
    assert there.describe("board/open-source-board") == here.describe("board/open-source-board")
