"""Lists, search and SPARQL over many municipalities."""

from __future__ import annotations

import http.client
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.bench import Bench, in_turn
from tests.benchmarks.figures import Figure, ratio
from tests.benchmarks.generate import PUBLICATION
from tests.benchmarks.load import Answers, Ask, ask
from tests.benchmarks.rows.entity import ours
from tests.benchmarks.servers import Server
from tests.benchmarks.words import place

TITLE = "Lists, search and SPARQL"
BASE = str(PUBLICATION["base_iri"])
SLOWEST = 20.0
"""Milliseconds that 99 of 100 lists and searches may take, with 16 clients."""
_PEERS = Path(__file__).parents[1] / "peers"
_PREFIXES = f"PREFIX schema: <https://schema.org/> PREFIX lod: <{BASE}ns#> "
_QUERIES = (
    "SELECT ?state (COUNT(?one) AS ?n) {{ ?one lod:ags ?ags ; lod:stateKey ?state }} "
    "GROUP BY ?state ORDER BY DESC(?n) LIMIT {0}",
    "SELECT ?name ?persons {{ ?one lod:ags ?ags ; schema:name ?name ; "
    "lod:figure/schema:value ?persons }} ORDER BY DESC(?persons) LIMIT {0}",
    "SELECT ?one ?name {{ ?one lod:districtKey '0{1}00{2}' ; schema:name ?name }}",
    "SELECT ?one ?name {{ ?one lod:ags ?ags ; schema:name ?name "
    "FILTER(CONTAINS(?name, 'berg') && STRENDS(?ags, '{1}{2}')) }}",
    "SELECT ?district (COUNT(*) AS ?n) {{ ?one schema:containedInPlace ?district . "
    "?district a lod:District }} GROUP BY ?district ORDER BY DESC(?n) LIMIT {0}",
)
_SPARQL_NOTE = (
    "Queries that aggregate, sort, filter and join, each with other numbers so that none comes "
    "from a cache, asked one after the other over HTTP; the peer is pyoxigraph in one Python "
    "process on the same store, which writes the same JSON."
)
_CLOSED_NOTE = (
    "16 clients ask without a pause, so that the server is always busy; the figure is the 99th "
    "percentile. “The first time” each page, or word, is asked for once of a server that has not "
    "been asked for it (by a client of ours in Python, on the same processors); “again” every "
    "process has answered it before."
)
_MANY = 2_000
"""How many pages, and words, are asked for."""
_PASSES = 6
"""So often everything is asked for, so that nearly all is known to both processes afterwards."""


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how fast questions about many municipalities are answered."""
    records = bench.pick(1_000, 10_000, 100_000)
    releases = bench.release(records, "municipality")
    size = f"{records:,} municipalities"
    with ours(releases, bench) as server:
        yield _sparql(bench, server, releases, size)
        if bench.mode != "smoke":
            accept = (("Accept", "text/html"),)
            pages = [
                Ask(f"/doc/municipality?page={page}&lang={language}", headers=accept)
                for page in range(1, records // 100 + 1)
                for language in ("de", "en")
            ]
            yield from _latency(bench, server, "list page (HTML)", pages, size)
            names = [place(number).name for number in range(_MANY)]
            words = [Ask(f"/search?{urlencode({'q': name})}", headers=accept) for name in names]
            yield from _latency(bench, server, "search (HTML)", words, size)
            begun = [Ask(f"/search/suggest?{urlencode({'q': name[:5]})}") for name in names]
            yield from _latency(bench, server, "suggestions while typing", begun, size)


def _latency(
    bench: Bench, server: Server, name: str, asks: list[Ask], size: str
) -> Iterator[Figure]:
    """Yield how long answers take the first time, and again."""
    distinct = list(dict.fromkeys(asks))
    random.Random(1).shuffle(distinct)
    distinct = distinct[:_MANY]
    first = ask(server.port, distinct, 0, once=True, timed=True)
    yield _figure(f"{name}, the first time", [first], server, size)
    for _ in range(_PASSES):
        ask(server.port, distinct, 0, once=True)
    found = [ask(server.port, distinct, bench.seconds) for _ in range(bench.rounds)]
    yield _figure(f"{name}, again", found, server, size)


def _figure(name: str, found: list[Answers], server: Server, size: str) -> Figure:
    return Figure(
        f"{name}, 99th percentile",
        "ms",
        statistics.median(one.p99 for one in found) * 1000,
        target=SLOWEST,
        at_most=True,
        memory=sum(server.workers()),
        size=f"{size}; {statistics.median(one.rate for one in found):,.0f}/s",
        rounds=len(found),
        note=_CLOSED_NOTE,
    )


def _sparql(bench: Bench, server: Server, releases: Path, size: str) -> Figure:
    numbers = random.Random(2)
    store = releases / "current" / "store"
    file = bench.scratch("sparql") / "queries"

    def queries() -> list[str]:
        return [
            _PREFIXES + one.format(numbers.randint(5, 5_000), *numbers.choices(range(1, 10), k=2))
            for _ in range(bench.pick(4, 4, 6))
            for one in _QUERIES
        ]

    def embedded() -> float:
        file.write_text("\0".join(queries()), encoding="utf-8")
        command = [sys.executable, str(_PEERS / "embedded.py"), str(store), str(file)]
        return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    _asked(server, queries())
    times, theirs = in_turn(bench.rounds, lambda: _asked(server, queries()), partial(embedded))
    return Figure(
        "SPARQL, a batch of queries",
        "s",
        statistics.median(times),
        ratio(times, theirs, rates=False),
        0.8,
        peer="pyoxigraph in Python",
        theirs=statistics.median(theirs),
        memory=sum(server.workers()),
        size=size,
        rounds=len(times),
        note=_SPARQL_NOTE,
    )


def _asked(server: Server, queries: list[str]) -> float:
    """Return the seconds that queries took, one after the other on one connection."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)) as connection:
        start = time.perf_counter()
        for query in queries:
            connection.request("GET", f"/sparql?{urlencode({'query': query, 'format': 'json'})}")
            answer = connection.getresponse()
            content = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{query}: {answer.status} {content[:500]!r}")
        return time.perf_counter() - start
