"""Projects and their parts."""

from __future__ import annotations

from pyoxigraph import NamedNode

from lod.iri import Space, slug
from lod.mapping.common import described, involvements, period, sources
from lod.mapping.rules import Mapped, always, each, link, parts, plain, text
from lod.records.project import Project
from lod.vocab import DCTERMS, FOAF, ORG, PROV, SCHEMA


def project(space: Space) -> Mapped:
    """Return what a project becomes."""

    def classes(record: Project) -> tuple[NamedNode, ...]:
        together = len(record.lead) + len(record.partners) > 1
        more = (ORG.OrganizationalCollaboration,) if together else ()
        return SCHEMA.Project, FOAF.Project, *more

    phase = Mapped(
        always(PROV.Activity),
        {"name": text(SCHEMA.name), **period(), "sources": sources(space)},
    )
    rules = {
        **described(space),
        "type": link(space.thing, DCTERMS.type),
        "code": plain(DCTERMS.identifier),
        "part_of": each(link(space.thing, DCTERMS.isPartOf)),
        "programme": link(space.thing, space.term("fundedUnder"), DCTERMS.isPartOf),
        "lead": each(link(space.agent, space.term("lead"), SCHEMA.member)),
        "partners": each(link(space.agent, SCHEMA.member)),
        "others": involvements(space),
        "funders": each(link(space.agent, SCHEMA.funder)),
        "places": each(link(space.thing, SCHEMA.location)),
        "phases": parts(
            "phase", lambda one: slug(next(iter(one.name.values()))), phase, DCTERMS.hasPart
        ),
        **period(),
    }
    return Mapped(classes, rules)
