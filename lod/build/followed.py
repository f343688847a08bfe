"""What shapes ask of the resources that a record refers to: it goes with the record's piece."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

_IRI = re.compile(r"<([^<>\s]+)>")


def followed(shapes: rdflib.Graph) -> frozenset[str]:
    """Return the IRIs of the properties that are read of a resource which another one names.

    These are the classes, what paths of several steps go on with, and whatever the SPARQL
    constraints mention.
    """
    found = {str(RDF.type)}
    for path in shapes.objects(None, SH.path):
        found.update(_later(shapes, path))
    for query in shapes.objects(None, SH.select):
        found.update(_IRI.findall(str(query)))
    return frozenset(found)


def _later(shapes: rdflib.Graph, path: Node) -> Iterator[str]:
    """Yield all properties of a path's lists but the first of each, and of what repeats."""
    if isinstance(path, rdflib.URIRef):
        return
    for step in (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath):
        for inner in shapes.objects(path, step):
            yield from _properties(shapes, inner)
    for options in shapes.objects(path, SH.alternativePath):
        for option in shapes.items(options):
            yield from _later(shapes, option)
    for number, step_ in enumerate(shapes.items(path)):
        yield from _properties(shapes, step_) if number else _later(shapes, step_)


def _properties(shapes: rdflib.Graph, path: Node) -> Iterator[str]:
    if isinstance(path, rdflib.URIRef):
        yield str(path)
        return
    for inner in shapes.objects(path, None):
        yield from _properties(shapes, inner) if inner != RDF.nil else ()
