"""Programmes: which projects there are under one, where, how large, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lod.vocab import DCTERMS
from lod.web.portraits.scope import Scope, of_undertakings, projects
from lod.web.portraits.sections import Bars, Drawn, Section
from lod.web.portraits.stretches import stretches
from lod.web.portraits.times import timeline
from lod.web.scribe import Value
from lod.web.translate import _
from lod.web.wording import Text

SIZES = (20_000, 50_000, 100_000, 500_000)
"""Populations that part the classes of size."""
_UNDER = "?cohort dcterms:isPartOf* $this . ?project lod:fundedUnder ?cohort ; a schema:Project"
_BY_COHORT = f"""\
SELECT ?cohort (COUNT(DISTINCT ?project) AS ?projects) {{
  {_UNDER}
}} GROUP BY ?cohort ORDER BY (?cohort = $this) ?cohort"""
# The engine joins what is most general by reading all of it, so states and measures come last.
_BY_STATE = f"""\
SELECT ?state ?projects {{
  {{
    SELECT ?key (COUNT(DISTINCT ?project) AS ?projects) {{
      {_UNDER} ;
        (schema:member/schema:areaServed|schema:member/schema:location|schema:location) ?place .
      ?place schema:containedInPlace*/lod:stateKey ?key
    }} GROUP BY ?key
  }}
  ?state a schema:State ; lod:stateKey ?key
}} ORDER BY DESC(?projects) ?state"""
_BY_SIZE = f"""\
SELECT ?place ?population (COUNT(DISTINCT ?project) AS ?projects) {{
  {_UNDER} ; lod:lead ?lead .
  ?place lod:administration ?lead ; lod:figure ?figure .
  ?figure schema:measuredProperty ?measured ; schema:value ?population
  FILTER(?measured = lod:population)
}} GROUP BY ?place ?population ORDER BY ?population"""
_PROJECTS = f"SELECT DISTINCT ?project {{ {_UNDER} }}"


def programme(scope: Scope) -> Iterator[Section]:
    """Yield the projects of a programme and its parts: on a map, by cohort, state and size."""
    parts = scope.naming(DCTERMS.isPartOf, "programme")
    under = {scope.reference, *parts}
    led = scope.edition.undertakings.of_programme
    found = [one for programme in under for one in led.get(programme, ())]
    if found:
        title = _("Where its projects are led")
        drawn = of_undertakings(scope.scribe, title, found)
        yield Drawn("projects", title, drawn, scope.values(sorted({one.place for one in found})))
    number = len(scope.ask(_PROJECTS))
    yield from _cohorts(scope, number)
    yield from _states(scope, number)
    yield from _sizes(scope, number)
    times = timeline("times", _("In time"), stretches(scope, [scope.reference, *parts]))
    if times is not None and len(times.spans) > 1:
        yield times


def _cohorts(scope: Scope, number: int) -> Iterator[Bars]:
    """Yield how many projects each part of the programme funds, and the programme itself."""
    rows = [
        (Value(Text(_("without a cohort"))) if reference == scope.reference else value, counted)
        for reference, value, counted in _counted(scope, _BY_COHORT)
    ]
    if len(rows) > 1:
        words = _(
            "Each project under the cohort that funds it; %(all)s.",
            all=projects(scope.scribe, number),
        )
        columns = (_("Cohort"), _("Number"))
        title = _("Projects by cohort")
        yield scope.bars("cohorts", title, columns, rows, _BY_COHORT, note=words)


def _states(scope: Scope, number: int) -> Iterator[Bars]:
    """Yield how many projects each state has: one in several states counts in each."""
    rows = [(value, counted) for _reference, value, counted in _counted(scope, _BY_STATE)]
    if len(rows) > 1:
        words = _(
            "A project counts in each state that it touches: where its leader, its partners or "
            "its places are. So the numbers add up to %(sum)s for %(all)s.",
            sum=scope.number(sum(counted for _value, counted in rows)),
            all=projects(scope.scribe, number),
        )
        columns = (_("State"), _("Number"))
        title = _("Projects by state")
        yield scope.bars("states", title, columns, rows, _BY_STATE, note=words)


def _counted(scope: Scope, query: str) -> list[tuple[str, Value, int]]:
    """Return what a query counts for each resource: its reference, a link to it, the number."""
    rows = {
        scope.scribe.space.reference(resource.value) or "": int(number.value)
        for resource, number in scope.ask(query)
    }
    return list(zip(rows, scope.values(rows), rows.values(), strict=True))


def _sizes(scope: Scope, number: int) -> Iterator[Bars]:
    """Yield how many places there are of each class of size."""
    found = [(int(size.value), int(led.value)) for _place, size, led in scope.ask(_BY_SIZE)]
    if len(found) > 1:
        counted = Counter(sum(limit <= size for limit in SIZES) for size, _led in found)
        classes = range(len(SIZES) + 1)
        rows = [(Value(Text(_class(scope, place))), counted[place]) for place in classes]
        words = _(
            "Each of the %(places)s places that lead a project counts once. Of %(all)s, %(rest)s "
            "are led by associations or others without a population.",
            places=scope.number(len(found)),
            all=projects(scope.scribe, number),
            rest=scope.number(number - sum(led for _size, led in found)),
        )
        title = _("Leading places by population")
        columns = (_("Population"), _("Number"))
        yield scope.bars("sizes", title, columns, rows, _BY_SIZE, note=words)


def _class(scope: Scope, place: int) -> str:
    """Return a class of size in words."""
    if place == 0:
        return _("under %(number)s", number=scope.number(SIZES[0]))
    least = scope.number(SIZES[place - 1])
    if place == len(SIZES):
        return _("%(number)s and more", number=least)
    return _("%(least)s to under %(most)s", least=least, most=scope.number(SIZES[place]))
