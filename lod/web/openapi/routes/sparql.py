"""The SPARQL endpoint."""

from __future__ import annotations

from dataclasses import replace

from lod.iri import KINDS
from lod.sparql.results import RESULTS
from lod.store import ABOUT_US
from lod.vocab import RDF as RDF_
from lod.web.asking import QUERY
from lod.web.fragments import FORWARDED
from lod.web.openapi.answers import content, file, redirect, represented
from lod.web.openapi.parameters import (
    ACCEPT,
    ACCEPT_LANGUAGE,
    FILE,
    LANG,
    NEGOTIATION,
    PAGE,
    extension,
    one_of,
)
from lod.web.openapi.parts import (
    TEXT,
    Answer,
    Operation,
    Operations,
    Parameter,
    Schema,
    with_extension,
)
from lod.web.openapi.schemas import RESULTS as RESULTS_IN_JSON
from lod.web.openapi.schemas import VOCABULARY
from lod.web.representations import DOCUMENT, EXTENSIONS, HTML, N_QUADS, RDF, TRIG

_EXAMPLE = "SELECT DISTINCT ?class WHERE { ?resource a ?class } LIMIT 10"
_FORMATS = [
    *(one.extension[1:] for one in RESULTS),
    *(one.extension[1:] for one in (*RDF, HTML)),
]
_ASKED: Schema = {"type": "string", "examples": [_EXAMPLE]}
_GRAPHS: Schema = {"type": "array", "items": TEXT}
_QUERY = Parameter(
    "query",
    "query",
    "The query; without one, the endpoint describes itself or shows its page.",
    _ASKED,
    lambda known: _EXAMPLE,
)
_DEFAULT = Parameter(
    "default-graph-uri",
    "query",
    "Absolute IRIs of graphs that make the default graph, in place of FROM; empty ones are none.",
    _GRAPHS,
)
_NAMED = Parameter(
    "named-graph-uri", "query", "The same of the named graphs, in place of FROM NAMED.", _GRAPHS
)
_FORMAT = Parameter(
    "format",
    "query",
    "Overrules `Accept`: one of these words, or a media type. Another one is 400, and one that "
    "the result hasn't is 406.",
    {"type": "string", "examples": _FORMATS},
)
_HEADERS = ("Content-Language", "Link", "Vary")
_BODIES: dict[str, Schema] = {
    **{one.media_type: TEXT for one in RESULTS},
    RESULTS[0].media_type: RESULTS_IN_JSON,
}
_ANSWERS = represented((*RDF, HTML), schemas=_BODIES)
_WHOLE = "The whole result: rows or a truth value of SELECT and ASK, a graph of the others."
_GRAPH = Parameter(
    "name",
    "path",
    "A kind, `catalog`, or `ns`.",
    one_of(*KINDS, *ABOUT_US),
    lambda known: known.kind,
)
_TERMS = tuple(
    Parameter(
        name,
        "query",
        f"{words} A variable (`?x`), or nothing, matches any; what is no term is 400.",
        example=example,
        key=f"{name}-fragments",
    )
    for name, words, example in (
        ("subject", "An IRI.", None),
        ("predicate", "An IRI.", lambda known: RDF_.type.value),
        (
            "object",
            'An IRI, or a literal as in Turtle: `"Jena"@de`, `"5"^^http://…#integer`.',
            None,
        ),
    )
)
_PROXIED = tuple(
    Parameter(
        name,
        "header",
        "That a proxy handed the request on: the fragment's IRI starts with the publication's base "
        "then. The value is not looked at.",
    )
    for name in FORWARDED
)

OPERATIONS: Operations = {
    **with_extension(
        "/fragments",
        Operation(
            "SPARQL",
            "The triples that match a pattern",
            represented((*DOCUMENT, TRIG, N_QUADS)),
            "Triple Pattern Fragments: clients such as Comunica compute queries themselves. TriG "
            "and N-Quads keep the metadata in a graph of its own.",
            (*_TERMS, PAGE, *NEGOTIATION, *_PROXIED),
            (400, 404, 406, 412),
            tried=("predicate",),
        ),
        extension(".ttl", *sorted(EXTENSIONS - {".ttl"}), TRIG.extension, N_QUADS.extension),
    ),
    "GET /sparql": Operation(
        "SPARQL",
        "A query, or the description of the endpoint",
        {**_ANSWERS, 200: replace(_ANSWERS[200], description=_WHOLE)},
        "Follows the SPARQL 1.1 Protocol. `SERVICE` and updates are refused. A query is answered "
        "in the format that `format` or `Accept` names; the other ways to choose are for the "
        "description.",
        (_QUERY, _DEFAULT, _NAMED, _FORMAT, *NEGOTIATION),
        (400, 403, 406, 412, 413, 422, 503),
        tried=("query",),
    ),
    "POST /sparql": Operation(
        "SPARQL",
        "A posted query",
        {200: Answer(_WHOLE, {**content((*RDF, HTML)), **_BODIES}, _HEADERS)},
        "As a form, or as the query alone in UTF-8. Answers aren't kept by caches.",
        (_DEFAULT, _NAMED, _FORMAT, LANG, ACCEPT, ACCEPT_LANGUAGE),
        (400, 403, 406, 413, 415, 422, 503),
        form=(_QUERY, _DEFAULT, _NAMED, _FORMAT),
        body={QUERY: _ASKED},
        needs_body=True,
    ),
    "GET /sparql/vocabulary.json": Operation(
        "SPARQL",
        "Prefixes, classes and properties of the release",
        file("What the editor of queries completes.", {"application/json": VOCABULARY}),
        parameters=FILE,
        errors=(412,),
    ),
    "GET /graph/<name>": Operation(
        "SPARQL",
        "A named graph",
        redirect(303, "The list of its kind, the catalog, or our terms."),
        parameters=(_GRAPH,),
        errors=(404,),
    ),
}
