"""``?_explain``: what a request asked for, how that was ranked, and what forces each variant."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import Response, render_template, request

from lod.web.negotiation import Match, choose
from lod.web.representations import HTML, Representation, content_type
from lod.web.selection import MEDIA, PROFILE, Ranked, Variant, Wishes
from lod.web.translate import _

_LONGEST = 500
"""Characters of a header that are repeated to its sender."""
_TEXT = Representation("text", ".txt", "text/plain")
_JSON = Representation("JSON", ".json", "application/json", ("application/ld+json",))


class Choice(NamedTuple):
    """A variant as the explanation shows it.

    Attributes:
        media_type: with the profile of its syntax, where it has one.
        profile: the token of its view.
        quality: that the client gave it, between 0 and 1.
        match: how closely the client named it.
        href: the address that forces it.
        chosen: whether it is what was sent.
    """

    media_type: str
    profile: str
    quality: float
    match: str
    href: str
    chosen: bool

    @property
    def words(self) -> str:
        """How closely the client named it, in the reader's language."""
        known = {
            "none": _("not named"),
            "anything": _("by “anything”"),
            "type": _("by its kind of media"),
            "narrower": _("by a narrower name"),
            "exact": _("exactly"),
            "profile": _("exactly, with its profile"),
        }
        return known[self.match]


class Explanation(NamedTuple):
    """What was asked, and what came of it.

    Attributes:
        asked: header or argument → value.
        choices: every variant.
    """

    asked: dict[str, str]
    choices: list[Choice]

    @property
    def members(self) -> dict[str, Any]:
        """The explanation as members of a JSON object."""
        return {
            "asked": self.asked,
            "ranking": [
                {
                    "type": one.media_type,
                    "profile": one.profile,
                    "quality": one.quality,
                    "match": one.match,
                    "href": one.href,
                    "chosen": one.chosen,
                }
                for one in self.choices
            ],
        }

    @property
    def lines(self) -> list[str]:
        """The explanation as lines of text."""
        return [
            _("You asked:"),
            *(f"  {name}: {value}" for name, value in self.asked.items()),
            _("What there is, how much you like it, how closely you named it, and its address:"),
            *(
                f"{'*' if one.chosen else ' '} {one.media_type} ({one.profile}) "
                f"q={one.quality:g} {one.words} {one.href}"
                for one in self.choices
            ),
        ]


def explain(
    wishes: Wishes,
    ranked: Iterable[tuple[Ranked, str]],
    chosen: Variant | None,
    language: str,
) -> Explanation:
    """Return why a variant was chosen.

    Args:
        wishes: of the client.
        ranked: each variant with the address that forces it.
        chosen: the variant that is sent; None where there is none.
        language: of the pages, as it was chosen.
    """
    given = {
        "Accept": wishes.accept,
        "Accept-Profile": wishes.accept_profile,
        "Accept-Language": request.headers.get("Accept-Language"),
        f"?{MEDIA}": wishes.media,
        f"?{PROFILE}": wishes.profile,
    }
    asked = {name: value[:_LONGEST] for name, value in given.items() if value}
    asked |= {} if wishes.header else {"Accept": _("nothing, so the default is sent")}
    return Explanation(
        {**asked, "Content-Language": language},
        [
            Choice(
                one.variant.offer.content_type,
                one.variant.profile.token,
                one.quality,
                one.match.name.lower(),
                href,
                one.variant == chosen,
            )
            for one, href in ranked
        ],
    )


def answer(explained: Explanation) -> Response:
    """Answer with an explanation: as a page, as JSON, or as text."""
    chosen = choose(request.headers.get("Accept"), (_TEXT, HTML, _JSON)) or _TEXT
    response = Response(content_type=content_type(chosen.media_type))
    if chosen is HTML:
        body = render_template("explanation.html", explained=explained, document=None)
    elif chosen is _JSON:
        body = json.dumps(explained.members, ensure_ascii=False, indent=2) + "\n"
    else:
        body = "\n".join(explained.lines) + "\n"
    response.set_data(body)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept, Accept-Profile, Accept-Language"
    return response


__all__ = ["Match", "answer", "explain"]
