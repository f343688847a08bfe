"""What the writers know of a publication: its prefixes, its base, its JSON-LD context."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lod.iri import Space
from lod.vocab import namespaces

OWN_PREFIX = "lod"
BARE = "schema"
"""The vocabulary whose properties need no prefix in JSON-LD."""
CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
"""Integers that JSON and Turtle read as the same literal when they are written bare."""
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Style:
    """How the documents of one publication are written.

    Attributes:
        space: the publication's IRIs.
        values: property IRI → what its objects are: ``id``, ``text`` or ``literal``.
    """

    space: Space
    values: Mapping[str, str]

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Prefix → namespace IRI, our own first."""
        return {OWN_PREFIX: self.space.ns, **namespaces()}

    @cached_property
    def _curies(self) -> dict[str, tuple[str, str] | None]:
        return {}

    def curie(self, iri: str) -> tuple[str, str] | None:
        """Return prefix and local name of a vocabulary's term; None of any other IRI."""
        if iri not in self._curies:
            self._curies[iri] = self._find(iri)
        return self._curies[iri]

    def term(self, iri: str) -> str:
        """Return a property's JSON-LD term: schema.org's bare, unless it is a prefix too."""
        curie = self.curie(iri)
        if curie is None:
            return iri
        prefix, local = curie
        return local if prefix == BARE and local not in self.prefixes else f"{prefix}:{local}"

    def property(self, iri: str) -> tuple[str | None, str]:
        """Return what a property's objects are, if it is known, and its JSON-LD term."""
        if iri not in self._properties:
            self._properties[iri] = self.values.get(iri), self.term(iri)
        return self._properties[iri]

    @cached_property
    def _properties(self) -> dict[str, tuple[str | None, str]]:
        return {}

    def _find(self, iri: str) -> tuple[str, str] | None:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        namespace, local = iri[:cut], iri[cut:]
        if not _LOCAL.fullmatch(local):
            return None
        found = (prefix for prefix, start in self.prefixes.items() if start == namespace)
        return next(((prefix, local) for prefix in found), None)


class Terms(dict[str, str]):
    """Terms as a format writes them, each made once, as long as there aren't too many.

    Args:
        make: N-Triples text of a term → how the format writes it.
        known: the ones that are written otherwise.
    """

    LIMIT = 50_000

    def __init__(self, make: Callable[[str], str], known: Mapping[str, str] | None = None) -> None:
        super().__init__(known or {})
        self._make = make

    def __missing__(self, term: str) -> str:
        made = self._make(term)
        # Words are seldom said twice.
        if len(self) < self.LIMIT and term[-1] == ">":
            self[term] = made
        return made
