"""The command of those who deliver to data portals: preflight."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lod import release as releases_
from lod.cli.options import LANGUAGE, RELEASES
from lod.preflight import FORMATS, preflight, render
from lod.records import Language


@click.command("preflight")
@RELEASES
@LANGUAGE
@click.option(
    "--shapes",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="LOD_CONFORMANCE",
    help="The official shapes and vocabularies: folders dcat-ap-…/ and vocabularies/. Without "
    "it, or LOD_CONFORMANCE in the environment, the built-in checks alone are made.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How the outcome is written.",
)
@click.argument("version", required=False)
def preflight_command(
    releases: Path, language: Language, shapes: Path | None, format_: str, version: str | None
) -> None:
    """Tell whether GovData, data.europa.eu and CKAN would take the catalog.

    Checks the active release, unless VERSION names another. Errors keep the
    catalog out (exit code 1), warnings and hints don't.
    """
    release = releases_.open_release(releases / (version or releases_.CURRENT))
    assessment = preflight(release, shapes)
    click.echo(render(assessment, format_, language))
    if not assessment.taken:
        sys.exit(1)
