"""Events."""

from __future__ import annotations

from lod.iri import Space
from lod.mapping.common import described, period
from lod.mapping.rules import Mapped, always, each, link, text
from lod.vocab import DCTERMS, SCHEMA


def event(space: Space) -> Mapped:
    """Return what an event becomes."""
    rules = {
        **described(space),
        "type": link(space.thing, DCTERMS.type),
        "organisers": each(link(space.agent, SCHEMA.organizer)),
        "part_of": each(link(space.thing, DCTERMS.isPartOf)),
        "place": link(space.thing, SCHEMA.location),
        **period(),
        "time_note": text(space.term("statedTime")),
    }
    return Mapped(always(SCHEMA.Event), rules)
