"""What a posted body may be: how it is written, in which charset, and that it isn't packed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wsgi import LimitedStream

from lod.web.faults import Fault
from lod.web.translate import _

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


def check_body(title: str, *kinds: str) -> None:
    """Refuse a body that can't be read.

    Args:
        title: says that it is none of the kinds, in the reader's language.
        kinds: the media types that are read.

    Raises:
        Fault: it is in another media type, in another charset than UTF-8, or packed.

    Spec: https://www.rfc-editor.org/rfc/rfc9110#name-415-unsupported-media-type
    """
    if request.mimetype not in kinds:
        raise _unknown(title, kinds)
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise Fault(415, _("Not UTF-8"), _("What is posted is written in UTF-8."))
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise Fault(415, _("A packed body"), _("What is posted isn’t packed here."))


def read_form(title: str) -> dict[str, str]:
    """Return the fields of the form that was posted; empty where nothing was.

    Args:
        title: says that it is no form, in the reader's language.

    Raises:
        RequestEntityTooLarge: the body is longer than `request.max_content_length`.
        Fault: it is no form.
    """
    if request.content_length or request.mimetype or "Transfer-Encoding" in request.headers:
        check_body(title, FORM, PARTS)
    form = request.form
    # Of a body whose length wasn't announced, the library reads that much and says nothing.
    stream = request.stream
    if request.content_length is None and isinstance(stream, LimitedStream) and stream.is_exhausted:
        raise RequestEntityTooLarge
    if not form and request.content_length:
        raise _unknown(title, (FORM, PARTS))
    return dict(form.items())


def _unknown(title: str, kinds: Sequence[str]) -> Fault:
    return Fault(415, title, _("A body is posted as %(kinds)s.", kinds=", ".join(kinds)))
