"""``/fragments``: the triples that match a pattern, with what a client needs to ask for others.

Spec: https://linkeddatafragments.org/specification/triple-pattern-fragments/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Response, request
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.exceptions import NotFound

from lod.catalog.fragments import POSITIONS, form
from lod.formats import ordered
from lod.formats.quads import n_quads, trig
from lod.vocab import FOAF, HYDRA, RDF, VOID, XSD
from lod.web.answers import passing
from lod.web.faults import Fault
from lod.web.paging import Paging
from lod.web.patterns import NoTermError, Pattern, count, matching
from lod.web.queries import cell
from lod.web.representations import N_QUADS, TRIG
from lod.web.respond import Document, Page, respond
from lod.web.translate import _
from lod.web.visit import edition, page_number, reader

PATH = "fragments"
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]+)?|\[[0-9A-Fa-f:.]+\](?::[0-9]+)?")
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via")
"""Headers that tell that a proxy handed the request on; what they say is not believed."""
_LONGEST_LINK = 4000
"""Bytes of ``Link``; proxies refuse much longer headers."""
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "!$&'()*+,;=:@/?-._~%"
"""The characters of a query that stand in an IRI as they are."""


def fragment(extension: str = "") -> Response:
    """Answer with a page of the triples that match a pattern, in any format.

    Args:
        extension: of the address, without its point.
    """
    pattern = _pattern()
    paging = Paging(page_number(), count(edition(), pattern))
    if paging.beyond:
        raise NotFound
    ending = f".{extension}" if extension else ""
    here = Fragment(_address(PATH), _address(request.path[1:]), _query(), pattern, paging)
    asked = {name: request.args[name] for name in POSITIONS if request.args.get(name)}
    style = edition().store.style
    response = respond(
        Document(
            PATH,
            lambda: ordered([*here.data, *here.about]),
            lambda: Page("fragments.html", _context(here, asked)),
            ending,
            {**asked, **paging.arguments},
            tuple(f'<{here.page(page)}>; rel="{name}"' for name, page in here.ways("prev").items()),
            here.iri,
            others={
                TRIG: lambda: trig(here.data, here.about, here.metadata, style),
                N_QUADS: lambda: n_quads(here.data, here.about, here.metadata),
            },
        )
    )
    passing(request.environ)  # Its IRIs follow the host, and whether a proxy stands between.
    if len(response.headers.get("Link", "")) > _LONGEST_LINK:
        # It repeats the pattern for each format; what counts is in the content too.
        response.headers["Link"] = f'<{edition().store.publication.licence}>; rel="license"'
    return response


@dataclass(frozen=True)
class Fragment:
    """A page of a fragment.

    Attributes:
        form: where fragments are asked for.
        address: the same, with the extension that was asked for.
        query: of the request, as the client wrote it.
        pattern: that the triples match.
        paging: where the page stands.
    """

    form: str
    address: str
    query: str
    pattern: Pattern
    paging: Paging

    @property
    def iri(self) -> str:
        """The address that the client asked for, to the byte."""
        return f"{self.address}?{self.query}" if self.query else self.address

    @property
    def metadata(self) -> NamedNode:
        """The graph of what is said about the data."""
        return NamedNode(f"{self.iri}#metadata")

    @property
    def data(self) -> list[Triple]:
        """The triples on the page."""
        if not self.paging.total:
            return []
        found = matching(edition().store, self.pattern, self.paging.start, self.paging.size)
        return ordered(found)

    @property
    def about(self) -> list[Triple]:
        """What is said about the page, and how to get to others."""
        page, whole = NamedNode(self.iri), NamedNode(self.page(1))
        dataset = NamedNode(f"{edition().base}catalog#all")
        total = _number(self.paging.total)
        triples = [
            Triple(self.metadata, FOAF.primaryTopic, dataset),
            Triple(dataset, RDF.type, VOID.Dataset),
            Triple(dataset, RDF.type, HYDRA.Collection),
            Triple(page, RDF.type, HYDRA.PartialCollectionView),
            Triple(page, HYDRA.itemsPerPage, _number(self.paging.size)),
            *form(dataset, self.form),
        ]
        for node in (page, whole):
            triples += [
                Triple(dataset, VOID.subset, node),
                Triple(node, VOID.triples, total),
                Triple(node, HYDRA.totalItems, total),
            ]
        for relation, number in self.ways("previous").items():
            triples.append(Triple(page, HYDRA[relation], NamedNode(self.page(number))))
        return ordered(triples)

    def ways(self, back: str) -> dict[str, int]:
        """Return the relations of the other pages; the one before is called ``back``."""
        ways = {"first": 1}
        if self.paging.number > 1:
            ways[back] = self.paging.number - 1
        if self.paging.number < self.paging.last:
            ways["next"] = self.paging.number + 1
        return ways

    def page(self, number: int) -> str:
        """Return the address of a page; the rest of the query stays as the client wrote it."""
        kept = [one for one in self.query.split("&") if one and not one.startswith("page=")]
        query = "&".join([*kept, *([f"page={number}"] if number > 1 else [])])
        return f"{self.address}?{query}" if query else self.address


def _pattern() -> Pattern:
    try:
        return Pattern.read(request.args)
    except NoTermError as error:
        detail = _(
            "?%(name)s= takes an IRI (https://schema.org/name), a literal in quotation marks "
            '("Jena", "Jena"@de, "5"^^http://www.w3.org/2001/XMLSchema#integer) or a variable '
            "(?x); nothing stands for any term.",
            name=str(error),
        )
        raise Fault(400, _("Not a term"), detail, members={"parameter": str(error)}) from None


def _address(path: str) -> str:
    """Return the address of a path as the client wrote it, or as it will come by.

    A client looks for what is said about the very address that it asked for. Behind a proxy that is
    the publication's; a client that asks this server itself knows it under another name.
    """
    host = request.headers.get("Host", "")
    forwarded = any(name in request.headers for name in FORWARDED)
    if forwarded or host == urlsplit(edition().base).netloc or not _HOST.fullmatch(host):
        return edition().base + path
    return f"{request.scheme}://{host}{reader().path(quote(path))}"


def _query() -> str:
    """Return the query of the request as the client wrote it, as far as an IRI can hold it."""
    return _PERCENT.sub("%25", quote(request.query_string, safe=_KEPT))


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def _context(here: Fragment, asked: dict[str, str]) -> dict[str, Any]:
    store = edition().store
    return {
        "rows": [
            [
                cell(term, store, reader())
                for term in triple
                if isinstance(term, NamedNode | Literal)
            ]
            for triple in here.data
        ],
        "asked": asked,
        "properties": list(store.release.manifest["counts"]["properties"]),
        "paging": here.paging,
        "others": (TRIG, N_QUADS),
    }
