"""What portraits are made of, beside tables: maps, timelines, bars, groups and lists of links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lod.web.facts import Fact
from lod.web.maps import Map
from lod.web.mentions import Shown
from lod.web.parts import Table
from lod.web.scribe import Value

_SHORT = 24


class Bar(NamedTuple):
    """A bar of a chart.

    Attributes:
        value: what is counted, and where it leads.
        number: how much there is of it.
        words: the number as it is read.
        share: of the longest bar, from 0 to 100.
    """

    value: Value
    number: float
    words: str
    share: float


@dataclass(frozen=True)
class Bars:
    """A chart of bars, which is its own table.

    Attributes:
        name: a word for the address and style.
        title: what it shows.
        columns: the headings: of what is counted, and of the number.
        bars: in their order.
        query: in SPARQL, that gives the numbers; empty where the data say them as they are.
        note: what is counted, in a sentence; empty where the title says it.
    """

    name: str
    title: str
    columns: tuple[str, str]
    bars: Sequence[Bar]
    query: str = ""
    note: str = ""


class Span(NamedTuple):
    """A stretch of time, drawn to scale.

    Attributes:
        value: what took that time.
        words: the time as it is read.
        start: where it begins, in per cent of the whole.
        width: how long it is, in per cent of the whole; 0 of a moment.
        open: whether its end isn't known.
        sources: the numbers of its sources at the foot of the page.
        anchor: the part's name inside the resource's IRI, if it is one.
    """

    value: Value
    words: str
    start: float
    width: float
    open: bool = False
    sources: Sequence[int] = ()
    anchor: str = ""


class Tick(NamedTuple):
    """A year on a timeline, and where it begins in per cent of the whole."""

    year: int
    at: float


@dataclass(frozen=True)
class Timeline:
    """Stretches of time below one another, over one scale.

    Attributes:
        name: a word for the address and style.
        title: what it shows.
        spans: in the order in which they begin.
        ticks: the years of the scale.
    """

    name: str
    title: str
    spans: Sequence[Span]
    ticks: Sequence[Tick]

    @property
    def sourced(self) -> bool:
        """Whether any span names a source."""
        return any(span.sources for span in self.spans)


class Told(NamedTuple):
    """Facts that others state of the resource, as it is read beside a map.

    Attributes:
        name: a word for the address and style.
        title: what they are.
        facts: in their order.
    """

    name: str
    title: str
    facts: Sequence[Fact]


class Grouped(NamedTuple):
    """What names the resource, in groups that are counted.

    Attributes:
        name: a word for the address and style.
        title: what they have in common.
        groups: in their order.
    """

    name: str
    title: str
    groups: Sequence[Shown]


class Links(NamedTuple):
    """Resources with something in common.

    Attributes:
        name: a word for the address and style.
        title: what they have in common.
        links: the resources.
        more: where all of them stand; empty where these are all.
    """

    name: str
    title: str
    links: Sequence[Value]
    more: str = ""

    @property
    def short(self) -> bool:
        """Whether the names are as short as those of places, and fit into narrow columns."""
        return all(len(one.text.words) <= _SHORT for one in self.links)


@dataclass(frozen=True)
class Drawn:
    """A map as a section of a page.

    Attributes:
        name: a word for the address and style.
        title: what it shows.
        map: the drawing.
        listed: what is on it, as a list for those who can't see it.
        beside: the parts of the map around this one, and the whole; empty of the whole.
    """

    name: str
    title: str
    map: Map
    listed: Sequence[Value]
    beside: Sequence[Value] = ()


Section = Table | Bars | Timeline | Told | Grouped | Links | Drawn


def bars(counted: Sequence[tuple[Value, float, str]]) -> list[Bar]:
    """Return bars whose lengths are shares of the longest."""
    most = max((number for _, number, _ in counted), default=0) or 1
    return [
        Bar(value, number, words, round(100 * number / most, 1)) for value, number, words in counted
    ]
