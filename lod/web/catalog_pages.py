"""The catalog in pages, for harvesters: each with its datasets and all that they lead to."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode, Triple

from lod.vocab import DCAT
from lod.web import hydra
from lod.web.paging import Paging
from lod.web.profiles import reached


def controls(members: Sequence[NamedNode], base: str, paging: Paging) -> list[Triple]:
    """Return the number of all datasets, those of a page, and the ways to the other pages."""
    return list(hydra.collection(f"{base}catalog", paging, members[paging.start : paging.end]))


def page(
    graph: Sequence[Triple], members: Sequence[NamedNode], base: str, paging: Paging
) -> list[Triple]:
    """Return the catalog with the datasets of a page alone.

    What a dataset leads to stands with it, except for the datasets of other pages. So each page is
    whole by itself, and all pages together are the catalog.
    """
    catalog = NamedNode(f"{base}catalog")
    elsewhere = {*members} - {*members[paging.start : paging.end]}

    def kept(triple: Triple) -> bool:
        return not (
            triple.subject == catalog
            and triple.predicate == DCAT.dataset
            and triple.object in elsewhere
        )

    # Closed first, so that no way leads to the datasets of other pages.
    shown = [t for t in graph if t.subject not in elsewhere and kept(t)]
    return reached(shown, catalog)
