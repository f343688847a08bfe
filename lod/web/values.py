"""``/doc/<kind>/<slug>/values``: what a resource states by one property, page by page.

A page shows a hundred values of a property at most; the document as data has all of them.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.exceptions import NotFound

from lod.formats import ordered
from lod.web import hydra
from lod.web.labels import Labels
from lod.web.paging import Paging
from lod.web.respond import Document, Page, extension_of, respond
from lod.web.scribe import Scribe, kind_name, kind_of
from lod.web.things import find, moved
from lod.web.visit import edition, page_number, reader


def values_of(kind: str, slug: str, extension: str = "") -> Response:
    """Answer with a page of the values that a resource has by a property.

    Raises:
        NotFound: there is no such resource, or it has no such values.
    """
    extension = extension_of(extension)
    reference = find(kind, slug)
    if reference != f"{kind}/{slug}":
        return moved(f"doc/{reference}/values{extension}")
    store = edition().store
    scribe = Scribe(store, Labels(store.style), reader())
    term = request.args.get("of", "")
    thing = store.space.thing(reference)
    stated = [
        triple
        for triple in edition().describe(reference)
        if triple.subject == thing and scribe.labels.curie(triple.predicate) == term
    ]
    paging = Paging(page_number(), len(stated))
    if not stated or paging.beyond:
        raise NotFound
    shown = stated[paging.start : paging.end]
    arguments, path = {"of": term}, f"doc/{reference}/values"
    return respond(
        Document(
            path,
            lambda: _graph(path, stated, paging, arguments),
            lambda: Page("values.html", _context(scribe, reference, shown, paging, arguments)),
            extension,
            {**arguments, **paging.arguments},
            paging.links(reader().path(path + extension), arguments),
        )
    )


def _graph(
    path: str, stated: list[Triple], paging: Paging, arguments: dict[str, str]
) -> list[Triple]:
    """Return the statements of a page, and the ways to the other pages."""
    shown = stated[paging.start : paging.end]
    members = [triple.object for triple in shown if isinstance(triple.object, NamedNode)]
    # A literal can't be a member.
    total = sum(isinstance(triple.object, NamedNode) for triple in stated)
    controls = hydra.collection(edition().base + path, paging, members, arguments, total)
    return ordered({*shown, *controls})


def _context(
    scribe: Scribe, reference: str, shown: list[Triple], paging: Paging, arguments: dict[str, str]
) -> dict[str, Any]:
    objects = [t.object for t in shown if isinstance(t.object, NamedNode | Literal)]
    scribe.learn([scribe.space.thing(reference), *objects])
    return {
        "label": scribe.labels.forward(shown[0].predicate, scribe.language),
        "values": [scribe.value(term) for term in objects],
        "resource": scribe.resource(reference),
        "kind": kind_of(reference),
        "kind_plural": kind_name(kind_of(reference), scribe.language, plural=True),
        "paging": paging,
        "arguments": arguments,
    }
