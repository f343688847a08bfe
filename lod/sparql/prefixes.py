"""Which prefixes a query uses without declaring them."""

from __future__ import annotations

import re

from lod.sparql.syntax import tokens

REASON = "Prefix not found"
"""What the engine's message has of such a query, among all that it would have taken instead."""
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):\s*<", re.IGNORECASE)


def undeclared(query: str) -> dict[str, int]:
    """Return the prefixes that a query uses but doesn't declare, each with where it stands first.

    >>> undeclared("PREFIX a: <urn:a> SELECT * { ?s a:b ?o ; c:d 'e:f' }")
    {'c': 41}
    """
    found: dict[str, int] = {}
    for token in tokens(query):
        if token.kind == "name":
            prefix = query[token.start : token.end].partition(":")[0]
            found.setdefault(prefix, token.start)
    declared = _DECLARED.findall(query)
    return {prefix: start for prefix, start in found.items() if prefix not in declared}
