"""Profiles: the views in which a document can be had, beside its formats.

Spec: https://www.w3.org/TR/dx-prof-conneg/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from lod.formats import JSON_LD, Style, ordered
from lod.vocab import (
    ADMS,
    DCAT,
    DCATAP,
    DCATDE,
    DCTERMS,
    FOAF,
    LOCN,
    RDF,
    SKOS,
    SPDX,
    VCARD,
    Vocabulary,
)
from lod.web.representations import HTML, Representation
from lod.web.representations import RDF as FORMATS
from lod.web.schema_org import schema_org, schema_org_part

ALTR = Vocabulary(
    "http://www.w3.org/ns/dx/connegp/altr#",
    terms="Representation hasRepresentation hasDefaultRepresentation",
)
_DCAT_AP = tuple(
    vocabulary.iri
    for vocabulary in (
        DCAT,
        DCTERMS,
        DCATAP,
        DCATDE,
        ADMS,
        SPDX,
        VCARD,
        FOAF,
        LOCN,
        SKOS,
    )
)


@dataclass(frozen=True)
class Profile:
    """A view of a document.

    Attributes:
        token: names it in ``?_profile=``; empty of the default, which no address needs to name.
        iri: identifies it.
        also: other IRIs that ask for it.
        names: what it is called, by language.
    """

    token: str
    iri: str
    also: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def called(self, word: str) -> bool:
        """Say whether a token or an IRI names the profile."""
        return word in (self.token, self.iri, *self.also)


def full(namespace: str) -> Profile:
    """Return the profile of the full description.

    Args:
        namespace: of the publication's own vocabulary, which only this profile uses.
    """
    names = {"de": "vollständige Beschreibung", "en": "full description"}
    return Profile("full", namespace, (), names)


SCHEMA_ORG = Profile(
    "schema",
    "https://schema.org/",
    ("https://schema.org", "http://schema.org/", "http://schema.org"),
    {"de": "nur schema.org", "en": "schema.org only"},
)
DCAT_AP = Profile(
    "dcatap",
    "http://data.europa.eu/r5r/",
    (
        "http://data.europa.eu/r5r",
        "https://semiceu.github.io/DCAT-AP/releases/3.0.1/",
        "http://dcat-ap.de/def/dcatde/",
        "https://www.dcat-ap.de/def/dcatde/3.0/spec/",
    ),
    {"de": "DCAT-AP und DCAT-AP.de", "en": "DCAT-AP and DCAT-AP.de"},
)
ALTERNATES = Profile(
    "alt",
    "http://www.w3.org/ns/dx/connegp/altr",
    (ALTR.iri, "http://www.w3.org/ns/dx/conneg/altr"),
    {"de": "Liste der Darstellungen", "en": "list of representations"},
)


def _schema_json_ld(triples: Iterable[Triple], style: Style) -> bytes:
    """Write the JSON-LD that the page embeds too."""
    return f"{schema_org(triples)}\n".encode()


SCHEMA_FORMATS = tuple(
    Representation(one.name, one.extension, one.media_type, one.also, "", _schema_json_ld)
    if one.media_type == JSON_LD.media_type
    else one
    for one in FORMATS
)
"""The formats of the schema.org view."""


def offers(profile: Profile) -> tuple[Representation, ...]:
    """Return what a view beside the full one is offered in."""
    if profile is SCHEMA_ORG:
        return SCHEMA_FORMATS
    return (*FORMATS, HTML) if profile is ALTERNATES else FORMATS


def schema_view(triples: Iterable[Triple]) -> list[Triple]:
    """Return what a graph states in the words of schema.org."""
    return schema_org_part(triples)


def alternates_view(document: str, listed: Sequence[tuple[str, str, str]]) -> list[Triple]:
    """Return the list of a document's representations.

    Args:
        document: its IRI.
        listed: address, media type and profile of each representation, the default first.

    Spec: https://www.w3.org/TR/dx-prof-conneg/#altr
    """
    resource = NamedNode(document)
    found = [Triple(resource, ALTR.hasDefaultRepresentation, NamedNode(listed[0][0]))]
    for address, media_type, profile in listed:
        node = NamedNode(address)
        found += [
            Triple(resource, ALTR.hasRepresentation, node),
            Triple(node, RDF.type, ALTR.Representation),
            Triple(node, DCTERMS.format, Literal(media_type)),
            Triple(node, DCTERMS.conformsTo, NamedNode(profile)),
        ]
    return ordered(found)


def dcat_ap_view(triples: Sequence[Triple], subject: NamedNode | None = None) -> list[Triple]:
    """Return what a catalog states in the words of DCAT-AP.

    Args:
        triples: the catalog, in canonical order.
        subject: a dataset, to have it and what it leads to alone.
    """
    found = [triple for triple in triples if _in_dcat_ap(triple)]
    return found if subject is None else reached(found, subject)


def reached(triples: Sequence[Triple], start: NamedNode) -> list[Triple]:
    """Return the triples about a node and about all that it leads to."""
    about: dict[object, list[Triple]] = {}
    for triple in triples:
        about.setdefault(triple.subject, []).append(triple)
    seen: set[object] = {start}
    open_: list[object] = [start]
    while open_:
        for triple in about.get(open_.pop(), ()):
            if triple.object not in seen:
                seen.add(triple.object)
                open_.append(triple.object)
    return [triple for triple in triples if triple.subject in seen]


def _in_dcat_ap(triple: Triple) -> bool:
    if triple.predicate == RDF.type:
        return isinstance(triple.object, NamedNode) and triple.object.value.startswith(_DCAT_AP)
    return triple.predicate.value.startswith(_DCAT_AP)
