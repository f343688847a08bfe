"""How many records of each kind there are, and how the municipalities lie in districts."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from tests.benchmarks import topics
from tests.benchmarks.words import skewed

STATES = 16
MOST_IN_DISTRICT = 999
MOST_DISTRICTS = 998 * STATES
"""Three digits of the official key name the district in its state, three the municipality in it."""
SHARES = {
    "district": 0.022,
    "source": 0.06,
    "organisation": 0.06,
    "person": 0.08,
    "programme": 0.003,
    "board": 0.003,
    "project": 0.12,
    "membership": 0.11,
}
"""Of all records; the rest are municipalities, besides the states and topics."""
SEATS = 3
"""How many memberships stand in the file of each board."""


@dataclass(frozen=True)
class Population:
    """What is written.

    Attributes:
        seed: of all chances.
        count: of records by kind.
        ends: of each district, the number of the first municipality after it.
    """

    seed: int
    count: dict[str, int]
    ends: array[int]

    @classmethod
    def of(cls, records: int, only: str, seed: int) -> Population:
        """Return so many records, or so many of one kind and what they refer to."""
        count = {"topic": topics.COUNT, "state": STATES}
        for kind, share in SHARES.items():
            count[kind] = max(3, int(records * share))
        count["district"] = min(max(STATES, count["district"]), MOST_DISTRICTS)
        if only:
            count |= dict.fromkeys(
                ("organisation", "person", "programme", "board", "project", "membership"), 0
            )
            count["municipality"] = records
        else:
            count["municipality"] = records - sum(count.values())
        chance = Random(f"{seed} districts")
        return cls(seed, count, _ends(count["municipality"], count["district"], chance))

    def chance(self, kind: str) -> Random:
        """Return the chances of a kind, always the same."""
        return Random(f"{self.seed} {kind}")

    def start(self, district: int) -> int:
        """Return the number of the first municipality of a district."""
        return self.ends[district - 1] if district else 0

    def size(self, district: int) -> int:
        """Return how many municipalities a district has; one alone is a town that forms it."""
        return self.ends[district] - self.start(district)

    def district_of(self, municipality: int) -> int:
        """Return the number of the district that a municipality lies in."""
        return bisect_right(self.ends, municipality)

    def some(self, chance: Random, kind: str) -> int:
        """Return the number of a record: a few are very popular."""
        return skewed(chance, self.count[kind])


def _ends(municipalities: int, districts: int, chance: Random) -> array[int]:
    """Return where each district ends: a quarter are towns, the others differ much in size."""
    sizes = array("q", [1]) * districts
    weights = [0.0 if chance.random() < 0.25 else chance.lognormvariate(0, 0.6) for _ in sizes]
    weights[-1] = weights[-1] or 1.0
    left, whole = municipalities - districts, sum(weights)
    for number, weight in enumerate(weights):
        sizes[number] += min(int(left * weight / whole), MOST_IN_DISTRICT - 1)
    rest = municipalities - sum(sizes)
    for number, weight in enumerate(weights):
        more = min(rest, MOST_IN_DISTRICT - sizes[number]) if weight else 0
        sizes[number] += more
        rest -= more
    if rest:
        raise ValueError(f"{municipalities} municipalities have no room in {districts} districts")
    return array("q", accumulate(sizes))
