"""From an address to the file that holds what answers there.

The names follow one rule, so that a web server can find the file by its configuration alone: the
path, the arguments of the query that change the content, the language of a page, the extension.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

HOME = "index"
QUERIED = ("of", "by", "kind", "page")
"""The arguments that may change the content, in the order in which they stand in a name."""
# Else the document about a resource would be a file and a folder, which plain hosts can't serve.
_INSIDE = re.compile(r"/(mentions|values)$")


def stem(path: str, arguments: Mapping[str, object] | None = None) -> str:
    """Return what the names of the representations of a document have in common.

    >>> stem("doc/state/bayern/mentions", {"by": "schema:about", "kind": "project", "page": 2})
    'doc/state/bayern.mentions.by-schema-about.kind-project.page-2'
    """
    given = arguments or {}
    asked = [f".{name}-{given[name]}" for name in QUERIED if name in given]
    return _INSIDE.sub(r".\1", path.strip("/") or HOME) + "".join(asked).replace(":", "-")


def page_file(whole: str, language: str, default: str, plain: bool = False) -> str:
    """Return the file of a page in a language.

    Args:
        whole: the stem of the document.
        language: of the page.
        default: the language of the publication that stands first.
        plain: whether the name itself must lead to the page, because the host knows no rules.

    >>> page_file("about", "de", "de"), page_file("about", "de", "de", plain=True)
    ('about.de.html', 'about.html')
    """
    return f"{whole}.html" if plain and language == default else f"{whole}.{language}.html"
