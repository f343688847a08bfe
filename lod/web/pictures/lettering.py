"""How words fit into a picture: lines that are neither too wide nor too many."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

FONTS = Path(__file__).parent / "fonts"
SERIF, SANS = "serif", "sans"
SPACING = 1.14
"""The height of a line in sizes of its letters."""
_SIZES = (84, 72, 60, 50, 42, 36, 30)
_UNKNOWN = 600
"""The width of a letter that the fonts lack."""
_MORE = "…"


class Lines(NamedTuple):
    """Words in lines.

    Attributes:
        size: of the letters, in units of the picture.
        words: of each line.
    """

    size: int
    words: list[str]


@cache
def _widths() -> Mapping[str, Mapping[str, int]]:
    """Return font → letter → width in thousandths of its size; ``make fonts`` wrote them."""
    found: dict[str, dict[str, int]] = json.loads((FONTS / "widths.json").read_text("utf-8"))
    return found


def width(words: str, font: str, size: int) -> float:
    """Return how wide words are, without kerning, which only brings letters closer."""
    widths = _widths()[font]
    return sum(widths.get(letter, _UNKNOWN) for letter in words) * size / 1000


def printable(words: str) -> str:
    """Return words with single blanks between them, and without what no picture can hold."""
    whole = " ".join(words.split())
    return "".join(letter for letter in whole if letter.isprintable())


def fitted(words: str, font: str, widest: int, tallest: int) -> Lines:
    """Return words in the largest letters that leave room for all of them.

    Letters are made smaller before a word is broken; in the smallest, what is too much is cut off.

    Args:
        words: as they are read.
        font: that they are written in.
        widest: how wide a line may be.
        tallest: how much room the lines have together.

    >>> fitted("Jena", SERIF, 700, 300)
    Lines(size=84, words=['Jena'])
    """
    text = printable(words)
    longest = max(_pieces(text), key=len, default="").rstrip()
    whole = [size for size in _SIZES if width(longest, font, size) <= widest]
    for size in (*whole, *_SIZES):
        lines = list(_broken(text, font, widest, size))
        if len(lines) * size * SPACING <= tallest:
            return Lines(size, lines)
    smallest = _SIZES[-1]
    lines = list(_broken(text, font, widest, smallest))
    most = int(tallest / smallest / SPACING)
    return Lines(
        smallest, [*lines[: most - 1], _cut(f"{lines[most - 1]} ", font, widest, smallest)]
    )


def one_line(words: str, font: str, widest: int, size: int) -> str:
    """Return words in one line, cut off where they are too wide."""
    text = printable(words)
    return text if width(text, font, size) <= widest else _cut(text, font, widest, size)


def _cut(words: str, font: str, widest: int, size: int) -> str:
    while words and width(words + _MORE, font, size) > widest:
        words = words[:-1]
    return words.rstrip(" ,;:–-") + _MORE


def _broken(words: str, font: str, widest: int, size: int) -> Iterator[str]:
    """Yield lines, broken at blanks, after hyphens, and inside what is wider than a line."""
    line = ""
    for piece in _pieces(words):
        if width((line + piece).rstrip(), font, size) <= widest:
            line += piece
            continue
        if line.strip():
            yield line.strip()
        line = piece
        while width(line.rstrip(), font, size) > widest:
            fits = next(n for n in range(len(line), 0, -1)
                        if n == 1 or width(f"{line[:n]}-", font, size) <= widest)  # fmt: skip
            yield f"{line[:fits]}-"
            line = line[fits:]
    if line.strip():
        yield line.strip()


def _pieces(words: str) -> Iterator[str]:
    """Yield the parts between which a line may end."""
    start = 0
    for place, letter in enumerate(words):
        if letter in " -–/" and place >= start:
            yield words[start : place + 1]
            start = place + 1
    if words[start:]:
        yield words[start:]
