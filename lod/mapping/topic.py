"""Topics: concepts and the schemes they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from lod.iri import Space
from lod.mapping.common import described
from lod.mapping.rules import Mapped, address, both, each, elsewhere, link, plain, text
from lod.records.topic import Topic
from lod.vocab import DCTERMS, ORG, SCHEMA, SKOS

ROLES = "topic/roles"
"""The scheme whose concepts are roles in memberships."""


def topic(space: Space) -> Mapped:
    """Return what a topic becomes: a concept, or a scheme where it belongs to none.

    Spec: https://www.w3.org/TR/skos-reference/
    """

    def classes(record: Topic) -> tuple[NamedNode, ...]:
        if record.scheme is None:
            return (SKOS.ConceptScheme,)
        return (SKOS.Concept, ORG.Role) if record.scheme == ROLES else (SKOS.Concept,)

    title, top = text(DCTERMS.title), link(space.thing, SKOS.topConceptOf)

    def more(subject: str, record: Topic) -> Iterable[str]:
        if record.scheme is None:
            return title.lines(subject, record.name)
        return () if record.broader else top.lines(subject, record.scheme)

    rules = {
        **described(space),
        # `more` writes the title, because a list alone has one.
        "name": both(text(SKOS.prefLabel, SCHEMA.name), elsewhere(DCTERMS.title)),
        "also_known_as": each(text(SKOS.altLabel)),
        "description": text(SKOS.definition),
        "scheme": link(space.thing, SKOS.inScheme),
        "broader": each(link(space.thing, SKOS.broader)),
        "code": plain(SKOS.notation),
        "same_as": each(address(SKOS.exactMatch)),
    }
    return Mapped(classes, rules, more)
