"""Things, the documents about them, lists, and questions."""

from __future__ import annotations

from lod.iri import SLUG_PATTERN
from lod.web import cite, compare, questions
from lod.web.openapi.answers import CATALOG, MOVED, file, redirect, represented
from lod.web.openapi.parameters import (
    BY,
    EXPLAINED,
    FACETS_LIST,
    FILE,
    KIND,
    KIND_OF_MENTIONS,
    LANG,
    MEDIATYPE,
    NEGOTIATION,
    OF,
    PAGE,
    PAGE_LIST,
    PROFILE_TOKEN,
    Q_LIST,
    SLUG,
    WORDS,
    extension,
    one_of,
)
from lod.web.openapi.parts import (
    TEXT,
    Operation,
    Operations,
    Parameter,
    Schema,
    with_extension,
)
from lod.web.openapi.schemas import LINKSET, RESULTS
from lod.web.queries import examples
from lod.web.representations import CSV, DOCUMENT, EXTENSIONS, HTML, SHEET
from lod.web.representations import PAGE as PAGES
from lod.web.signposting import MEDIA_TYPE

EXTENSION = extension(".ttl", *sorted(EXTENSIONS - {".ttl"}))
_ENDING = "|".join(one.replace(".", r"\.") for one in sorted(EXTENSIONS))
_NAME = Parameter(
    "name",
    "path",
    "A slug, with or without the ending of a format; an official key serves too.",
    {"type": "string", "pattern": f"^{SLUG_PATTERN}({_ENDING})?$"},
    lambda known: known.slug,
)
_LIST = Parameter(
    "name",
    "path",
    "A kind, with or without the ending of a format.",
    lambda known: {
        "type": "string",
        "pattern": rf"^({'|'.join(known.kinds)})({_ENDING}|\.csv)?$",
    },
    lambda known: known.kind,
)
_LINKED = Parameter(
    "name",
    "path",
    "A kind, or `catalog`.",
    lambda known: one_of(*known.kinds, "catalog"),
    lambda known: known.kind,
)
_INSIDE = Parameter(
    "inside", "path", "The path of the part; it may have slashes.", example=lambda k: k.inside
)
_QUESTION = Parameter(
    "name",
    "path",
    "A question, with or without the ending of a format.",
    lambda known: {
        "type": "string",
        "pattern": rf"^({'|'.join(known.questions)})(\.json|\.csv|\.rq|\.html)?$",
    },
    lambda known: known.questions[0] if known.questions else "",
)
_COMPARED = Parameter(
    "of",
    "query",
    f"A place, by reference, official key or name; up to {compare.MOST} times. One that there "
    "isn't is 400, as is a name that several bear; the answer has those to choose from.",
    TEXT,
    lambda known: known.reference,
    key="of-compare",
)
_CITATIONS: dict[str, Schema] = {
    media_type.partition(";")[0]: {"type": "array"} if media_type.endswith("json") else TEXT
    for _, media_type in cite.FORMATS.values()
}
_OWN = tuple(
    Parameter(
        name,
        "query",
        f"{label}: a reference, slug, official key, name or number. Of the questions that name it "
        "on their pages; the others pass it over.",
        key=f"{name}-questions",
    )
    for name, label in sorted(
        {one.name: one.labels["en"] for asked in examples("") for one in asked.parameters}.items()
    )
)
_KEPT = (LANG, MEDIATYPE, PROFILE_TOKEN, EXPLAINED)
_TO_DOCUMENT = redirect(303, "The document about the thing.", "Link", "Vary")
_ANSWERED = (questions.JSON, CSV, questions.SPARQL, HTML)

OPERATIONS: Operations = {
    "GET /id/<kind>/<slug>": Operation(
        "Resources",
        "A thing",
        _TO_DOCUMENT,
        "A thing can't be sent; its document can. The arguments that choose a representation are "
        "kept.",
        (KIND, SLUG, *_KEPT),
        (
            404,
            410,
        ),
    ),
    "GET /id/<kind>/<slug>/<path:inside>": Operation(
        "Resources",
        "A part of a thing",
        _TO_DOCUMENT,
        "The part is the fragment of the document about the whole.",
        (KIND, SLUG, _INSIDE, *_KEPT),
        (
            404,
            410,
        ),
        examples={
            "kind": lambda known: known.whole.partition("/")[0],
            "slug": lambda known: known.whole.partition("/")[2],
        },
    ),
    "GET /doc": Operation(
        "Resources",
        "The kinds",
        {**represented(PAGES), **CATALOG},
        parameters=NEGOTIATION,
        errors=(400, 406, 412),
    ),
    "GET /doc/<name>": Operation(
        "Resources",
        "The list of a kind",
        represented((*DOCUMENT[:-1], SHEET, HTML), profiles=True, more=("Content-Disposition",)),
        "In RDF it has Hydra controls, which lead from page to page. CSV has the whole list. "
        "Several facets leave what fits all of them.",
        (_LIST, PAGE_LIST, Q_LIST, *FACETS_LIST, *NEGOTIATION),
        (400, 404, 406, 412, 503),
    ),
    "GET /doc/<kind>/<name>": Operation(
        "Resources",
        "The document about a resource",
        {**represented(DOCUMENT, profiles=True), **MOVED},
        parameters=(KIND, _NAME, *NEGOTIATION),
        errors=(400, 404, 410, 406, 412),
    ),
    **with_extension(
        "/doc/<kind>/<slug>/mentions",
        Operation(
            "Resources",
            "What names a resource",
            {**represented(DOCUMENT), **MOVED},
            "The statements of other resources that name this one. One that does so by two "
            "properties has two entries, but counts once.",
            (KIND, SLUG, BY, KIND_OF_MENTIONS, PAGE, *NEGOTIATION),
            (400, 404, 410, 406, 412),
        ),
        EXTENSION,
    ),
    **with_extension(
        "/doc/<kind>/<slug>/values",
        Operation(
            "Resources",
            "The values of a property",
            {**represented(DOCUMENT), **MOVED},
            "What a resource states by one property, page by page.",
            (KIND, SLUG, OF, PAGE, *NEGOTIATION),
            (400, 404, 410, 406, 412),
        ),
        EXTENSION,
    ),
    "GET /doc/<kind>/<slug>/statements": Operation(
        "Resources",
        "All statements about a resource",
        {**represented(PAGES), **MOVED},
        "With their RDF terms, and with the sources that each rests on.",
        (KIND, SLUG, PAGE, *NEGOTIATION),
        (400, 404, 410, 406, 412),
    ),
    "GET /doc/<kind>/<slug>/graph": Operation(
        "Resources",
        "What a resource is connected with",
        {**represented(PAGES), **MOVED},
        "Drawn, and as a list.",
        (KIND, SLUG, *NEGOTIATION),
        (400, 404, 410, 406, 412),
    ),
    "GET /doc/<kind>/<slug>/cite.<extension>": Operation(
        "Resources",
        "How a resource is cited",
        {**file("The citation.", _CITATIONS), **MOVED},
        parameters=(KIND, SLUG, extension(*cite.FORMATS), *WORDS),
        errors=(404, 410, 412),
    ),
    "GET /compare": Operation(
        "Resources",
        "Places side by side",
        represented(PAGES),
        "Without two places, the form to choose them.",
        (_COMPARED, *NEGOTIATION),
        (400, 406, 412),
        tried=("of",),
    ),
    "GET /linkset/<name>": Operation(
        "Resources",
        "The typed links of a list, or of the catalog",
        file("The link set.", {MEDIA_TYPE: LINKSET}, "Link"),
        parameters=(_LINKED, PAGE, Q_LIST, *FACETS_LIST, *FILE),
        errors=(400, 404, 412),
    ),
    "GET /linkset/<kind>/<slug>": Operation(
        "Resources",
        "The typed links of a document",
        {**file("The link set.", {MEDIA_TYPE: LINKSET}, "Link"), **MOVED},
        parameters=(KIND, SLUG, *FILE),
        errors=(404, 410, 412),
    ),
    **with_extension(
        "/questions",
        Operation(
            "Questions",
            "The questions",
            represented(DOCUMENT),
            parameters=NEGOTIATION,
            errors=(400, 404, 406, 412),
        ),
        EXTENSION,
    ),
    "GET /questions/<name>": Operation(
        "Questions",
        "A question and its answer",
        represented(_ANSWERED, schemas={questions.JSON.media_type: RESULTS}),
        "The answer as page, JSON or CSV, or the query alone. Asked about something else than the "
        "question names by itself, a query has the limits of the SPARQL endpoint.",
        (_QUESTION, *_OWN, *NEGOTIATION),
        (400, 404, 406, 412, 422, 503),
    ),
}
