"""What an organisation or a place does: in what it takes part, in which role, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from lod.iri import part
from lod.vocab import DCAT, DCTERMS, PROV, SCHEMA
from lod.web.mentions import SHOWN, Group
from lod.web.parts import Row, Table
from lod.web.portraits.scope import Scope
from lod.web.portraits.stretches import first
from lod.web.scribe import About, Value, by_subject, in_order, kind_name, kind_of, kind_order
from lod.web.translate import _
from lod.web.wording import Text

UNDERTAKINGS = ("board", "programme", "project", "event", "dataset")
"""The kinds of what one takes part in, beside software."""
_PARTS = {PROV.agent: PROV.qualifiedAttribution, SCHEMA.agent: SCHEMA.potentialAction}
"""How a part names who acts → how its whole names the part."""
_WHERE = frozenset({SCHEMA.location, SCHEMA.spatialCoverage, DCTERMS.spatial})


@dataclass(frozen=True)
class _Deed:
    """What the resource does in another, in words, and where that is said."""

    words: str
    start: str
    end: str
    sources: list[int]


def doings(scope: Scope) -> Iterator[Table]:
    """Yield what somebody takes part in, and the software that they publish, run or use."""
    yield from _undertakings(scope)
    yield from _software(scope)


def _undertakings(scope: Scope) -> Iterator[Table]:
    groups = scope.take(*_acting(scope), kinds=UNDERTAKINGS)
    rows = [
        Row(
            reference,
            [
                [scope.scribe.resource(reference)],
                [Value(Text(kind_name(kind_of(reference), scope.scribe.language)))],
                *_cells(scope, deeds),
            ],
            None,
            _sources(deeds),
        )
        for reference, _own, deeds in _found(scope, groups)
    ]
    if rows:
        columns = [_("What"), _("Kind"), _("In which role"), _("Time")]
        title = _("What it takes part in")
        yield Table("undertakings", title, columns, rows, more=_more(scope, groups)).filled()


def _software(scope: Scope) -> Iterator[Table]:
    groups = scope.take(*_acting(scope), kinds=["software"])
    rows = [
        Row(
            reference,
            [
                [scope.scribe.resource(reference)],
                *_cells(scope, deeds),
                [scope.scribe.value(one) for one in own.get(SCHEMA.license, ())],
            ],
            None,
            _sources(deeds),
        )
        for reference, own, deeds in _found(scope, groups)
    ]
    if rows:
        columns = [_("Software"), _("In which role"), _("Time"), _("Licence")]
        more = _more(scope, groups)
        yield Table("software", _("Software"), columns, rows, more=more).filled()


def _acting(scope: Scope) -> list[NamedNode]:
    """Return the properties by which the resource is named as one who acts, not as a place."""
    return [one.predicate for one in scope.named_by.groups if one.predicate not in _WHERE]


def _found(scope: Scope, groups: Iterable[Group]) -> Iterator[tuple[str, About, list[_Deed]]]:
    """Yield what names the resource, what is stated of it, and what the resource does in it."""
    named: dict[str, list[NamedNode]] = {}
    for group in groups:
        for reference in group.references[:SHOWN]:
            named.setdefault(reference, []).append(group.predicate)
    described = scope.scribe.store.descriptions(named)
    everything = {reference: by_subject(found) for reference, found in described.items()}
    scope.scribe.learn(
        role
        for about in everything.values()
        for of_part in about.values()
        for role in of_part.get(DCAT.hadRole, ())
    )
    for reference, predicates in sorted(named.items(), key=lambda one: _by_name(scope, one[0])):
        about = everything[reference]
        own = about.get(scope.scribe.space.thing(reference), {})
        deeds = [one for by in predicates for one in _deeds(scope, by, own, about)]
        yield reference, own, deeds


def _by_name(scope: Scope, reference: str) -> tuple[int, str]:
    """Return what resources are sorted by: their kinds, then their names."""
    return kind_order(kind_of(reference)), in_order(scope.scribe.resource(reference))


def _deeds(
    scope: Scope, predicate: NamedNode, own: About, about: Mapping[NamedNode, About]
) -> Iterator[_Deed]:
    words = scope.scribe.labels.inverse(predicate, scope.scribe.language)
    if predicate == scope.scribe.space.term("usedBy"):
        predicate = SCHEMA.agent  # says the same, and has the source
    if predicate not in _PARTS:
        start, end = first(own, SCHEMA.startDate), first(own, SCHEMA.endDate)
        yield _Deed(words, start, end, scope.scribe.cite(own, PROV.wasDerivedFrom))
        return
    whole = scope.scribe.space.thing(scope.reference)
    acting = {whole, part(whole, "administration")}
    for node in own.get(_PARTS[predicate], ()):
        found = about.get(node, {}) if isinstance(node, NamedNode) else {}
        if acting.intersection(found.get(predicate, ())):
            roles = [scope.scribe.value(one).text.words for one in found.get(DCAT.hadRole, ())]
            start, end = first(found, SCHEMA.startDate), first(found, SCHEMA.endDate)
            sources = scope.scribe.cite(found, PROV.wasDerivedFrom)
            yield _Deed(", ".join(roles) or words, start, end, sources)


def _cells(scope: Scope, deeds: list[_Deed]) -> tuple[list[Value], list[Value]]:
    """Return the roles and their times as the cells of a row."""
    words = list(dict.fromkeys(one.words for one in deeds))
    spans = (scope.scribe.wording.span(one.start or None, one.end or None) for one in deeds)
    times = dict.fromkeys(filter(None, spans))
    return [Value(Text(one)) for one in words], [Value(Text(one)) for one in times]


def _sources(deeds: list[_Deed]) -> list[int]:
    return sorted({number for one in deeds for number in one.sources})


def _more(scope: Scope, groups: list[Group]) -> str:
    """Return where all stand, where a group is longer than what is shown of it."""
    long = [group for group in groups if len(group.references) > SHOWN]
    if not long:
        return ""
    labels = scope.scribe.labels
    of_one = {"by": labels.curie(long[0].predicate), "kind": long[0].kind}
    path = f"doc/{scope.reference}/mentions"
    return scope.scribe.reader.page(path, of_one if len(long) == 1 else None)
