"""Rules by which web servers answer from an export as `lod serve` would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lod.export.renderer import Setting
from lod.export.rules import accept
from lod.formats import FORMATS
from lod.iri import KINDS, SLUG_PATTERN
from lod.iri import slug as slug_of
from lod.store import Store
from lod.web import legal
from lod.web.app import EVERYWHERE, PREFLIGHT
from lod.web.delivery import FOREVER, FRESH, NEVER
from lod.web.foreign import host
from lod.web.questions import JSON, SPARQL
from lod.web.representations import ATOM, CSV, DOCUMENT
from lod.web.respond import author

TEMPLATES = Path(__file__).parent / "templates"
RULES = {
    ".lod/nginx-http.conf": "nginx-http.conf",
    ".lod/nginx-server.conf": "nginx-server.conf",
    ".lod/keys.txt": "keys.txt",
    ".lod/Caddyfile": "Caddyfile",
    ".htaccess": "htaccess",
}
"""File → the template that it is written by."""
TYPES = (
    *((one.extension[1:], one.content_type) for one in DOCUMENT if not one.profile),
    *((one.extension[1:], one.content_type) for one in (JSON, CSV, SPARQL)),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("atom", ATOM.media_type),
    ("gz", "application/gzip"),
    ("problem", "application/problem+json"),
)
"""Extension → what is sent as ``Content-Type``."""


def written(setting: Setting, store: Store, root: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of rules.

    Args:
        setting: of the export.
        store: of the release.
        root: the path that the site lies under, without ``/`` at its end.
    """
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (no HTML)
    )
    known = _known(setting, store, root)
    for name, template in RULES.items():
        yield name, templates.get_template(template).render(known)


def _known(setting: Setting, store: Store, root: str) -> dict[str, Any]:
    """Return what the templates know."""
    languages = [one for one in store.publication.languages if one in ("de", "en")] or ["en"]
    return {
        "accept": accept,
        "out": setting.out,
        "root": root,
        "root_pattern": re.escape(root),
        "base": store.space.base,
        "endpoint": setting.endpoint,
        "version": store.release.version,
        "kinds": "|".join(KINDS),
        "slug": SLUG_PATTERN,
        "languages": languages,
        "formats": [(one.extension[1:], one.media_type) for one in FORMATS],
        "types": list(dict(TYPES).items()),
        "keys": [(f"{kind}/{key}", f"{kind}/{slug}") for kind, key, slug in store.identifiers()],
        "everywhere": EVERYWHERE,
        "preflight": PREFLIGHT,
        "pages": ("about", *legal.PAGES, "search"),
        "fresh": FRESH,
        "forever": FOREVER,
        "never": NEVER,
        "licence": store.publication.licence,
        "author": author(store.space.base),
        "download": f"{slug_of(host(store.space.base)) or 'lod'}",
    }
