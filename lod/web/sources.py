"""The sources at the foot of a page, numbered as they are cited."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from lod.vocab import DC, SCHEMA
from lod.web.foreign import host
from lod.web.scribe import Scribe, Value, by_subject
from lod.web.wording import Text, pick_all

SHOWN = 60
"""How many sources are told of in full."""


class Citation(NamedTuple):
    """A source as it stands in the list.

    Attributes:
        number: under which it is cited.
        title: its name, linked to its page of ours.
        publisher: who published it, if known.
        published: when, if known.
        accessed: when it was read, if known.
        href: where it stands.
        host: the host of that address.
    """

    number: int
    title: Value
    publisher: Text | None = None
    published: str = ""
    accessed: str = ""
    href: str = ""
    host: str = ""


def citations(scribe: Scribe) -> list[Citation]:
    """Return the sources that were cited."""
    accessed = scribe.space.term("accessed")
    wanted = (SCHEMA.url, DC.publisher, SCHEMA.datePublished, accessed)
    scribe.learn(map(scribe.space.thing, scribe.cited))
    stated = scribe.store.abouts(scribe.cited[:SHOWN], *wanted)
    return [
        _citation(scribe, number, reference, stated[reference])
        if number <= SHOWN
        else _bare(scribe, number, reference)
        for number, reference in enumerate(scribe.cited, start=1)
    ]


def _bare(scribe: Scribe, number: int, reference: str) -> Citation:
    return Citation(number, scribe.resource(reference))


def _citation(scribe: Scribe, number: int, reference: str, stated: list[Triple]) -> Citation:
    accessed = scribe.space.term("accessed")
    about = by_subject(stated).get(scribe.space.thing(reference), {})
    publishers = [one for one in about.get(DC.publisher, ()) if isinstance(one, Literal)]
    picked = pick_all(publishers, scribe.language)
    url = _first(about.get(SCHEMA.url, []))
    published, read = (_first(about.get(p, [])) for p in (SCHEMA.datePublished, accessed))
    return Citation(
        number,
        scribe.resource(reference),
        picked[0] if picked else None,
        scribe.wording.date(published) if published else "",
        scribe.wording.date(read) if read else "",
        url,
        host(url),
    )


def _first(terms: list[NamedNode | Literal]) -> str:
    return terms[0].value if terms else ""
