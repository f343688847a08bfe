"""The reconciliation service.

Spec: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json

from lod.web.openapi.answers import file
from lod.web.openapi.parameters import WORDS, one_of
from lod.web.openapi.parts import TEXT, Answer, Operation, Operations, Parameter, Schema
from lod.web.openapi.samples import Samples
from lod.web.openapi.schemas import CANDIDATES, FLYOUT, FOUND, MANIFEST, PROPERTIES, VALUES
from lod.web.posted import PARTS
from lod.web.reconcile import LARGEST
from lod.web.reconciling import MOST_QUERIES


def _batch(known: Samples) -> str:
    return json.dumps({"q0": {"query": known.name}}, ensure_ascii=False)


QUERIES = Parameter(
    "queries",
    "query",
    f"A batch of at most {MOST_QUERIES} queries in JSON.",
    {"type": "string", "contentMediaType": "application/json"},
    _batch,
)
EXTEND = Parameter(
    "extend",
    "query",
    "Ids and properties in JSON, to fetch values; not looked at beside `queries`.",
    {"type": "string", "contentMediaType": "application/json"},
)
CALLBACK = Parameter(
    "callback",
    "query",
    "The name of a function: the answer is a script that calls it. Any other word is 400.",
    {"type": "string", "pattern": r"^[A-Za-z_$][A-Za-z0-9_$]*(\.[A-Za-z_$][A-Za-z0-9_$]*)*$",
     "maxLength": 100},
)  # fmt: skip
PREFIX = Parameter(
    "prefix", "query", "The beginning of a name.", TEXT, lambda known: known.name[:3]
)
TYPES = Parameter(
    "type",
    "query",
    "Kinds, to have resources of them alone; other words are passed over.",
    {"type": "array", "items": TEXT},
    key="types",
)
CURSOR = Parameter(
    "cursor",
    "query",
    "How many suggestions to pass over.",
    {"type": "string", "pattern": "^[0-9]{0,5}$"},
)
TYPE = Parameter("type", "query", "A kind.", TEXT, lambda known: known.kind, key="type")
LIMIT = Parameter("limit", "query", "How many at most; what isn't a number is passed over.", TEXT)
ID = Parameter(
    "id",
    "query",
    "What it is about: `municipality/jena`, or its address. 404 if there is nothing.",
    TEXT,
    lambda known: known.reference,
    required=True,
)
_WHAT = Parameter(
    "what",
    "path",
    "What is looked for.",
    one_of("entity", "type", "property"),
    lambda known: "entity",
)


def _json(description: str, schema: Schema) -> dict[int, Answer]:
    return file(description, {"application/json": schema, "text/javascript": TEXT})


_ANSWER: Schema = {"anyOf": [MANIFEST, CANDIDATES, VALUES]}
_ASKED = Operation(
    "Reconciliation",
    "The manifest, candidates, or values",
    _json("What the service can do, candidates for a batch, or values.", _ANSWER),
    "Without a parameter, the manifest of the service.",
    (QUERIES, EXTEND, CALLBACK, *WORDS),
    (400, 412),
    tried=("queries",),
)
_POSTED = Operation(
    "Reconciliation",
    "A posted batch",
    {
        200: Answer(
            "Candidates, or values.",
            {"application/json": _ANSWER, "text/javascript": TEXT},
            ("Vary",),
        )
    },
    f"At most {LARGEST // 1024 // 1024} MB. Answers aren't kept by caches.",
    (CALLBACK, *WORDS[:2]),
    (400, 413, 415),
    form=(QUERIES, EXTEND),
    body={PARTS: {"type": "object", "properties": {"queries": TEXT, "extend": TEXT}}},
)

OPERATIONS: Operations = {
    "GET /reconcile": _ASKED,
    "POST /reconcile": _POSTED,
    "GET /reconcile/": _ASKED,
    "POST /reconcile/": _POSTED,
    "GET /reconcile/suggest/<what>": Operation(
        "Reconciliation",
        "What the beginning of a name may become",
        _json("Suggestions.", FOUND),
        parameters=(_WHAT, PREFIX, TYPES, CURSOR, CALLBACK, *WORDS),
        errors=(400, 404, 412),
        tried=("prefix",),
    ),
    "GET /reconcile/flyout/<what>": Operation(
        "Reconciliation",
        "A few words in HTML",
        _json("A few words on an entity, a type or a property.", FLYOUT),
        parameters=(_WHAT, ID, CALLBACK, *WORDS),
        errors=(400, 404, 412),
    ),
    "GET /reconcile/properties": Operation(
        "Reconciliation",
        "The properties that a type may have",
        _json("The properties.", PROPERTIES),
        parameters=(TYPE, LIMIT, CALLBACK, *WORDS),
        errors=(400, 412),
        tried=("type",),
    ),
    "GET /reconcile/preview": Operation(
        "Reconciliation",
        "A small page that other sites may show in a frame",
        file("The page.", {"text/html": TEXT}, "Content-Language"),
        parameters=(ID, *WORDS),
        errors=(404, 412),
    ),
}
