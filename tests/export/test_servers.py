"""Web servers in front of an export, compared with the server over the table of requests."""

from __future__ import annotations

import gzip
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import brotli
import pytest
import yaml
from flask import Flask

from lod.build import build
from lod.export import export_site
from tests.conftest import PUBLICATION, ROOT
from tests.export.pages import as_exported, links_of
from tests.export.servers import SERVERS, Answer, ask, program
from tests.web.conftest import write
from tests.web.test_http import CASES, links

HERE = Path(__file__).parent
MORE: list[dict[str, Any]] = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))
DIFFERENCES: list[dict[str, Any]] = yaml.safe_load(
    (HERE / "differences.yaml").read_text(encoding="utf-8")
)
COMPARED = (
    *("Content-Type", "Vary", "Location", "Content-Location", "Content-Language"),
    *("Cache-Control", "Allow", "Content-Disposition", "Content-Security-Policy"),
    *("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy"),
    *("Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin"),
    *("Access-Control-Expose-Headers", "Access-Control-Allow-Methods", "Access-Control-Max-Age"),
)


class Case(NamedTuple):
    """A request."""

    method: str
    path: str
    accept: str | None
    language: str | None

    @property
    def headers(self) -> dict[str, str]:
        given = {"Accept": self.accept, "Accept-Language": self.language}
        return {name: value for name, value in given.items() if value is not None}

    def __str__(self) -> str:
        method = "" if self.method == "GET" else f"{self.method} "
        return " ".join(f"{method}{self.path} {self.accept or ''} {self.language or ''}".split())


def case(row: dict[str, Any]) -> Case:
    method, path = row["ask"].split(" ") if " " in row["ask"] else ("GET", row["ask"])
    return Case(method, path, row.get("accept"), row.get("language"))


EVERY = [case(row) for row in (*CASES, *MORE)]


@pytest.fixture(scope="module", params=sorted(SERVERS))
def server(
    request: pytest.FixtureRequest, exported: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, int]]:
    """Give the name and the port of a web server that answers from the export."""
    name = request.param
    if program(SERVERS[name].program) is None and not os.environ.get("LOD_CI"):
        pytest.skip(f"{SERVERS[name].program} isn't installed")
    with SERVERS[name].run(exported, tmp_path_factory.mktemp(name)) as port:
        yield name, port


def from_application(live: Flask, asked: Case) -> Answer:
    """Return what the server answers; a page as it is in the language that was chosen."""
    client = live.test_client()
    response = client.open(asked.path, method=asked.method, headers=asked.headers)
    body = response.get_data()
    tongue = response.headers.get("Content-Language")
    if response.status_code == 200 and body and tongue:
        # An export has one page for each language, the one whose links keep the language.
        path, _, query = asked.path.partition("?")
        kept = [one for one in query.split("&") if one and not one.startswith("lang=")]
        chosen = client.get(f"{path}?{'&'.join([*kept, f'lang={tongue}'])}", headers=asked.headers)
        body = as_exported(chosen.get_data())
    elif response.mimetype == "text/html" and response.status_code >= 400:
        body = as_exported(body)
    response.close()
    return Answer(response.status_code, dict(response.headers), body)


def normal(name: str, value: str | None) -> object:
    """Return the value of a header without what means nothing."""
    if value is None:
        return None
    if name in ("Vary", "Allow", "Access-Control-Allow-Methods"):
        words = {word.strip().lower() for word in value.split(",")}
        return frozenset(words - {"accept-profile"}) or None
    if name == "Content-Type":
        return value.replace(" ", "").lower()
    if name == "Location":
        return re.sub(r"^http://127\.0\.0\.1:\d+", "", value)
    return value


def differing(expected: Answer, found: Answer, asked: Case) -> set[str]:
    """Return what differs: the status; else headers, and the body."""
    if expected.status != found.status:
        return {"status"}
    # What is sent beside a redirect is for nobody.
    unread = {"Content-Type"} if found.status in (301, 303) or asked.method == "OPTIONS" else set()
    different = {
        name
        for name in COMPARED
        if name not in unread
        and normal(name, expected.headers.get(name)) != normal(name, found.headers.get(name))
    }
    redirected = found.status in (301, 303)
    if not redirected and expected.body != found.body:
        different.add("body")
    return different


def parts(difference: dict[str, Any]) -> set[str]:
    """Return what of an answer an entry of the table allows to differ."""
    return {one for part in difference["in"] for one in (COMPARED if part == "headers" else [part])}


def test_answers_are_those_of_the_server(server: tuple[str, int], live: Flask) -> None:
    name, port = server
    assert len(EVERY) == 211 + len(MORE) > 300
    known = [one for one in DIFFERENCES if name in one.get("servers", SERVERS)]
    unmet, wrong, equal = list(known), [], 0
    for asked in EVERY:
        found = ask(port, asked.path, asked.method, asked.headers)
        different = differing(from_application(live, asked), found, asked)
        telling = f"{asked} {found.status}"
        reasons = [one for one in known if re.search(one["ask"], telling)]
        allowed = {part for one in reasons for part in parts(one)}
        unmet = [o for o in unmet if not (o in reasons and different & parts(o))]
        equal += not different
        if different - allowed:
            wrong.append(f"{telling}: {sorted(different - allowed)}")
    assert not wrong, "\n".join(wrong)
    assert not unmet, unmet
    assert equal == SERVERS[name].equal, equal


def test_what_is_known_isnt_sent_again(server: tuple[str, int]) -> None:
    _, port = server
    for path, accept in (
        ("/doc/municipality/jena", "text/html"),
        ("/doc/municipality/jena", "*/*"),
    ):
        first = ask(port, path, headers={"Accept": accept})
        assert first.headers["Etag"]
        known = {"Accept": accept, "If-None-Match": first.headers["Etag"]}
        again = ask(port, path, headers=known)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["Etag"] == first.headers["Etag"]
        assert "accept" in again.headers["Vary"].lower()


def test_packed_siblings_are_sent_to_whom_takes_them(server: tuple[str, int]) -> None:
    name, port = server
    path = "/doc/municipality/jena"
    whole = ask(port, path, headers={"Accept": "text/html"})
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress}
    # Debian's nginx has no module for brotli.
    for coding in ("gzip",) if name == "nginx" else ("gzip", "br"):
        packed = ask(port, path, headers={"Accept": "text/html", "Accept-Encoding": coding})
        assert packed.headers["Content-Encoding"] == coding
        assert packed.headers["Content-Type"] == whole.headers["Content-Type"]
        assert unpack[coding](packed.body) == whole.body
        assert packed.headers["Etag"] != whole.headers["Etag"]
    dump = ask(port, "/dumps/latest/all.ttl", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in dump.headers


def test_ranges_of_dumps_are_sent(server: tuple[str, int]) -> None:
    _, port = server
    whole = ask(port, "/dumps/latest/all.nt").body
    part = ask(port, "/dumps/latest/all.nt", headers={"Range": "bytes=10-19"})
    assert (part.status, part.body) == (206, whole[10:20])
    assert ask(port, "/dumps/latest/all.nt", headers={"Range": "bytes=999999999-"}).status == 416


def test_links_tell_the_representations(server: tuple[str, int]) -> None:
    _, port = server
    found = links(ask(port, "/doc/municipality/jena").headers["Link"])
    wanted = [
        "canonical",
        "license",
        "describes",
        "collection",
        "author",
        "cite-as",
        "linkset",
        "type",
    ]
    assert {*wanted, "describedby text/turtle", "alternate text/html"} <= found
    assert "alternate text/turtle" not in found
    assert "describedby" in links(ask(port, "/id/municipality/jena").headers["Link"])


def test_scripts_are_our_own(server: tuple[str, int]) -> None:
    _, port = server
    search = ask(port, "/search?q=jena", headers={"Accept": "text/html"})
    assert "script-src 'self';" in search.headers["Content-Security-Policy"]
    assert search.headers["Content-Type"] == "text/html; charset=utf-8"
    home = ask(port, "/", headers={"Accept": "text/html"})
    assert home.headers["Content-Security-Policy"] == search.headers["Content-Security-Policy"]


def test_no_link_is_broken(server: tuple[str, int], exported: Path) -> None:
    _, port = server
    wrong, seen = [], set()
    pages = sorted(exported.rglob("*.html"))
    for page in pages:
        for link in links_of(page.read_text(encoding="utf-8")):
            if not link.startswith("/") or link in seen:
                continue
            seen.add(link)
            found = ask(port, link.partition("#")[0], "HEAD", {"Accept": "text/html, */*;q=0.1"})
            if found.status != 200:
                wrong.append(f"{page.relative_to(exported)}: {link} {found.status}")
    assert len(pages) > 350
    assert len(seen) > 1000
    assert not wrong, "\n".join(wrong[:20])


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the export of a publication whose base IRI has a path."""
    folder = tmp_path_factory.mktemp("below")
    based = {"publication.yaml": PUBLICATION.replace("example.org/", "example.org/lod/", 1)}
    build(write(folder / "data", based), ROOT / "shapes", folder / "releases")
    with tempfile.TemporaryDirectory(prefix="lod-export-") as out:
        Path(out).chmod(0o755)
        export_site(folder / "releases", Path(out) / "public", workers=1)
        yield Path(out) / "public"


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_a_publication_may_lie_below_a_path(name: str, below: Path, tmp_path: Path) -> None:
    if program(SERVERS[name].program) is None and not os.environ.get("LOD_CI"):
        pytest.skip(f"{SERVERS[name].program} isn't installed")
    with SERVERS[name].run(below, tmp_path) as port:
        thing = ask(port, "/lod/id/municipality/16053000?lang=en")
        location = normal("Location", thing.headers["Location"])
        assert (thing.status, location) == (303, "/lod/doc/municipality/jena?lang=en")
        page = ask(port, "/lod/doc/municipality/jena?lang=en", headers={"Accept": "text/html"})
        assert (page.status, page.headers["Content-Language"]) == (200, "en")
        assert page.headers["Content-Location"] == "/lod/doc/municipality/jena.html?lang=en"
        assert b'href="/lod/doc/state/thueringen?lang=en"' in page.body
        assert ask(port, "/lod/", headers={"Accept": "text/html"}).status == 200
        assert ask(port, "/lod/doc/municipality/nowhere").status == 404
        # The suites' Apache has the folder at its root too.
        assert name == "apache" or ask(port, "/doc/municipality/jena").status == 404
