"""The application: its routes, and what every response carries."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

import lod
from lod.errors import EndpointError
from lod.remote.endpoint import Endpoint
from lod.sparql.pool import Limits
from lod.web import (
    assets,
    changes,
    cite,
    compare,
    conformance,
    described,
    documents,
    downloads,
    faults,
    fragments,
    glossary,
    legal,
    linksets,
    lists,
    neighbourhood,
    pictures,
    places,
    questions,
    reconcile,
    search,
    site,
    sparql,
    statements,
    things,
    values,
)
from lod.web.answers import Answers
from lod.web.edition import Current
from lod.web.openapi import page as openapi
from lod.web.pages import equip
from lod.web.theme import Theme
from lod.web.translate import speak
from lod.web.visit import Export, begin

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROUTES: tuple[tuple[str, Callable[..., Response]], ...] = (
    ("/", site.home),
    ("/about", site.about),
    ("/imprint", legal.imprint),
    ("/privacy", legal.privacy),
    ("/accessibility", legal.accessibility),
    ("/id/<kind>/<slug>", things.thing),
    ("/id/<kind>/<slug>/<path:inside>", things.thing),
    ("/doc", lists.kinds),
    ("/doc/<name>", lists.members),
    ("/doc/<kind>/<name>", documents.document),
    ("/doc/<kind>/<slug>/mentions", documents.mentions_of),
    ("/doc/<kind>/<slug>/mentions.<extension>", documents.mentions_of),
    ("/doc/<kind>/<slug>/values", values.values_of),
    ("/doc/<kind>/<slug>/values.<extension>", values.values_of),
    ("/doc/<kind>/<slug>/statements", statements.statements_of),
    ("/doc/<kind>/<slug>/graph", neighbourhood.graph_of),
    ("/doc/<kind>/<slug>/cite.<extension>", cite.cited),
    ("/picture.<language>.png", pictures.of_site),
    ("/doc/<kind>/picture.<language>.png", pictures.of_kind),
    ("/doc/<kind>/<slug>/picture.<language>.png", pictures.of_resource),
    ("/compare", compare.comparison),
    ("/linkset/<name>", linksets.of_list),
    ("/linkset/<kind>/<slug>", linksets.of_resource),
    ("/questions", questions.index),
    ("/questions.<extension>", questions.index),
    ("/questions/<name>", questions.question),
    ("/ns", described.vocabulary),
    ("/ns.<extension>", described.vocabulary),
    ("/catalog", described.catalog),
    ("/catalog.<extension>", described.catalog),
    ("/changes", changes.changes),
    ("/changes.<extension>", changes.changes),
    ("/glossary", glossary.glossary),
    ("/glossary.<extension>", glossary.glossary),
    ("/conformance", conformance.conformance),
    ("/conformance.<extension>", conformance.conformance),
    ("/.well-known/void", described.statistics),
    ("/fragments", fragments.fragment),
    ("/fragments.<extension>", fragments.fragment),
    ("/.well-known/void.<extension>", described.statistics),
    ("/shapes/<name>", described.shapes),
    ("/context.jsonld", described.context),
    ("/dumps/", downloads.index),
    ("/dumps/<version>/<path:name>", downloads.file),
    ("/search", search.results),
    ("/search.<extension>", search.results),
    ("/search/suggest", search.suggestions),
    ("/opensearch.xml", search.description),
    ("/openapi", openapi.description),
    ("/openapi.<extension>", openapi.description),
    ("/health", site.health),
    ("/robots.txt", site.robots),
    ("/sitemap.xml", site.sitemap),
    ("/sitemap-<int:number>.xml", site.sitemap_part),
    ("/static/<path:filename>", assets.asset),
)
"""Every path, and what answers there; docs/http.md says the same in words."""

EVERYWHERE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Link, ETag, Last-Modified, Content-Location, Content-Language, Content-Disposition, "
        "Content-Range, Accept-Ranges, Vary, Content-Profile"
    ),
}
PREFLIGHT = {
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Accept-Profile, Content-Type, If-None-Match, "
        "If-Modified-Since, If-Range, Range"
    ),
    "Access-Control-Max-Age": "86400",
}


def create_app(
    releases: Path,
    limits: Limits | None = None,
    theme: Path | None = None,
    export: Export | None = None,
    endpoint: Endpoint | None = None,
) -> Flask:
    """Make the application that serves a directory of releases.

    Args:
        releases: the directory.
        limits: what queries to the SPARQL endpoint may take.
        theme: the publisher's own templates and files, if there are any.
        export: that its pages are made for, as static files; None where it serves them.
        endpoint: of a store of its own that holds the graphs.

    Raises:
        ReleaseError: no release is active, or it is damaged.
        EndpointError: the store can't be reached, or holds another release.
        LodError: the theme is none.
    """
    app = Flask("lod.web", static_folder=None)
    look = Theme(theme)
    look.check()
    app.jinja_loader = look.loader
    current = Current(releases, endpoint)
    app.config.from_mapping(
        RELEASES=releases,
        CURRENT=current,
        THEME=look,
        EXPORT=export,
        DESIGN=_design(look),
        SITEMAP_SIZE=50_000,
        CATALOG_SIZE=100,
        BABEL_DEFAULT_LOCALE="en",
    )
    # Werkzeug's own redirects would name the host that was asked, which may be a proxy's inner one.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    speak(app)
    equip(app)
    for number, (rule, view) in enumerate(ROUTES):
        app.add_url_rule(rule, f"{view.__name__}-{number}", view)
    sparql.offer(app, limits or Limits())
    reconcile.offer(app)
    app.before_request(lambda: begin(current.edition()))
    places.keep(app)
    app.register_error_handler(HTTPException, faults.answer)
    app.register_error_handler(EndpointError, faults.unreachable)
    app.after_request(_finish)
    answers = Answers(app.wsgi_app, current)
    app.wsgi_app = _Mounted(answers, current)  # type: ignore[assignment]
    return app


def _finish(response: Response) -> Response:
    """Set the headers that every response carries."""
    # Looking for each header by itself would read all of them each time.
    present = {name.lower() for name, _ in response.headers}
    response.headers.extend([one for one in EVERYWHERE.items() if one[0].lower() not in present])
    if "frame-ancestors *" in response.headers["Content-Security-Policy"]:
        del response.headers["X-Frame-Options"]  # It knows no way to allow everybody.
    if g.get("encodable"):
        response.vary.add("Accept-Encoding")
    if request.method == "OPTIONS":
        methods = sorted(response.allow) or ["GET", "HEAD", "OPTIONS"]
        response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
        response.headers.extend(PREFLIGHT)
    return response


class _Mounted:
    """Answers under the path of the publication's base IRI, and at the root too."""

    def __init__(self, app: WSGIApplication, current: Current) -> None:
        self._app = app
        self._current = current

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        prefix = urlsplit(self._current.edition().base).path.rstrip("/")
        path = environ.get("PATH_INFO", "")
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
            environ["PATH_INFO"] = path[len(prefix) :]
        return self._app(environ, start)


def _design(theme: Theme) -> str:
    """Return a digest of all that pages are made of beside the release."""
    digest = hashlib.sha256(lod.__version__.encode())
    for path in theme.files():
        if path.suffix in {".html", ".css", ".js", ".svg", ".mo", ".py", ".ttf", ".yaml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


__all__ = ["ROUTES", "create_app"]
