"""The facets beside a list: their values, how many entries each would leave, and where it leads."""

from __future__ import annotations

from typing import NamedTuple

from lod.iri import slug
from lod.web.facets.called import called, learn
from lod.web.facets.narrowed import Narrowed
from lod.web.facets.table import FACETS, Facet, bounds
from lod.web.scribe import Scribe
from lod.web.wording import Text

_OPEN = 16
"""Values that are shown at once; the others are a click away."""


class Option(NamedTuple):
    """A value that can be chosen, or taken back.

    Attributes:
        text: what it is called.
        number: of the entries that have it, beside what was chosen of other facets.
        chosen: whether it is.
        href: the list with it, or without it if it is chosen.
    """

    text: Text
    number: int
    chosen: bool
    href: str


class Group(NamedTuple):
    """A facet with its values.

    Attributes:
        name: of the facet.
        label: in the reader's language.
        open: the values that are shown at once.
        more: the others.
        note: what is counted; empty where that is plain.
    """

    name: str
    label: str
    open: list[Option]
    more: list[Option]
    note: str


def groups(narrowed: Narrowed, scribe: Scribe) -> list[Group]:
    """Return the facets that tell entries of a list apart."""
    found = [_group(narrowed, facet, scribe) for facet in narrowed.index.facets]
    return [group for group in found if group.open]


def chosen_words(narrowed: Narrowed, scribe: Scribe) -> list[Text]:
    """Return what was chosen, in words."""
    found = []
    for facet in FACETS.get(narrowed.kind, ()):
        values = narrowed.choice.get(facet.name, ())
        learn(scribe, facet, values)
        found += [called(scribe, facet, value) for value in values]
    return found


def _group(narrowed: Narrowed, facet: Facet, scribe: Scribe) -> Group:
    index, chosen = narrowed.index, narrowed.choice.get(facet.name, ())
    numbers = index.counts(facet, narrowed.named, narrowed.choice)
    # What all entries have tells none of them apart.
    if not chosen and all(bits == index.everything for bits in index.values[facet.name].values()):
        numbers = {}
    shown = [value for value, number in numbers.items() if number or value in chosen]
    learn(scribe, facet, shown)
    options = {
        value: Option(
            called(scribe, facet, value),
            numbers[value],
            value in chosen,
            scribe.reader.page(f"doc/{narrowed.kind}", narrowed.toggled(facet, value)),
        )
        for value in _in_order(facet, shown)
    }
    first = {value for place, value in enumerate(options) if place < _OPEN or value in chosen}
    return Group(
        facet.name,
        facet.label(scribe.language),
        [option for value, option in options.items() if value in first],
        [option for value, option in options.items() if value not in first],
        facet.counted(scribe.language),
    )


def _in_order(facet: Facet, values: list[str]) -> list[str]:
    """Return values in the order of their facet; those of an index begin with the frequent ones."""
    if facet.says == "size":
        return sorted(values, key=bounds)
    if facet.order == "value":
        return sorted(values, key=slug)
    return sorted(values, key=slug, reverse=True) if facet.order == "latest" else values
