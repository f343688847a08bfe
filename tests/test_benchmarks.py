"""The benchmark measures what it says: valid records, honest ratios, a table of all rows."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from lod.build import check
from lod.iri import Space
from lod.mapping import Mapper
from lod.records import load
from tests.benchmarks import load as load_module
from tests.benchmarks.__main__ import ROWS, SMOKE, SMOKED, titles
from tests.benchmarks.bench import Bench, in_turn
from tests.benchmarks.bodies import board, organisation, programme, project
from tests.benchmarks.figures import MARKS, Figure, Results, put, ratio, table
from tests.benchmarks.generate import FORMS, SIZES, generate
from tests.benchmarks.load import Ask, UnansweredError, ask
from tests.benchmarks.measure import BrokenError, run
from tests.benchmarks.population import Population
from tests.benchmarks.rows.entity import constant
from tests.benchmarks.sources import source
from tests.benchmarks.words import person, place

SHAPES = Path(__file__).parents[1] / "shapes"
NAMES = {
    "municipality": lambda number: place(number).slug,
    "person": lambda number: person(number).slug,
    "source": source,
    "organisation": organisation,
    "programme": programme,
    "project": project,
    "board": board,
}


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_generated_records_are_so_many_and_break_no_shape(tmp_path: Path) -> None:
    generate(tmp_path / "data", SIZES[0])
    checked = check(tmp_path / "data", SHAPES)
    kinds = Counter(record.kind for record in load(tmp_path / "data"))
    assert sum(kinds.values()) == SIZES[0]
    assert kinds.keys() == FORMS.keys()
    assert checked.violations == []


def test_of_municipalities_alone_there_are_so_many(tmp_path: Path) -> None:
    generate(tmp_path / "data", SIZES[0], "municipality")
    kinds = Counter(record.kind for record in load(tmp_path / "data"))
    assert kinds["municipality"] == SIZES[0]
    assert kinds.keys() == {"municipality", "district", "state", "topic", "source"}


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        generate(tmp_path / name, SIZES[0], seed=seed)
    one, same, other = (_bytes(tmp_path / name) for name in ("one", "same", "other"))
    assert one == same
    assert one != other


def test_links_are_skewed(tmp_path: Path) -> None:
    generate(tmp_path / "data", SIZES[0])
    mapper = Mapper(Space("https://bench.example.org/"))
    named = Counter(
        str(triple.object)
        for record in load(tmp_path / "data")
        for triple in mapper.record(record)
        if "/id/municipality/" in str(triple.object)
    )
    assert max(named.values()) > 20 * sum(named.values()) / len(named)


@pytest.mark.parametrize("kind", NAMES)
def test_no_two_names_are_alike_in_the_largest_size(kind: str) -> None:
    count = Population.of(SIZES[-1], "", 1).count[kind]
    slugs = {NAMES[kind](number) for number in range(count)}
    assert len(slugs) == count


def test_a_target_is_a_least_or_a_most() -> None:
    assert Figure("a", "/s", 5, 0.9, 0.9).reached is True
    assert Figure("a", "/s", 5, 0.89, 0.9).reached is False
    assert Figure("a", "s", 5, 7.9, 8, at_most=True).reached is True
    assert Figure("a", "ms", 21, target=20, at_most=True).reached is False
    assert Figure("a", "ms", 21).reached is None
    assert Figure("a", "s", 5, 0.25).turned().ratio == 4


def test_a_ratio_is_the_median_over_pairs() -> None:
    assert ratio([100, 10, 200], [50, 10, 50], rates=True) == 2
    assert ratio([1, 2, 9], [2, 2, 9], rates=False) == 1


def test_measures_take_turns() -> None:
    order: list[str] = []
    found = in_turn(2, lambda: order.append("a"), lambda: order.append("b"))
    assert order == ["a", "b", "b", "a"]
    assert [len(one) for one in found] == [2, 2]


def test_a_run_knows_its_time_and_the_memory_of_its_children(tmp_path: Path) -> None:
    child = "import time; kept = bytearray(50_000_000); time.sleep(0.5); print(len(kept))"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    found = run([sys.executable, "-c", parent], tmp_path / "log")
    assert found.seconds > 0.5
    assert found.memory > 50_000_000
    assert found.output == "50000000\n"


def test_a_command_that_fails_gives_no_figure(tmp_path: Path) -> None:
    with pytest.raises(BrokenError, match="no reason"):
        run([sys.executable, "-c", "raise SystemExit('no reason')"], tmp_path / "log")
    with pytest.raises(subprocess.TimeoutExpired):
        run([sys.executable, "-c", "import time; time.sleep(60)"],
            tmp_path / "log", timeout=0.2)  # fmt: skip


def test_results_grow_row_by_row_and_become_the_table(tmp_path: Path) -> None:
    machine = {"processor": "P", "cores": "2", "memory": "4 GiB", "system": "L", "python": "3.11"}
    facts = {"date": "2026-01-01", "commit": "abc", "command": "make", "machine": machine}
    path = tmp_path / "results.json"
    Results(path).keep("one", [Figure("x", "/s", 1234.5, 0.5, 0.9, note="As said.")], facts)
    Results(path).keep("two", [Figure("y", "ms", 0.1234, target=1, at_most=True)], facts)
    words = table(Results(path), {"one": "One", "two": "Two", "three": "Three"})
    assert "| x |  | 1,234/s |  |  |  |  | 0.5 | ≥ 0.9 | **missed** |" in words
    assert "| y |  | 0.123 ms |  |  |  |  |  | ≤ 1 | reached |" in words
    assert "- As said." in words
    assert "### Three\n\nNot measured yet." in words
    document = tmp_path / "document.md"
    document.write_text(f"Before\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n", encoding="utf-8")
    put(document, words)
    kept = document.read_text(encoding="utf-8")
    assert kept == f"Before\n{MARKS[0]}\n\n{words}\n\n{MARKS[1]}\nafter\n"


def test_the_smoke_has_figures_to_compare_with() -> None:
    committed = Results(SMOKE)
    assert set(SMOKED) <= set(ROWS)
    assert {"build", "validation"} <= set(committed.rows) <= set(SMOKED)
    for row in committed.rows:
        assert any(figure.ratio is not None for figure in committed.figures(row)), row


def test_every_row_has_its_place_in_the_document() -> None:
    document = (SHAPES.parent / "docs" / "performance.md").read_text(encoding="utf-8")
    assert all(f"### {title}" in document for title in titles().values())


@pytest.mark.parametrize("wrk", [load_module.WRK, None], ids=["wrk", "ours"])
def test_a_server_is_asked_as_often_and_for_what_was_said(
    wrk: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if wrk is None:
        monkeypatch.setattr(load_module, "WRK", None)
    with constant([2_000], Bench("smoke")) as server:
        assert server.get("/constant/0")[2] == b"x" * 2_000
        answers = ask(server.port, [Ask("/constant/0")] * 40, 0, once=True)
        assert 40 <= answers.count < 60
        assert ask(server.port, [Ask("/constant/0", "HEAD")], 0.2).rate > 10
        with pytest.raises(UnansweredError, match="/nowhere"):
            ask(server.port, [Ask("/nowhere")], 0.2)
