from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import Triple

from lod.build import Built
from lod.errors import ReleaseError
from lod.release import current, open_release
from lod.store import Store
from lod.vocab import ORG, SCHEMA


@pytest.fixture(scope="module")
def store(real: tuple[Path, Built]) -> Store:
    return Store(current(real[0]))


def test_a_description_holds_the_resource_and_its_parts(store: Store) -> None:
    triples = store.describe("municipality/jena")
    subjects = {str(triple.subject)[1:-1] for triple in triples}
    start = store.space.thing("municipality/jena").value
    assert {
        start,
        f"{start}/administration",
        f"{start}/geometry",
        f"{start}/population",
    } == subjects


def test_a_description_of_nothing_is_empty(store: Store) -> None:
    assert store.describe("municipality/nowhere") == []
    assert "municipality/nowhere" not in store
    assert "municipality/jena" in store


def test_mentions_are_what_others_say(store: Store) -> None:
    found = store.mentions("municipality/jena")
    projects = {mention.subject.value for mention in found if mention.predicate == SCHEMA.member}
    assert store.space.thing("project/smart-city-jena").value in projects
    start = store.space.thing("municipality/jena").value
    assert not any(mention.subject.value.startswith(start + "/") for mention in found)
    assert len(store.mentions("state/bayern", limit=10)) == 10


def test_names_are_looked_up_in_one_pass(store: Store) -> None:
    references = [entry.reference for entry in store.resources("municipality", limit=1200)]
    names = store.names([*references, "board/nothing"])
    assert len(names) == 1200
    assert store.names(["state/bayern"]) == {"state/bayern": {"de": "Bayern", "en": "Bavaria"}}


def test_a_membership_is_named_by_person_and_body(store: Store) -> None:
    reference = "membership/kommunales-open-source-board-martin-berger"
    assert store.names([reference])[reference]["de"] == (
        "Martin Berger, Kommunales Open-Source-Board"
    )


def test_lists_are_paged_in_the_order_of_names(store: Store) -> None:
    total = store.counts["municipality"]
    first = store.resources("municipality", 0, 100)
    second = store.resources("municipality", 100, 100)
    assert len(first) == len(second) == 100
    assert not {entry.reference for entry in first} & {entry.reference for entry in second}
    assert store.resources("municipality", total, 100) == []
    assert len(store.resources("municipality", total - 1, 100)) == 1
    names = [entry.names["de"] for entry in store.resources("state")]
    assert names[:3] == ["Baden-Württemberg", "Bayern", "Berlin"]


@pytest.mark.parametrize(
    ("kind", "identifier", "reference"),
    [
        ("municipality", "16053000", "municipality/jena"),
        ("municipality", "160530000000", "municipality/jena"),
        ("municipality", "05911000", "municipality/bochum"),
        ("municipality", "5911000", None),
        ("district", "16053", "district/jena"),
        ("state", "16", "state/thueringen"),
        ("state", "' OR 1=1 --", None),
    ],
)
def test_official_keys_lead_to_resources(
    store: Store, kind: str, identifier: str, reference: str | None
) -> None:
    assert store.identified(kind, identifier) == reference


def test_queries_know_the_prefixes(store: Store) -> None:
    answer = store.query("SELECT ?name { ?b org:purpose ?p ; schema:name ?name } LIMIT 1")
    assert isinstance(answer, ox.QuerySolutions)
    assert len(list(answer)) == 1
    described = store.query("CONSTRUCT { ?m a org:Membership } WHERE { ?m a org:Membership }")
    assert isinstance(described, ox.QueryTriples)
    assert {triple.object for triple in described if isinstance(triple, Triple)} == {ORG.Membership}
    with pytest.raises(SyntaxError):
        store.query("SELECT")


def test_a_damaged_release_is_refused(tmp_path: Path, real: tuple[Path, Built]) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(real[1].release.path, copy)
    (copy / "index.sqlite").unlink()
    with pytest.raises(ReleaseError, match="the release is damaged"):
        Store(open_release(copy))
