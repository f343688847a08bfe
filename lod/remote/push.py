"""Loads a release into a store, so that readers never see half of it where the store allows it.

Each graph that changed is loaded beside the one it will replace. When all of them are there whole,
one request turns the graphs into the new ones: what is missing is added, what is gone is taken
away, and what stays is never touched. Each request does the same when it is sent twice, so that a
push can be broken off anywhere and be repeated.

Spec: https://www.w3.org/TR/sparql11-http-rdf-update/, https://www.w3.org/TR/sparql11-update/
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

import pyoxigraph as ox
from pyoxigraph import NamedNode

from lod.errors import EndpointError, ReleaseError
from lod.iri import KINDS, Space
from lod.release import Release
from lod.remote.connection import Connection
from lod.remote.endpoint import VIRTUOSO
from lod.remote.loaded import RECORD, Loaded, loaded
from lod.remote.staging import Staging
from lod.remote.values import protected
from lod.store import ABOUT_US, ENGINE, graph_iri, publication_of

Progress = Callable[[str, int, int], None]
_SIZES = "SELECT ?g (COUNT(*) AS ?n) { %s GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_STAGED = "/staged"
"""What the name of a graph that is loaded beside another ends in."""
_OURS = "FILTER(STRSTARTS(STR(?g), %s))"
_ADD = (
    "INSERT { GRAPH %(to)s { ?s ?p ?o } } WHERE { GRAPH %(from)s { ?s ?p ?o } "
    "FILTER NOT EXISTS { GRAPH %(to)s { ?s ?p ?o } } }"
)
_TAKE = (
    "DELETE { GRAPH %(to)s { ?s ?p ?o } } WHERE { GRAPH %(to)s { ?s ?p ?o } "
    "FILTER NOT EXISTS { GRAPH %(from)s { ?s ?p ?o } } }"
)


@dataclass(frozen=True)
class Graph:
    """A graph of a release.

    Attributes:
        name: its IRI.
        lines: its triples as lines of N-Triples, in order.
    """

    name: NamedNode
    lines: Sequence[bytes]

    @property
    def staged(self) -> NamedNode:
        """The IRI of the graph that it is loaded into first."""
        return NamedNode(self.name.value + _STAGED)

    @property
    def checksum(self) -> str:
        """The SHA-256 of its lines, in hexadecimal."""
        return hashlib.sha256(b"\n".join(self.lines)).hexdigest()


class Pushed(NamedTuple):
    """What a push did.

    Attributes:
        version: of the release.
        triples: that the store has now.
        changed: the names of the graphs that were loaded.
        kept: the names of those that were there already.
        removed: the names of those that the release doesn't have.
    """

    version: str
    triples: int
    changed: list[str]
    kept: list[str]
    removed: list[str]


class _Plan(NamedTuple):
    """What a push has to do.

    Attributes:
        record: where what is loaded is written down.
        before: what the store says is loaded.
        after: what it shall say.
        changed: the graphs to load.
        old: the IRIs of graphs to remove.
        left: the IRIs of graphs that an earlier push left beside others.
    """

    record: NamedNode
    before: Loaded
    after: Loaded
    changed: list[Graph]
    old: list[str]
    left: list[str]


def push(
    release: Release, connection: Connection, progress: Progress, everything: bool = False
) -> Pushed:
    """Load a release into a store.

    Args:
        release: which.
        connection: to the store.
        progress: is told the step, how much of it is done, and how much there is.
        everything: whether to load the graphs that are there already, too.

    Raises:
        EndpointError: the store can't be reached or fails; repeat the push to complete it.
        ReleaseError: the release is damaged.
    """
    space = Space(publication_of(release).base_iri)
    graphs = list(_graphs(release, space, connection.endpoint.server == VIRTUOSO))
    before = Loaded() if everything else loaded(connection, space)
    plan = _plan(release.version, graphs, before, _ours(connection, space), space)
    if plan.changed or plan.old or plan.before != plan.after:
        _stage(connection, plan.changed, progress)
        _swap(connection, plan, progress)
    _clean(connection, [*plan.left, *(graph.staged.value for graph in plan.changed)], progress)
    _verify(_ours(connection, space), graphs)
    fresh = {graph.name.value for graph in plan.changed}
    return Pushed(
        release.version,
        sum(len(graph.lines) for graph in graphs),
        _short(fresh),
        _short({graph.name.value for graph in graphs} - fresh),
        _short(plan.old),
    )


def _plan(
    version: str, graphs: Sequence[Graph], before: Loaded, there: Mapping[str, int], space: Space
) -> _Plan:
    """Compare a release with what is in the store.

    Args:
        version: of the release.
        graphs: of the release.
        before: what the store says is loaded.
        there: the graphs of ours that the store has, and how many triples each has.
        space: of the publication.
    """
    sums = {graph.name.value: graph.checksum for graph in graphs}
    record = graph_iri(space, RECORD)
    gone = sorted(there.keys() - sums.keys() - {record.value})
    return _Plan(
        record,
        before,
        Loaded(version, sums),
        changed=[
            graph
            for graph in graphs
            if before.checksums.get(graph.name.value) != sums[graph.name.value]
            or there.get(graph.name.value) != len(graph.lines)
        ],
        old=[name for name in gone if not name.endswith(_STAGED)],
        left=[name for name in gone if name.endswith(_STAGED)],
    )


def _short(names: Sequence[str] | set[str]) -> list[str]:
    return sorted(name.rpartition("/")[2] for name in names)


def _ours(connection: Connection, space: Space) -> dict[str, int]:
    """Return the graphs of ours that a store has, and how many triples each has."""
    return _sizes(connection, _OURS % ox.Literal(f"{space.base}graph/"))


def _sizes(connection: Connection, which: str) -> dict[str, int]:
    """Return graphs that a store has, and how many triples each has.

    Args:
        connection: to the store.
        which: a pattern that chooses among them.
    """
    rows = connection.select(_SIZES % which)
    # Where there is none, some stores answer with a row that has no graph.
    return {row["g"].value: int(row["n"].value) for row in rows if row["g"] is not None}


def _graphs(release: Release, space: Space, protect: bool) -> Iterator[Graph]:
    """Yield the graphs of a release."""
    try:
        engine = ox.Store.read_only(str(release.path / ENGINE))
    except (OSError, RuntimeError) as error:
        raise ReleaseError(f"{release.path / ENGINE}: can't be read ({error})") from None
    for name in (*KINDS, *ABOUT_US):
        content, graph = BytesIO(), graph_iri(space, name)
        engine.dump(content, ox.RdfFormat.N_TRIPLES, from_graph=graph)
        lines = sorted(content.getvalue().splitlines())
        if lines:
            yield Graph(graph, [protected(line) for line in lines] if protect else lines)


def _stage(connection: Connection, graphs: Sequence[Graph], progress: Progress) -> None:
    """Load graphs beside those that they will replace."""
    total, done = sum(len(graph.lines) for graph in graphs), 0
    progress("stage", 0, total)
    for graph in graphs:
        staging = Staging(connection, graph.staged)
        for number in staging.load(graph.lines):
            done += number
            progress("stage", done, total)
    names = " ".join(str(graph.staged) for graph in graphs)
    found = _sizes(connection, f"VALUES ?g {{ {names} }}") if graphs else {}
    for graph in graphs:
        number = found.get(graph.staged.value, 0)
        if number != len(graph.lines):
            raise EndpointError(
                f"{graph.staged.value}: has {number} triples, and should have {len(graph.lines)}. "
                "Does somebody else push at the same time? Push again"
            )


def _swap(connection: Connection, plan: _Plan, progress: Progress) -> None:
    """Turn the graphs into the new ones, in one request.

    The record of what is loaded goes first and comes last: a store that does one operation after
    the other never claims to hold a release that it holds in part.
    """
    progress("swap", 0, 1)
    operations = [f"DROP SILENT GRAPH {plan.record}"]
    for graph in plan.changed:
        names = {"from": graph.staged, "to": graph.name}
        operations += [_ADD % names, _TAKE % names]
    operations += [f"DROP SILENT GRAPH <{name}>" for name in plan.old]
    lines = plan.after.lines(plan.record)
    operations.append(f"INSERT DATA {{ GRAPH {plan.record} {{\n{lines}\n}} }}")
    connection.update(" ;\n".join(operations))
    progress("swap", 1, 1)


def _clean(connection: Connection, names: Sequence[str], progress: Progress) -> None:
    """Drop what was loaded beside the graphs."""
    if names:
        progress("clean", 0, 1)
        connection.update(" ;\n".join(f"DROP SILENT GRAPH <{name}>" for name in names))
        progress("clean", 1, 1)


def _verify(sizes: Mapping[str, int], graphs: Sequence[Graph]) -> None:
    for graph in graphs:
        found = sizes.get(graph.name.value, 0)
        if found != len(graph.lines):
            raise EndpointError(
                f"{graph.name.value}: has {found} triples after the push, and should have "
                f"{len(graph.lines)}. Push again with --all"
            )
