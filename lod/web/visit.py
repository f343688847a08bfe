"""What is known of the request at hand: the edition it is answered from, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from flask import current_app, g, request
from werkzeug.exceptions import BadRequest, RequestURITooLarge

from lod.web.edition import Edition
from lod.web.negotiation import choose_language

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
LONGEST_SEARCH = 100
LONGEST_ADDRESS = 32_000
"""Bytes of path and query; the server itself takes twice as much, but refuses without a word."""
_WISHES = ("_profile", "_mediatype", "_explain")


@dataclass(frozen=True)
class Reader:
    """Who reads: in which language, and where the links of a page lead.

    Attributes:
        language: of the page.
        chosen: whether the address names the language, so that links keep it.
        root: the path that the application is mounted at, without ``/`` at its end.
    """

    language: str
    chosen: bool
    root: str

    def path(self, path: str) -> str:
        """Return a link to a path of ours that is the same in every language."""
        return f"{self.root}/{path}"

    def page(self, path: str, arguments: Mapping[str, object] | None = None) -> str:
        """Return a link to a page of ours, in the language that was chosen."""
        rest, sharp, fragment = path.partition("#")
        given = {**(arguments or {}), **({"lang": self.language} if self.chosen else {})}
        query = f"?{urlencode(given, doseq=True)}" if given else ""
        return f"{self.root}/{rest}{query}{sharp}{fragment}"


@dataclass(frozen=True)
class Export:
    """What the pages of static files do without: nobody answers behind them.

    Attributes:
        endpoint: the address of a SPARQL endpoint elsewhere; empty where there is none.
    """

    endpoint: str = ""


def begin(edition: Edition) -> None:
    """Fix the edition and the reader for the whole of a request.

    Raises:
        RequestURITooLarge: the address is longer than what is read of it.
    """
    g.edition = edition
    languages = edition.languages
    overlong = len(request.environ["PATH_INFO"]) + len(request.query_string) > LONGEST_ADDRESS
    asked = "" if overlong else request.args.get("lang", "").lower()
    chosen = asked in languages
    language = (
        asked if chosen else choose_language(request.headers.get("Accept-Language"), languages)
    )
    g.reader = Reader(language, chosen, request.root_path)
    if overlong:
        raise RequestURITooLarge


def edition() -> Edition:
    """Return the edition that the request is answered from."""
    return cast("Edition", g.edition)


def reader() -> Reader:
    """Return who reads."""
    return cast("Reader", g.reader)


def export() -> Export | None:
    """Return what static files are made for; None where a server answers."""
    return cast("Export | None", current_app.config["EXPORT"])


def language() -> str:
    """Return the language of the page."""
    return reader().language if "reader" in g else "en"


def page_number() -> int:
    """Return the number of the page that the address asks for, 1 where it names none.

    Raises:
        BadRequest: it isn't a number from 1.
    """
    words = request.args.get("page", "1")
    if PAGE_NUMBER.fullmatch(words) is None:
        raise BadRequest
    return int(words)


def searched() -> str:
    """Return the words that a list is searched for; empty where there are none."""
    return request.args.get("q", "").strip()[:LONGEST_SEARCH]


def wished() -> str:
    """Return the arguments by which a reader chose a representation, for a redirect to keep."""
    kept = [(name, request.args[name]) for name in _WISHES if name in request.args]
    chosen = [("lang", reader().language)] if reader().chosen else []
    return f"?{urlencode([*chosen, *kept])}" if chosen or kept else ""
