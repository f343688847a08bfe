"""The description of the routes: it is whole, it is valid, and what it shows is answered."""

from __future__ import annotations

import html
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from flask import Flask, Request
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.datastructures import ImmutableMultiDict

from lod.build import build
from lod.web import create_app
from lod.web.answers import ASKED, RARE
from lod.web.facets.table import FACETS
from lod.web.openapi.answers import EVERYWHERE, HEADERS
from lod.web.openapi.document import operation_id, path_of
from lod.web.openapi.page import example
from lod.web.openapi.routes import OPERATIONS, TAGS
from lod.web.openapi.samples import samples
from lod.web.queries import examples
from tests.conftest import PUBLICATION, ROOT
from tests.web.conftest import write

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

CONTRACT = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
EVERY_ROUTE = {"HEAD", "OPTIONS"}
"""The methods that need no description of their own."""
GET = [name for name in OPERATIONS if name.startswith("GET ")]


def written(client: FlaskClient, path: str = "/openapi.json") -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200
    found: dict[str, Any] = json.loads(response.data)
    return found


def tried(app: Flask, name: str) -> str:
    return example(name, samples(app.config["CURRENT"].edition()))


# Nothing is left out


def test_every_route_and_method_is_described(small_app: Flask) -> None:
    rules = {
        f"{method} {rule.rule}": rule.arguments
        for rule in small_app.url_map.iter_rules()
        for method in (rule.methods or set()) - EVERY_ROUTE
    }
    assert len(rules) > 45
    assert set(OPERATIONS) == set(rules)
    for name, arguments in rules.items():
        assert {one.name for one in OPERATIONS[name].path} == arguments, name


class Looks(NamedTuple):
    """A client, and what the application looked at: arguments of the query, and headers."""

    client: FlaskClient
    arguments: set[str]
    headers: set[str]


@pytest.fixture(scope="module")
def looks(small: Path) -> Iterator[Looks]:
    """Return a client of an application whose every look at a request is seen."""
    app = create_app(small)
    arguments: set[str] = set()
    headers: set[str] = set()

    class Arguments(ImmutableMultiDict[str, str]):
        def get(self, key: str, *rest: Any, **named: Any) -> Any:
            arguments.add(key)
            return super().get(key, *rest, **named)

        def getlist(self, key: str, *rest: Any, **named: Any) -> Any:
            arguments.add(key)
            return super().getlist(key, *rest, **named)

        def __contains__(self, key: object) -> bool:
            arguments.add(str(key))
            return super().__contains__(key)

    class Environment(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            headers.add(key)
            return super().get(key, default)

        def __getitem__(self, key: str) -> Any:
            headers.add(key)
            return super().__getitem__(key)

    class Watched(Request):
        parameter_storage_class = Arguments

    app.request_class = Watched
    inside = app.wsgi_app

    def watched(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        return inside(Environment(environ), start_response)

    app.wsgi_app = watched  # type: ignore[method-assign]
    yield Looks(app.test_client(), arguments, headers)
    app.extensions["sparql"].close()


READ_BY_HAND = {"query", "default-graph-uri", "named-graph-uri", "format"}
"""The endpoint decodes its arguments itself, as the protocol is stricter than forms are."""
OF_QUESTIONS = {one.name for asked in examples("") for one in asked.parameters}
"""Each question looks at its own."""
OF_LISTS = {one.name for facets in FACETS.values() for one in facets}
"""Each kind's list looks at its own."""
ALWAYS = {"lang", "Accept", "Accept-Language"}
"""What may have a say in the error that any route answers with."""
WITHOUT_EFFECT = {"Range", "If-Range"}
"""What the library looks at before it finds that only files have ranges."""


@pytest.mark.parametrize("name", GET)
def test_every_parameter_that_is_looked_at_is_described(
    looks: Looks, small_app: Flask, name: str
) -> None:
    looks.arguments.clear()
    looks.headers.clear()
    path = tried(small_app, name)
    for address in (path, path.partition("?")[0]):
        for accept in ("text/html", "text/turtle"):
            with looks.client.get(address, headers={"Accept": accept}) as response:
                assert response.status_code < 500
    described = {one.name: one.where for one in OPERATIONS[name].chosen}
    arguments = {one for one, where in described.items() if where == "query"} - READ_BY_HAND
    if name == "GET /questions/<name>":
        arguments -= OF_QUESTIONS
        looks.arguments.difference_update(OF_QUESTIONS)
    if name in ("GET /doc/<name>", "GET /linkset/<name>"):
        assert arguments >= OF_LISTS
        assert {one.name for one in FACETS["municipality"]} <= looks.arguments
        arguments -= OF_LISTS
        looks.arguments.difference_update(OF_LISTS)
    assert arguments - looks.arguments == set(), "described, but never looked at"
    assert looks.arguments - arguments <= ALWAYS, "looked at, but not described"
    seen = {one[5:].replace("_", "-").title() for one in looks.headers if one.startswith("HTTP_")}
    seen -= {"Host", "Connection"}
    # What was asked before is known by all that any answer may depend on.
    seen -= {one.removeprefix("HTTP_").replace("_", "-").title() for one in (*ASKED, *RARE)} - {
        one.name for one in OPERATIONS[name].chosen
    }
    headers = {one for one, where in described.items() if where == "header"}
    assert headers - seen == set(), "described, but never looked at"
    assert seen - headers <= ALWAYS | WITHOUT_EFFECT, "looked at, but not described"


def test_every_argument_of_the_endpoint_is_described() -> None:
    code = (ROOT / "lod" / "web" / "asking.py").read_text(encoding="utf-8")
    read = set(re.findall(r'given\.get\("([a-z-]+)"', code))
    assert read == READ_BY_HAND
    for name in ("GET /sparql", "POST /sparql"):
        operation = OPERATIONS[name]
        assert read <= {one.name for one in (*operation.chosen, *operation.form)}


def listed(title: str) -> set[str]:
    """Return what stands in the first column of the contract's tables with a title."""
    found: set[str] = set()
    for table in re.findall(rf"^\| {title} \|.*\n((?:\|.*\n)+)", CONTRACT, re.MULTILINE):
        for row in table.splitlines()[1:]:
            found |= {word.strip(" `") for word in row.split("|")[1].split(",")}
    return found


def test_the_contract_says_the_same() -> None:
    parameters = [p for one in OPERATIONS.values() for p in (*one.chosen, *one.form)]
    arguments = {one.name for one in parameters if one.where == "query"}
    headers = {one.name for one in parameters if one.where == "header"}
    assert listed("parameter") == arguments - {"v"}
    assert listed("header") == headers | set(HEADERS) | set(EVERYWHERE)
    statuses = {code for one in OPERATIONS.values() for code in (*one.answers, *one.errors)}
    assert set(map(int, listed("status"))) == statuses | {405, 414, 431, 500}


# It is OpenAPI


def errors(content: dict[str, Any]) -> list[str]:
    return [error.message for error in OpenAPIV31SpecValidator(content).iter_errors()]


def test_it_is_valid(small_client: FlaskClient) -> None:
    content = written(small_client)
    assert content["openapi"] == "3.1.0"
    assert errors(content) == []
    assert sum(len(methods) for methods in content["paths"].values()) == len(OPERATIONS)
    del content["paths"]["/doc/{kind}/{name}"]["get"]["parameters"]
    assert errors(content) != []


def test_it_is_about_this_publication(client: FlaskClient, app: Flask) -> None:
    content, edition = written(client), app.config["CURRENT"].edition()
    publication = edition.store.publication
    assert content["info"]["title"] == publication.title["en"]
    assert content["info"]["license"]["url"] == str(publication.licence)
    assert content["info"]["contact"]["name"]
    assert [one["url"] for one in content["servers"]] == ["https://lod.example.org", "/"]
    kinds = content["paths"]["/id/{kind}/{slug}"]["get"]["parameters"][0]["schema"]["enum"]
    assert kinds == list(edition.store.counts) or set(kinds) == set(edition.store.counts)


def test_its_servers_have_the_path_of_the_publication(tmp_path: Path) -> None:
    base = "https://example.org/stadt/lod/"
    changed = PUBLICATION.replace("https://lod.example.org/", base)
    build(write(tmp_path / "data", {"publication.yaml": changed}), ROOT / "shapes", tmp_path / "r")
    client = create_app(tmp_path / "r").test_client()
    content = written(client, "/stadt/lod/openapi.json")
    assert [one["url"] for one in content["servers"]] == [base.rstrip("/"), "/stadt/lod"]
    assert errors(content) == []
    at_the_root = written(client, "/openapi.json")
    assert [one["url"] for one in at_the_root["servers"]] == [base.rstrip("/"), "/"]
    page = client.get("/stadt/lod/openapi.html").text
    assert 'href="/stadt/lod/doc' in page
    assert 'href="/doc' not in page


def test_operations_have_names_of_their_own() -> None:
    names = [operation_id(name) for name in OPERATIONS]
    assert len(set(names)) == len(names)
    assert operation_id("POST /reconcile/") == "post-reconcile-slash"
    assert {operation.tag for operation in OPERATIONS.values()} == set(TAGS)
    assert path_of("/sitemap-<int:number>.xml") == "/sitemap-{number}.xml"


@pytest.mark.parametrize("served", ["app", "small_app"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_example_is_answered(name: str, served: str, request: pytest.FixtureRequest) -> None:
    app: Flask = request.getfixturevalue(served)
    operation, method = OPERATIONS[name], name.partition(" ")[0]
    known = samples(app.config["CURRENT"].edition())
    form = {one.name: operation.example(one, known) for one in operation.form[:1]}
    with app.test_client().open(tried(app, name), method=method, data=form or None) as response:
        assert response.status_code == min(operation.answers), response.headers.get("Location")
        assert response.status_code in (200, 303)


# It can be read


@pytest.mark.parametrize(
    ("language", "title"), [("de", "Schnittstelle für Programme"), ("en", "Interface for programs")]
)
def test_the_page_shows_every_operation(client: FlaskClient, language: str, title: str) -> None:
    page = client.get("/openapi", headers={"Accept": "text/html", "Accept-Language": language})
    assert page.headers["Content-Language"] == language
    assert f"<h1>{title}</h1>" in page.text
    for name in OPERATIONS:
        assert page.text.count(f'id="{operation_id(name)}"') == 1
        assert page.text.count(f'href="#{operation_id(name)}"') == 1
    assert len(re.findall("<details>", page.text)) == len(OPERATIONS)
    for name, operation in OPERATIONS.items():
        for one in (*operation.path, *operation.chosen):
            assert f"<code>{one.name}</code>" in page.text, name
    assert "`" not in re.sub("<pre.*?</pre>", "", page.text, flags=re.DOTALL)


def test_the_lines_of_curl_ask_for_the_examples(client: FlaskClient, app: Flask) -> None:
    page = client.get("/openapi.html").text
    lines = [html.unescape(line) for line in re.findall(r"<code>(curl [^<]*)</code>", page)]
    assert len(lines) == len(OPERATIONS)
    for name, line in zip(
        sorted(OPERATIONS, key=lambda n: list(TAGS).index(OPERATIONS[n].tag)), lines, strict=True
    ):
        words = shlex.split(line)
        assert words[-1] == f"https://lod.example.org{tried(app, name)}"
        if "-H" in words:
            accept = words[words.index("-H") + 1].removeprefix("Accept: ")
            with client.get(tried(app, name), headers={"Accept": accept}) as response:
                assert response.mimetype == accept, name
        assert ("--data-urlencode" in words) == name.startswith("POST")


def test_it_is_found(client: FlaskClient) -> None:
    for path, accept in (("/", "text/html"), ("/", "text/turtle"), ("/catalog", "text/turtle")):
        link = client.get(path, headers={"Accept": accept}).headers["Link"]
        assert '</openapi.json>; rel="service-desc"; type="application/json"' in link
        assert '</openapi.html>; rel="service-doc"; type="text/html"' in link
    assert 'href="/openapi"' in client.get("/about", headers={"Accept": "text/html"}).text
    assert "endpointDescription <https://lod.example.org/openapi.json>" in re.sub(
        r"\s+", " ", client.get("/catalog.ttl").text
    )


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("application/openapi+json", "application/json"),
        ("application/vnd.oai.openapi+json;version=3.1", "application/json"),
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "text/html; charset=utf-8",
        ),
    ],
)
def test_it_is_negotiated(small_client: FlaskClient, accept: str, media_type: str) -> None:
    response = small_client.get("/openapi", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.content_type == media_type
    assert "Accept" in response.headers["Vary"]
    assert small_client.get("/openapi.ttl").status_code == 404
