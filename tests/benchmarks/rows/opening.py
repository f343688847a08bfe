"""Opening a large release, and the first answer from it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.bench import ROOT, Bench
from tests.benchmarks.figures import Figure
from tests.benchmarks.rows.entity import documents, ours

TITLE = "Opening a release"
MEBIBYTES = 150
_OPEN_NOTE = (
    "“Open” is what a running process does when a release is activated: the store, the indexes, "
    "and the first document as a page, with nothing rendered before."
)
_NOTE = (
    "From the start of `lod serve`, with its interpreter, its two processes and the check of every "
    "checksum, to the first document. The memory is of one worker after that first answer."
)


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how long it takes from the start to the first document, and what a worker holds."""
    records = bench.pick(1_000, 10_000, 50_000)
    releases, path = bench.release(records), documents(bench.data(records))[0]
    started, resident = [], []
    for _ in range(bench.rounds):
        with ours(releases, bench) as server:
            start = time.perf_counter()
            server.get(path, {"Accept": "text/html"})
            started.append(server.started + time.perf_counter() - start)
            resident.append(max(server.descendants()))
    size = f"{records:,} records"
    opened = [_opened(releases, path) for _ in range(bench.rounds)]
    yield Figure(
        "open and first page",
        "s",
        statistics.median(opened),
        target=1.0,
        at_most=True,
        size=size,
        rounds=bench.rounds,
        note=_OPEN_NOTE,
    )
    yield Figure(
        "start and first page",
        "s",
        statistics.median(started),
        target=1.0,
        at_most=True,
        size=size,
        rounds=bench.rounds,
        note=_NOTE,
    )
    yield Figure(
        "resident in a worker",
        "MiB",
        statistics.median(resident) / 2**20,
        target=MEBIBYTES,
        at_most=True,
        size=size,
        rounds=bench.rounds,
        note=_NOTE,
    )


def _opened(releases: Path, path: str) -> float:
    """Return the seconds from opening to the first answer, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.peers.first", str(releases), path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[0])
