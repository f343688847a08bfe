"""Topics: what carries one, how its list is used, and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from lod.vocab import DCAT, DCTERMS, SKOS
from lod.web.mentions import Group, shown
from lod.web.portraits.scope import Scope
from lod.web.portraits.sections import Bars, Grouped, Links, Section
from lod.web.translate import _

_SHOWN = 24
_CONCEPTS = f"""\
SELECT ?concept (COUNT(?one) AS ?number) {{
  ?concept skos:inScheme $this
  OPTIONAL {{ ?one dcterms:subject|dcterms:type|org:role|dcat:hadRole ?concept }}
}} GROUP BY ?concept ORDER BY DESC(?number) ?concept LIMIT {_SHOWN}"""
_BESIDE = f"""\
SELECT ?other {{
  $this skos:inScheme ?scheme . ?other skos:inScheme ?scheme FILTER(?other != $this)
}} ORDER BY ?other LIMIT {_SHOWN}"""


def topic(scope: Scope) -> Iterator[Section]:
    """Yield the concepts of a list by use; of a concept, what carries it and its neighbours."""
    yield from _concepts(scope)
    for name, title, predicate in (
        ("narrower", _("Narrower topics"), SKOS.broader),
        ("on-topic", _("What is on this topic"), DCTERMS.subject),
        ("of-kind", _("What is of this kind"), DCTERMS.type),
        ("in-role", _("Where somebody has this role"), DCAT.hadRole),
    ):
        yield from _carrying(scope, name, title, predicate)
    beside = scope.references(_BESIDE)
    if beside:
        (scheme,) = scope.values(scope.named(SKOS.inScheme)[:1])
        title = _("Also in “%(list)s”", list=scheme.text.words)
        yield Links("beside", title, scope.values(beside), scheme.href)


def _concepts(scope: Scope) -> Iterator[Bars]:
    """Yield the concepts of a list that are named most, each with how often it is."""
    rows = [
        (scope.scribe.space.reference(concept.value) or "", int(number.value))
        for concept, number in scope.ask(_CONCEPTS)
    ]
    if rows:
        # Of a long list the chart has a part alone, and all stand where all mentions do.
        if len(rows) < _SHOWN:
            scope.take(SKOS.inScheme)
        values = scope.values(reference for reference, _number in rows)
        counted = zip(values, (number for _reference, number in rows), strict=True)
        columns = (_("Topic"), _("Times named"))
        title = _("Its topics, by use")
        yield scope.bars("concepts", title, columns, counted, _CONCEPTS)


def _carrying(scope: Scope, name: str, title: str, predicate: NamedNode) -> Iterator[Grouped]:
    groups: list[Group] = scope.take(predicate)
    if groups:
        found = shown(scope.scribe, scope.reference, groups)
        yield Grouped(name, title, [one.by_kind for one in found])
