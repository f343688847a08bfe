"""``/id/…``: things, which can't be sent; their documents can."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import NotFound

from lod.iri import KINDS, SLUG_PATTERN, part
from lod.web.delivery import redirected
from lod.web.faults import Fault
from lod.web.translate import _
from lod.web.visit import edition, reader, wished
from lod.web.wording import Wording, pick

_SLUG = re.compile(SLUG_PATTERN)
_QUERY = "%!$&'()*+,;=:@/?"


def thing(kind: str, slug: str, inside: str = "") -> Response:
    """Redirect from a thing to the document about it.

    Args:
        kind: of the resource.
        slug: of the resource, or an official key.
        inside: the path of a part of it.

    Raises:
        NotFound: there is no such thing.

    Spec: https://www.w3.org/TR/cooluris/#r303gendocument
    """
    reference = find(kind, slug)
    if inside and not _has(reference, inside):
        raise NotFound
    target = reader().path(f"doc/{reference}{wished()}{'#' if inside else ''}{inside}")
    response = redirected(target, 303)
    response.headers["Link"] = f'<{reader().path(f"doc/{reference}")}>; rel="describedby"'
    # The document is negotiated; that caches keep the way there apart does no harm.
    response.headers["Vary"] = "Accept"
    return response


def find(kind: str, slug: str) -> str:
    """Return the reference of what a slug or an official key names.

    Raises:
        NotFound: nothing has this name.
        Fault: the release before had it, and this one hasn't (410).
    """
    if kind not in KINDS or _SLUG.fullmatch(slug) is None:
        raise NotFound
    store = edition().store
    reference = f"{kind}/{slug}"
    if reference in store:
        return reference
    identified = store.identified(kind, slug)
    if identified is None:
        raise _gone(reference) or NotFound
    return identified


def _gone(reference: str) -> Fault | None:
    """Return what is said of what was removed with this release; None of everything else."""
    since = edition().changes
    names = since.removed(reference) if since else None
    if since is None or names is None:
        return None
    name = pick(names, reader().language)
    detail = _(
        "%(name)s was in the release before, %(version)s of %(date)s, and is no longer in this "
        "one.",
        name=name.words if name else reference,
        version=since.version,
        date=Wording(reader().language).date(since.modified),
    )
    changes = {_("What changed"): reader().page("changes", {"kind": reference.partition("/")[0]})}
    members = {"before": since.version}
    return Fault(410, _("No longer here"), detail, choices=changes, members=members)


def moved(path: str) -> Response:
    """Redirect for good to another path of ours, with the same query."""
    # As it was asked, but for what no header can hold.
    query = quote(request.query_string, safe=_QUERY)
    return redirected(reader().path(path) + (f"?{query}" if query else ""), 301)


def _has(reference: str, inside: str) -> bool:
    store = edition().store
    node = part(store.space.thing(reference), inside) if _is_part(inside) else None
    return any(triple.subject == node for triple in edition().describe(reference))


def _is_part(inside: str) -> bool:
    return all(_SLUG.fullmatch(step) for step in inside.split("/"))
