"""A build after one record was changed, beside a full build of the same records."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, of_runs
from tests.benchmarks.measure import Run, run
from tests.benchmarks.rows.build import build

TITLE = "Rebuilding after a change"
_NOTE = (
    "One municipality's population is changed each time. The release is the same as that of a full "
    "build into an empty directory, file by file; the ratio is of the full build's time."
)


class DifferentError(RuntimeError):
    """A rebuild made another release than a full build."""


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how long a rebuild takes."""
    records = bench.pick(1_000, 10_000, 100_000)
    folder = bench.scratch("rebuild")
    data, again = folder / "data", folder / "again"
    shutil.copytree(bench.data(records), data)
    build(bench, data, again)
    rebuilds: list[Run] = []
    builds: list[Run] = []
    for number in range(bench.pick(1, 2, 2)):
        _change(data / "municipality.csv", number)
        rebuilds.append(run(bench.build(data, again), bench.log("lod-rebuild")))
        builds.append(build(bench, data, folder / "whole"))
        if _files(again) != _files(folder / "whole"):
            raise DifferentError(f"{again} and {folder / 'whole'} differ")
    yield of_runs(
        "lod build after a change",
        rebuilds,
        builds,
        target=10.0,
        peer="full build",
        size=f"{records:,} records",
        note=_NOTE,
    )


def _change(table: Path, number: int) -> None:
    """Change the population of a municipality in the middle of the table."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = rows[len(rows) // 2 + number]
    row["population"] = str(int(row["population"] or 0) + 1)
    with table.open("w", encoding="utf-8", newline="") as file:
        changed = csv.DictWriter(file, list(rows[0]))
        changed.writeheader()
        changed.writerows(rows)


def _files(releases: Path) -> tuple[str, object]:
    """Return the version of the active release and the checksums of what it publishes."""
    release = (releases / "current").resolve()
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    return release.name, manifest["files"]
