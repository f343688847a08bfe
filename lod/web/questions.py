"""``/questions/<name>``: questions that the data answer, each under an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from flask import Response, request
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)
from werkzeug.exceptions import NotFound

from lod.formats import ordered
from lod.vocab import PROV, RDF, SCHEMA
from lod.web.asking import Asked as Query
from lod.web.choices import fields, told_by, unknown_value
from lod.web.columns import called, in_words
from lod.web.labels import Labels
from lod.web.parameters import UnknownValueError, bound, plain, reworded
from lod.web.parameters import Value as Chosen
from lod.web.queries import Example, examples
from lod.web.representations import CSV, Representation
from lod.web.respond import Document, Page, author, extension_of, respond
from lod.web.scribe import Scribe, Value
from lod.web.sources import citations
from lod.web.sparql import run
from lod.web.visit import edition, reader
from lod.web.wording import Text

PATH = "questions"
JSON = Representation("JSON", ".json", "application/sparql-results+json", ("application/json",))
SPARQL = Representation("SPARQL", ".rq", "application/sparql-query", ("text/plain",))
SHOWN = 500
"""Rows of the table on the page; the files have all."""
_FORMATS = {JSON: QueryResultsFormat.JSON, CSV: QueryResultsFormat.CSV}
_SOURCES = "sources"
"""The column with the IRIs of several sources, parted by blanks."""
_TERMS = ("measures", "what", "precision")
"""The columns with names of terms."""


def index(extension: str = "") -> Response:
    """Answer with the questions."""
    every = examples(edition().base)

    def page() -> Page:
        return Page("questions.html", {"questions": every})

    return respond(Document(PATH, lambda: _graph(every), page, extension_of(extension)))


def question(name: str) -> Response:
    """Answer with what the data say to a question.

    Args:
        name: of the question, with or without an extension.

    Raises:
        NotFound: there is no such question.
    """
    word, dot, extension = name.partition(".")
    found = [one for one in examples(edition().base) if one.name == word]
    if not found or (dot and not extension):
        raise NotFound
    asked = Asked(found[0], _values(found[0]))
    path = f"{PATH}/{word}"
    return respond(
        Document(
            path,
            page=lambda: Page("question.html", _context(asked)),
            extension=dot + extension,
            arguments=asked.arguments,
            links=(
                f'<{asked.iri}>; rel="cite-as"',
                f'<{author()}>; rel="author"',
                f'<{reader().path(PATH)}>; rel="collection"',
            ),
            others=_others(asked),
        )
    )


class Cell(NamedTuple):
    """A cell of an answer.

    Attributes:
        value: what is shown; None of a cell that is empty, or has sources.
        sources: the numbers of sources at the foot of the page.
    """

    value: Value | None = None
    sources: Sequence[int] = ()


@dataclass(frozen=True)
class Asked:
    """A question, and what it is asked about.

    Attributes:
        example: the question.
        values: that take the place of others.
    """

    example: Example
    values: tuple[Chosen, ...]

    @property
    def query(self) -> str:
        """The query about these values."""
        return bound(self.example.query, self.values, edition().store.space)

    @property
    def arguments(self) -> dict[str, str]:
        """The values as arguments of an address."""
        return {value.parameter.name: value.reference for value in self.values}

    @property
    def iri(self) -> str:
        """The address to cite."""
        return Document(f"{PATH}/{self.example.name}", arguments=self.arguments).canonical

    @property
    def title(self) -> str:
        """The question in the reader's language, about these values."""
        words, language = self.example.marked[reader().language], reader().language
        marked = self.example.parameters[:1] if words != plain(words) else ()
        first = next((told_by(one) for one in self.values if one.parameter in marked), "")
        rest = [
            (one.parameter.labels[language], told_by(one))
            for one in self.values
            if one.parameter not in marked
        ]
        return reworded(words, first, rest)


def _values(example: Example) -> tuple[Chosen, ...]:
    """Return the values that the address names, without those that the question has anyhow.

    Raises:
        Fault: a parameter doesn't take what is given.
    """
    store, found = edition().store, []
    for parameter in example.parameters:
        given = request.args.get(parameter.name)
        # A form sends its empty fields too.
        if given is None or not (given.strip() or parameter.any):
            continue
        try:
            value = parameter.read(given, store)
        except UnknownValueError as error:
            raise unknown_value(error) from None
        if value != parameter.default(example.query, store.space):
            found.append(Chosen(parameter, value))
    return tuple(found)


def _others(asked: Asked) -> dict[Representation, Callable[[], bytes]]:
    """Return the answer as data, and the query."""
    return {
        JSON: lambda: _answer(asked, JSON),
        CSV: lambda: _answer(asked, CSV),
        SPARQL: f"{asked.query}\n".encode,
    }


def _answer(asked: Asked, wanted: Representation) -> bytes:
    """Ask the data: as the question stands at once, about other values within limits.

    Raises:
        Fault: the answer takes too long, or is too large.
    """
    if asked.values:
        with run(Query(asked.query, (), (), ""), wanted.extension) as result:
            return result.read()
    found = edition().store.query(asked.query)
    assert isinstance(found, QuerySolutions)  # noqa: S101 (a test asks all of them)
    content: bytes | None = found.serialize(format=_FORMATS[wanted])
    return content or b""


def _graph(every: list[Example]) -> list[Triple]:
    """Return the questions as data."""
    base = edition().base
    triples = []
    for one in every:
        node = NamedNode(f"{base}{PATH}/{one.name}")
        triples.append(Triple(node, RDF.type, SCHEMA.Question))
        triples += [
            Triple(node, SCHEMA.name, Literal(words, language=language))
            for language, words in one.texts.items()
        ]
    return ordered(triples)


def _context(asked: Asked) -> dict[str, Any]:
    store = edition().store
    scribe = Scribe(store, Labels(store.style), reader())
    solutions = parse_query_results(_answer(asked, JSON), QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)  # noqa: S101 (every question has columns)
    columns = [variable.value for variable in solutions.variables]
    shown = islice(solutions, SHOWN + 1)
    rows = [[solution[column] for column in columns] for solution in shown]
    scribe.learn(term for row in rows for term in row if isinstance(term, NamedNode))
    return {
        "asked": asked,
        "fields": fields(asked.example, asked.values),
        "columns": [called(column, reader().language) for column in columns],
        "rows": [
            [_cell(scribe, column, term) for column, term in zip(columns, row, strict=True)]
            for row in rows[:SHOWN]
        ],
        "more": len(rows) > SHOWN,
        "others": (JSON, CSV, SPARQL),
        "cited": citations(scribe),
    }


def _cell(scribe: Scribe, column: str, term: object) -> Cell:
    """Return a term as it is shown; several sources in one by their numbers."""
    if not isinstance(term, NamedNode | Literal):
        return Cell()
    if column == _SOURCES:
        nodes: list[NamedNode | Literal] = [NamedNode(iri) for iri in term.value.split()]
        return Cell(sources=scribe.cite({PROV.wasDerivedFrom: nodes}, PROV.wasDerivedFrom))
    words = in_words(scribe, term) if column in _TERMS else ""
    return Cell(Value(Text(words)) if words else scribe.value(term))
