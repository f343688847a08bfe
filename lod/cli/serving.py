"""Commands that read a release: serve and query."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import cast

import click
import pyoxigraph as ox

from lod import release as releases_
from lod.cli.options import (
    ENDPOINT,
    LANGUAGE,
    RELEASES,
    THEME,
    USER,
    default_shapes,
    endpoint_of,
)
from lod.cli.table import as_table
from lod.cli.watching import rebuilt
from lod.errors import LodError
from lod.formats import TURTLE, ordered
from lod.records import Language
from lod.sparql.mistakes import explained
from lod.sparql.pool import Limits
from lod.sparql.syntax import federated
from lod.store import Store

MEGABYTE = 1024 * 1024


@click.command()
@RELEASES
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="The number of processes.",
)
@click.option(
    "--query-seconds",
    type=click.FloatRange(0.1, 3600),
    default=Limits.seconds,
    show_default=True,
    help="Seconds that a SPARQL query may take.",
)
@click.option(
    "--query-memory",
    type=click.IntRange(16, 1 << 20),
    default=Limits.memory // MEGABYTE,
    show_default=True,
    help="Megabytes of memory that a SPARQL query may take.",
)
@click.option(
    "--query-size",
    type=click.IntRange(1, 1 << 20),
    default=Limits.size // MEGABYTE,
    show_default=True,
    help="Megabytes that the result of a SPARQL query may have.",
)
@click.option(
    "--query-workers",
    type=click.IntRange(1, 64),
    default=Limits.workers,
    show_default=True,
    help="SPARQL queries that each process answers at once.",
)
@click.option(
    "--query-queue",
    type=click.IntRange(0, 1000),
    default=Limits.queue,
    show_default=True,
    help="SPARQL queries that wait in each process.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Serve the records while they are written: a release is built in a place of its own "
    "whenever a file is saved. What is wrong with it is printed, and the last good one is served.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="The directory of the records that --watch watches.",
)
@click.option(
    "--shapes",
    type=click.Path(path_type=Path, file_okay=False),
    default=default_shapes,
    help="The directory of the SHACL shapes for --watch.  [default: shapes, else those of the "
    "package]",
)
@LANGUAGE
@ENDPOINT()
@USER
@THEME
def serve(
    releases: Path,
    host: str,
    port: int,
    workers: int,
    query_seconds: float,
    query_memory: int,
    query_size: int,
    query_workers: int,
    query_queue: int,
    endpoint: str | None,
    user: str,
    theme: Path | None,
    watch: bool,
    data: Path,
    shapes: Path,
    language: Language,
) -> None:
    """Serve the active release over HTTP, read-only.

    A release that is activated meanwhile is served from the next request on.
    With --endpoint, the graphs are read from a store of its own, which `lod
    push` loaded.
    """
    # The other commands start faster without the server.
    from lod.web.serve import serve as run  # noqa: PLC0415 (commands start faster)

    limits = Limits(
        seconds=query_seconds,
        memory=query_memory * MEGABYTE,
        size=query_size * MEGABYTE,
        workers=query_workers,
        queue=query_queue,
    )
    store = endpoint_of(endpoint, user) if endpoint else None
    start = partial(
        run, host=host, port=port, workers=workers, limits=limits, theme=theme, endpoint=store
    )
    if watch:
        for folder in (data, shapes):
            if not folder.is_dir():
                raise LodError(f"{folder}: there is no such directory to watch")
        with rebuilt(data, shapes, language) as preview:
            start(preview)
    else:
        start(releases)


@click.command()
@RELEASES
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How the answer is written.",
)
@click.argument("sparql", metavar="QUERY")
def query(releases: Path, format_: str, sparql: str) -> None:
    """Answer a SPARQL query from the active release.

    QUERY is the query, or - to read it from standard input. The prefixes of
    the publication (schema:, org:, lod:, …) need no declaration.

    \b
    lod query 'SELECT ?name { ?board a org:Organization ; schema:name ?name }'
    """
    text = sys.stdin.read() if sparql == "-" else sparql
    if federated(text):
        raise LodError("QUERY: SERVICE isn't answered. Ask the release alone")
    store = Store(releases_.current(releases))
    try:
        answer = store.query(text)
    except SyntaxError as error:
        raise LodError(f"QUERY: {explained(text, error)}. Correct the query there") from None
    if isinstance(answer, ox.QueryTriples):
        click.echo(TURTLE.write(ordered(answer), store.style).decode(), nl=False)
    elif format_ == "table":
        click.echo(as_table(answer, store.style))
    else:
        kind = ox.QueryResultsFormat.JSON if format_ == "json" else ox.QueryResultsFormat.CSV
        if isinstance(answer, ox.QueryBoolean) and format_ == "csv":
            click.echo("true" if answer else "false")
        else:
            text = cast("bytes", answer.serialize(format=kind)).decode()
            click.echo(text.rstrip("\r\n"))
