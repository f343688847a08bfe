"""Minting and parsing of every IRI of ours."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count

from pyoxigraph import NamedNode

from lod.terms import TERMS

KINDS = (
    "municipality",
    "district",
    "state",
    "organisation",
    "board",
    "person",
    "membership",
    "programme",
    "project",
    "event",
    "software",
    "dataset",
    "topic",
    "source",
)
"""Every kind of record; the word stands in paths, module names, shape files and IRIs alike."""

PLACES = frozenset({"municipality", "district", "state"})
"""The kinds whose record describes a place and the administration that governs it."""

SLUG_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
REFERENCE = re.compile(rf"({'|'.join(KINDS)})/({SLUG_PATTERN})")

_LETTERS: dict[str, str | int | None] = {
    **{"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"},
    **{"æ": "ae", "ø": "oe", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"},
}
"""The letters that don't fold by losing an accent."""


def slug(words: str) -> str:
    """Return the slug of a name, in ASCII; empty when no letter or digit is left.

    >>> slug("Mühlhausen/Thüringen")
    'muehlhausen-thueringen'
    """
    composed = unicodedata.normalize("NFC", words).lower().translate(str.maketrans(_LETTERS))
    folded = unicodedata.normalize("NFKD", composed)
    return "-".join(re.findall("[a-z0-9]+", folded.encode("ascii", "ignore").decode()))


def unused(name: str, taken: set[str]) -> str:
    """Return a name, numbered where it is taken, and take it.

    >>> taken = {"phase"}
    >>> unused("phase", taken), unused("phase", taken)
    ('phase-2', 'phase-3')
    """
    numbered = chain((name,), (f"{name}-{number}" for number in count(2)))
    found = next(candidate for candidate in numbered if candidate not in taken)
    taken.add(found)
    return found


@dataclass(frozen=True)
class Space:
    """The IRIs of one publication.

    Args:
        base: the publication's base IRI, ending in ``/``.
    """

    base: str

    @cached_property
    def things(self) -> str:
        """The prefix of every resource's IRI."""
        return f"{self.base}id/"

    @cached_property
    def ns(self) -> str:
        """The namespace of our own terms."""
        return f"{self.base}ns#"

    def thing(self, reference: str) -> NamedNode:
        """Return the IRI of the resource that ``<kind>/<slug>`` names."""
        return NamedNode(self.things + reference)

    def agent(self, reference: str) -> NamedNode:
        """Return the IRI of who acts: of a place, that is its administration."""
        kind = reference.partition("/")[0]
        return NamedNode(f"{self.things}{reference}{'/administration' if kind in PLACES else ''}")

    def term(self, name: str) -> NamedNode:
        """Return the IRI of a term of ours.

        Raises:
            KeyError: we have no such term.
        """
        if name not in TERMS:
            raise KeyError(name)
        return NamedNode(self.ns + name)

    def document(self, reference: str) -> NamedNode:
        """Return the IRI of the document about a resource."""
        return NamedNode(f"{self.base}doc/{reference}")

    def reference(self, iri: str) -> str | None:
        """Return the ``<kind>/<slug>`` of a resource or of a part of it; None of a foreign IRI.

        >>> Space("https://example.org/").reference("https://example.org/id/state/hessen/x")
        'state/hessen'
        """
        if not iri.startswith(self.things):
            return None
        match = REFERENCE.match(iri, len(self.things))
        if match is None or iri[match.end() : match.end() + 1] not in ("", "/"):
            return None
        return match.group()


def part(whole: NamedNode, *names: str) -> NamedNode:
    """Return the IRI of a part: the whole's IRI extended by ``/`` and the names."""
    return NamedNode("/".join((whole.value, *names)))
