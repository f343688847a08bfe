"""``/reconcile``: matches columns of somebody's table with our resources.

Spec: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import NotFound, RequestEntityTooLarge

import lod
from lod.iri import KINDS, REFERENCE
from lod.search import PROPERTIES, Known, Property
from lod.search.folding import LONGEST, compact
from lod.search.properties import BY_ID
from lod.web import reconciling
from lod.web.delivery import NEVER, deliver
from lod.web.faults import Fault
from lod.web.labels import Labels
from lod.web.posted import read_form
from lod.web.respond import Document
from lod.web.scribe import Scribe, kind_name
from lod.web.search import name_of
from lod.web.translate import _
from lod.web.visit import edition, reader
from lod.web.wording import Text, pick

PATH = "reconcile"
LARGEST = 2 * 1024 * 1024
"""Bytes that a request may have."""
SUGGESTED = 20
WIDTH, HEIGHT = 440, 260
"""Of the preview, in pixels."""
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST_CALLBACK = 100
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *"
)


def offer(app: Flask) -> None:
    """Add the service to an application."""
    for number, path in enumerate(("/reconcile", "/reconcile/")):
        app.add_url_rule(path, f"{PATH}-{number}", service, methods=["GET", "POST"])
    app.add_url_rule("/reconcile/suggest/<what>", f"{PATH}-suggest", suggest)
    app.add_url_rule("/reconcile/flyout/<what>", f"{PATH}-flyout", flyout)
    app.add_url_rule("/reconcile/properties", f"{PATH}-properties", properties)
    app.add_url_rule("/reconcile/preview", f"{PATH}-preview", preview)


def service() -> Response:
    """Answer with what the service can do, with candidates, or with values."""
    given = _given()
    if "queries" in given:
        return _answer(reconciling.candidates(given["queries"]))
    if "extend" in given:
        return _answer(reconciling.values(given["extend"]))
    return _answer(manifest())


def suggest(what: str) -> Response:
    """Answer with what the beginning of a name may become.

    Args:
        what: ``entity``, ``type`` or ``property``.
    """
    prefix = request.args.get("prefix", "")[:LONGEST]
    start = _cursor()
    if what == "entity":
        kinds = [kind for kind in request.args.getlist("type") if kind in KINDS]
        known = edition().search.suggest(prefix, start + SUGGESTED, kinds)
        found = [_suggested(one) for one in known[start:]]
    elif what == "type":
        found = [reconciling.type_of(kind) for kind in kinds_there() if _begins(kind, prefix)]
    elif what == "property":
        fitting = (one for one in PROPERTIES if _property_begins(one, prefix))
        found = [_property(one) for one in fitting]
    else:
        raise NotFound
    return _answer({"result": found if what == "entity" else found[start : start + SUGGESTED]})


def flyout(what: str) -> Response:
    """Answer with a few words in HTML on an entity, a type or a property."""
    id_ = request.args.get("id", "")
    if what == "entity":
        html = render_template("reconcile-flyout.html", **_summary(id_))
    elif what == "type" and id_ in KINDS:
        html = render_template(
            "reconcile-flyout.html", title=kind_name(id_, reader().language, True)
        )
    elif what == "property" and id_ in BY_ID:
        html = render_template("reconcile-flyout.html", title=BY_ID[id_].label(reader().language))
    else:
        raise NotFound
    return _answer({"id": id_, "html": html.strip()})


def properties() -> Response:
    """Answer with the properties that resources of a type may have."""
    kind = request.args.get("type", "")
    fitting = [_property(one) for one in PROPERTIES if not kind or one.of(kind)]
    limit = request.args.get("limit", "")
    if limit.isascii() and limit.isdigit() and len(limit) < 6:
        fitting = fitting[: int(limit)]
    answer: dict[str, Any] = {"properties": fitting}
    if kind:
        answer["type"] = kind
    return _answer(answer)


def preview() -> Response:
    """Answer with a small page on a resource that other sites may show in a frame."""
    summary = _summary(request.args.get("id", ""))
    response = Response(content_type="text/html; charset=utf-8")
    response.headers["Vary"] = "Accept-Language"
    key = ("preview", request.args.get("id", ""), reader())
    deliver(response, key, lambda: render_template("reconcile-preview.html", **summary).encode())
    response.headers["Content-Language"] = reader().language
    response.headers["Content-Security-Policy"] = PREVIEW_POLICY
    return response


def manifest() -> dict[str, Any]:
    """Return what the service can do, with addresses in the publication."""
    base = edition().base
    title = pick(edition().store.publication.title, reader().language) or Text(base)

    def at(path: str) -> dict[str, str]:
        return {"service_url": base.rstrip("/"), "service_path": f"/{PATH}/{path}"}

    def suggested(what: str) -> dict[str, str]:
        return {
            **at(f"suggest/{what}"),
            "flyout_service_url": base.rstrip("/"),
            "flyout_service_path": f"/{PATH}/flyout/{what}?id=${{id}}",
        }

    return {
        "versions": ["0.1", "0.2"],
        "name": title.words,
        "identifierSpace": f"{base}id/",
        "schemaSpace": f"{base}doc/",
        "documentation": f"{base}about",
        "logo": f"{base}static/favicon.svg",
        "serviceVersion": lod.__version__,
        "defaultTypes": [reconciling.type_of(kind) for kind in kinds_there()],
        "view": {"url": f"{base}doc/{{{{id}}}}"},
        "preview": {
            "url": f"{base}{PATH}/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {what: suggested(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": at("properties"),
            "property_settings": [
                {
                    "name": "limit",
                    "type": "number",
                    "default": 0,
                    "label": _("Values at most"),
                    "help_text": _("How many values to fetch; 0 for all of them."),
                }
            ],
        },
        "batchSize": 50,
    }


def kinds_there() -> list[str]:
    """Return the kinds that the release has."""
    return [kind for kind in KINDS if edition().store.counts.get(kind)]


def _given() -> Mapping[str, str]:
    """Return the parameters of the address and of the form.

    Raises:
        Fault: the form is too large or no form.
    """
    if request.method != "POST":
        return request.args
    request.max_content_length = request.max_form_memory_size = LARGEST
    try:
        form = read_form(_("Not a form"))
    except RequestEntityTooLarge:
        detail = _("A request may have %(number)s MB.", number=LARGEST // 1024 // 1024)
        raise Fault(413, _("The request is too large"), detail) from None
    return {**request.args, **form}


def _answer(content: object) -> Response:
    """Answer in JSON, or as a script that calls a function with it."""
    callback = request.args.get("callback")
    if callback is not None and not (
        len(callback) <= _LONGEST_CALLBACK and _CALLBACK.fullmatch(callback)
    ):
        detail = _("?callback= takes the name of a function, such as “jsonp1234”.")
        raise Fault(400, _("No such callback"), detail)
    response = Response(content_type="application/json")
    # Characters beyond ASCII are escaped: so they are in scripts, and so halves of pairs survive.
    body = json.dumps(content).replace("<", "\\u003c")
    if callback is not None:
        response.content_type = "text/javascript; charset=utf-8"
        body = f"/**/{callback}({body});"
    response.headers["Vary"] = "Accept-Language"
    if request.method == "POST":
        response.headers["Cache-Control"] = NEVER
        response.set_data(body)
        return response
    # A batch may be long; what is remembered of it is not.
    asked = hashlib.sha256(request.full_path.encode("utf-8", "replace")).hexdigest()
    deliver(response, (PATH, asked, reader()), body.encode)
    return response


def _cursor() -> int:
    words = request.args.get("cursor", "") or "0"
    if not (words.isascii() and words.isdigit() and len(words) < 6):
        detail = _("?cursor= takes a whole number: how many suggestions to pass over.")
        raise Fault(400, _("No such cursor"), detail)
    return int(words)


def _suggested(known: Known) -> dict[str, Any]:
    return {
        "id": known.reference,
        "name": name_of(known),
        "description": reconciling.place_of(known),
        "notable": [reconciling.type_of(known.kind)],
    }


def _begins(kind: str, prefix: str) -> bool:
    wanted = compact(prefix)
    names = (
        kind,
        *(kind_name(kind, code, several) for code in ("de", "en") for several in (False, True)),
    )
    return any(wanted in compact(name) for name in names)


def _property_begins(property_: Property, prefix: str) -> bool:
    wanted = compact(prefix)
    return any(wanted in compact(name) for name in (property_.id, property_.de, property_.en))


def _property(property_: Property) -> dict[str, str]:
    return {"id": property_.id, "name": property_.label(reader().language)}


def _summary(id_: str) -> dict[str, Any]:
    """Return what a preview tells of a resource.

    Raises:
        NotFound: there is no such resource.
    """
    reference = reconciling.reference_of(id_)
    known = edition().search.of([reference]).get(reference) if _is_reference(reference) else None
    if known is None:
        raise NotFound
    store = edition().store
    scribe = Scribe(store, Labels(store.style), reader())
    text = pick(known.texts, reader().language)
    shown = ("ags", "ars", "key", "population", "wikidata", "homepage")
    return {
        "title": name_of(known),
        "kind": kind_name(known.kind, reader().language),
        "place": reconciling.place_of(known),
        "text": text,
        "facts": [
            (BY_ID[id_].label(reader().language), _written(scribe, known.facts[id_][0], id_))
            for id_ in shown
            if id_ in known.facts
        ],
        "address": Document(f"doc/{reference}").canonical,
    }


def _is_reference(reference: str) -> bool:
    return REFERENCE.fullmatch(reference) is not None


def _written(scribe: Scribe, value: object, id_: str) -> str:
    return scribe.wording.number(str(value)) if id_ == "population" else str(value)
