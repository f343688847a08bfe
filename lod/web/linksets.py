"""``/linkset/…``: the typed links of a document as data.

Spec: https://www.rfc-editor.org/rfc/rfc9264
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response
from werkzeug.exceptions import NotFound

from lod.iri import KINDS
from lod.web import described, documents, lists
from lod.web.delivery import deliver
from lod.web.facets.narrowed import Narrowed
from lod.web.paging import Paging
from lod.web.representations import RDF
from lod.web.respond import author
from lod.web.signposting import MEDIA_TYPE, Publication, Signs, Target, linkset
from lod.web.things import find, moved
from lod.web.visit import edition, page_number


def of_resource(kind: str, slug: str) -> Response:
    """Answer with the typed links of the document about a resource."""
    reference = find(kind, slug)
    if reference != f"{kind}/{slug}":
        return moved(f"linkset/{reference}")
    return _answer(documents.signs_of(reference, edition().describe(reference)))


def of_list(name: str) -> Response:
    """Answer with the typed links of a page of a list, or of the catalog.

    Args:
        name: a kind, or ``catalog``.
    """
    if name == "catalog":
        return _answer(described.catalog_signs())
    if name not in KINDS:
        raise NotFound
    narrowed = Narrowed.of_request(name)
    paging = Paging(page_number(), narrowed.number)
    if paging.beyond:
        raise NotFound
    references = list(narrowed.references(paging.start, paging.size))
    arguments = {**narrowed.arguments, **paging.arguments}
    query = f"?{urlencode(arguments, doseq=True)}" if arguments else ""
    return _answer(lists.signs_of(name, references), query)


def _answer(signs: Signs, query: str = "") -> Response:
    base = edition().base
    formats = [Target(f"{base}{signs.path}{one.extension}{query}", one.media_type) for one in RDF]
    publication = Publication(base, author(), edition().store.publication.licence)
    response = Response(content_type=MEDIA_TYPE)
    response.headers["Link"] = f'<{base}{signs.path}{query}>; rel="describes"'
    deliver(
        response,
        ("linkset", signs.path, query),
        lambda: linkset(signs, publication, formats, query),
    )
    return response
