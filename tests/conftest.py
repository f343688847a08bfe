"""What the suites share: small data directories, and the release built from the real data."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from lod.build import Built, build

# A shell has what it runs in the background ignore interruptions, and so would what that starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
# How long an example takes says more of the machine than of the program.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
ROOT = Path(__file__).parent.parent
collect_ignore_glob = ["benchmarks/*"]  # programs, some of them for other environments
PUBLICATION = """\
base_iri: https://lod.example.org/
title: {de: Kleine Daten, en: Small data}
description: {de: Wenige Datensätze für Tests., en: A few records for tests.}
publisher: {name: {de: Teststelle, en: Test office}}
contact: {name: {de: Redaktion, en: Editors}, email: lod@example.org}
licence: http://dcat-ap.de/def/licenses/cc-by/4.0
licence_name: CC BY 4.0
languages: [de, en]
issued: 2026-01-01
modified: 2026-01-02
"""
SMALL: dict[str, str] = {
    "publication.yaml": PUBLICATION,
    "state.csv": (
        "slug,name.de,key,sources\n"
        "thueringen,Thüringen,16,source/article\n"
        "nordrhein-westfalen,Nordrhein-Westfalen,05,source/article\n"
    ),
    "district.csv": (
        "slug,name.de,type,key,state,sources\n"
        "jena,Jena,topic/kreisfreie-stadt-als-kreis,16053,state/thueringen,source/article\n"
        "bochum,Bochum,topic/kreisfreie-stadt-als-kreis,05911,state/nordrhein-westfalen,"
        "source/article\n"
    ),
    "municipality/jena.yaml": (
        "name: {de: Jena}\n"
        "administration: {de: Stadt Jena, en: City of Jena}\n"
        "type: topic/kreisfreie-stadt\n"
        'ags: "16053000"\n'
        "district: district/jena\n"
        "states: [state/thueringen]\n"
        "population: 110731\n"
        "population_date: 2022-12-31\n"
        "coordinates: {latitude: 50.92722, longitude: 11.58611}\n"
        "sources: [source/article]\n"
    ),
    "municipality/bochum.yaml": (
        "name: {de: Bochum}\n"
        "type: topic/kreisfreie-stadt\n"
        'ags: "05911000"\n'
        "district: district/bochum\n"
        "states: [state/nordrhein-westfalen]\n"
        "sources: [source/article]\n"
    ),
    "topic.csv": (
        "slug,name.de,name.en,description.de,description.en,scheme,sources\n"
        "forms-of-municipality,Formen,Forms,Formen.,Forms.,,source/article\n"
        "forms-of-district,Formen,Forms,Formen.,Forms.,,source/article\n"
        "roles,Rollen,Roles,Rollen.,Roles.,,source/article\n"
        "kreisfreie-stadt,Kreisfreie Stadt,district-free town,Eine Stadt.,A town.,"
        "topic/forms-of-municipality,source/article\n"
        "kreisfreie-stadt-als-kreis,Stadt als Kreis,town as district,Ein Kreis.,A district.,"
        "topic/forms-of-district,source/article\n"
        "role-member,Mitglied,member,Ein Mitglied.,A member.,topic/roles,source/article\n"
    ),
    "source.jsonl": (
        '{"slug": "article", "name": {"de": "Artikel", "en": "Article"}, '
        '"url": "https://example.org/artikel", "form": "article", "language": "de"}\n'
    ),
    "person/martin-berger.yaml": "name: Martin Berger\nsources: [source/article]\n",
    "board/open-source-board.yaml": (
        "name: {de: Kommunales Open-Source-Board, en: Municipal Open Source Board}\n"
        "initiators: [municipality/bochum]\n"
        "aims: [{de: Wissen teilen, en: share knowledge}]\n"
        "figures:\n"
        "  - measure: announced members\n"
        "    value: 20\n"
        "    sources: [source/article]\n"
        "members:\n"
        "  - person: person/martin-berger\n"
        "    role: topic/role-member\n"
        "    on_behalf_of: municipality/jena\n"
        "    sources: [source/article]\n"
        "sources: [source/article]\n"
    ),
}
"""A data directory of few records in all three formats that loads and conforms."""

WriteData = Callable[..., Path]


@pytest.fixture
def write_data(tmp_path: Path) -> WriteData:
    """Write a data directory: the small one, with files changed, added or taken out (None)."""

    def write(changes: Mapping[str, str | bytes | None] | None = None) -> Path:
        data = tmp_path / "data"
        for name, content in {**SMALL, **(changes or {})}.items():
            path = data / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            elif content is not None:
                path.write_text(content, encoding="utf-8", newline="")
        return data

    return write


@pytest.fixture(scope="session")
def shapes() -> Path:
    """Return the directory of our shapes."""
    return ROOT / "shapes"


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """Return the releases directory and the release built once from the real data."""
    releases = tmp_path_factory.mktemp("real") / "releases"
    return releases, build(ROOT / "data", ROOT / "shapes", releases)
