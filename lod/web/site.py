"""The site's own pages and files: home, about, health, robots, sitemap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Response, current_app, jsonify
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from lod.errors import EndpointError
from lod.iri import KINDS
from lod.vocab import SCHEMA, SKOS
from lod.web.changes import compared_with, newest, what_happened
from lod.web.delivery import NEVER, deliver
from lod.web.downloads import dumps
from lod.web.edition import Current, Edition
from lod.web.embedded import website
from lod.web.labels import Labels
from lod.web.portraits.regions import regions
from lod.web.portraits.scope import of_undertakings
from lod.web.queries import examples
from lod.web.respond import Document, Page, or_catalog, respond
from lod.web.scribe import Scribe, by_subject, kind_name
from lod.web.signposting import service_links
from lod.web.translate import _
from lod.web.visit import edition, reader
from lod.web.wording import pick_all

FEATURED = ("board", "project", "municipality", "programme", "software", "organisation")
"""The kinds of which the home page shows an example."""
_SAMPLE = 500
_NEWEST = 6
"""Changes that the home page shows."""


def home() -> Response:
    """Answer with the home page; a program that wants data is shown to the catalog."""
    services = tuple(service_links(f"{reader().root}/"))
    return or_catalog(
        Document(
            "",
            page=lambda: Page("home.html", _home()),
            links=services,
            mark=compared_with(edition()),
        )
    )


def about() -> Response:
    """Answer with who publishes this, under which licence, from which origins."""

    def page() -> Page:
        store = edition().store
        scribe = Scribe(store, Labels(store.style), reader())
        origins = store.publication.attributions
        scribe.learn(store.space.thing(origin.source) for origin in origins)
        shown = [(origin, scribe.resource(origin.source)) for origin in origins]
        return Page("about.html", {"origins": shown})

    return respond(Document("about", page=page))


def health() -> Response:
    """Answer with what is served, for those who watch over it."""
    current = current_app.config["CURRENT"]
    assert isinstance(current, Current)  # noqa: S101 (set by the factory)
    served = edition()
    report = {"status": "ok", "version": served.version}
    if current.refused:
        report |= {"status": "degraded", "refused": current.refused}
    code = 200
    if served.remote is not None:
        try:
            wrong = served.remote.wrong()
        except EndpointError as error:
            wrong, code = str(error), 503
        report |= (
            {"status": "degraded" if code == 200 else "failing", "store": wrong} if wrong else {}
        )
    response = jsonify(report)
    response.status_code = code
    response.headers["Cache-Control"] = NEVER
    return response


def robots() -> Response:
    """Answer with what robots may read: everything.

    Spec: https://www.rfc-editor.org/rfc/rfc9309
    """
    words = f"User-agent: *\nAllow: /\nSitemap: {edition().base}sitemap.xml\n"
    response = Response(content_type="text/plain; charset=utf-8")
    return _filled(response, "robots.txt", words)


def sitemap() -> Response:
    """Answer with the index of the sitemaps.

    Spec: https://www.sitemaps.org/protocol.html
    """
    number = -(-len(_paths()) // _sitemap_size())
    where = (f"{edition().base}sitemap-{part}.xml" for part in range(1, number + 1))
    body = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in where)
    return _xml("sitemap.xml", "sitemapindex", body)


def sitemap_part(number: int) -> Response:
    """Answer with a part of the sitemap, counted from 1."""
    size = _sitemap_size()
    paths = _paths()[(number - 1) * size : number * size] if number else []
    if not paths:
        raise NotFound
    modified = edition().store.publication.modified
    body = "".join(
        f"<url><loc>{escape(edition().base + path)}</loc><lastmod>{modified}</lastmod></url>\n"
        for path in paths
    )
    return _xml(f"sitemap-{number}.xml", "urlset", body)


def _sitemap_size() -> int:
    return int(current_app.config["SITEMAP_SIZE"])


def _paths() -> list[str]:
    """Return the paths of all pages."""
    store = edition().store
    kinds = [kind for kind in KINDS if store.counts.get(kind)]
    found = ["", "about", "doc", "glossary", "ns", "catalog", "changes", "conformance", "dumps/"]
    found += [f"doc/{kind}" for kind in kinds]
    found += ["questions", *(f"questions/{one.name}" for one in examples(edition().base))]
    for kind in kinds:
        found += [f"doc/{entry.reference}" for entry in store.resources(kind, limit=10**9)]
    return found


def _xml(path: str, root: str, body: str) -> Response:
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    words = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{namespace}">\n{body}</{root}>\n'
    )
    return _filled(Response(content_type="application/xml"), path, words)


def _filled(response: Response, path: str, words: str) -> Response:
    deliver(response, (path,), words.encode)
    return response


def _home() -> dict[str, object]:
    store = edition().store
    scribe = Scribe(store, Labels(store.style), reader())
    featured = featured_of(edition())
    scribe.learn(map(store.space.thing, featured))
    led = edition().undertakings.every
    return {
        "embedded": website(edition(), scribe.language),
        "map": of_undertakings(scribe, _("Places that lead projects"), led) if led else None,
        "regions": regions(scribe, led),
        "led": len({one.project for one in led}),
        "counts": {kind: store.counts[kind] for kind in KINDS if kind in store.counts},
        "triples": store.release.manifest["counts"]["triples"],
        "featured": [_card(scribe, reference) for reference in featured],
        "example": next((one for one in featured if "municipality" in one), "municipality/…"),
        "changed": newest(_NEWEST),
        "words_for": what_happened(),
        "dumps": [dump for dump in dumps(store.release) if dump.name.startswith("all.")],
    }


def _card(scribe: Scribe, reference: str) -> dict[str, object]:
    about = by_subject(scribe.store.about(reference, SCHEMA.description, SKOS.definition))
    found = next(iter(about.values()), {})
    texts = [t for terms in found.values() for t in terms if not isinstance(t, NamedNode)]
    words = pick_all(texts, scribe.language)
    return {
        "value": scribe.resource(reference),
        "kind": kind_name(reference.partition("/")[0], scribe.language),
        "text": words[0] if words else None,
        "beside": scribe.beside(reference),
    }


def featured_of(served: Edition) -> list[str]:
    """Return the best connected resource of some kinds: what others name most often."""
    named = Counter(_named(served))
    found = []
    for kind in FEATURED:
        of_kind = [reference for reference in named if reference.startswith(f"{kind}/")]
        if of_kind:
            found.append(max(of_kind, key=lambda reference: (named[reference], reference)))
    return found


def _named(served: Edition) -> Iterator[str]:
    """Yield the resources that the descriptions of others name, and each described one."""
    store = served.store
    for kind in KINDS[3:-2]:
        entries = store.resources(kind, limit=_SAMPLE)
        for about in store.descriptions(entry.reference for entry in entries).values():
            for triple in about:
                reference = store.space.reference(getattr(triple.object, "value", ""))
                if reference:
                    yield reference
