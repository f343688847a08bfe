"""The one table of formats: what dumps, documents, negotiation and documentation share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import Triple

from lod.formats.jsonld import json_ld, json_ld_dump
from lod.formats.order import ordered
from lod.formats.rdfxml import rdf_xml
from lod.formats.style import Style
from lod.formats.turtle import turtle

Writer = Callable[[Iterable[Triple], Style], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a graph.

    Attributes:
        name: the word for it on pages and in help.
        extension: of files and documents, with its point.
        media_type: as registered with IANA.
        also: other media types that ask for it.
        file_type: its code in the EU's file type list.
        write: triples in canonical order → a document.
        write_dump: triples in canonical order → a file of many resources.
    """

    name: str
    extension: str
    media_type: str
    also: tuple[str, ...]
    file_type: str
    write: Writer
    write_dump: Writer


def n_triples(triples: Iterable[Triple], style: Style) -> bytes:
    """Write canonical N-Triples: one line a triple, the lines in byte order.

    Spec: https://www.w3.org/TR/n-triples/
    """
    return b"".join(sorted(f"{triple} .\n".encode() for triple in triples))


TURTLE = Format(
    "Turtle", ".ttl", "text/turtle", ("application/x-turtle",), "RDF_TURTLE", turtle, turtle
)
JSON_LD = Format(
    "JSON-LD",
    ".jsonld",
    "application/ld+json",
    ("application/json",),
    "JSON_LD",
    json_ld,
    json_ld_dump,
)
N_TRIPLES = Format(
    "N-Triples", ".nt", "application/n-triples", (), "RDF_N_TRIPLES", n_triples, n_triples
)
RDF_XML = Format(
    "RDF/XML",
    ".rdf",
    "application/rdf+xml",
    ("application/xml", "text/xml"),
    "RDF_XML",
    rdf_xml,
    rdf_xml,
)

FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
"""The formats of graphs, the one served by default to data clients first."""

BY_EXTENSION = {format_.extension: format_ for format_ in FORMATS}

__all__ = [
    "BY_EXTENSION",
    "FORMATS",
    "JSON_LD",
    "N_TRIPLES",
    "RDF_XML",
    "TURTLE",
    "Format",
    "Style",
    "ordered",
]
