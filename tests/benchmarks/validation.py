"""How fast a graph is validated, beside plain pyshacl and the bare engine on the same graph.

Run with ``python -m tests.benchmarks.validation``; ``--records`` says how many municipalities,
``--pyshacl`` up to how many pyshacl is asked too (it takes minutes for a million triples). Each
figure is of a process of its own, which has read the graph into what its contender takes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import rdflib
import shacl
from rdflib.namespace import SH

from lod.iri import Space
from lod.mapping import Mapper
from lod.records import load
from lod.records.municipality import Municipality
from lod.validation import load_shapes, validate, validate_partitions
from lod.validation.graphs import rdflib_graph
from lod.validation.processes import MOST
from tests.conftest import ROOT

SPACE = Space("https://lod.example.org/")
SHAPES = ROOT / "shapes"
PARTITION = 5_000
"""Records of a partition."""
FAULTY = 0.001
"""The share of municipalities whose district is that of another."""
Verdict = set[tuple[str, str]]
"""Focus nodes, and the constraint that each breaks."""


def graph(records: int) -> Iterator[list[ox.Triple]]:
    """Yield the triples of each record: the real ones, and as many municipalities as it takes."""
    chance = random.Random(1)
    known = load(ROOT / "data")
    mapper = Mapper(SPACE)
    towns = [record for record in known if isinstance(record, Municipality)]
    districts = [town.district for town in towns if town.district]
    yield from (list(mapper.record(record)) for record in known)
    for number in range(records - len(towns)):
        town = chance.choice(towns)
        changes: dict[str, Any] = {"slug": f"{town.slug}-{number}", "former_names": ()}
        if chance.random() < FAULTY:
            changes["district"] = chance.choice(districts)
        yield list(mapper.record(town.model_copy(update=changes)))


def written(records: int, folder: Path) -> tuple[Path, int]:
    """Write the graph as one file and as partitions; return the file and the number of triples."""
    whole, size, part = folder / "whole.nt", 0, b""
    with whole.open("wb") as file:
        for number, triples in enumerate(graph(records), start=1):
            part += ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            size += len(triples)
            if number % PARTITION == 0:
                part = _flush(part, file, folder, number)
        _flush(part, file, folder, number + 1)
    return whole, size


def _flush(part: bytes, file: Any, folder: Path, number: int) -> bytes:
    file.write(part)
    (folder / f"part-{number:09}.nt").write_bytes(part)
    return b""


def now() -> tuple[float, float]:
    """Return the time, and that of the processors, of processes that have ended too."""
    used = os.times()
    return time.perf_counter(), used.user + used.system + used.children_user + used.children_system


def since(started: tuple[float, float]) -> tuple[float, float]:
    seconds, processors = now()
    return seconds - started[0], processors - started[1]


def by_pyshacl(whole: Path) -> tuple[float, float, Verdict]:
    shapes = load_shapes(SHAPES, SPACE)
    data = rdflib_graph(quad.triple for quad in ox.parse(path=str(whole)))
    started = now()
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph() + shapes, inplace=True)
    taken = since(started)
    return *taken, {
        (str(report.value(one, SH.focusNode)), str(report.value(one, SH.sourceConstraintComponent)))
        for one in report.objects(None, SH.result)
    }


def by_the_bare_engine(whole: Path) -> tuple[float, float, Verdict]:
    shapes = load_shapes(SHAPES, SPACE).serialize(format="nt")
    started = now()
    report = shacl.Shapes.from_text(shapes, "ntriples").validate_file(str(whole))
    taken = since(started)
    return *taken, {(one.focus_node[1:-1], one.component_iri) for one in report.results}


def by_us(whole: Path) -> tuple[float, float, Verdict]:
    shapes = load_shapes(SHAPES, SPACE)
    triples = [quad.triple for quad in ox.parse(path=str(whole))]
    started = now()
    found = validate(triples, shapes)
    taken = since(started)
    return *taken, {(one.focus, one.constraint) for one in found}


def by_us_in_parts(whole: Path) -> tuple[float, float, Verdict]:
    shapes = load_shapes(SHAPES, SPACE)
    files = sorted(whole.parent.glob("part-*.nt"))
    started = now()
    found = validate_partitions(files, shapes)
    taken = since(started)
    return *taken, {(one.focus, one.constraint) for one in found}


CONTENDERS: dict[str, Callable[[Path], tuple[float, float, Verdict]]] = {
    "pyshacl": by_pyshacl,
    "bare engine": by_the_bare_engine,
    "validate": by_us,
    "validate_partitions": by_us_in_parts,
}


def measured(name: str, whole: Path) -> tuple[float, float, float, Verdict]:
    """Return the seconds, those of the processors, the peak memory in MiB, and the verdict."""
    seconds, processors, verdict = CONTENDERS[name](whole)
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return seconds, processors, own + min(os.cpu_count() or 1, MOST) * children, verdict


def compare(records: int, rounds: int, with_pyshacl: bool) -> dict[str, Any]:
    """Return the figures of all contenders at one size."""
    with tempfile.TemporaryDirectory() as folder:
        whole, triples = written(records, Path(folder))
        figures: dict[str, Any] = {"records": records, "triples": triples}
        verdicts = []
        for name in CONTENDERS if with_pyshacl else list(CONTENDERS)[1:]:
            runs = []
            for _ in range(1 if name == "pyshacl" else rounds):
                # Not a daemon, which couldn't have processes of its own.
                with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
                    runs.append(process.submit(measured, name, whole).result())
            verdicts.append(runs[0][3])
            figures[name] = {
                "seconds": round(statistics.median(run[0] for run in runs), 3),
                "processor seconds": round(statistics.median(run[1] for run in runs), 3),
                "MiB": round(max(run[2] for run in runs)),
            }
    figures["findings"] = len(verdicts[0])
    figures["same verdicts"] = all(verdict == verdicts[0] for verdict in verdicts)
    return figures


def table(sizes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a table; the ratios are of processor time."""
    yield "| triples | what | seconds | processor | of the bare engine | of pyshacl | MiB |"
    yield "| ---: | --- | ---: | ---: | ---: | ---: | ---: |"
    for size in sizes:
        for name in CONTENDERS:
            if name in size:
                cells = [str(size["triples"]), name, f"{size[name]['seconds']:.2f}"]
                used = size[name]["processor seconds"]
                cells += [f"{used:.2f}", *_ratios(size, used), str(size[name]["MiB"])]
                yield f"| {' | '.join(cells)} |"


def _ratios(size: dict[str, Any], used: float) -> Iterator[str]:
    for peer in ("bare engine", "pyshacl"):
        yield f"{size[peer]['processor seconds'] / used:.2f}" if peer in size else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[11_000, 45_000])
    parser.add_argument("--pyshacl", type=int, default=11_000, help="up to how many records")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    sizes = [compare(one, options.rounds, one <= options.pyshacl) for one in options.records]
    print("\n".join(table(sizes)))
    print(json.dumps(sizes, indent=2))


if __name__ == "__main__":
    main()
