"""The questions of docs/questions.md, asked of the release that is built from the real data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from lod.build import Built
from lod.release import current
from lod.store import Store
from tests.conftest import ROOT

QUESTION = re.compile(
    r"^## (?P<name>\S+)\n\n"
    r"\*\*Deutsch:\*\* (?P<de>[^\n]+\?)\n\n"
    r"\*\*English:\*\* (?P<en>[^\n]+\?)\n\n"
    r"(?P<table>(?:\|[^\n]+\n)*)\n*"
    r"(?:\*\*Gezählt:\*\* [^\n]+\n\n\*\*Counted:\*\* [^\n]+\n\n)?"
    r"```sparql\n(?P<query>.*?)```\n\n"
    r"\*\*Answer:\*\* ",
    re.DOTALL | re.MULTILINE,
)
TEXT = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = {match["name"]: match for match in QUESTION.finditer(TEXT)}
SOURCE = "https://lod.example.org/id/source/"
JENA = "Modellprojekte Smart Cities, 2. Staffel (2020)"
BMWSB = "Bundesministerium für Wohnen, Stadtentwicklung und Bauwesen"
BMI = "Bundesministerium des Innern"
ZENDIS = "Zentrum für Digitale Souveränität der Öffentlichen Verwaltung GmbH"
MPSC = "Modellprojekte Smart Cities"
PROJECT = "Smart City Projekt Jena"

ANSWERS: dict[str, tuple[str, set[tuple[str, ...]]]] = {
    "board-members": (
        "person municipality seat roleAtHome where source sourceOfRole",
        {
            (
                "Martin Berger",
                "Stadt Jena",
                "Mitglied",
                "Teilprojektleiter von Handlungsfeld 1",
                "Handlungsfeld 1 „Digitale Infrastruktur und Datenpolitik“",
                "jena-open-source-board",
                "jena-open-source-board",
            )
        },
    ),
    "board-initiators": (
        "name",
        {
            (ZENDIS,),
            ("Kommunale Gemeinschaftsstelle für Verwaltungsmanagement",),
            ("Stadt Dortmund",),
        },
    ),
    "board-size": (
        "what number source",
        {
            ("announcedMembers", "20", "jena-open-source-board"),
            ("maximumMembers", "20", "makeit-ausschreibung-os-board"),
            ("membersKnownByName", "1", "jena-open-source-board"),
        },
    ),
    "first-session": (
        "start precision stated town source",
        {
            (
                "--10",
                "http://www.w3.org/2001/XMLSchema#gMonth",
                "Ende Oktober",
                "Bochum",
                "jena-open-source-board",
            )
        },
    ),
    "board-platform": ("name homepage", {("openCode", "https://opencode.de")}),
    "jena-funding": (
        "programme cohort funder field source",
        {
            (MPSC, JENA, BMWSB, f"Handlungsfeld {field}", source)
            for field, source in {
                "1 „Digitale Infrastruktur und Datenpolitik“": "jena-open-source-board",
                "2 „Stadtentwicklung, Umwelt und Verkehr“": "jena-massnahmen-handlungsfeld-2",
                "3 „Bildung, Kultur und Soziales“": "jena-handlungsfeld-3",
                "„E-Government ++“": "verwaltungstraining-jena-2028",
            }.items()
        },
    ),
    "model-projects-on-the-board": (
        "municipality project source sourceOfProject",
        {
            ("Jena", PROJECT, "jena-open-source-board", source)
            for source in (
                "jena-open-source-board",
                "jena-smart-city-projekt",
                "smart-city-dialog-zweite-staffel",
            )
        },
    ),
    "what-the-article-says": (
        "resource",
        {
            (f"https://lod.example.org/id/{reference}",)
            for reference in (
                "board/kommunales-open-source-board",
                "board/kommunales-open-source-board/figure/announced-members",
                "event/konstituierende-sitzung-kommunales-open-source-board",
                "membership/jena-hf1-martin-berger",
                "membership/kommunales-open-source-board-martin-berger",
                "person/martin-berger",
                "project/jena-hf1-digitale-infrastruktur-und-datenpolitik",
                "project/smart-city-jena",
                "topic/digital-infrastructure-and-data-policy",
                "topic/digital-sovereignty",
                "topic/knowledge-exchange",
                "topic/scaling-and-reuse",
            )
        },
    ),
    "jena-money": (
        "measures value unit approximate source",
        {
            ("totalCost", "17450000", "EUR", "", "jena-smart-city-projekt"),
            ("totalCost", "17500000", "EUR", "true", "jena-smart-city-projekt"),
            ("grant", "15700000", "EUR", "", "jena-smart-city-projekt"),
            ("fundingRate", "90", "%", "", "jena-smart-city-projekt"),
        },
    ),
    "model-projects-by-state": (
        "state projects",
        {
            ("Nordrhein-Westfalen", "17"),
            ("Bayern", "11"),
            ("Baden-Württemberg", "7"),
            ("Niedersachsen", "7"),
            ("Rheinland-Pfalz", "6"),
            ("Hessen", "5"),
            ("Brandenburg", "4"),
            ("Mecklenburg-Vorpommern", "4"),
            ("Sachsen", "4"),
            ("Schleswig-Holstein", "4"),
            ("Thüringen", "3"),
            ("Sachsen-Anhalt", "2"),
            ("Berlin", "1"),
            ("Hamburg", "1"),
            ("Saarland", "1"),
            ("Bremen", "0"),
        },
    ),
    "munich-software": (
        "software reusedBy source",
        {
            ("DAVe backend (Datenportal)", "", "dave-backend-licence"),
            ("DigiWF core", "", "digiwf-core-licence"),
            ("MUCGPT", "Landeshauptstadt Stuttgart", "mucgpt-publiccode"),
            ("Stadtbezirksbudget", "", "stadtbezirksbudget-licence"),
            ("ZMS eAppointment", "", "eappointment-licence"),
            ("it@M Referenzarchitektur (refarch)", "", "refarch-licence"),
        },
    ),
    "changed-names": (
        "now before until source",
        {
            (
                "SmarterLeben (KielRegion)",
                "Smarte KielRegion",
                "2025",
                "smart-city-dialog-kielregion",
            ),
            ("openCode", "Open CoDE", "", "osba-open-code-start"),
        },
    ),
    "changed-responsibility": (
        "what who from until",
        {
            (MPSC, BMI, "", "2021"),
            (MPSC, BMWSB, "", ""),
            (MPSC, "Kreditanstalt für Wiederaufbau", "", ""),
            ("openCode", BMI, "", "2024"),
            ("openCode", ZENDIS, "2024", ""),
        },
    ),
}
"""The columns to compare, and the answer without its repetitions; sources by their slugs."""
LONG = ("software-to-reuse", "large-towns-without-a-model-project")
"""The questions whose answers are too long to stand here; each has a test of its own."""


@pytest.fixture(scope="module")
def store(real: tuple[Path, Built]) -> Store:
    """Open the release of the real data."""
    return Store(current(real[0]))


def ask(store: Store, name: str) -> list[dict[str, str]]:
    """Return the rows of an answer: column → text, empty where there is none."""
    answer = store.query(QUESTIONS[name]["query"])
    assert isinstance(answer, ox.QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    return [
        {column: "" if row[column] is None else row[column].value for column in columns}
        for row in answer
    ]


def sources(row: dict[str, str]) -> Iterator[str]:
    """Yield every source that a row names."""
    for column, value in row.items():
        if column.startswith("source"):
            yield from value.split(" ")


def test_every_question_of_the_page_is_read() -> None:
    assert len(QUESTIONS) == TEXT.count("\n## ") == TEXT.count("```sparql") == 15
    assert set(QUESTIONS) == {*ANSWERS, *LONG}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_release_answers_the_question(store: Store, name: str) -> None:
    columns, expected = ANSWERS[name]
    found = {
        tuple(row[column].removeprefix(SOURCE) for column in columns.split())
        for row in ask(store, name)
    }
    assert found == expected


def test_the_large_towns_without_a_model_project(store: Store) -> None:
    rows = ask(store, "large-towns-without-a-model-project")
    names = [row["name"] for row in rows]
    assert names[:5] == ["Frankfurt am Main", "Stuttgart", "Düsseldorf", "Essen", "Bremen"]
    assert len(names) == len(set(names)) == 47
    assert not {"Jena", "Berlin", "München", "Dortmund", "Kiel", "Hannover"} & set(names)
    assert {row["source"] for row in rows} == {f"{SOURCE}gemeindeverzeichnis-2023-11-30"}
    assert {row["date"] for row in rows} == {"2022-12-31"}


def test_the_software_to_reuse(store: Store) -> None:
    rows = ask(store, "software-to-reuse")
    names = {row["software"] for row in rows}
    assert len(names) == 23
    assert {"Consul Democracy", "Masterportal", "Smart Village App"} <= names
    assert not {"MDO (Jena)", "Urban Data Platform Jena"} & names  # Jena’s own
    assert not {"openCode", "a4-meinberlin"} & names  # without source code, without a licence
    assert all(row["licence"].startswith("https://spdx.org/licenses/") for row in rows)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_row_of_an_answer_names_a_source_that_exists(store: Store, name: str) -> None:
    rows = [row for row in ask(store, name) if row.get("projects") != "0"]
    assert rows
    for row in rows:
        named = list(sources(row))
        assert named, row
        for iri in named:
            assert iri.startswith(SOURCE), row
            assert iri.removeprefix("https://lod.example.org/id/") in store, row


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_query_needs_no_prefix_but_its_own(name: str) -> None:
    query = QUESTIONS[name]["query"]
    body = re.sub(r'<[^>]*>|"[^"]*"', "", query)
    used = set(re.findall(r"\b([a-z]+):[A-Za-z]", body))
    assert used == set(re.findall(r"^PREFIX (\w+): <", query, re.MULTILINE))
    assert isinstance(ox.Store().query(query), ox.QuerySolutions)
