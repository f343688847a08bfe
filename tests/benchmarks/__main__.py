"""The benchmark: ``python -m tests.benchmarks run [ROW…]``; see docs/performance.md.

``run`` measures rows and keeps their figures, so that one that was broken off goes on where it
was; ``table`` writes them into the document; ``smoke`` measures a few small ones and fails when a
ratio has fallen to half of what is committed.
"""

from __future__ import annotations

import argparse
import datetime
import os
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

from tests.benchmarks.bench import CACHE, ROOT, Bench
from tests.benchmarks.figures import Figure, Results, machine, put, table
from tests.benchmarks.load import client
from tests.benchmarks.rows import (
    build,
    conversion,
    engine,
    entity,
    fronts,
    growth,
    opening,
    queries,
    rebuild,
    static,
    validation,
)

ROWS: dict[str, ModuleType] = {
    "conversion": conversion,
    "validation": validation,
    "engine": engine,
    "build": build,
    "growth": growth,
    "rebuild": rebuild,
    "entity": entity,
    "fronts": fronts,
    "queries": queries,
    "opening": opening,
    "static": static,
}
"""Every row of the benchmark, in the order of the table."""
COMMITTED = Path(__file__).with_name("results.json")
SMOKE = Path(__file__).with_name("smoke.json")
DOCUMENT = ROOT / "docs" / "performance.md"
SMOKED = ("validation", "build", "entity", "queries")
"""The rows of which a small form runs with the tests; their peers are installed with ours."""
NOISE = 0.5
"""The part of a committed ratio that has to be left."""


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="measure rows")
    run.add_argument("rows", nargs="*", choices=[*ROWS, []], help="all unless some are named")
    run.add_argument("--mode", choices=("smoke", "short", "full"), default="short")
    run.add_argument("--again", action="store_true", help="also what was measured before")
    commands.add_parser("table", help="write the figures of --mode full into the document")
    smoke = commands.add_parser("smoke", help="compare small figures with the committed ones")
    smoke.add_argument("--update", action="store_true", help="commit today's figures instead")
    given = parser.parse_args()
    if given.command == "run":
        measure(given.rows or list(ROWS), given.mode, again=given.again)
    elif given.command == "table":
        write_table()
    else:
        sys.exit(compare(update=given.update))


def measure(rows: list[str], mode: str, *, again: bool) -> None:
    """Measure rows, one after the other, and keep each as soon as it is done."""
    results = Results(COMMITTED if mode == "full" else CACHE / f"{mode}.json")
    for row in rows:
        if row in results.rows and not again and mode == "full":
            print(f"{row}: measured before; --again measures anew", flush=True)
            continue
        measure_row(row, Bench(mode), results)
    print(table(results, titles()))


def measure_row(row: str, bench: Bench, results: Results) -> None:
    """Measure a row and keep its figures."""
    start, figures = time.perf_counter(), []
    for figure in ROWS[row].measure(bench):
        figures.append(figure)
        held = "" if figure.target is None else f", target {figure.target:g}"
        print(f"{row}: {figure.name}: {figure.compared:.3g}{held}", flush=True)
    results.keep(row, figures, facts(row, bench))
    print(f"{row}: {time.perf_counter() - start:.0f} s", flush=True)


def facts(row: str, bench: Bench) -> dict[str, object]:
    """Return how, where and when a row was measured."""
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "commit": found.stdout.strip(),
        "machine": machine(),
        "busy": f"{os.getloadavg()[0]:.1f}",
        "command": f"python -m tests.benchmarks run {row} --mode {bench.mode}",
        "client": client(),
    }


def titles() -> dict[str, str]:
    """Return the heading of each row."""
    return {row: str(module.TITLE) for row, module in ROWS.items()}


def write_table() -> None:
    """Write the committed figures into the document."""
    put(DOCUMENT, table(Results(COMMITTED), titles()))


def compare(*, update: bool) -> int:
    """Measure the small figures, and return how many ratios have fallen to half.

    A row in which one has fallen is measured once more: what another program did for a moment
    isn't ours.
    """
    committed, fallen = Results(SMOKE), []
    for row in SMOKED:
        if update:
            measure_row(row, Bench("smoke"), committed)
            continue
        before = {one.name: one for one in committed.figures(row) if one.ratio is not None}
        slow = _fallen(row, before)
        again = _fallen(row, before) if slow else set()
        fallen += [f"{row}: {name}" for name in sorted(slow & again)]
    for name in fallen:
        print(f"{name}: fallen below half of what {SMOKE.name} has")
    return len(fallen)


def _fallen(row: str, before: dict[str, Figure]) -> set[str]:
    """Measure a row, and return the figures whose ratio has fallen to half."""
    found = set()
    for figure in ROWS[row].measure(Bench("smoke")):
        known = before.get(figure.name)
        if known is None or known.ratio is None or figure.ratio is None:
            continue
        worse = known.ratio / figure.ratio if figure.at_most else figure.ratio / known.ratio
        print(f"{row}: {figure.name}: {figure.ratio:.3g}, committed {known.ratio:.3g}", flush=True)
        if worse < NOISE:
            found.add(figure.name)
    return found


if __name__ == "__main__":
    main()
