"""What a public body says of its site: imprint, privacy, accessibility; fed by the publication."""

from __future__ import annotations

from flask import Response

from lod.web.respond import Document, Page, respond

PAGES = ("imprint", "privacy", "accessibility")


def imprint() -> Response:
    """Answer with who is responsible for the site."""
    return _page("imprint")


def privacy() -> Response:
    """Answer with what is kept of readers and of people in the data."""
    return _page("privacy")


def accessibility() -> Response:
    """Answer with the statement on accessibility, and where to report a barrier.

    Spec: https://eur-lex.europa.eu/eli/dec_impl/2018/1523/oj
    """
    return _page("accessibility")


def _page(name: str) -> Response:
    return respond(Document(name, page=lambda: Page(f"{name}.html", {})))
