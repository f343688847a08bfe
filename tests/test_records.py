# ruff: noqa: E501 (a case reads better in one line)
from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lod.errors import RecordError, RecordErrors
from lod.iri import KINDS
from lod.records import MODELS, load
from lod.records.german import GERMAN
from lod.records.kinds import fields_of
from lod.records.membership import Membership
from lod.records.messages import MESSAGES
from lod.records.model import Figure, Involvement
from lod.records.publication import Publication
from lod.records.raw import Reporter
from lod.records.schema import NAMES, json_schema
from lod.records.text import read_text
from tests.conftest import PUBLICATION, SMALL, WriteData

JENA = SMALL["municipality/jena.yaml"]
Change = str | bytes | None


def mistakes(data: Path, language: Any = "en") -> list[RecordError]:
    with pytest.raises(RecordErrors) as caught:
        load(data, language)
    return caught.value.errors


def test_three_formats_load_into_the_same_types(write_data: WriteData) -> None:
    records = load(write_data())
    assert len(records) == 16
    assert {type(record) for record in records} <= set(MODELS.values())
    assert records.entries["municipality/jena"].record.model_dump()["ags"] == "16053000"
    assert records.entries["state/nordrhein-westfalen"].record.model_dump()["key"] == "05"
    assert records.entries["source/article"].record.model_dump()["form"] == "article"


def test_the_same_record_from_each_format_is_equal(write_data: WriteData, tmp_path: Path) -> None:
    row = "slug,name.de,also_known_as,ags,coordinates.latitude,coordinates.longitude,sources\n"
    row += 'x,"X, ""Y""",A|B,16053001,50.5,11.5,source/article|source/article\n'
    values = {
        "slug": "x",
        "name": {"de": 'X, "Y"'},
        "also_known_as": ["A", "B"],
        "ags": "16053001",
        "coordinates": {"latitude": 50.5, "longitude": 11.5},
        "sources": ["source/article", "source/article"],
    }
    text = json.dumps({name: value for name, value in values.items() if name != "slug"})
    found = []
    for name, content in (
        ("municipality.csv", row),
        ("municipality.csv", row.replace(",", ";").replace("X; ", "X, ")),
        ("municipality.jsonl", json.dumps(values)),
        ("municipality/x.yaml", text),
    ):
        data = write_data({name: content})
        found.append(load(data).entries["municipality/x"].record)
        (data / name).unlink()
    assert found[0] == found[1] == found[2] == found[3]


def test_a_seat_in_a_board_is_a_membership(write_data: WriteData) -> None:
    entry = load(write_data()).entries["membership/open-source-board-martin-berger"]
    assert isinstance(entry.record, Membership)
    assert entry.record.organisation == "board/open-source-board"
    assert entry.record.on_behalf_of == "municipality/jena"
    assert str(entry.locate(("role",))).endswith("board/open-source-board.yaml:10:11")


YAML = "municipality/jena.yaml"
CASES: dict[str, tuple[dict[str, Change], str, str, str]] = {
    # name: changes, where, field, words of the message
    "key as a number that lost its zero": (
        {"municipality/bochum.yaml": SMALL["municipality/bochum.yaml"].replace('"05911000"', "5911000")},
        "municipality/bochum.yaml:3:6", "ags", 'Write "05911000"',
    ),
    "key as a JSON number": (
        {"state.jsonl": '{"slug": "x", "name": "X", "key": 16}'},
        "state.jsonl:1:35", "key", "found a number",
    ),
    "wrong-length key": (
        {YAML: JENA.replace("16053000", "160530")},
        f"{YAML}:4:6", "ags", "expected 8 digits",
    ),
    "unknown field": (
        {YAML: JENA.replace("population:", "popullation:")},
        f"{YAML}:7:1", "popullation", "Did you mean population?",
    ),
    "unknown column": (
        {"state.csv": SMALL["state.csv"].replace("name.de", "nmae.de")},
        "state.csv:1:6", "nmae.de", "Did you mean name?",
    ),
    "missing field": (
        {YAML: JENA.replace("name: {de: Jena}\n", "")},
        f"{YAML}:1:1", "name", "expected this field (The name), found nothing",
    ),
    "missing field inside a list": (
        {"board/open-source-board.yaml": SMALL["board/open-source-board.yaml"].replace("    value: 20\n", "")},
        "board/open-source-board.yaml:5:5", "figures[1].value", "found nothing",
    ),
    "wrong type: text for a list": (
        {YAML: JENA.replace("[source/article]", "source/article")},
        f"{YAML}:10:10", "sources", "expected a list",
    ),
    "wrong type: list for a text": (
        {YAML: JENA.replace("name: {de: Jena}", "name: [Jena]")},
        f"{YAML}:1:7", "name", "expected text",
    ),
    "wrong type: text for a group": (
        {YAML: JENA.replace("{latitude: 50.92722, longitude: 11.58611}", "50.9 11.5")},
        f"{YAML}:9:14", "coordinates", "expected a group of fields",
    ),
    "wrong type: word for a number": (
        {YAML: JENA.replace("110731", "110.731,5")},
        f"{YAML}:7:13", "population", "expected a whole number",
    ),
    "German separators of thousands": (
        {"board/open-source-board.yaml": SMALL["board/open-source-board.yaml"].replace("value: 20", "value: 120.000")},
        "board/open-source-board.yaml:6:12", "figures[1].value", "Write 120000",
    ),
    "number out of range": (
        {YAML: JENA.replace("50.92722", "500.92722")},
        f"{YAML}:9:25", "coordinates.latitude", "degrees north",
    ),
    "impossible date": (
        {YAML: JENA.replace("2022-12-31", "2022-02-30")},
        f"{YAML}:8:18", "population_date", "a day that the calendar has",
    ),
    "German word for a field": (
        {YAML: JENA + "Beschreibung: Eine Stadt.\n"},
        f"{YAML}:11:1", "Beschreibung", "Did you mean description?",
    ),
    "German date of a day that doesn't exist": (
        {YAML: JENA.replace("2022-12-31", "31.02.2022")},
        f"{YAML}:8:18", "population_date", "this one doesn’t exist",
    ),
    "German date": (
        {YAML: JENA.replace("2022-12-31", "31.12.2022")},
        f"{YAML}:8:18", "population_date", "Did you mean 2022-12-31?",
    ),
    "unknown choice": (
        {"source.jsonl": SMALL["source.jsonl"].replace('"form": "article"', '"form": "artcle"')},
        "source.jsonl:1:111", "form", "Did you mean article?",
    ),
    "broken YAML": (
        {YAML: "name: {de: Jena\nags: x"},
        f"{YAML}:2:4", "", "expected YAML",
    ),
    "a tab in YAML": (
        {YAML: "name:\n\tde: Jena\n"},
        f"{YAML}:2:1", "", "a tab stands here",
    ),
    "a quotation mark that isn't closed": (
        {YAML: 'name: "Jena\nags: x\n'},
        f"{YAML}:1:7", "", "is never closed",
    ),
    "a colon inside a value": (
        {YAML: "name: Jena: Stadt\n"},
        f"{YAML}:1:11", "", "put the text into quotation marks",
    ),
    "a list that isn't closed": (
        {YAML: "name: Jena\nsources: [source/article\nags: x\n"},
        f"{YAML}:3:4", "", "square brackets",
    ),
    "a no-break space as indentation": (
        {YAML: "name:\n\u00a0 de: Jena\n"},
        f"{YAML}:2:1", "", "U+00A0",
    ),
    "a zero-width space": (
        {YAML: "name: Je\u200bna\n"},
        f"{YAML}:1:9", "", "U+200B",
    ),
    "duplicate YAML key": (
        {YAML: JENA + "name: Jena\n"},
        f"{YAML}:11:1", "name", "first in line 1",
    ),
    "duplicate JSON key": (
        {"state.jsonl": '{"slug": "x", "slug": "y", "name": "X", "key": "01"}'},
        "state.jsonl:1:1", "", "found slug again",
    ),
    "duplicate column": (
        {"state.csv": SMALL["state.csv"].replace("name.de", "key")},
        "state.csv:1:10", "key", "found key again",
    ),
    "duplicate slug": (
        {"municipality.csv": "slug,name.de\njena,Jena\n"},
        "municipality.csv:2:1", "slug", "found municipality/jena again",
    ),
    "two records with one identifier": (
        {"municipality/other.yaml": 'name: Other\nags: "16053000"\n'},
        "municipality/other.yaml:2:6", "ags", "municipality/jena",
    ),
    "dangling reference": (
        {YAML: JENA.replace("district/jena", "district/jenna")},
        f"{YAML}:5:11", "district", "Did you mean district/jena?",
    ),
    "dangling reference in a table": (
        {"district.csv": SMALL["district.csv"].replace("state/thueringen", "state/thueringia")},
        "district.csv:2:50", "state", "Did you mean state/thueringen?",
    ),
    "dangling reference in a seat": (
        {"board/open-source-board.yaml": SMALL["board/open-source-board.yaml"].replace("person/martin-berger", "person/martin-bergr")},
        "board/open-source-board.yaml:9:13", "person", "Did you mean person/martin-berger?",
    ),
    "dangling attribution": (
        {"publication.yaml": PUBLICATION + "attributions:\n  - {source: source/artcle, text: X, licence: 'https://example.org/'}\n"},
        "publication.yaml:12:14", "attributions[1].source", "Did you mean source/article?",
    ),
    "reference to a kind that isn't allowed": (
        {YAML: JENA.replace("district/jena", "state/thueringen")},
        f"{YAML}:5:11", "district", "expected a record of the kind district",
    ),
    "a reference in capitals": (
        {YAML: JENA.replace("district/jena", "district/Jena")},
        f"{YAML}:5:11", "district", "Did you mean district/jena?",
    ),
    "a reference of a kind in other letters": (
        {YAML: JENA.replace("district/jena", "distrikt/jena")},
        f"{YAML}:5:11", "district", "Did you mean district/jena?",
    ),
    "a reference without a kind": (
        {YAML: JENA.replace("district/jena", "Jena")},
        f"{YAML}:5:11", "district", "Write the kind, a slash, and the slug",
    ),
    "a slug that isn't one": (
        {"municipality/Groß Stadt.yaml": "name: Groß\n"},
        "municipality/Groß Stadt.yaml:1:1", "slug", "Rename it to gross-stadt",
    ),
    "slug inside a YAML file": (
        {YAML: "slug: jena\n" + JENA},
        f"{YAML}:1:1", "slug", "the name of the file is the slug",
    ),
    "not UTF-8 in YAML": (
        {YAML: "name: Köln\n".encode("latin-1")},
        f"{YAML}:1:8", "", "found the byte 0xF6",
    ),
    "not UTF-8 in a table": (
        {"state.csv": SMALL["state.csv"].encode("latin-1")},
        "state.csv:2:14", "", "found the byte 0xFC",
    ),
    "not UTF-8 in JSON Lines": (
        {"state.jsonl": b'{"slug": "\xff"}'},
        "state.jsonl:1:11", "", "found the byte 0xFF",
    ),
    "NUL byte in YAML": (
        {YAML: "name: Je\0na\n"},
        f"{YAML}:1:9", "", "U+0000",
    ),
    "NUL byte in a table": (
        {"municipality.csv": "slug,name.de\nx,Je\0na\n"},
        "municipality.csv:2:3", "name", "U+0000",
    ),
    "empty YAML file": ({YAML: ""}, f"{YAML}:1:1", "", "found an empty file"),
    "YAML of comments alone": ({YAML: "# later\n"}, f"{YAML}:1:1", "", "found an empty file"),
    "empty table": ({"municipality.csv": ""}, "municipality.csv:1:1", "", "found an empty file"),
    "empty JSON Lines": ({"person.jsonl": ""}, "person.jsonl:1:1", "", "found an empty file"),
    "short row": (
        {"municipality.csv": "slug,name.de\nx\n"},
        "municipality.csv:2:1", "", "expected 2 cells as in the first row, found 1",
    ),
    "unclosed quote in a table": (
        {"municipality.csv": 'slug,name.de\nx,"Y\n'},
        "municipality.csv:2:1", "", "expected cells separated by commas",
    ),
    "broken JSON": (
        {"person.jsonl": '{"slug": '},
        "person.jsonl:1:10", "", "one JSON object a line",
    ),
    "NaN": (
        {"person.jsonl": '{"slug": NaN}'},
        "person.jsonl:1:1", "", "NaN is not a number",
    ),
    "alias": (
        {YAML: "name: &a Jena\ndescription: *a\n"},
        f"{YAML}:1:7", "", "Write the value itself",
    ),
    "Python tag": (
        {YAML: "name: !!python/object:os.system x\n"},
        f"{YAML}:1:7", "", "found the tag",
    ),
    "deep nesting": (
        {YAML: "name: " + "[" * 40 + "]" * 40},
        f"{YAML}:1:18", "", "at most 12 levels",
    ),
    "IRI with a space": (
        {YAML: JENA + "homepage: https://jena.de/a b\n"},
        f"{YAML}:11:11", "homepage", "expected a web address",
    ),
    "IRI with a control character": (
        {YAML: JENA + 'homepage: "https://jena.de/\\u0007"\n'},
        f"{YAML}:11:11", "homepage", "expected a web address",
    ),
    "javascript link": (
        {YAML: JENA + "homepage: javascript:alert(1)\n"},
        f"{YAML}:11:11", "homepage", "expected a web address",
    ),
    "link without a host": (
        {YAML: JENA + "homepage: https:///x\n"},
        f"{YAML}:11:11", "homepage", "expected a web address",
    ),
    "control character in a text": (
        {YAML: JENA.replace("{de: Jena}", '"Je\\u0000na"')},
        f"{YAML}:1:7", "name", "U+0000",
    ),
    "IRI with square brackets": (
        {YAML: JENA + "homepage: https://jena.de/?f[a]=b\n"},
        f"{YAML}:11:11", "homepage", "[ is written %5B",
    ),
    "IRI with a line break": (
        {YAML: JENA + "homepage: |\n  https://jena.de/\n"},
        f"{YAML}:11:11", "homepage", "expected a web address",
    ),
    "language tag that is none": (
        {YAML: JENA.replace("{de: Jena}", "{de: Jena, de-12: Jena}")},
        f"{YAML}:1:7", "name", "Correct the code 'de-12'",
    ),
    "half of a surrogate pair": (
        {"person.jsonl": '{"slug": "x", "name": "a\\ud800b", "sources": ["source/article"]}'},
        "person.jsonl:1:1", "", "surrogates not allowed",
    ),
    "mail address that is none": (
        {"publication.yaml": PUBLICATION.replace("lod@example.org", "lod at example")},
        "publication.yaml:5:54", "contact.email", "a mail address such as",
    ),
    "digits of another script": (
        {YAML: JENA + "wikidata: Q3１５０\n"},
        f"{YAML}:11:11", "wikidata", "a Wikidata identifier",
    ),
    "nothing in a list": (
        {YAML: JENA + "also_known_as: [null]\n"},
        f"{YAML}:11:17", "also_known_as[1]", "expected words, found none",
    ),
    "a folder named like a file": (
        {"municipality/x.yaml/y": "name: X\n"},
        "municipality/x.yaml:1:1", "", "expected a file or folder",
    ),
    "a column inside another": (
        {"municipality.csv": "slug,name.de,name.de.x\nx,X,X\n"},
        "municipality.csv:1:14", "name.de.x", "found name.de.x again",
    ),
    "unknown folder": (
        {"municipalities/x.yaml": "name: X\n"},
        "municipalities:1:1", "", "municipality",
    ),
    "unknown file type": (
        {"municipality/x.yml": "name: X\n"},
        "municipality/x.yml:1:1", "", "x.yaml",
    ),
    "no publication": (
        {"publication.yaml": None},
        "publication.yaml:1:1", "", "describes the publication",
    ),
    "base IRI without a slash": (
        {"publication.yaml": PUBLICATION.replace("example.org/", "example.org", 1)},
        "publication.yaml:1:11", "base_iri", "ends in a slash",
    ),
}  # fmt: skip


def test_the_mistakes_are_many() -> None:
    assert len(CASES) == 74


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_place_field_and_remedy(case: str, write_data: WriteData) -> None:
    changes, where, field, words = CASES[case]
    data = write_data(changes)
    if changes.get("publication.yaml", "") is None:
        (data / "publication.yaml").unlink(missing_ok=True)
    found = mistakes(data)
    assert len(found) == 1, [str(error) for error in found]
    error = found[0]
    assert str(error.place) == str(data / where)
    assert error.field == field
    assert words in str(error)
    assert error.remedy


def test_all_mistakes_of_a_run_are_reported_together_in_order(write_data: WriteData) -> None:
    data = write_data(
        {
            YAML: JENA.replace("16053000", "1605").replace("110731", "many").replace("50.9", "x"),
            "person/martin-berger.yaml": "nam: Martin Berger\n",
            "state.jsonl": '{"slug": "x", "name": "X", "key": "1"}\n{"slug": 5}\n',
        }
    )
    places = [str(error.place.file.relative_to(data)) for error in mistakes(data)]
    assert places == sorted(places)
    assert len(places) >= 7
    assert len(set(places)) == 3


def test_a_reference_to_a_faulty_record_is_not_blamed(write_data: WriteData) -> None:
    found = mistakes(write_data({"district.csv": SMALL["district.csv"].replace("16053", "1605")}))
    assert [error.field for error in found] == ["key"]


def test_messages_are_german_throughout(write_data: WriteData) -> None:
    data = write_data({YAML: JENA.replace("110731", "many") + "wikidata: x\n"})
    found = " ".join(map(str, mistakes(data, "de")))
    assert "eine ganze Zahl ab 0" in found
    assert "eine Wikidata-Kennung wie Q3150" in found


def test_messages_exist_in_german_too(write_data: WriteData) -> None:
    data = write_data({YAML: JENA.replace("16053000", "160530")})
    assert "erwartet werden 8 Ziffern" in str(mistakes(data, "de")[0])
    assert all(set(words) == {"de", "en"} for words in MESSAGES.values())


@pytest.mark.parametrize("quirk", ["bom", "crlf", "both"])
@pytest.mark.parametrize("name", [YAML, "state.csv", "source.jsonl"])
def test_quirks_of_other_programs_do_no_harm(name: str, quirk: str, write_data: WriteData) -> None:
    content = SMALL[name]
    if quirk in ("crlf", "both"):
        content = content.replace("\n", "\r\n")
    if quirk in ("bom", "both"):
        content = "\ufeff" + content
    plain = dict(load(write_data()).entries.items())
    changed = load(write_data({name: content})).entries
    assert {key: entry.record for key, entry in changed.items()} == {
        key: entry.record for key, entry in plain.items()
    }


PARTIAL = ("2025", "2025-10", "2025-10-31", "--10", "--10-31", "2024-02-29", "--02-29")


@pytest.mark.parametrize("date", PARTIAL)
def test_a_partial_date_is_kept_as_it_is(date: str, write_data: WriteData) -> None:
    record = load(write_data({YAML: JENA.replace("2022-12-31", date)}))
    assert record.entries["municipality/jena"].record.model_dump()["population_date"] == date


def test_scalars_keep_their_text(write_data: WriteData) -> None:
    plain = SMALL["municipality/bochum.yaml"].replace('"05911000"', "05911000")
    records = load(write_data({"municipality/bochum.yaml": plain}))
    assert records.entries["municipality/bochum"].record.model_dump()["ags"] == "05911000"
    named = load(write_data({YAML: JENA.replace("{de: Jena}", "{de: 2025-01-01, en: no}")}))
    assert named.entries["municipality/jena"].record.model_dump()["name"] == {
        "de": "2025-01-01",
        "en": "no",
    }


def test_a_file_of_a_hundred_megabytes_is_refused_unread(write_data: WriteData) -> None:
    data = write_data()
    with (data / "municipality" / "huge.yaml").open("wb") as huge:
        huge.truncate(100 << 20)
    error = mistakes(data)[0]
    assert "expected a file of at most 1048576 bytes, found 104857600" in str(error)


def test_a_line_of_a_hundred_megabytes_is_refused(write_data: WriteData) -> None:
    data = write_data()
    with (data / "person.jsonl").open("wb") as huge:
        huge.truncate(100 << 20)
    assert "at most 1048576 bytes" in str(mistakes(data)[0])


def test_an_alias_bomb_is_refused_before_it_grows(write_data: WriteData) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for previous, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [" + ", ".join([f"*{previous}"] * 9) + "]\n"
    found = mistakes(write_data({YAML: bomb}))
    assert [str(error.place.line) for error in found] == ["1"]


@pytest.mark.parametrize("make", [lambda: "file", lambda: "folder"])
def test_a_symbolic_link_out_of_the_data_is_refused(
    make: Callable[[], str], write_data: WriteData, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.yaml").write_text("name: X\n")
    data = write_data()
    if make() == "file":
        (data / "municipality" / "x.yaml").symlink_to(outside / "x.yaml")
    else:
        (data / "software").symlink_to(outside)
    error = mistakes(data)[0]
    assert "found a symbolic link" in str(error)


def test_empty_rows_of_a_spreadsheet_do_no_harm(write_data: WriteData) -> None:
    table = SMALL["state.csv"] + ",,,\n\n,,,\n"
    assert len(load(write_data({"state.csv": table, "~$state.csv": "x"}))) == 16


def test_somebody_may_have_two_roles_on_a_board(write_data: WriteData) -> None:
    board = SMALL["board/open-source-board.yaml"]
    seat = board[board.index("  - person:") : board.index("sources: [source/article]\n", -30)]
    records = load(write_data({"board/open-source-board.yaml": board.replace(seat, seat * 2)}))
    name = "membership/open-source-board-martin-berger"
    assert {name, f"{name}-2"} <= records.entries.keys()


def test_a_publication_may_be_written_without_languages(write_data: WriteData) -> None:
    plain = PUBLICATION.replace("{de: Kleine Daten, en: Small data}", "Small data")
    publication = load(write_data({"publication.yaml": plain})).publication
    assert Publication.model_validate_json(publication.model_dump_json()) == publication


def test_a_file_that_cannot_be_read_is_named(write_data: WriteData, tmp_path: Path) -> None:
    data = write_data()
    file = data / "municipality" / "x.yaml"
    file.symlink_to(tmp_path / "nowhere")
    assert "symbolic link" in str(mistakes(data)[0])
    reporter = Reporter("en")
    assert read_text(tmp_path, 10_000_000, reporter) is None
    assert "expected a file that can be read" in str(reporter.errors[0])


@pytest.mark.parametrize(
    ("pasted", "kept"), [("Mu\u0308nchen", "M\u00fcnchen"), (" Jena ", "Jena")]
)
def test_pasted_names_are_composed(pasted: str, kept: str, write_data: WriteData) -> None:
    named = load(write_data({YAML: JENA.replace("de: Jena", f"de: '{pasted}'")}))
    assert named.entries["municipality/jena"].record.model_dump()["name"] == {"de": kept}


def test_hidden_files_and_the_readme_are_left_alone(write_data: WriteData) -> None:
    data = write_data({"README.md": "x", ".DS_Store": "x", "municipality/.x.swp": "x"})
    assert len(load(data)) == 16


def test_every_kind_has_a_model_and_a_schema() -> None:
    assert tuple(MODELS) == KINDS
    assert (*KINDS, "publication") == NAMES
    for name in NAMES:
        schema = json_schema(name)
        assert "slug" not in schema["properties"]
        assert schema["additionalProperties"] is False
        for field in schema["properties"].values():
            assert "description" in field or "$ref" in field or "allOf" in field, (name, field)


def test_german_words_mean_fields_that_there_are() -> None:
    fields = {name for kind in KINDS for name in fields_of(kind)}
    groups = {*Figure.model_fields, *Involvement.model_fields, *Membership.model_fields}
    assert set(GERMAN.values()) <= fields | groups
    assert all(word == word.lower() for word in GERMAN)
