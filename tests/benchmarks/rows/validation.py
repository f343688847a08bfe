"""Validation against our shapes, beside pyshacl, with the same verdicts."""

from __future__ import annotations

import json
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
from tests.benchmarks.peers import install

TITLE = "Validating against the shapes"
SPACE = Space(str(PUBLICATION["base_iri"]))
FAULTY = 500
"""One of so many municipalities has a key that fits neither its pattern nor its district."""
_PEERS = Path(__file__).parents[1] / "peers"
_NOTE = (
    "Each is a process of its own that reads the same N-Triples and the same shapes and prints "
    "what it found, with a few faults put in; the verdicts are compared, and are the same."
)


class DifferentError(RuntimeError):
    """A peer found other faults than we, so that its time says nothing."""


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how fast a graph is validated."""
    yield beside(bench, "pyshacl", bench.pick(300, 1_000, 50_000), 40.0)


def beside(bench: Bench, peer: str, records: int, target: float) -> Figure:
    """Return how fast so many records are validated, beside a peer."""
    folder = bench.scratch("validation")
    shapes = folder / "shapes.nt"
    load_shapes(SHAPES, SPACE).serialize(shapes, format="nt", encoding="utf-8")
    data = _faulty(bench.dump(records), folder / f"data-{records}.nt")
    python = sys.executable if bench.mode == "smoke" else install.python(peer)
    theirs: Command = [python, _PEERS / f"{peer}_validate.py", data, shapes]
    ours: Command = [sys.executable, _PEERS / "ours_validate.py", data, SHAPES, SPACE.base]
    runs = in_turn(
        1 if bench.mode == "full" and peer == "pyshacl" else bench.rounds,
        partial(run, ours, bench.log("lod-validate")),
        partial(run, theirs, bench.log(peer)),
    )
    found, expected = (_verdict(of[-1]) for of in runs)
    if found != expected or not found:
        raise DifferentError(f"{peer}: {sorted(found ^ expected)[:5]} of {len(expected)}")
    with data.open("rb") as lines:
        triples = sum(1 for _ in lines)
    return of_runs(
        "validate",
        *runs,
        target=target,
        peer=" ".join(install.REQUIREMENTS[peer][0 if peer == "engine" else 1].split("==")),
        size=f"{triples:,} triples",
        note=_NOTE,
    )


def _faulty(dump: Path, target: Path) -> Path:
    """Copy a dump, and put some faults in."""
    key, number = f"<{SPACE.ns}ags> ", 0
    with dump.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as copy:
        for line in lines:
            if key in line:
                number += 1
                if number % FAULTY == 1:
                    line = line.replace('"', '"99', 1)  # noqa: PLW2901
            copy.write(line)
    return target


def _verdict(run: Run) -> set[tuple[str, str]]:
    return {(focus, constraint) for focus, constraint in json.loads(run.output.splitlines()[-1])}
