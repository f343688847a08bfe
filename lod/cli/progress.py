"""How far a long piece of work is, on a terminal only."""

from __future__ import annotations

import sys

import click

_STEPS = {
    "read": "Reading the records",
    "check": "Checking the graph",
    "write": "Checking the graph and writing it",
    "join": "Joining the dumps",
    "load": "Loading the store",
    "flush": "Flushing to disk",
    "export": "Writing the pages",
    "stage": "Loading the graphs beside the old ones",
    "swap": "Putting them in place",
    "clean": "Clearing up",
}


class Bar:
    """Shows how far each step is, and leaves no half line behind."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._open = False

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._open:
            click.echo("\r\033[K", nl=False, err=True)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show how much of a step is done."""
        if self._shown:
            share = f"{100 * done // max(total, 1):3d} %" if total > 1 else ""
            self._open = done < total
            end = "" if self._open else "\n"
            click.echo(f"\r\033[K{_STEPS[step]} {share}{end}", nl=False, err=True)
