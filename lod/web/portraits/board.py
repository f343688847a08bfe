"""Boards: where their members come from, how many are known, and when they meet."""

from __future__ import annotations

from collections.abc import Iterator

from lod.vocab import SCHEMA
from lod.web.portraits.scope import Scope, of_places
from lod.web.portraits.sections import Bars, Section, bars
from lod.web.portraits.stretches import moments, terms
from lod.web.portraits.times import timeline
from lod.web.scribe import Value
from lod.web.translate import _
from lod.web.wording import Text


def board(scope: Scope) -> Iterator[Section]:
    """Yield the members on a map, announced against known members, sessions and terms."""
    title = _("Whom its members represent")
    drawn = of_places(scope, "represented", title, represented(scope))
    if drawn is not None:
        yield drawn
    yield from _members(scope)
    events = scope.naming(SCHEMA.organizer, "event")
    sessions = timeline("sessions", _("Sessions and events"), moments(scope, events))
    if sessions is not None:
        yield sessions
    held = timeline("terms", _("Members over time"), terms(scope))
    if held is not None:
        yield held


def represented(scope: Scope) -> Iterator[str]:
    """Yield the places on whose behalf the memberships that name a resource are held."""
    for about in scope.memberships.values():
        yield from scope.references_of(about, scope.scribe.space.term("onBehalfOf"))


def _members(scope: Scope) -> Iterator[Bars]:
    """Yield how many members were announced, and how many are known."""
    measured = scope.scribe.space.term("announcedMembers")
    announced = [
        float(about[SCHEMA.value][0].value)
        for about in scope.everything.values()
        if measured in about.get(SCHEMA.measuredProperty, ()) and SCHEMA.value in about
    ]
    if announced:
        known = float(len(scope.named_by.roles))
        counted = [
            (Value(Text(_("announced"))), max(announced), scope.number(int(max(announced)))),
            (Value(Text(_("known by name"))), known, scope.number(int(known))),
        ]
        columns = (_("Members"), _("Number"))
        yield Bars("members", _("Announced and known members"), columns, bars(counted))
