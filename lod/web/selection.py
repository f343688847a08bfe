"""Which variant of a document a request gets: its profile and its format, and why.

Spec: https://www.rfc-editor.org/rfc/rfc9110#name-content-negotiation,
https://www.w3.org/TR/dx-prof-conneg/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import request

from lod.web.negotiation import Match, choose, parse_accept, profiles, rank
from lod.web.profiles import Profile
from lod.web.representations import Representation, named

MEDIA, PROFILE, EXPLAIN = "_mediatype", "_profile", "_explain"
"""The query arguments that overrule the headers, and the one that explains."""
Views = Mapping[Profile, Sequence[Representation]]
"""The profiles of a document, the default first, and what each is offered in."""


class Variant(NamedTuple):
    """A representation of a view."""

    profile: Profile
    offer: Representation


class Ranked(NamedTuple):
    """A variant, how much the client likes it, and how closely it named it."""

    variant: Variant
    quality: float
    match: Match


class UnknownError(ValueError):
    """An argument names nothing that there is.

    Args:
        parameter: its name.
        value: what was given.
        known: what can be given.
    """

    def __init__(self, parameter: str, value: str, known: Sequence[str]) -> None:
        super().__init__(f"{parameter}={value}")
        self.parameter = parameter
        self.value = value
        self.known = known


@dataclass(frozen=True)
class Wishes:
    """What a request says about the variant that it wants.

    Attributes:
        accept: the header ``Accept``, or None.
        accept_profile: the header ``Accept-Profile``; empty where there is none.
        media: the argument that overrules the first; empty where there is none.
        profile: the argument that overrules the second; empty where there is none.
    """

    accept: str | None = None
    accept_profile: str = ""
    media: str = ""
    profile: str = ""

    @classmethod
    def of_request(cls) -> Wishes:
        """Read them off the request at hand."""
        return cls(
            request.headers.get("Accept"),
            request.headers.get("Accept-Profile", ""),
            # In a query a bare «+» is a space, and no media type has one.
            request.args.get(MEDIA, "").strip().replace(" ", "+"),
            request.args.get(PROFILE, "").strip(),
        )

    @property
    def header(self) -> str | None:
        """What decides on the format, whichever way it was said."""
        return self.media or self.accept


def select(views: Views, wishes: Wishes, extension: str = "") -> Variant | None:
    """Return the variant that the client likes best, or None where it refuses all.

    Args:
        views: what there is.
        wishes: of the client.
        extension: of the address, which decides where it has one.

    Raises:
        UnknownError: an argument names nothing that there is.
    """
    for profile in _profiles(views, wishes, extension):
        offers = _offers(views[profile], wishes, named(extension, views[profile]))
        chosen = choose(wishes.header, offers) if offers else None
        if chosen is None and offers and extension:
            chosen = offers[0]  # The address names it, whatever the client says it likes.
        if chosen is not None:
            return Variant(profile, chosen)
    return None


def ranking(views: Views, wishes: Wishes, extension: str = "") -> Iterator[Ranked]:
    """Yield every variant with what the client thinks of its format."""
    ranges = parse_accept(wishes.header or "")
    for profile, offers in views.items():
        for offer in named(extension, offers):
            quality, match = rank(ranges, offer) if ranges else (1.0, Match.ANYTHING)
            yield Ranked(Variant(profile, offer), quality, match)


def _profiles(views: Views, wishes: Wishes, extension: str) -> list[Profile]:
    """Return the profiles to try, the best first."""
    every = list(views)
    if wishes.profile:
        found = [profile for profile in every if profile.called(wishes.profile)]
        if not found:
            raise UnknownError(PROFILE, wishes.profile, [profile.token for profile in every])
        return found
    # An address with an extension names its content for good; headers don't change it.
    wanted = [] if extension else profiles(wishes.accept_profile)
    liked = [
        profile
        for iri, quality in wanted
        for profile in every
        if quality > 0 and profile.called(iri)
    ]
    refused = {p for iri, quality in wanted for p in every if not quality and p.called(iri)}
    return list(dict.fromkeys([*liked, *(p for p in every[:1] if p not in refused)]))


def _offers(
    every: Sequence[Representation], wishes: Wishes, offers: Sequence[Representation]
) -> Sequence[Representation]:
    """Return the offers that the argument leaves."""
    if not wishes.media:
        return offers
    ranges = parse_accept(wishes.media)
    left = [offer for offer in offers if any(one.match(offer) >= Match.NARROWER for one in ranges)]
    if not left:
        known = dict.fromkeys(offer.media_type for offer in (offers or every))
        raise UnknownError(MEDIA, wishes.media, list(known))
    return left
