from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rdflib
from click.testing import CliRunner, Result

import lod
from lod.build import Built, build
from lod.cli import main
from lod.iri import KINDS
from tests.conftest import ROOT, SMALL, WriteData

COMMANDS = {
    "activate", "build", "check", "completion", "convert", "export", "preflight", "prune", "push",
    "query", "releases", "schema", "serve", "verify",
}  # fmt: skip
SHAPES = f"--shapes={ROOT / 'shapes'}"


def lod_(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], env={"LANG": "C", **environment})


def test_help_names_every_command() -> None:
    result = lod_("--help")
    assert result.exit_code == 0
    assert set(main.commands) == COMMANDS
    assert all(name in result.output for name in COMMANDS)
    for name in COMMANDS:
        shown = lod_(name, "--help")
        assert shown.exit_code == 0
        assert len(shown.output) > 150, name


def test_the_version() -> None:
    assert lod.__version__ in lod_("--version").output


def test_a_wrong_command_is_exit_code_2() -> None:
    assert lod_("chekc").exit_code == 2
    assert lod_("check", "--data", "/nowhere").exit_code == 2
    assert lod_("build", "--nonsense").exit_code == 2
    assert lod_("schema").exit_code == 2


def test_check_says_what_is_left_to_pyshacl(write_data: WriteData, tmp_path: Path) -> None:
    shape = tmp_path / "a.ttl"
    shape.write_text(
        "@prefix : <#> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        ":A a sh:NodeShape ; sh:targetNode :a ; sh:pattern 'x' ; sh:flags 'i' .\n"
        ":B a sh:NodeShape ; sh:targetNode :b ; sh:nodeKind sh:IRI .\n"
    )
    command = ["check", "--data", str(write_data()), "--shapes", str(tmp_path), "-v"]
    process = subprocess.run(
        [sys.executable, "-m", "lod", *command], capture_output=True, text=True, check=False
    )
    assert "1 of 2 shapes: by the fast engine" in process.stderr
    assert "a.ttl#A: by pyshacl alone, because of sh:flags" in process.stderr


def test_check_of_good_records_is_exit_code_0(write_data: WriteData) -> None:
    result = lod_("check", "--data", write_data(), SHAPES)
    assert result.exit_code == 0, result.output
    assert "16 records" in result.output


TEN: dict[str, str | bytes | None] = {
    "municipality/jena.yaml": SMALL["municipality/jena.yaml"].replace("16053000", "1605300"),
    "municipality/bochum.yaml": SMALL["municipality/bochum.yaml"].replace("district:", "distrikt:"),
    "person/martin-berger.yaml": "sources: [source/article]\n",
    "person/x.yaml": "name: X\nemail: x@example.org\n",
    "event/a.yaml": "name: A\nstart: 2025-02-30\n",
    "event/b.yaml": "name: B\nhomepage: javascript:alert(1)\n",
    "event/c.yaml": "name: C\nplace: municipality/jenna\n",
    "event/d.yaml": "name: D\nname: D\n",
    "event/e.yaml": "name: [\n",
    "topic/Ö.yaml": "name: Ö\n",
}


def test_ten_mistakes_name_ten_places(write_data: WriteData) -> None:
    result = lod_("check", "--data", write_data(TEN), SHAPES)
    assert result.exit_code == 1
    for name in TEN:
        assert f"{name}:" in result.output, name
    assert "Traceback" not in result.output


def test_a_violation_names_file_line_and_remedy(write_data: WriteData) -> None:
    far = SMALL["municipality/jena.yaml"].replace("50.92722", "5.92722")
    data = write_data({"municipality/jena.yaml": far})
    result = lod_("check", "--data", data, SHAPES)
    assert result.exit_code == 1
    assert "municipality/jena.yaml:9:" in result.output
    assert "coordinates" in result.output


def test_findings_as_json_and_for_github(write_data: WriteData) -> None:
    far = SMALL["municipality/jena.yaml"].replace("50.92722", "5.92722")
    data = write_data({"municipality/jena.yaml": far})
    found: Any = json.loads(lod_("check", "--data", data, SHAPES, "--format=json").stdout)
    violation = next(one for one in found if one["severity"] == "violation")
    assert violation["line"] == 9
    assert violation["file"].endswith("municipality/jena.yaml")
    lines = lod_("check", "--data", data, SHAPES, "--format=github").stdout.splitlines()
    assert any(line.startswith("::error file=") and "line=9" in line for line in lines)


def test_mistakes_of_files_as_json_and_for_github(write_data: WriteData) -> None:
    data = write_data(TEN)
    result = lod_("check", "--data", data, SHAPES, "--format=json")
    assert result.exit_code == 1
    found: Any = json.loads(result.stdout)
    assert {Path(one["file"]).relative_to(data).as_posix() for one in found} == set(TEN)
    assert all(one["line"] and one["messages"]["en"] for one in found)
    lines = lod_("check", "--data", data, SHAPES, "--format=github").stdout.splitlines()
    assert len(lines) == len(found)
    assert all(line.startswith("::error file=") for line in lines)


def test_the_report_is_written_as_rdf(write_data: WriteData, tmp_path: Path) -> None:
    report = tmp_path / "report.ttl"
    lod_("check", "--data", write_data(), SHAPES, "--report", report)
    graph = rdflib.Graph().parse(report, format="turtle")
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.SH.ValidationReport))) == 1
    severities = set(graph.objects(None, rdflib.SH.resultSeverity))
    assert rdflib.SH.Violation not in severities
    assert severities, "the small data have hints, which are published too"


def test_messages_follow_the_language(write_data: WriteData) -> None:
    data = write_data(TEN)
    german = lod_("check", "--data", data, SHAPES, "--language=de").output
    assert german == lod_("check", "--data", data, SHAPES, LANG="de_DE.UTF-8").output
    assert "erwartet" in german
    assert "expected" in lod_("check", "--data", data, SHAPES, LANG="fr_FR.UTF-8").output


def test_the_last_line_follows_the_language_too(write_data: WriteData, tmp_path: Path) -> None:
    data = write_data()
    german = [SHAPES, "--language=de", "--data", data]
    assert lod_("check", *german).output.endswith(" Tripel: 0 Fehler\n")
    built = lod_("build", *german, "--out", tmp_path).output
    assert " gebaut: 16 Ressourcen, " in built
    assert " ist auf dem Stand: 16 Ressourcen, " in lod_("build", *german, "--out", tmp_path).output
    (data / "board" / "open-source-board.yaml").write_text("name: B\n")
    failed = lod_("build", *german, "--out", tmp_path)
    assert failed.exit_code == 1
    assert failed.output.endswith("Die Daten verletzen die Regeln.\n")


def test_every_round_ends_with_the_number_of_mistakes(write_data: WriteData) -> None:
    mistakes = lod_("check", "--data", write_data(TEN), SHAPES)
    assert mistakes.output.splitlines()[-1].startswith("10 mistakes. ")
    german = lod_("check", "--data", write_data(TEN), SHAPES, "--language=de")
    assert german.output.splitlines()[-1].startswith("10 Fehler. ")


def test_a_build_reminds_of_the_date_of_the_edition(write_data: WriteData, tmp_path: Path) -> None:
    def built(records: dict[str, Any], *options: str) -> str:
        data = write_data(records)
        return lod_("build", "--data", data, SHAPES, "--out", tmp_path / "r", *options).output

    hint = "publication.yaml: modified: hint: Records changed, but the edition is still of"
    assert hint not in built({})
    person = "person/martin-berger.yaml"
    assert hint in built({person: "name: Martin M. Berger\nsources: [source/article]\n"})
    title = {"publication.yaml": SMALL["publication.yaml"].replace("Small data", "Two")}
    assert hint in built(title), "the person has another name again"
    assert "Hinweis" in built(
        {person: "name: M. Berger\nsources: [source/article]\n"}, "--language=de"
    )
    later = re.sub("modified: .*", "modified: 2030-01-01", SMALL["publication.yaml"])
    assert hint not in built({"publication.yaml": later})


class Interrupted(io.StringIO):
    """Standard input, while somebody presses Ctrl-C."""

    def read(self, size: int | None = -1, /) -> str:
        raise KeyboardInterrupt


def test_an_interrupted_command_is_exit_code_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Interrupted())
    with pytest.raises(SystemExit) as ended:
        main(["query", "-"])
    assert ended.value.code == 130
    assert capsys.readouterr().err == "\n"


def test_build_verify_list_activate_prune(write_data: WriteData, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    for title in ("One", "Two"):
        publication = SMALL["publication.yaml"].replace("Small data", title)
        data = write_data({"publication.yaml": publication})
        assert lod_("build", "--data", data, SHAPES, "--out", releases).exit_code == 0
    listed = lod_("releases", "--releases", releases).output.splitlines()
    first, second = (line.split()[-3] for line in listed)
    assert [line[0] for line in listed] == [" ", "*"]
    assert lod_("activate", "--releases", releases, first).exit_code == 0
    assert (releases / "current").readlink() == Path(first)
    assert "as the manifest says" in lod_("verify", "--releases", releases).output
    assert lod_("verify", "--releases", releases, second).exit_code == 0
    assert lod_("prune", "--releases", releases, "--keep=1").output == ""
    assert lod_("activate", "--releases", releases, second).exit_code == 0
    assert lod_("prune", "--releases", releases, "--keep=1").output == f"{first} deleted\n"
    missing = lod_("activate", "--releases", releases, first)
    assert missing.exit_code == 1
    assert "no release here" in missing.output
    (releases / second / "dumps" / "all.nt").write_text("x")
    assert lod_("verify", "--releases", releases).exit_code == 1


@pytest.fixture(scope="module")
def releases(real: tuple[Path, Built]) -> Path:
    return real[0]


QUERY = "SELECT ?m ?name { ?m lod:ags '16053000' ; schema:name ?name }"


def test_query_as_table_json_and_csv(releases: Path) -> None:
    table = lod_("query", "--releases", releases, QUERY).output.splitlines()
    assert table[0].split() == ["m", "name"]
    assert table[2].split() == ["municipality/jena", "Jena"]
    answer = json.loads(lod_("query", "--releases", releases, "--format=json", QUERY).output)
    assert answer["results"]["bindings"][0]["name"]["value"] == "Jena"
    rows = list(
        csv.reader(io.StringIO(lod_("query", "--releases", releases, "--format=csv", QUERY).output))
    )
    assert rows[:2] == [["m", "name"], ["https://lod.example.org/id/municipality/jena", "Jena"]]


def test_query_answers_yes_and_no_and_graphs(releases: Path) -> None:
    assert lod_("query", "--releases", releases, "ASK { ?s a schema:City }").output == "yes\n"
    assert lod_("query", "--releases", releases, "ASK { ?s a schema:Zoo }").output == "no\n"
    graph = lod_("query", "--releases", releases, "CONSTRUCT WHERE { ?s a schema:State }").output
    assert len(rdflib.Graph().parse(data=graph, format="turtle")) == 16


def test_a_query_that_is_none_says_where(releases: Path) -> None:
    result = lod_("query", "--releases", releases, "SELECT ?x { ?x a }")
    assert result.exit_code == 1
    assert result.output == (
        "QUERY: error at 1:19: something is missing before the end. Correct the query there\n"
    )


@pytest.mark.parametrize(
    ("query", "cause"),
    [
        ("SELECT ?x {\n?x nope:name ?y }", "2:13: The prefix nope: is not declared"),
        ("SELECT ?x WHER { ?x ?p ?y }", "{ can't stand here; expected DISTINCT or WHERE"),
        ("SELECT ?x { ?x a ?y ", "something is missing before the end"),
        ("SELECT ?x ?n { ?x a ?t } GROUP BY ?x", "contains a variable that is unbound"),
        ("SELECT ?x { ?x a <a b> }", "IRI parsing failed"),
        ("", "something is missing before the end"),
    ],
)
def test_what_is_wrong_with_a_query_is_one_readable_line(
    query: str, cause: str, releases: Path
) -> None:
    result = lod_("query", "--releases", releases, query)
    assert result.exit_code == 1
    assert cause in result.output
    assert result.output.count("\n") == 1
    assert len(result.output) < 150


def test_a_query_comes_from_standard_input(releases: Path) -> None:
    result = CliRunner().invoke(main, ["query", "--releases", str(releases), "-"], input=QUERY)
    assert "municipality/jena" in result.output


def test_without_a_release_one_is_told_to_build(tmp_path: Path) -> None:
    for command in ("query", "verify", "serve", "releases", "prune"):
        arguments = ["SELECT * {}"] if command == "query" else []
        result = lod_(command, "--releases", tmp_path, *arguments)
        assert result.exit_code == 1, command
        assert "lod build" in result.output
        assert not list(tmp_path.iterdir())


def test_schemas(tmp_path: Path) -> None:
    assert json.loads(lod_("schema", "board").output)["title"] == "board"
    assert lod_("schema", "--out", tmp_path).exit_code == 0
    assert {path.stem for path in tmp_path.iterdir()} == {*KINDS, "publication"}
    assert "| `initiators` |" in lod_("schema", "--format=markdown", "board").output


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_LOD_COMPLETE" in lod_("completion", shell).output


def _on_a_terminal(arguments: list[str], **environment: str) -> str:
    """Run a command whose output goes to a pseudo-terminal, and return what it showed."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "lod", *arguments],
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", **environment},
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            block = os.read(leader, 4096)
        except OSError:
            break
        if not block:
            break
        shown += block
    process.wait(timeout=60)
    os.close(leader)
    return shown.decode()


def test_progress_and_colour_only_on_a_terminal(write_data: WriteData, tmp_path: Path) -> None:
    data = write_data()
    arguments = ["build", f"--data={data}", SHAPES, f"--out={tmp_path / 'releases'}"]
    shown = _on_a_terminal(arguments)
    assert "Reading the records" in shown
    assert "Checking the graph" in shown
    wrong = ["check", f"--data={write_data(TEN)}", SHAPES]
    assert "\x1b[31m" in _on_a_terminal(wrong)
    assert "\x1b[31m" not in _on_a_terminal(wrong, NO_COLOR="1")
    piped = subprocess.run([sys.executable, "-m", "lod", *wrong], capture_output=True, check=False)
    assert b"\x1b" not in piped.stdout + piped.stderr
    assert b"Reading" not in piped.stderr


def test_convert_prints_what_the_dump_holds(write_data: WriteData, tmp_path: Path) -> None:
    data, out = write_data(), tmp_path / "all.nt"
    assert lod_("convert", f"--data={data}", f"--out={out}").exit_code == 0
    built = build(data, ROOT / "shapes", tmp_path / "releases")
    dump = (built.release.path / "dumps/all.nt").read_bytes()
    assert sorted(out.read_bytes().splitlines()) == dump.splitlines()
    printed = lod_("convert", f"--data={data}")
    assert printed.stdout_bytes == out.read_bytes()


def test_convert_tells_what_is_no_record(write_data: WriteData) -> None:
    result = lod_("convert", f"--data={write_data({'person/x.yaml': 'nam: X'})}")
    assert result.exit_code == 1
    assert "x.yaml:1:1: nam" in result.stderr
    assert "<https://lod.example.org/id/person/martin-berger>" in result.stdout
