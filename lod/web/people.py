"""Memberships as a table of who has which role, where, and for whom."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from lod.store import Store
from lod.vocab import ORG, PROV, SCHEMA, SKOS
from lod.web.parts import Row, Table
from lod.web.scribe import About, Scribe, Value, by_subject, in_order
from lod.web.translate import _
from lod.web.wording import Text, pick_all

SHOWN = 200
"""How many roles stand on a page."""


def memberships(store: Store, references: Iterable[str]) -> dict[str, About]:
    """Return what is stated about memberships, by their references."""
    found: dict[str, About] = {}
    for reference, triples in store.descriptions(list(references)[:SHOWN]).items():
        about = by_subject(triples).get(store.space.thing(reference))
        if about is not None:
            found[reference] = about
    return found


def roles(scribe: Scribe, reference: str, found: dict[str, About]) -> Table:
    """Return the table of memberships that name a resource, without a column for itself."""
    every = {
        ORG.member: _("Person"),
        ORG.role: _("Role"),
        ORG.organization: _("Where"),
        scribe.space.term("onBehalfOf"): _("For whom"),
    }
    filled = {
        predicate: heading
        for predicate, heading in every.items()
        if any(not _own(scribe, reference, about.get(predicate, [])) for about in found.values())
    }
    rows = [_row(scribe, name, about, list(filled)) for name, about in found.items()]
    rows.sort(key=lambda row: [in_order(one) for one in row.cells[0]])
    title = _("People and roles") if ORG.member in filled else _("Roles")
    return Table("roles", title, [*filled.values(), _("Time")], rows).filled()


def _own(scribe: Scribe, reference: str, nodes: list[NamedNode | Literal]) -> bool:
    """Say whether a membership's column would only name the resource itself, or nothing."""
    return all(scribe.space.reference(node.value) == reference for node in nodes)


def _row(scribe: Scribe, reference: str, about: About, columns: list[NamedNode]) -> Row:
    cells = [_cell(scribe, reference, about, predicate) for predicate in columns]
    start, end = about.get(SCHEMA.startDate), about.get(SCHEMA.endDate)
    words = scribe.wording.span(start[0].value if start else None, end[0].value if end else None)
    notes = pick_all(_literals(about, SKOS.note), scribe.language)
    sources = scribe.cite(about, PROV.wasDerivedFrom)
    time = [Value(Text(words))] if words else []
    return Row(reference, [*cells, time], notes[0] if notes else None, sources)


def _cell(scribe: Scribe, reference: str, about: About, predicate: NamedNode) -> list[Value]:
    values = [scribe.value(found) for found in about.get(predicate, ())]
    if predicate != ORG.role:
        return values
    # The source's own words say more than the kind of role; the page of the role says both.
    titles = pick_all(_literals(about, SCHEMA.roleName), scribe.language)
    words = titles or [value.text for value in values]
    return [Value(text, scribe.page(f"doc/{reference}")) for text in words[:1]]


def _literals(about: About, predicate: NamedNode) -> list[Literal]:
    return [found for found in about.get(predicate, ()) if isinstance(found, Literal)]
