"""What a portrait is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from lod.iri import KINDS, PLACES
from lod.vocab import SCHEMA
from lod.web.edition import Edition
from lod.web.maps import Map, Point, State, outlines, project
from lod.web.mentions import Group, Mentioned
from lod.web.portraits.sections import Bars, Drawn, bars
from lod.web.scribe import About, Scribe, Value, by_subject, kind_of
from lod.web.translate import _
from lod.web.undertakings import Undertaking

LEVELS = 4


@dataclass(frozen=True)
class Scope:
    """A resource, and all that is known of it.

    Attributes:
        edition: what is served.
        scribe: writes for the reader.
        reference: of the resource.
        everything: what is stated about it and its parts.
        named_by: what names it.
        memberships: reference → what is stated about each membership that names it.
        taken: the groups of what names it that the portrait shows, as property and kind.
    """

    edition: Edition
    scribe: Scribe
    reference: str
    everything: Mapping[NamedNode, About]
    named_by: Mentioned
    memberships: Mapping[str, About]
    taken: set[tuple[NamedNode, str]] = field(default_factory=set)

    @property
    def about(self) -> About:
        """What is stated about the resource itself."""
        return self.everything[self.scribe.space.thing(self.reference)]

    def take(self, *predicates: NamedNode, kinds: Iterable[str] = KINDS) -> list[Group]:
        """Return groups of what names the resource, which the page shows nowhere else then.

        Args:
            predicates: by which it is named.
            kinds: of those that name it.
        """
        found = [
            group
            for group in self.named_by.groups
            if group.kind in kinds and group.predicate in predicates
        ]
        self.taken.update((group.predicate, group.kind) for group in found)
        return found

    @property
    def untold(self) -> list[Group]:
        """The groups of what names the resource that nobody took."""
        return [one for one in self.named_by.groups if (one.predicate, one.kind) not in self.taken]

    def naming(self, predicate: NamedNode, kind: str) -> list[str]:
        """Return the references of the resources of a kind that name this one by a property."""
        return [
            reference
            for group in self.named_by.groups
            if (group.predicate, group.kind) == (predicate, kind)
            for reference in group.references
        ]

    def named(self, *predicates: NamedNode) -> list[str]:
        """Return the references of the resources that this one names by some properties."""
        return self.references_of(self.about, *predicates)

    def references_of(self, about: About, *predicates: NamedNode) -> list[str]:
        """Return the references of the resources that something names by some properties."""
        every = (node.value for one in predicates for node in about.get(one, ()))
        return list(dict.fromkeys(filter(None, map(self.scribe.space.reference, every))))

    def values(self, references: Iterable[str]) -> list[Value]:
        """Return links to resources by their names, in the order given."""
        wanted = list(dict.fromkeys(references))
        self.scribe.learn(map(self.scribe.space.thing, wanted))
        return [self.scribe.resource(reference) for reference in wanted]

    def part(self, node: NamedNode | Literal) -> str:
        """Return the name of a part inside the resource's IRI."""
        return node.value.removeprefix(f"{self.scribe.space.thing(self.reference).value}/")

    def about_this(self, query: str) -> str:
        """Return a query with the resource in the place of ``$this``, as SHACL writes it."""
        return query.replace("$this", str(self.scribe.space.thing(self.reference)))

    def ask(self, query: str) -> list[tuple[NamedNode | Literal, ...]]:
        """Return the rows of a query about the resource, without those that leave a gap."""
        solutions = self.scribe.store.query(self.about_this(query))
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 (queries of ours)
        rows = (tuple(solution) for solution in solutions)
        return [row for row in rows if all(isinstance(t, NamedNode | Literal) for t in row)]

    def references(self, query: str) -> list[str]:
        """Return the references in the first column of a query about the resource."""
        found = (self.scribe.space.reference(row[0].value) for row in self.ask(query))
        return list(filter(None, found))

    def number(self, number: float) -> str:
        """Return a number as it is read."""
        return self.scribe.wording.number(str(number))

    def bars(  # noqa: PLR0913 (all that such a section shows)
        self,
        name: str,
        title: str,
        columns: tuple[str, str],
        rows: Iterable[tuple[Value, int]],
        query: str,
        *,
        note: str = "",
    ) -> Bars:
        """Return a section that counts something, with the query behind it."""
        counted = [(value, float(number), self.number(number)) for value, number in rows]
        return Bars(name, title, columns, bars(counted), self.about_this(query), note)


def states(
    scribe: Scribe,
    numbers: Mapping[str, float],
    texts: Mapping[str, str],
    keys: Sequence[str] = (),
) -> list[State]:
    """Return states as a map shows them.

    Args:
        scribe: writes for the reader.
        numbers: key of a state → how strongly it is filled, relative to the others.
        texts: key of a state → what is told of it.
        keys: of the states; all of them where none are named.
    """
    references = {key: scribe.store.identified("state", key) for key in keys or outlines()}
    scribe.learn(scribe.space.thing(found) for found in references.values() if found)
    most = max(numbers.values(), default=0) or 1
    return [
        State(
            path,
            scribe.resource(reference),
            texts.get(key, ""),
            -int(-LEVELS * numbers.get(key, 0) // most),
        )
        for key, path in outlines().items()
        if (reference := references.get(key))
    ]


def of_undertakings(scribe: Scribe, title: str, found: Iterable[Undertaking]) -> Map:
    """Return a map of the places that lead projects, on states filled by their number."""
    every = list(found)
    numbers: dict[str, float] = {}
    for state in {(one.project, one.state) for one in every if one.state}:
        numbers[state[1]] = numbers.get(state[1], 0) + 1
    texts = {key: projects(scribe, int(number)) for key, number in numbers.items()}
    places = {one.place: one.point for one in every if one.point}
    scribe.learn(map(scribe.space.thing, places))
    points = [Point(*project(*at), scribe.resource(place)) for place, at in sorted(places.items())]
    return Map(title, states(scribe, numbers, texts), points)


def of_places(scope: Scope, name: str, title: str, references: Iterable[str]) -> Drawn | None:
    """Return a map of places, on states filled by their number; None where they are none.

    Args:
        scope: of the page.
        name: of the section.
        title: of the section.
        references: of resources; those that are no places, or lie in no state, are left out.
    """
    space, store = scope.scribe.space, scope.scribe.store
    numbers: Counter[str] = Counter()
    points, listed = [], []
    places = sorted({one for one in references if kind_of(one) in PLACES})
    found = store.descriptions(places)
    for reference, value in zip(places, scope.values(places), strict=True):
        about = by_subject(found[reference])
        keys = about.get(space.thing(reference), {}).get(space.term("stateKey"), ())
        numbers.update(key.value for key in keys)
        points += [Point(*at, value) for at in positions(about, space.thing(reference))]
        listed += [value] if keys else []
    if not listed:
        return None
    texts = {key: scope.number(number) for key, number in numbers.items()}
    return Drawn(name, title, Map(title, states(scope.scribe, numbers, texts), points), listed)


def positions(
    everything: Mapping[NamedNode, About], place: NamedNode
) -> Iterator[tuple[float, float]]:
    """Yield where a place lies on the map, if that is known."""
    for node in everything.get(place, {}).get(SCHEMA.geo, ()):
        about = everything.get(node, {}) if isinstance(node, NamedNode) else {}
        latitude, longitude = (
            float(about[one][0].value) for one in (SCHEMA.latitude, SCHEMA.longitude)
        )
        yield project(latitude, longitude)


def projects(scribe: Scribe, number: int) -> str:
    """Return a number of projects in words."""
    words = scribe.wording.number(str(number))
    return _("1 project") if number == 1 else _("%(number)s projects", number=words)
