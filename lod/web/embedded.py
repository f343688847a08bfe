"""What pages embed for search engines beside the descriptions of resources, as JSON-LD.

Spec: https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from lod.catalog import Catalog, schema_org
from lod.web.edition import Edition
from lod.web.wording import pick

_FOR_SCRIPTS = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def embedded(view: Any) -> Markup:
    """Return JSON-LD as it stands inside a page: no word of a record can end the script element."""
    return Markup(json.dumps(view, ensure_ascii=False).translate(_FOR_SCRIPTS))  # noqa: S704


def of_catalog(edition: Edition, language: str, dataset: str | None = None) -> Markup:
    """Return the catalog, or one of its datasets with its files.

    Args:
        edition: what is served.
        language: of the words.
        dataset: ``all`` or a kind; the catalog itself when left out.
    """
    store = edition.store
    return embedded(schema_org(Catalog.of(store.release, store.publication), dataset, language))


def website(edition: Edition, language: str) -> Markup:
    """Return the publication as a site that can be searched."""
    publication = edition.store.publication
    title, description = (
        pick(words, language) for words in (publication.title, publication.description)
    )
    return embedded(
        {
            "@context": "https://schema.org/",
            "@type": "WebSite",
            "name": title.words if title else edition.base,
            "description": description.words if description else "",
            "url": edition.base,
            "inLanguage": list(edition.languages),
            "license": publication.licence,
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{edition.base}search?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            },
        }
    )
