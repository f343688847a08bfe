"""Whether time and memory of a build grow no faster than the records."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure
from tests.benchmarks.rows.build import build

TITLE = "Growth"
GIBIBYTES = 2 * 2**30
_NOTE = "The peer is the build of fewer records; the ratio is of the time for one record."
_MEMORY_NOTE = "The ratio is of the peak memory of all processes together, as the system counts it."


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield time and memory of builds of ever more records."""
    sizes = bench.pick((1_000, 2_000), (1_000, 10_000), (10_000, 100_000, 1_000_000))
    runs = {}
    for records in sizes:
        data, folder = bench.data(records), bench.scratch("growth")
        runs[records] = build(bench, data, folder / "releases")
    largest, whole = sizes[-1], bench.mode == "full"
    for records in sizes[:-1]:
        more, fewer = runs[largest].seconds / largest, runs[records].seconds / records
        yield Figure(
            "lod build, milliseconds for a record",
            "ms",
            more * 1000,
            more / fewer,
            1.15 if whole and records == sizes[0] else None,
            at_most=True,
            peer=f"{records:,} records",
            theirs=fewer * 1000,
            memory=runs[largest].memory,
            their_memory=runs[records].memory,
            size=f"{largest:,} records",
            note=_NOTE,
        )
    for fewer_, more_ in pairwise(sizes):
        yield Figure(
            "lod build, peak memory",
            "MiB",
            runs[more_].memory / 2**20,
            runs[more_].memory / runs[fewer_].memory,
            1.5 if whole and more_ == largest else None,
            at_most=True,
            peer=f"{fewer_:,} records",
            theirs=runs[fewer_].memory / 2**20,
            size=f"{more_:,} records",
            note=_MEMORY_NOTE,
        )
    yield Figure(
        "lod build, peak memory in all",
        "MiB",
        runs[largest].memory / 2**20,
        target=GIBIBYTES / 2**20,
        at_most=True,
        size=f"{largest:,} records",
    )
