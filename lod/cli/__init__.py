"""The command line: one command, ``lod``."""

from __future__ import annotations

import sys
from typing import Any

import click
from click.shell_completion import get_completion_class

import lod
from lod.cli import exporting, preflight, pushing, records, releases, serving
from lod.cli.options import coloured, system_language
from lod.errors import LodError
from lod.records import Language
from lod.validation import ConformanceError, render

_NOTHING_MADE: dict[Language, str] = {
    "en": "No release was made: the graph breaks the shapes.",
    "de": "Es wurde nichts gebaut: Die Daten verletzen die Regeln.",
}
_INTERRUPTED = 130
"""The exit code of shells for what was ended by Ctrl-C."""


class _Group(click.Group):
    """Turns the user's mistakes into a message and exit code 1; anything else is a fault."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConformanceError as error:
            language = ctx.meta.get("language", system_language())
            click.echo(render(error.findings, "text", language), err=True)
            _fail(_NOTHING_MADE[language])
        except LodError as error:
            _fail(str(error))
        except KeyboardInterrupt:
            click.echo(err=True)
            sys.exit(_INTERRUPTED)
        except BrokenPipeError:
            # The reader went away, as `head` does; there is nobody left to tell.
            sys.stderr.close()
            sys.exit(0)


def _fail(message: str) -> None:
    click.secho(message, fg="red", err=True, color=coloured(sys.stderr))
    sys.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(lod.__version__, prog_name="lod")
def main() -> None:
    """Publish records of municipal digital initiatives as linked open data.

    An editor writes records in data/ and runs `lod check`. An operator runs
    `lod build`, which makes a checked release, and `lod serve`, which serves it.

    \b
    lod check                    find the mistakes in data/
    lod build                    check, and make a release
    lod serve                    serve it on http://127.0.0.1:8000
    lod query 'SELECT …'         ask it something

    Exit codes: 0 done, 1 the data is at fault, 2 the command was wrong, 130
    interrupted.
    """


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a SHELL complete the words of this command.

    \b
    eval "$(lod completion bash)"
    """
    made = get_completion_class(shell)
    if made is not None:
        click.echo(made(main, {}, "lod", "_LOD_COMPLETE").source())


for command in (
    records.check_command,
    records.build_command,
    records.convert_command,
    records.schema,
    serving.serve,
    serving.query,
    exporting.export_command,
    pushing.push,
    preflight.preflight_command,
    releases.verify,
    releases.list_releases,
    releases.activate,
    releases.prune,
):
    main.add_command(command)
