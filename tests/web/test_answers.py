"""What is answered from memory is what would be answered without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from werkzeug.test import Client, EnvironBuilder

from lod.build import Built
from lod.web import create_app
from lod.web.answers import ASKED, LONGEST, RARE, Answers
from lod.web.edition import Current
from tests.web.conftest import undated

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "http.yaml").read_text(encoding="utf-8")
)
ENTITY = "/doc/municipality/jena"
UNREAD = {"HTTP_HOST", "HTTP_COOKIE", "HTTP_CONNECTION"}
"""Flask reads them of every request, and nothing comes of it: answers name no host."""


class Watched(dict[str, Any]):
    """A request that remembers which of its headers were read."""

    def __init__(self, environ: dict[str, Any]) -> None:
        super().__init__(environ)
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self.read.add(str(name))
        return super().__contains__(name)


def current(app: Flask) -> Current:
    found = app.config["CURRENT"]
    assert isinstance(found, Current)
    return found


def requests() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield method, path and headers of every case of the table."""
    for case in CASES:
        method, path = case["ask"].split(" ") if " " in case["ask"] else ("GET", case["ask"])
        asked = {"Accept": case.get("accept"), "Accept-Language": case.get("language")}
        yield method, path, {name: value for name, value in asked.items() if value}


@pytest.fixture(scope="module")
def forgetful(real: tuple[Path, Built]) -> Flask:
    """Return an application that answers nothing from memory."""
    app = create_app(real[0])
    app.wsgi_app._app = app.wsgi_app._app._app  # type: ignore[attr-defined]
    return app


def answer(
    client: Client, method: str, path: str, headers: dict[str, str]
) -> tuple[str, dict[str, str], bytes]:
    """Return status, headers and content of an answer."""
    with client.open(path, method=method, headers=headers) as response:
        return response.status, undated(response), response.data


def test_every_case_of_the_table_gets_the_same_answer(app: Flask, forgetful: Flask) -> None:
    remembering, other = Client(app), Client(forgetful)
    answers = current(app).edition().answers
    unchanged = 0
    for number, (method, path, headers) in enumerate(requests()):
        if path.startswith("/health"):
            continue  # It tells of the moment.
        asked = [headers | {"Accept-Encoding": ("identity", "gzip", "br")[number % 3]}]
        for given in asked:
            expected = answer(other, method, path, given)
            first = answer(remembering, method, path, given)
            before = len(answers)
            assert (first, answer(remembering, method, path, given)) == (expected, expected), path
            assert len(answers) == before
            known = expected[1].get("ETag")
            if known and len(asked) == 1:
                asked.append(given | {"If-None-Match": known})
            unchanged += expected[0].startswith("304")
    assert unchanged > 80


def test_what_lasts_reads_nothing_but_what_it_is_kept_by(forgetful: Flask) -> None:
    kept = 0
    for method, path, headers in requests():
        if path.startswith("/dumps/"):
            continue  # Files are sent by the server and never kept.
        builder = EnvironBuilder(path=path, method=method, headers=[*headers.items()])
        environ = Watched(builder.get_environ())
        made = forgetful.wsgi_app(environ, lambda *_: print)
        getattr(made, "close", lambda: None)()
        if "lod.lasting" in environ:
            kept += 1
            read = {name for name in environ.read if name.startswith("HTTP_")}
            assert read <= {*ASKED, *RARE, *UNREAD}, (method, path)
    assert kept > 80


def test_a_second_request_comes_from_memory(small_app: Flask) -> None:
    client = Client(small_app)
    made = []

    def counted(environ: Any, start: Any) -> Any:
        made.append(environ["PATH_INFO"])
        return inner(environ, start)

    answers = small_app.wsgi_app._app  # type: ignore[attr-defined]
    assert isinstance(answers, Answers)
    inner, answers._app = answers._app, counted
    try:
        first = client.get(ENTITY, headers={"Accept": "text/turtle"})
        second = client.get(ENTITY, headers={"Accept": "text/turtle"})
        assert made == [ENTITY]
        assert (first.data, undated(first)) == (second.data, undated(second))
        client.get(ENTITY, headers={"Accept": "text/html"})
        client.get(ENTITY, headers={"Accept": "text/turtle", "Accept-Encoding": "br"})
        client.head(ENTITY, headers={"Accept": "text/turtle"})
        client.get(f"{ENTITY}?lang=en", headers={"Accept": "text/turtle"})
        assert len(made) == 5
    finally:
        answers._app = inner


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/health", {}),
        ("/doc/municipality/nowhere", {}),
        (ENTITY, {"Accept": "image/png"}),
        (ENTITY, {"If-Match": '"another"'}),
        ("/dumps/latest/all.ttl", {"Range": "bytes=0-9"}),
        (f"{ENTITY}?x={'x' * LONGEST}", {}),
        ("/doc/municipality/jena", {"Upgrade": "websocket"}),
    ],
)
def test_what_does_not_last_is_not_kept(
    small_app: Flask, path: str, headers: dict[str, str]
) -> None:
    answers = current(small_app).edition().answers
    before = len(answers)
    with Client(small_app).get(path, headers=headers):
        assert len(answers) == before
