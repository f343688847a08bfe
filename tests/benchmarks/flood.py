"""How a flood of heavy queries slows pages: ``python -m tests.benchmarks.flood RELEASES``.

The server runs with its defaults on loopback. Pages of entities are asked for in turn with and
without a flood, in the same run and alternating, so that whatever else the machine does meets both.
The pages are asked with different languages and entities, so that most aren't in the cache.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

HEAVY = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?a)) + STRLEN(STR(?d)) = 1) }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "SELECT ?p (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "SELECT * { ?s ?p ?o }",
)
CODE = (
    "import sys; from pathlib import Path; from lod.web.serve import serve; "
    "serve(Path(sys.argv[1]), '127.0.0.1', int(sys.argv[2]), 2)"
)
FLOODERS = 16
READERS = 2
MOST_PAGES = 20_000


def main() -> None:
    """Measure, and print a line for each round and the ratio of the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("releases", type=Path)
    parser.add_argument("--seconds", type=float, default=6, help="of each half of a round")
    parser.add_argument("--rounds", type=int, default=4)
    given = parser.parse_args()
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-c", CODE, str(given.releases), str(port)],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        _rounds(port, given.seconds, given.rounds)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            _get(port, "/health", {})
        except OSError:
            time.sleep(0.1)
        else:
            return


def _rounds(port: int, seconds: float, rounds: int) -> None:
    paths = _paths(port)
    calm: list[float] = []
    flooded: list[float] = []
    rates = {False: [0.0], True: [0.0]}
    _pages(port, paths, 2)  # To warm up.
    for number in range(rounds):
        for flood in (False, True):
            stop, answers, threads = threading.Event(), Counter[int](), []
            if flood:
                threads = [
                    threading.Thread(target=_flood, args=(port, n, stop, answers))
                    for n in range(FLOODERS)
                ]
                for thread in threads:
                    thread.start()
                time.sleep(1)
            times = _pages(port, paths, seconds)
            stop.set()
            for thread in threads:
                thread.join()
            (flooded if flood else calm).extend(times)
            rates[flood].append(len(times) / seconds)
            print(
                f"round {number + 1} {'flood' if flood else 'calm '} "
                f"{len(times) / seconds:7.0f} pages/s  median {_ms(times, 50)} ms  "
                f"p95 {_ms(times, 95)} ms  p99 {_ms(times, 99)} ms  queries {dict(answers)}",
                flush=True,
            )
    print(
        f"throughput with flood / without: {sum(rates[True]) / sum(rates[False]):.2f}; "
        f"latency, flood / calm: median {_ms(flooded, 50) / _ms(calm, 50):.2f}, "
        f"p95 {_ms(flooded, 95) / _ms(calm, 95):.2f}, "
        f"mean {statistics.mean(flooded) / statistics.mean(calm):.2f}"
    )


def _ms(times: list[float], percent: int) -> float:
    return round(statistics.quantiles(times, n=100)[percent - 1] * 1000, 2)


def _get(port: int, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read()


def _paths(port: int) -> list[str]:
    """Return the paths of many municipalities' pages."""
    found: list[str] = []
    for page in range(1, 61):
        _, body = _get(port, f"/doc/municipality.nt?page={page}", {})
        subjects = {line.split(" ", 1)[0].strip("<>") for line in body.decode().splitlines()}
        found += sorted(f"/doc/{iri.partition('/id/')[2]}" for iri in subjects if "/id/" in iri)
    return found


def _pages(port: int, paths: list[str], seconds: float) -> list[float]:
    """Return how long each page took that could be had in some seconds."""
    times: list[float] = []
    until = time.monotonic() + seconds
    turns = itertools.cycle([(path, lang) for path in paths for lang in ("de", "en")])
    lock = threading.Lock()

    def read() -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            while time.monotonic() < until and len(times) < MOST_PAGES:
                with lock:
                    path, lang = next(turns)
                start = time.perf_counter()
                connection.request("GET", f"{path}?lang={lang}", headers={"Accept": "text/html"})
                response = connection.getresponse()
                response.read()
                assert response.status == 200, path
                times.append(time.perf_counter() - start)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return times


def _flood(port: int, number: int, stop: threading.Event, answers: Counter[int]) -> None:
    """Ask heavy queries until told to stop; who is refused comes again a little later."""
    while not stop.is_set():
        query = urlencode({"query": HEAVY[number % len(HEAVY)], "format": "csv"})
        try:
            status, _ = _get(port, f"/sparql?{query}", {})
        except OSError:
            status = 0
        answers[status] += 1
        if status == 503:
            stop.wait(0.2)  # Less than Retry-After asks for: a rude client.


if __name__ == "__main__":
    main()
