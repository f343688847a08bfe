"""When programmes, events and roles begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from lod.vocab import SCHEMA
from lod.web.portraits.scope import Scope
from lod.web.portraits.times import Stretch
from lod.web.scribe import About, by_subject


def stretches(scope: Scope, references: Sequence[str]) -> Iterator[Stretch]:
    """Yield how long resources take; one without an end goes on."""
    found = scope.scribe.store.abouts(references, SCHEMA.startDate, SCHEMA.endDate)
    for reference, value in zip(references, scope.values(references), strict=True):
        about = by_subject(found[reference]).get(scope.scribe.space.thing(reference), {})
        start, end = first(about, SCHEMA.startDate), first(about, SCHEMA.endDate)
        yield Stretch(value, scope.scribe.wording.span(start or None, end or None), start, end)


def moments(scope: Scope, references: Sequence[str]) -> Iterator[Stretch]:
    """Yield when events are; one without an end is over when it has begun."""
    for one in stretches(scope, references):
        words = one.words if one.end else scope.scribe.wording.date(one.start)
        yield one._replace(words=words, end=one.end or one.start)


def terms(scope: Scope) -> Iterator[Stretch]:
    """Yield how long the roles are held that name a resource."""
    values = scope.values(scope.memberships)
    for value, about in zip(values, scope.memberships.values(), strict=True):
        start, end = first(about, SCHEMA.startDate), first(about, SCHEMA.endDate)
        words = scope.scribe.wording.span(start or None, end or None)
        yield Stretch(value, words, start, end)


def first(about: About, predicate: NamedNode) -> str:
    """Return the first literal of a property; empty where there is none."""
    found = (term.value for term in about.get(predicate, ()) if isinstance(term, Literal))
    return next(found, "")
