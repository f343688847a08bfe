"""``…/picture.<language>.png``: what other sites show beside a link to a page.

Spec: https://ogp.me/
"""

from __future__ import annotations

from dataclasses import replace

from flask import Response
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from lod.vocab import SCHEMA
from lod.web.assets import theme
from lod.web.delivery import deliver
from lod.web.labels import Labels
from lod.web.pictures.drawing import Picture, drawn
from lod.web.scribe import About, Scribe, by_subject, kind_name, kind_of
from lod.web.things import find, moved
from lod.web.visit import edition, reader
from lod.web.wording import Text, pick

MEDIA_TYPE = "image/png"


def of_site(language: str) -> Response:
    """Answer with the picture of the publication, for pages without one of their own."""
    title = _title(language)
    publisher = pick(edition().store.publication.publisher.name, language) or Text("")
    return _answer(f"picture.{language}", Picture(title, publisher.words))


def of_kind(kind: str, language: str) -> Response:
    """Answer with the picture of a kind: its name, and how many there are.

    Raises:
        NotFound: there are none.
    """
    title, number = _title(language), edition().store.counts.get(kind, 0)
    if not number:
        raise NotFound
    count = _scribe(language).wording.number(str(number))
    name = kind_name(kind, language, plural=number != 1)
    return _answer(f"doc/{kind}/picture.{language}", Picture(name, title, beside=count))


def of_resource(kind: str, slug: str, language: str) -> Response:
    """Answer with the picture of a resource: its kind, its name, and where it lies.

    Raises:
        NotFound: there is no such resource, or the pages aren't in this language.
    """
    title = _title(language)
    reference = find(kind, slug)
    path = f"doc/{reference}/picture.{language}"
    if reference != f"{kind}/{slug}":
        return moved(f"{path}.png")
    scribe = _scribe(language)
    scribe.learn([scribe.space.thing(reference)])
    states, points = _where(scribe, reference)
    beside = " · ".join(value.text.words for value in scribe.beside(reference))
    name = scribe.name(reference).words
    shown = Picture(name, title, kind_name(kind, language), beside, states, points)
    return _answer(path, shown)


def _answer(path: str, picture: Picture) -> Response:
    response = Response(content_type=MEDIA_TYPE)
    look = theme()
    deliver(response, (path,), lambda: drawn(picture, look), pack=False)
    return response


def _title(language: str) -> str:
    """Return the title of the publication.

    Raises:
        NotFound: the pages aren't in this language.
    """
    if language not in edition().languages:
        raise NotFound
    return (pick(edition().store.publication.title, language) or Text("")).words


def _scribe(language: str) -> Scribe:
    store = edition().store
    return Scribe(store, Labels(store.style), replace(reader(), language=language))


def _where(scribe: Scribe, reference: str) -> tuple[set[str], list[tuple[float, float]]]:
    """Return the states and the points of a place, or of the places that lead a project."""
    led = edition().undertakings.of_project.get(reference, ())
    if led or kind_of(reference) == "project":
        points = {one.point for one in led if one.point}
        return {one.state for one in led if one.state}, sorted(points)
    about = by_subject(edition().describe(reference))
    own = about.get(scribe.space.thing(reference), {})
    states = {term.value for term in own.get(scribe.space.term("stateKey"), ())}
    nodes = (node for node in own.get(SCHEMA.geo, ()) if isinstance(node, NamedNode))
    return states, [_point(about[node]) for node in nodes if node in about]


def _point(about: About) -> tuple[float, float]:
    return float(about[SCHEMA.latitude][0].value), float(about[SCHEMA.longitude][0].value)
