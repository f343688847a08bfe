"""Portraits: what the page of a kind shows around the facts that every page has.

A new kind without a portrait has a page all the same: its facts, its parts, and what names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lod.web.portraits.board import board
from lod.web.portraits.dataset import dataset
from lod.web.portraits.district import district
from lod.web.portraits.event import event
from lod.web.portraits.membership import membership
from lod.web.portraits.municipality import municipality
from lod.web.portraits.organisation import organisation
from lod.web.portraits.person import person
from lod.web.portraits.programme import programme
from lod.web.portraits.project import project
from lod.web.portraits.scope import Scope
from lod.web.portraits.sections import Section
from lod.web.portraits.software import software
from lod.web.portraits.source import source
from lod.web.portraits.state import state
from lod.web.portraits.topic import topic
from lod.web.scribe import kind_of

PORTRAITS: dict[str, Callable[[Scope], Iterator[Section]]] = {
    "board": board,
    "dataset": dataset,
    "district": district,
    "event": event,
    "membership": membership,
    "municipality": municipality,
    "organisation": organisation,
    "person": person,
    "programme": programme,
    "project": project,
    "software": software,
    "source": source,
    "state": state,
    "topic": topic,
}
"""Kind → what makes the sections of its pages, in their order."""


def portrait(scope: Scope) -> list[Section]:
    """Return the sections that the page of a resource has beside its facts."""
    make = PORTRAITS.get(kind_of(scope.reference))
    return list(make(scope)) if make else []


__all__ = ["PORTRAITS", "Scope", "Section", "portrait"]
