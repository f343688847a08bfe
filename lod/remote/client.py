"""HTTP to a store: connections that are kept, retries that can't duplicate, errors in words."""

from __future__ import annotations

import logging
import time
import weakref
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager

import httpx

from lod.errors import EndpointError

TRIES = 4
"""How often a request is sent before it is given up."""
_PAUSE = 0.5
"""Seconds before the second try; twice as many before each further one."""
_LONGEST_PAUSE = 30.0
_CONNECT = 10.0
"""Seconds in which a store has to take a connection."""
_PASSING = frozenset({429, 500, 502, 503, 504})
"""Statuses that may pass by themselves: Virtuoso answers a deadlock with 500."""
_SHOWN = 300
"""Characters of a store's own words that are shown."""
logging.getLogger("httpx").setLevel(logging.WARNING)  # Else a line for each request.
_CONNECTIONS = httpx.Limits(max_connections=16, max_keepalive_connections=4)
"""A kept connection takes one of Virtuoso's few threads, whether it is used or not."""


class _Challenged(httpx.Auth):
    """Shows the password in the way that the server asks for, and only once it asks."""

    def __init__(self, user: str, password: str) -> None:
        self._user = user
        self._password = password
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            asked = response.headers.get("www-authenticate", "").lower()
            kind = httpx.DigestAuth if "digest" in asked else httpx.BasicAuth
            self._chosen = kind(self._user, self._password)
        yield from self._chosen.auth_flow(request)


class Client:
    """Sends requests to a store; safe to share between threads.

    Args:
        user: who asks; empty for anybody.
        password: of the user.
        seconds: that the store may be silent.
    """

    def __init__(self, user: str = "", password: str = "", seconds: float = 60.0) -> None:
        self._seconds = seconds
        self._http = httpx.Client(
            auth=_Challenged(user, password) if user else None, limits=_CONNECTIONS
        )
        self.close = weakref.finalize(self, self._http.close)
        """Closes the connections, at the latest when nobody has the client any more."""

    def send(  # noqa: PLR0913 (what a request has)
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        data: Mapping[str, str | Sequence[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        seconds: float | None = None,
        tries: int = TRIES,
    ) -> httpx.Response:
        """Send a request, again where it may help, and return the answer to it.

        Sent twice, a request must do what it does once.

        Args:
            method: of HTTP.
            url: where to.
            params: of the address.
            content: the body.
            data: the fields of a form, in place of a body.
            headers: beside the usual ones.
            seconds: that the store may be silent, where not as long as usual.
            tries: how often to send it.

        Raises:
            EndpointError: there is no answer, or it isn't one of success.
        """
        with translated(url):
            request = self._http.build_request(
                method,
                url,
                params=params,
                content=content,
                data=data,
                headers=headers,
                timeout=httpx.Timeout(seconds or self._seconds, connect=_CONNECT),
            )
        return self._sent(request, url, tries)

    def _sent(self, request: httpx.Request, url: str, tries: int) -> httpx.Response:
        for number in range(1, tries):
            try:
                response = self._http.send(request)
            except httpx.TransportError:
                time.sleep(_PAUSE * 2 ** (number - 1))
                continue
            if response.status_code not in _PASSING:
                return checked(response)
            time.sleep(_pause(response, number))
        with translated(url):
            return checked(self._http.send(request))

    @contextmanager
    def stream(
        self, url: str, data: Mapping[str, str | Sequence[str]], accept: str, seconds: float
    ) -> Iterator[httpx.Response]:
        """Post a form once, and give the answer before its body is read.

        Args:
            url: where to.
            data: the fields of the form.
            accept: the media types that the answer may have.
            seconds: that the store may be silent.

        Raises:
            EndpointError: there is no answer.
            httpx.TimeoutException: the store was silent for too long.
        """
        headers = {"Accept": accept}
        timeout = httpx.Timeout(max(seconds, 0.01), connect=min(seconds, _CONNECT))
        try:
            with self._http.stream(
                "POST", url, data=data, headers=headers, timeout=timeout
            ) as response:
                yield response
        except httpx.ReadTimeout:
            raise
        except httpx.HTTPError as error:
            raise _wrong(url, error) from None


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Say in our words what went wrong on the way."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _wrong(url, error) from None


def _pause(response: httpx.Response, number: int) -> float:
    """Return the seconds to wait: as many as the store asks for, within bounds."""
    asked = response.headers.get("retry-after", "")
    wanted = float(asked) if asked.isascii() and asked.isdigit() else _PAUSE * 2 ** (number - 1)
    return min(wanted, _LONGEST_PAUSE)


def _wrong(url: str, error: httpx.HTTPError | httpx.InvalidURL) -> EndpointError:
    """Return an error that names the place, the reason, and what to do."""
    reason = str(error) or type(error).__name__
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return EndpointError(
            f"{url}: not an address of a store ({reason}). It starts with http:// or https://"
        )
    if "CERTIFICATE" in reason.upper() or "SSL" in reason.upper():
        return EndpointError(
            f"{url}: its certificate isn't trusted ({reason}). Correct the address, or name the "
            "certificate of its authority in SSL_CERT_FILE"
        )
    if isinstance(error, httpx.TimeoutException):
        return EndpointError(f"{url}: no answer in time. Is the store busy, or the address wrong?")
    return EndpointError(f"{url}: can't be reached ({reason}). Is the store running there?")


def checked(response: httpx.Response) -> httpx.Response:
    """Return a response of success.

    Raises:
        EndpointError: it is none.
    """
    status, url = response.status_code, response.request.url.copy_with(query=None)
    if response.is_success:
        return response
    if response.is_redirect:
        target = response.headers.get("location", "elsewhere")
        raise EndpointError(f"{url}: has moved to {target}. Use that address")
    said = words(response, response.content)
    if status in (401, 403):
        raise EndpointError(
            f"{url}: refused ({status}: {said}). Name who may do this with --user, and the "
            "password in LOD_ENDPOINT_PASSWORD"
        )
    if status in (404, 405, 501):
        raise EndpointError(f"{url}: nothing does that there ({status}: {said}). Correct the URL")
    if status == 507 or "space" in said.lower():
        raise EndpointError(f"{url}: the store has no space left ({status}: {said})")
    raise EndpointError(f"{url}: the store failed ({status}: {said})")


def words(response: httpx.Response, content: bytes) -> str:
    """Return what a store says of its failure, in a line without markup or the query."""
    if "html" in response.headers.get("content-type", ""):
        return response.reason_phrase
    text = content.decode("utf-8", "replace").partition("SPARQL query:")[0]
    return " ".join(text.split())[:_SHOWN] or response.reason_phrase
