"""What an export writes, keeps and removes."""

from __future__ import annotations

import gzip
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote

import brotli
import pytest
from click.testing import CliRunner
from flask import Flask

from lod.build import build
from lod.cli import main
from lod.errors import LodError
from lod.export import Exported, export_site
from lod.export.folder import OWN
from lod.export.searching import shard_of
from lod.search.folding import tokens
from lod.web.representations import RDF
from tests.conftest import PUBLICATION, ROOT, SMALL
from tests.export.conftest import WIDE
from tests.export.pages import as_exported, links_of
from tests.web.conftest import write


def state(out: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return inode, time and content of all published files."""
    return {
        path.relative_to(out).as_posix(): (
            path.stat().st_ino,
            path.stat().st_mtime_ns,
            path.read_bytes(),
        )
        for path in out.rglob("*")
        # The rules name the folder that they lie in.
        if path.is_file() and OWN not in path.parts and path.name != ".htaccess"
    }


def records(out: Path) -> dict[tuple[str, str], dict[str, object]]:
    """Return the manifest's records by their tasks."""
    lines = (out / OWN / "export.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        (kind, name): record for record in map(json.loads, lines) for kind, name in [record["task"]]
    }


def export(releases: Path, out: Path, plain: bool = False) -> Exported:
    return export_site(releases, out, plain=plain, workers=1)


# Bytes


def test_files_are_the_bytes_that_the_server_sends(exported: Path, live: Flask) -> None:
    client, compared = live.test_client(), 0
    for path in sorted(exported.rglob("*")):
        name = path.relative_to(exported).as_posix()
        match = re.fullmatch(
            r"((?:doc|questions|linkset|shapes)/.+?|about|ns|glossary|catalog|changes|questions|doc"
            r"|context|robots|sitemap(?:-1)?)((?:\.[a-z]+-[\w-]+)*)(\.de|\.en)?\.(\w+)",
            name,
        )
        if match is None or path.suffix in (".gz", ".br", ".png"):
            continue
        stem, asked, tongue, extension = match.groups()
        stem = re.sub(r"\.(mentions|values)$", r"/\1", stem)
        pairs = [one.split("-", 1) for one in asked.split(".")[1:]]
        query = "&".join(
            f"{key}={value.replace('-', ':', 1) if key in ('of', 'by') else value}"
            for key, value in [*pairs, *([("lang", tongue[1:])] if tongue else [])]
        )
        ending = "" if extension == "html" or stem.startswith("linkset/") else f".{extension}"
        answer = client.get(f"/{stem}{ending}?{query}", headers={"Accept": "text/html"})
        body = answer.get_data()
        assert answer.status_code == 200, name
        assert (as_exported(body) if tongue else body) == path.read_bytes(), name
        compared += 1
    assert compared > 1500


def test_every_representation_is_there(exported: Path) -> None:
    whole = exported / "doc" / "board" / "open-source-board"
    endings = [*(one.extension for one in RDF), ".de.html", ".en.html"]
    assert all(whole.with_name(whole.name + ending).is_file() for ending in endings)


def test_each_kind_has_a_table(exported: Path) -> None:
    table = (exported / "doc" / "board.csv").read_text(encoding="utf-8")
    assert table.startswith("Name,IRI,")
    page = (exported / "doc" / "board.de.html").read_text(encoding="utf-8")
    assert 'href="/doc/board.csv?lang=de"' in page
    assert 'href="/doc/board.csv' in (exported / "dumps.de.html").read_text(encoding="utf-8")
    assert "page=all" not in page
    assert "facets" not in page


def test_packed_siblings_hold_the_same(exported: Path) -> None:
    packed = [path for path in exported.rglob("*") if path.suffix in (".gz", ".br")]
    siblings = [path for path in packed if "dumps" not in path.parts]
    assert len(siblings) > 3000
    for path in siblings:
        unpack = gzip.decompress if path.suffix == ".gz" else brotli.decompress
        assert unpack(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_dumps_are_hard_links_to_the_release(wide: Path, tmp_path: Path) -> None:
    export(wide, tmp_path / "public")
    dump = next((wide / "current").resolve().glob("dumps/all.ttl"))
    linked = tmp_path / "public" / "dumps" / dump.parent.parent.name / "all.ttl"
    assert linked.samefile(dump)


def test_changes_are_told_page_by_page(tmp_path: Path) -> None:
    releases, out = tmp_path / "releases", tmp_path / "public"
    data = write(tmp_path / "data")
    build(data, ROOT / "shapes", releases, examined=False)
    build(write(data, WIDE), ROOT / "shapes", releases, examined=False)
    export(releases, out)
    pages = {path.name for path in out.glob("changes*") if path.suffix not in (".gz", ".br")}
    ttl = {name for name in pages if name.endswith(".ttl")}
    assert ttl == {"changes.ttl", *(f"changes.page-{number}.ttl" for number in range(2, 6))}
    assert {name for name in pages if name.endswith(".atom")} == {"changes.atom"}
    first = (out / "changes.de.html").read_text(encoding="utf-8")
    assert "Ort Nummer 1" in first
    assert "?kind=" not in first


def test_a_kind_has_a_picture_that_its_pages_name(exported: Path, live: Flask) -> None:
    page = (exported / "doc" / "municipality" / "jena.de.html").read_text(encoding="utf-8")
    named = re.search(r'og:image" content="https://lod.example.org/([^"]*)"', page)
    assert named is not None
    assert named.group(1) == "doc/municipality/picture.de.png"
    content = (exported / named.group(1)).read_bytes()
    assert content == live.test_client().get(f"/{named.group(1)}").data
    assert not (exported / f"{named.group(1)}.gz").exists(), "PNG is packed already"
    assert (exported / "picture.en.png").is_file()


# Again


def test_a_second_export_writes_nothing(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    first = export(small, out)
    before = state(out)
    second = export(small, out)
    assert first.written > 500
    assert (second.written, second.removed) == (0, 0)
    assert state(out) == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("municipality/jena.yaml", "population: 110731", "population: 110732"),
        ("municipality/jena.yaml", "type: topic/kreisfreie-stadt\n", ""),
        ("person/martin-berger.yaml", "name: Martin Berger", "name: Martin A. Berger"),
    ],
)
def test_a_change_reaches_each_page_that_shows_it(
    name: str, old: str, new: str, tmp_path: Path
) -> None:
    releases, out, fresh = (tmp_path / one for one in ("releases", "public", "fresh"))
    data = write(tmp_path / "data")
    build(data, ROOT / "shapes", releases)
    export(releases, out)
    before = SMALL[name]
    assert old in before
    (data / name).write_text(before.replace(old, new), encoding="utf-8")
    build(data, ROOT / "shapes", releases)
    export(releases, out)
    export(releases, fresh)
    found, expected = (
        {name: one[2] for name, one in state(folder).items()} for folder in (out, fresh)
    )
    assert found.keys() == expected.keys()
    assert [name for name in expected if found[name] != expected[name]] == []


def test_only_what_changed_is_written_and_what_is_gone_removed(tmp_path: Path) -> None:
    releases, out = tmp_path / "releases", tmp_path / "public"
    build(write(tmp_path / "data"), ROOT / "shapes", releases)
    export(releases, out)
    before = state(out)
    jena = SMALL["municipality/jena.yaml"].replace("{de: Jena}", "{de: Jena an der Saale}")
    (tmp_path / "data/person/martin-berger.yaml").unlink()
    made_from = records(out)
    edition = PUBLICATION.replace("modified: 2026-01-02", "modified: 2026-01-03")
    (tmp_path / "data/publication.yaml").write_text(edition, encoding="utf-8")
    board = re.sub(r"members:\n(  .*\n)+(?=sources)", "", SMALL["board/open-source-board.yaml"])
    (tmp_path / "data/municipality/jena.yaml").write_text(jena, encoding="utf-8")
    (tmp_path / "data/board/open-source-board.yaml").write_text(board, encoding="utf-8")
    build(tmp_path / "data", ROOT / "shapes", releases)
    export(releases, out)
    after = state(out)
    fresh = tmp_path / "fresh"
    export(releases, fresh)
    assert {name: one[2] for name, one in after.items()} == {
        name: one[2] for name, one in state(fresh).items()
    }
    assert "doc/person/martin-berger.ttl" in before
    assert not any(name.startswith("doc/person/") for name in after)
    assert not (out / "doc" / "person").exists()
    same = {name for name in before.keys() & after.keys() if before[name][2] == after[name][2]}
    assert all(before[name] == after[name] for name in same)
    # A place that doesn't name Jena kept its files; one that does was written anew.
    assert "doc/municipality/bochum.de.html" in same
    assert "doc/state/thueringen.de.html" in before.keys() - same
    assert "doc/state/thueringen.ttl" in same
    # It wasn't even rendered, though the edition has another date and another version.
    assert records(out)["resource", "district/bochum"] == made_from["resource", "district/bochum"]
    assert (
        records(out)["resource", "municipality/jena"] != made_from["resource", "municipality/jena"]
    )


def test_a_file_that_went_missing_is_written_again(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    export(small, out)
    for name in ("doc/municipality/jena.ttl", "doc/municipality/jena.nt.br", "about.de.html"):
        (out / name).unlink()
    (out / "doc/municipality/bochum.ttl").write_text("changed")
    export(small, out)
    assert (out / "doc/municipality/jena.ttl").is_file()
    assert (out / "doc/municipality/jena.nt.br").is_file()
    assert (out / "about.de.html").is_file()
    assert "Bochum" in (out / "doc/municipality/bochum.ttl").read_text(encoding="utf-8")


def test_files_of_others_stay(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    export(small, out)
    (out / "CNAME").write_text("lod.example.org")
    (out / "doc" / "notes").mkdir()
    (out / "doc" / "notes" / "mine.txt").write_text("mine")
    export(small, out, plain=True)
    assert (out / "CNAME").read_text() == "lod.example.org"
    assert (out / "doc" / "notes" / "mine.txt").is_file()
    assert not (out / "index.de.html").exists()


def test_a_folder_with_something_else_is_refused(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    out.mkdir()
    (out / "index.html").write_text("mine")
    with pytest.raises(LodError, match="expected an empty folder or an earlier export"):
        export(small, out)
    assert [path.name for path in out.iterdir()] == ["index.html"]
    with pytest.raises(LodError, match="expected an empty folder"):
        export(small, out / "index.html")


def test_a_damaged_manifest_is_told_of(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    export(small, out)
    (out / OWN / "export.jsonl").write_text('{"task": 1}\n')
    with pytest.raises(LodError, match=r"export\.jsonl:1: expected a record"):
        export(small, out)


CODE = (
    "import sys; from pathlib import Path; from lod.export import export_site; "
    "export_site(Path(sys.argv[1]), Path(sys.argv[2]), workers=1)"
)


def test_an_export_that_was_killed_goes_on(wide: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    journal = out / OWN / "journal.jsonl"
    process = subprocess.Popen([sys.executable, "-c", CODE, str(wide), str(out)], cwd=ROOT)
    for _ in range(1200):
        if journal.is_file() and journal.read_text().count("\n") > 60:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = [json.loads(line) for line in journal.read_text().splitlines() if line.endswith("}")]
    kept = {name for one in done if one["task"][0] == "resource" for name in one["files"]}
    assert kept
    with journal.open("a") as lines:
        lines.write('{"task": ["resource", "mun')  # as a kill in the middle of a line leaves it
    before = state(out)
    export(wide, out)
    after = state(out)
    assert all(before[name] == after[name] for name in kept)
    assert not journal.exists()
    assert not (out / OWN / "staging").exists()
    fresh = tmp_path / "fresh"
    export(wide, fresh)
    assert {name: one[2] for name, one in after.items()} == {
        name: one[2] for name, one in state(fresh).items()
    }


def test_a_second_export_at_once_is_refused(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    seen: list[str] = []

    def meanwhile(step: str, done: int, total: int) -> None:
        try:
            export(small, out)
        except LodError as error:
            seen.append(str(error))

    export_site(small, out, workers=1, progress=meanwhile)
    assert seen
    assert "another export is writing here" in seen[0]


def test_what_cant_be_written_is_told_of(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    export(small, out)
    (out / "about.de.html").unlink()
    (out / "about.de.html").mkdir()
    (out / "about.de.html" / "mine").write_text("mine")
    with pytest.raises(LodError, match=r"about\.de\.html: can't be written"):
        export(small, out)


# The command


def test_the_command_tells_what_it_did(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    given = ["export", "site", f"--releases={small}", f"--out={out}", "--workers=1"]
    done = CliRunner().invoke(main, given)
    assert done.exit_code == 0, done.output
    assert re.match(r".*public: \d+ files of 2026-01-02-\w+; \d+ written", done.output)
    (out / OWN / "export.jsonl").rename(tmp_path / "elsewhere")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").touch()
    refused = CliRunner().invoke(main, [*given[:3], f"--out={tmp_path / 'mine'}"])
    assert refused.exit_code == 1
    assert "found something else" in refused.output
    assert CliRunner().invoke(main, [*given, "--endpoint=nowhere"]).exit_code == 2


# Search


def test_the_index_finds_every_name(exported: Path) -> None:
    folder = exported / "search-index"
    contents = json.loads((folder / "contents.json").read_text())
    assert {path.stem for path in folder.glob("*.json")} == {*contents, "contents"}
    for name, reference in (
        ("Jena", "municipality/jena"),
        ("Open-Source-Board", "board/open-source-board"),
        ("16053000", "municipality/jena"),
        ("Städte", "project/netz"),
        ("Thueringen", "state/thueringen"),
    ):
        word = max(tokens(name), key=len)
        shard = json.loads((folder / f"{shard_of(word)}.json").read_text(encoding="utf-8"))
        assert reference in [one[1] for one in shard if word in one[2].split()], name


# Hosts without rules


def test_every_link_of_a_plain_export_leads_to_a_file(plain: Path) -> None:
    pages = sorted(plain.rglob("*.html"))
    assert len(pages) > 350
    wrong, seen = [], 0
    for page in pages:
        for link in links_of(page.read_text(encoding="utf-8")):
            if link.startswith("/"):
                seen += 1
                path = plain / unquote(re.split(r"[?#]", link)[0][1:])
                if not path.is_file():
                    wrong.append(f"{page.relative_to(plain)}: {link}")
                if re.search(r"\?(?!v=)", link):
                    wrong.append(f"{page.relative_to(plain)}: {link} has a query")
    assert seen > 5000
    assert not wrong, "\n".join(wrong[:20])


def test_pages_of_a_plain_export_keep_their_language(plain: Path) -> None:
    page = (plain / "doc/municipality/jena.en.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert 'href="/doc/state/thueringen.en.html"' in page
    assert 'href="/doc/municipality/jena.html" lang="de"' in page
    assert 'type="text/turtle" href="/doc/municipality/jena.ttl"' in page
    assert 'href="https://sparql.example.org/query"' in page
    assert (plain / "index.html").is_file()
    assert (plain / "404.html").is_file()
    assert (plain / "doc/municipality/index.html").is_file()


def test_things_are_redirected_by_hosts_that_know_redirects(plain: Path) -> None:
    lines = (plain / "_redirects").read_text().splitlines()
    assert "/id/:kind/:slug /doc/:kind/:slug.html 302" in lines
    assert len(lines) < 1000
    assert not (plain / ".htaccess").exists()
