"""The table of result formats of SELECT and ASK; those of graphs are in `lod.formats`.

Spec: https://www.w3.org/TR/sparql11-overview/#sparql11-results
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat


@dataclass(frozen=True, slots=True)
class ResultFormat:
    """A way to write bindings and truth values.

    Attributes:
        name: the word for it on pages.
        extension: names it in ``format=``, with its point.
        media_type: as registered with IANA.
        also: other media types that ask for it.
        iri: what the service description calls it.
        engine: the engine's writer.
        truth: whether it can hold the truth value of ASK.
    """

    name: str
    extension: str
    media_type: str
    also: tuple[str, ...]
    iri: str
    engine: QueryResultsFormat
    truth: bool = True
    profile: str = ""


_W3C = "http://www.w3.org/ns/formats/"
RESULTS = (
    ResultFormat(
        "JSON",
        ".json",
        "application/sparql-results+json",
        ("application/json",),
        f"{_W3C}SPARQL_Results_JSON",
        QueryResultsFormat.JSON,
    ),
    ResultFormat(
        "XML",
        ".xml",
        "application/sparql-results+xml",
        ("application/xml", "text/xml"),
        f"{_W3C}SPARQL_Results_XML",
        QueryResultsFormat.XML,
    ),
    ResultFormat(
        "CSV", ".csv", "text/csv", (), f"{_W3C}SPARQL_Results_CSV", QueryResultsFormat.CSV
    ),
    ResultFormat(
        "TSV",
        ".tsv",
        "text/tab-separated-values",
        (),
        f"{_W3C}SPARQL_Results_TSV",
        QueryResultsFormat.TSV,
    ),
)
"""The formats of bindings and truth values, the default first."""
