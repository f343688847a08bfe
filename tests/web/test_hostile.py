"""Hostile requests: what is described is also attacked, each parameter of each route."""

from __future__ import annotations

import io
import json
import socket
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug import Response
from werkzeug.test import TestResponse

from lod.web.openapi.document import path_of
from lod.web.openapi.page import example
from lod.web.openapi.parts import Parameter
from lod.web.openapi.routes import OPERATIONS
from lod.web.openapi.samples import Samples, samples
from lod.web.posted import FORM
from lod.web.visit import LONGEST_ADDRESS
from tests.web.test_serve import served

ATTACKED = [
    (name, one)
    for name, operation in OPERATIONS.items()
    for one in (*operation.path, *operation.chosen, *operation.form)
]
"""Every parameter of every operation."""
DATA = (
    *("application/json", "application/ld+json", "application/problem+json", "text/turtle"),
    *("application/n-triples", "application/rdf+xml", "application/xml"),
    *("application/sparql-results+json", "application/sparql-results+xml"),
    "application/linkset+json",
)
"""What clients of data ask for."""


def known(app: Flask) -> Samples:
    return samples(app.config["CURRENT"].edition())


def raw(path: str) -> dict[str, str]:
    """Return the environment of a path as servers hand it over: bytes as Latin-1 characters."""
    return {"PATH_INFO": path.encode("utf-8", "surrogateescape").decode("latin-1")}


def attack(app: Flask, name: str, one: Parameter, value: str, accept: str) -> TestResponse:
    """Ask an operation's example with one parameter changed."""
    method, _, rule = name.partition(" ")
    operation, there = OPERATIONS[name], known(app)
    path, _, query = example(name, there).partition("?")
    headers = {"Accept": accept}
    form = {field.name: operation.example(field, there) for field in operation.form[:1]}
    if one in operation.form:
        form[one.name] = value
    elif one.where == "path":
        path = path_of(rule)
        for part in operation.path:
            own = value if part is one else operation.example(part, there)
            path = path.replace(f"{{{part.name}}}", own)
    elif one.where == "query":
        query = f"{query}&{one.name}={quote(value, safe='')}"
    else:
        headers[one.name] = value.replace("\r\n", " ")
    return app.test_client().open(
        "/",
        method=method,
        query_string=query,
        headers=headers,
        data=form or None,
        environ_overrides=raw(unquote(path)),
    )


def test_there_is_much_to_attack() -> None:
    assert len(ATTACKED) > 350


MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("name", OPERATIONS)
def test_markup_is_never_repeated(small_app: Flask, name: str) -> None:
    for owner, one in ATTACKED:
        if owner == name:
            with attack(small_app, name, one, MARKUP, "text/html") as response:
                assert response.status_code < 500, one.name
                if response.mimetype in ("text/html", "image/svg+xml"):
                    assert "<script>alert" not in response.get_data(as_text=True), one.name
                    assert "<img src=x" not in response.get_data(as_text=True), one.name
                assert response.headers["X-Content-Type-Options"] == "nosniff"


LINES = "x\r\nSet-Cookie: a=b\r\n\r\n<h1>"


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_header_gets_a_second_line(small_app: Flask, name: str) -> None:
    for owner, one in ATTACKED:
        if owner == name:
            for value in (LINES, "x\nSet-Cookie: a=b", "x\0y", "x\u2028\x85y"):
                if one.where == "header" and not value.isprintable():
                    continue  # No server lets it through.
                with attack(small_app, name, one, value, "*/*") as response:
                    assert response.status_code < 500, one.name
                    assert "Set-Cookie" not in response.headers
                    for header, words in response.headers.items():
                        assert words.isascii() or header == "Link", (one.name, header)
                        assert words.isprintable(), (one.name, header)


OUTSIDE = (
    "../manifest.json",
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%252e%252e%252fetc%252fpasswd",
    "..\\..\\etc\\passwd",
    "..%5c..%5cetc%5cpasswd",
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "....//....//etc/passwd",
    "..;/..;/etc/passwd",
    "%c0%ae%c0%ae/etc/passwd",
    "file:///etc/passwd",
    "C:\\boot.ini",
    ".",
    "..",
    "./",
    "",
    "%00",
    "style.css%00.ttl",
    "~root/.profile",
)
FOLDERS = (
    *("/dumps/latest/", "/dumps/latest/shapes/", "/dumps/", "/static/", "/static/vendor/"),
    *("/shapes/", "/questions/", "/linkset/", "/graph/", "/doc/", "/id/municipality/jena/"),
    *("/reconcile/suggest/", "/reconcile/flyout/", "/openapi.", "/catalog.", "/ns."),
)


ITSELF = ("/dumps", "/doc", "/questions", "/id/municipality/jena")
"""Addresses that may end in a slash."""


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_outside_is_served(small_app: Flask, folder: str, method: str) -> None:
    client = small_app.test_client()
    for path in OUTSIDE:
        for sent in (folder + path, unquote(folder + path, errors="surrogateescape")):
            with client.open("/", method=method, environ_overrides=raw(sent)) as response:
                if sent.rstrip("/") not in ITSELF:
                    assert response.status_code == 404, sent
                assert "root:" not in response.get_data(as_text=True)


ELSEWHERE = (
    *("//evil.example", "//evil.example/", "///evil.example/x", "/\\evil.example"),
    "/\\/evil.example",
    *("//evil.example/id/municipality/jena", "/id//evil.example/jena", "/doc//evil.example"),
    *("/id/municipality/jena//evil.example", "/doc/municipality/16053000//evil.example"),
    *("//evil.example/doc/municipality/16053000", "/https://evil.example/", "/id/https://evil.example"),
    *("/graph//evil.example", "/%2f%2fevil.example", "//evil.example/%2e%2e", "/.//evil.example"),
)  # fmt: skip


@pytest.mark.parametrize("path", ELSEWHERE)
def test_nobody_is_sent_elsewhere(small_app: Flask, path: str) -> None:
    asked = {"Accept": "text/turtle", "Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    with small_app.test_client().get("/", headers=asked, environ_overrides=raw(path)) as response:
        assert response.status_code == 404
        assert "Location" not in response.headers


REDIRECTS = (
    *("/", "/doc", "/dumps/", "/id/municipality/jena", "/doc/municipality/16053000"),
    *("/graph/board", "/linkset/municipality/16053000", "/doc/state/16/mentions"),
    "/id/municipality/16053000?lang=de",
    "/doc/municipality/16053000?lang=//evil.example&x=https://evil.example/",
    "/id/municipality/jena?_profile=//evil.example&lang=de",
)  # fmt: skip


@pytest.mark.parametrize("path", REDIRECTS)
def test_redirects_stay_on_this_host(small_client: FlaskClient, path: str) -> None:
    asked = {"Accept": "text/turtle", "Host": "evil.example", "X-Forwarded-Host": "evil.example",
             "X-Forwarded-Prefix": "//evil.example", "X-Forwarded-Proto": "javascript"}  # fmt: skip
    response = small_client.get(path, headers=asked)
    assert response.status_code in (301, 303)
    assert response.headers["Location"].startswith("/")
    assert not response.headers["Location"].startswith(("//", "/\\"))
    assert "evil" not in response.headers["Location"].partition("?")[0]


def test_a_redirect_keeps_the_query_as_it_was(small_client: FlaskClient) -> None:
    path = "/doc/municipality/16053000"
    for query, kept in (
        ("q=K%C3%B6ln&x=a+b", "q=K%C3%B6ln&x=a+b"),
        ("q=Köln".encode().decode("latin-1"), "q=K%C3%B6ln"),
        ("q=%0d%0aSet-Cookie:x", "q=%0d%0aSet-Cookie:x"),
        ("q=\r\nSet-Cookie:x", "q=%0D%0ASet-Cookie:x"),
        ('q="><script>', "q=%22%3E%3Cscript%3E"),
    ):
        response = small_client.get(path, environ_overrides={"QUERY_STRING": query})
        assert response.headers["Location"] == f"/doc/municipality/jena?{kept}"


# Too much of everything

LISTS = {
    "Accept": "text/turtle;q=0.1",
    "Accept-Language": "xx;q=0.1",
    "Accept-Encoding": "x;q=0.1",
    "Accept-Profile": "<urn:x>;q=0.1",
    "If-None-Match": '"x"',
    "If-Match": '"x"',
    "Range": "bytes=0-1",
    "Cookie": "a=b",
}


@pytest.mark.parametrize("header", LISTS)
@pytest.mark.parametrize(
    "path", ["/doc/municipality/jena", "/dumps/latest/all.nt", "/sparql?query=ASK{}", "/nothing"]
)
def test_ten_thousand_wishes(small_app: Flask, header: str, path: str) -> None:
    many = ",".join([LISTS[header]] * 10_000)
    with small_app.test_client().get(path, headers={header: many}) as response:
        assert response.status_code in (200, 404, 406, 412)
        assert response.get_data() is not None


@pytest.mark.parametrize("name", OPERATIONS)
def test_thousands_of_parameters(small_app: Flask, name: str) -> None:
    method, _, rule = name.partition(" ")
    path = example(name, known(small_app))
    many = "&".join(f"x{number}=1" for number in range(3500))
    address = f"{path}{'&' if '?' in path else '?'}{many}"
    assert len(address) < LONGEST_ADDRESS
    with small_app.test_client().open(address, method=method) as response:
        # The endpoint counts them; the others pass over what they don't know.
        assert response.status_code in ((400, 415) if rule == "/sparql" else (200, 303))


@pytest.mark.parametrize("name", [one for one in OPERATIONS if one.startswith("GET ")])
def test_values_given_twice_do_no_harm(small_app: Flask, name: str) -> None:
    operation = OPERATIONS[name]
    path = example(name, known(small_app))
    for one in operation.chosen:
        if one.where == "query":
            twice = f"{one.name}=a&{one.name}=b&{one.name}="
            address = f"{path}{'&' if '?' in path else '?'}{twice}"
            with small_app.test_client().get(address) as response:
                assert response.status_code < 500, one.name


@pytest.mark.parametrize(
    "page", ["0", "-1", "1e3", "١", "9" * 18, "9" * 19, "9" * 5000, "1 ", "+1"]
)
@pytest.mark.parametrize(
    "path", ["/doc/municipality", "/catalog", "/linkset/state", "/doc/source/article/mentions"]
)
def test_huge_and_odd_pages(small_client: FlaskClient, path: str, page: str) -> None:
    response = small_client.get(path, query_string={"page": page})
    assert response.status_code == (404 if page == "9" * 18 else 400)


def test_an_overlong_address_is_414(small_client: FlaskClient) -> None:
    for path in (
        f"/health?x={'a' * LONGEST_ADDRESS}",
        f"/doc/municipality/{'a' * LONGEST_ADDRESS}",
    ):
        for accept, media_type in (
            ("application/json", "application/problem+json"),
            ("text/html", "text/html; charset=utf-8"),
            ("*/*", "text/plain; charset=utf-8"),
        ):
            response = small_client.get(path, headers={"Accept": accept})
            assert response.status_code == 414
            assert response.content_type == media_type
            assert "aaaa" not in response.get_data(as_text=True)
    assert small_client.get(f"/health?x={'a' * (LONGEST_ADDRESS - 100)}").status_code == 200


# Bodies


class Endless(io.RawIOBase):
    """A body that never ends, and counts what was read of it."""

    count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        assert size >= 0, "read without a bound"
        self.count += size
        return b"a" * size

    def readinto(self, buffer: Any, /) -> int:
        self.count += len(buffer)
        buffer[:] = b"a" * len(buffer)
        return len(buffer)


@pytest.mark.parametrize("name", [one for one in OPERATIONS if one.startswith("POST ")])
@pytest.mark.parametrize("length", ["10000000000", None])
@pytest.mark.parametrize(
    "media_type", [FORM, "application/sparql-query", "multipart/form-data; boundary=x"]
)
def test_bodies_are_read_so_far_and_no_further(
    small_client: FlaskClient, name: str, length: str | None, media_type: str
) -> None:
    endless = Endless()
    environ: dict[str, Any] = {"wsgi.input": endless, "wsgi.input_terminated": True}
    environ |= {"CONTENT_LENGTH": length} if length else {"HTTP_TRANSFER_ENCODING": "chunked"}
    response = small_client.post(
        name.partition(" ")[2],
        headers={"Accept": "application/json"},
        content_type=media_type,
        environ_overrides=environ,
    )
    assert response.status_code in (413, 415, 400)
    assert response.content_type == "application/problem+json"
    assert endless.count < 8 * 1024 * 1024


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "TRACE", "CONNECT"]
)
def test_other_methods_are_405_and_their_bodies_unread(
    small_app: Flask, name: str, method: str
) -> None:
    rule = name.partition(" ")[2]
    if f"{method} {rule}" in OPERATIONS:
        return
    endless = Endless()
    path = example(name, known(small_app))
    with small_app.test_client().open(
        path,
        method=method,
        headers={"Accept": "application/json"},
        environ_overrides={"wsgi.input": endless, "CONTENT_LENGTH": "10000000000"},
    ) as response:
        assert response.status_code == 405
        assert response.content_type == "application/problem+json"
        posted = {"POST"} if f"POST {rule}" in OPERATIONS else set()
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"} | posted
    assert endless.count == 0


@pytest.mark.parametrize("name", [one for one in OPERATIONS if one.startswith("GET ")])
def test_the_body_of_a_get_is_not_read(small_app: Flask, name: str) -> None:
    endless = Endless()
    path = example(name, known(small_app))
    environ = {"wsgi.input": endless, "CONTENT_LENGTH": "10000000000", "CONTENT_TYPE": FORM}
    with small_app.test_client().get(path, environ_overrides=environ) as response:
        assert response.status_code in (200, 303)
    assert endless.count == 0


BODIES = [
    # media type, coding, body, status at /sparql, at /reconcile
    (FORM, None, b"query=ASK{}&queries={}", 200, 200),
    (f"{FORM}; charset=UTF-8", "identity", b"query=ASK{}&queries={}", 200, 200),
    (f"{FORM}; charset=utf-16", None, b"query=ASK{}&queries={}", 415, 415),
    (f'{FORM}; charset="', None, b"query=ASK{}&queries={}", 200, 200),
    (FORM, "gzip", b"\x1f\x8b\x08", 415, 415),
    (FORM, "br, gzip", b"query=ASK{}&queries={}", 415, 415),
    (FORM, None, b"query=%ff&queries=%ff", 400, 400),
    (FORM, None, b"query=%00&queries=%00", 400, 400),
    (FORM, None, b"\xff\xfe\x00", 400, 415),
    ("application/sparql-query", None, b"ASK{}", 200, 415),
    ("application/sparql-query", None, b"\xff", 400, 415),
    ("application/json", None, b"{}", 415, 415),
    ("text/plain", None, b"query=ASK{}", 415, 415),
    ("nonsense", None, b"x", 415, 415),
    ("/;;;=", None, b"x", 415, 415),
    ("multipart/form-data", None, b"x", 415, 415),
    ("multipart/form-data; boundary=x", None, b"--x\r\n\r\n", 415, 415),
    (None, None, b"query=ASK{}", 415, 415),
]


@pytest.mark.parametrize("case", BODIES, ids=lambda case: f"{case[0]} {case[1]} {case[2]!r}")
def test_bodies_of_every_kind(
    small_app: Flask, case: tuple[str | None, str | None, bytes, int, int]
) -> None:
    media_type, coding, body, sparql, reconcile = case
    headers = {"Accept": "application/json"} | ({"Content-Encoding": coding} if coding else {})
    for path, status in (("/sparql", sparql), ("/reconcile", reconcile)):
        response = small_app.test_client().post(
            path, data=body, content_type=media_type, headers=headers
        )
        assert response.status_code == status, path
        if status >= 400:
            problem(response, status)


# Errors


def problem(response: Response, status: int) -> None:
    """Hold an error to RFC 9457."""
    assert response.content_type == "application/problem+json"
    found = json.loads(response.data)
    assert found["status"] == response.status_code == status
    assert found["title"]
    assert found["detail"]
    assert response.headers["Cache-Control"] == "no-store"
    assert "Accept" in response.headers["Vary"]


FAULTS: list[tuple[str, str, dict[str, str], int]] = [
    ("GET", "/nowhere", {}, 404),
    ("GET", "/doc/%ff/%fe", {}, 404),
    ("GET", "/doc/municipality/je%00na", {}, 404),
    ("GET", "/sitemap-99999999999999999999999999999.xml", {}, 404),
    ("GET", "/sitemap-x.xml", {}, 404),
    ("GET", "/openapi.yaml", {}, 404),
    ("GET", "/doc/municipality?page=x", {}, 400),
    ("GET", "/about?_mediatype=text/turtle", {}, 400),
    ("GET", "/search?kind=village", {}, 400),
    ("GET", "/reconcile?queries=x", {}, 400),
    ("GET", "/reconcile?callback=1", {}, 400),
    ("GET", "/sparql?query=x", {}, 400),
    ("GET", "/sparql?query=ASK{}&format=x", {}, 400),
    ("GET", "/sparql?query=%ff", {}, 400),
    ("POST", "/sparql?update=CLEAR%20ALL", {"Content-Type": FORM}, 403),
    ("PUT", "/doc", {}, 405),
    ("BREW", "/sparql", {}, 405),
    ("GET", "/about", {}, 406),
    ("POST", "/sparql", {"Content-Type": "text/csv"}, 415),
    ("GET", "/dumps/latest/all.nt", {"Range": "bytes=99999999-"}, 416),
]


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: f"{case[0]} {case[1]}")
def test_errors_are_problems_for_clients_of_data(
    small_app: Flask, case: tuple[str, str, dict[str, str], int]
) -> None:
    method, path, headers, status = case
    for accept in DATA:
        if status == 406 and accept in ("application/xml", "text/html"):
            continue
        asked = {**headers, "Accept": f"{accept}, */*;q=0.1" if status != 406 else accept}
        with small_app.test_client().open(path, method=method, headers=asked) as response:
            problem(response, status)


# Ranges

ABUSE = (
    "bytes=" + ",".join(f"{number}-{number + 1}" for number in range(0, 1000, 2)),
    "bytes=" + ",".join(["0-"] * 500),
    "bytes=0-9,5-14,0-",
    "bytes=9-0",
    "bytes=-999999999999999999999999999999",
    "bytes=99999999999999999999999999999999-",
    "bytes=0-99999999999999999999999999999999999",
    "bytes=0-0,-1",
    "Bytes=0-1",
    "bytes=0x0-0x9",
    "bytes=٠-٩",
    "bytes = 0-9",
    "bytes=0-9\t",
    "bytes=--1",
    "bytes",
    "=",
    "bytes=0-9;bytes=0-9",
)


@pytest.mark.parametrize("asked", ABUSE, ids=lambda words: words[:24])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("condition", [None, '"other"', "yesterday", "*", 'W/"x"'])
def test_ranges_never_make_more_of_a_file(
    small_app: Flask, asked: str, method: str, condition: str | None
) -> None:
    client = small_app.test_client()
    with client.get("/dumps/latest/all.nt") as file:
        whole = len(file.data)
    headers = {"Range": asked.encode().decode("latin-1")}
    headers |= {"If-Range": condition} if condition else {}
    with client.open("/dumps/latest/all.nt", method=method, headers=headers) as response:
        assert response.status_code in (200, 206, 416)
        assert not response.content_type.startswith("multipart/")
        assert len(response.data) <= max(whole, 2000)
        if response.status_code == 200:
            assert int(response.headers["Content-Length"]) == whole
        if method == "HEAD":
            assert response.status_code == 200


# What never gets to the application

REQUESTS: list[tuple[bytes, tuple[int, ...]]] = [
    (b"GET /health?x=" + b"a" * 70_000, (414,)),
    (b"GET /health?x=" + b"a" * 40_000, (414,)),
    (b"GET /health?x=" + b"a" * 30_000, (200,)),
    (b"GET /doc/\xff\xfe", (400,)),
    (b"GET /doc?page=\xff", (400,)),
    (b"GET /doc/%zz/%f", (404,)),
    (b"GET /doc/\x00", (400,)),
    (b"GET /id/municipality/16053000?x=\r\nSet-Cookie: a=b", (400,)),
    (b"GET //evil.example/id/municipality/jena", (404,)),
    (b"GET http://evil.example/id/municipality/jena", (303,)),
    (b"GET /static/..%2f..%2fapp.py", (404,)),
    (b"GET /dumps/latest/../../../../etc/passwd", (404,)),
    (b"CONNECT evil.example:80", (404, 405)),
    (b"OPTIONS *", (200, 404)),
    (b"POST /sparql HTTP/1.1\r\nContent-Length: -5\r\nX-A: b", (400,)),
]


def test_what_the_server_itself_answers(small: Path) -> None:
    with served(small) as port:
        for start, statuses in REQUESTS:
            version = b"" if b" HTTP/1.1\r\n" in start else b" HTTP/1.1"
            request = start + version + b"\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
            with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as connection:
                connection.sendall(request)
                answer = b"".join(iter(lambda: connection.recv(65_536), b""))
            assert int(answer.split(b" ", 2)[1]) in statuses, start[:60]
            head = answer.partition(b"\r\n\r\n")[0].lower()
            assert b"set-cookie" not in head
            assert b"location: /doc/" in head or b"location:" not in head
            assert b"traceback" not in answer.lower()
