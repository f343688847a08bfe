"""What a map of undertakings shows, as a list: states, and the places in them that lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lod.web.maps import outlines
from lod.web.portraits.scope import projects
from lod.web.scribe import Scribe, Value, in_order
from lod.web.undertakings import Undertaking


class Region(NamedTuple):
    """A state as the list beside a map has it.

    Attributes:
        value: the state.
        text: how many projects are led in it.
        places: those that lead them.
    """

    value: Value
    text: str
    places: list[Value]


def regions(scribe: Scribe, found: Iterable[Undertaking]) -> list[Region]:
    """Return the states with undertakings in the order of their names."""
    by_state: dict[str, list[Undertaking]] = {}
    for one in found:
        by_state.setdefault(one.state, []).append(one)
    references = {key: scribe.store.identified("state", key) for key in outlines()}
    places = {one.place for every in by_state.values() for one in every}
    named = {*places, *filter(None, references.values())}
    scribe.learn(map(scribe.space.thing, named))
    rows = [
        _region(scribe, reference, by_state[key])
        for key, reference in references.items()
        if reference and key in by_state
    ]
    return sorted(rows, key=lambda region: in_order(region.value))


def _region(scribe: Scribe, reference: str, found: list[Undertaking]) -> Region:
    number = len({one.project for one in found})
    places = map(scribe.resource, {one.place for one in found})
    return Region(
        scribe.resource(reference), projects(scribe, number), sorted(places, key=in_order)
    )
