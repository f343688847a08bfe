"""One name in five places: a kind is one word in data, records, mapping, shapes and IRIs."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import lod
from lod.iri import KINDS, REFERENCE, Space
from lod.mapping import MAPPINGS
from lod.names import KIND_NAMES
from lod.records import MODELS
from tests.conftest import ROOT

PACKAGE = Path(lod.__file__).parent
SHARED = {
    "records": {
        *(
            "checks",
            "chunks",
            "files",
            "german",
            "json_lines",
            "kinds",
            "loader",
            "messages",
            "model",
            "publication",
        ),
        *("raw", "schema", "table", "text", "types", "yaml_file"),
    },
    "mapping": {"common", "rules", "vocabulary"},
    "shapes": {"parts"},
}
"""What stands beside the kinds in each place."""


def names(folder: Path, ending: str) -> set[str]:
    return {path.stem for path in folder.glob(f"*{ending}") if path.stem != "__init__"}


def data_kinds() -> set[str]:
    data = ROOT / "data"
    folders = {path.name for path in data.iterdir() if path.is_dir()}
    return (folders - {"schema"}) | {path.stem for path in data.glob("*.csv")}


def test_there_are_fourteen_kinds() -> None:
    assert len(KINDS) == len(set(KINDS)) == 14


def test_every_place_names_the_same_kinds() -> None:
    kinds = set(KINDS)
    assert data_kinds() == kinds
    assert names(PACKAGE / "records", ".py") - SHARED["records"] == kinds
    assert names(PACKAGE / "mapping", ".py") - SHARED["mapping"] == kinds
    assert names(ROOT / "shapes", ".ttl") - SHARED["shapes"] == kinds


def test_every_table_of_kinds_is_in_the_order_of_the_kinds() -> None:
    for table in (MODELS, MAPPINGS, KIND_NAMES):
        assert tuple(table) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_the_module_of_a_kind_holds_it_under_its_name(kind: str) -> None:
    model = MODELS[kind]
    assert model.kind == kind
    assert model.__module__ == f"lod.records.{kind}"
    assert model.__name__ == kind.capitalize()
    mapping = importlib.import_module(f"lod.mapping.{kind}")
    assert getattr(mapping, kind) is MAPPINGS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_the_iri_of_a_resource_holds_its_kind(kind: str) -> None:
    space = Space("https://lod.example.org/")
    iri = space.thing(f"{kind}/x").value
    assert iri == f"https://lod.example.org/id/{kind}/x"
    assert space.reference(iri) == f"{kind}/x"
    assert REFERENCE.fullmatch(f"{kind}/x")


@pytest.mark.parametrize("kind", KINDS)
def test_the_shapes_of_a_kind_are_about_it(kind: str) -> None:
    shapes = (ROOT / "shapes" / f"{kind}.ttl").read_text(encoding="utf-8")
    assert "sh:NodeShape" in shapes
