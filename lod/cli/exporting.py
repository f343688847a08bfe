"""The command of those who publish without a server of ours: export."""

from __future__ import annotations

import os
from pathlib import Path

import click

from lod.cli.options import RELEASES, THEME
from lod.cli.progress import Bar


@click.command("export")
@RELEASES
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("public"),
    show_default=True,
    help="The folder; empty, or an earlier export, of which only what changed is written.",
)
@click.option(
    "--endpoint",
    metavar="URL",
    default="",
    help="A SPARQL endpoint elsewhere, which pages link to.  [default: none]",
)
@click.option(
    "--plain",
    is_flag=True,
    help="For hosts that follow no rules of ours, such as GitLab Pages: links lead to files.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, 64),
    help="The number of processes.  [default: one for each processor core]",
)
@THEME
@click.argument("what", type=click.Choice(["site"]))
def export_command(
    releases: Path,
    out: Path,
    endpoint: str,
    plain: bool,
    workers: int,
    theme: Path | None,
    what: str,
) -> None:
    """Write the active release as static files.

    With them come rules by which nginx, Apache and Caddy choose among the
    formats and languages as `lod serve` does.

    \b
    lod export site --out public
    """
    if endpoint and not endpoint.startswith(("http://", "https://")):
        raise click.BadParameter(f"{endpoint} is no address.", param_hint="--endpoint")
    # The other commands start faster without the server.
    from lod.export import export_site  # noqa: PLC0415 (commands start faster)

    with Bar() as progress:
        done = export_site(
            releases,
            out,
            endpoint=endpoint,
            plain=plain,
            theme=theme,
            workers=workers,
            progress=progress,
        )
    click.echo(
        f"{out}: {done.files} files of {done.version}; {done.written} written with their packed "
        f"siblings, {done.removed} removed"
    )
