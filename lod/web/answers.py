"""Whole answers kept by what was asked, so that the second time nothing has to be decided.

An answer with the content of an edition depends on nothing but the edition and a few parts of the
request. The view says which answers are so (`lasting`); they are kept as they went out, with
status and headers, also those that say 304 or redirect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from lod.web.edition import Answer, Current, Edition

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ASKED = (
    *("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
    *("HTTP_ACCEPT", "HTTP_ACCEPT_PROFILE", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING"),
    *("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"),
)
"""The parts of a request that an answer may depend on; a test holds the views to it."""
RARE = (
    *("HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_UPGRADE"),
)
"""Parts that it depends on too, but that hardly anybody sends twice."""
LONGEST = 2_000
"""Characters of what was asked; longer requests aren't kept, so that keys stay small."""
_GOOD = "23"
"""How the statuses begin that stay so; what failed once may be mended a moment later."""
_METHODS = frozenset({"GET", "HEAD"})
_LASTING = "lod.lasting"


def lasting(environ: WSGIEnvironment, edition: Edition) -> None:
    """Tell that the answer depends on nothing but an edition and what is `ASKED`."""
    environ[_LASTING] = edition


def passing(environ: WSGIEnvironment) -> None:
    """Tell that the answer depends on more than that, such as the host that was asked."""
    environ.pop(_LASTING, None)


class Answers:
    """Answers from memory what was asked before, and passes on everything else.

    Args:
        app: makes the answers.
        current: the edition that they are made from.
    """

    def __init__(self, app: WSGIApplication, current: Current) -> None:
        self._app = app
        self._current = current

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        asked = tuple(map(environ.get, ASKED))
        if asked[0] not in _METHODS or any(part in environ for part in RARE):
            return self._app(environ, start)
        answers = self._current.edition().answers
        known = answers.find(asked)
        if known is not None:
            start(known.status, list(known.headers))
            return known.content
        return self._made(asked, environ, start)

    def _made(
        self, asked: tuple[str | None, ...], environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Have an answer made, and keep it where it lasts."""
        began: list[Any] = []

        def begin(*arguments: Any) -> Callable[[bytes], object]:
            began[:] = arguments[:2]
            return start(*arguments)

        content = self._app(environ, begin)
        edition: Edition | None = environ.get(_LASTING)
        if edition is not None and sum(len(part or "") for part in asked) <= LONGEST:
            status, headers = began
            if status[0] not in _GOOD:
                return content
            kept = Answer(status, tuple(headers), (b"".join(content),))
            getattr(content, "close", lambda: None)()
            edition.answers.keep(asked, kept)
            return kept.content
        return content
