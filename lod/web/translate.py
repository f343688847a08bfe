"""Words of the pages in the reader's language; the catalogs lie in ``translations``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from flask import Flask

from lod.web.visit import language

CATALOGS = Path(__file__).parent / "translations"


def _(message: str, **variables: object) -> str:
    """Return a message in the language of the reader.

    Args:
        message: in English, as the catalogs know it.
        variables: for its ``%(name)s``.
    """
    words = _singular(message)
    return words % variables if variables else words


def speak(app: Flask) -> None:
    """Teach the templates of an application the languages of the catalogs."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    # Jinja adds this method to an environment together with the extension.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        _singular, _plural, newstyle=True
    )


@cache
def _catalog(code: str) -> NullTranslations:
    return Translations.load(CATALOGS, [code])


def _singular(message: str) -> str:
    return _catalog(language()).gettext(message)


def _plural(one: str, many: str, number: int) -> str:
    return _catalog(language()).ngettext(one, many, number)
