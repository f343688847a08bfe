"""What a request to the SPARQL endpoint asks for.

Spec: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl

from flask import request
from pyoxigraph import NamedNode
from werkzeug.exceptions import RequestEntityTooLarge

from lod.sparql.results import RESULTS, ResultFormat
from lod.sparql.syntax import Facts, facts
from lod.web.faults import Fault
from lod.web.posted import FORM, check_body
from lod.web.representations import HTML, RDF, Representation
from lod.web.translate import _

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
_MOST_FIELDS = 200
_OFFERS: tuple[Representation | ResultFormat, ...] = (*RESULTS, *RDF, HTML)
FORMAT_NAMES = {
    "turtle": "ttl",
    "json-ld": "jsonld",
    "n-triples": "nt",
    "rdf+xml": "rdf",
    **{word: one.extension[1:] for one in _OFFERS for word in (one.extension[1:], one.media_type)},
}
"""What a format may be called in ``format`` → its extension, without the point."""


@dataclass(frozen=True)
class Asked:
    """A request to the endpoint.

    Attributes:
        query: the text; None where there is none.
        default: IRIs of the graphs that make the default graph.
        named: IRIs of the named graphs.
        format: the extension that ``format`` names, or its word where that names none; empty
            without one.
    """

    query: str | None
    default: tuple[str, ...]
    named: tuple[str, ...]
    format: str

    @cached_property
    def facts(self) -> Facts:
        """What the tokens of the query tell."""
        return facts(self.query or "")


def asked(longest: int) -> Asked:
    """Read the request.

    Args:
        longest: bytes that a query may have.

    Raises:
        Fault: the request isn't one of the protocol's.
    """
    pairs = _pairs(request.query_string)
    if request.method == "POST":
        pairs += _posted(longest)
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise read_only()
    queries = given.get("query", [])
    if len(queries) > 1:
        raise Fault(400, _("Two queries"), _("A request has one query; this one has several."))
    if queries and len(queries[0].encode()) > longest:
        raise too_long(longest)
    return Asked(
        queries[0] if queries else None,
        _graphs(given.get("default-graph-uri", [])),
        _graphs(given.get("named-graph-uri", [])),
        _format(given.get("format", [])),
    )


def read_only() -> Fault:
    """Return what is said to those who want to change the data."""
    return Fault(
        403,
        _("The data can only be read"),
        _("This endpoint answers queries and takes no updates: a release never changes."),
    )


def too_long(longest: int) -> Fault:
    """Return what is said of queries that nobody writes by hand."""
    detail = _("A query has at most %(number)s bytes.", number=longest)
    return Fault(413, _("The query is too long"), detail)


def _posted(longest: int) -> list[tuple[str, str]]:
    request.max_content_length = 4 * longest  # Percent-encoded, a byte takes three.
    kind = request.mimetype
    if kind == UPDATE:
        raise read_only()
    check_body(_("Not a query"), FORM, QUERY)
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise too_long(longest) from None
    return _pairs(body) if kind == FORM else [("query", _text(body))]


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _not_utf8() -> Fault:
    return Fault(400, _("Not UTF-8"), _("The request has bytes that aren’t UTF-8."))


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise _not_utf8() from None
    except ValueError:
        title, detail = _("Too many parameters"), _("There are more parameters than queries need.")
        raise Fault(400, title, detail) from None


def _format(values: list[str]) -> str:
    """Return the extension of the format that is named, or the first word where none is.

    Some clients name one several times over, by its name and by its media types (SPARQLWrapper).
    """
    words = [word.strip().lower() for value in values for word in value.split(",") if word.strip()]
    known = {FORMAT_NAMES[word] for word in words if word in FORMAT_NAMES}
    if len(known) > 1 or (not known and len(set(words)) > 1):
        raise Fault(400, _("Two formats"), _("A request has one format; this one has several."))
    return known.pop() if known else "".join(words[:1])


def _graphs(values: list[str]) -> tuple[str, ...]:
    """Return the graphs that a parameter names; forms send empty ones for none."""
    named = tuple(dict.fromkeys(value for value in values if value))
    for iri in named:
        try:
            NamedNode(iri)
        except ValueError:
            detail = _("“%(iri)s” isn’t an absolute IRI, so it can’t name a graph.", iri=iri[:200])
            raise Fault(400, _("Not a graph"), detail) from None
    return named
