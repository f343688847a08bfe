"""Districts: where one lies, its municipalities by size, and what is led in it."""

from __future__ import annotations

from collections.abc import Iterator

from lod.vocab import SCHEMA
from lod.web.mentions import shown
from lod.web.portraits.doings import doings
from lod.web.portraits.position import position
from lod.web.portraits.scope import Scope
from lod.web.portraits.sections import Bars, Grouped, Links, Section
from lod.web.translate import _

_LARGEST = """\
SELECT ?place (MAX(?number) AS ?population) {
  ?place schema:containedInPlace $this ; lod:figure ?figure .
  ?figure schema:measuredProperty ?measured ; schema:value ?number
  FILTER(?measured = lod:population)
} GROUP BY ?place ORDER BY DESC(?population) ?place LIMIT 10"""


def district(scope: Scope) -> Iterator[Section]:
    """Yield where a district lies, its municipalities, and what it and they do."""
    drawn = position(scope)
    if drawn is not None:
        yield drawn
    yield from doings(scope)
    yield from _largest(scope)
    inside = scope.take(SCHEMA.containedInPlace, kinds=["municipality"])
    if inside:
        found = [one.by_kind for one in shown(scope.scribe, scope.reference, inside)]
        yield Grouped("inside", _("What lies in it"), found)
    places = {reference for group in inside for reference in group.references}
    leads = scope.edition.undertakings.of_place
    led = sorted({one.project for place in places for one in leads.get(place, ())})
    if led:
        yield Links("led-inside", _("Projects that its municipalities lead"), scope.values(led))


def _largest(scope: Scope) -> Iterator[Bars]:
    """Yield the municipalities with the most people; none of a town that is its own district."""
    rows = [
        (scope.scribe.space.reference(place.value) or "", int(float(population.value)))
        for place, population in scope.ask(_LARGEST)
    ]
    if len(rows) > 1:
        values = scope.values(reference for reference, _number in rows)
        counted = zip(values, (number for _reference, number in rows), strict=True)
        columns = (_("Municipality"), _("Population"))
        title = _("Its largest municipalities")
        yield scope.bars("largest", title, columns, counted, _LARGEST)
