"""Triple patterns: read off an address, counted, and matched page by page.

Spec: https://linkeddatafragments.org/specification/triple-pattern-fragments/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from pyoxigraph import Literal, NamedNode, QuerySolutions, QueryTriples, Triple, Variable

from lod.store import Store
from lod.web.edition import Edition

Term = NamedNode | Literal | Variable
_LITERAL = re.compile(
    r'"(?P<value>.*)"'
    r"(?:@(?P<language>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)|\^\^(?P<datatype>[^\"]+))?",
    re.DOTALL,
)
_VARIABLE = re.compile(r"\?\w{1,100}", re.ASCII)


class NoTermError(ValueError):
    """A value is neither an IRI nor a literal nor a variable."""


class Pattern(NamedTuple):
    """What triples are asked for; a variable stands for any term, the same one wherever it stands.

    Attributes:
        subject: of the triples.
        predicate: of the triples.
        object: of the triples.
    """

    subject: Term
    predicate: Term
    object: Term

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Pattern:
        """Read a pattern off the arguments of an address.

        Raises:
            NoTermError: a value is no term; its first argument is the name of the position.
        """
        found = []
        for name in cls._fields:
            try:
                found.append(_term(asked.get(name, ""), name))
            except ValueError:
                raise NoTermError(name) from None
        return cls(*found)

    def __str__(self) -> str:
        """Return the pattern in SPARQL; terms write themselves, so nothing can break out."""
        return " ".join(map(str, self))

    @property
    def possible(self) -> bool:
        """Whether any triple can match: a literal is the object of one or nothing."""
        return not isinstance(self.subject, Literal) and isinstance(
            self.predicate, NamedNode | Variable
        )

    @property
    def unbound(self) -> bool:
        """Whether every triple matches."""
        return len({term for term in self if isinstance(term, Variable)}) == len(self)


def _term(words: str, position: str) -> Term:
    """Read a term: literals in quotation marks, without escapes; all else is an IRI.

    Spec: https://www.hydra-cg.com/spec/latest/core/#hydra:ExplicitRepresentation
    """
    if not words or _VARIABLE.fullmatch(words):
        # The names of readers' variables get a letter of their own, to be no position's.
        return Variable(f"v{words[1:]}" if words else position)
    literal = _LITERAL.fullmatch(words)
    if literal is None:
        return NamedNode(_bare(words))
    if literal["datatype"]:
        return Literal(literal["value"], datatype=NamedNode(_bare(literal["datatype"])))
    return Literal(literal["value"], language=literal["language"])


def _bare(iri: str) -> str:
    return iri[1:-1] if iri.startswith("<") and iri.endswith(">") else iri


def count(edition: Edition, pattern: Pattern) -> int:
    """Return how many triples match.

    Of all triples the release knows it. Others are counted by the engine, once for each pattern: a
    million takes it a third of a second, and few patterns match more than some hundred.
    """
    if not pattern.possible:
        return 0
    if pattern.unbound:
        return sum(edition.store.release.manifest["graphs"].values())
    return edition.matches.get(pattern, lambda: _counted(edition.store, pattern))


def _counted(store: Store, pattern: Pattern) -> int:
    if not _as_written(store, pattern):
        return 0
    found = cast("QuerySolutions", store.query(f"SELECT (COUNT(*) AS ?number) {{ {pattern} }}"))
    return int(next(found)["number"].value)


def _as_written(store: Store, pattern: Pattern) -> bool:
    """Say whether the engine keeps the object as it is written: it finds 05 where there is 5."""
    first = next(matching(store, pattern, 0, 1), None)
    return (
        first is None or not isinstance(pattern.object, Literal) or first.object == pattern.object
    )


def matching(store: Store, pattern: Pattern, start: int, number: int) -> Iterator[Triple]:
    """Yield the triples that match, in the order of the engine's index, which a release keeps.

    Args:
        store: of the release.
        pattern: what they match.
        start: how many to pass over; a million takes a third of a second.
        number: how many at most.
    """
    query = f"CONSTRUCT {{ {pattern} }} WHERE {{ {pattern} }} OFFSET {start} LIMIT {number}"
    yield from cast("QueryTriples", store.query(query))
