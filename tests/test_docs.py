"""The documentation: what it names exists, what exists is named, and what it shows is real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from lod.build import Built
from lod.cli import main
from lod.cli.model_table import END, START, between_marks, model_table
from lod.formats import FORMATS
from lod.iri import KINDS
from lod.records.schema import NAMES, json_schema
from tests.conftest import ROOT, WriteData

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md"), ROOT / "data" / "README.md"])
RECORDS = sorted((ROOT / "data").glob("*/*.yaml"))
COMMANDS = sorted(main.commands)
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    """Return the code blocks of a page that are in a language."""
    return [block for name, block in FENCE.findall(read(page)) if name == language]


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


# What is generated


def test_the_tables_of_the_model_are_up_to_date() -> None:
    page = read("docs/model.md")
    assert between_marks(page, model_table()) == page, "run make reference"


def test_tables_go_between_the_marks_and_nowhere_else() -> None:
    page = f"before {START} old {END} after"
    assert between_marks(page, "new\n") == f"before {START}\n\nnew\n\n{END} after"
    with pytest.raises(ValueError, match="substring not found"):
        between_marks("no marks", "new")


def test_the_schemas_that_editors_read_are_up_to_date(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    kept = ROOT / "data" / "schema"
    assert {path.stem for path in kept.iterdir()} == set(NAMES)
    for name in NAMES:
        file = f"{name}.json"
        assert (kept / file).read_bytes() == (tmp_path / file).read_bytes(), "run make reference"


# What editors see


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as the YAML 1.2 of editors does: a date is text, and so are yes and no."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), first
    )


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Loader=EditorLoader)


def problems(kind: str, text: str) -> list[str]:
    """Return what an editor would underline in a record."""
    validator = Draft202012Validator(json_schema(kind))
    errors = validator.iter_errors(as_an_editor_reads(text))
    return [f"{error.json_path}: {error.message}" for error in errors]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(json_schema(name))


def test_an_editor_reads_dates_and_keys_as_they_are_written() -> None:
    read = as_an_editor_reads('{a: 2025-10-31, b: no, c: "05911000", d: 20, e: 5.6, f: ~}')
    assert read == {"a": "2025-10-31", "b": "no", "c": "05911000", "d": 20, "e": 5.6, "f": None}


def test_an_editor_underlines_what_the_loader_refuses() -> None:
    assert problems("municipality", "name: Jena\nags: 16053000\n")
    assert problems("municipality", "name: Jena\nbezirk: x\n")
    assert problems("project", "name: X\nlead: municipality/jena\n")
    assert problems("event", 'name: X\nstart: "31.10.2025"\n')
    assert not problems("event", 'name: X\nstart: "--10"\n')


def test_there_are_records_in_yaml() -> None:
    assert len(RECORDS) > 200
    assert {path.parent.name for path in RECORDS} <= set(KINDS)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_editor_underlines_nothing_in_our_records(path: Path) -> None:
    kind, text = path.parent.name, path.read_text(encoding="utf-8")
    schema = f"# yaml-language-server: $schema=../schema/{kind}.json"
    assert text.splitlines()[0] == schema
    assert problems(kind, text) == []


def test_an_editor_underlines_nothing_in_the_publication_file() -> None:
    text = read("data/publication.yaml")
    assert text.startswith("# yaml-language-server: $schema=schema/publication.json\n")
    assert problems("publication", text) == []


# What the documentation names


def section(page: str, title: str) -> str:
    """Return what stands below a title of the second level."""
    return page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented_with_an_example_and_its_options(name: str) -> None:
    text = section(read("docs/cli.md"), f"lod {name}")
    assert f"lod {name}" in "".join(block for _, block in FENCE.findall(text))
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}`" in text, parameter.name
    options = re.findall(r"^\| `(--[\w-]+)` \|", text, re.MULTILINE)
    known = {option for p in main.commands[name].params for option in p.opts}
    assert set(options) <= known


def test_the_exit_codes_and_the_environment_are_documented() -> None:
    text = read("docs/cli.md")
    assert all(f"| {code} |" in section(text, "Exit codes") for code in (0, 1, 2))
    assert "`NO_COLOR`" in section(text, "Environment")


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_documented(kind: str) -> None:
    assert f"\n### {kind}\n" in read("docs/model.md")
    assert re.search(rf"^\| [^|]*\b{kind}\b", read("data/README.md"), re.MULTILINE)


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
def test_a_format_is_documented(format_: Any) -> None:
    row = f"| {format_.name} | `{format_.media_type}` | `{format_.extension}` |"
    assert row in read("README.md")
    assert format_.name in read("docs/model.md")


def shell(text: str) -> Iterator[str]:
    """Yield the commands of a page: whole lines of sh, and what follows a $ elsewhere."""
    for language, block in FENCE.findall(text):
        for line in block.splitlines():
            if language == "sh":
                yield line
            elif language == "console" and line.lstrip().startswith("$ "):
                yield line.lstrip()[2:]
    yield from re.findall(r"`((?:make|lod) [^`]+)`", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.MULTILINE))
    for command in shell(page.read_text(encoding="utf-8")):
        for target in re.findall(r"^make ([a-z-]+)", command):
            assert target in targets, command
        for words in re.findall(r"\blod ((?:[a-z]+|<command>)\b[^#|;&]*)", command):
            name, *rest = words.split()
            if name == "<command>":
                continue
            assert name in main.commands, command
            options = {option for p in main.commands[name].params for option in p.opts} | {"--help"}
            assert {word for word in rest if word.startswith("--")} <= options, command


def test_the_readme_shows_the_two_commands() -> None:
    lines = [line.split("#")[0].strip() for line in shell(read("README.md"))]
    assert {"make serve", "make test"} <= set(lines)


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's titles, as code hosts make them."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path) if path else page
        assert found.exists(), target
        if anchor:
            assert anchor in anchors(found), target


def test_every_page_is_reached_from_the_readme() -> None:
    linked = set(LINK.findall(read("README.md")))
    for page in DOCS.glob("*.md"):
        name = f"docs/{page.name}"
        assert any(target.partition("#")[0] == name for target in linked), name


def test_pictures_are_small() -> None:
    pictures = list((DOCS / "pictures").iterdir())
    assert pictures
    assert all(picture.stat().st_size < 300_000 for picture in pictures)


# What the documentation shows


def test_the_turtle_of_the_model_is_what_a_release_says(real: tuple[Path, Built]) -> None:
    dumps = real[1].release.path / "dumps"
    kinds = ("board", "membership", "event")
    said = "\n".join((dumps / f"{kind}.ttl").read_text("utf-8") for kind in kinds)
    shown = blocks("docs/model.md", "turtle")
    assert len(shown) == 2
    for block in shown:
        for piece in block.split("…\n"):
            assert piece in said or all(part in said for part in piece.split("\n\n"))


def test_the_record_of_the_model_is_the_real_one() -> None:
    record = as_an_editor_reads(read("data/board/kommunales-open-source-board.yaml"))
    (shown,) = (b for b in blocks("docs/model.md", "yaml") if "Kommunales Open-Source-Board" in b)
    example = as_an_editor_reads(shown)
    assert example.pop("figures")[0] in record["figures"]
    assert example.items() <= record.items()


def test_the_records_of_the_guide_are_ones() -> None:
    shown = blocks("docs/editors.md", "yaml")
    assert len(shown) == 2
    for block in shown:
        kind = re.findall(r"schema/(\w+)\.json", block)[0]
        assert problems(kind, block) == []


UNREADABLE = """\
name: Offene Daten
{comment}beschreibung: Die Stadt veröffentlicht ihre Daten.
lead: municipality/jenna
start: 31.10.2025
sources: [source/article]
"""
NOWHERE = """\
name: {de: Offene Daten Jena}
type: topic/role-member
description: {de: Die Stadt veröffentlicht ihre Daten.}
lead: [municipality/jenna]
sources: [source/article]
"""
BACKWARDS = """\
name: {de: Offene Daten Jena, en: Open data Jena}
lead: [municipality/jena]
description: {de: Die Stadt veröffentlicht ihre Daten.}
part_of: []
start: "2025-10-31"
end: "2024-01"
sources: [source/article]
"""
COLUMNS = "slug;name.de;key;state;sources\n"
ROW = "bochum;Bochum;5911;state/nordrhein-westfalen;source/article\n"
WRONG: dict[str, dict[str, str | bytes | None]] = {
    "commented": {"project/offene-daten-jena.yaml": UNREADABLE.format(comment="# …\n")},
    "plain": {"project/open-data-musterstadt.yaml": UNREADABLE.format(comment="")},
    "nowhere": {"project/offene-daten-jena.yaml": NOWHERE},
    "backwards": {"project/offene-daten-jena.yaml": BACKWARDS},
    "zero": {"district.csv": COLUMNS + ROW},
}


def shown_messages() -> list[str]:
    """Return the messages that the guide and the reference show, without their ends."""
    return [
        line.strip().partition("…")[0]
        for page in ("docs/editors.md", "docs/cli.md")
        for block in blocks(page, "console")
        for line in block.splitlines()
        if re.match(r" *data/\S+:\d+:\d+: ", line)
    ]


def test_the_messages_of_the_guide_are_what_the_check_says(
    write_data: WriteData, shapes: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    said = ""
    for changes in WRONG.values():
        for path in sorted(tmp_path.rglob("data/project/*")):
            path.unlink()
        write_data(changes)
        for language in ("de", "en"):
            arguments = ["check", "--shapes", str(shapes), "--language", language]
            said += CliRunner().invoke(main, arguments).output
    messages = shown_messages()
    assert len(messages) == 15
    for message in messages:
        assert message in said, message


# publiccode.yml. Spec: https://yml.publiccode.tools (0.4)

LENGTHS = {"genericName": (1, 35), "shortDescription": (1, 150), "longDescription": (500, 10_000)}


def test_the_description_for_catalogues_of_public_code_is_valid() -> None:
    code = as_an_editor_reads(read("publiccode.yml"))
    needed = "publiccodeYmlVersion name url platforms categories developmentStatus softwareType"
    assert set(needed.split()) <= set(code)
    assert code["publiccodeYmlVersion"] == "0.4"
    assert (
        set(code["description"]) == {"de", "en"} == set(code["localisation"]["availableLanguages"])
    )
    for described in code["description"].values():
        assert described["features"]
        for name, (least, most) in LENGTHS.items():
            assert least <= len(described[name]) <= most, name
    assert code["maintenance"]["contacts"]
    assert code["legal"]["license"] == "EUPL-1.2"


def test_the_versions_agree() -> None:
    version = read("pyproject.toml").split('version = "')[1].split('"')[0]
    assert as_an_editor_reads(read("publiccode.yml"))["softwareVersion"] == version
    assert f"\n## [{version}] - " in read("CHANGELOG.md")
