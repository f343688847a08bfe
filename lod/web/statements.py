"""``/doc/<kind>/<slug>/statements``: every triple about a resource, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import Response
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.exceptions import NotFound

from lod.vocab import PROV
from lod.web.labels import Labels
from lod.web.paging import Paging
from lod.web.respond import Document, Page, respond
from lod.web.scribe import Scribe, Value, by_subject, kind_name, kind_of
from lod.web.sources import citations
from lod.web.things import find, moved
from lod.web.visit import edition, page_number, reader
from lod.web.wording import Text


class Statement(NamedTuple):
    """A triple in words.

    Attributes:
        about: the part that it is about; empty where it is about the whole.
        label: what the property is called.
        term: the property as it stands in the data.
        value: the object.
        exact: the object as it stands in the data.
        sources: the numbers of what it rests on, at the foot of the page.
    """

    about: str
    label: str
    term: str
    value: Value
    exact: str
    sources: list[int]


def statements_of(kind: str, slug: str) -> Response:
    """Answer with the triples about a resource and its parts, page by page.

    Raises:
        NotFound: there is no such resource, or no such page.
    """
    reference = find(kind, slug)
    path = f"doc/{reference}/statements"
    if reference != f"{kind}/{slug}":
        return moved(path)
    triples = edition().store.describe(reference)
    paging = Paging(page_number(), len(triples))
    if paging.beyond:
        raise NotFound

    def page() -> Page:
        return Page("statements.html", _context(reference, triples, paging))

    links = paging.links(reader().path(path), {})
    return respond(Document(path, page=page, arguments=paging.arguments, links=links))


def _context(reference: str, triples: list[Triple], paging: Paging) -> Mapping[str, object]:
    store = edition().store
    scribe = Scribe(store, Labels(store.style), reader())
    thing = store.space.thing(reference)
    shown = triples[paging.start : paging.end]
    rests_on = _sources(triples)
    scribe.learn(
        node
        for triple in shown
        for node in (thing, triple.object, *rests_on[triple.subject])
        if isinstance(node, NamedNode | Literal)
    )
    whole = rests_on[thing]
    rows = [_statement(scribe, thing, one, rests_on[one.subject] or whole) for one in shown]
    return {
        "rows": rows,
        "cited": citations(scribe),
        "resource": scribe.resource(reference),
        "kind": kind_of(reference),
        "kind_plural": kind_name(kind_of(reference), scribe.language, plural=True),
        "paging": paging,
    }


def _sources(triples: list[Triple]) -> dict[object, list[NamedNode | Literal]]:
    """Return what a resource and each of its parts rest on; a part without sources, on nothing."""
    stated = by_subject(triples)
    return {subject: about.get(PROV.wasDerivedFrom, []) for subject, about in stated.items()}


def _statement(
    scribe: Scribe, thing: NamedNode, triple: Triple, sources: list[NamedNode | Literal]
) -> Statement:
    assert isinstance(triple.subject, NamedNode)  # noqa: S101 (no blank nodes are published)
    assert isinstance(triple.object, NamedNode | Literal)  # noqa: S101
    value = scribe.value(triple.object)
    if not value.href and isinstance(triple.object, Literal):
        # As it stands, and not in the reader's words: «2020-09», not «September 2020».
        value = Value(Text(triple.object.value, triple.object.language or ""))
    return Statement(
        triple.subject.value.removeprefix(thing.value).strip("/"),
        scribe.labels.forward(triple.predicate, scribe.language),
        scribe.labels.curie(triple.predicate),
        value,
        str(triple.object),
        scribe.cite({PROV.wasDerivedFrom: sources}, PROV.wasDerivedFrom),
    )
