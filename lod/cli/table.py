"""Answers to SPARQL queries as a table for the terminal."""

from __future__ import annotations

import pyoxigraph as ox

from lod.formats import Style

Results = ox.QuerySolutions | ox.QueryBoolean


def as_table(answer: Results, style: Style) -> str:
    """Return solutions as aligned columns, IRIs shortened; ``yes`` or ``no`` for ASK."""
    if isinstance(answer, ox.QueryBoolean):
        return "yes" if answer else "no"
    names = [variable.value for variable in answer.variables]
    rows = [[_cell(value, style) for value in solution] for solution in answer]
    widths = [max(len(cell) for cell in column) for column in zip(names, *rows, strict=True)]
    lines = [names, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _cell(term: object, style: Style) -> str:
    if isinstance(term, ox.NamedNode):
        if term.value.startswith(style.space.things):
            return term.value.removeprefix(style.space.things)
        curie = style.curie(term.value)
        return ":".join(curie) if curie else term.value
    if isinstance(term, ox.Literal):
        return " ".join(term.value.split())
    return "" if term is None else str(term)
