"""Commands of operators: verify, list, activate and prune releases."""

from __future__ import annotations

from pathlib import Path

import click

from lod import release as releases_
from lod.cli.options import RELEASES
from lod.errors import ReleaseError


@click.command()
@RELEASES
@click.argument("version", required=False)
def verify(releases: Path, version: str | None) -> None:
    """Compare a release with its checksums; the active one unless VERSION names another."""
    path = releases / (version or releases_.CURRENT)
    release = releases_.open_release(path)
    wrong = releases_.verify(release)
    if wrong:
        raise ReleaseError("\n".join(f"{release.path}: {line}" for line in wrong))
    click.echo(f"{release.version}: {len(release.files)} files, all as the manifest says")


@click.command("releases")
@RELEASES
def list_releases(releases: Path) -> None:
    """List the releases, the newest last; * marks the active one."""
    active = (releases / releases_.CURRENT).resolve()
    for release in _versions(releases):
        mark = "*" if release.path == active else " "
        counts = release.manifest["counts"]
        click.echo(f"{mark} {release.version}  {counts['triples']:>9} triples")


@click.command()
@RELEASES
@click.argument("version")
def activate(releases: Path, version: str) -> None:
    """Serve the release VERSION from now on, an older one too (rollback)."""
    releases_.open_release(releases / version)  # before the directory is made to be locked
    with releases_.locked(releases):
        release = releases_.activate(releases, version)
    click.echo(f"{release.version} is active")


@click.command()
@RELEASES
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="How many of the newest releases to keep.",
)
def prune(releases: Path, keep: int) -> None:
    """Delete old releases, never the active one."""
    _versions(releases)  # before the directory is made to be locked
    with releases_.locked(releases):
        for version in releases_.prune(releases, keep):
            click.echo(f"{version} deleted")


def _versions(releases: Path) -> list[releases_.Release]:
    """Return the releases in a directory; refuse one without any."""
    found = releases_.versions(releases)
    if not found:
        raise ReleaseError(f"{releases}: no release here. Build one with `lod build`")
    return found
