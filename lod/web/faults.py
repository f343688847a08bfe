"""Errors in the format that the client understands: a page, a problem document, or text.

Spec: https://www.rfc-editor.org/rfc/rfc9457 (problem details)
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

from flask import Response, g, render_template, request
from werkzeug.exceptions import HTTPException, NotAcceptable

from lod.errors import EndpointError
from lod.formats import FORMATS
from lod.sparql.results import RESULTS
from lod.web.explanation import Explanation
from lod.web.negotiation import choose
from lod.web.representations import HTML, N_QUADS, TRIG, Representation
from lod.web.signposting import MEDIA_TYPE as LINKSET
from lod.web.translate import _

TEXT = Representation("text", ".txt", "text/plain")
_DATA = (*FORMATS, TRIG, N_QUADS, *RESULTS[:2])
PROBLEM = Representation(
    "problem",
    ".json",
    "application/problem+json",
    (*(media for one in _DATA for media in (one.media_type, *one.also)), LINKSET),
)
_OFFERS = (TEXT, HTML, PROBLEM)
_log = logging.getLogger(__name__)


class Unacceptable(NotAcceptable):
    """406: the client likes none of the representations.

    Args:
        offered: media type → address of each that there is.
        explained: why none was chosen.
    """

    def __init__(self, offered: Mapping[str, str], explained: Explanation | None = None) -> None:
        super().__init__()
        self.offered = offered
        self.explained = explained


class Fault(HTTPException):
    """An error that says more than its status.

    Args:
        code: the status.
        title: what went wrong, in the reader's language.
        detail: why, and what to do.
        retry: seconds after which it is worth another try.
        offered: media type → address of what there is instead.
        choices: word → address of what may be asked for instead.
        members: of the problem document, beside those that every one has.
        page: the template that tells of it in place of the usual one, and what it shows.
    """

    def __init__(  # noqa: PLR0913 (what a problem document has)
        self,
        code: int,
        title: str,
        detail: str,
        *,
        retry: int = 0,
        offered: Mapping[str, str] | None = None,
        choices: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
        page: tuple[str, Mapping[str, object]] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.title = title
        self.retry = retry
        self.offered = offered or {}
        self.choices = choices or {}
        self.members = members or {}
        self.page = page


def answer(error: HTTPException) -> Response:
    """Turn an error into a response."""
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return cast("Response", Response.force_type(error.get_response(), request.environ))
    chosen = wanted()
    response = Response(_body(error, error.code, chosen), error.code)
    for name, value in error.get_headers(request.environ):
        if name.lower() != "content-type":
            response.headers.add(name, value)
    charset = "" if chosen is PROBLEM else "; charset=utf-8"
    response.headers["Content-Type"] = chosen.media_type + charset
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-store"
    if isinstance(error, Fault) and error.retry:
        response.headers["Retry-After"] = str(error.retry)
    return response


def unreachable(error: EndpointError) -> Response:
    """Answer that the store behind the pages doesn't; why is for the operator alone."""
    _log.error("The store failed: %s", error)
    detail = _(
        "The store that holds the data doesn’t answer. It was logged; "
        "please try again in a minute. The dumps are there without it."
    )
    return answer(Fault(503, _("The data can’t be read just now"), detail, retry=30))


def wanted() -> Representation:
    """Return the representation of errors that the client likes best."""
    return choose(request.headers.get("Accept"), _OFFERS) or TEXT


def _body(error: HTTPException, code: int, chosen: Representation) -> str:
    offered = error.offered if isinstance(error, Unacceptable | Fault) else {}
    choices = error.choices if isinstance(error, Fault) else {}
    explained = error.explained if isinstance(error, Unacceptable) else None
    title, detail = words(code)
    if isinstance(error, Fault):
        title, detail = error.title, str(error.description)
    if chosen is HTML and isinstance(error, Fault) and error.page:
        template, context = error.page
        return render_template(template, **context, document=None)
    if chosen is HTML and "reader" in g:
        return render_template(
            "fault.html",
            code=code,
            title=title,
            detail=detail,
            offered={**offered, **choices},
            explained=explained,
            document=None,
        )
    if chosen is PROBLEM:
        problem: dict[str, object] = {"title": title, "status": code, "detail": detail}
        problem |= error.members if isinstance(error, Fault) else {}
        problem |= explained.members if explained else {}
        if offered:
            problem["offered"] = [{"type": t, "href": href} for t, href in offered.items()]
        return json.dumps(problem, ensure_ascii=False, indent=2) + "\n"
    lines = [
        f"{code} {title}",
        detail,
        *(f"{t}: {href}" for t, href in {**offered, **choices}.items()),
    ]
    lines += explained.lines if explained else []
    return "\n".join(lines) + "\n"


def words(code: int) -> tuple[str, str]:
    """Return the title and the explanation of an error in the reader's language."""
    known = {
        400: (
            _("The address isn’t right"),
            _("A parameter has a value that it can’t have: ?page= takes whole numbers from 1."),
        ),
        404: (
            _("Nothing is here"),
            _("This address leads to nothing in the release that is served. It may be mistyped."),
        ),
        405: (
            _("This can only be read"),
            _("The method isn’t allowed here; the header Allow names those that are."),
        ),
        406: (
            _("Not in that format"),
            _("There is no representation in a format that your program accepts. There are:"),
        ),
        412: (
            _("It has changed"),
            _("What is here now isn’t in any of the states that the header If-Match names."),
        ),
        414: (
            _("The address is too long"),
            _("Nothing here needs an address that long; queries can be posted."),
        ),
        416: (
            _("No such range"),
            _("The file has no bytes in the range that was asked for."),
        ),
        500: (
            _("The server failed"),
            _("This is our fault, not yours. It was logged; please try again later."),
        ),
    }
    phrase = HTTPStatus(code).phrase
    return known.get(code, (phrase, _("The request can’t be answered.")))
