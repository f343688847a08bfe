"""The services through which the data can be had: what exists is described, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from lod.formats import FORMATS


@dataclass(frozen=True)
class Service:
    """A way to ask for the data.

    Attributes:
        name: the last part of its IRI.
        path: of its endpoint, under the publication's base.
        description: path of a document that a machine learns from how to use it.
        standards: specification → its title.
        file_types: codes of what it answers with.
        titles: language code → title.
        descriptions: language code → description.
        keywords: language code → keyword.
    """

    name: str
    path: str
    description: str
    standards: tuple[tuple[str, str], ...]
    file_types: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]
    descriptions: tuple[tuple[str, str], ...]
    keywords: tuple[tuple[str, str], ...]


LINKED_DATA = Service(
    name="linked-data",
    path="",
    description="openapi.json",
    standards=(
        ("https://www.rfc-editor.org/rfc/rfc9110", "RFC 9110: HTTP Semantics"),
        ("https://www.w3.org/TR/cooluris/", "Cool URIs for the Semantic Web"),
    ),
    file_types=(*(format_.file_type for format_ in FORMATS), "HTML"),
    titles=(("de", "Linked-Data-Schnittstelle"), ("en", "Linked data interface")),
    descriptions=(
        (
            "de",
            "Jede Ressource ist unter ihrer eigenen Adresse abrufbar, als Seite oder als Daten; "
            "das Format wird mit HTTP ausgehandelt.",
        ),
        (
            "en",
            "Each resource can be fetched at its own address, as a page or as data; the format "
            "is negotiated by HTTP.",
        ),
    ),
    keywords=(("de", "Linked Data"), ("en", "linked data")),
)
SPARQL = Service(
    name="sparql",
    path="sparql",
    description="sparql",
    standards=(("https://www.w3.org/TR/sparql11-protocol/", "SPARQL 1.1 Protocol"),),
    file_types=("SPARQLQRES", *(format_.file_type for format_ in FORMATS)),
    titles=(("de", "SPARQL-Endpunkt"), ("en", "SPARQL endpoint")),
    descriptions=(
        ("de", "Beantwortet Abfragen in SPARQL 1.1 über alle Ressourcen."),
        ("en", "Answers queries in SPARQL 1.1 about all resources."),
    ),
    keywords=(("de", "SPARQL"), ("en", "SPARQL")),
)
FRAGMENTS = Service(
    name="fragments",
    path="fragments",
    description="fragments",
    standards=(
        (
            "https://linkeddatafragments.org/specification/triple-pattern-fragments/",
            "Triple Pattern Fragments",
        ),
    ),
    file_types=(*(format_.file_type for format_ in FORMATS), "RDF_TRIG", "RDF_N_QUADS", "HTML"),
    titles=(("de", "Fragmente nach Tripelmuster"), ("en", "Triple pattern fragments")),
    descriptions=(
        (
            "de",
            "Gibt die Aussagen, auf die ein Muster aus Subjekt, Prädikat und Objekt passt, Seite "
            "für Seite; Abfragen rechnet damit der Client selbst.",
        ),
        (
            "en",
            "Gives the statements that match a pattern of subject, predicate and object, page by "
            "page; with these, clients compute queries themselves.",
        ),
    ),
    keywords=(("de", "Linked Data Fragments"), ("en", "linked data fragments")),
)
RECONCILIATION = Service(
    name="reconcile",
    path="reconcile",
    description="reconcile",
    standards=(
        (
            "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/",
            "Reconciliation Service API 0.2",
        ),
    ),
    file_types=("JSON",),
    titles=(("de", "Abgleichdienst"), ("en", "Reconciliation service")),
    descriptions=(
        ("de", "Gleicht Namen und Schlüssel, etwa aus Tabellen in OpenRefine, mit Ressourcen ab."),
        ("en", "Matches names and keys, such as from tables in OpenRefine, with resources."),
    ),
    keywords=(("de", "Abgleich"), ("en", "reconciliation")),
)

SERVICES: tuple[Service, ...] = (LINKED_DATA, SPARQL, FRAGMENTS, RECONCILIATION)
"""The services that are switched on: those that answer."""
