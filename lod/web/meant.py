"""Which place somebody means by a reference, an official key or a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lod.iri import KINDS, PLACES
from lod.search.asking import Match
from lod.web.visit import edition

_CANDIDATES = 8
_KINDS = tuple(kind for kind in KINDS if kind in PLACES)
_CALLED = (Match.BEGINNING, Match.WORDS, Match.MISSPELT)


@dataclass(frozen=True)
class Meant:
    """What words mean.

    Attributes:
        reference: of the place; empty where it can't be told.
        exact: whether something is called just so.
        candidates: the references of those that it may be, where that can't be told.
    """

    reference: str = ""
    exact: bool = False
    candidates: Sequence[str] = ()


def meant(words: str) -> Meant:
    """Return which place is meant.

    A town goes before the district and the state of its name. Where nothing is called just so, a
    place is taken only if nothing else comes near.
    """
    store = edition().store
    if words.partition("/")[0] in PLACES and words in store:
        return Meant(words, exact=True)
    keyed = next(filter(None, (store.identified(kind, words) for kind in _KINDS)), None)
    if keyed is not None:
        return Meant(keyed, exact=True)
    for match in (Match.NAME, Match.OTHER):
        for kind in _KINDS:
            named = _found(words, kind, (match,))
            if named:
                return _one_of(named, exact=True)
    return _one_of([one for kind in _KINDS for one in _found(words, kind, _CALLED)], exact=False)


def _one_of(found: Sequence[str], exact: bool) -> Meant:
    """Return the only one, or those to choose from; a town stands for its district too."""
    if len({reference.partition("/")[2] for reference in found}) == 1:
        return Meant(found[0], exact)
    return Meant(exact=exact, candidates=found[:_CANDIDATES])


def _found(words: str, kind: str, matches: Sequence[Match]) -> list[str]:
    search = edition().search
    entries = [hit.entry for hit in search.find(words, kind).hits if hit.match in matches]
    return [known.reference for known in search.known(entries[:_CANDIDATES])]
