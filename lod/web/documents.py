"""``/doc/<kind>/<slug>``: the document about a resource, and what names the resource."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, request
from pyoxigraph import NamedNode, Triple
from werkzeug.exceptions import NotFound

from lod.formats import ordered
from lod.iri import SLUG_PATTERN, part
from lod.vocab import RDF, SCHEMA
from lod.web import hydra, mentions
from lod.web.entity import entity_page
from lod.web.labels import Labels
from lod.web.paging import Paging
from lod.web.profiles import DCAT_AP, SCHEMA_ORG, Profile, dcat_ap_view, schema_view
from lod.web.representations import EXTENSIONS
from lod.web.respond import Document, Page, extension_of, respond
from lod.web.scribe import Scribe, kind_name, kind_of
from lod.web.signposting import ABOUT_PAGE, Signs
from lod.web.things import find, moved
from lod.web.visit import edition, page_number, reader

_NAME = re.compile(rf"(?P<slug>{SLUG_PATTERN})(?P<extension>\.[a-z]+)?")


def document(kind: str, name: str) -> Response:
    """Answer with the document about a resource.

    Args:
        kind: of the resource.
        name: its slug, with or without an extension.
    """
    slug, extension = split(name)
    reference = find(kind, slug)
    if reference != f"{kind}/{slug}":
        return moved(f"doc/{reference}{extension}")
    triples = edition().describe(reference)

    def page() -> Page:
        shown = entity_page(edition(), Labels(edition().store.style), reader(), reference, triples)
        return Page("entity.html", {"entity": shown})

    thing = edition().store.space.thing(reference).value
    shapes = reader().path(f"shapes/{kind}.ttl")
    mentioned = reader().path(f"doc/{reference}/mentions")
    links = (
        f'<{thing}>; rel="describes"',
        f'<{shapes}>; rel="describedby"; type="text/turtle"',
        # The description of a state is short; what names it can be thousands of resources.
        *((f'<{mentioned}>; rel="related"; title="mentions"',) if _named(reference) else ()),
    )
    return respond(
        Document(
            f"doc/{reference}",
            lambda: triples,
            page,
            extension,
            links=links,
            views=_views(reference, triples),
            signs=signs_of(reference, triples),
        )
    )


def signs_of(reference: str, triples: Sequence[Triple]) -> Signs:
    """Return the typed links of the document about a resource."""
    thing = edition().store.space.thing(reference)
    classes = [
        triple.object.value
        for triple in triples
        if triple.subject == thing
        and triple.predicate == RDF.type
        and isinstance(triple.object, NamedNode)
    ]
    known = tuple(iri for iri in classes if iri.startswith(SCHEMA.iri))
    kind = reference.partition("/")[0]
    return Signs(f"doc/{reference}", thing.value, (ABOUT_PAGE, *known), f"doc/{kind}")


def _views(
    reference: str, triples: Sequence[Triple]
) -> dict[Profile, Callable[[], Sequence[Triple]]]:
    """Return the views of a description beside the full one."""
    views: dict[Profile, Callable[[], Sequence[Triple]]] = {
        SCHEMA_ORG: lambda: schema_view(triples)
    }
    if kind_of(reference) == "dataset":
        thing = edition().store.space.thing(reference)
        views[DCAT_AP] = lambda: dcat_ap_view(edition().catalog, thing)
    return views


def _named(reference: str) -> bool:
    return bool(mentions.mentioned(edition(), reference).groups)


def mentions_of(kind: str, slug: str, extension: str = "") -> Response:
    """Answer with the statements of other resources that name one, page by page."""
    extension = extension_of(extension)
    reference = find(kind, slug)
    if reference != f"{kind}/{slug}":
        return moved(f"doc/{reference}/mentions{extension}")
    term, of_kind = request.args.get("by", ""), request.args.get("kind", "")
    every = mentions.mentioned(edition(), reference)
    scribe = Scribe(edition().store, Labels(edition().store.style), reader())
    groups = [
        group
        for group in every.groups
        if term in ("", scribe.labels.curie(group.predicate)) and of_kind in ("", group.kind)
    ]
    found = [(group.predicate, one) for group in groups for one in group.references]
    paging = Paging(page_number(), len(found))
    if not found or paging.beyond:
        raise NotFound
    shown = found[paging.start : paging.end]
    scribe.learn(scribe.space.thing(one) for one in (reference, *(one for _, one in shown)))
    arguments = {k: v for k, v in (("by", term), ("kind", of_kind)) if v}
    path = f"doc/{reference}/mentions"
    return respond(
        Document(
            path,
            lambda: _graph(scribe, reference, found, paging, arguments),
            lambda: Page("mentions.html", _context(scribe, reference, shown, paging, arguments)),
            extension,
            {**arguments, **paging.arguments},
            paging.links(reader().path(path + extension), arguments),
        )
    )


def split(name: str) -> tuple[str, str]:
    """Part a document's name into slug and extension.

    Raises:
        NotFound: it is no name, or its extension none of ours.
    """
    match = _NAME.fullmatch(name)
    if match is None or (match["extension"] or "") not in EXTENSIONS | {""}:
        raise NotFound
    return match["slug"], match["extension"] or ""


def _graph(
    scribe: Scribe,
    reference: str,
    found: list[tuple[NamedNode, str]],
    paging: Paging,
    arguments: dict[str, str],
) -> list[Triple]:
    """Return the statements of a page, and the ways to the other pages."""
    shown = found[paging.start : paging.end]
    address = f"{edition().base}doc/{reference}/mentions"
    members = [scribe.space.thing(one) for _, one in shown]
    # What names the resource by two properties has two entries, but is one member.
    total = len({one for _, one in found})
    controls = hydra.collection(address, paging, members, arguments, total)
    return ordered({*_statements(scribe, reference, shown), *controls})


def _statements(scribe: Scribe, reference: str, shown: list[tuple[NamedNode, str]]) -> list[Triple]:
    """Return the statements by which resources name another, their parts' too."""
    wanted = set(shown)
    whole = scribe.space.thing(reference)
    targets = {whole, part(whole, "administration")}
    return [
        triple
        for one, about in scribe.store.descriptions(sorted({one for _, one in shown})).items()
        for triple in about
        if (triple.predicate, one) in wanted and triple.object in targets
    ]


def _context(
    scribe: Scribe,
    reference: str,
    shown: list[tuple[NamedNode, str]],
    paging: Paging,
    arguments: dict[str, str],
) -> dict[str, Any]:
    rows = [
        (scribe.resource(one), scribe.labels.inverse(predicate, scribe.language), kind_of(one))
        for predicate, one in shown
    ]
    return {
        "rows": [(value, label, kind_name(kind, scribe.language)) for value, label, kind in rows],
        "resource": scribe.resource(reference),
        "kind": kind_of(reference),
        "kind_plural": kind_name(kind_of(reference), scribe.language, plural=True),
        "paging": paging,
        "arguments": arguments,
    }
