"""``/doc/<kind>/<slug>/graph``: what a resource is linked with, drawn and listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from math import cos, pi, sin
from typing import NamedTuple

from flask import Response
from pyoxigraph import NamedNode

from lod.vocab import PROV
from lod.web.labels import Labels
from lod.web.mentions import mentioned
from lod.web.respond import Document, Page, respond
from lod.web.scribe import Scribe, Value, by_subject, kind_name, kind_of
from lod.web.things import find, moved
from lod.web.visit import edition, reader

MOST = 24
"""How many neighbours are drawn: more labels would cover one another."""
WIDTH, HEIGHT = 900, 620
_RADIUS_X, _RADIUS_Y = 235, 255
_LONGEST = 34


class Neighbour(NamedTuple):
    """A resource that one is linked with.

    Attributes:
        value: its name, and where it leads.
        kind: of it.
        label: what the link is called, read from the resource in the middle.
        outward: whether the resource in the middle states the link.
    """

    value: Value
    kind: str
    label: str
    outward: bool


class Node(NamedTuple):
    """A neighbour in the drawing.

    Attributes:
        neighbour: which.
        x: from the left.
        y: from the top.
        left: whether it stands left of the middle, so that its words end there.
        words: its name, cut where it is long.
    """

    neighbour: Neighbour
    x: float
    y: float
    left: bool
    words: str


def graph_of(kind: str, slug: str) -> Response:
    """Answer with the neighbours of a resource.

    Raises:
        NotFound: there is no such resource.
    """
    reference = find(kind, slug)
    path = f"doc/{reference}/graph"
    if reference != f"{kind}/{slug}":
        return moved(path)

    def page() -> Page:
        store = edition().store
        scribe = Scribe(store, Labels(store.style), reader())
        every = neighbours(scribe, reference)
        shown = spread(every)
        return Page(
            "neighbourhood.html",
            {
                "resource": scribe.resource(reference),
                "kind": kind,
                "kind_plural": kind_name(kind, scribe.language, plural=True),
                "neighbours": every,
                "nodes": list(placed(shown)),
                "size": (WIDTH, HEIGHT),
            },
        )

    return respond(Document(path, page=page))


def neighbours(scribe: Scribe, reference: str) -> list[Neighbour]:
    """Return what a resource links to and what links to it, without sources."""
    stated = list(_stated(scribe, reference))
    naming = [
        (group.predicate, one)
        for group in mentioned(edition(), reference).groups
        if group.kind != "source" and group.predicate != PROV.wasDerivedFrom
        for one in group.references[:MOST]
    ]
    thing = scribe.space.thing
    scribe.learn(thing(one) for one in (reference, *(one for _, one in (*stated, *naming))))
    found = {
        (one, outward): Neighbour(
            scribe.resource(one),
            kind_of(one),
            (scribe.labels.forward if outward else scribe.labels.inverse)(
                predicate, scribe.language
            ),
            outward,
        )
        for outward, links in ((True, stated), (False, naming))
        for predicate, one in links
    }
    return list(found.values())


def _stated(scribe: Scribe, reference: str) -> Iterator[tuple[NamedNode, str]]:
    for about in by_subject(scribe.store.describe(reference)).values():
        for predicate, objects in about.items():
            for node in objects:
                one = scribe.space.reference(node.value) if isinstance(node, NamedNode) else None
                if one not in (None, reference) and predicate != PROV.wasDerivedFrom:
                    yield predicate, str(one)


def spread(every: Sequence[Neighbour]) -> list[Neighbour]:
    """Return as many as can be drawn, some of each link: a state has more than municipalities."""
    groups: dict[tuple[str, str], list[Neighbour]] = {}
    for one in every:
        groups.setdefault((one.label, one.kind), []).append(one)
    in_turn = chain.from_iterable(zip_longest(*groups.values()))
    chosen = [one for one in in_turn if one is not None][:MOST]
    return [one for group in groups.values() for one in group if one in chosen]


def placed(shown: Sequence[Neighbour]) -> Iterator[Node]:
    """Yield the neighbours on an ellipse around the middle, clockwise from the top."""
    for number, one in enumerate(shown):
        angle = 2 * pi * (number + 0.5) / len(shown) - pi / 2
        x, y = WIDTH / 2 + _RADIUS_X * cos(angle), HEIGHT / 2 + _RADIUS_Y * sin(angle)
        words = one.value.text.words
        cut = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
        yield Node(one, round(x, 1), round(y, 1), x < WIDTH / 2, cut)
