"""``/openapi``: the description, for programs and for people."""

from __future__ import annotations

import json
import shlex
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from flask import Response

from lod.web.edition import Edition
from lod.web.openapi.answers import ERRORS
from lod.web.openapi.document import openapi, operation_id, path_of
from lod.web.openapi.parts import Answer, Operation, Parameter, of_edition
from lod.web.openapi.routes import OPERATIONS, TAGS
from lod.web.openapi.samples import Samples, samples
from lod.web.representations import Representation
from lod.web.respond import Document, Page, respond
from lod.web.visit import edition, reader

PATH = "openapi"
JSON = Representation(
    "OpenAPI",
    ".json",
    "application/json",
    ("application/openapi+json", "application/vnd.oai.openapi+json"),
)


class Shown(NamedTuple):
    """An operation as the page shows it.

    Attributes:
        id: its anchor.
        method: in capitals.
        path: with its variables in braces.
        operation: what is described.
        parameters: of the path, the query, the headers and the form.
        answers: status, its phrase, and the answer.
        address: of the example, on this host; empty of one that can't be a link.
        command: that asks for the example.
    """

    id: str
    method: str
    path: str
    operation: Operation
    parameters: list[tuple[Parameter, str]]
    answers: list[tuple[int, str, Answer]]
    address: str
    command: str


def description(extension: str = "") -> Response:
    """Answer with the description of all routes.

    Args:
        extension: of the address, without its point.
    """
    served = edition()
    return respond(
        Document(
            PATH,
            page=lambda: Page("openapi.html", _context(served)),
            extension=f".{extension}" if extension else "",
            mark=reader().root,
            others={JSON: lambda: _written(served)},
        )
    )


def example(name: str, known: Samples) -> str:
    """Return the path and the query of an operation's example.

    Args:
        name: method and rule of the operation.
        known: of the edition.
    """
    operation = OPERATIONS[name]
    path = path_of(name.partition(" ")[2])
    for one in operation.path:
        path = path.replace(f"{{{one.name}}}", quote(operation.example(one, known)))
    given = [
        (one.name, operation.example(one, known))
        for one in operation.chosen
        if one.where == "query" and (one.required or one.name in operation.tried)
    ]
    return f"{path}?{urlencode(given, quote_via=quote)}" if given else path


def _written(served: Edition) -> bytes:
    content = openapi(OPERATIONS, samples(served), served.store.publication, reader().root)
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _context(served: Edition) -> dict[str, Any]:
    known = samples(served)
    shown = [_shown(name, operation, known) for name, operation in OPERATIONS.items()]
    return {
        "groups": [
            (tag, words, [one for one in shown if one.operation.tag == tag])
            for tag, words in TAGS.items()
        ],
        "json": JSON,
    }


def _shown(name: str, operation: Operation, known: Samples) -> Shown:
    method, _, rule = name.partition(" ")
    answers = {**operation.answers, **{code: ERRORS[code] for code in operation.errors}}
    address = example(name, known)
    return Shown(
        operation_id(name),
        method,
        path_of(rule),
        operation,
        [
            *((one, one.where) for one in (*operation.path, *operation.chosen)),
            *((one, "form") for one in operation.form),
        ],
        [(code, HTTPStatus(code).phrase, answers[code]) for code in sorted(answers)],
        reader().path(address[1:]) if method == "GET" else "",
        _command(operation, known, known.base + address[1:]),
    )


def _command(operation: Operation, known: Samples, address: str) -> str:
    """Return the line of curl that asks for an example."""
    words = ["curl", "-s"]
    success = operation.answers.get(HTTPStatus.OK)
    if success is None:
        words.append("-I")
    elif "Accept" in (one.name for one in operation.chosen):
        words += ["-H", f"Accept: {next(iter(success.content))}"]
    for one in operation.form[:1]:
        words += ["--data-urlencode", f"{one.name}={of_edition(one.example or '', known)}"]
    return " ".join(map(shlex.quote, [*words, address]))
