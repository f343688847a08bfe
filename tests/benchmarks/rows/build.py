"""A whole build, beside the peers' parts of it together, and beside the floor."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from lod.iri import Space
from lod.validation import load_shapes
from tests.benchmarks.bench import SHAPES, Bench, in_turn
from tests.benchmarks.figures import Figure, of_runs
from tests.benchmarks.generate import PUBLICATION
from tests.benchmarks.measure import Command, Run, run
from tests.benchmarks.peers import install, morph

TITLE = "Building a release"
SPACE = Space(str(PUBLICATION["base_iri"]))
BOUND = 900.0
"""Seconds that each peer may take; the largest size that all of them finish counts."""
_PEERS = Path(__file__).parents[1] / "peers"
_SUM_NOTE = (
    "The peers' figure is the sum of morph-kgc (CSV → N-Triples), pyshacl (validation) and rdflib "
    "(reading the N-Triples, writing Turtle, JSON-LD and RDF/XML). `lod build` also packs "
    "the dumps and writes the store, the indexes, the catalog and the manifest."
)
_FLOOR_NOTE = (
    "The floor is pyoxigraph reading the same triples as N-Triples and writing them again; the "
    "ratio is how many times as long a build takes."
)


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how long a build takes."""
    if bench.mode != "smoke":
        yield _beside_peers(bench)
    yield _above_floor(bench)


def build(bench: Bench, data: Path, out: Path) -> Run:
    """Build into an empty directory."""
    subprocess.run(["rm", "-rf", out], check=True)
    return run(bench.build(data, out), bench.log("lod-build"))


def _beside_peers(bench: Bench) -> Figure:
    sizes = bench.pick((300,), (1_000,), (10_000, 3_000, 1_000))
    for records in sizes:
        try:
            return _peers(bench, records)
        except subprocess.TimeoutExpired as late:
            print(f"build: {records:,} municipalities: {late}", flush=True)
    raise RuntimeError(f"the peers finished none of {sizes}")


def _peers(bench: Bench, records: int) -> Figure:
    data, folder = bench.data(records, "municipality"), bench.scratch("build")
    runs = in_turn(
        1,
        partial(_together, bench, data, folder),
        partial(build, bench, data, folder / "releases"),
    )
    return of_runs(
        "lod build",
        *reversed(runs),
        target=20.0,
        peer="morph-kgc + pyshacl + rdflib",
        size=f"{records:,} municipalities",
        note=_SUM_NOTE,
    )


def _together(bench: Bench, data: Path, folder: Path) -> Run:
    """Run the peers one after the other, and add up what they took."""
    configuration, made = morph.prepare(data / "municipality.csv", folder, SPACE, 2)
    shapes = folder / "shapes.nt"
    load_shapes(SHAPES, SPACE).serialize(shapes, format="nt", encoding="utf-8")
    commands: list[Command] = [
        [install.python("morph"), "-m", "morph_kgc", configuration],
        [
            install.python("reference"),
            _PEERS / "rdflib_write.py",
            made,
            folder,
            "turtle",
            "json-ld",
            "xml",
        ],
        [install.python("pyshacl"), _PEERS / "pyshacl_validate.py", made, shapes],
    ]
    runs = [run(command, bench.log("peers"), timeout=BOUND) for command in commands]
    return Run(sum(one.seconds for one in runs), max(one.memory for one in runs), "")


def _above_floor(bench: Bench) -> Figure:
    records = bench.pick(1_000, 10_000, 50_000)
    data, folder = bench.data(records), bench.scratch("floor")
    command: Command = [
        sys.executable,
        _PEERS / "floor.py",
        bench.dump(records),
        folder / "floor.nt",
    ]
    builds, floors = in_turn(
        bench.pick(2, 2, 3),
        partial(build, bench, data, folder / "releases"),
        partial(run, command, bench.log("floor")),
    )
    figure = of_runs(
        "lod build, times the floor",
        builds,
        floors,
        target=8.0,
        at_most=True,
        peer="pyoxigraph, N-Triples → N-Triples",
        size=f"{records:,} records",
        note=_FLOOR_NOTE,
    )
    return figure.turned()
