"""Commands of those who write records: check, build, schema."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from lod import changes as changes_
from lod.build import Built, Checked, build, check, convert
from lod.cli.model_table import model_table
from lod.cli.options import DATA, LANGUAGE, SHAPES, coloured
from lod.cli.progress import Bar
from lod.cli.watching import changes, outcome
from lod.errors import LodError, RecordErrors
from lod.formats import TURTLE, ordered
from lod.records import Language
from lod.records.chunks import PUBLICATION
from lod.records.schema import NAMES, json_schema
from lod.validation import Finding, as_findings, render

if TYPE_CHECKING:
    from lod.cluster import Cluster

_COLOURS = {"violation": "red", "warning": "yellow", "info": "blue"}
_CHECKED: dict[Language, str] = {
    "en": "{records} records, {triples} triples: {count} violation{plural}",
    "de": "{records} Datensätze, {triples} Tripel: {count} Fehler",
}
_UNREAD: dict[Language, str] = {
    "en": "{count} mistake{plural}. What the records say together is checked once they are mended",
    "de": "{count} Fehler. Ist alles berichtigt, wird geprüft, was die Datensätze zusammen sagen",
}
_SAME_DATE: dict[Language, str] = {
    "en": "{file}: modified: hint: Records changed, but the edition is still of {date}. Write "
    "today’s date there before you publish.",
    "de": "{file}: modified: Hinweis: Datensätze haben sich geändert, die Ausgabe ist aber noch "
    "vom {date}. Schreiben Sie dort das heutige Datum, bevor Sie veröffentlichen.",
}


@click.command("check")
@DATA
@SHAPES
@LANGUAGE
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How findings are written; github makes annotations in a pull request.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the SHACL report there as Turtle.",
)
@click.option(
    "-v", "--verbose", is_flag=True, help="Say which shapes are left to pyshacl, and why."
)
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved.")
@click.pass_context
def check_command(
    context: click.Context,
    data: Path,
    shapes: Path,
    language: Language,
    format_: str,
    report: Path | None,
    verbose: bool,
    watch: bool,
) -> None:
    """Find the mistakes in the records, each with file, line and remedy.

    First every file is read; if all are records, the graph they become is
    checked against the shapes. Warnings and hints don't stop a release.
    """
    context.meta["language"] = language
    _be_verbose(verbose)
    if report is not None:
        _writable(report)

    def once(folder: Path | None = None) -> bool:
        try:
            with Bar() as progress:
                checked = check(data, shapes, language, progress, folder)
        except RecordErrors as mistakes:
            _show(as_findings(mistakes, language), format_, language)
            _close(_UNREAD[language], len(mistakes.errors), format_)
            return False
        if report is not None:
            _write_report(checked, report)
        _show(checked.findings, format_, language)
        numbers = {"records": checked.records, "triples": checked.triples}
        _close(_CHECKED[language], len(checked.violations), format_, **numbers)
        return not checked.violations

    if watch:
        with TemporaryDirectory(prefix="lod-") as folder:
            _again(lambda: once(Path(folder)), data, shapes)
    elif not once():
        sys.exit(1)


def _close(words: str, count: int, format_: str, **numbers: int) -> None:
    """End the findings with how many there are, where a person reads them."""
    if format_ == "text":
        plural = "" if count == 1 else "s"
        click.echo(words.format(count=count, plural=plural, **numbers), err=True)


def _be_verbose(verbose: bool) -> None:
    if verbose:
        logging.basicConfig(format="%(message)s")
        logging.getLogger("lod.validation").setLevel(logging.INFO)


def _again(once: Callable[[], bool], data: Path, shapes: Path) -> None:
    """Check now and after each change, until interrupted."""
    for number, _ in enumerate(changes(data, shapes)):
        if number:
            click.echo(f"— {datetime.now():%H:%M:%S}", err=True)
        try:
            once()
        except LodError as error:
            click.secho(str(error), fg="red", err=True, color=coloured(sys.stderr))


def _show(findings: Sequence[Finding], format_: str, language: Language) -> None:
    """Print findings, in colours by their severity where a person reads them."""
    if format_ != "text":
        click.echo(render(findings, format_, language))
    else:
        for finding in findings:
            line = render([finding], format_, language)
            click.secho(line, fg=_COLOURS[finding.severity], color=coloured(sys.stdout))


def _writable(path: Path) -> None:
    """Refuse a file that can't be written before the work is done."""
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise click.BadParameter(f"{path} can't be written.", param_hint="--report")


def _write_report(checked: Checked, path: Path) -> None:
    path.write_bytes(TURTLE.write(ordered(checked.report()), checked.style))


@click.command("build")
@DATA
@SHAPES
@LANGUAGE
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("releases"),
    show_default=True,
    help="The directory of the releases.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="The Dask scheduler whose workers do the work, such as tcp://10.0.0.1:8786.  "
    "[default: processes of this machine]",
)
@click.pass_context
def build_command(
    context: click.Context,
    data: Path,
    shapes: Path,
    language: Language,
    out: Path,
    cluster: str | None,
) -> None:
    """Check the records, make a release of them, and activate it.

    A build that fails leaves the release that is served as it was. The same
    records give the same release.
    """
    context.meta["language"] = language
    with Bar() as progress:
        workers = None if cluster is None else _cluster(cluster)
        built = build(data, shapes, out, language, progress, cluster=workers)
    click.echo(f"{out / outcome(built, language)}")
    _remind(built, data, language)


def _remind(built: Built, data: Path, language: Language) -> None:
    """Say that the date of the edition was left as it was, though records changed."""
    found = changes_.read(built.release.path) if built.new else None
    if found is not None and found.counts and found.modified == built.checked.publication.modified:
        hint = _SAME_DATE[language].format(file=data / PUBLICATION, date=found.modified)
        click.secho(hint, fg=_COLOURS["info"], err=True, color=coloured(sys.stderr))


def _cluster(address: str) -> Cluster:
    try:
        from lod.cluster import Cluster  # noqa: PLC0415 (an extra of the package)
    except ModuleNotFoundError as error:
        raise LodError(
            f"--cluster needs more than is installed ({error}). "
            "Run `pip install 'kommunal-lod[cluster]'`, here and on the workers"
        ) from None
    return Cluster(address)


@click.command("convert")
@DATA
@LANGUAGE
@click.option(
    "--out",
    type=click.File("wb"),
    default="-",
    help="The file to write.  [default: standard output]",
)
@click.pass_context
def convert_command(context: click.Context, data: Path, language: Language, out: BinaryIO) -> None:
    """Print the N-Triples that the records become.

    Records are checked one by one, but not against each other or against the
    shapes, and no release is made.
    """
    context.meta["language"] = language
    with Bar() as progress:
        for lines in convert(data, language, progress):
            out.write(lines)


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write every schema into this directory, as <kind>.json.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["json", "markdown"]),
    default="json",
    show_default=True,
    help="JSON Schema, or the table of fields and the properties they become.",
)
@click.argument("kind", type=click.Choice(NAMES), required=False)
def schema(kind: str | None, format_: str, out: Path | None) -> None:
    """Print the JSON Schema of a KIND, which editors complete and check YAML with.

    A YAML file names its schema in its first line:

    \b
    # yaml-language-server: $schema=../schema/board.json
    """
    if format_ == "markdown":
        click.echo(model_table(kind))
    elif out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            (out / f"{name}.json").write_text(_json(json_schema(name)), encoding="utf-8")
    elif kind is None:
        raise click.UsageError(f"Name a kind ({', '.join(NAMES)}) or a directory with --out.")
    else:
        click.echo(_json(json_schema(kind)), nl=False)


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
