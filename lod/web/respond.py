"""From a document to a response: the representation and the headers that tell of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import accumulate
from typing import IO, Any, NamedTuple
from urllib.parse import urlencode

from flask import Response, g, render_template, request
from pyoxigraph import Triple
from werkzeug.exceptions import NotFound

from lod.web import explanation
from lod.web.delivery import deliver, redirected, send
from lod.web.explanation import Explanation
from lod.web.faults import Fault, Unacceptable
from lod.web.negotiation import choose
from lod.web.profiles import ALTERNATES, Profile, alternates_view, full, offers
from lod.web.representations import (
    EXTENSIONS,
    GRAPH,
    HTML,
    RDF,
    Representation,
    alternates,
    named,
)
from lod.web.selection import (
    EXPLAIN,
    MEDIA,
    PROFILE,
    UnknownError,
    Variant,
    Views,
    Wishes,
    ranking,
    select,
)
from lod.web.signposting import Signs, in_header, linkset_path
from lod.web.translate import _
from lod.web.visit import edition, reader, wished

LONGEST_LINKS = 3_900
"""Bytes of ``Link``; nginx takes 4 kB of headers by default."""


class Page(NamedTuple):
    """A template and what it shows."""

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """What can be asked for under one address.

    Attributes:
        path: of the address, without an extension.
        graph: returns its triples in canonical order; None of a page without a graph.
        page: returns its page; None of a graph without a page.
        extension: names the representation that was asked for; empty to negotiate.
        arguments: of the query, as far as they change the content.
        links: more values of ``Link``.
        mark: what the content depends on beside the edition and the address.
        views: profile → its triples, of the views beside the full one.
        signs: the typed links that start from it.
        others: representation → its content, of those that are neither graph nor page.
        files: representation → makes its content as a file, of those too long for memory.
        download: what such a file is called, without its extension.
    """

    path: str
    graph: Callable[[], Sequence[Triple]] | None = None
    page: Callable[[], Page] | None = None
    extension: str = ""
    arguments: Mapping[str, object] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    mark: str = ""
    views: Mapping[Profile, Callable[[], Sequence[Triple]]] = field(default_factory=dict)
    signs: Signs | None = None
    others: Mapping[Representation, Callable[[], bytes]] = field(default_factory=dict)
    files: Mapping[Representation, Callable[[], IO[bytes]]] = field(default_factory=dict)
    download: str = ""

    @property
    def offers(self) -> tuple[Representation, ...]:
        """Its representations, the default first."""
        graph, page = (GRAPH if self.graph else ()), ((HTML,) if self.page else ())
        return (*graph, *self.others, *self.files, *page)

    @property
    def profiles(self) -> Views:
        """Its profiles, the default first, each with its representations."""
        found: dict[Profile, Sequence[Representation]] = {
            full(edition().store.space.ns): self.offers
        }
        found |= {profile: offers(profile) for profile in self.views}
        return found | ({ALTERNATES: offers(ALTERNATES)} if self.views else {})

    @property
    def query(self) -> str:
        """The arguments that change the content, with their question mark."""
        return _query(self.arguments)

    @property
    def linkset(self) -> str:
        """The address of its link set on this host; only what has signs has one."""
        return reader().path(linkset_path(self.path, self.query))

    @property
    def canonical(self) -> str:
        """The address of the document in the publication."""
        return edition().base + self.path + self.query

    def address(self, offer: Representation | None = None, profile: Profile | None = None) -> str:
        """Return the address of a representation, or of the document itself, on this host."""
        return reader().root + "/" + self.variant(offer, profile)

    def variant(self, offer: Representation | None = None, profile: Profile | None = None) -> str:
        """Return the path and the query of a representation."""
        extension = offer.extension if offer and len(self.offers) > 1 else ""
        view = {PROFILE: profile.token} if profile in (*self.views, ALTERNATES) else {}
        return self.path + extension + _query({**self.arguments, **view})


def respond(document: Document) -> Response:
    """Answer with the representation of a document that the client likes best.

    Raises:
        NotFound: the extension names none.
        Unacceptable: the client likes none.
        Fault: an argument of the query names none.
    """
    if "gathered" in g:
        # An export takes all representations of the document, whichever was asked for.
        g.gathered.append(document)
        return Response()
    if not named(document.extension, document.offers):
        raise NotFound
    wishes = Wishes.of_request()
    try:
        chosen = select(document.profiles, wishes, document.extension)
    except UnknownError as unknown:
        raise _unknown(document, unknown) from None
    if EXPLAIN in request.args:
        return explanation.answer(_explained(document, wishes, chosen))
    if chosen is None:
        offered = {one.media_type: document.address(one) for one in alternates(document.offers)}
        raise Unacceptable(offered, _explained(document, wishes, None))
    response = Response(content_type=chosen.offer.content_type)
    _describe(response, document, wishes, chosen)
    if chosen.offer in document.files:
        name = document.download + chosen.offer.extension
        response.headers["Content-Disposition"] = f"attachment; filename={name}"
        send(response, _key(document, chosen), document.files[chosen.offer])
    else:
        deliver(response, _key(document, chosen), lambda: _render(document, chosen))
    return response


def _unknown(document: Document, unknown: UnknownError) -> Fault:
    """Return what is said of an argument that names nothing that there is."""
    profile, every = next(iter(document.profiles.items()))
    offered = {one.media_type: document.address(one, profile) for one in alternates(every)}
    detail = _(
        "There is no “%(value)s” for %(parameter)s. There are: %(known)s.",
        value=unknown.value[:100],
        parameter=unknown.parameter,
        known=", ".join(unknown.known),
    )
    members = {"parameter": unknown.parameter, "known": list(unknown.known)}
    return Fault(400, _("No such representation"), detail, offered=offered, members=members)


def _explained(document: Document, wishes: Wishes, chosen: Variant | None) -> Explanation:
    ranked = [
        (one, _forced(document, one.variant))
        for one in ranking(document.profiles, wishes, document.extension)
    ]
    return explanation.explain(wishes, ranked, chosen, reader().language)


def _forced(document: Document, variant: Variant) -> str:
    """Return the address that gives a variant, whatever the headers say."""
    address = document.address(variant.offer, variant.profile)
    if not variant.offer.profile:
        return address
    media = f'{variant.offer.media_type};profile="{variant.offer.profile}"'
    return f"{address}{'&' if '?' in address else '?'}{urlencode({MEDIA: media})}"


def extension_of(word: str) -> str:
    """Return a word of an address as an extension with its point; empty where it is empty.

    Raises:
        NotFound: no representation has it.
    """
    if word and f".{word}" not in EXTENSIONS:
        raise NotFound
    return f".{word}" if word else ""


def or_catalog(document: Document) -> Response:
    """Answer with a page; a program that wants data is shown to the catalog.

    Raises:
        Unacceptable: the client likes neither.
    """
    wants_data = choose(Wishes.of_request().header, (HTML, *RDF)) in RDF
    if wants_data and EXPLAIN not in request.args:
        response = redirected(reader().path("catalog") + wished(), HTTPStatus.SEE_OTHER)
        if document.links:
            response.headers["Link"] = ", ".join(document.links)
    else:
        response = respond(document)
    response.vary.add("Accept")
    return response


def _key(document: Document, chosen: Variant) -> tuple[object, ...]:
    """Return what the content of a variant depends on, inside an edition."""
    arguments = sorted(document.arguments.items())
    offer = chosen.offer
    views = (chosen.profile.token, offer.extension, offer.profile)
    key = (document.path, document.mark, *views, *arguments)
    return (*key, reader()) if offer.worded else key


def rendered(document: Document, offer: Representation) -> bytes:
    """Return the content of a representation of the full document, for the reader at hand."""
    return _render(document, Variant(full(edition().store.space.ns), offer))


def _render(document: Document, chosen: Variant) -> bytes:
    offer = chosen.offer
    if offer in document.others:
        return document.others[offer]()
    if offer in document.files:
        with document.files[offer]() as file:
            return file.read()
    if offer.write is not None:
        return offer.write(_graph(document, chosen.profile), edition().store.style)
    if chosen.profile is ALTERNATES:
        found = [
            (profile, [(one.name, one.media_type, document.address(one, profile)) for one in every])
            for profile, every in _alone(document)
        ]
        return render_template("representations.html", document=document, found=found).encode()
    assert document.page is not None  # noqa: S101 (HTML is offered of pages alone)
    template, context = document.page()
    return render_template(template, document=document, **context).encode()


def _graph(document: Document, profile: Profile) -> Sequence[Triple]:
    if profile is ALTERNATES:
        base = edition().base
        listed = [
            (base + document.variant(one, view), one.media_type, view.iri)
            for view, every in _alone(document)
            for one in every
        ]
        return alternates_view(document.canonical, listed)
    if profile in document.views:
        return document.views[profile]()
    assert document.graph is not None  # noqa: S101 (RDF is offered of graphs alone)
    return document.graph()


def _alone(document: Document) -> list[tuple[Profile, list[Representation]]]:
    """Return the variants that have an address of their own, profile by profile."""
    return [(profile, alternates(every)) for profile, every in document.profiles.items()]


def _describe(response: Response, document: Document, wishes: Wishes, chosen: Variant) -> None:
    """Set the headers that tell what was chosen, and from what."""
    profiles = document.profiles
    offers_ = named(document.extension, profiles[chosen.profile])
    varying = ["Accept"] if len(offers_) > 1 and not wishes.media else []
    negotiated = len(profiles) > 1 and not wishes.profile and not document.extension
    varying += ["Accept-Profile"] if negotiated else []
    spoken = any(one.worded for one in offers_)
    tongues = spoken and (chosen.offer.worded or not wishes.media)
    varying += ["Accept-Language"] if tongues and not reader().chosen else []
    if varying:
        response.headers["Vary"] = ", ".join(varying)
    if varying or wishes.media:
        response.headers["Content-Location"] = _location(document, chosen)
    if chosen.offer.worded:
        response.headers["Content-Language"] = reader().language
    if len(profiles) > 1:
        response.headers["Content-Profile"] = f"<{chosen.profile.iri}>"
    response.headers["Link"] = ", ".join(_fitting(_links(document, chosen)))


def _location(document: Document, chosen: Variant) -> str:
    """Return the address of what was chosen, alone."""
    address = document.address(chosen.offer, chosen.profile)
    if not chosen.offer.worded:
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={reader().language}"


def _links(document: Document, chosen: Variant) -> list[str]:
    links = [f'<{document.canonical}>; rel="canonical"']
    if len(document.offers) > 1:
        # The page leads to the graph's representations, and they lead to it.
        links += [
            f'<{document.address(offer)}>; rel="{_relation(document, offer, chosen)}"; '
            f'type="{offer.media_type}"'
            for offer in alternates(document.offers)
            if (chosen.profile.token, offer.extension) != ("full", chosen.offer.extension)
        ]
    links.append(f'<{edition().store.publication.licence}>; rel="license"')
    if document.views:
        links += _profile_links(document, chosen)
    if document.signs:
        links += in_header(document.signs, f"{reader().root}/", author(), document.query)
    # A file is whole: it has no other pages.
    return links if chosen.offer in document.files else [*links, *document.links]


def _fitting(links: list[str]) -> list[str]:
    """Return as many links as proxies take; a choice of many values makes each of them long."""
    lengths = accumulate(len(link) + 2 for link in links)
    return [link for link, length in zip(links, lengths, strict=True) if length <= LONGEST_LINKS]


def _relation(document: Document, offer: Representation, chosen: Variant) -> str:
    """Return what a representation is to the one that is sent."""
    if document.signs is None:
        return "alternate"
    if offer is HTML:
        return "alternate describes"
    return "alternate describedby"


def _profile_links(document: Document, chosen: Variant) -> list[str]:
    """Return the profile of what is sent, and one address of each other one.

    Spec: https://www.w3.org/TR/dx-prof-conneg/#http-getresourcebyprofile
    """
    links = [f'<{chosen.profile.iri}>; rel="profile"']
    for profile, every in _alone(document):
        if profile != chosen.profile:
            links += [
                f'<{document.address(one, profile)}>; rel="alternate"; '
                f'type="{one.media_type}"; format="{profile.iri}"'
                for one in every[:2]
            ]
    return links


def author(base: str = "") -> str:
    """Return the IRI of the publisher.

    Args:
        base: the publication's base IRI; that of the request's edition where it is empty.
    """
    return f"{base or edition().base}catalog#publisher"


def _query(arguments: Mapping[str, object]) -> str:
    return f"?{urlencode(arguments, doseq=True)}" if arguments else ""
