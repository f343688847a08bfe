"""Hypermedia controls: what a list has on its page, and how to get to the others.

Spec: https://www.hydra-cg.com/spec/latest/core/#collections
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode, Triple

from lod.vocab import HYDRA, RDF, SCHEMA
from lod.web.paging import Paging


def collection(
    address: str,
    paging: Paging,
    members: Iterable[NamedNode],
    arguments: Mapping[str, object] | None = None,
    total: int | None = None,
) -> Iterator[Triple]:
    """Yield a page of a list: its members, the number of all, and the ways to the other pages.

    Args:
        address: of the list, in the publication's base IRI.
        paging: where the page stands.
        members: the entries on the page.
        arguments: of the query, that make this list of another one.
        total: how many members the list has, where entries aren't members one by one.
    """
    given = arguments or {}
    whole = NamedNode(_address(address, given))
    view = _page(address, given, paging.number)
    yield Triple(whole, RDF.type, HYDRA.Collection)
    yield Triple(whole, HYDRA.totalItems, Literal(paging.total if total is None else total))
    yield from (Triple(whole, HYDRA.member, member) for member in members)
    yield Triple(whole, HYDRA.view, view)
    yield Triple(view, RDF.type, HYDRA.PartialCollectionView)
    for relation, number in _ways(paging).items():
        yield Triple(view, HYDRA[relation], _page(address, given, number))


def search(address: str, facets: Mapping[str, NamedNode]) -> Iterator[Triple]:
    """Yield the form by which a list is filtered.

    Args:
        address: of the list, in the publication's base IRI.
        facets: argument that may have several values → the property that it is about.

    Spec: https://www.rfc-editor.org/rfc/rfc6570#section-3.2.8
    """
    form = NamedNode(f"{address}#search")
    names = ",".join(("q", *(f"{name}*" for name in facets)))
    yield Triple(NamedNode(address), HYDRA.search, form)
    yield Triple(form, RDF.type, HYDRA.IriTemplate)
    yield Triple(form, HYDRA.template, Literal(f"{address}{{?{names}}}"))
    for name, about in {"q": SCHEMA.name, **facets}.items():
        field = NamedNode(f"{address}#{name}")
        yield Triple(form, HYDRA.mapping, field)
        yield Triple(field, RDF.type, HYDRA.IriTemplateMapping)
        yield Triple(field, HYDRA.variable, Literal(name))
        yield Triple(field, HYDRA.property, about)
        yield Triple(field, HYDRA.required, Literal(False))


def _ways(paging: Paging) -> dict[str, int]:
    """Return the relations of the other pages; there is none before the first or after the last."""
    ways = {"first": 1, "last": paging.last}
    if paging.number > 1:
        ways["previous"] = paging.number - 1
    if paging.number < paging.last:
        ways["next"] = paging.number + 1
    return ways


def _page(address: str, arguments: Mapping[str, object], number: int) -> NamedNode:
    """Return the address of a page; the first one has a number too, or it would be the list."""
    return NamedNode(_address(address, {**arguments, "page": number}))


def _address(address: str, arguments: Mapping[str, object]) -> str:
    return f"{address}?{urlencode(arguments, doseq=True)}" if arguments else address
