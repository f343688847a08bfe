"""What a list tells of each entry beside its name: from the search index, where it lies together.

The store has it too, but finds each statement by itself, which takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple

from pyoxigraph import NamedNode

from lod.iri import PLACES
from lod.mapping.software import SPDX_LICENCES
from lod.search import Known
from lod.search.properties import BY_ID
from lod.vocab import DC, DCTERMS, ORG, SCHEMA, SKOS
from lod.web.scribe import Scribe, Value
from lod.web.wording import Text

_DATES = frozenset({"start", "published", "modified"})


class Column(NamedTuple):
    """A column of a list.

    Attributes:
        heading: the property, ours by its name alone, that the column is called by.
        properties: of the search index, whose values stand there.
    """

    heading: NamedNode | str
    properties: tuple[str, ...]


_TYPE = Column(DCTERMS.type, ("type",))
_START = Column(SCHEMA.startDate, ("start",))
_PUBLISHER = Column(SCHEMA.publisher, ("publisher",))
COLUMNS: dict[str, tuple[Column, ...]] = {
    "municipality": (Column(SCHEMA.containedInPlace, ("district", "part_of", "state")), _TYPE),
    "district": (Column(SCHEMA.containedInPlace, ("state", "part_of")), _TYPE),
    "membership": (Column(ORG.role, ("role",)), Column("onBehalfOf", ("on_behalf_of",))),
    "programme": (_TYPE, _START),
    "project": (Column("lead", ("lead",)), Column("fundedUnder", ("programme",))),
    "event": (_START, _TYPE),
    "software": (_PUBLISHER, Column(SCHEMA.license, ("licence",))),
    "dataset": (_PUBLISHER, Column(SCHEMA.dateModified, ("modified",))),
    "topic": (Column(SKOS.inScheme, ("scheme",)),),
    "source": (Column(DC.publisher, ("publisher",)), Column(SCHEMA.datePublished, ("published",))),
    "organisation": (_TYPE, Column(SCHEMA.location, ("seat",))),
    "board": (_TYPE,),
}


class Row(NamedTuple):
    """An entry of a list.

    Attributes:
        value: its name, which leads to it.
        cells: the values in each column.
        inhabitants: of a place, as they are read; empty where they aren't known.
    """

    value: Value
    cells: list[list[Value]]
    inhabitants: str


def headings(scribe: Scribe, kind: str) -> list[str]:
    """Return what the columns of a kind's list are called."""
    own = scribe.space.term
    nodes = (
        own(column.heading) if isinstance(column.heading, str) else column.heading
        for column in COLUMNS.get(kind, ())
    )
    return [scribe.labels.forward(node, scribe.language) for node in nodes]


def rows(scribe: Scribe, kind: str, entries: Sequence[Known]) -> list[Row]:
    """Return the rows of some entries of a kind's list, in their order."""
    columns = COLUMNS.get(kind, ())
    scribe.know({entry.reference: entry.names for entry in entries})
    named = [
        name for column in columns for name in column.properties if BY_ID[name].type == "resource"
    ]
    found = (str(fact) for one in entries for name in named for fact in one.facts.get(name, ()))
    scribe.look_up(found)
    value = cache(partial(_value, scribe))
    return [
        Row(
            scribe.resource(entry.reference),
            [_cell(column, entry, value) for column in columns],
            _inhabitants(scribe, entry) if kind in PLACES else "",
        )
        for entry in entries
    ]


def _cell(column: Column, entry: Known, value: Callable[[str, str], Value]) -> list[Value]:
    """Return the values of a column, without those that read the same as others.

    A district may bear the name of its town.
    """
    found = (
        value(name, str(fact)) for name in column.properties for fact in entry.facts.get(name, ())
    )
    return list({one.text.words: one for one in found}.values())


def _value(scribe: Scribe, name: str, fact: str) -> Value:
    if scribe.knows(fact):
        return scribe.resource(fact)
    if name == "licence":
        return scribe.value(NamedNode(SPDX_LICENCES + fact))
    return Value(Text(scribe.wording.date(fact) if name in _DATES else fact))


def _inhabitants(scribe: Scribe, entry: Known) -> str:
    return "".join(map(scribe.wording.number, map(str, entry.facts.get("population", ()))))
