"""States: where one lies, and which projects are led in it."""

from __future__ import annotations

from collections.abc import Iterator

from lod.web.maps import Map, Point, box_of, neighbours, outlines, project
from lod.web.portraits.doings import doings
from lod.web.portraits.scope import Scope, states
from lod.web.portraits.sections import Drawn, Section
from lod.web.scribe import Value, in_order
from lod.web.translate import _
from lod.web.wording import Text


def state(scope: Scope) -> Iterator[Section]:
    """Yield a state with the places in it that lead projects, and what it does itself."""
    key = scope.about.get(scope.scribe.space.term("stateKey"), [])
    if not key:
        return
    number = key[0].value
    found = scope.edition.undertakings.of_state.get(number, ())
    at = {one.place: one.point for one in found if one.point}
    places = sorted({one.place for one in found})
    named = dict(zip(places, scope.values(places), strict=True))
    points = [Point(*project(*point), named[place]) for place, point in sorted(at.items())]
    title = _("Places that lead projects here") if places else _("Where it lies")
    box = box_of(number)
    seen = [key for key in outlines() if box_of(key).meets(box)]
    # Its neighbours are cut off at the edge, where a link would still reach.
    around = [
        one._replace(value=Value(one.value.text))
        for one in states(scope.scribe, {number: 1}, {}, seen)
    ]
    drawn = Map(title, around, points, box)
    listed = [named[place] for place in places]
    yield Drawn("position", title, drawn, listed, _beside(scope, number))
    yield from doings(scope)


def _beside(scope: Scope, number: str) -> list[Value]:
    """Return the ways to the whole map and to the states around one."""
    found = (scope.scribe.store.identified("state", key) for key in neighbours(number))
    others = sorted(scope.values(filter(None, found)), key=in_order)
    return [Value(Text(_("Germany")), scope.scribe.page("#map")), *others]
