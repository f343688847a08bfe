"""Persons: a name and its source."""

from __future__ import annotations

from lod.iri import Space
from lod.mapping.common import sources
from lod.mapping.rules import Mapped, always, text
from lod.vocab import FOAF, SCHEMA


def person(space: Space) -> Mapped:
    """Return what a person becomes."""
    return Mapped(
        always(SCHEMA.Person, FOAF.Person),
        {"name": text(SCHEMA.name, FOAF.name), "sources": sources(space)},
    )
