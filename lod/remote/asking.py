"""Queries of strangers, answered by a store of its own behind the same guards.

A query is read by a worker of ours first, against a store with nothing in it: what isn't SPARQL 1.1
never leaves. The store sees it with the dataset that we name, which overrules the query's own, so
that nobody reads what else it holds. Its answer is read by its own word about its type, and
written anew in a worker, within the same limits as ever.

Spec: https://www.w3.org/TR/sparql11-protocol/#dataset
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from typing import IO

import httpx

from lod.errors import EndpointError
from lod.remote.client import words
from lod.remote.connection import RESULTS
from lod.remote.dataset import dataset, foreign_functions
from lod.remote.endpoint import VIRTUOSO
from lod.remote.engine import RemoteEngine
from lod.remote.values import asked_for, restored
from lod.sparql.pool import Limits, Pool, QueryError, Question

_TRIPLES = "application/n-triples"
_GRAPHS = f"{_TRIPLES}, text/turtle;q=0.5, application/rdf+xml;q=0.2"
_CUT = ("x-sparql-maxrows", "x-sql-state")
"""Headers by which Virtuoso tells that a result isn't whole."""
_NOWHERE = "graph/nothing"
"""A graph that nobody fills: a dataset of it alone is empty."""


def _nobody_left() -> bool:
    return False


class RemotePool:
    """Answers queries as `Pool` does, from a store of its own.

    Args:
        engine: the store.
        pool: of workers without data, which check queries and write answers.
        limits: what queries may take.
    """

    def __init__(self, engine: RemoteEngine, pool: Pool, limits: Limits) -> None:
        self._engine = engine
        self._pool = pool
        self._limits = limits
        self._places = threading.BoundedSemaphore(limits.workers)
        self._waiting = threading.BoundedSemaphore(limits.queue)

    @property
    def processes(self) -> list[int]:
        """The ids of the workers that there are."""
        return self._pool.processes

    def close(self) -> None:
        """End the workers; queries that run at the store end by themselves."""
        self._pool.close()

    def run(self, question: Question, gone: Callable[[], bool] = _nobody_left) -> IO[bytes]:
        """Return the whole result of a query, as a file to read and to close.

        Args:
            question: the query.
            gone: returns whether the client went away.

        Raises:
            QueryError: there is no result.
            EndpointError: the store can't be reached.
        """
        for name in foreign_functions(question.query):
            raise QueryError("evaluation", f"The custom function <{name}> is not supported")
        self._pool.run(question, gone).close()
        until = time.monotonic() + self._limits.seconds
        with self._place(), tempfile.NamedTemporaryFile() as file:
            kind = self._ask(question, file, until)
            file.flush()
            return self._written(replace(question, answer=file.name, answer_type=kind), gone)

    def _written(self, answered: Question, gone: Callable[[], bool]) -> IO[bytes]:
        """Return an answer of the store in the format that is wanted."""
        try:
            return self._pool.run(answered, gone)
        except QueryError as error:
            if error.kind not in ("syntax", "evaluation"):
                raise
            url = self._engine.connection.endpoint.query
            raise EndpointError(f"{url}: its answer can't be read ({error.message})") from None

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Take a place among the queries that run at the store, or wait for one for a while."""
        if not self._places.acquire(blocking=False):
            if not self._waiting.acquire(blocking=False):
                raise QueryError("busy")
            try:
                if not self._places.acquire(timeout=self._limits.patience):
                    raise QueryError("busy")
            finally:
                self._waiting.release()
        try:
            yield
        finally:
            self._places.release()

    def _ask(self, question: Question, file: IO[bytes], until: float) -> str:
        """Write the store's answer into a file, and return its media type."""
        connection = self._engine.connection
        data = self._form(question)
        url, accept = connection.endpoint.query, _GRAPHS if question.graph else RESULTS
        left = until - time.monotonic()
        with (
            suppress(httpx.TimeoutException),
            connection.client.stream(url, data, accept, left) as response,
        ):
            content = self._received(response, until)
            self._refuse_part(response, question, content)
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            file.write(restored(content))
            return _known(kind, question, url)
        raise QueryError("deadline")

    def _received(self, response: httpx.Response, until: float) -> bytes:
        """Return the body of an answer of success.

        Raises:
            QueryError: it is too large or too late, or the store doesn't take the query.
            EndpointError: the store failed.
        """
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > self._limits.size:
                raise QueryError("size")
            if time.monotonic() > until:
                raise QueryError("deadline")
        if response.is_success:
            return bytes(content)
        said = words(response, bytes(content))
        if response.status_code == 400 or said.startswith(f"{VIRTUOSO} "):
            raise QueryError("evaluation", said)
        raise EndpointError(f"{response.request.url}: failed ({response.status_code}: {said})")

    def _refuse_part(self, response: httpx.Response, question: Question, content: bytes) -> None:
        """Refuse what isn't the whole result.

        Raises:
            QueryError: the store cut it.
        """
        cut = any(header in response.headers for header in _CUT)
        if question.graph and not cut and self._most:
            # Virtuoso doesn't tell of a graph that it is cut.
            cut = content.count(b"\n") >= self._most
        if cut:
            raise QueryError("size")

    @cached_property
    def _most(self) -> int:
        """The rows at which the store cuts results; 0 where it doesn't say so."""
        connection = self._engine.connection
        if connection.endpoint.server != VIRTUOSO:
            return 0
        data = {"query": "SELECT ?s { ?s ?p ?o }"}
        with connection.client.stream(connection.endpoint.query, data, RESULTS, 10) as response:
            return int(response.headers.get(_CUT[0], 0))

    def _form(self, question: Question) -> dict[str, str | list[str]]:
        """Return what is sent: the query without its dataset, and the graphs that it may see.

        A request's own dataset goes before the query's; graphs that aren't ours are empty.

        Raises:
            QueryError: the query might name graphs in a way that we don't see.
        """
        said = dataset(question.query, f"{self._engine.base}sparql")
        if said.hidden:
            raise QueryError("evaluation", "“from” before a name can’t stand there in this query")
        default, named = question.default, question.named
        if not default and not named:
            default, named = said.default, said.named
        ours = {graph.value for graph in self._engine.graphs}
        if question.union:
            default = named = tuple(ours)
        nothing = [self._engine.base + _NOWHERE]
        virtuoso = self._engine.connection.endpoint.server == VIRTUOSO
        return {
            "query": asked_for(said.rest) if virtuoso else said.rest,
            "default-graph-uri": sorted(ours.intersection(default)) or nothing,
            "named-graph-uri": sorted(ours.intersection(named)) or nothing,
        }


def _known(kind: str, question: Question, url: str) -> str:
    """Return a media type that a worker can read.

    Raises:
        EndpointError: it can't.
    """
    graphs = (_TRIPLES, "text/turtle", "application/rdf+xml", "application/n-quads")
    results = (RESULTS, "application/sparql-results+xml")
    if kind not in (graphs if question.graph else results):
        raise EndpointError(f"{url}: answers with {kind or 'no type'}, which isn't what was asked")
    return kind
