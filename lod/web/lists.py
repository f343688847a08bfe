"""``/doc`` and ``/doc/<kind>``: the kinds, and the resources of a kind, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import Response, request
from pyoxigraph import NamedNode, Triple
from werkzeug.exceptions import NotFound

from lod.formats import ordered
from lod.iri import KINDS, PLACES, slug
from lod.store import Entry
from lod.vocab import DC, DCTERMS, ORG, RDF, SCHEMA, SKOS
from lod.web import hydra
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
from lod.web.scribe import Scribe, Value, by_subject, kind_name
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
    entries = narrowed.entries(paging.start, paging.size)
    arguments, path = narrowed.arguments, f"doc/{kind}"
    return respond(
        Document(
            path,
            lambda: _graph(narrowed, entries, paging),
            lambda: Page("list.html", _context(narrowed, entries, paging)),
            dot + extension,
            {**arguments, **paging.arguments},
            paging.links(reader().path(path + dot + extension), arguments),
            views={SCHEMA_ORG: lambda: schema_view(_summaries(entries))},
            signs=signs_of(kind, entries),
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


def signs_of(kind: str, entries: Iterable[Entry]) -> Signs:
    """Return the typed links of a page of a list."""
    items = tuple(Target(f"doc/{entry.reference}") for entry in entries)
    return Signs(f"doc/{kind}", types=(COLLECTION_PAGE,), items=items)


def _graph(narrowed: Narrowed, entries: list[Entry], paging: Paging) -> list[Triple]:
    """Return the classes and names of resources, and the ways to the other pages."""
    space, address = edition().store.space, f"{edition().base}doc/{narrowed.kind}"
    members = [space.thing(entry.reference) for entry in entries]
    controls = hydra.collection(address, paging, members, narrowed.arguments)
    facets = {one.name: one.property(space) for one in FACETS.get(narrowed.kind, ())}
    return ordered([*_summaries(entries), *controls, *hydra.search(address, facets)])


def _summaries(entries: Iterable[Entry]) -> list[Triple]:
    """Return the classes and names of resources."""
    store = edition().store
    wanted = (RDF.type, SCHEMA.name)
    about = store.abouts((entry.reference for entry in entries), *wanted)
    return [triple for triples in about.values() for triple in triples]


def _columns(kind: str) -> tuple[NamedNode, ...]:
    """Return the properties that are told of beside the name."""
    own = edition().store.space.term
    return {
        "municipality": (SCHEMA.containedInPlace, DCTERMS.type),
        "district": (SCHEMA.containedInPlace, DCTERMS.type),
        "membership": (ORG.role, own("onBehalfOf")),
        "programme": (DCTERMS.type, SCHEMA.startDate),
        "project": (own("lead"), own("fundedUnder")),
        "event": (SCHEMA.startDate, DCTERMS.type),
        "software": (SCHEMA.publisher, SCHEMA.license),
        "dataset": (SCHEMA.publisher, SCHEMA.dateModified),
        "topic": (SKOS.inScheme,),
        "source": (DC.publisher, SCHEMA.datePublished),
        "organisation": (DCTERMS.type, SCHEMA.location),
        "board": (DCTERMS.type,),
    }.get(kind, ())


def _context(narrowed: Narrowed, entries: list[Entry], paging: Paging) -> dict[str, Any]:
    store, kind = edition().store, narrowed.kind
    scribe = Scribe(store, Labels(store.style), reader())
    columns = _columns(kind)
    about = store.abouts((entry.reference for entry in entries), *columns)
    scribe.learn(
        node
        for entry in entries
        for node in (
            scribe.space.thing(entry.reference),
            *(t.object for t in about[entry.reference] if isinstance(t.object, NamedNode)),
        )
    )
    rows = [
        (scribe.resource(entry.reference), _cells(scribe, about[entry.reference], columns))
        for entry in entries
    ]
    populations = _populations(scribe, entries) if kind in PLACES else {}
    inhabitants = [populations.get(entry.reference, "") for entry in entries]
    return {
        "kind_plural": kind_name(kind, scribe.language, plural=True),
        "columns": [scribe.labels.forward(column, scribe.language) for column in columns],
        "rows": rows,
        "inhabitants": inhabitants if any(inhabitants) else [],
        "paging": paging,
        "narrowed": narrowed,
        "whole": store.count(kind),
        "groups": [] if export() else groups(narrowed, scribe),
        "chosen": chosen_words(narrowed, scribe),
        "files": _files(narrowed),
    }


def _populations(scribe: Scribe, entries: Iterable[Entry]) -> dict[str, str]:
    """Return the number of inhabitants of each place where it is known, as it is read."""
    found = edition().search.of(entry.reference for entry in entries)
    return {
        reference: scribe.wording.number(str(number))
        for reference, known in found.items()
        for number in known.facts.get("population", ())
    }


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


def _cells(
    scribe: Scribe, triples: list[Triple], columns: tuple[NamedNode, ...]
) -> list[list[Value]]:
    found = next(iter(by_subject(triples).values()), {})
    return [
        _without_same([scribe.value(node) for node in found.get(column, [])]) for column in columns
    ]


def _without_same(values: list[Value]) -> list[Value]:
    """Leave out what reads the same: a district that bears the name of its town."""
    return list({value.text.words: value for value in values}.values())
