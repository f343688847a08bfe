"""``/doc`` and ``/doc/<kind>``: the kinds, and the resources of a kind, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import Response, render_template, request
from markupsafe import Markup
from pyoxigraph import Triple
from werkzeug.exceptions import NotFound

from lod.formats import ordered
from lod.iri import KINDS, slug
from lod.vocab import RDF, SCHEMA
from lod.web import hydra
from lod.web.beside import headings, rows
from lod.web.downloads import download_name
from lod.web.facets.narrowed import Narrowed
from lod.web.facets.panel import chosen_words, groups
from lod.web.facets.table import FACETS
from lod.web.labels import Labels
from lod.web.paging import ALL, Paging
from lod.web.profiles import SCHEMA_ORG, schema_view
from lod.web.representations import EXTENSIONS, SHEET, Representation
from lod.web.representations import RDF as GRAPHS
from lod.web.respond import Document, Page, or_catalog, respond
from lod.web.scribe import Scribe, kind_name
from lod.web.sheet import sheet
from lod.web.signposting import COLLECTION_PAGE, Signs, Target
from lod.web.visit import edition, export, page_number, reader
from lod.web.whole import graph_file

_LONGEST_NAME = 80


def kinds() -> Response:
    """Answer with the kinds that there are."""

    def page() -> Page:
        counts = edition().store.counts
        return Page(
            "kinds.html", {"counts": {kind: counts[kind] for kind in KINDS if kind in counts}}
        )

    return or_catalog(Document("doc", page=page))


def members(name: str) -> Response:
    """Answer with a page of the resources of a kind, or with all of them.

    Args:
        name: the kind, with or without an extension.
    """
    kind, dot, extension = name.partition(".")
    if kind not in KINDS or (dot and f".{extension}" not in (*EXTENSIONS, SHEET.extension)):
        raise NotFound
    narrowed = Narrowed.of_request(kind)
    if request.args.get("page") == ALL:
        return respond(_whole(narrowed, dot + extension))
    paging = Paging(page_number(), narrowed.number)
    if paging.beyond:
        raise NotFound
    references = list(narrowed.references(paging.start, paging.size))
    arguments, path = narrowed.arguments, f"doc/{kind}"
    return respond(
        Document(
            path,
            lambda: _graph(narrowed, references, paging),
            lambda: Page("list.html", _context(narrowed, references, paging)),
            dot + extension,
            {**arguments, **paging.arguments},
            paging.links(reader().path(path + dot + extension), arguments),
            views={SCHEMA_ORG: lambda: schema_view(_summaries(references))},
            signs=signs_of(kind, references),
            # A table can't say that there are other pages.
            files={} if paging.number > 1 else {SHEET: lambda: sheet(narrowed)},
            download=_file_name(narrowed),
        )
    )


def _whole(narrowed: Narrowed, extension: str = "") -> Document:
    """Return all that a list has, in one file."""
    return Document(
        f"doc/{narrowed.kind}",
        extension=extension,
        arguments={**narrowed.arguments, "page": ALL},
        files={offer: partial(graph_file, narrowed, offer) for offer in GRAPHS},
        download=_file_name(narrowed),
    )


def _file_name(narrowed: Narrowed) -> str:
    """Return a name that tells in a folder of downloads what was chosen."""
    chosen = (word for words in narrowed.arguments.values() for word in words)
    name = slug("-".join((narrowed.kind, *chosen)))[:_LONGEST_NAME].strip("-")
    return download_name(edition().store.release, name)


def signs_of(kind: str, references: Iterable[str]) -> Signs:
    """Return the typed links of a page of a list."""
    items = tuple(Target(f"doc/{reference}") for reference in references)
    return Signs(f"doc/{kind}", types=(COLLECTION_PAGE,), items=items)


def _graph(narrowed: Narrowed, references: list[str], paging: Paging) -> list[Triple]:
    """Return the classes and names of resources, and the ways to the other pages."""
    space, address = edition().store.space, f"{edition().base}doc/{narrowed.kind}"
    members = [space.thing(reference) for reference in references]
    controls = hydra.collection(address, paging, members, narrowed.arguments)
    facets = {one.name: one.property(space) for one in FACETS.get(narrowed.kind, ())}
    return ordered([*_summaries(references), *controls, *hydra.search(address, facets)])


def _summaries(references: Iterable[str]) -> list[Triple]:
    """Return the classes and names of resources."""
    about = edition().store.abouts(references, RDF.type, SCHEMA.name)
    return [triple for triples in about.values() for triple in triples]


def _context(narrowed: Narrowed, references: list[str], paging: Paging) -> dict[str, Any]:
    store, kind = edition().store, narrowed.kind
    scribe = Scribe(store, Labels(store.style), reader())
    shown = rows(scribe, kind, list(edition().search.of(references).values()))
    return {
        "kind_plural": kind_name(kind, scribe.language, plural=True),
        "columns": headings(scribe, kind),
        "rows": shown,
        "inhabited": any(row.inhabitants for row in shown),
        "paging": paging,
        "narrowed": narrowed,
        "whole": store.count(kind),
        "facets": _facets(narrowed, scribe),
        "chosen": chosen_words(narrowed, scribe),
        "files": _files(narrowed),
    }


def _facets(narrowed: Narrowed, scribe: Scribe) -> Markup:
    """Return what narrows the list further, which is the same on each of its pages."""
    if export():
        return Markup("")

    def made() -> bytes:
        return render_template("facets.html", groups=groups(narrowed, scribe)).encode()

    key = ("facets", narrowed.kind, *narrowed.arguments.items(), reader())
    return Markup(edition().documents.get(key, made).decode())  # noqa: S704 (a template's)


def _files(narrowed: Narrowed) -> list[tuple[Representation, str]]:
    """Return the formats that all of the list can be downloaded in, each with its address."""
    table = reader().page(f"doc/{narrowed.kind}{SHEET.extension}", narrowed.arguments)
    if export():
        return [(SHEET, table)]
    whole = _whole(narrowed)
    found = {SHEET: table} | {offer: whole.address(offer) for offer in whole.files}
    if not narrowed.narrowed:
        # The release has it ready.
        found[GRAPHS[0]] = reader().path(f"dumps/latest/{narrowed.kind}{GRAPHS[0].extension}")
    return list(found.items())
