"""Boards."""

from __future__ import annotations

from lod.iri import Space
from lod.mapping.common import described
from lod.mapping.rules import Mapped, always, date, each, elsewhere, link, text
from lod.vocab import DCTERMS, FOAF, ORG, SCHEMA


def board(space: Space) -> Mapped:
    """Return what a board becomes; its seats become memberships."""
    rules = {
        **described(space),
        "name": text(SCHEMA.name, FOAF.name),
        "type": link(space.thing, DCTERMS.type),
        "initiators": each(link(space.agent, SCHEMA.founder)),
        "aims": each(text(ORG.purpose)),
        "platform": link(space.thing, space.term("platform")),
        "founded": date(SCHEMA.foundingDate),
        "dissolved": date(SCHEMA.dissolutionDate),
        "members": elsewhere(),
    }
    classes = SCHEMA.Organization, ORG.Organization, FOAF.Agent, space.term("Board")
    return Mapped(always(*classes), rules)
