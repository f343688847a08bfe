"""Writes a data directory of any size: ``python -m tests.benchmarks.generate FOLDER --records N``.

The records are invented, always the same for a seed, and like real ones: lengths and links are
skewed, fields are missing, names have letters of many scripts. Bulk stands in tables (CSV) and in
JSON Lines, boards and programmes in YAML files. `lod check` finds no violation in them. Records
are written one by one, so memory doesn't grow with their number.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.benchmarks import topics
from tests.benchmarks.bodies import boards, memberships, organisations, programmes, projects
from tests.benchmarks.places import districts, municipalities, states
from tests.benchmarks.population import Population
from tests.benchmarks.sources import REGISTER, persons, sources
from tests.benchmarks.words import WORDS_ABROAD

Row = dict[str, Any]
SIZES = (1_000, 10_000, 100_000, 1_000_000)
PUBLICATION = {
    "base_iri": "https://bench.example.org/",
    "title": {"de": "Erfundene Kommunen", "en": "Invented municipalities"},
    "description": {
        "de": "Erfundene Datensätze, an denen Geschwindigkeit gemessen wird.",
        "en": "Invented records on which speed is measured.",
    },
    "publisher": {"name": {"de": "Messstelle", "en": "Benchmark"}, "type": "NonProfitOrganisation"},
    "contact": {"name": {"de": "Messstelle", "en": "Benchmark"}, "email": "lod@example.org"},
    "licence": "http://dcat-ap.de/def/licenses/cc-zero",
    "licence_name": "CC0 1.0",
    "languages": ["de", "en"],
    "issued": "2026-01-01",
    "modified": "2026-01-01",
}


def generate(folder: Path, records: int, only: str = "", seed: int = 1) -> None:
    """Write a data directory.

    Args:
        folder: doesn't exist yet.
        records: how many.
        only: ``municipality`` for so many municipalities and what they refer to, without the
            other kinds.
        seed: another one gives other records.
    """
    folder.mkdir(parents=True)
    people = Population.of(records, only, seed)
    _yaml(folder / "publication.yaml", PUBLICATION)
    for kind, form in FORMS.items():
        if people.count[kind]:
            form.write(folder, kind, form.rows(people))


def _table(folder: Path, kind: str, rows: Iterable[Row]) -> None:
    with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEADERS[kind])
        table.writeheader()
        table.writerows(rows)


def _lines(folder: Path, kind: str, rows: Iterable[Row]) -> None:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with (folder / f"{kind}.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(f"{encode(row)}\n" for row in rows)


def _files(folder: Path, kind: str, rows: Iterable[Row]) -> None:
    (folder / kind).mkdir()
    for row in rows:
        _yaml(folder / kind / f"{row.pop('slug')}.yaml", row)


def _yaml(path: Path, values: Row) -> None:
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(values, file, yaml.CSafeDumper, allow_unicode=True, sort_keys=False)


@dataclass(frozen=True)
class Form:
    """How a kind is written, and what."""

    write: Callable[[Path, str, Iterable[Row]], None]
    rows: Callable[[Population], Iterator[Row]]


FORMS = {
    "topic": Form(_table, lambda _: topics.rows(REGISTER)),
    "source": Form(_table, sources),
    "state": Form(_table, states),
    "district": Form(_table, districts),
    "municipality": Form(_table, municipalities),
    "organisation": Form(_lines, organisations),
    "programme": Form(_files, programmes),
    "board": Form(_files, boards),
    "person": Form(_table, persons),
    "project": Form(_lines, projects),
    "membership": Form(_lines, memberships),
}
_PLACE = (
    *("slug", "name.de", "name.en", "name.hsb", "official_name.de", "administration.de", "type"),
    *("area_km2", "population", "population_date", "population_source"),
    *("coordinates.latitude", "coordinates.longitude", "wikidata", "sources"),
)
HEADERS = {
    "topic": (
        "slug",
        "name.de",
        "name.en",
        "description.de",
        "description.en",
        "scheme",
        "sources",
    ),
    "source": (
        *("slug", "name.de", "name.en", *(f"name.{language}" for language, _ in WORDS_ABROAD)),
        *("url", "form", "publisher", "published", "accessed", "language", "licence"),
    ),
    "state": (*_PLACE, "key"),
    "district": (*_PLACE, "key", "state"),
    "municipality": (
        *(*_PLACE, "ags", "ars", "association_key", "district", "states", "part_of"),
        *("also_known_as", "geonames", "homepage", "topics"),
        *("description.de", "description.en", "note.de"),
    ),
    "person": ("slug", "name", "sources"),
}


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=SIZES[0])
    parser.add_argument("--only", choices=("municipality",), default="")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.folder, given.records, given.only, given.seed)


if __name__ == "__main__":
    main()
