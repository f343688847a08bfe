"""What belongs to the pages, and to running them."""

from __future__ import annotations

from lod.web.openapi.answers import CATALOG, file, represented
from lod.web.openapi.parameters import (
    EDITION_OF_DESIGN,
    FILE,
    KIND,
    NEGOTIATION,
    SLUG,
    extension,
    one_of,
)
from lod.web.openapi.parts import TEXT, Answer, Operation, Operations, Parameter, with_extension
from lod.web.openapi.schemas import HEALTH
from lod.web.representations import HTML
from lod.web.representations import PAGE as PAGES

_NUMBER = Parameter(
    "number",
    "path",
    "The part, from 1.",
    {"type": "integer", "minimum": 1},
    lambda known: "1",
)
_LANGUAGE = Parameter(
    "language",
    "path",
    "Of the words in it: one of the publication's.",
    lambda known: one_of(*known.languages),
    lambda known: known.languages[0],
)
_ASSET = Parameter(
    "filename",
    "path",
    "The path of the file; it may have slashes.",
    example=lambda known: "style.css",
)
_LEGAL = {
    "imprint": "Who is responsible",
    "privacy": "What is kept of readers, and of people in the data",
    "accessibility": "Statement on accessibility",
}

OPERATIONS: Operations = {
    "GET /": Operation(
        "Site",
        "Home",
        {**represented(PAGES), **CATALOG},
        parameters=NEGOTIATION,
        errors=(400, 406, 412),
    ),
    "GET /about": Operation(
        "Site",
        "Publisher, contact, licence, origins, privacy",
        represented(PAGES),
        parameters=NEGOTIATION,
        errors=(400, 406, 412),
    ),
    **{
        f"GET /{name}": Operation(
            "Site", summary, represented(PAGES), parameters=NEGOTIATION, errors=(400, 406, 412)
        )
        for name, summary in _LEGAL.items()
    },
    **with_extension(
        "/openapi",
        Operation(
            "Site",
            "This description",
            represented((HTML,), schemas={"application/json": {"type": "object"}}),
            "As OpenAPI 3.1, or as a page.",
            NEGOTIATION,
            (400, 404, 406, 412),
        ),
        extension(".json", ".html"),
    ),
    "GET /health": Operation(
        "Site",
        "What is served, for monitoring",
        {200: Answer("What is served.", {"application/json": HEALTH})},
    ),
    "GET /robots.txt": Operation(
        "Site",
        "What robots may read: everything",
        file("Rules by RFC 9309.", {"text/plain": TEXT}),
        parameters=FILE,
        errors=(412,),
    ),
    "GET /sitemap.xml": Operation(
        "Site",
        "The index of the sitemaps",
        file("The index.", {"application/xml": TEXT}),
        parameters=FILE,
        errors=(412,),
    ),
    "GET /sitemap-<int:number>.xml": Operation(
        "Site",
        "A part of the sitemap",
        file("The part.", {"application/xml": TEXT}),
        parameters=(_NUMBER, *FILE),
        errors=(404, 412),
    ),
    **{
        f"GET {rule}picture.<language>.png": Operation(
            "Site",
            f"The picture that other sites show beside a link {what}",
            file("1200 by 630 pixels.", {"image/png": {}}),
            more,
            (*path, _LANGUAGE, *FILE),
            (404, *((410,) if SLUG in path else ()), 412, 503),
        )
        for rule, what, more, path in (
            ("/", "to a page", "Of pages that have none of their own.", ()),
            ("/doc/<kind>/", "to a list", "", (KIND,)),
            ("/doc/<kind>/<slug>/", "to a resource", "", (KIND, SLUG)),
        )
    },
    "GET /static/<path:filename>": Operation(
        "Site",
        "Style, icon and scripts of the pages",
        file(
            "The file.",
            {"text/css": TEXT, "text/javascript": TEXT, "image/svg+xml": TEXT, "text/plain": TEXT},
        ),
        parameters=(_ASSET, EDITION_OF_DESIGN, *FILE),
        errors=(404, 412),
    ),
}
