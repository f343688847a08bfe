"""The description as a document of OpenAPI 3.1.

Spec: https://spec.openapis.org/oas/v3.1.1.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import lod
from lod.records.publication import Publication
from lod.web.openapi.answers import ERRORS, HEADERS
from lod.web.openapi.parts import Answer, Operation, Operations, Parameter, Schema, of_edition
from lod.web.openapi.routes import TAGS
from lod.web.openapi.samples import Samples
from lod.web.posted import FORM
from lod.web.visit import LONGEST_ADDRESS
from lod.web.wording import Text, pick

VERSION = "3.1.0"
LANGUAGE = "en"
"""The language of the description; OpenAPI has room for one."""
_ABOUT = """\
{about}

Everything can be read by anyone, and nothing can be written. Each route that answers GET answers
HEAD and OPTIONS too. Other methods get 405, addresses beyond {longest} bytes 414; other parameters
are passed over, and a path may end in `/`. Answers allow scripts of any site to read them (CORS).
Errors come as a page for browsers, as `application/problem+json` (RFC 9457) for clients that ask
for data, and as text otherwise.
"""
_ROUTE_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
_Object = dict[str, Any]


def path_of(rule: str) -> str:
    """Return the path of a rule as OpenAPI writes it.

    >>> path_of("/dumps/<version>/<path:name>")
    '/dumps/{version}/{name}'
    """
    return _ROUTE_VARIABLE.sub(r"{\1}", rule)


def key_of(parameter: Parameter) -> str:
    """Return the name of a parameter among the components."""
    return parameter.key or parameter.name


def openapi(operations: Operations, known: Samples, publication: Publication, root: str) -> _Object:
    """Return the description.

    Args:
        operations: all of them.
        known: of the edition.
        publication: whose data are served.
        root: the path that the application is mounted at, without ``/`` at its end.
    """
    paths: dict[str, _Object] = {}
    for name, operation in operations.items():
        method, _, rule = name.partition(" ")
        at = paths.setdefault(path_of(rule), {})
        at[method.lower()] = _operation(name, operation, known)
    components = {
        "parameters": _parameters(operations.values(), known),
        "headers": {name: _header(name) for name in HEADERS},
        "responses": {_name(code): _answer(one) for code, one in ERRORS.items()},
    }
    schemas: dict[str, Schema] = {}
    paths, components = _shared(paths, schemas), _shared(components, schemas)
    return {
        "openapi": VERSION,
        "info": _info(publication),
        "servers": [
            {"url": known.base.rstrip("/"), "description": "The publication."},
            {"url": root or "/", "description": "The host that this description came from."},
        ],
        "tags": [{"name": name, "description": words} for name, words in TAGS.items()],
        "paths": paths,
        "components": {**components, "schemas": dict(sorted(schemas.items()))},
    }


def _info(publication: Publication) -> _Object:
    contact = publication.contact
    given = {"url": contact.page, "email": contact.email}
    return {
        "title": _words(publication.title),
        "version": lod.__version__,
        "description": _ABOUT.format(
            about=_words(publication.description), longest=LONGEST_ADDRESS
        ),
        "contact": {
            "name": _words(contact.name),
            **{name: str(value) for name, value in given.items() if value},
        },
        "license": {"name": publication.licence_name, "url": str(publication.licence)},
    }


def _words(texts: Mapping[str, str]) -> str:
    return (pick(texts, LANGUAGE) or Text("")).words


def _operation(name: str, operation: Operation, known: Samples) -> _Object:
    answers = {str(code): _answer(one) for code, one in operation.answers.items()}
    answers |= {str(code): _reference("responses", _name(code)) for code in operation.errors}
    found: _Object = {
        "operationId": operation_id(name),
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.description,
        "parameters": [
            *(_parameter(one, known, operation) for one in operation.path),
            *(_reference("parameters", key_of(one)) for one in operation.chosen),
        ],
        "requestBody": _body(operation, known),
        "responses": answers,
    }
    return {key: value for key, value in found.items() if value}


def operation_id(name: str) -> str:
    """Return the name of an operation for programs; with a slash at the end it is another one.

    >>> operation_id("GET /doc/<kind>/<name>")
    'get-doc-kind-name'
    """
    method, _, rule = name.partition(" ")
    words = re.findall(r"[\w-]+", _ROUTE_VARIABLE.sub(r"\1", rule))
    last = ["slash"] if words and rule.endswith("/") else []
    return "-".join([method.lower(), *(words or ["home"]), *last])


def _parameter(one: Parameter, known: Samples, operation: Operation | None = None) -> _Object:
    found: _Object = {
        "name": one.name,
        "in": one.where,
        "description": one.description,
        "schema": of_edition(one.schema, known),
    }
    if one.required or one.where == "path":
        found["required"] = True
    example = operation.example(one, known) if operation else of_edition(one.example or "", known)
    if example:
        found["example"] = int(example) if found["schema"].get("type") == "integer" else example
    return found


def _parameters(operations: Iterable[Operation], known: Samples) -> dict[str, _Object]:
    every: dict[str, Parameter] = {}
    for operation in operations:
        for one in operation.chosen:
            if every.setdefault(key_of(one), one) is not one:
                raise ValueError(f"two parameters have the key {key_of(one)}")
    return {key: _parameter(one, known) for key, one in sorted(every.items())}


def _header(name: str) -> _Object:
    header = HEADERS[name]
    found: _Object = {"description": header.description, "schema": header.schema}
    return found | ({"required": True} if header.always else {})


def _answer(answer: Answer) -> _Object:
    names = ("Access-Control-Allow-Origin", "Cache-Control", *answer.headers)
    return {
        "description": answer.description,
        "headers": {name: _reference("headers", name) for name in names},
        **({"content": _content(answer.content)} if answer.content else {}),
    }


def _body(operation: Operation, known: Samples) -> _Object:
    fields = {one.name: _field(one, known) for one in operation.form}
    form = {FORM: {"type": "object", "properties": fields}} if fields else {}
    bodies = {**form, **operation.body}
    return {"required": operation.needs_body, "content": _content(bodies)} if bodies else {}


def _field(one: Parameter, known: Samples) -> Schema:
    example = of_edition(one.example or "", known)
    schema = {"description": one.description, **of_edition(one.schema, known)}
    return schema | ({"examples": [example]} if example else {})


def _content(bodies: Mapping[str, Schema]) -> _Object:
    return {media: {"schema": schema} for media, schema in bodies.items()}


def _name(code: int) -> str:
    return re.sub(r"\W", "", HTTPStatus(code).phrase)


def _reference(place: str, name: str) -> _Object:
    return {"$ref": f"#/components/{place}/{name}"}


def _shared(value: Any, schemas: dict[str, Schema]) -> Any:
    """Return a value with each schema that has a title replaced by a reference to it."""
    if isinstance(value, list):
        return [_shared(one, schemas) for one in value]
    if not isinstance(value, dict):
        return value
    found = {key: _shared(one, schemas) for key, one in value.items()}
    if isinstance(value.get("title"), str):  # A member may have that name too.
        name = re.sub(r"\W", "", value["title"])
        schemas[name] = found
        return _reference("schemas", name)
    return found
