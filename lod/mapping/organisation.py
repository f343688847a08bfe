"""Organisations."""

from __future__ import annotations

from pyoxigraph import NamedNode

from lod.iri import Space
from lod.mapping.common import described
from lod.mapping.rules import Mapped, date, each, link, text
from lod.records.organisation import Organisation
from lod.vocab import DCTERMS, FOAF, ORG, SCHEMA

_CLASSES = {
    "ministry": (SCHEMA.GovernmentOrganization, ORG.FormalOrganization),
    "agency": (SCHEMA.GovernmentOrganization, ORG.FormalOrganization),
    "public-company": (SCHEMA.Corporation, ORG.FormalOrganization),
    "municipal-company": (SCHEMA.Corporation, ORG.FormalOrganization),
    "company": (SCHEMA.Corporation, ORG.FormalOrganization),
    "association": (SCHEMA.NGO, ORG.FormalOrganization),
    "municipal-association": (SCHEMA.NGO, ORG.FormalOrganization),
    "foundation": (SCHEMA.NGO, ORG.FormalOrganization),
    "research-institute": (SCHEMA.ResearchOrganization, ORG.FormalOrganization),
    "bank": (SCHEMA.BankOrCreditUnion, ORG.FormalOrganization),
}
"""The classes that a form of organisation adds."""


def organisation(space: Space) -> Mapped:
    """Return what an organisation becomes."""

    def classes(record: Organisation) -> tuple[NamedNode, ...]:
        form = (record.type or "").removeprefix("topic/")
        return SCHEMA.Organization, ORG.Organization, FOAF.Agent, *_CLASSES.get(form, ())

    rules = {
        **described(space),
        "name": text(SCHEMA.name, FOAF.name),
        "type": link(space.thing, DCTERMS.type),
        "seat": link(space.thing, SCHEMA.location),
        "founded": date(SCHEMA.foundingDate),
        "part_of": each(link(space.agent, SCHEMA.parentOrganization, ORG.subOrganizationOf)),
        "member_of": each(link(space.agent, SCHEMA.memberOf)),
        "members": each(link(space.agent, SCHEMA.member)),
    }
    return Mapped(classes, rules)
