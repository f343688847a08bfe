"""Documents about resources, beside a Flask view that returns a constant of the same size."""

from __future__ import annotations

import csv
import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.bench import LOD, Bench, in_turn
from tests.benchmarks.figures import Figure, of_answers
from tests.benchmarks.load import Answers, Ask, ask
from tests.benchmarks.servers import Server, serving

TITLE = "Documents: warm, the first time, unchanged"
WORKERS = 2
WARM = 100
"""How many documents are asked for again and again."""
FORMATS = {"Turtle": "text/turtle", "JSON-LD": "application/ld+json", "HTML": "text/html"}
_CONSTANT = Path(__file__).parents[1] / "peers" / "constant.py"
_NOTE = (
    "The constant view is Flask returning bytes of the same size, served by the same granian with "
    "as many workers and threads; both are asked in turn in the same run."
)


@dataclass(frozen=True)
class Race:
    """Our documents and the constants that they are held against.

    Attributes:
        bench: how much is measured.
        peer: serves the constants.
        size: of the release, in words.
    """

    bench: Bench
    peer: Server
    size: str

    def figure(
        self, name: str, target: float, runs: tuple[list[Answers], ...], server: Server | None
    ) -> Figure:
        """Return what came of our answers and the peer's."""
        return of_answers(
            name,
            *runs,
            target=target,
            peer="constant view",
            memory=sum(server.workers()) if server else None,
            their_memory=sum(self.peer.workers()),
            size=self.size,
            note=_NOTE,
        )

    def warm(
        self, server: Server, name: str, target: float, asks: Sequence[Ask], constant: str
    ) -> Figure:
        """Ask for what was asked for before."""
        status = 304 if any("If-None-Match" in dict(one.headers) for one in asks) else 200
        constants = [Ask(constant, asks[0].method)]
        # Every process has every document afterwards, however long the first takes.
        ask(server.port, asks, 0, status, once=True)
        ask(server.port, asks, 1, status)
        ask(self.peer.port, constants, 1)
        runs = in_turn(
            self.bench.rounds,
            lambda: ask(server.port, asks, self.bench.seconds, status),
            lambda: ask(self.peer.port, constants, self.bench.seconds),
        )
        return self.figure(name, target, runs, server)

    def cold(self, releases: Path, name: str, asks: Sequence[Ask], constant: str) -> Figure:
        """Ask for each document once, of a server that has just been started."""
        with ExitStack() as stack:

            def first() -> Answers:
                stack.close()
                server = stack.enter_context(ours(releases, self.bench))
                # What is loaded once in a process isn't what a document costs.
                warming = [Ask("/doc/topic/roles", headers=asks[0].headers)] * 64
                ask(server.port, warming, 0, once=True)
                return ask(server.port, asks, 0, once=True)

            runs = in_turn(
                min(3, self.bench.rounds),
                first,
                lambda: ask(self.peer.port, [Ask(constant)], self.bench.seconds),
            )
        return self.figure(f"{name}, the first time", 0.35, runs, None)


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how documents are answered."""
    records = bench.pick(1_000, 10_000, 50_000)
    releases, paths = bench.release(records), documents(bench.data(records))
    once, warm = paths[: bench.pick(300, 600, 4_000)], paths[-WARM:]
    formats = {n: FORMATS[n] for n in bench.pick(("Turtle", "HTML"), (*FORMATS,), (*FORMATS,))}
    asks = {
        name: [Ask(path, headers=(("Accept", type_),)) for path in warm]
        for name, type_ in formats.items()
    }
    with ours(releases, bench) as server:
        sizes = {name: _size(server, asks[name]) for name in formats}
    with constant([*sizes.values()], bench) as peer:
        race = Race(bench, peer, f"{records:,} records")
        constants = {name: f"/constant/{number}" for number, name in enumerate(formats)}
        for name, type_ in formats.items():
            asked = [Ask(path, headers=(("Accept", type_),)) for path in once]
            yield race.cold(releases, name, asked, constants[name])
        with ours(releases, bench) as server:
            for name in formats:
                yield race.warm(server, f"{name}, warm", 0.9, asks[name], constants[name])
            constant_ = constants["Turtle"]
            known = [_known(server, one) for one in asks["Turtle"]]
            yield race.warm(server, "not modified (304)", 1.0, known, constant_)
            heads = [Ask(one.path, "HEAD", one.headers) for one in asks["Turtle"]]
            yield race.warm(server, "HEAD", 1.0, heads, constant_)


def ours(releases: Path, bench: Bench, workers: int = WORKERS) -> AbstractContextManager[Server]:
    """Start our server."""
    return serving(
        lambda port: [
            *(LOD, "serve", "--releases", releases),
            *("--port", str(port), "--workers", str(workers)),
        ],
        bench.log("lod-serve"),
        "/health",
    )


def constant(sizes: Sequence[int], bench: Bench) -> AbstractContextManager[Server]:
    """Start the server of constants."""
    return serving(
        lambda port: [sys.executable, _CONSTANT, str(port), str(WORKERS), *map(str, sizes)],
        bench.log("constant"),
        "/constant/0",
    )


def documents(data: Path) -> list[str]:
    """Return the paths of documents about municipalities and projects, mixed."""
    with (data / "municipality.csv").open(encoding="utf-8") as table:
        places = [f"/doc/municipality/{row['slug']}" for row in csv.DictReader(table)]
    with (data / "project.jsonl").open(encoding="utf-8") as lines:
        projects = [f"/doc/project/{json.loads(line)['slug']}" for line in lines]
    step = max(1, len(places) // len(projects))
    return [
        path for n, one in enumerate(projects) for path in (*places[n * step : n * step + 2], one)
    ]


def _size(server: Server, asks: Sequence[Ask]) -> int:
    """Return how many bytes a document has, on average."""
    found = [server.get(one.path, dict(one.headers)) for one in asks]
    return round(statistics.mean(len(content) for _, _, content in found))


def _known(server: Server, one: Ask) -> Ask:
    """Return the request of a client that has the document already."""
    _, headers, _ = server.get(one.path, dict(one.headers))
    return Ask(one.path, headers=(*one.headers, ("If-None-Match", headers["etag"])))
