"""Full-text search and matching of names: an index of its own in the release, and asking it.

`write_search` makes the index when a release is built, `Search` asks it, `Matcher` finds what a
cell of somebody's table means.
"""

from lod.search.asking import Found, Hit, Known, Search
from lod.search.index import GAP, SEARCH, Item, Row, row, write, write_rows
from lod.search.items import item, weight
from lod.search.matching import Candidate, Matcher, Wanted
from lod.search.properties import PROPERTIES, Property
from lod.search.updating import numbers, renumbered, update_rows

__all__ = [
    "GAP",
    "PROPERTIES",
    "SEARCH",
    "Candidate",
    "Found",
    "Hit",
    "Item",
    "Known",
    "Matcher",
    "Property",
    "Row",
    "Search",
    "Wanted",
    "item",
    "numbers",
    "renumbered",
    "row",
    "update_rows",
    "weight",
    "write",
    "write_rows",
]
