"""Words of the pages in the reader's language; the catalogs lie in ``translations``."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_babel import Babel, gettext  # type: ignore[import-untyped]

from lod.web.visit import language

CATALOGS = Path(__file__).parent / "translations"


def _(message: str, **variables: object) -> str:
    """Return a message in the language of the reader.

    Args:
        message: in English, as the catalogs know it.
        variables: for its ``%(name)s``.
    """
    return str(gettext(message, **variables))


def speak(app: Flask) -> None:
    """Teach an application the languages of the catalogs."""
    Babel(app, locale_selector=language, default_translation_directories=str(CATALOGS))
