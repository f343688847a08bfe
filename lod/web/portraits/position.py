"""Where a place lies: its state on the map, and its point where that is known."""

from __future__ import annotations

from lod.web.maps import Map, Point
from lod.web.portraits.scope import Scope, positions, states
from lod.web.portraits.sections import Drawn
from lod.web.translate import _


def position(scope: Scope) -> Drawn | None:
    """Return the state of a place, with its point; None of a place that lies in no single state."""
    store, space = scope.scribe.store, scope.scribe.space
    key = scope.about.get(space.term("stateKey"), [])
    if not key:
        return None
    number = key[0].value
    (own,) = scope.values([scope.reference])
    found = positions(scope.everything, space.thing(scope.reference))
    points = [Point(*at, own, main=True) for at in found]
    within = store.identified("state", number)
    title = _("Where it lies")
    map_ = Map(title, states(scope.scribe, {number: 1}, {}), points)
    return Drawn("position", title, map_, scope.values([within] if within else []))
