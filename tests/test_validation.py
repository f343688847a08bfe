"""Validation: from the graph back to file, line and field; reports; the shapes' own mistakes."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, PROV, RDF, SDO, SH, SKOS, Namespace

from lod.build import check
from lod.errors import LodError, Place
from lod.iri import Space
from lod.mapping import Mapper
from lod.records import load
from lod.terms import TERMS
from lod.validation import (
    ConformanceError,
    Finding,
    engine,
    load_shapes,
    located,
    processes,
    render,
    report_triples,
    validate,
    violations,
)
from lod.validation.graphs import from_rdflib, rdflib_graph, to_rdflib
from tests.conftest import ROOT, WriteData

SPACE = Space("https://lod.example.org/")
LOD = Namespace(SPACE.ns)
ORIGINAL = "sources: [source/article]\n"


def checked(data: Path) -> list[Finding]:
    records = load(data)
    mapper = Mapper(SPACE)
    found = validate(mapper.records(records), load_shapes(ROOT / "shapes", SPACE))
    return located(found, records, mapper)


def places(data: Path, found: list[Finding], *shapes: str) -> set[tuple[str, str]]:
    """Return place and field of the violations of some shapes, which must be all there are."""
    found = violations(found)
    assert {finding.shape.rpartition("/")[2] for finding in found} == set(shapes)
    return {
        (f"{one.place.file.relative_to(data)}:{one.place.line}:{one.place.column}", one.field)
        for one in found
        if one.place is not None
    }


JENA = "name: {de: Jena}\n"
CASES: list[tuple[str, dict[str, str], set[str], set[tuple[str, str]]]] = [
    (
        "YAML: the key and the state disagree",
        {
            "municipality/jena.yaml": (
                'name: Jena\nags: "16053000"\ndistrict: district/bochum\n'
                "states: [state/nordrhein-westfalen]\n" + ORIGINAL
            )
        },
        {"municipality.ttl#Municipality-inState", "municipality.ttl#Municipality-inDistrict"},
        {("municipality/jena.yaml:2:6", "ags")},
    ),
    (
        "YAML: a point outside Germany",
        {
            "municipality/jena.yaml": (
                'name: Jena\nags: "16053000"\nstates: [state/thueringen]\n'
                "coordinates:\n  latitude: 11.58611\n  longitude: 50.92722\n" + ORIGINAL
            )
        },
        {"parts.ttl#geometry-latitude", "parts.ttl#geometry-longitude"},
        {
            ("municipality/jena.yaml:5:13", "coordinates.latitude"),
            ("municipality/jena.yaml:6:14", "coordinates.longitude"),
        },
    ),
    (
        "YAML: no source, for the place, its administration and its population",
        {
            "municipality/jena.yaml": (
                'name: Jena\nags: "16053000"\nstates: [state/thueringen]\npopulation: 3\n'
            )
        },
        {"parts.ttl#sources", "parts.ttl#figure-sources"},
        {("municipality/jena.yaml:1:1", "sources")},
    ),
    (
        "YAML: a population at a day without a year",
        {
            "municipality/jena.yaml": (
                'name: Jena\nags: "16053000"\nstates: [state/thueringen]\n'
                "population: 3\npopulation_date: --12-31\n" + ORIGINAL
            )
        },
        {"parts.ttl#figure-date"},
        {("municipality/jena.yaml:5:18", "population_date")},
    ),
    (
        "YAML: the type of a board is of another list",
        {"board/b.yaml": "name: B\naims: [A]\ntype: topic/role-member\n" + ORIGINAL},
        {"organisation.ttl#Organisation-type-list"},
        {("board/b.yaml:3:7", "type")},
    ),
    (
        "YAML: the second figure of the same measure",
        {
            "programme/p.yaml": (
                "name: Programm\nnote: x\nfigures:\n"
                "  - measure: funding rate\n    value: 90\n"
                "  - measure: funding rate\n    value: 900\n" + ORIGINAL
            )
        },
        {"parts.ttl#percentage-value"},
        {("programme/p.yaml:7:12", "figures[2].value")},
    ),
    (
        "YAML: a phase that ends before it starts",
        {
            "project/p.yaml": (
                "name: Projekt\nphases:\n  - name: A\n    start: 2020\n    end: 2021\n"
                "  - name: A\n    start: 2020-05\n    end: 2020-04-30\n" + ORIGINAL
            )
        },
        {"parts.ttl#period-order"},
        {("project/p.yaml:8:10", "phases[2].end")},
    ),
    (
        "YAML: a town's district acts, though it has no administration",
        {
            "project/p.yaml": (
                "name: Projekt\nlead: [municipality/jena]\n"
                "partners: [municipality/bochum, district/jena]\n"
                "others:\n  - organisation: district/jena\n    role: topic/forms-of-municipality\n"
                + ORIGINAL
            )
        },
        {
            "project.ttl#Project-members",
            "parts.ttl#involvement-agent",
            "parts.ttl#involvement-role",
        },
        {
            ("project/p.yaml:3:33", "partners[2]"),
            ("project/p.yaml:5:19", "others[1].organisation"),
            ("project/p.yaml:6:11", "others[1].role"),
        },
    ),
    (
        "YAML: a use by nobody",
        {
            "software/s.yaml": (
                "name: Software\nused_by:\n  - organisation: municipality/jena\n"
                "  - organisation: district/jena\n" + ORIGINAL
            )
        },
        {"software.ttl#Software-usedBy", "software.ttl#Use-agent"},
        {
            ("software/s.yaml:4:5", "used_by[2]"),
            ("software/s.yaml:4:19", "used_by[2].organisation"),
        },
    ),
    (
        "YAML: seats in the file of their board",
        {
            "board/open-source-board.yaml": (
                "name: Board\naims: [Ziel]\nfounded: 2020-05\nmembers:\n"
                "  - person: person/martin-berger\n    role: topic/forms-of-municipality\n"
                "    start: 2020-04-30\n" + ORIGINAL
            )
        },
        {
            "membership.ttl#Membership-role",
            "membership.ttl#Membership-startWithin",
            "parts.ttl#sources",
        },
        {
            ("board/open-source-board.yaml:6:11", "role"),
            ("board/open-source-board.yaml:7:12", "start"),
            ("board/open-source-board.yaml:5:5", "sources"),
        },
    ),
    (
        "YAML: what a dataset's parts say, and what it says of several",
        {
            "dataset/d.yaml": (
                "name: Daten\npublisher: municipality/jena\nstart: 2022\nend: 2021-12-31\n"
                "files:\n  - address: https://a.example.org/\n"
                "  - address: https://b.example.org/\n    format: csv\n" + ORIGINAL
            )
        },
        {"dataset.ttl#Coverage-order", "dataset.ttl#Distribution-format"},
        {("dataset/d.yaml:4:6", "end"), ("dataset/d.yaml:8:13", "files[2].format")},
    ),
    (
        "CSV: a cell, an empty cell, and a column that isn't there",
        {
            "district.csv": (
                "slug,name.de,key,state,sources,nuts\n"
                "jena,Jena,16053,state/thueringen,source/article,AT130\n"
                "bochum,Bochum,05911,state/thueringen,,\n"
            ),
            "source.jsonl": (
                '{"slug": "article", "name": "Artikel", "url": "https://example.org/artikel"}\n'
            ),
        },
        {"parts.ttl#place-nuts", "district.ttl#District-inState", "parts.ttl#sources"},
        {
            ("district.csv:2:49", "nuts"),
            ("district.csv:3:15", "key"),
            ("district.csv:3:38", "sources"),
        },
    ),
    (
        "JSON Lines: whole and part",
        {
            "event.jsonl": (
                '{"slug": "a", "name": "A", "start": "2025", "sources": ["source/article"]}\n'
                '{"slug": "b", "name": "B", "start": "2025-10-31", "end": "2025-10-30", '
                '"figures": [{"measure": "funding rate", "value": 101}], '
                '"sources": ["source/article"]}\n'
            )
        },
        {"parts.ttl#period-order", "parts.ttl#percentage-value"},
        {("event.jsonl:2:58", "end"), ("event.jsonl:2:121", "figures[1].value")},
    ),
    (
        "CSV: rows of several lines, and a slug that others hold",
        {
            "event.csv": (
                "slug,name.de,description.de,start,end,sources\n"
                'end,"Fest\nim End",,2025-10-31,2025-11-01,source/article\n'
                'a,A,"vor\nend","2025-10-31",2025-10-30,source/article\n'
                "b,end a,a,2025-10-31,2025-10-29,source/article\n"
            )
        },
        {"parts.ttl#period-order"},
        {("event.csv:4:1", "end"), ("event.csv:6:22", "end")},
    ),
    (
        "JSON Lines: a slug that is written with an escape",
        {
            "event.jsonl": (
                '{"slug": "\\u0061", "name": "A", "start": "2025-10-31", "end": "2025-10-30", '
                '"sources": ["source/article"]}\n'
            )
        },
        {"parts.ttl#period-order"},
        {("event.jsonl:1:63", "end")},
    ),
]


@pytest.mark.parametrize(
    ("changes", "shapes", "expected"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_a_violation_is_traced_to_file_line_column_and_field(
    write_data: WriteData,
    changes: dict[str, str],
    shapes: set[str],
    expected: set[tuple[str, str]],
) -> None:
    data = write_data(changes)
    assert places(data, checked(data), *shapes) == expected
    # Of a large directory no record is in memory when a place is looked for.
    assert places(data, check(data, ROOT / "shapes").findings, *shapes) == expected


def test_cases_are_all_collected() -> None:
    assert len(CASES) == 15


def test_a_foreign_resource_keeps_no_place(write_data: WriteData) -> None:
    records = load(write_data())
    for focus in ("https://example.org/x", f"{SPACE.things}person/nobody", f"{SPACE.things}x"):
        finding = Finding("warning", focus, None, None, "shape", "constraint")
        assert located([finding], records, Mapper(SPACE)) == [finding]


def test_a_finding_about_the_whole_is_placed_at_its_start(write_data: WriteData) -> None:
    data = write_data()
    finding = Finding(
        "violation", f"{SPACE.things}person/martin-berger", None, None, "shape", "constraint"
    )
    (found,) = located([finding], load(data), Mapper(SPACE))
    assert found.place == Place(data / "person/martin-berger.yaml", 1, 1)
    assert (found.reference, found.field) == ("person/martin-berger", "")


UNSTATED = {
    str(RDF.type),
    str(DCTERMS.identifier),
    str(DCTERMS.temporal),
    str(SDO.identifier),
    str(SDO.includedInDataCatalog),
    str(SKOS.topConceptOf),
}
"""Properties that a record needs no field for: the mapping states them by itself."""


def test_every_triple_of_a_record_has_a_field() -> None:
    records = load(Path(__file__).parent / "shapes/good")
    mapper = Mapper(SPACE)
    blamed = [
        Finding("info", subject.value, predicate.value, object_, "shape", "constraint")
        for subject, predicate, object_ in mapper.records(records)
    ]
    found = located(blamed, records, mapper)
    assert len(found) > 700
    assert all(one.place is not None and one.reference is not None for one in found)
    assert {one.path for one in found if not one.field} <= UNSTATED


@pytest.mark.parametrize(
    ("focus", "path", "term", "field"),
    [
        ("municipality/jena", LOD.figure, "municipality/jena/population", "population"),
        ("municipality/jena", LOD.figure, "municipality/jena/figure/population", "figures[1]"),
        (
            "project/smart-city-jena",
            LOD.figure,
            "project/smart-city-jena/figure/grant-2",
            "figures[3]",
        ),
        ("municipality/jena", SDO.containedInPlace, "state/thueringen", "states[1]"),
        ("municipality/kahla", SDO.containedInPlace, "state/sachsen", "district"),
        ("project/smart-city-jena", DCTERMS.isPartOf, "programme/staffel", "programme"),
        ("software/plattform/use/organisation-verein", SDO.agent, "x", "used_by[2].organisation"),
        ("municipality/jena/geometry", SDO.longitude, "x", "coordinates.longitude"),
        ("municipality/jena/administration", SDO.name, "x", "administration"),
        ("municipality/jena/administration", SDO.email, "x", "administration"),
        ("municipality/jena/population", PROV.wasDerivedFrom, "x", "sources"),
        ("person/martin-berger", SDO.email, "x", ""),
    ],
)
def test_the_field_is_the_one_that_makes_the_value(
    focus: str, path: str, term: str, field: str
) -> None:
    records = load(Path(__file__).parent / "shapes/good")
    finding = Finding("info", SPACE.things + focus, str(path), SPACE.thing(term), "shape", "c")
    assert [one.field for one in located([finding], records, Mapper(SPACE))] == [field]


def test_small_data_has_no_violations(write_data: WriteData) -> None:
    assert violations(checked(write_data())) == []


# ---- What is found, and in which order -------------------------------------------------------


def faulty(write_data: WriteData) -> list[Finding]:
    return checked(
        write_data(
            {
                "municipality/jena.yaml": (
                    "name: {en: 'Jena'}\nags: \"16053000\"\nstates: [state/thueringen]\n"
                    "type: topic/forms-of-municipality\n" + ORIGINAL
                ),
                "programme/p.yaml": "name: Programm\n" + ORIGINAL,
                "event/e.yaml": "name: {en: 50%, fr: 'x'}\nstart: 2026\nend: 2025\n" + ORIGINAL,
            }
        )
    )


def test_the_gravest_come_first(write_data: WriteData) -> None:
    findings = faulty(write_data)
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities, key=("violation", "warning", "info").index)
    assert set(severities) == {"violation", "warning", "info"}


def test_several_processes_find_the_same(
    write_data: WriteData, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = faulty(write_data)
    monkeypatch.setattr(processes, "ALONE", 0)
    monkeypatch.setattr(engine, "CHUNK", 2)
    assert faulty(write_data) == alone


def test_what_a_process_raises_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(job: int) -> int:
        if job == 5:
            raise LodError("a.ttl:1:1: no")
        return job

    monkeypatch.setattr(processes, "ALONE", 0)
    assert sorted(processes.run_all(refuse, [1, 2], 3)) == [(0, 1), (1, 2)]
    with pytest.raises(LodError, match=r"a\.ttl:1:1: no"):
        list(processes.run_all(refuse, [1, 5, 9], 3))


def test_a_killed_process_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(job: int) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return job

    monkeypatch.setattr(processes, "ALONE", 0)
    with pytest.raises(RuntimeError, match="a process was killed"):
        list(processes.run_all(die, [1, 2], 3))


def test_no_process_outlives_a_killed_validation(tmp_path: Path) -> None:
    """Each writes to its own file as long as it lives; soon after the kill none does."""
    program = tmp_path / "program.py"
    program.write_text(
        "import os, pathlib, sys, time\n"
        "from lod.validation import processes\n"
        "processes.ALONE = 0\n"
        "def run(job):\n"
        "    pathlib.Path(sys.argv[1], str(os.getpid())).touch()\n"
        "    time.sleep(0.02)\n"
        "    return b'.' * 100_000\n"
        "list(processes.run_all(run, list(range(100_000)), 1))\n"
    )
    living = tmp_path / "living"
    living.mkdir()
    process = subprocess.Popen([sys.executable, str(program), str(living)], cwd=ROOT)
    while len(workers := [int(file.name) for file in living.iterdir()]) < 2:
        time.sleep(0.01)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while any(alive(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(alive(worker) for worker in workers)


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_progress_ends_at_the_total(write_data: WriteData) -> None:
    seen: list[tuple[int, int]] = []
    triples = Mapper(SPACE).records(load(write_data()))
    validate(
        triples,
        load_shapes(ROOT / "shapes", SPACE),
        lambda done, total: seen.append((done, total)),
    )
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert len({total for _, total in seen}) == 1
    assert seen[-1][0] == seen[-1][1] > 0


def test_the_error_says_what_stops_the_release(write_data: WriteData) -> None:
    findings = faulty(write_data)
    error = ConformanceError(findings)
    assert error.findings == tuple(findings)
    assert isinstance(error, LodError)
    assert len(str(error).splitlines()) == len(violations(findings)) == 2
    assert "event/e.yaml:3:6: end: The end is before the start." in str(error)


# ---- Rendering -------------------------------------------------------------------------------


def test_text_names_place_field_words_value_and_shape(write_data: WriteData) -> None:
    lines = render(faulty(write_data), "text", "en").splitlines()
    assert any(
        line.endswith(
            "event/e.yaml:3:6: end: The end is before the start. Correct `start` or `end`. "
            "(found 2025) [parts.ttl#period-order]"
        )
        for line in lines
    )
    assert any(
        line.endswith(
            "jena.yaml:4:7: type: The type has to be a single topic of a list. Correct `type`. "
            "(found topic/forms-of-municipality) [parts.ttl#type]"
        )
        for line in lines
    )
    assert any(": name: warning: " in line for line in lines)
    assert any(": responsible: hint: " in line for line in lines)


def test_text_is_german_too(write_data: WriteData) -> None:
    output = render(faulty(write_data), "text", "de")
    assert "end: Das Ende liegt vor dem Beginn. Berichtigen Sie `start` oder `end`." in output
    assert "(gefunden 2025)" in output
    assert ": name: Warnung: " in output


def test_words_of_another_language_are_better_than_none() -> None:
    finding = Finding(
        "violation", "https://example.org/x", None, None, "s", "c", messages={"fr": "Zut."}
    )
    assert render([finding], "text", "de") == "https://example.org/x: Zut. [s]"


def test_json_says_all_of_it(write_data: WriteData) -> None:
    found = json.loads(render(faulty(write_data), "json", "en"))
    one = next(item for item in found if item["shape"].endswith("#period-order"))
    assert one.pop("file").endswith("event/e.yaml")
    assert one.pop("messages")["de"].startswith("Das Ende liegt vor dem Beginn.")
    assert one == {
        "severity": "violation",
        "line": 3,
        "column": 6,
        "record": "event/e",
        "field": "end",
        "value": "2025",
        "focus": "https://lod.example.org/id/event/e",
        "path": "https://schema.org/endDate",
        "shape": "https://lod.example.org/shapes/parts.ttl#period-order",
        "constraint": "http://www.w3.org/ns/shacl#SPARQLConstraintComponent",
    }


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json.loads(render([], "json", "de")) == []
    assert render([], "text", "de") == render([], "github", "de") == ""


def test_github_commands_are_escaped() -> None:
    finding = Finding(
        "warning",
        "https://example.org/x",
        None,
        ox.Literal("50%\r\n"),
        "https://example.org/shapes/a.ttl#b",
        "c",
        messages={"en": "Wrong: 1, 2."},
        place=Place(Path("data/a,b:c.csv"), 2, 3),
        field="figures[1].value",
    )
    assert render([finding], "github", "en") == (
        "::warning file=data/a%2Cb%3Ac.csv,line=2,col=3,title=figures[1].value"
        "::Wrong: 1, 2. (found 50%25%0D%0A) [a.ttl#b]"
    )


def test_github_has_a_command_for_each_severity(write_data: WriteData) -> None:
    lines = render(faulty(write_data), "github", "de").splitlines()
    assert {re.match("::([a-z]+) file=", line)[1] for line in lines} == {  # type: ignore[index]
        "error",
        "warning",
        "notice",
    }


# ---- The report ------------------------------------------------------------------------------


def test_the_report_says_the_same_in_rdflib(write_data: WriteData) -> None:
    findings = faulty(write_data)
    document = ox.serialize(report_triples(findings, SPACE), format=ox.RdfFormat.TURTLE)
    assert document is not None
    graph = rdflib.Graph().parse(data=document.decode(), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == rdflib.Literal(False)
    results = list(graph.objects(report, SH.result))
    assert len(results) == len(findings)
    assert all(isinstance(node, rdflib.URIRef) for node in graph.all_nodes() - literals(graph))
    for number, finding in enumerate(findings, start=1):
        result = rdflib.URIRef(f"{SPACE.base}report#result-{number}")
        value = graph.value(result, SH.value)
        path = graph.value(result, SH.resultPath)
        assert str(graph.value(result, SH.focusNode)) == finding.focus
        assert str(graph.value(result, SH.sourceShape)) == finding.shape
        assert str(graph.value(result, SH.sourceConstraintComponent)) == finding.constraint
        assert (None if value is None else from_rdflib(value)) == finding.term
        assert (None if path is None else str(path)) == (finding.path if finding.simple else None)
        assert {
            message.language
            for message in graph.objects(result, SH.resultMessage)
            if isinstance(message, rdflib.Literal)
        } == {"de", "en"}


def literals(graph: rdflib.Graph) -> set[rdflib.term.Node]:
    return {node for node in graph.all_nodes() if isinstance(node, rdflib.Literal)}


@pytest.mark.parametrize(("severity", "conforms"), [("violation", "false"), ("warning", "true")])
def test_only_violations_keep_a_graph_from_conforming(severity: str, conforms: str) -> None:
    finding = Finding(severity, "https://example.org/x", None, None, "https://a", "https://b")  # type: ignore[arg-type]
    triples = report_triples([finding], SPACE)
    literal = ox.Literal(
        conforms, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    )
    stated = [t.object for t in triples if t.predicate.value == str(SH.conforms)]
    assert stated == [literal]


# ---- The shapes' own mistakes ----------------------------------------------------------------

PREFIXES = "@prefix : <#> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"


def test_shapes_follow_the_base(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(":A a sh:NodeShape .\n".join((PREFIXES, "")))
    shapes = load_shapes(tmp_path, Space("https://daten.example.de/"))
    assert set(shapes.subjects()) == {rdflib.URIRef("https://daten.example.de/shapes/a.ttl#A")}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            b"@prefix : <#> .\n:A :b .\n",
            "a.ttl:2:7: expected Turtle: . is not a valid RDF object. Correct",
        ),
        (b"\xff\xfe", "a.ttl:1:1: expected Turtle: "),
        (
            f"{PREFIXES}:A a sh:NodeShape ;\n  sh:property :B .\n".encode(),
            "a.ttl:4:15: expected a shape, found no such <",
        ),
        (
            f"{PREFIXES}:A a sh:NodeShape ; sh:node :B .\n".encode(),
            "a.ttl:3:29: expected a shape, found no such <",
        ),
    ],
)
def test_broken_shapes_are_placed(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "a.ttl").write_bytes(content)
    with pytest.raises(LodError, match=re.escape(expected)) as caught:
        load_shapes(tmp_path, SPACE)
    assert str(caught.value).startswith(str(tmp_path))


def test_no_shapes_at_all_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(LodError, match="expected shapes, found no file"):
        load_shapes(tmp_path, SPACE)


@pytest.mark.parametrize(
    "constraint",
    [
        'sh:minCount "viele"',
        "sh:minCount 1, 2",
        'sh:pattern "("',
        'sh:sparql [ sh:select "SELECT $this WHERE { SERVICE <http://x> { ?a ?b ?c } }" ]',
        'sh:sparql [ sh:select "SELECT nothing" ]',
        "sh:or ()",
    ],
)
def test_shapes_that_mean_nothing_are_refused(tmp_path: Path, constraint: str) -> None:
    (tmp_path / "a.ttl").write_text(
        f"{PREFIXES}:A a sh:NodeShape ; sh:targetNode <http://a> ; sh:property :B .\n"
        f":B a sh:PropertyShape ; sh:path <http://b> ; {constraint} .\n"
    )
    triple = ox.Triple(*(ox.NamedNode(f"http://{name}") for name in "abc"))
    with pytest.raises(LodError, match="Correct the shapes"):
        validate([triple], load_shapes(tmp_path, SPACE))


NEAR = """
:a a :C ; :p 1, 2 ; :q :b . :b a :C ; :p "x" ; :r "y" . :c :q "z" .
"""
OF_THE_NEAR = [
    "sh:targetClass :C ; sh:property [ sh:path :p ; sh:maxCount 1 ]",
    "sh:targetClass :C ; sh:property [ sh:path :r ; sh:minCount 1 ], [ sh:path :q ; sh:class :C ]",
    "sh:targetClass :C ; sh:class :D ; sh:property [ sh:path :p ; sh:maxCount 1 ]",
    "sh:targetObjectsOf :q ; sh:nodeKind sh:IRI",
    "sh:targetSubjectsOf :q ; sh:not [ sh:property [ sh:path :p ; sh:minCount 2 ] ]",
    "sh:targetClass :C ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;"
    " sh:property [ sh:path :p ; sh:maxCount 1 ]",
    "sh:targetClass :C ; sh:deactivated true ; sh:property [ sh:path :p ; sh:maxCount 1 ]",
    "sh:targetClass :C ; sh:property [ sh:path :r ; sh:equals :p ]",
    "sh:targetClass :C ; sh:property [ sh:path :r ; sh:disjoint :r ]",
    "sh:targetClass :C ; sh:property [ sh:path :q ; sh:node [ sh:closed true ] ]",
    "sh:targetClass :C ; sh:property [ sh:path ( :q :r ) ; sh:minCount 1 ]",
    "sh:targetClass :C ; sh:property [ sh:path :r ; sh:hasValue 'y' ]",
    "sh:targetClass :C ; sh:property [ sh:path :q ; sh:property [ sh:path :p ; sh:minCount 2 ] ]",
]
"""Shapes that look one step away."""
FAR = """
:a a :C ; :p :b , 1 . :b :q :c ; :p :a . :c a :D ; :r :a , "x" . :d a :E ; :p :c ; :q :a .
:E rdfs:subClassOf :C . :e :p :e ; :r :b . :f a :C . :b :s :f .
"""
OF_THE_FAR = [
    "sh:targetClass :C ; sh:property [ sh:path :p ; sh:class :C ]",
    "sh:targetSubjectsOf :p ; sh:property [ sh:path ( :p :q ) ; sh:class :D ; sh:minCount 1 ]",
    "sh:targetClass :C ; sh:property [ sh:path [ sh:inversePath :p ] ; sh:class :C ]",
    "sh:targetClass :C ; sh:property [ sh:path ( [ sh:inversePath :s ] :q ) ; sh:maxCount 0 ]",
    "sh:targetClass :C ; sh:property [ sh:path ( :p [ sh:inversePath :r ] ) ; sh:maxCount 0 ]",
    "sh:targetObjectsOf :p ; sh:property [ sh:path :r ; sh:minCount 1 ]",
    "sh:targetNode :a , :nowhere ; sh:property [ sh:path :r ; sh:minCount 1 ]",
    "sh:targetSubjectsOf :p ; sh:property [ sh:path [ sh:oneOrMorePath :p ] ; sh:class :D ]",
    "sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:node [ sh:closed true ;"
    " sh:property [ sh:path :q ] ] ]",
    "sh:targetClass :C ; sh:property [ sh:path :p ; sh:property [ sh:path :q ; sh:minCount 1 ;"
    " sh:maxCount 0 ] ]",
    "sh:targetClass :C ; sh:property [ sh:path :p ; sh:not [ sh:or ( [ sh:class :D ]"
    " [ sh:property [ sh:path :q ; sh:hasValue :c ] ] ) ] ]",
    "sh:targetClass :C ; sh:equals :p ; sh:property [ sh:path :q ; sh:equals :p ]",
    "sh:targetSubjectsOf :p ; sh:sparql [ sh:select 'SELECT $this WHERE {"
    " $this <http://example.org/p>/<http://example.org/q> ?x . ?y ?z ?x }' ]",
    "sh:targetSubjectsOf :p ; sh:sparql [ sh:select 'SELECT $this WHERE {"
    " ?x <http://example.org/s> ?y FILTER EXISTS { $this <http://example.org/p> ?z } }' ]",
    "sh:targetClass :C ; sh:property [ sh:path :r ; sh:pattern '(?=x)' ; sh:minCount 1 ]",
]
"""Shapes that look further, or that don't say how far."""


@pytest.mark.parametrize(
    ("data", "shape"),
    [(data, shape) for data, of in ((NEAR, OF_THE_NEAR), (FAR, OF_THE_FAR)) for shape in of],
)
def test_any_shape_is_evaluated_as_pyshacl_does(data: str, shape: str) -> None:
    prefixes = (
        "@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    )
    shapes = rdflib.Graph().parse(data=f"{prefixes} :S a sh:NodeShape ; {shape} .", format="turtle")
    triples = [quad.triple for quad in ox.parse(prefixes + data, ox.RdfFormat.TURTLE)]
    graph = rdflib_graph(triples)
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=rdflib.Graph() + shapes)
    assert isinstance(report, rdflib.Graph)
    theirs = sorted(
        (
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.sourceConstraintComponent)),
        )
        for result in report.objects(None, SH.result)
    )
    found = validate(triples, shapes)
    assert sorted((one.focus, one.constraint) for one in found) == theirs
    assert conforms == (found == []) == ("deactivated" in shape)


# ---- The graph -------------------------------------------------------------------------------


def test_terms_keep_their_form() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    terms = [
        ox.NamedNode("https://example.org/ä"),
        ox.Literal("01"),
        ox.Literal("Köln", language="de"),
        ox.Literal("007", datatype=ox.NamedNode(f"{xsd}integer")),
        ox.Literal("1.50", datatype=ox.NamedNode(f"{xsd}decimal")),
        ox.Literal("2025-10", datatype=ox.NamedNode(f"{xsd}gYearMonth")),
    ]
    assert [from_rdflib(to_rdflib(term)) for term in terms] == terms
    assert from_rdflib(to_rdflib(ox.BlankNode("b"))) is None
    with pytest.raises(TypeError):
        to_rdflib("text")


def test_the_index_answers_every_pattern() -> None:
    nodes = [ox.NamedNode(f"http://{name}") for name in "abc"]
    triples = [ox.Triple(s, p, o) for s in nodes for p in nodes[:2] for o in nodes[1:]]
    graph = rdflib_graph([*triples, *triples])
    plain = rdflib.Graph()
    for triple in triples:
        plain.add((to_rdflib(triple[0]), to_rdflib(triple[1]), to_rdflib(triple[2])))
    assert len(graph) == len(plain) == len(triples)
    choices = [None, *map(to_rdflib, nodes), rdflib.URIRef("http://d")]
    for pattern in ((s, p, o) for s in choices for p in choices for o in choices):
        assert sorted(graph.triples(pattern)) == sorted(plain.triples(pattern)), pattern


def test_our_own_terms_in_findings_exist(write_data: WriteData) -> None:
    paths = {one.path for one in faulty(write_data) if one.path}
    own = {path.removeprefix(SPACE.ns) for path in paths if path.startswith(SPACE.ns)}
    assert own <= set(TERMS)


def test_the_real_data_conforms(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert violations(checked(ROOT / "data")) == []
    assert caplog.records == []
