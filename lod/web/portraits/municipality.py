"""Municipalities: where one lies, and which others are like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import log

from lod.web.portraits.doings import doings
from lod.web.portraits.position import position
from lod.web.portraits.scope import Scope
from lod.web.portraits.sections import Links, Section
from lod.web.translate import _
from lod.web.undertakings import Undertaking

_SHOWN = 8


def municipality(scope: Scope) -> Iterator[Section]:
    """Yield where a municipality lies, and its like among those that lead projects."""
    drawn = position(scope)
    if drawn is not None:
        yield drawn
    yield from doings(scope)
    own = [one for one in scope.edition.undertakings if one.place == scope.reference]
    others = [one for one in scope.edition.undertakings if one.place != scope.reference]
    for programme in sorted({one.programme for one in own if one.programme}):
        fellows = [one for one in others if one.programme == programme]
        (name,) = scope.values([programme])
        title = _("Also in “%(programme)s”", programme=name.text.words)
        yield from _links(scope, f"with-{programme.partition('/')[2]}", title, fellows)
    if own:
        size = _population(scope)
        neighbours = [one for one in others if one.state and one.state == own[0].state]
        yield from _links(scope, "same-state", _("Leading projects in the same state"), neighbours)
        alike = [one for one in others if size and one.population and _near(size, one.population)]
        yield from _links(scope, "same-size", _("Leading projects, of a similar size"), alike)


def _population(scope: Scope) -> int | None:
    own = (one.population for one in scope.edition.undertakings if one.place == scope.reference)
    return next(own, None)


def _near(one: int, other: int) -> bool:
    """Say whether two populations differ by less than a third."""
    return abs(log(one / other)) < log(4 / 3)


def _links(scope: Scope, name: str, title: str, found: Iterable[Undertaking]) -> Iterator[Links]:
    """Yield a list of places, the most alike in size first."""
    size = _population(scope) or 1
    near = sorted(found, key=lambda one: (abs(log((one.population or 1) / size)), one.place))
    places = list(dict.fromkeys(one.place for one in near))[:_SHOWN]
    if places:
        yield Links(name, title, scope.values(places))
