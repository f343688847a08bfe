"""Programs that weren't used while building read what is published, and find nothing wrong.

docs/conformance.md has more of them, with the commands.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from lod.build import Built
from tests.web.test_serve import get, served

RAPPER = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml"}
SERDI = {"ttl": "turtle", "nt": "ntriples"}
DOCUMENTS = (
    "doc/municipality/jena",
    "doc/board/kommunales-open-source-board",
    "doc/event/konstituierende-sitzung-kommunales-open-source-board",
    "doc/dataset/gemeindeverzeichnis-gv100ad",
    "doc/project",
    "catalog",
    "conformance",
    "ns",
    "questions",
    "search?q=jena",
)


def run(*command: str | Path, body: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a program; where it must be installed, its lack fails the suite."""
    if shutil.which(str(command[0])) is None:
        assert not os.environ.get("LOD_CI"), f"{command[0]} isn't installed"
        pytest.skip(f"{command[0]} isn't installed")
    return subprocess.run(command, input=body, capture_output=True, timeout=200, check=False)


@pytest.fixture(scope="module")
def port(real: tuple[Path, Built]) -> Iterator[int]:
    with served(real[0]) as port:
        yield port


@pytest.fixture(scope="module")
def triples(real: tuple[Path, Built]) -> int:
    return int(real[1].release.manifest["counts"]["triples"])


@pytest.mark.parametrize("extension", RAPPER)
def test_raptor_reads_the_dumps(real: tuple[Path, Built], triples: int, extension: str) -> None:
    path = real[1].release.path / "dumps" / f"all.{extension}"
    done = run("rapper", "--count", "--input", RAPPER[extension], path)
    said = done.stderr.decode()
    assert done.returncode == 0
    assert f"returned {triples} triples" in said
    assert not re.search("warning|error", said, re.IGNORECASE)


@pytest.mark.parametrize("extension", SERDI)
def test_serd_reads_the_dumps(real: tuple[Path, Built], triples: int, extension: str) -> None:
    path = real[1].release.path / "dumps" / f"all.{extension}"
    done = run("serdi", "-i", SERDI[extension], "-o", "ntriples", path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(set(done.stdout.splitlines())) == triples


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_are_read_alike(port: int, document: str) -> None:
    path, _, query = document.partition("?")
    base = f"http://127.0.0.1:{port}/{path}"
    found = {}
    for extension, name in RAPPER.items():
        status, _, body = get(port, f"/{path}.{extension}{query and f'?{query}'}")
        assert status == 200
        done = run("rapper", "-q", "-i", name, "-o", "ntriples", "-", base, body=body)
        assert (done.returncode, done.stderr) == (0, b"")
        found[extension] = set(done.stdout.splitlines())
        if extension in SERDI:
            done = run("serdi", "-i", name, "-o", "ntriples", "-", base, body=body)
            assert (done.returncode, done.stderr) == (0, b"")
            assert len(set(done.stdout.splitlines())) == len(found[extension])
    assert found["ttl"] == found["nt"] == found["rdf"]


def test_curl_negotiates_follows_and_unpacks(port: int) -> None:
    site = f"http://127.0.0.1:{port}"
    turtle = "Accept: text/turtle"
    plain = run("curl", "-sSfL", "-H", turtle, f"{site}/id/municipality/jena")
    packed = run("curl", "-sSfL", "--compressed", "-H", turtle, f"{site}/id/municipality/jena")
    assert plain.returncode == packed.returncode == 0
    assert plain.stdout == packed.stdout
    assert plain.stdout.startswith(b"@")
    part = run("curl", "-sSf", "-r", "0-99", f"{site}/dumps/latest/all.nt")
    assert len(part.stdout) == 100


def test_curl_keeps_and_asks_again(port: int, tmp_path: Path) -> None:
    tag, file = tmp_path / "tag", tmp_path / "file"
    again: list[str | Path] = [
        "curl",
        "-sSf",
        "--etag-save",
        tag,
        "--etag-compare",
        tag,
        "-o",
        file,
    ]
    told = ["-w", "%{http_code} %{size_download}", f"http://127.0.0.1:{port}/doc/state/hessen.ttl"]
    first, second = run(*again, *told), run(*again, *told)
    assert first.stdout.startswith(b"200 ")
    assert second.stdout == b"304 0"


def test_curl_queries(port: int) -> None:
    site, query = f"http://127.0.0.1:{port}/sparql", "ASK { ?s a <https://schema.org/State> }"
    for arguments in (
        ["--data-urlencode", f"query={query}"],
        ["--get", "--data-urlencode", f"query={query}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", query],
        [f"{site}?{urlencode({'query': query})}"],
    ):
        address = [] if arguments[0].startswith("http") else [site]
        done = run("curl", "-sSf", *arguments, *address)
        assert json.loads(done.stdout)["boolean"] is True


def test_a_link_checker_finds_no_broken_link(small: Path, tmp_path: Path) -> None:
    """All pages of a small release that its pages lead to, but data and languages."""
    settings = tmp_path / "linkcheckerrc"
    settings.write_text("[checking]\nmaxrequestspersecond=1000\nthreads=4\ntimeout=30\n")
    left_out = ["--ignore-url=(ttl|nt|rdf|jsonld|txt|json|csv|rq|gz)$", "--ignore-url=[?]"]
    with served(small) as port:
        site = f"http://127.0.0.1:{port}/"
        done = run("linkchecker", "-f", settings, *left_out, "--no-status", site)
    said = done.stdout.decode()
    checked = re.search(r"(\d+) URLs? checked", said)
    assert done.returncode == 0, said
    assert checked is not None, said
    assert int(checked[1]) > 100
