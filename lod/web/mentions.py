"""What other resources say about one: grouped by property and kind, and counted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode

from lod.iri import PLACES
from lod.store import Store
from lod.vocab import DCAT, DCTERMS, GEO, LOCN, ORG, PROV, SCHEMA
from lod.web.edition import Edition, Mentions
from lod.web.facts import implied
from lod.web.scribe import Scribe, Value, in_order, kind_name, kind_of, kind_order

SHOWN = 50
"""How many of a group stand on the page of the resource."""
_MOST = 10**9
_ROLES = frozenset({ORG.member, ORG.organization, ORG.role})
_LAST = (DCTERMS.type, DCTERMS.subject, PROV.wasDerivedFrom)
_HIDDEN = frozenset({SCHEMA.agent, GEO.hasGeometry, LOCN.geometry, DCAT.distribution})


class Group(NamedTuple):
    """Resources of one kind that name a resource by one property.

    Attributes:
        predicate: the property.
        kind: of the resources.
        references: all of them, in order.
    """

    predicate: NamedNode
    kind: str
    references: list[str]


@dataclass(frozen=True)
class Mentioned:
    """Everything that names a resource.

    Attributes:
        groups: without the memberships.
        roles: the references of the memberships that tell who has a role.
    """

    groups: list[Group]
    roles: list[str]

    @property
    def first(self) -> list[str]:
        """The references that stand on the page of the resource."""
        return [reference for group in self.groups for reference in group.references[:SHOWN]]


class Shown(NamedTuple):
    """A group as it stands on a page.

    Attributes:
        label: the property, read backwards.
        term: its short IRI.
        kind: the name of the kind.
        number: how many there are.
        values: the first of them.
        more: where all of them stand; empty when these are all.
        places: whether they are places, whose names are short.
    """

    label: str
    term: str
    kind: str
    number: int
    values: list[Value]
    more: str
    places: bool

    @property
    def by_kind(self) -> Shown:
        """The group under the name of its kind, where a heading says by which property."""
        return self._replace(label=self.kind, kind="")


def mentioned(edition: Edition, reference: str) -> Mentioned:
    """Return what names a resource, each resource once for each property."""
    store = edition.store
    found = edition.mentions.get(reference, lambda: _found(store, reference))
    in_roles = {*_ROLES, store.space.term("onBehalfOf")}
    groups = [
        Group(*key, references)
        for key, references in found.items()
        if references and not _tells_role(key, in_roles)
    ]
    roles = {one for key in found if _tells_role(key, in_roles) for one in found[key]}
    return Mentioned(sorted(groups, key=_place), sorted(roles))


def _tells_role(key: tuple[NamedNode, str], in_roles: Collection[NamedNode]) -> bool:
    return key[1] == "membership" and key[0] in in_roles


def _found(store: Store, reference: str) -> Mentions:
    found: dict[tuple[NamedNode, str], set[str]] = {}
    for mention in store.mentions(reference, _MOST):
        whole = store.space.reference(mention.subject.value)
        if whole is not None and mention.predicate not in _HIDDEN:
            found.setdefault((mention.predicate, kind_of(whole)), set()).add(whole)
    for general, closer in implied(store.space).items():
        for (predicate, kind), references in found.items():
            if predicate == general:
                references.difference_update(found.get((closer, kind), ()))
    return {key: sorted(references) for key, references in found.items()}


def _place(group: Group) -> tuple[int, int, str]:
    last = _LAST.index(group.predicate) + 1 if group.predicate in _LAST else 0
    # States and districts are few, and come before the municipalities in them.
    order = -kind_order(group.kind) if group.kind in PLACES else kind_order(group.kind)
    return last, order, group.predicate.value


def shown(scribe: Scribe, reference: str, groups: list[Group]) -> list[Shown]:
    """Return the groups as they stand on the page of a resource."""
    return [_shown(scribe, reference, group) for group in groups]


def _shown(scribe: Scribe, reference: str, group: Group) -> Shown:
    count = len(group.references)
    term = scribe.labels.curie(group.predicate)
    arguments = {"by": term, "kind": group.kind}
    more = scribe.reader.page(f"doc/{reference}/mentions", arguments)
    values = [scribe.resource(found) for found in group.references[:SHOWN]]
    if count <= SHOWN:
        values.sort(key=in_order)
    return Shown(
        scribe.labels.inverse(group.predicate, scribe.language),
        term,
        kind_name(group.kind, scribe.language, plural=count != 1),
        count,
        values,
        more if count > SHOWN else "",
        group.kind in PLACES,
    )
