"""Questions and updates to a store."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox
from pyoxigraph import NamedNode

from lod.errors import EndpointError
from lod.remote.client import TRIES, Client
from lod.remote.endpoint import Endpoint
from lod.remote.values import restored

RESULTS = "application/sparql-results+json"
_LIMITED = "x-sparql-maxrows"
"""The header by which Virtuoso tells that it cut a result."""
_LONG = 3600.0
"""Seconds that an update may take: it may move a whole graph."""

Answer = ox.QuerySolutions | ox.QueryBoolean


class Connection:
    """Asks and changes a store; safe to share between threads.

    Args:
        endpoint: where it is.
        seconds: that it may be silent.
    """

    def __init__(self, endpoint: Endpoint, seconds: float = 60.0) -> None:
        self.client = Client(endpoint.user, endpoint.password, seconds)
        self._named = endpoint

    @cached_property
    def endpoint(self) -> Endpoint:
        """The store's addresses, all of them; it is asked for its kind once.

        Raises:
            EndpointError: no SPARQL endpoint answers there.
        """
        return self._named.asked(self.client)

    def query(
        self,
        sparql: str,
        graphs: Iterable[NamedNode] = (),
        seconds: float | None = None,
        tries: int = TRIES,
    ) -> Answer:
        """Return the answer to a SELECT or an ASK.

        Args:
            sparql: the query.
            graphs: that make the default graph; what the store takes for it where there are none.
            seconds: that the store may be silent, where not as long as usual.
            tries: how often to ask.

        Raises:
            EndpointError: there is none, or it isn't whole.
        """
        response = self.client.send(
            "POST",
            self._named.query,
            data={"query": sparql, "default-graph-uri": [graph.value for graph in graphs]},
            headers={"Accept": RESULTS},
            seconds=seconds,
            tries=tries,
        )
        if _LIMITED in response.headers:
            raise EndpointError(
                f"{self._named.query}: cuts results at {response.headers[_LIMITED]} rows. "
                "Raise ResultSetMaxRows in the [SPARQL] section of virtuoso.ini"
            )
        return parsed(restored(response.content), self._named.query)

    def select(
        self,
        sparql: str,
        graphs: Iterable[NamedNode] = (),
        seconds: float | None = None,
        tries: int = TRIES,
    ) -> ox.QuerySolutions:
        """Return the answer to a SELECT, as `query` does."""
        answer = self.query(sparql, graphs, seconds, tries)
        if not isinstance(answer, ox.QuerySolutions):
            raise EndpointError(f"{self._named.query}: answers a SELECT with a truth value")
        return answer

    def update(self, sparql: str) -> None:
        """Change the store by an update that does the same when it is sent twice.

        Raises:
            EndpointError: it wasn't done, or only in part.
        """
        self.client.send(
            "POST",
            self.endpoint.update,
            content=sparql.encode(),
            headers={"Content-Type": "application/sparql-update"},
            seconds=_LONG,
        )


def parsed(content: bytes, url: str) -> Answer:
    """Return the results in an answer.

    Raises:
        EndpointError: it has none.
    """
    try:
        return ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise EndpointError(f"{url}: its answer can't be read ({error})") from None
