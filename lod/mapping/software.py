"""Software."""

from __future__ import annotations

from pyoxigraph import NamedNode

from lod.iri import Space, slug
from lod.mapping.common import described, involvements, sources
from lod.mapping.rules import (
    Mapped,
    Rule,
    address,
    always,
    both,
    date,
    each,
    link,
    parts,
    plain,
    text,
)
from lod.records.software import Software
from lod.vocab import DCTERMS, SCHEMA

SPDX_LICENCES = "https://spdx.org/licenses/"


def software(space: Space) -> Mapped:
    """Return what a program, its source code or a platform becomes."""

    def classes(record: Software) -> tuple[NamedNode, ...]:
        if record.repository is not None:
            return SCHEMA.SoftwareApplication, SCHEMA.SoftwareSourceCode
        return (SCHEMA.SoftwareApplication,)

    rules = {
        **described(space),
        "type": link(space.thing, DCTERMS.type),
        "repository": address(SCHEMA.codeRepository),
        "licence": address(SCHEMA.license, start=SPDX_LICENCES),
        "licence_note": text(SCHEMA.copyrightNotice),
        "publishers": each(link(space.agent, SCHEMA.publisher)),
        "programming_languages": each(plain(SCHEMA.programmingLanguage)),
        "status": plain(SCHEMA.creativeWorkStatus),
        "operators": involvements(space),
        "based_on": each(link(space.thing, SCHEMA.isBasedOn)),
        "programme": link(space.thing, space.term("fundedUnder")),
        "used_by": _uses(space),
        "released": date(SCHEMA.datePublished),
    }
    return Mapped(classes, rules)


def _uses(space: Space) -> Rule:
    """Return the rule of uses: a plain link, and a part that holds each one's source."""
    use = Mapped(
        always(SCHEMA.UseAction),
        {
            "organisation": link(space.agent, SCHEMA.agent),
            "stated_as": plain(SCHEMA.description),
            "sources": sources(space),
        },
    )
    user = link(space.agent, space.term("usedBy"))
    return both(
        each(Rule(user.predicates, lambda s, one: user.lines(s, one.organisation))),
        parts("use", lambda one: slug(one.organisation), use, SCHEMA.potentialAction),
    )
