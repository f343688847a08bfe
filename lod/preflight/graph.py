"""A catalog in memory, found by subject and property."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from lod.errors import ReleaseError
from lod.vocab import RDF, namespaces

Term = NamedNode | Literal


class CatalogGraph:
    """The triples of a catalog.

    Args:
        triples: all of them.
        base: what our own IRIs start with.
    """

    def __init__(self, triples: Iterable[Triple], base: str) -> None:
        self.triples = list(triples)
        self.base = base
        self._objects: dict[str, dict[str, list[Term]]] = {}
        for subject, predicate, object_ in self.triples:
            if isinstance(subject, NamedNode) and isinstance(object_, NamedNode | Literal):
                about = self._objects.setdefault(subject.value, {})
                about.setdefault(predicate.value, []).append(object_)

    @classmethod
    def read(cls, path: Path, base: str) -> CatalogGraph:
        """Read a Turtle file.

        Raises:
            ReleaseError: it is missing or isn't Turtle.
        """
        try:
            quads = list(ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE))
        except (OSError, SyntaxError) as error:
            raise ReleaseError(f"{path}: can't be read ({error}). Build again") from None
        return cls((quad.triple for quad in quads), base)

    def nodes(self, class_: NamedNode) -> list[str]:
        """Return the resources of a class."""
        return sorted(
            subject
            for subject, about in self._objects.items()
            if class_ in about.get(RDF.type.value, ())
        )

    def values(self, subject: str, *predicates: NamedNode) -> list[Term]:
        """Return the objects of properties, sorted."""
        about = self._objects.get(subject, {})
        found = (value for predicate in predicates for value in about.get(predicate.value, ()))
        return sorted(found, key=str)

    def value(self, subject: str, predicate: NamedNode, language: str = "de") -> str | None:
        """Return one object as text, the one in a language first; None where there is none."""
        found = self.values(subject, predicate)
        spoken = [one for one in found if isinstance(one, Literal) and one.language == language]
        return next((one.value for one in (*spoken, *found)), None)

    def own(self, iri: str) -> bool:
        """Return whether a resource is ours."""
        return iri.startswith(self.base)

    def mentioned(self) -> frozenset[str]:
        """Return every IRI that is a subject or an object."""
        return frozenset(
            term.value
            for triple in self.triples
            for term in (triple.subject, triple.object)
            if isinstance(term, NamedNode)
        )


def curie(node: NamedNode | str | None) -> str:
    """Return a property or class as ``prefix:name``."""
    iri = node.value if isinstance(node, NamedNode) else node or ""
    for prefix, start in namespaces().items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri
