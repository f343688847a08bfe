"""Typed links by which machines find their way: FAIR Signposting, and link sets.

Spec: https://signposting.org/FAIR/, https://www.rfc-editor.org/rfc/rfc9264
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

ABOUT_PAGE = "https://schema.org/AboutPage"
COLLECTION_PAGE = "https://schema.org/CollectionPage"
MEDIA_TYPE = "application/linkset+json"
MOST_ITEMS = 10
"""So many ``item`` links at most stand in a header; all of them stand in the link set."""


class Target(NamedTuple):
    """Where a typed link leads.

    Attributes:
        href: the address, or a path on this host.
        type: its media type; empty where it has none, or several.
    """

    href: str
    type: str = ""


@dataclass(frozen=True)
class Signs:
    """The typed links of a document.

    Attributes:
        path: of the document that they start from, without an extension.
        cite_as: the IRI that it should be cited by; empty where that is its address.
        types: IRIs of what its page is, and of what it is about.
        collection: the path of the list that it stands in; empty where there is none.
        items: of a list or catalog.
    """

    path: str
    cite_as: str = ""
    types: tuple[str, ...] = ()
    collection: str = ""
    items: tuple[Target, ...] = ()


def linkset_path(path: str, query: str = "") -> str:
    """Return the path of the link set of a document."""
    return f"linkset/{path.removeprefix('doc/')}{query}"


def in_header(signs: Signs, root: str, author: str, query: str = "") -> list[str]:
    """Return the values of ``Link`` that a document is sent with.

    Args:
        signs: of the document.
        root: what stands before paths, such as ``/``.
        author: the IRI of the publisher.
        query: of the document's address, with its question mark.
    """
    links = [f'<{iri}>; rel="type"' for iri in signs.types]
    if signs.cite_as:
        links.append(f'<{signs.cite_as}>; rel="cite-as"')
    links.append(f'<{author}>; rel="author"')
    if signs.collection:
        links.append(f'<{root}{signs.collection}>; rel="collection"')
    links += [_link(item, "item", root) for item in signs.items if len(signs.items) <= MOST_ITEMS]
    target = Target(linkset_path(signs.path, query), MEDIA_TYPE)
    return [*links, _link(target, "linkset", root)]


def service_links(root: str) -> list[str]:
    """Return the values of ``Link`` that lead to the description of all routes.

    Args:
        root: what stands before paths, such as ``/``.

    Spec: https://www.rfc-editor.org/rfc/rfc8631
    """
    targets = {
        "service-desc": Target("openapi.json", "application/json"),
        "service-doc": Target("openapi.html", "text/html"),
    }
    return [_link(target, relation, root) for relation, target in targets.items()]


def _link(target: Target, relation: str, root: str) -> str:
    href = target.href if "://" in target.href else root + target.href
    return f'<{href}>; rel="{relation}"' + (f'; type="{target.type}"' if target.type else "")


class Publication(NamedTuple):
    """What all link sets share.

    Attributes:
        base: the publication's base IRI.
        author: the IRI of the publisher.
        licence: the IRI of the licence.
    """

    base: str
    author: str
    licence: str


def linkset(
    signs: Signs, publication: Publication, formats: Sequence[Target], query: str = ""
) -> bytes:
    """Write the link set of a document: what starts from it, and from its representations.

    Args:
        signs: of the document.
        publication: that it stands in.
        formats: the representations of its graph, by their absolute addresses.
        query: of the document's address, with its question mark.
    """
    base, author, licence = publication
    page = f"{base}{signs.path}{query}"
    absolute = [
        Target(item.href if "://" in item.href else base + item.href, item.type)
        for item in signs.items
    ]
    start: dict[str, object] = {"anchor": page}
    if signs.cite_as:
        start["cite-as"] = [{"href": signs.cite_as}]
    start |= {
        "type": [{"href": iri} for iri in signs.types],
        "author": [{"href": author}],
        "license": [{"href": licence}],
        "describedby": [target._asdict() for target in formats],
    }
    if signs.collection:
        start["collection"] = [{"href": base + signs.collection}]
    if absolute:
        start["item"] = [{k: v for k, v in one._asdict().items() if v} for one in absolute]
    others = [
        {"anchor": target.href, "describes": [{"href": page, "type": "text/html"}]}
        for target in formats
    ]
    return (json.dumps({"linkset": [start, *others]}, ensure_ascii=False, indent=2) + "\n").encode()
