"""Reads the graphs of a release from a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from pyoxigraph import Literal, NamedNode, QuerySolution, Triple

from lod.errors import EndpointError
from lod.iri import KINDS, Space
from lod.release import Release
from lod.remote.connection import Answer, Connection
from lod.remote.loaded import loaded
from lod.remote.values import double
from lod.store import ABOUT_US, graph_iri, publication_of
from lod.vocab import XSD

SECONDS = 20.0
"""How long the store may be silent before a page is given up."""
_TRIES = 2
"""A connection that was kept may be closed by the other side just then."""
_AT_LOOK = 3.0
"""Seconds that the store has to say what it holds."""
_QUERY = """\
SELECT ?s ?p ?o (STR(?o) AS ?words) {
  %s
}"""
# In the words of `STR`, Virtuoso's doubles keep their digits.
# A part is named by its whole, and its IRI extends the whole's.
_PARTS = """\
{ VALUES ?s { %(subjects)s } ?s ?p ?o }
UNION
{ VALUES ?whole { %(subjects)s } ?whole ?link ?s .
  FILTER(STRSTARTS(STR(?s), CONCAT(STR(?whole), "/"))) ?s ?p ?o }"""


class RemoteEngine:
    """A store that holds the graphs of a release; safe to share between threads.

    Args:
        connection: to it.
        release: that it has to hold.

    Raises:
        EndpointError: it can't be reached, or holds another release.
    """

    def __init__(self, connection: Connection, release: Release) -> None:
        self.connection = connection
        self._space = Space(publication_of(release).base_iri)
        self.base = self._space.base
        self._version = release.version
        self._kinds = [graph_iri(self._space, kind) for kind in KINDS]
        self.graphs = [*self._kinds, *(graph_iri(self._space, name) for name in ABOUT_US)]
        """All that the public may see."""
        _ = self.connection.endpoint  # It says what it is, or what is wrong with it.
        wrong = self.wrong()
        if wrong:
            raise EndpointError(wrong)

    def wrong(self) -> str:
        """Return why the store doesn't fit the release; empty when it does.

        Raises:
            EndpointError: it can't be reached.
        """
        url = self.connection.endpoint.query
        version = loaded(self.connection, self._space, seconds=_AT_LOOK, tries=_TRIES).version
        if version == self._version:
            return ""
        holds = f"holds release {version}" if version else "holds no whole release of ours"
        return (
            f"{url}: {holds}, and {self._version} is active. "
            f"Load it: lod push --endpoint {url} (or activate the one that is there)"
        )

    def statements(
        self,
        subjects: Sequence[NamedNode] = (),
        predicates: Sequence[NamedNode] = (),
        objects: Sequence[NamedNode] = (),
        parts: bool = False,
        limit: int = 0,
    ) -> Iterator[Triple]:
        """Yield what the records state, each statement once, by one request."""
        if parts and subjects:
            pattern = _PARTS % {"subjects": _list(subjects)}
        else:
            given = (("?s", subjects), ("?o", objects))
            pattern = " ".join(f"VALUES {v} {{ {_list(n)} }}" for v, n in given if n) + " ?s ?p ?o "
        if predicates:
            # As VALUES, some engines would begin with all statements of the property.
            pattern += f" FILTER(?p IN ({', '.join(map(str, predicates))}))"
        query = _QUERY % pattern
        if limit:
            query += f" LIMIT {limit}"
        rows = self.connection.select(query, self._kinds, SECONDS, _TRIES)
        yield from dict.fromkeys(map(_triple, rows))

    def query(self, sparql: str, prefixes: dict[str, str]) -> Answer:
        """Answer a SELECT or an ASK about all graphs together.

        Raises:
            EndpointError: the store can't be reached, or doesn't take the query.
        """
        declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())
        return self.connection.query(declared + sparql, self.graphs, SECONDS, _TRIES)


def _list(nodes: Iterable[NamedNode]) -> str:
    return " ".join(map(str, nodes))


def _triple(row: QuerySolution) -> Triple:
    subject, predicate = cast("NamedNode", row["s"]), cast("NamedNode", row["p"])
    found = cast("NamedNode | Literal", row["o"])
    if isinstance(found, Literal) and found.datatype == XSD.double:
        found = double(cast("Literal", row["words"]).value)
    return Triple(subject, predicate, found)
