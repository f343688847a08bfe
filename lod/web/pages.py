"""What all templates know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app

from lod.names import KIND_NAMES
from lod.web.assets import theme
from lod.web.foreign import shown
from lod.web.glossary import Links, terms
from lod.web.representations import RDF
from lod.web.respond import Document
from lod.web.scribe import kind_name
from lod.web.visit import edition, export, reader
from lod.web.wording import Text, Wording, pick

LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}
LOCALES = {"de": "de_DE", "en": "en_GB"}
"""What Open Graph calls the languages."""


def equip(app: Flask) -> None:
    """Give the templates of an application what they need."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.context_processor(_known)


def _known() -> dict[str, Any]:
    wording = Wording(reader().language)
    links = Links(terms(edition()))
    return {
        "reader": reader(),
        "language": reader().language,
        "languages": {code: LANGUAGE_NAMES[code] for code in edition().languages},
        "locales": LOCALES,
        "wording": wording,
        "edition": edition(),
        "export": export(),
        "endpoint": _endpoint(),
        "publication": edition().store.publication,
        "words": _words,
        "kind_name": kind_name,
        "kind_names": KIND_NAMES,
        "shown": shown,
        "term": links.term,
        "property": links.property,
        "data_formats": RDF,
        "switch": _switch,
        "static": _static,
        "themed": _themed,
        "declared": _declared,
    }


def _endpoint() -> str:
    """Return where queries in SPARQL are answered; empty where they aren't."""
    made_for = export()
    return reader().page("sparql") if made_for is None else made_for.endpoint


def _words(texts: Mapping[str, str]) -> Text:
    """Return one text of several languages."""
    return pick(texts, reader().language) or Text("")


def _switch(document: Document | None, language: str) -> str:
    """Return the address of the same page in another language."""
    if document is None:
        return f"?lang={language}"
    arguments = {**document.arguments, "lang": language}
    query = urlencode(arguments, doseq=True)
    return f"{reader().path(document.path)}?{query}"


def _declared(query: str) -> str:
    """Return a query with the declarations of the prefixes that it uses."""
    used = {word.partition(":")[0] for word in re.findall(r"\b[a-z]+:[A-Za-z]", query)}
    prefixes = edition().store.style.prefixes
    lines = [f"PREFIX {one}: <{prefixes[one]}>" for one in sorted(used) if one in prefixes]
    return "\n".join([*lines, query])


def _themed(name: str) -> bool:
    """Say whether the design has a file that only a publisher's theme may have."""
    return theme().file(name) is not None


def _static(name: str) -> str:
    """Return the address of a file of the design, new with each change of it."""
    return reader().path(f"static/{name}?v={current_app.config['DESIGN']}")
