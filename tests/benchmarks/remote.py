"""Stores of their own beside the embedded one: ``python -m tests.benchmarks.remote releases``.

Pushes the active release into Oxigraph's server and into Virtuoso, each started for it: into an
empty store, once more without a change, and once more whole. Then it asks for documents that no
process remembers, from the directory of the release and from each store in turn.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from flask import Flask

from lod.release import Release, current
from lod.remote.connection import Connection
from lod.remote.endpoint import Endpoint
from lod.remote.push import push
from lod.web import create_app
from tests.remote.engines import Engine, oxigraph, virtuoso

KINDS = ("municipality", "project", "organisation")


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def pushes(release: Release, engine: Engine) -> None:
    """Push a release into an empty store, and again."""
    connection = Connection(Endpoint(engine.endpoint, user=engine.user, password=engine.password))

    def once(everything: bool = False) -> None:
        push(release, connection, lambda *step: None, everything)

    for name, work in (
        ("into an empty store", once),
        ("again, nothing changed", once),
        ("again, with --all", lambda: once(everything=True)),
    ):
        print(f"{engine.name:10} push {name:24} {timed(work):7.1f} s")


def documents(apps: dict[str, Flask], number: int) -> None:
    """Ask for documents that are new to each application, alternating between them."""
    edition = next(iter(apps.values())).config["CURRENT"].edition()
    references = [
        entry.reference for kind in KINDS for entry in edition.store.resources(kind, 0, number)
    ]
    for extension in (".ttl", ".html"):
        taken: dict[str, list[float]] = {name: [] for name in apps}
        for reference in references:
            for name, app in apps.items():
                client = app.test_client()
                path = f"/doc/{reference}{extension}"
                taken[name].append(timed(lambda c=client, p=path: c.get(p)))  # type: ignore[misc]
        embedded = statistics.median(taken["embedded"])
        for name, found in taken.items():
            median, slow = statistics.median(found), statistics.quantiles(found, n=20)[-1]
            print(
                f"{name:10} {extension:5} median {median * 1000:6.1f} ms, "
                f"95 % {slow * 1000:6.1f} ms, {median / embedded:4.1f} times the embedded"
            )


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("releases", type=Path)
    parser.add_argument("--documents", type=int, default=60, help="of each kind")
    given = parser.parse_args()
    release = current(given.releases)
    with ExitStack() as stack:
        apps = {"embedded": create_app(given.releases)}
        for start in (oxigraph, virtuoso):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            engine = stack.enter_context(start(folder))
            pushes(release, engine)
            endpoint = Endpoint(engine.endpoint, user=engine.user, password=engine.password)
            apps[engine.name] = create_app(given.releases, endpoint=endpoint)
        documents(apps, given.documents)


if __name__ == "__main__":
    main()
