"""Search, its suggestions, and its description."""

from __future__ import annotations

from lod.web import search
from lod.web.openapi.answers import file, represented
from lod.web.openapi.parameters import KIND_SEARCHED, NEGOTIATION, PAGE_SEARCHED, Q_SEARCH, WORDS
from lod.web.openapi.parts import TEXT, Operation, Operations, with_extension
from lod.web.openapi.routes.resources import EXTENSION
from lod.web.openapi.schemas import SUGGESTIONS
from lod.web.representations import DOCUMENT

OPERATIONS: Operations = {
    **with_extension(
        "/search",
        Operation(
            "Search",
            "What was found",
            represented(DOCUMENT),
            f"{search.SIZE} results on a page, the best first; umlauts and small slips don't "
            "matter. In RDF it is a `schema:ItemList` with Hydra controls.",
            (Q_SEARCH, KIND_SEARCHED, PAGE_SEARCHED, *NEGOTIATION),
            (400, 404, 406, 412),
            tried=("q",),
        ),
        EXTENSION,
    ),
    "GET /search/suggest": Operation(
        "Search",
        "What the beginning of a name may become",
        file("The suggestions.", {search.SUGGESTIONS: SUGGESTIONS}),
        parameters=(Q_SEARCH, KIND_SEARCHED, *WORDS),
        errors=(400, 412),
        tried=("q",),
    ),
    "GET /opensearch.xml": Operation(
        "Search",
        "How a browser can search here",
        file("The OpenSearch description.", {search.DESCRIPTION: TEXT}),
        parameters=WORDS,
        errors=(412,),
    ),
}
