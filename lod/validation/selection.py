"""Some of the shapes, written so that each of them is evaluated and no other is."""

from __future__ import annotations

from collections.abc import Collection

import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from lod.validation.engine import Engine
from lod.validation.proven import parts


def selected(engine: Engine, units: Collection[Node]) -> rdflib.Graph:
    """Return the shapes that some units need.

    Args:
        engine: all shapes.
        units: some of the engine's units.
    """
    graph = rdflib.Graph()
    for unit in units:
        for triple in parts(engine.shapes, unit):
            graph.add(triple)
    owners = sorted({owner for owned_by in engine.units.values() for owner in owned_by}, key=str)
    for owner in owners:
        _untarget(owner, engine, graph)
    names = {owner: rdflib.URIRef(f"urn:targets:{number}") for number, owner in enumerate(owners)}
    for unit in units:
        for owner in engine.units[unit]:
            if owner == unit:
                _target(unit, owner, engine, graph)
            else:
                _target(names[owner], owner, engine, graph)
                graph.add((names[owner], SH.property, unit))
    return graph


def _untarget(owner: Node, engine: Engine, graph: rdflib.Graph) -> None:
    for target, _ in engine.targets(owner):
        graph.remove((owner, target, None))
    # A class that is a shape is its own target.
    for type_ in set(graph.objects(owner, RDF.type)) - {SH.NodeShape, SH.PropertyShape}:
        graph.remove((owner, RDF.type, type_))


def _target(shape: Node, owner: Node, engine: Engine, graph: rdflib.Graph) -> None:
    """Give a shape the targets of another."""
    if (shape, SH.path, None) not in graph:
        graph.add((shape, RDF.type, SH.NodeShape))
    for target, node in engine.targets(owner):
        graph.add((shape, target, node))
