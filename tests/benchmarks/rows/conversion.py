"""Records to N-Triples, beside morph-kgc and rdflib that make the same triples."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from lod.iri import Space
from tests.benchmarks.bench import LOD, Bench, in_turn
from tests.benchmarks.figures import Figure, of_runs
from tests.benchmarks.generate import PUBLICATION
from tests.benchmarks.measure import Command, Run, run
from tests.benchmarks.peers import install, morph

TITLE = "Converting records to N-Triples"
SPACE = Space(str(PUBLICATION["base_iri"]))
_RDFLIB = Path(__file__).parents[1] / "peers" / "rdflib_convert.py"
_MORPH_NOTE = (
    "morph-kgc reads a table to which the few columns were added beforehand, unmeasured, that RML "
    "can't compute. `lod convert` also checks each record, and converts the districts and sources "
    "that the municipalities name."
)
_RDFLIB_NOTE = "rdflib builds its graph from the same table by a mapping written by hand."


class DifferentError(RuntimeError):
    """A peer made other triples than we, so that its time says nothing."""


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how records are converted; each peer's triples are the same as ours."""
    records = bench.pick(1_000, 10_000, 100_000)
    data, folder = bench.data(records, "municipality"), bench.scratch("conversion")
    for processes, target in ((1, 3.0), (2, 5.0)):
        python = install.python("morph")
        configuration, made = morph.prepare(data / "municipality.csv", folder, SPACE, processes)
        command: Command = [python, "-m", "morph_kgc", configuration]
        runs = in_turn(
            bench.rounds,
            partial(_ours, bench, data, folder, processes),
            partial(run, command, bench.log("morph")),
        )
        check(folder / "ours.nt", made, folder)
        yield of_runs(
            f"CSV → N-Triples, {processes} process{'es' * (processes > 1)}",
            *runs,
            target=target,
            peer="morph-kgc 2.10",
            size=f"{records:,} municipalities",
            note=_MORPH_NOTE,
        )
    yield from _rdflib(bench, folder)


def _rdflib(bench: Bench, folder: Path) -> Iterator[Figure]:
    records = bench.pick(1_000, 1_000, 10_000)
    data = bench.data(records, "municipality")
    for name, format_, rounds in (("N-Triples", "nt", 3), ("Turtle", "ttl", 1)):
        made = folder / f"rdflib.{format_}"
        command: Command = [
            install.python("reference"),
            _RDFLIB,
            data / "municipality.csv",
            SPACE.base,
        ]
        runs = in_turn(
            min(rounds, bench.rounds),
            partial(_ours, bench, data, folder, 2),
            partial(run, [*command, made, format_], bench.log("rdflib")),
        )
        if format_ == "nt":  # The same graph as Turtle has its numbers in another spelling.
            check(folder / "ours.nt", made, folder)
        yield of_runs(
            f"CSV → N-Triples, rdflib writes {name}",
            *runs,
            target=100.0,
            peer="rdflib 7.6",
            size=f"{records:,} municipalities",
            note=_RDFLIB_NOTE,
        )


def _ours(bench: Bench, data: Path, folder: Path, processes: int) -> Run:
    command: Command = [LOD, "convert", "--data", data, "--out", folder / "ours.nt"]
    environment = {"LOD_PROCESSES": str(processes)}
    return run(command, bench.log("lod-convert"), environment=environment)


def check(ours: Path, theirs: Path, folder: Path) -> None:
    """Compare two files as sets of triples, of ours only what is about municipalities.

    Raises:
        DifferentError: they aren't the same.
    """
    sets = [_sorted(path, folder / f"{path.stem}.sorted") for path in (ours, theirs)]
    found = subprocess.run(["cmp", *sets], capture_output=True, text=True, check=False)
    if found.returncode:
        raise DifferentError(f"{theirs.name}: {found.stdout}")


def _sorted(path: Path, target: Path) -> Path:
    """Write the lines that are about municipalities, each once and in order."""
    start = f"<{SPACE.things}municipality/"
    plain = target.with_suffix(".lines")
    with plain.open("w", encoding="utf-8") as lines:
        for quad in ox.parse(path=str(path)):
            line = str(quad.triple)
            if line.startswith(start):
                lines.write(f"{line.encode('unicode_escape').decode()}\n")
    environment = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    subprocess.run(["sort", "-u", "-o", target, plain], check=True, env=environment)
    return target
