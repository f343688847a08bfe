"""Programmes."""

from __future__ import annotations

from pyoxigraph import NamedNode

from lod.iri import Space
from lod.mapping.common import described, involvements, period
from lod.mapping.rules import Mapped, each, link
from lod.records.programme import Programme
from lod.vocab import DCTERMS, PROV, SCHEMA

FUNDING = frozenset({"topic/funding-programme", "topic/funding-call"})
"""The kinds of programme that give money."""


def programme(space: Space) -> Mapped:
    """Return what a programme becomes."""

    def classes(record: Programme) -> tuple[NamedNode, ...]:
        return (SCHEMA.FundingScheme if record.type in FUNDING else SCHEMA.Project), PROV.Plan

    rules = {
        **described(space),
        "type": link(space.thing, DCTERMS.type),
        "part_of": each(link(space.thing, DCTERMS.isPartOf)),
        "responsible": involvements(space),
        **period(),
    }
    return Mapped(classes, rules)
