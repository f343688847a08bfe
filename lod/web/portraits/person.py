"""Persons: which public roles one has, for whom, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from lod.vocab import DC, ORG, PROV
from lod.web.facts import Fact
from lod.web.parts import Table
from lod.web.people import roles
from lod.web.portraits.board import represented
from lod.web.portraits.scope import Scope, of_places
from lod.web.portraits.sections import Section, Told
from lod.web.portraits.stretches import terms
from lod.web.portraits.times import timeline
from lod.web.scribe import About, Value, by_subject
from lod.web.translate import _
from lod.web.wording import pick_all


def person(scope: Scope) -> Iterator[Section]:
    """Yield whom a person represents, the roles with who tells of them, and when they were held."""
    told = _publishers(scope)
    facts = list(_facts(scope, told))
    if facts:
        yield Told("profile", _("In public"), facts)
    drawn = of_places(scope, "represented", _("Whom this person represents"), represented(scope))
    if drawn is not None:
        yield drawn
    yield from _roles(scope, told)
    held = timeline("terms", _("Roles over time"), terms(scope))
    if held is not None:
        yield held


def _facts(scope: Scope, told: dict[str, list[Value]]) -> Iterator[Fact]:
    """Yield whom somebody represents, where somebody has a role, and who says so."""
    publishers = {one.text.words: one for values in told.values() for one in values}
    for label, predicate, values in (
        (
            _("Represents"),
            scope.scribe.space.term("onBehalfOf"),
            scope.values(sorted(set(represented(scope)))),
        ),
        (_("Active in"), ORG.organization, scope.values(_bodies(scope))),
        (_("Who says so"), PROV.wasDerivedFrom, list(publishers.values())),
    ):
        if values:
            yield Fact(label, scope.scribe.labels.curie(predicate), values)


def _bodies(scope: Scope) -> list[str]:
    every = scope.memberships.values()
    return sorted({one for about in every for one in scope.references_of(about, ORG.organization)})


def _roles(scope: Scope, told: dict[str, list[Value]]) -> Iterator[Table]:
    """Yield the table of roles with the publishers of the sources that tell of each."""
    table = roles(scope.scribe, scope.reference, dict(scope.memberships))
    rows = [row._replace(cells=[*row.cells, told[row.anchor]]) for row in table.rows]
    if rows:
        columns = [*table.columns, _("Who says so")]
        yield replace(table, columns=columns, rows=rows).filled()


def _publishers(scope: Scope) -> dict[str, list[Value]]:
    """Return membership → the publishers of its sources, each linked to its source."""
    sources = {
        name: scope.references_of(about, PROV.wasDerivedFrom)
        for name, about in scope.memberships.items()
    }
    every = {reference for of_one in sources.values() for reference in of_one}
    found = scope.scribe.store.abouts(sorted(every), DC.publisher)
    publishers = {
        reference: _words(scope, by_subject(triples), reference)
        for reference, triples in found.items()
    }
    return {name: [publishers[one] for one in of_one] for name, of_one in sources.items()}


def _words(scope: Scope, about: Mapping[NamedNode, About], reference: str) -> Value:
    """Return a source by its publisher; by its own name where nobody said who published it."""
    (value,) = scope.values([reference])
    own = about.get(scope.scribe.space.thing(reference), {})
    literals = [one for one in own.get(DC.publisher, ()) if isinstance(one, Literal)]
    names = pick_all(literals, scope.scribe.language)
    return value._replace(text=names[0]) if names else value
