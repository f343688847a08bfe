"""How words are compared: without case, marks and the ways in which umlauts are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d"})
_STRICT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae"})
_DIGRAPH = re.compile(r"(?<![aeq])([aou])e")
_WORD = re.compile(r"[^\W_]+")
LONGEST = 200
"""Characters of a search that are read; nobody means more."""
MOST_WORDS = 12
_LONGEST_WORD = 40
_KEPT = 10_000
"""Words whose folded form is remembered: one search compares its own with hundreds of names."""


@lru_cache(_KEPT)
def folded(words: str) -> str:
    """Return words as the index knows them: ``Köln``, ``Koeln`` and ``Koln`` are one.

    A digraph after a vowel or ``q`` is none: Neuenkirchen isn't Neunkirchen, Aue isn't Au.

    >>> folded("Köln"), folded("KOELN"), folded("Neuenkirchen")
    ('koln', 'koln', 'neuenkirchen')
    """
    return _DIGRAPH.sub(r"\1", _plain(words.lower().translate(_LETTERS)))


@lru_cache(_KEPT)
def strict(words: str) -> str:
    """Return words with umlauts transcribed and without blanks: ``Koln`` isn't ``Köln`` here."""
    return "".join(_WORD.findall(_plain(words.lower().translate(_STRICT))))


def tokens(words: str) -> list[str]:
    """Return the folded words of a text; none of what isn't a letter or a digit."""
    return _WORD.findall(folded(words))


def asked(words: str) -> list[str]:
    """Return the folded words of what somebody searches for, no more than are of use."""
    return [word[:_LONGEST_WORD] for word in tokens(words[:LONGEST])[:MOST_WORDS]]


@lru_cache(_KEPT)
def compact(words: str) -> str:
    """Return the folded words as one: ``Neustadt a.d. Donau`` is ``Neustadt a.d.Donau``."""
    return "".join(tokens(words))


def deletions(word: str, most: int = 1) -> set[str]:
    """Return a word, and what is left of it without one letter, or without up to ``most``.

    Two words that are a slip apart share one of these: a letter too many or too few, another
    letter, two letters swapped.
    """
    found = {word}
    for _ in range(most):
        found |= {one[:i] + one[i + 1 :] for one in found for i in range(len(one)) if len(one) > 2}
    return found


def distance(one: str, other: str) -> int:
    """Return how many slips lie between two words.

    Spec: https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance (optimal string alignment)
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, match in enumerate(other, start=1):
            cost = min(now[-1] + 1, last[column] + 1, last[column - 1] + (letter != match))
            swapped = row > 1 and column > 1 and letter == other[column - 2]
            if swapped and one[row - 2] == match:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]


def slips(word: str) -> int:
    """Return how many slips a word may have and still be taken for another."""
    return 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 8 else 2


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and folded form of each word of a text."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), folded(match.group())


def _plain(words: str) -> str:
    if words.isascii():
        return words
    marked = unicodedata.normalize("NFKD", words)
    return "".join(character for character in marked if not unicodedata.combining(character))
