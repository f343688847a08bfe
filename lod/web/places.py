"""What slow clients may occupy: a few places each for bodies that come and files that go.

The server gives each request a thread, and waits without an end for a client that sends its body or
takes its file byte by byte. Here such waiting has places of its own, so that it never takes the
threads that pages are answered with: when they are taken, bodies and files are refused, and pages
go on. A proxy that takes bodies and answers whole before it passes them on (as nginx does), or ends
slow connections (as Caddy does), keeps the places free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import BoundedSemaphore

from flask import Flask, Response, current_app, request

from lod.web.faults import Fault
from lod.web.translate import _

BODIES = 8
"""Bodies that a process waits for at once."""
TRANSFERS = 8
"""Files that a process sends at once, each piece by piece."""
LISTS = 2
"""Whole lists that a process puts together at once; each takes a while of computing."""
LARGEST = 4 * 1024 * 1024
"""Bytes of a body that is read, if only to be refused: proxies don't listen before all is said."""
SMALL = 1 << 20
"""Bytes of an answer that is handed over at once and waits for nobody."""
_SOON = 10


class Places:
    """The places of a process."""

    def __init__(self) -> None:
        self.bodies = BoundedSemaphore(BODIES)
        self.transfers = BoundedSemaphore(TRANSFERS)
        self.lists = BoundedSemaphore(LISTS)


def keep(app: Flask) -> None:
    """Give an application its places; bodies are read before its views see them."""
    app.extensions["places"] = Places()
    app.before_request(_receive)


@contextmanager
def making() -> Iterator[None]:
    """Hold a place while a whole list is put together.

    Raises:
        Fault: too many are put together already.
    """
    with _held(_places().lists):
        yield


def _places() -> Places:
    found = current_app.extensions["places"]
    assert isinstance(found, Places)  # noqa: S101 (set by keep)
    return found


def _receive() -> None:
    """Read the body of a request whole, or refuse to wait for it.

    Raises:
        Fault: it came in part, or too many come at once.
    """
    # What isn't read, or is too long to be, is refused without waiting for it.
    unread = request.method != "POST" or request.routing_exception is not None
    if unread or (request.content_length or 0) > LARGEST:
        return
    # A body in chunks tells no length; its end is the server's to find.
    most = LARGEST + 1 if request.environ.get("wsgi.input_terminated") else 0
    length = request.content_length
    with _held(_places().bodies):
        body = request.environ["wsgi.input"].read(most if length is None else length)
    if len(body) < (length or 0):
        detail = _("Its body is shorter than its header Content-Length says.")
        raise Fault(400, _("The request isn’t whole"), detail)
    request.environ |= {"wsgi.input": BytesIO(body), "wsgi.input_terminated": True}


@contextmanager
def _held(place: BoundedSemaphore) -> Iterator[None]:
    if not place.acquire(blocking=False):
        raise _busy()
    try:
        yield
    finally:
        place.release()


class _Transfer:
    """Pieces of a file, and the place that they hold until the last one is taken."""

    def __init__(self, pieces: Iterable[bytes], place: BoundedSemaphore) -> None:
        self._pieces = pieces
        self._place: BoundedSemaphore | None = place

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    def close(self) -> None:
        place, self._place = self._place, None
        if place is not None:
            place.release()
        getattr(self._pieces, "close", lambda: None)()

    __del__ = close


def send(response: Response, pieces: Iterable[bytes], length: int) -> None:
    """Fill a response from a file: a small one at once, a large one piece by piece.

    Args:
        response: to a request for it.
        pieces: of the file; closed with the response.
        length: of all of them, in bytes.

    Raises:
        Fault: too many are sent already.
    """
    if request.method == "HEAD" or length <= SMALL:
        content = b"" if request.method == "HEAD" else b"".join(pieces)
        getattr(pieces, "close", lambda: None)()
        response.direct_passthrough = False
        response.set_data(content)
    else:
        place = _places().transfers
        if not place.acquire(blocking=False):
            getattr(pieces, "close", lambda: None)()
            raise _busy()
        response.response = _Transfer(pieces, place)
        response.direct_passthrough = True
    response.content_length = length


def _busy() -> Fault:
    detail = _("Others are being served too. Please try again in a few seconds.")
    return Fault(503, _("Too many at once"), detail, retry=_SOON)


__all__ = ["BODIES", "LARGEST", "TRANSFERS", "keep", "send"]
