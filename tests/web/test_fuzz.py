"""All that the description allows is asked of every route, and much that it doesn't.

Each route's boundaries, then values at random; the answers are held to the description.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import brotli
import pytest
import schemathesis
from flask import Flask
from schemathesis import Case, CheckContext, Config, Response, engine
from schemathesis.engine import events
from werkzeug.test import run_wsgi_app

from lod.web import create_app
from lod.web.openapi.answers import ERRORS, EVERYWHERE
from lod.web.openapi.document import path_of
from lod.web.openapi.routes import OPERATIONS

SETTINGS: dict[str, Any] = {
    "seed": 20261125,
    "generation": {
        "max-examples": 10,
        "deterministic": True,
        "database": "none",
        "no-shrink": True,
    },
    "phases": {"stateful": {"enabled": False}},
    "checks": {
        # What one parameter may be depends on others, and on JSON inside of a string.
        "positive_data_acceptance": {"enabled": False},
        "max_response_time": 30,
    },
}
if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LABELS = {
    f"{method} {path_of(rule)}": f"{method} {rule}"
    for method, _, rule in (name.partition(" ") for name in OPERATIONS)
}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}
TRANSPORT = {"Content-Length", "Content-Type", "Date"}
MANY = 1500
"""So many requests at least, or something was left out."""


@schemathesis.serializer("application/sparql-query")
def as_it_is(context: Any, value: Any) -> bytes:
    return str(value).encode("utf-8", "surrogatepass")


class Run(NamedTuple):
    """What came of asking: operation → number of requests, and what was wrong."""

    asked: dict[str, int]
    wrong: dict[str, list[str]]


@schemathesis.check
def nothing_is_told_of_the_inside(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    assert b"Traceback (most recent" not in response.content
    assert b'.py", line ' not in response.content


@schemathesis.check
def every_header_is_described(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    operation = OPERATIONS[LABELS[case.operation.label]]
    answer = {**ERRORS, **operation.answers}.get(response.status_code)
    if answer is not None and case.method.upper() == case.operation.method.upper():
        known = {name.lower() for name in (*answer.headers, *EVERYWHERE, *TRANSPORT)}
        assert set(response.headers) - known == set()


def unpacked(app: Flask) -> WSGIApplication:
    """Return an application whose bodies come as clients see them, whole and unpacked."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        chunks, status, headers = run_wsgi_app(app, environ, buffered=True)
        body = b"".join(chunks)
        coding = headers.get("Content-Encoding")
        start_response(status, headers.to_wsgi_list())
        return [UNPACK[coding](body) if coding and body else body]

    return answer


@pytest.fixture(scope="module")
def run(small: Path) -> Iterator[Run]:
    """Ask all routes."""
    app = create_app(small)
    config = Config.from_dict(SETTINGS)
    schema = schemathesis.openapi.from_wsgi("/openapi.json", unpacked(app), config=config)
    asked: dict[str, int] = defaultdict(int)
    wrong: dict[str, list[str]] = defaultdict(list)
    for event in engine.from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            asked[event.label or ""] += len(event.recorder.cases)
            wrong[event.label or ""] += _failures(event.recorder)
        elif isinstance(event, events.NonFatalError):
            wrong[""].append(f"{event.label}: {event.info}")
        elif isinstance(event, events.FatalError):
            wrong[""].append(str(event.exception))
    yield Run(asked, wrong)
    app.extensions["sparql"].close()


def _failures(recorder: Any) -> list[str]:
    return [
        f"{node.name}: {node.failure_info.failure.message}\n{node.failure_info.code_sample}"
        for case, nodes in recorder.checks.items()
        for node in nodes
        if node.failure_info
    ]


def test_every_operation_was_asked(run: Run) -> None:
    assert set(run.asked) == set(LABELS)
    assert sum(run.asked.values()) > MANY
    assert run.wrong[""] == []


@pytest.mark.parametrize("label", LABELS)
def test_a_route_answers_as_it_is_described(run: Run, label: str) -> None:
    assert run.asked[label] > 0
    if run.wrong[label]:
        pytest.fail("\n\n".join(run.wrong[label][:5]), pytrace=False)
