"""Sources: which statements rest on one, and about what."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from lod.iri import PLACES
from lod.vocab import PROV
from lod.web.facts import labels
from lod.web.mentions import Group, shown
from lod.web.parts import Row, Table, tables
from lod.web.portraits.scope import Scope
from lod.web.portraits.sections import Grouped, Section
from lod.web.scribe import About, Scribe, Value, by_subject
from lod.web.translate import _
from lod.web.wording import Text

SHOWN = 25
"""How many entries are told of statement by statement."""


def source(scope: Scope) -> Iterator[Section]:
    """Yield what rests on a source: statement by statement, and all of it where that is much."""
    groups = scope.take(PROV.wasDerivedFrom)
    # Places by the thousand rest on one register in the same way; what else does comes first.
    references = [one for group in sorted(groups, key=_places_last) for one in group.references]
    if references:
        yield _statements(scope, references)
    if len(references) > SHOWN:
        found = [one.by_kind for one in shown(scope.scribe, scope.reference, groups)]
        yield Grouped("resting", _("All that rests on it"), found)


def _places_last(group: Group) -> bool:
    return group.kind in PLACES


def _statements(scope: Scope, references: list[str]) -> Table:
    found = scope.scribe.store.descriptions(references[:SHOWN])
    # Another scribe, so that what these entries rest on beside isn't cited on this page.
    scribe = Scribe(scope.scribe.store, scope.scribe.labels, scope.scribe.reader)
    scribe.learn(map(scribe.space.thing, found))
    scribe.learn(
        node
        for about in found.values()
        for node in (triple.object for triple in about)
        if isinstance(node, NamedNode)
    )
    rows = [
        Row(
            reference,
            [[scribe.resource(reference)], list(_told(scope, scribe, reference, triples))],
            None,
            [],
        )
        for reference, triples in found.items()
    ]
    shown_of = {"shown": scope.number(SHOWN), "all": scope.number(len(references))}
    title = _("Statements that rest on it")
    if len(references) > SHOWN:
        title = _("Statements that rest on it: %(shown)s of %(all)s entries", **shown_of)
    return Table("statements", title, [_("About"), _("Statements")], rows)


def _told(scope: Scope, scribe: Scribe, reference: str, triples: list[Triple]) -> Iterator[Value]:
    """Yield what a source says of a resource: its facts, and its parts one by one."""
    whole, here = scribe.space.thing(reference), scribe.space.thing(scope.reference)
    everything: dict[NamedNode, About] = {**by_subject(triples)}
    (number,) = scribe.cite({PROV.wasDerivedFrom: [here]}, PROV.wasDerivedFrom)
    if here in everything.get(whole, {}).get(PROV.wasDerivedFrom, ()):
        words = " · ".join(labels(scribe, everything[whole]))
        yield Value(Text(words or _("Name")))
    for table in tables(scribe, whole, everything):
        for row in table.rows:
            if number in row.sources:
                cells = (", ".join(one.text.words for one in cell) for cell in row.cells[:2])
                words = ": ".join(filter(None, cells))
                yield Value(Text(words), scribe.page(f"doc/{reference}#{row.anchor}"))
