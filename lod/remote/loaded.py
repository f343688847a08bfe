"""What a store says of what was loaded into it: a version, and a checksum of each graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from lod.iri import Space
from lod.remote.client import TRIES
from lod.remote.connection import Connection
from lod.store import graph_iri
from lod.vocab import DCAT, SPDX

RECORD = "release"
"""The name of the graph that holds it."""


@dataclass(frozen=True)
class Loaded:
    """What is loaded.

    Attributes:
        version: of the release; empty where none was loaded whole.
        checksums: IRI of a graph → the checksum of what was loaded into it.
    """

    version: str = ""
    checksums: Mapping[str, str] = field(default_factory=dict)

    def lines(self, record: NamedNode) -> str:
        """Return it as N-Triples, to be written into the graph of the record."""
        lines = [f'{record} {DCAT.version} "{self.version}" .']
        lines += [
            f'<{graph}> {SPDX.checksumValue} "{checksum}" .'
            for graph, checksum in sorted(self.checksums.items())
        ]
        return "\n".join(lines)


def loaded(
    connection: Connection, space: Space, seconds: float | None = None, tries: int = TRIES
) -> Loaded:
    """Ask a store what is loaded.

    Args:
        connection: to the store.
        space: of the publication.
        seconds: that it may be silent, where not as long as usual.
        tries: how often to ask.

    Raises:
        EndpointError: there is no answer.
    """
    query = f"SELECT ?s ?p ?o {{ GRAPH {graph_iri(space, RECORD)} {{ ?s ?p ?o }} }}"
    rows = list(connection.select(query, seconds=seconds, tries=tries))
    versions = [row["o"].value for row in rows if row["p"] == DCAT.version]
    return Loaded(
        versions[0] if len(versions) == 1 else "",
        {row["s"].value: row["o"].value for row in rows if row["p"] == SPDX.checksumValue},
    )
