"""A map of Germany as SVG: its states, and points of ours on it.

The outlines are made by ``scripts/map`` from Natural Earth, which is in the public domain. They
come with the program: no tile and no script is fetched from anywhere.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lod.web.scribe import Value

WIDTH, HEIGHT = 590, 790
"""Of the whole map in its own units, a hundredth of a degree of latitude each."""
_WEST, _NORTH, _PARALLEL, _SCALE = 5.8, 55.1, 51.2, 100
"""The projection of ``scripts/map/build.mjs``: equirectangular, true to scale at 51.2° N."""
_SHRINK = math.cos(math.radians(_PARALLEL))
_MARGIN = 40


class Box(NamedTuple):
    """A part of the map: where its upper left corner lies, and its size."""

    x: float = 0
    y: float = 0
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def words(self) -> str:
        """The box as SVG's ``viewBox`` has it."""
        return f"{self.x:.0f} {self.y:.0f} {self.width:.0f} {self.height:.0f}"

    def meets(self, other: Box) -> bool:
        """Say whether two parts of the map have anything in common."""
        return (
            abs(2 * (self.x - other.x) + self.width - other.width) < self.width + other.width
            and abs(2 * (self.y - other.y) + self.height - other.height)
            < self.height + other.height
        )


WHOLE = Box()


class State(NamedTuple):
    """A state on the map.

    Attributes:
        path: its outline, as SVG's ``d`` has it.
        value: what it is called, and where it leads.
        text: what is told of it.
        level: how strongly it is filled, from 0 to 4.
    """

    path: str
    value: Value
    text: str = ""
    level: int = 0


class Point(NamedTuple):
    """A resource on the map.

    Attributes:
        x: from the left.
        y: from the top.
        value: what it is called, and where it leads.
        main: whether the page is about it.
    """

    x: float
    y: float
    value: Value
    main: bool = False


@dataclass(frozen=True)
class Map:
    """What a map shows; the same stands on its page as a list or table.

    Attributes:
        title: what it shows, in words.
        states: in the order of their keys.
        points: on top of them.
        box: the part that is shown.
    """

    title: str
    states: list[State]
    points: list[Point] = field(default_factory=list)
    box: Box = WHOLE

    @property
    def radius(self) -> float:
        """Of a point, so that it is as large in every part of the map."""
        return round(max(self.box.width, self.box.height) / 110, 1)


@cache
def outlines() -> Mapping[str, str]:
    """Return the key of each state (two digits) and its outline."""
    found: dict[str, str] = json.loads((Path(__file__).parent / "outlines.json").read_text("utf-8"))
    return found


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a place lies on the map.

    Args:
        latitude: in decimal degrees (WGS 84).
        longitude: in decimal degrees (WGS 84).

    >>> project(52.52, 13.4)
    (476.2, 258.0)
    """
    x, y = (longitude - _WEST) * _SHRINK * _SCALE, (_NORTH - latitude) * _SCALE
    return round(x, 1), round(y, 1)


@cache
def box_of(state: str) -> Box:
    """Return the part of the map that a state lies in, with a margin."""
    return around(_corners(outlines()[state]))


@cache
def neighbours(state: str) -> tuple[str, ...]:
    """Return the keys of the states that share a border with one: more than a corner of it.

    >>> neighbours("10")
    ('07',)
    """
    own = set(_corners(outlines()[state]))
    shared = {key: own.intersection(_corners(path)) for key, path in outlines().items()}
    return tuple(key for key, points in shared.items() if key != state and len(points) > 1)


def around(points: Iterable[tuple[float, float]]) -> Box:
    """Return the part of the map that holds some points, with a margin."""
    horizontal, vertical = zip(*points, strict=True)
    x, y = min(horizontal) - _MARGIN, min(vertical) - _MARGIN
    return Box(x, y, max(horizontal) + _MARGIN - x, max(vertical) + _MARGIN - y)


def _corners(path: str) -> list[tuple[float, float]]:
    """Return the points of an outline, which are written relative to one another."""
    found: list[tuple[float, float]] = []
    for ring in path.split("z")[:-1]:
        first, _, rest = ring[1:].partition("l")
        x, y = map(int, first.split())
        found.append((x, y))
        numbers = list(map(int, rest.split()))
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + down
            found.append((x, y))
    return found
