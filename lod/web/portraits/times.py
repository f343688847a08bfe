"""Dates on a scale: where a stretch of time lies among others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lod.web.portraits.sections import Span, Tick, Timeline
from lod.web.scribe import Value

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_LEAST_TICKS, _MOST_TICKS = 2, 5
_MONTHS, _DAYS = 12, 31


class Stretch(NamedTuple):
    """A stretch of time as the data have it.

    Attributes:
        value: what took that time.
        words: the time as it is read.
        start: a date of any precision; empty where it isn't known.
        end: the same.
        sources: the numbers of its sources at the foot of the page.
        anchor: the part's name inside the resource's IRI, if it is one.
    """

    value: Value
    words: str
    start: str
    end: str
    sources: Sequence[int] = ()
    anchor: str = ""


def timeline(name: str, title: str, stretches: Iterable[Stretch]) -> Timeline | None:
    """Return a timeline of what has a year; None where nothing has."""
    placed = [
        (one, start, end)
        for one in stretches
        for start, end in [(years(one.start), years(one.end, last=True))]
        if start is not None or end is not None
    ]
    if not placed:
        return None
    every = [year for _, *both in placed for year in both if year is not None]
    first = int(min(every))
    last = max(int(max(every) - 1e-9), first) + 1  # a scale has a year at least
    placed.sort(key=lambda one: (one[1] or 0.0, one[2] or 9999.0, one[0].value.text.words))
    spans = [_span(one, start, end, first, last) for one, start, end in placed]
    return Timeline(name, title, spans, _ticks(first, last))


def years(date: str, last: bool = False) -> float | None:
    """Return a date in years, with the part of the year that went by.

    Args:
        date: of the precision of a year, a month or a day; others have no place on a scale.
        last: whether the end of a year, month or day is meant.

    >>> years("2020-07")
    2020.5
    >>> years("2020", last=True)
    2021.0
    >>> years("--10")
    """
    match = _DATE.fullmatch(date)
    if match is None:
        return None
    month, day = (int(match[name] or 0) for name in ("month", "day"))
    if not month:
        return int(match["year"]) + float(last)
    gone = (day - 1 + last) / _DAYS if day else float(last)
    return int(match["year"]) + (month - 1 + gone) / _MONTHS


def _span(one: Stretch, start: float | None, end: float | None, first: int, last: int) -> Span:
    begins = first if start is None else start
    ends = last if end is None else end
    at, width = (100 * (begins - first) / (last - first), 100 * (ends - begins) / (last - first))
    return Span(
        value=one.value,
        words=one.words,
        start=round(at, 2),
        width=round(max(width, 0), 2),
        open=end is None,
        sources=one.sources,
        anchor=one.anchor,
    )


def _ticks(first: int, last: int) -> Sequence[Tick]:
    step = next(
        one for one in (1, 2, 5, 10, 25, 50, 100, 1000) if (last - first) / one < _MOST_TICKS
    )
    years_ = [year for year in range(first, last + 1) if year % step == 0]
    if len(years_) < _LEAST_TICKS:
        years_ = [first, last]
    return [Tick(year, round(100 * (year - first) / (last - first), 2)) for year in years_]
