"""JSON Schemas of the bodies; those with a title are shared components."""

from __future__ import annotations

from lod.web.openapi.parts import TEXT, Schema
from lod.web.search import SUGGESTED

_WHOLE: Schema = {"type": "integer", "minimum": 0}


def record(title: str, members: dict[str, Schema], *optional: str) -> Schema:
    """Return the schema of an object.

    Args:
        title: names it among the components; empty of one that stands inside another.
        members: its members.
        optional: those of them that may be missing.
    """
    named = {"title": title} if title else {}
    required = [name for name in members if name not in optional]
    return {**named, "type": "object", "required": required, "properties": members}


def rows(item: Schema) -> Schema:
    """Return the schema of an array."""
    return {"type": "array", "items": item}


def table(item: Schema) -> Schema:
    """Return the schema of an object whose members are all alike."""
    return {"type": "object", "additionalProperties": item}


PROBLEM = record(
    "Problem",
    {
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "parameter": TEXT,
        "known": rows(TEXT),
        "line": _WHOLE,
        "column": _WHOLE,
        "text": TEXT,
        "offered": rows(record("", {"type": TEXT, "href": TEXT})),
    },
    *("parameter", "known", "line", "column", "text", "offered"),
) | {"description": "A problem document (RFC 9457)."}
JSON_LD_DOCUMENT: Schema = {
    "title": "JSON-LD",
    "description": "A graph in JSON-LD 1.1.",
    "type": ["object", "array"],
}
EXPLANATION = record(
    "Explanation",
    {
        "asked": table(TEXT),
        "ranking": rows(
            record(
                "",
                {
                    "type": TEXT,
                    "profile": TEXT,
                    "quality": {"type": "number", "minimum": 0, "maximum": 1},
                    "match": TEXT,
                    "href": TEXT,
                    "chosen": {"type": "boolean"},
                },
            )
        ),
    },
) | {"description": "How the representation was chosen, with the address that forces each."}
HEALTH = record(
    "Health",
    {"status": {"enum": ["ok", "degraded"]}, "version": TEXT, "refused": TEXT},
    "refused",
)
LINKSET = record("LinkSet", {"linkset": rows(record("", {"anchor": TEXT}))}) | {
    "description": "Typed links (RFC 9264)."
}
SUGGESTIONS: Schema = {
    "title": "Suggestions",
    "description": "The words, and what they may become: names, what each is, and its page.",
    "type": "array",
    "items": {"type": ["string", "array"], "items": TEXT, "maxItems": SUGGESTED},
    "minItems": 4,
    "maxItems": 4,
}
VOCABULARY = record(
    "Vocabulary",
    {"prefixes": table(TEXT), "classes": rows(TEXT), "properties": rows(TEXT)},
)
_TERM = record(
    "",
    {
        "type": {"enum": ["uri", "literal", "bnode", "triple"]},
        "value": {},
        "xml:lang": TEXT,
        "datatype": TEXT,
    },
    "xml:lang",
    "datatype",
)
RESULTS = record(
    "SparqlResults",
    {
        "head": record("", {"vars": rows(TEXT)}, "vars"),
        "boolean": {"type": "boolean"},
        "results": record("", {"bindings": rows(table(_TERM))}),
    },
    *("boolean", "results"),
) | {"description": "SPARQL 1.1 Query Results JSON Format: rows of SELECT, or the truth of ASK."}

# Reconciliation Service API 0.2

_NAMED = record("", {"id": TEXT, "name": TEXT})
MANIFEST = record(
    "Manifest",
    {
        "versions": rows(TEXT),
        "name": TEXT,
        "identifierSpace": TEXT,
        "schemaSpace": TEXT,
        "defaultTypes": rows(_NAMED),
        "view": record("", {"url": TEXT}),
        "preview": record("", {"url": TEXT, "width": _WHOLE, "height": _WHOLE}),
        "suggest": table(record("", {"service_url": TEXT, "service_path": TEXT})),
        "extend": {"type": "object"},
        "batchSize": _WHOLE,
    },
)
_CANDIDATE = record(
    "",
    {
        "id": TEXT,
        "name": TEXT,
        "description": TEXT,
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "features": rows(record("", {"id": TEXT, "value": {}})),
        "type": rows(_NAMED),
    },
)
CANDIDATES = {
    "title": "Candidates",
    "description": "For each query of the batch, the resources that may be meant, the best first.",
    **table(record("", {"result": rows(_CANDIDATE)})),
}
VALUES = record(
    "Values",
    {"meta": rows(_NAMED), "rows": table(table(rows({"type": "object"})))},
) | {"description": "The values of the properties, resource by resource."}
FOUND = record("Found", {"result": rows(_NAMED)}) | {
    "description": "What the beginning of a name may become."
}
FLYOUT = record("Flyout", {"id": TEXT, "html": TEXT})
PROPERTIES = record("Properties", {"properties": rows(_NAMED), "type": TEXT}, "type")
