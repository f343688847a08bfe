"""Documents beside two other servers of linked data: Trifid, and Oxigraph by DESCRIBE."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.bench import Bench, in_turn
from tests.benchmarks.figures import Figure, of_answers
from tests.benchmarks.generate import PUBLICATION
from tests.benchmarks.load import Ask, ask
from tests.benchmarks.peers import install
from tests.benchmarks.rows.entity import FORMATS, WARM, ours
from tests.benchmarks.servers import Server, serving

TITLE = "Documents beside other servers"
RECORDS = 1_000
BASE = str(PUBLICATION["base_iri"])
_LONG = 5
"""Seconds that a slow peer is asked at least, so that it answers often enough."""
_CONFIGURATION = """\
server:
  logLevel: error
  listener:
    host: 127.0.0.1
globals:
  datasetBaseUrl: {base}
  endpoints:
    default:
      url: /query
plugins:
  entity-renderer:
    module: "@zazuko/trifid-entity-renderer"
  fetch-handler:
    module: trifid-handler-fetch
    paths: /query
    config:
      url: file:all.ttl
      contentType: text/turtle
      baseIRI: {base}
      graphName: {base}graph
      unionDefaultGraph: true
"""
_TRIFID_NOTE = (
    "Trifid 5.3 (Node) has our Turtle dump in its own store in memory; its page is smaller than "
    "ours. Ours runs two processes, as by default."
)
_OXIGRAPH_NOTE = (
    "Oxigraph's server (Rust) answers `DESCRIBE <…>` in Turtle: no negotiation, no parts of the "
    "resource, no links; ours are answers to the same question as documents, warm. No target: the "
    "figure is given to be honest."
)


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how documents are answered by others."""
    releases = bench.release(RECORDS, "municipality")
    turtle = next((releases / "current" / "dumps").glob("all.ttl"))
    slugs = _slugs(bench.data(RECORDS, "municipality"))[: 4 * WARM : 4]
    with ours(releases, bench) as server:
        with _trifid(turtle, bench) as peer:
            for name, target in (("Turtle", 60.0), ("HTML", 80.0)):
                yield _beside(bench, server, peer, slugs, name, target)
        with _oxigraph(turtle, bench) as peer:
            accept = (("Accept", "text/turtle"),)
            queries = [f"DESCRIBE <{BASE}id/municipality/{slug}>" for slug in slugs]
            theirs = [Ask(f"/query?{urlencode({'query': q})}", headers=accept) for q in queries]
            yield _figure(bench, server, peer, slugs, "Turtle", theirs, "Oxigraph 0.5 DESCRIBE")


def _beside(
    bench: Bench, server: Server, peer: Server, slugs: list[str], *which: str | float
) -> Figure:
    name, target = str(which[0]), float(which[1])
    accept = (("Accept", FORMATS[name]),)
    theirs = [Ask(f"/id/municipality/{slug}", headers=accept) for slug in slugs]
    return _figure(bench, server, peer, slugs, name, theirs, "Trifid 5.3", target)


def _figure(  # noqa: PLR0917 (a server, what it is asked, and what for)
    bench: Bench,
    server: Server,
    peer: Server,
    slugs: list[str],
    name: str,
    theirs: list[Ask],
    who: str,
    target: float | None = None,
) -> Figure:
    accept = (("Accept", FORMATS[name]),)
    asks = [Ask(f"/doc/municipality/{slug}", headers=accept) for slug in slugs]
    seconds = max(_LONG, bench.seconds)
    ask(server.port, asks, 1)
    ask(peer.port, theirs, seconds)
    runs = in_turn(
        bench.rounds,
        lambda: ask(server.port, asks, bench.seconds),
        lambda: ask(peer.port, theirs, seconds),
    )
    return of_answers(
        f"{name}, warm",
        *runs,
        target=target,
        peer=who,
        memory=sum(server.workers()),
        their_memory=sum(peer.workers()),
        size=f"{RECORDS:,} municipalities",
        note=_OXIGRAPH_NOTE if target is None else _TRIFID_NOTE,
    )


def _slugs(data: Path) -> list[str]:
    rows = (data / "municipality.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [row.partition(",")[0] for row in rows if row[:1].isalpha()]


def _trifid(turtle: Path, bench: Bench) -> AbstractContextManager[Server]:
    folder = install.trifid()
    configuration = folder / "config.yaml"
    configuration.write_text(_CONFIGURATION.format(base=BASE), encoding="utf-8")
    shutil.copyfile(turtle, folder / "all.ttl")
    program = folder / "node_modules" / "trifid" / "server.js"
    return serving(
        lambda port: ["node", program, "-c", configuration, "-p", str(port)],
        bench.log("trifid"),
        "/query?query=ASK%7B%7D",
        folder,
    )


def _oxigraph(turtle: Path, bench: Bench) -> AbstractContextManager[Server]:
    program = install.python("oxigraph").with_name("oxigraph")
    store = bench.scratch("oxigraph") / "store"
    shutil.rmtree(store, ignore_errors=True)
    load = [program, "load", "--location", store, "--file", turtle.resolve()]
    subprocess.run([str(word) for word in load], check=True, capture_output=True)
    return serving(
        lambda port: [
            *(program, "serve-read-only", "--location", store),
            *("--bind", f"127.0.0.1:{port}"),
        ],
        bench.log("oxigraph"),
        "/query?query=ASK%7B%7D",
    )
