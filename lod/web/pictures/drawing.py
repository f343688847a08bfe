"""Draws pictures: a template in SVG, lettered with our own fonts, as PNG."""

from __future__ import annotations

import mimetypes
import subprocess
import sys
from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from flask import render_template

from lod.web import maps
from lod.web.faults import Fault
from lod.web.pictures.colours import colours
from lod.web.pictures.lettering import FONTS, SANS, SERIF, SPACING, fitted, one_line
from lod.web.theme import Theme
from lod.web.translate import _

WIDTH, HEIGHT = 1200, 630
"""What sites that show links ask for.

Spec: https://ogp.me/#structured
"""
_MARGIN = 72
_FOOT = 505
"""Where the foot begins, and names have to end."""
_BESIDE = 60
"""How tall the line below the name is."""
_MAP = 380
"""How wide the map is, with the gap before it."""
_FAMILIES = {SERIF: "Noto Serif", SANS: "Noto Sans"}
_PROGRAM = Path(__file__).parent / "draw.py"
_LONGEST = 20
"""Seconds until drawing is given up."""
_SOON = 2
"""Seconds after which it is worth another try."""
_hands = BoundedSemaphore(2)
"""How many pictures each process has drawn at once; threads that wait would be missed by pages."""


@dataclass(frozen=True)
class Picture:
    """What a picture shows.

    Attributes:
        name: in large letters.
        title: of the publication.
        kind: what it is, as a badge; empty without one.
        beside: in a line below the name.
        states: the keys of the states that are filled on the map.
        points: latitude and longitude in decimal degrees (WGS 84). Without states and points there
            is no map.
    """

    name: str
    title: str
    kind: str = ""
    beside: str = ""
    states: Collection[str] = ()
    points: Sequence[tuple[float, float]] = ()


def drawn(picture: Picture, theme: Theme) -> bytes:
    """Return a picture as PNG, the same bytes for the same picture and design.

    Raises:
        Fault: too many are being drawn.
    """
    mapped = bool(picture.states or picture.points)
    room = WIDTH - 2 * _MARGIN - (_MAP if mapped else 0)
    top = 190 if picture.kind else 120
    tallest = _FOOT - top - (_BESIDE if picture.beside else 0)
    svg = render_template(
        "picture.svg",
        picture=picture,
        colours=colours(theme),
        families=_FAMILIES,
        top=top,
        name=fitted(picture.name, SERIF, room, tallest),
        spacing=SPACING,
        beside=one_line(picture.beside, SANS, room, 34),
        title=one_line(picture.title, SANS, WIDTH - 2 * _MARGIN - 80, 30),
        outlines=maps.outlines() if mapped else {},
        points=[maps.project(*point) for point in picture.points],
        logo=_logo(theme),
    )
    return _png(svg.encode())


def _png(svg: bytes) -> bytes:
    """Return a drawing as PNG.

    Raises:
        Fault: too many are being drawn.
    """
    fonts = (str(FONTS / f"{name}.ttf") for name in (SERIF, SANS))
    if not _hands.acquire(blocking=False):
        detail = _("Other pictures are being drawn. Try again in a moment.")
        raise Fault(503, _("Too many at once"), detail, retry=_SOON)
    try:
        # The library holds the interpreter's lock for a tenth of a second, and pages would wait.
        done = subprocess.run(  # noqa: S603 (a program of ours)
            [sys.executable, "-I", str(_PROGRAM), *fonts],
            input=svg,
            capture_output=True,
            timeout=_LONGEST,
            check=True,
        )
    finally:
        _hands.release()
    return done.stdout


def _logo(theme: Theme) -> str:
    """Return the publisher's logo, or ours, as an address that holds it."""
    found = theme.file("logo.svg") or theme.file("favicon.svg")
    if found is None:
        return ""
    media_type = mimetypes.guess_type(found.name)[0]
    return f"data:{media_type};base64,{b64encode(found.read_bytes()).decode()}"
