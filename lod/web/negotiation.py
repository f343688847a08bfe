"""Content negotiation, as pure functions over header values.

Spec: https://www.rfc-editor.org/rfc/rfc9110#name-content-negotiation
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol, TypeVar

_LONGEST = 8_000
"""Characters of a header that are read; nobody's honest wishes are longer."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_TAG = re.compile(r"\*|[a-z]{1,8}(?:-[a-z0-9]{1,8})*")
_PROFILE = re.compile(
    r"(?:<(?P<bracketed>[^<>]+)>|\"(?P<quoted>[^\"]+)\"|(?P<bare>[^\s,;<>\"]+))(?P<rest>[^,<]*)"
)
_WEIGHT = re.compile(r";\s*[qQ]=([0-9.]+)")


class Offer(Protocol):
    """What can be chosen.

    Attributes:
        media_type: type and subtype, in lower case.
        also: other media types that ask for it.
        profile: the profile that it alone answers to; empty of the one that is sent without.
    """

    @property
    def media_type(self) -> str: ...  # noqa: D102
    @property
    def also(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def profile(self) -> str: ...  # noqa: D102


_Offered = TypeVar("_Offered", bound=Offer)


class Match(IntEnum):
    """How closely a media range names an offer; the closest one decides."""

    NONE = 0
    ANYTHING = 1
    TYPE = 2
    NARROWER = 3
    """The range has a parameter that we know nothing of; it is served all the same."""
    EXACT = 4
    PROFILE = 5


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One wish of an ``Accept`` header.

    Attributes:
        type: the media type, or ``*``.
        subtype: the subtype, or ``*``.
        quality: between 0 and 1; 0 refuses.
        parameters: by their names in lower case, without ``q``.
    """

    type: str
    subtype: str
    quality: float = 1.0
    parameters: dict[str, str] = field(default_factory=dict)

    def match(self, offer: Offer) -> Match:
        """Return how closely the range names an offer."""
        if self.subtype == "*":
            return self._match_wildcard(offer)
        if f"{self.type}/{self.subtype}" not in (offer.media_type, *offer.also):
            return Match.NONE
        # Every format is sent in UTF-8, so that a charset tells nothing apart.
        names = self.parameters.keys() - {"charset"}
        if names == {"profile"} and offer.profile:
            asked = self.parameters["profile"].split()
            return Match.PROFILE if offer.profile in asked else Match.NONE
        return Match.NARROWER if names else Match.EXACT

    def _match_wildcard(self, offer: Offer) -> Match:
        if self.type == "*":
            return Match.ANYTHING
        return Match.TYPE if offer.media_type.startswith(f"{self.type}/") else Match.NONE


def parse_accept(header: str) -> list[MediaRange]:
    """Return the media ranges of an ``Accept`` header; what isn't one is passed over.

    >>> parse_accept("text/turtle;charset=UTF-8;q=0.5")
    [MediaRange(type='text', subtype='turtle', quality=0.5, parameters={'charset': 'UTF-8'})]
    """
    found = (_media_range(element) for element in _split(header[:_LONGEST], ","))
    return [media_range for media_range in found if media_range is not None]


def choose(header: str | None, offers: Sequence[_Offered]) -> _Offered | None:
    """Return the offer that a client likes best, or None where it refuses all of them.

    The closest range decides on an offer's quality. Among equals wins the one that was named more
    closely, then the one that stands first among the offers; without a header, the first one.
    """
    ranges = parse_accept(header or "")
    if not ranges:
        return offers[0]
    ranked = [(*rank(ranges, offer), -number) for number, offer in enumerate(offers)]
    quality, _, number = max(ranked)
    return offers[-number] if quality > 0 else None


def rank(ranges: Sequence[MediaRange], offer: Offer) -> tuple[float, Match]:
    """Return how much a client likes an offer, and how closely it named it."""
    closest, quality = Match.NONE, 0.0
    for media_range in ranges:
        match = media_range.match(offer)
        if match == Match.NARROWER and media_range.quality == 0:
            continue  # It refuses something narrower than what we have.
        if match > closest:
            closest, quality = match, media_range.quality
        elif match == closest != Match.NONE:
            quality = max(quality, media_range.quality)
    return quality, closest


def choose_language(header: str | None, languages: Sequence[str]) -> str:
    """Return the language that a reader likes best, or the first one.

    Spec: https://www.rfc-editor.org/rfc/rfc4647#section-3.4 (lookup)

    >>> choose_language("fr, de-AT;q=0.8", ["en", "de"])
    'de'
    """
    best, best_quality = languages[0], 0.0
    wishes = list(_languages(header or ""))
    refused = {tag for tag, quality in wishes if quality == 0}
    for tag, quality in wishes:
        fitting = [
            language
            for language in languages
            if tag in ("*", language) or tag.startswith(f"{language}-")
        ]
        fitting = [language for language in fitting if language not in refused]
        if fitting and quality > best_quality:
            best, best_quality = fitting[0], quality
    return best


def weighted(header: str) -> Iterator[tuple[str, float]]:
    """Yield the words of a header and their qualities, as far as the header is read.

    >>> list(weighted("gzip, BR;q=0.5"))
    [('gzip', 1.0), ('br', 0.5)]
    """
    for element in _split(header[:_LONGEST], ","):
        word, *parameters = (word.strip() for word in element.lower().split(";"))
        if word:
            weights = [word[2:] for word in parameters if word.startswith("q=")]
            yield word, _quality(weights[0]) if weights else 1.0


def profiles(header: str) -> list[tuple[str, float]]:
    """Return the profiles of an ``Accept-Profile`` header and their qualities, the best first.

    The IRIs stand in angle brackets, in quotation marks, or bare.

    Spec: https://www.w3.org/TR/dx-prof-conneg/#getresourcebyprofile

    >>> profiles('<https://schema.org/>;q=0.5, <urn:x>')
    [('urn:x', 1.0), ('https://schema.org/', 0.5)]
    """
    found = []
    for match in _PROFILE.finditer(header[:_LONGEST]):
        weight = _WEIGHT.search(match["rest"])
        iri = match["bracketed"] or match["quoted"] or match["bare"]
        found.append((iri, _quality(weight[1]) if weight else 1.0))
    return sorted(found, key=lambda one: -one[1])


def _languages(header: str) -> Iterator[tuple[str, float]]:
    return ((tag, quality) for tag, quality in weighted(header) if _TAG.fullmatch(tag))


def _media_range(element: str) -> MediaRange | None:
    name, *rest = _split(element, ";")
    type_, slash, subtype = name.strip().lower().partition("/")
    valid = slash and _TOKEN.fullmatch(type_) and _TOKEN.fullmatch(subtype)
    if not valid or (type_ == "*" and subtype != "*"):
        return None
    parameters: dict[str, str] = {}
    for parameter in rest:
        key, _, value = parameter.partition("=")
        if key.strip():
            parameters[key.strip().lower()] = _unquoted(value.strip())
    return MediaRange(type_, subtype, _quality(parameters.pop("q", "1")), parameters)


def _quality(words: str) -> float:
    try:
        return min(max(float(words), 0.0), 1.0) if words[:1].isdigit() else 1.0
    except ValueError:
        return 1.0


def _split(words: str, separator: str) -> Iterator[str]:
    """Yield the parts of a header value; separators in quoted strings don't part."""
    start, quoted, escaped = 0, False, False
    for position, character in enumerate(words):
        if escaped:
            escaped = False
        elif quoted and character == "\\":
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif character == separator and not quoted:
            yield words[start:position]
            start = position + 1
    yield words[start:]


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value
