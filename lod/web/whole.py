"""All entries of a list with what their documents say, in one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from pyoxigraph import Triple

from lod.formats import JSON_LD, RDF_XML, TURTLE, Style, jsonld, rdfxml
from lod.formats.rdfxml import RdfXml
from lod.formats.statements import statements
from lod.formats.turtle import Turtle
from lod.web.facets.narrowed import Narrowed
from lod.web.representations import Representation
from lod.web.spool import spooled
from lod.web.visit import edition

_BATCH = 100
"""Resources that are looked up together."""


def graph_file(narrowed: Narrowed, offer: Representation) -> IO[bytes]:
    """Return a list in a format of RDF, as a file."""
    pieces = _pieces(offer.name, edition().store.style, _described(narrowed))
    return spooled(piece.encode() for piece in pieces)


def _described(narrowed: Narrowed) -> Iterator[list[Triple]]:
    """Yield the description of each entry."""
    references = narrowed.references()
    while batch := list(islice(references, _BATCH)):
        yield from edition().store.descriptions(batch).values()


def _pieces(name: str, style: Style, found: Iterable[list[Triple]]) -> Iterator[str]:
    """Yield a document in a format, resource by resource."""
    if name == TURTLE.name:
        turtle = Turtle(style)
        yield turtle.head(style.prefixes)
        for about in found:
            yield from turtle.blocks(statements(about))
    elif name == JSON_LD.name:
        yield jsonld.head(style)
        between = ""
        for about in found:
            for line in jsonld.node_lines(statements(about), style):
                yield between + line
                between = ",\n"
        yield jsonld.FOOT
    elif name == RDF_XML.name:
        xml = RdfXml(style)
        yield xml.head()
        for about in found:
            yield from xml.blocks(statements(about))
        yield rdfxml.FOOT
    else:
        yield from (f"{triple} .\n" for about in found for triple in about)
