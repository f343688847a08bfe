"""Organisations: where one has its seat, what it does, and with which software."""

from __future__ import annotations

from collections.abc import Iterator

from lod.vocab import SCHEMA
from lod.web.portraits.doings import doings
from lod.web.portraits.scope import Scope, of_places
from lod.web.portraits.sections import Section
from lod.web.translate import _


def organisation(scope: Scope) -> Iterator[Section]:
    """Yield the seat of an organisation, what it takes part in, and its software."""
    drawn = of_places(scope, "seat", _("Where it has its seat"), scope.named(SCHEMA.location))
    if drawn is not None:
        yield drawn
    yield from doings(scope)
