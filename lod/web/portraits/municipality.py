"""Municipalities: where one lies, and which others are like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from math import log

from lod.web.portraits.doings import doings
from lod.web.portraits.position import position
from lod.web.portraits.scope import Scope
from lod.web.portraits.sections import Links, Section
from lod.web.translate import _

_SHOWN = 8
_ALIKE = log(4 / 3)
"""How far sizes are from each other that are similar: by less than a third."""


def municipality(scope: Scope) -> Iterator[Section]:
    """Yield where a municipality lies, and its like among those that lead projects."""
    drawn = position(scope)
    if drawn is not None:
        yield drawn
    yield from doings(scope)
    led = scope.edition.undertakings
    own = led.of_place.get(scope.reference)
    if not own:
        return
    population = own[0].population
    for programme in sorted({one.programme for one in own if one.programme}):
        (name,) = scope.values([programme])
        title = _("Also in “%(programme)s”", programme=name.text.words)
        fellows = led.of_programme[programme].nearest(population or 1)
        yield from _links(scope, f"with-{programme.partition('/')[2]}", title, fellows)
    if own[0].state:
        neighbours = led.of_state[own[0].state].nearest(population or 1)
        yield from _links(scope, "same-state", _("Leading projects in the same state"), neighbours)
    if population:
        alike = takewhile(lambda found: found[0] < _ALIKE, led.sized.nearest(population))
        yield from _links(scope, "same-size", _("Leading projects, of a similar size"), alike)


def _links(
    scope: Scope, name: str, title: str, nearest: Iterable[tuple[float, str]]
) -> Iterator[Links]:
    """Yield a list of the first of some places other than this one."""
    others = (place for _distance, place in nearest if place != scope.reference)
    places = list(islice(others, _SHOWN))
    if places:
        yield Links(name, title, scope.values(places))
