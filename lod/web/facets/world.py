"""What facets know of other resources than the one at hand: where they lie, what funds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from lod.search import Search
from lod.search.properties import Fact

Facts = Mapping[str, Sequence[Fact]]
"""Property → values, as the search index has them."""


class World:
    """Looks things up while the facets of a kind are read, each once.

    Args:
        search: knows what is told of resources.
    """

    def __init__(self, search: Search) -> None:
        self._search = search
        self._states: dict[str, tuple[str, ...]] = {}

    def states(self, reference: str) -> tuple[str, ...]:
        """Return the states that a place lies in, or where an organisation has its seat."""
        if reference.startswith("state/"):
            return (reference,)
        if reference not in self._states:
            # Set first: what is named in a circle lies nowhere.
            self._states[reference] = ()
            self._states[reference] = self._found_states(reference)
        return self._states[reference]

    def _found_states(self, reference: str) -> tuple[str, ...]:
        known = self._search.of([reference]).get(reference)
        facts = known.facts if known else {}
        seats = (str(seat) for seat in facts.get("seat", ()))
        found = (
            *map(str, facts.get("state", ())),
            *(s for seat in seats for s in self.states(seat)),
        )
        return tuple(dict.fromkeys(found))

    def whole(self, programme: str) -> frozenset[str]:
        """Return the programmes that one belongs to in the end; itself if it belongs to none."""
        return self._whole(programme, frozenset())

    def _whole(self, programme: str, below: frozenset[str]) -> frozenset[str]:
        wider = self._wider.get(programme, frozenset()) - below
        if not wider:
            return frozenset((programme,))
        return frozenset().union(*(self._whole(one, below | {programme}) for one in wider))

    @cached_property
    def _wider(self) -> dict[str, frozenset[str]]:
        """Programme → the programmes that it is a part of."""
        return {
            f"programme/{slug}": frozenset(
                one for one in map(str, facts.get("part_of", ())) if one.startswith("programme/")
            )
            for slug, facts in self._search.facts("programme")
        }

    def funding(self, place: str) -> frozenset[str]:
        """Return the programmes that fund the projects which a place leads or takes part in."""
        return self._funding.get(place, frozenset())

    @cached_property
    def _funding(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for _, facts in self._search.facts("project"):
            programmes = set(map(str, facts.get("programme", ())))
            for place in (*facts.get("lead", ()), *facts.get("partners", ())):
                found.setdefault(str(place), set()).update(programmes)
        return {place: frozenset(programmes) for place, programmes in found.items()}
