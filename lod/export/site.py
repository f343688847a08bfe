"""The pages and files of the site as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    MethodNotAllowed,
    NotFound,
)

from lod.export.addresses import page_file
from lod.export.renderer import Made, Renderer
from lod.export.rules import accept
from lod.iri import KINDS
from lod.web import legal
from lod.web.faults import PROBLEM, TEXT, Unacceptable, answer
from lod.web.queries import examples
from lod.web.representations import ATOM, HTML, RDF

FAULTS = "faults"
_SITEMAP = "sitemap.xml"
_PAGES = ("", "about", *legal.PAGES, "doc", "dumps/", "glossary", "ns", ".well-known/void")
_ELSEWHERE = "…"


def pages(renderer: Renderer) -> Iterator[Made]:
    """Yield the pages that there is one of."""
    for path in _PAGES:
        yield from renderer.document(path)


def questions(renderer: Renderer) -> Iterator[Made]:
    """Yield the questions and their answers."""
    yield from renderer.document("questions")
    for example in examples(renderer.edition.base):
        yield from renderer.document(f"questions/{example.name}")


def catalog(renderer: Renderer) -> Iterator[Made]:
    """Yield the catalog, page by page."""
    yield from renderer.pages("catalog")
    yield Made("linkset/catalog.json", renderer.sent("linkset/catalog"))


def changes(renderer: Renderer) -> Iterator[Made]:
    """Yield what changed since the release before, page by page; the feed stands once."""
    feed = f"changes{ATOM.extension}"
    for made in renderer.pages("changes"):
        if made.name == feed or not made.name.endswith(ATOM.extension):
            yield made


def tables(renderer: Renderer) -> Iterator[Made]:
    """Yield each kind's list as a table.

    Their cells come from records of many kinds, so they are made with each export.
    """
    for kind in renderer.store.counts:
        yield from renderer.files(f"doc/{kind}")


def pictures(renderer: Renderer) -> Iterator[Made]:
    """Yield what other sites show beside a link: a picture for each kind, and one for the rest."""
    kinds = [kind for kind in KINDS if renderer.store.counts.get(kind)]
    for folder in ("", *(f"doc/{kind}/" for kind in kinds)):
        for language in renderer.languages:
            name = f"{folder}picture.{language}.png"
            yield Made(name, renderer.sent(name))


def files(renderer: Renderer) -> Iterator[Made]:
    """Yield what has one form alone: for robots, for validators, and the design."""
    release = renderer.store.release
    described = [name for name in release.files if name.startswith("shapes/")]
    for path in ("robots.txt", "context.jsonld", *described):
        yield Made(path, renderer.sent(path))
    yield Made("health.json", renderer.sent("health"))
    for language in renderer.languages:
        description = renderer.sent("opensearch.xml", {"lang": language})
        yield Made(f"opensearch.{language}.xml", description)
    index = renderer.sent(_SITEMAP)
    yield Made(_SITEMAP, index)
    for number in range(1, index.count(b"<sitemap>") + 1):
        yield Made(f"sitemap-{number}.xml", renderer.sent(f"sitemap-{number}.xml"))
    for name, file in renderer.theme.assets().items():
        yield Made(f"static/{name}", file.read_bytes())


def faults(renderer: Renderer) -> Iterator[Made]:
    """Yield what is said of mistakes, in each form and language."""
    offered = {one.media_type: f"{_ELSEWHERE}{one.extension}" for one in (*RDF, HTML)}
    known: tuple[HTTPException, ...] = (
        *(BadRequest(), NotFound(), MethodNotAllowed(), Unacceptable(offered)),
    )
    for fault in known:
        for language in renderer.languages:
            for form in (HTML, TEXT, PROBLEM):
                headers = {"Accept": form.media_type, "Accept-Language": language}
                with renderer.asked("", {}, headers):
                    body = renderer.linked(answer(fault).get_data())
                yield Made(f"{FAULTS}/{fault.code}.{language}.{accept.name(form)}", body)
                if form is HTML and fault.code == NotFound.code and renderer.setting.plain:
                    yield Made(page_file("404", language, renderer.languages[0], True), body)
