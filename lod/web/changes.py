"""``/changes``: what changed from the release before to the one that is served."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from flask import Response, request
from pyoxigraph import Triple
from werkzeug.exceptions import NotFound

from lod.changes import ADDED, CHANGED, REMOVED, Change
from lod.formats import ordered
from lod.iri import KINDS
from lod.web import hydra
from lod.web.changed import Row, nodes, told
from lod.web.changes_data import Item, activities, activity, feed
from lod.web.edition import Edition
from lod.web.faults import Fault
from lod.web.labels import Labels
from lod.web.paging import Paging
from lod.web.representations import ATOM
from lod.web.respond import Document, Page, respond
from lod.web.scribe import Scribe, Value, kind_name, kind_of, slug_of
from lod.web.sources import citations
from lod.web.translate import _
from lod.web.visit import edition, page_number, reader
from lod.web.wording import Text, pick

PATH = "changes"
SIZE = 25
"""Entities on a page."""
FED = 100
"""Entities in the feed."""


class Entry(NamedTuple):
    """An entity that isn't as it was.

    Attributes:
        change: what happened.
        value: its name, linked to its page where it still has one.
        kind: what it is.
        rows: what is stated otherwise than before; of what changed alone.
    """

    change: Change
    value: Value
    kind: str
    rows: list[Row]


def changes(extension: str = "") -> Response:
    """Answer with what changed since the release before, page by page.

    Args:
        extension: of the address, without its point.

    Raises:
        NotFound: the page lies beyond the end.
        Fault: there is no such kind.
    """
    kind = request.args.get("kind", "")
    if kind and kind not in KINDS:
        detail = _("?kind= takes one of: %(kinds)s.", kinds=", ".join(KINDS))
        raise Fault(400, _("No such kind"), detail)
    since = edition().changes
    counts = since.counts if since else {}
    total = sum(sum(counts[one].values()) for one in counts if kind in ("", one))
    paging = Paging(page_number(), total, SIZE)
    if paging.beyond:
        raise NotFound
    shown = since.listed(kind, paging.start, SIZE) if since else []
    arguments = {"kind": kind} if kind else {}
    ending = f".{extension}" if extension else ""
    return respond(
        Document(
            PATH,
            lambda: _graph(shown, paging, arguments),
            lambda: Page("changes.html", _context(shown, paging, arguments)),
            ending,
            {**arguments, **paging.arguments},
            paging.links(reader().path(PATH + ending), arguments),
            compared_with(edition()),
            others={ATOM: lambda: _feed(since.listed(kind, limit=FED) if since else [])},
        )
    )


def compared_with(served: Edition) -> str:
    """Return the version of the release before; empty where there is none."""
    return served.changes.version if served.changes else ""


def newest(limit: int) -> list[Entry]:
    """Return some changes of as many kinds as there are, without what is stated otherwise."""
    since = edition().changes
    return [_named(change) for change in since.sample(limit)] if since else []


def _graph(
    shown: Sequence[Change], paging: Paging, arguments: Mapping[str, object]
) -> list[Triple]:
    things = [edition().store.space.thing(change.reference) for change in shown]
    controls = hydra.collection(f"{edition().base}{PATH}", paging, things, arguments)
    return ordered([*activities(edition(), shown), *controls])


def _context(
    shown: Sequence[Change], paging: Paging, arguments: Mapping[str, object]
) -> dict[str, object]:
    since = edition().changes
    scribe = Scribe(edition().store, Labels(edition().store.style), reader())
    counts = since.counts if since else {}
    return {
        "since": since,
        "words_for": what_happened(),
        "kinds": {kind: counts[kind] for kind in KINDS if kind in counts},
        "entries": list(_entries(scribe, shown)),
        "sources": citations(scribe),
        "paging": paging,
        "arguments": arguments,
    }


def what_happened() -> dict[str, str]:
    """Return what is called how in the reader's language, in the order of the table."""
    return {ADDED: _("added"), CHANGED: _("changed"), REMOVED: _("removed")}


def _entries(scribe: Scribe, shown: Sequence[Change]) -> Iterator[Entry]:
    """Yield entities with what is stated otherwise of them, in words."""
    since = edition().changes
    changed = [change.reference for change in shown if change.what == CHANGED]
    found = since.differences(changed) if since else {}
    now = scribe.store.descriptions(changed)
    scribe.learn(node for one in changed for node in nodes(found[one], now[one]))
    for change in shown:
        one = change.reference
        rows = told(scribe, one, found[one], now[one]) if one in found else []
        yield _named(change)._replace(rows=rows)


def _named(change: Change) -> Entry:
    name = pick(change.names, reader().language) or Text(slug_of(change.reference))
    there = change.what != REMOVED
    value = Value(name, reader().page(f"doc/{change.reference}") if there else "")
    return Entry(change, value, kind_name(kind_of(change.reference), reader().language), [])


def _feed(listed: Sequence[Change]) -> bytes:
    scribe = Scribe(edition().store, Labels(edition().store.style), reader())
    entries = _entries(scribe, listed)
    return feed(edition(), _("What changed"), reader().language, map(_item, entries))


def _item(entry: Entry) -> Item:
    reference, what, _names = entry.change
    there = f"doc/{reference}" if what != REMOVED else PATH
    return Item(
        activity(edition(), entry.change),
        f"{entry.value.text.words} ({entry.kind}): {what_happened()[what]}",
        "; ".join(map(_summary, entry.rows)),
        edition().base + there,
    )


def _summary(row: Row) -> str:
    """Return a changed property in a line."""
    gone, new = (
        ", ".join(one.value.text.words for one in side) or "–" for side in (row.gone, row.new)
    )
    where = " · ".join(words for words in (row.part, row.label, row.language) if words)
    return f"{where}: {gone} → {new}"
