"""What ``Accept`` asks for, as regular expressions that every web server knows.

Configuration languages don't calculate. So each format gets a word that tells how much it is
liked and how closely it was named, such as ``90e``, and the words are searched from the best to the
worst.
The expressions do without backreferences and look-around, which Caddy's engine lacks.

Spec: https://www.rfc-editor.org/rfc/rfc9110#name-accept
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lod.web.faults import PROBLEM, TEXT
from lod.web.negotiation import choose
from lod.web.questions import JSON, SPARQL
from lod.web.representations import CSV, HTML, RDF, Representation

_START = r"(?:^|,)\s*"
_OTHERS = r"(?:\s*;\s*[^q,;\s][^,;]*)*"
"""Parameters that aren't the quality."""
_CLOSENESS = "eta"
"""The last letter of a word: named exactly, by ``type/*``, by ``*/*``; the closest is best."""
WHOLE = 100
_BROWSERS = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,"
    "image/svg+xml,*/*;q=0.8",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;"
    "q=0.8,application/signed-exchange;v=b3;q=0.7",
)
"""What Safari, Firefox and Chromium send."""


class Rule(NamedTuple):
    """An expression over ``Accept``, and the word that it gives.

    Attributes:
        pattern: matches without regard to case.
        word: ``{}`` stands for what the one group of the expression holds.
    """

    pattern: str
    word: str


SETS: Mapping[str, tuple[Representation, ...]] = {
    "document": (*RDF, HTML),
    "graph": RDF,
    "page": (HTML, *RDF),
    "words": (HTML,),
    "answer": (JSON, CSV, SPARQL, HTML),
    "fault": (TEXT, HTML, PROBLEM),
}
"""What is chosen among, the default first: of documents, of graphs without a page, of pages that
send programs to the catalog, of pages alone, of answers to questions, of errors."""


def name(offer: Representation) -> str:
    """Return what a format is called in configurations."""
    return "problem" if offer is PROBLEM else offer.extension[1:]


def formats() -> dict[str, list[Rule]]:
    """Return the rules of each format by its name; the first that matches counts."""
    every = {name(offer): offer for offers in SETS.values() for offer in offers}
    return {called: list(_rules(offer)) for called, offer in every.items()}


def known(offers: Sequence[Representation]) -> Iterator[tuple[str, str]]:
    """Yield what most clients send, as a whole, and the name of the format that it asks for.

    Args:
        offers: among which the format is chosen, the default first.
    """
    alone = dict.fromkeys(media for one in offers for media in (one.media_type, *one.also))
    for header in ("", "*/*", *alone, *_BROWSERS):
        chosen = choose(header, offers)
        if chosen is not None:
            yield header, name(chosen)


def levels(step: int) -> Iterator[str]:
    """Yield the expressions that find the best of several words, the best first.

    They search in words such as ``ttl:90e html:100e``, and their group holds the format's name.
    Among formats that are liked alike wins the one that stands first.

    Args:
        step: of qualities that are told apart, in hundredths: 1 or 10.
    """
    for quality in range(WHOLE, 0, -step):
        digits = (
            "100"
            if quality == WHOLE
            else f"{quality:02}"
            if step == 1
            else rf"{quality // 10}[0-9]"
        )
        for letter in _CLOSENESS:
            yield rf"(?:^| )([a-z]+):{digits}{letter}"
    if step > 1:
        yield from (rf"(?:^| )([a-z]+):0[1-9]{letter}" for letter in _CLOSENESS)


def languages(known: Sequence[str]) -> Iterator[str]:
    """Yield expressions over ``Accept-Language``, the best first; their group holds the language.

    Args:
        known: the languages of the publication.
    """
    tags = rf"({'|'.join(known)}|\*)(?:-[a-z0-9-]+)?"
    yield rf"{_START}{tags}\s*(?:;\s*q=1[^,]*)?(?:,|$)"
    for tenth in range(9, 0, -1):
        yield rf"{_START}{tags}\s*;\s*q=0\.{tenth}"


def _rules(offer: Representation) -> Iterator[Rule]:
    types = "|".join(map(re.escape, (offer.media_type, *offer.also)))
    general = re.escape(offer.media_type.partition("/")[0]) + r"/\*"
    for range_, letter in zip((types, general, r"\*/\*"), _CLOSENESS, strict=True):
        named = f"{_START}(?:{range_}){_OTHERS}"
        yield Rule(rf"{named}\s*(?:;\s*q=1[^,;]*)?{_OTHERS}\s*(?:,|$)", f"100{letter}")
        yield Rule(rf"{named}\s*;\s*q=0\.([0-9][0-9])", f"{{}}{letter}")
        yield Rule(rf"{named}\s*;\s*q=0\.([0-9])", f"{{}}0{letter}")
        yield Rule(rf"{named}\s*;\s*q=0", f"00{letter}")
        yield Rule(rf"{named}\s*(?:[,;]|$)", f"100{letter}")
