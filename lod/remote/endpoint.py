"""Where a store takes queries, updates and graphs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from lod.errors import EndpointError
from lod.remote.client import Client

OXIGRAPH, VIRTUOSO = "Oxigraph", "Virtuoso"
PASSWORD = "LOD_ENDPOINT_PASSWORD"  # noqa: S105 (the name of a variable)
"""The variable of the environment that holds the password."""
_BESIDE = {
    OXIGRAPH: ("update", "store"),
    VIRTUOSO: ("sparql-auth", "sparql-graph-crud-auth"),
}
"""Server → where updates and graphs are taken, beside the address of queries."""


@dataclass(frozen=True)
class Endpoint:
    """The addresses of a store.

    Attributes:
        query: takes queries.
        update: takes updates; empty where it isn't known.
        graph_store: takes graphs by the Graph Store Protocol; empty where there is none.
        server: what the store calls itself; empty before it was asked.
        user: who asks; empty for anybody.
        password: of the user.
    """

    query: str
    update: str = ""
    graph_store: str = ""
    server: str = ""
    user: str = ""
    password: str = field(default="", repr=False)

    def asked(self, client: Client) -> Endpoint:
        """Ask the store what it is, and fill in the addresses that its kind has.

        Raises:
            EndpointError: no SPARQL endpoint answers there.
        """
        response = client.send(
            "POST",
            self.query,
            data={"query": "ASK {}"},
            headers={"Accept": "application/sparql-results+json"},
            tries=2,  # Nobody has to wait long for what is mistyped.
        )
        kind = response.headers.get("content-type", "").partition(";")[0]
        if kind != "application/sparql-results+json":
            raise EndpointError(
                f"{self.query}: not a SPARQL endpoint (it answers a query with {kind or 'nothing'})"
                ". Correct --endpoint"
            )
        server = response.headers.get("server", "").partition("/")[0]
        update, graph_store = _BESIDE.get(server, ("", ""))
        return replace(
            self,
            server=server,
            update=self.update or urljoin(self.query, update),
            graph_store=self.graph_store or (graph_store and urljoin(self.query, graph_store)),
        )
