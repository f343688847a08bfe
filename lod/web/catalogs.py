"""Keeps the message catalogs: ``python -m lod.web.catalogs`` extracts, updates and compiles.

Translate what it adds in ``translations/de/LC_MESSAGES/messages.po`` and run it again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
LANGUAGES = ("de", "en")
SOURCE = "en"
"""The language that messages are written in; its catalog needs no translator."""
_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""In every compiled catalog, so that the same messages are the same bytes."""
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_OPTIONS = {"templates/**.html": {"trimmed": "true"}}


def extracted() -> Catalog:
    """Return every message of the code and the templates."""
    catalog = Catalog()
    found = extract_from_dir(
        HERE, _METHODS, _OPTIONS, keywords={"_": None, "gettext": None, "ngettext": (1, 2)}
    )
    for name, _, message, _, _ in sorted(found, key=lambda one: (one[0], one[1])):
        catalog.add(message, locations=[(name, 0)])
    return catalog


def po_file(language: str) -> Path:
    """Return where the catalog of a language stands."""
    return HERE / "translations" / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """Return the catalog of a language; an empty one where there is none yet."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """Return a catalog as the bytes of an ``.mo`` file."""
    content = BytesIO()
    write_mo(content, catalog)
    return content.getvalue()


def updated(language: str) -> Catalog:
    """Return the catalog of a language with the messages that there are now."""
    known = {message.id: message.string for message in read(language) if message.id}
    catalog = Catalog(locale=language, creation_date=_DATE, revision_date=_DATE, fuzzy=False)
    for message in extracted():
        if message.id:
            own = message.id if language == SOURCE else known.get(message.id, "")
            empty = ("", "") if isinstance(message.id, tuple) else ""
            catalog.add(message.id, own or empty, locations=message.locations)
    return catalog


def main() -> None:
    """Bring the catalogs up to date."""
    for language in LANGUAGES:
        catalog = updated(language)
        po_file(language).parent.mkdir(parents=True, exist_ok=True)
        with po_file(language).open("wb") as file:
            write_po(file, catalog, omit_header=True, include_lineno=False, width=100)
        po_file(language).with_suffix(".mo").write_bytes(compiled(catalog))


if __name__ == "__main__":
    main()
