"""Reading the shapes: Turtle files whose IRIs are relative to the publication's base."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.namespace import SH

from lod.errors import LodError, Place
from lod.iri import Space
from lod.validation.graphs import rdflib_graph


def load_shapes(folder: Path, space: Space) -> rdflib.Graph:
    """Read all shapes of a folder.

    Args:
        folder: holds the ``.ttl`` files.
        space: the publication's IRIs, which the files' relative IRIs are resolved against.

    Raises:
        LodError: a file isn't Turtle, names a shape that no file has, or there are no shapes.
    """
    files = sorted(folder.glob("*.ttl"))
    shapes = rdflib_graph(triple for file in files for triple in _triples(file, space))
    if not files:
        raise LodError(f"{folder}: expected shapes, found no file that ends in .ttl")
    used = {*shapes.objects(None, SH.property), *shapes.objects(None, SH.node)}
    for shape in sorted(used, key=str):
        if (shape, None, None) not in shapes:
            raise _missing(str(shape), files)
    return shapes


def _triples(file: Path, space: Space) -> Iterator[ox.Triple]:
    base = f"{space.base}shapes/{file.name}"
    try:
        for quad in ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE, base_iri=base):
            yield quad.triple
    except SyntaxError as error:
        place = Place(file, error.lineno or 1, error.offset or 1)
        # The parser's message repeats the place.
        problem = re.sub(r"^.* at line \d+ column \d+: ", "", error.msg)
        raise LodError(f"{place}: expected Turtle: {problem}. Correct the shapes") from None


def _missing(shape: str, files: list[Path]) -> LodError:
    """Return the error for a shape that is used and doesn't exist, placed where it is used."""
    name = re.compile(rf":{re.escape(shape.rpartition('#')[2])}(?![\w-])")
    uses = (
        Place(file, number, match.start() + 1)
        for file in files
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        for match in name.finditer(line)
    )
    place = next(uses, Place(files[0].parent))
    return LodError(f"{place}: expected a shape, found no such <{shape}>. Correct the name")
