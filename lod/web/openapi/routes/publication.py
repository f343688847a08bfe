"""The documents about the publication itself, and the files of its releases."""

from __future__ import annotations

from lod.formats import FORMATS, JSON_LD, TURTLE
from lod.iri import KINDS
from lod.web.downloads import LATEST
from lod.web.openapi.answers import CATALOG, content, file, represented
from lod.web.openapi.parameters import (
    CONDITIONS,
    FILE,
    IF_RANGE,
    KIND_OF_CHANGES,
    NEGOTIATION,
    PAGE,
    RANGE,
    extension,
)
from lod.web.openapi.parts import TEXT, Answer, Operation, Operations, Parameter, with_extension
from lod.web.openapi.routes.resources import EXTENSION
from lod.web.openapi.schemas import JSON_LD_DOCUMENT
from lod.web.representations import ATOM, DOCUMENT, EXTENSIONS, GRAPH, HTML, RDF
from lod.web.representations import PAGE as PAGES

_SHAPES = Parameter(
    "name",
    "path",
    "A kind, `parts`, or `all`, with the ending of Turtle.",
    {"type": "string", "pattern": rf"^({'|'.join(KINDS)}|parts|all)\{TURTLE.extension}$"},
    lambda known: f"{known.kind}{TURTLE.extension}",
)
_VERSION = Parameter("version", "path", f"A release, or `{LATEST}`.", example=lambda known: LATEST)
_FILE = Parameter(
    "name",
    "path",
    "The file; it may have slashes, such as `shapes/board.ttl`.",
    example=lambda known: f"all{FORMATS[0].extension}.gz",
)
_HEADERS = (
    *("Accept-Ranges", "Content-Disposition", "Content-Location", "ETag", "Last-Modified", "Link"),
)
_BODIES = {
    **content(RDF),
    "application/gzip": {},
    "application/json": {},
    "application/octet-stream": {},
}
_DUMP = {
    200: Answer("The whole file.", _BODIES, _HEADERS),
    206: Answer(
        "The range of bytes.", {media: {} for media in _BODIES}, (*_HEADERS, "Content-Range")
    ),
    304: Answer("The client has it already.", {}, _HEADERS),
}

OPERATIONS: Operations = {
    **with_extension(
        "/catalog",
        Operation(
            "Publication",
            "The release as DCAT catalog",
            represented(DOCUMENT, profiles=True),
            "Paged where it has many datasets.",
            (PAGE, *NEGOTIATION),
            (400, 404, 406, 412),
        ),
        EXTENSION,
    ),
    **with_extension(
        "/.well-known/void",
        Operation(
            "Publication",
            "The release as VoID dataset",
            represented(GRAPH),
            parameters=NEGOTIATION,
            errors=(400, 404, 406, 412),
        ),
        extension(*(one.extension for one in RDF)),
    ),
    **with_extension(
        "/changes",
        Operation(
            "Publication",
            "What changed since the release before",
            represented((*GRAPH, ATOM, HTML)),
            "Entries that were added, changed or removed; the RDF has activities (ActivityStreams) "
            "and change sets. Of the first release there is nothing to tell.",
            (KIND_OF_CHANGES, PAGE, *NEGOTIATION),
            (400, 404, 406, 412),
        ),
        extension(".ttl", *sorted(EXTENSIONS - {".ttl"}), ATOM.extension),
    ),
    **with_extension(
        "/glossary",
        Operation(
            "Publication",
            "The words of the field, explained",
            represented(DOCUMENT),
            "The RDF is a SKOS concept scheme.",
            NEGOTIATION,
            (400, 404, 406, 412),
        ),
        EXTENSION,
    ),
    **with_extension(
        "/conformance",
        Operation(
            "Publication",
            "What the release's own checks found",
            represented(DOCUMENT),
            "Shapes, catalog, downloads read again, checksums, statistics, internal links; the RDF "
            "is EARL. A preview is published without them: 404.",
            NEGOTIATION,
            (400, 404, 406, 412),
        ),
        EXTENSION,
    ),
    **with_extension(
        "/ns",
        Operation(
            "Publication",
            "Our own terms",
            represented(DOCUMENT),
            parameters=NEGOTIATION,
            errors=(400, 404, 406, 412),
        ),
        EXTENSION,
    ),
    "GET /shapes/<name>": Operation(
        "Publication",
        "The SHACL shapes of a kind, or all of them",
        file("The shapes.", {TURTLE.media_type: TEXT}, "Link"),
        parameters=(_SHAPES, *FILE),
        errors=(404, 412),
    ),
    "GET /context.jsonld": Operation(
        "Publication",
        "The JSON-LD context",
        file("The context.", {JSON_LD.media_type: JSON_LD_DOCUMENT}, "Link"),
        parameters=FILE,
        errors=(412,),
    ),
    "GET /dumps/": Operation(
        "Publication",
        "The files of all releases",
        {**represented(PAGES), **CATALOG},
        parameters=NEGOTIATION,
        errors=(400, 406, 412),
    ),
    "GET /dumps/<version>/<path:name>": Operation(
        "Publication",
        "A file of a release",
        _DUMP,
        "Dumps are never encoded; those ending in `.gz` are files of type `application/gzip`.",
        (_VERSION, _FILE, RANGE, IF_RANGE, *CONDITIONS),
        (404, 412, 416),
    ),
}
