"""``/sparql``: the protocol, the service description, and the page for people.

Spec: https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from threading import Lock
from typing import IO, Any
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from lod.iri import KINDS
from lod.remote.asking import RemotePool
from lod.sparql.description import description
from lod.sparql.pool import Limits, Pool, QueryError, Question, Setting
from lod.sparql.results import RESULTS, ResultFormat
from lod.store import ABOUT_US, CATALOG_GRAPH, ENGINE, graph_iri
from lod.web import faults, places
from lod.web.asking import Asked, asked
from lod.web.clients import Client
from lod.web.delivery import FRESH, NEVER, deliver, known, redirected
from lod.web.edition import Edition
from lod.web.encodings import IDENTITY, SMALLEST, acceptable, length, packed_file, tag
from lod.web.faults import Fault
from lod.web.negotiation import choose
from lod.web.queries import examples, shown_rows, vocabulary
from lod.web.refusals import refusal
from lod.web.representations import HTML, RDF, Representation, content_type
from lod.web.respond import Document, respond
from lod.web.translate import _
from lod.web.visit import edition, reader

Offer = Representation | ResultFormat
PATH = "sparql"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class Engines:
    """The pool of the edition that is served; made with the first query, changed with the edition.

    Args:
        limits: what queries may take.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._lock = Lock()
        self._edition: Edition | None = None
        self._pool: Pool | RemotePool | None = None

    def pool(self, served: Edition) -> Pool | RemotePool:
        """Return the pool of an edition."""
        with self._lock:
            if self._pool is None or self._edition is not served:
                if self._pool is not None:
                    self._pool.close()
                self._pool, self._edition = _pool(served, self.limits), served
            return self._pool

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            if self._pool is not None:
                self._pool.close()
            self._pool = self._edition = None


def _pool(served: Edition, limits: Limits) -> Pool | RemotePool:
    if served.remote is None:
        return Pool(_setting(served, str(served.store.release.path / ENGINE)), limits)
    return RemotePool(served.remote, Pool(_setting(served, ""), limits), limits)


def _setting(served: Edition, store: str) -> Setting:
    return Setting(
        store=store,
        base=served.base,
        endpoint=served.base + PATH,
        values=served.store.style.values,
    )


def offer(app: Flask, limits: Limits) -> None:
    """Add the endpoint to an application."""
    app.extensions[PATH] = Engines(limits)
    app.add_url_rule("/sparql", PATH, endpoint, methods=["GET", "POST"])
    app.add_url_rule("/sparql/vocabulary.json", f"{PATH}-vocabulary", terms)
    app.add_url_rule("/graph/<name>", "graph", graph)


def engines() -> Engines:
    """Return what runs the queries of the application."""
    found = current_app.extensions[PATH]
    assert isinstance(found, Engines)  # noqa: S101 (set by offer)
    return found


def endpoint() -> Response:
    """Answer a query, describe the service, or show the page to ask queries on."""
    wants = None
    try:
        wants = asked(engines().limits.length)
        return _answer(wants)
    except Fault as fault:
        if faults.wanted() is HTML and _html_wanted(wants):
            return _page(wants, fault=fault)
        raise


def _html_wanted(wants: Asked | None) -> bool:
    return wants is None or wants.format in ("", "html")


def graph(name: str) -> Response:
    """Send who looks up a named graph to the document about its content."""
    if name not in (*KINDS, *ABOUT_US):
        raise NotFound
    path = f"doc/{name}" if name in KINDS else "catalog" if name == CATALOG_GRAPH else "ns"
    return redirected(reader().path(path), 303)


def terms() -> Response:
    """Answer with the prefixes and terms that the editor completes."""
    served = edition()
    response = Response(content_type="application/json")
    words = vocabulary(served.store)
    deliver(response, (PATH, "vocabulary"), json.dumps(words, ensure_ascii=False).encode)
    return response


def _answer(wants: Asked) -> Response:
    empty_field = wants.query == "" and request.method != "POST" and faults.wanted() is HTML
    if wants.query is None or empty_field:
        return _without_query(wants)
    if wants.facts.federated:
        raise Fault(
            403,
            _("No queries to other servers"),
            _(
                "SERVICE would make this server send requests to others. "
                "Ask them yourself, or run the query on a dump."
            ),
        )
    if wants.facts.form is None:
        run(wants, RESULTS[0].extension).close()  # The engine says what is wrong with it.
    chosen = _chosen(wants, _offers(wants))
    response = Response(content_type=content_type(chosen.media_type))
    key = (wants.query, wants.default, wants.named, chosen.extension)
    digest = _validate(
        response, key + ((reader(),) if chosen is HTML else ()), wants.facts.volatile
    )
    response.headers["Vary"] = "Accept, Accept-Language" if chosen is HTML else "Accept"
    if response.status_code == 304:
        return response
    if chosen is HTML:
        return _page(wants, _table(wants), response, digest)
    _fill(response, run(wants, chosen.extension), digest)
    response.headers["Link"] = f'<{edition().store.publication.licence}>; rel="license"'
    return response


def _offers(wants: Asked) -> tuple[Offer, ...]:
    """Return what the result can be had in: formats of graphs, or of bindings, and the page."""
    return (*(RDF if wants.facts.graph else RESULTS), HTML)


def _chosen(wants: Asked, offers: Sequence[Offer]) -> Offer:
    """Return the format that the request names, or the one that the client likes best."""
    every: dict[str, Offer] = {}
    known: tuple[Offer, ...] = (*RESULTS, *RDF, HTML)
    for one in known:
        every |= {one.extension[1:]: one, one.media_type: one}
    if wants.format and wants.format not in every:
        names = ", ".join(one.extension[1:] for one in offers)
        raise Fault(
            400,
            _("No such format"),
            _(
                "There is no format “%(name)s”. There are: %(names)s.",
                name=wants.format[:50],
                names=names,
            ),
            offered=_addresses(wants, offers),
        )
    named = every.get(wants.format)
    chosen = choose(request.headers.get("Accept"), offers) if named is None else named
    if chosen is None or chosen not in offers:
        raise Fault(
            406,
            _("Not in that format"),
            _("The result of this query isn’t to be had in what was asked for. There are:"),
            offered=_addresses(wants, offers),
        )
    return chosen


def _addresses(wants: Asked, offers: Sequence[Offer]) -> dict[str, str]:
    return {one.media_type: address(wants, one) for one in offers}


def address(wants: Asked, chosen: Offer) -> str:
    """Return the address of a query's result in a format, on this host."""
    given = [("query", wants.query or "")]
    given += [("default-graph-uri", iri) for iri in wants.default]
    given += [("named-graph-uri", iri) for iri in wants.named]
    return f"{reader().path(PATH)}?{urlencode([*given, ('format', chosen.extension[1:])])}"


def _without_query(wants: Asked) -> Response:
    """Answer with the description of the service, or with the page."""
    if request.method == "POST" and wants.query is None:
        raise _no_query()
    chosen = _chosen(wants, (*RDF, HTML)) if wants.format else None
    if chosen is None and choose(request.headers.get("Accept"), (*RDF, HTML)) is None:
        raise _no_query()
    if chosen is HTML or (chosen is None and faults.wanted() is HTML):
        response = Response(content_type=content_type(HTML.media_type))
        digest = _validate(response, ("page", reader()), volatile=False)
        response.headers["Vary"] = "Accept, Accept-Language"
        return response if response.status_code == 304 else _page(wants, None, response, digest)
    described = _described(edition())
    response = respond(
        Document(PATH, lambda: described, extension=chosen.extension if chosen else "")
    )
    response.headers.pop("Content-Location", None)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Link"] = f'<{edition().store.publication.licence}>; rel="license"'
    return response


def _no_query() -> Fault:
    return Fault(
        400,
        _("No query"),
        _("A query is missing: ?query=…. Without one, the endpoint describes itself in RDF."),
    )


def _described(served: Edition) -> list[Any]:
    store = served.store
    counts: Mapping[str, int] = store.release.manifest.get("graphs", {})
    return description(
        served.base + PATH,
        store.publication.title,
        store.publication.licence,
        {graph_iri(store.space, name): number for name, number in counts.items()},
    )


def _validate(response: Response, key: tuple[object, ...], volatile: bool) -> str:
    """Make a response 304 where the client has it already; return what its validator is made of.

    The validator is weak: the order of rows that a query leaves open isn't part of the promise. It
    is empty where there is none.
    """
    if volatile or request.method == "POST":
        response.headers["Cache-Control"] = NEVER
        return ""
    design = current_app.config["DESIGN"]
    digest = hashlib.sha256(repr((edition().version, design, PATH, key)).encode()).hexdigest()[:24]
    response.headers["Cache-Control"] = FRESH
    codings = acceptable(request.headers.get("Accept-Encoding"))
    there = next((one for one in codings if known(tag(digest, one))), None)
    if there is not None:
        g.encodable = True
        response.set_etag(tag(digest, there), weak=True)
        response.status_code = 304
    return digest


def run(wants: Asked, format_: str) -> IO[bytes]:
    """Return the result of a query, which a worker finds within the limits.

    Args:
        wants: the query, and the graphs that it is about.
        format_: the extension of a format, or ``table``.

    Raises:
        Fault: there is none.
    """
    question = Question(
        query=wants.query or "",
        format=format_,
        graph=wants.facts.graph,
        union=not (wants.facts.dataset or wants.default or wants.named),
        default=wants.default,
        named=wants.named,
    )
    client = Client(request.environ)
    try:
        return engines().pool(edition()).run(question, client.gone)
    except QueryError as error:
        raise refusal(error, wants, engines().limits) from None
    finally:
        client.forget()


def _fill(response: Response, result: IO[bytes], digest: str) -> None:
    """Send a result, packed as the client takes it, with its validator.

    Small ones are sent at once, large ones piece by piece from their file.
    """
    g.encodable = True
    codings = acceptable(request.headers.get("Accept-Encoding"))
    coding = codings[0] if length(result) >= SMALLEST else IDENTITY
    if coding:
        result = packed_file(result, coding)
        response.headers["Content-Encoding"] = coding
    if digest:
        response.set_etag(tag(digest, coding), weak=True)
    places.send(response, wrap_file(request.environ, result, 1 << 16), length(result))


def _table(wants: Asked) -> dict[str, Any]:
    with run(wants, "table") as result:
        found: dict[str, Any] = json.loads(result.read())
    return found


def _page(
    wants: Asked | None,
    found: dict[str, Any] | None = None,
    response: Response | None = None,
    digest: str = "",
    fault: Fault | None = None,
) -> Response:
    """Answer with the page: the editor, the examples, and the result or what is wrong."""
    response = response or Response(content_type=content_type(HTML.media_type))
    store = edition().store
    query = (wants.query if wants else "") or ""
    offers = [one for one in _offers(wants) if one is not HTML] if wants and query else []
    body = render_template(
        "sparql.html",
        document=Document(PATH, arguments={"query": query} if query else {}),
        query=query,
        chosen=wants.format if wants else "",
        formats={"results": RESULTS, "graphs": RDF},
        examples=examples(store.space.base),
        found=shown_rows(found, store, reader()) if found else None,
        rows=engines().limits.rows,
        raw=[(one.name, one.media_type, address(wants, one)) for one in offers] if wants else [],
        fault=fault,
    )
    _fill(response, BytesIO(body.encode()), digest)
    if fault is not None:
        response.status_code = fault.code or 500
        response.headers["Cache-Control"] = NEVER
        response.headers["Vary"] = "Accept, Accept-Language"
        if fault.retry:
            response.headers["Retry-After"] = str(fault.retry)
    response.headers["Content-Language"] = reader().language
    response.headers["Content-Security-Policy"] = _POLICY
    return response


__all__ = ["Engines", "engines", "offer", "run"]
