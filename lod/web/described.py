"""The documents about the publication itself: vocabulary, catalog, statistics, shapes, context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.exceptions import NotFound

from lod.formats import FORMATS, JSON_LD, TURTLE, ordered
from lod.terms import CLASSES, MEASURES, PROPERTIES
from lod.vocab import RDFS, SCHEMA
from lod.web import catalog_pages
from lod.web.catalog_page import catalog_page
from lod.web.delivery import deliver
from lod.web.embedded import of_catalog
from lod.web.labels import Labels
from lod.web.paging import Paging
from lod.web.profiles import DCAT_AP, SCHEMA_ORG, dcat_ap_view, schema_view
from lod.web.representations import content_type
from lod.web.respond import Document, Page, extension_of, respond
from lod.web.scribe import Scribe, by_subject
from lod.web.signposting import ABOUT_PAGE, Signs, Target, service_links
from lod.web.visit import edition, page_number, reader
from lod.web.wording import pick_all


def vocabulary(extension: str = "") -> Response:
    """Answer with our own terms."""
    graph = edition().vocabulary
    return respond(
        Document(
            "ns", lambda: graph, lambda: Page("terms.html", _terms(graph)), extension_of(extension)
        )
    )


def catalog(extension: str = "") -> Response:
    """Answer with the release as DCAT catalog, page by page where it has many datasets."""
    size = int(current_app.config["CATALOG_SIZE"])
    whole, members, base = edition().catalog, edition().datasets, edition().base
    paging = Paging(page_number(), len(members), size)
    if paging.beyond:
        raise NotFound
    if paging.last > 1:
        graph = catalog_pages.page(whole, members, base, paging)
        controls = catalog_pages.controls(members, base, paging)
    else:
        graph, controls = whole, []
    dot = extension_of(extension)
    pages = paging.links(reader().path(f"catalog{dot}"), {}) if paging.last > 1 else ()

    def page() -> Page:
        context = {
            "described": catalog_page(_scribe(), graph),
            "paging": paging,
            "embedded": of_catalog(edition(), reader().language),
        }
        return Page("catalog.html", context)

    return respond(
        Document(
            "catalog",
            lambda: ordered([*graph, *controls]),
            page,
            dot,
            paging.arguments,
            (*pages, *service_links(f"{reader().root}/")),
            views={
                SCHEMA_ORG: lambda: schema_view(graph),
                DCAT_AP: lambda: ordered([*dcat_ap_view(graph), *controls]),
            },
            signs=catalog_signs(),
        )
    )


def catalog_signs() -> Signs:
    """Return the typed links of the catalog: its items are the files of the whole release."""
    release = edition().store.release
    items = tuple(
        Target(f"dumps/{release.version}/all{one.extension}.gz", "application/gzip")
        for one in FORMATS
    )
    return Signs("catalog", types=(ABOUT_PAGE, SCHEMA.DataCatalog.value), items=items)


def statistics(extension: str = "") -> Response:
    """Answer with the release as VoID dataset, at the address that is known of old.

    Spec: https://www.w3.org/TR/void/#well-known
    """
    graph = edition().statistics
    return respond(Document(".well-known/void", lambda: graph, extension=extension_of(extension)))


def shapes(name: str) -> Response:
    """Answer with the shapes of a kind, as they were written."""
    return _file(f"shapes/{name}", TURTLE.media_type)


def context() -> Response:
    """Answer with the JSON-LD context of the publication."""
    return _file("context.jsonld", JSON_LD.media_type)


def _file(path: str, media_type: str) -> Response:
    release = edition().store.release
    if path not in release.files:
        raise NotFound
    response = Response(content_type=content_type(media_type))
    licence = edition().store.publication.licence
    response.headers["Link"] = (
        f'<{edition().base}{path}>; rel="canonical", <{licence}>; rel="license"'
    )
    deliver(response, (path,), (release.path / path).read_bytes)
    return response


def _scribe() -> Scribe:
    store = edition().store
    return Scribe(store, Labels(store.style), reader())


def _terms(graph: Sequence[Triple]) -> dict[str, Any]:
    """Return our terms with label and definition, sorted as the vocabulary is."""
    scribe = _scribe()
    everything = by_subject(graph)

    def entry(name: str) -> tuple[str, Any, Any, list[Any]]:
        about = everything[scribe.space.term(name)]
        label, comment = (
            pick_all(_literals(about[predicate]), scribe.language)[0]
            for predicate in (RDFS.label, RDFS.comment)
        )
        broader = [*about.get(RDFS.subPropertyOf, []), *about.get(RDFS.subClassOf, [])]
        curies = [scribe.labels.curie(node) for node in broader if isinstance(node, NamedNode)]
        return name, label, comment, curies

    return {
        "groups": [
            (group, [entry(n) for n in sorted(terms) if scribe.space.term(n) in everything])
            for group, terms in (
                ("properties", PROPERTIES),
                ("measures", MEASURES),
                ("classes", CLASSES),
            )
        ],
        "namespace": scribe.space.ns,
    }


def _literals(terms: Sequence[NamedNode | Literal]) -> list[Literal]:
    return [found for found in terms if isinstance(found, Literal)]
