"""What is sent of some content: its validators, its coding, and 304 where the client has it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from typing import IO, cast

from flask import Response, current_app, g, redirect, request
from werkzeug.exceptions import PreconditionFailed
from werkzeug.wrappers import Response as BaseResponse
from werkzeug.wsgi import wrap_file

from lod.web import encodings, places
from lod.web.answers import lasting
from lod.web.encodings import tag
from lod.web.visit import edition

FRESH = "public, max-age=300, stale-while-revalidate=3600"
"""A release may take another's place at any moment; five minutes are nobody's loss."""
FOREVER = "public, max-age=31536000, immutable"
NEVER = "no-store"
_KEPT = 4 * 1024 * 1024
"""Bytes of a file that is kept in memory, ready to be sent again."""


def redirected(target: str, status: int) -> Response:
    """Redirect to a path-absolute address."""
    lasting(request.environ, edition())
    response = cast("Response", redirect(target, status, Response))
    response.headers["Cache-Control"] = FRESH
    return response


def deliver(
    response: Response, key: tuple[object, ...], make: Callable[[], bytes], pack: bool = True
) -> None:
    """Fill a response, packed as the client takes it, or make it 304 where the client has it.

    Args:
        response: to a request for content of the current edition.
        key: tells the content from everything else in the edition.
        make: makes the content, in its plain form.
        pack: whether packing makes it smaller.

    Spec: https://www.rfc-editor.org/rfc/rfc9110#name-content-encoding
    """
    lasting(request.environ, edition())
    digest, codings = _begin(response, key, pack)
    there = next((one for one in codings if known(tag(digest, one))), None)
    if there is None:
        documents = edition().documents
        content = documents.get(key, make)
        coding = codings[0] if len(content) >= encodings.SMALLEST else encodings.IDENTITY
        if coding:
            content = documents.get(
                ("packed", coding, *key), lambda: encodings.packed(content, coding)
            )
            response.headers["Content-Encoding"] = coding
        response.set_data(content)
    response.set_etag(tag(digest, there if there is not None else coding))
    response.make_conditional(request)
    refuse_other_state(response)


def send(response: Response, key: tuple[object, ...], make: Callable[[], IO[bytes]]) -> None:
    """Fill a response from a file that is made for it, or make it 304 where the client has it."""
    digest, codings = _begin(response, key)
    coding = next((one for one in codings if known(tag(digest, one))), None)
    if coding is None:
        file = _made(key, make)
        coding = codings[0] if encodings.length(file) >= encodings.SMALLEST else encodings.IDENTITY
        if coding:
            file = encodings.packed_file(file, coding)
            response.headers["Content-Encoding"] = coding
        places.send(response, wrap_file(request.environ, file, 1 << 16), encodings.length(file))
    response.set_etag(tag(digest, coding))
    response.make_conditional(request)
    refuse_other_state(response)


def _made(key: tuple[object, ...], make: Callable[[], IO[bytes]]) -> IO[bytes]:
    """Return a file, from memory where it was made before and is no longer than may be kept."""
    kept = edition().documents.find(key)
    if kept is not None:
        return BytesIO(kept)
    with places.making():
        file = make()
    if encodings.length(file) <= _KEPT:
        edition().documents.keep(key, file.read())
        file.seek(0)
    return file


def _begin(response: Response, key: tuple[object, ...], pack: bool = True) -> tuple[str, list[str]]:
    """Set what tells a state of content from others.

    Args:
        response: to a request for content of the current edition.
        key: tells the content from everything else in the edition.
        pack: whether packing makes it smaller.

    Returns:
        What its entity tags are made of, and the codings that the client takes.
    """
    # Told after all views: one that sets ``Vary`` anew can't lose it.
    g.encodable = pack
    design = current_app.config["DESIGN"]
    digest = hashlib.sha256(repr((edition().version, design, key)).encode()).hexdigest()[:24]
    response.last_modified = edition().activated
    response.headers.setdefault("Cache-Control", FRESH)
    return digest, encodings.acceptable(request.headers.get("Accept-Encoding") if pack else None)


def refuse_other_state(response: BaseResponse) -> None:
    """Refuse what isn't in the state that the request names by ``If-Match``, with words.

    Raises:
        PreconditionFailed: it isn't.
    """
    if response.status_code == HTTPStatus.PRECONDITION_FAILED:
        response.close()
        raise PreconditionFailed


def known(tag: str) -> bool:
    """Say whether the client named a tag among those that it has."""
    return not request.if_none_match.star_tag and request.if_none_match.contains_weak(tag)
