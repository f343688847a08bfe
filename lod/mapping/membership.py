"""Memberships, which W3C ORG and schema.org both have a class for."""

from __future__ import annotations

from lod.iri import Space
from lod.mapping.common import period, sources
from lod.mapping.rules import Mapped, always, link, text
from lod.vocab import ORG, SCHEMA, SKOS


def membership(space: Space) -> Mapped:
    """Return what a membership becomes.

    Spec: https://www.w3.org/TR/vocab-org/#membership-roles-posts-and-reporting
    """
    rules = {
        "person": link(space.thing, ORG.member),
        "organisation": link(space.agent, ORG.organization),
        "role": link(space.thing, ORG.role),
        "title": text(SCHEMA.roleName),
        "on_behalf_of": link(space.agent, space.term("onBehalfOf")),
        **period(),
        "note": text(SKOS.note),
        "sources": sources(space),
    }
    return Mapped(always(ORG.Membership, SCHEMA.OrganizationRole), rules)
