"""Answers that many routes give, the errors of all of them, and what their headers mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lod.formats import JSON_LD
from lod.web.openapi.parts import TEXT, Answer, Header, Schema
from lod.web.openapi.schemas import EXPLANATION, JSON_LD_DOCUMENT, PROBLEM
from lod.web.representations import HTML, Representation

EVERYWHERE = (
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Cache-Control",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)
"""The headers that no answer is without (but that one page may be framed)."""
_TAG: Schema = {"type": "string", "pattern": r'^(W/)?"[^"]*"$'}
HEADERS: Mapping[str, Header] = {
    "Cache-Control": Header("How long caches may keep the answer.", always=True),
    "Access-Control-Allow-Origin": Header(
        "`*`: scripts of any site may read the answer.", {"const": "*"}, always=True
    ),
    "Accept-Ranges": Header("That ranges of bytes can be asked for.", {"const": "bytes"}),
    "Allow": Header("The methods that are allowed.", always=True),
    "Content-Disposition": Header("A file name that tells publisher, version and content."),
    "Content-Encoding": Header("How the body is packed.", {"enum": ["br", "gzip"]}),
    "Content-Language": Header("The language of the page.", {"enum": ["de", "en"]}),
    "Content-Location": Header("The address of what was sent, alone."),
    "Content-Profile": Header(
        "The IRI of the view, in angle brackets.", {"type": "string", "pattern": "^<.*>$"}
    ),
    "Content-Range": Header("Which bytes of how many."),
    "ETag": Header("Tells this state and coding of the content from all others.", _TAG),
    "Last-Modified": Header("When the release became the one that is served."),
    "Link": Header("Typed links: the other representations, the licence, other pages, …"),
    "Location": Header("Where it is.", always=True),
    "Retry-After": Header(
        "Seconds after which another try is worth it.", {"type": "string", "pattern": "^[0-9]+$"}
    ),
    "Vary": Header("The request headers that had a say in the answer."),
}
"""What is said of each header that an answer may have beside those of its transport."""

_VALIDATED = ("Content-Encoding", "ETag", "Last-Modified", "Vary")
_CHOSEN = (*_VALIDATED, "Content-Language", "Content-Location", "Link")
NOT_MODIFIED = Answer("The client has it already.", {}, (*_CHOSEN, "Content-Profile"))
_ERRORS: Mapping[str, Schema] = {
    "application/problem+json": PROBLEM,
    "text/html": TEXT,
    "text/plain": TEXT,
}

_EXPLAINED: Mapping[str, Schema] = {
    "application/json": EXPLANATION,
    "text/plain": TEXT,
    HTML.media_type: TEXT,
}


def _error(description: str, *headers: str) -> Answer:
    return Answer(description, _ERRORS, ("Vary", *headers))


ERRORS: Mapping[int, Answer] = {
    400: _error("A parameter has a value that it can't have."),
    403: _error("Data can only be read, and other servers aren't asked."),
    404: _error("Nothing has this address, or the page lies beyond the end."),
    405: _error("Another method; `Allow` names those that are allowed.", "Allow"),
    406: _error("No representation that the client accepts; the body lists what there is."),
    410: _error("The release before had it, and this one hasn't."),
    412: _error("`If-Match` names another state."),
    413: _error("The request is too large."),
    415: _error("The body is in a format that isn't taken here."),
    416: _error("A range outside the file.", "Content-Range"),
    422: _error("The query takes more memory, or its result is larger, than is allowed."),
    503: _error("The query took too long, or too many run.", "Retry-After"),
}
"""Status → error; for clients of data they are problem documents (RFC 9457)."""


def content(offers: Iterable[Representation]) -> dict[str, Schema]:
    """Return the bodies of some representations."""
    return {
        one.media_type: JSON_LD_DOCUMENT if one.media_type == JSON_LD.media_type else TEXT
        for one in offers
    }


def represented(
    offers: Iterable[Representation],
    profiles: bool = False,
    schemas: Mapping[str, Schema] | None = None,
    more: tuple[str, ...] = (),
) -> dict[int, Answer]:
    """Return the answers with a representation that was chosen among some, or explained.

    Args:
        offers: the representations, the default first.
        profiles: whether there are several views.
        schemas: media type → schema, of those with one of their own, which come first.
        more: the names of headers that some of them have.
    """
    headers = (*_CHOSEN, *(("Content-Profile",) if profiles else ()), *more)
    bodies = dict(schemas or {})
    bodies |= {media: one for media, one in content(offers).items() if media not in bodies}
    # What `_explain` answers with comes last: it is no representation.
    bodies |= {media: schema for media, schema in _EXPLAINED.items() if media not in bodies}
    return {
        200: Answer("The representation that the client likes best.", bodies, headers),
        304: NOT_MODIFIED,
    }


def file(description: str, bodies: Mapping[str, Schema], *headers: str) -> dict[int, Answer]:
    """Return the answers with something that comes in one form."""
    return {200: Answer(description, bodies, (*_VALIDATED, *headers)), 304: NOT_MODIFIED}


def redirect(status: int, description: str, *headers: str) -> dict[int, Answer]:
    """Return the answer that leads elsewhere."""
    return {status: Answer(description, {"text/html": TEXT}, ("Location", *headers))}


MOVED = redirect(301, "An official key was asked with: the address with the slug.")
CATALOG = redirect(303, "A program that asks for data is shown to the catalog.", "Link", "Vary")
