"""The command that loads a release into a store of its own."""

from __future__ import annotations

from pathlib import Path

import click

from lod import release as releases_
from lod.cli.options import ENDPOINT, GRAPH_STORE, RELEASES, UPDATE, USER, endpoint_of
from lod.cli.progress import Bar


@click.command()
@RELEASES
@ENDPOINT(required=True)
@UPDATE
@GRAPH_STORE
@USER
@click.option("--all", "everything", is_flag=True, help="Load the graphs that didn't change too.")
@click.argument("version", required=False)
def push(
    releases: Path,
    endpoint: str,
    update_url: str,
    graph_store_url: str,
    user: str,
    everything: bool,
    version: str | None,
) -> None:
    """Load a release into a SPARQL 1.1 store; the active one unless VERSION names another.

    Graphs that didn't change stay as they are. A push that was broken off is
    completed by repeating it. The password is read from LOD_ENDPOINT_PASSWORD.

    \b
    lod push --endpoint http://localhost:7878/query
    """
    # The other commands start faster without the client.
    from lod.remote.connection import Connection  # noqa: PLC0415 (commands start faster)
    from lod.remote.push import push as run  # noqa: PLC0415 (commands start faster)

    release = releases_.open_release(releases / (version or releases_.CURRENT))
    connection = Connection(endpoint_of(endpoint, user, update_url, graph_store_url))
    with Bar() as bar:
        pushed = run(release, connection, bar, everything)
    click.echo(
        f"{endpoint}: holds {pushed.version}, {pushed.triples} triples "
        f"({len(pushed.changed)} graphs loaded, {len(pushed.kept)} kept, "
        f"{len(pushed.removed)} removed)"
    )
