"""Formats that keep data and what is said about them apart: TriG and N-Quads."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from lod.formats.statements import statements
from lod.formats.style import Style
from lod.formats.turtle import Turtle


def trig(data: Iterable[Triple], about: Iterable[Triple], graph: NamedNode, style: Style) -> bytes:
    """Write ordered triples as default graph, and those about them as a named one.

    Spec: https://www.w3.org/TR/trig/
    """
    writer = Turtle(style)
    blocks = [
        *writer.blocks(statements(data)),
        f"\n{graph} {{\n",
        *writer.blocks(statements(about)),
        "}\n",
    ]
    return (writer.head(writer.used) + "".join(blocks)).encode()


def n_quads(data: Iterable[Triple], about: Iterable[Triple], graph: NamedNode) -> bytes:
    """Write triples as default graph, and those about them as a named one.

    Spec: https://www.w3.org/TR/n-quads/
    """
    lines = [f"{triple} .\n" for triple in data]
    lines += [f"{triple} {graph} .\n" for triple in about]
    return "".join(lines).encode()
