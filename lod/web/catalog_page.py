"""The page of the catalog: its datasets, and their files as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from lod.vocab import DCAT, DCTERMS, FOAF, PROV, RDF, SKOS, SPDX, VCARD
from lod.web.facts import Fact
from lod.web.scribe import About, Scribe, Value, by_subject
from lod.web.wording import Text, pick_all

_SHOWN = (
    DCTERMS.description,
    DCTERMS.publisher,
    DCAT.contactPoint,
    DCTERMS.license,
    DCTERMS.issued,
    DCTERMS.modified,
    DCTERMS.accrualPeriodicity,
    DCTERMS.language,
    DCTERMS.spatial,
    DCAT.theme,
    DCAT.keyword,
    DCAT.inSeries,
    DCTERMS.hasPart,
    PROV.wasDerivedFrom,
)
"""What readers ask of a dataset; programs find the rest in the other formats."""
_NAMES = (DCTERMS.title, FOAF.name, VCARD.fn, SKOS.prefLabel)


class FileRow(NamedTuple):
    """A distribution: its name, what it is, its size in bytes, its address and its SHA-256."""

    name: str
    media_type: str
    size: int
    href: str
    sha256: str


class Described(NamedTuple):
    """The catalog or a dataset of it."""

    anchor: str
    title: Text
    facts: list[Fact]
    files: list[FileRow]


def catalog_page(scribe: Scribe, graph: Sequence[Triple]) -> list[Described]:
    """Return the catalog and its datasets, each with its facts and files.

    Args:
        scribe: knows the reader.
        graph: the catalog, in canonical order.
    """
    scribe.learn(triple.object for triple in graph if isinstance(triple.object, NamedNode))
    everything: dict[NamedNode, About] = {**by_subject(graph)}
    described: list[Described] = []
    above: dict[str, Fact] = {}
    for node, about in everything.items():
        if {DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries} & set(about.get(RDF.type, ())):
            facts = _facts(scribe, everything, about)
            files = [_file(everything, found) for found in _files(everything, about)]
            # What has been said of the whole holds for its parts.
            new = [fact for fact in facts if above.get(fact.term) != fact]
            described.append(Described(_anchor(scribe, node), _title(scribe, about), new, files))
            above = {**{fact.term: fact for fact in facts}, **above}
    return described


def _anchor(scribe: Scribe, node: NamedNode | Literal) -> str:
    """Return the id of a dataset on the page; one of the records goes by its reference."""
    reference = scribe.space.reference(node.value)
    return reference or node.value.partition("#")[2] or "catalog"


def _title(scribe: Scribe, about: About) -> Text:
    titles = [found for found in about.get(DCTERMS.title, ()) if isinstance(found, Literal)]
    return (pick_all(titles, scribe.language) or [Text("–")])[0]


def _facts(scribe: Scribe, everything: Mapping[NamedNode, About], about: About) -> list[Fact]:
    return [
        Fact(
            scribe.labels.forward(predicate, scribe.language),
            scribe.labels.curie(predicate),
            _values(scribe, everything, about[predicate]),
        )
        for predicate in _SHOWN
        if predicate in about
    ]


def _values(
    scribe: Scribe, everything: Mapping[NamedNode, About], objects: Sequence[NamedNode | Literal]
) -> list[Value]:
    """Return what stands for objects; of those that read the same, the first."""
    values = [_value(scribe, everything, found) for found in _best(scribe, objects)]
    return list({value.text: value for value in reversed(values)}.values())[::-1]


def _value(
    scribe: Scribe, everything: Mapping[NamedNode, About], term: NamedNode | Literal
) -> Value:
    """Return what stands for an object; for a part of the catalog, its name."""
    about = everything.get(term, {}) if isinstance(term, NamedNode) else {}
    for predicate in _NAMES:
        names = [found for found in about.get(predicate, ()) if isinstance(found, Literal)]
        for text in pick_all(names, scribe.language)[:1]:
            shown = DCAT.Dataset in about.get(RDF.type, ()) and isinstance(term, NamedNode)
            where = f"#{_anchor(scribe, term)}" if shown else scribe.value(term).href
            foreign = predicate == SKOS.prefLabel
            return Value(text, where if shown or foreign else "", outward=foreign)
    return scribe.value(term)


def _best(scribe: Scribe, objects: Sequence[NamedNode | Literal]) -> list[NamedNode | Literal]:
    """Return the objects without those that say the same in another language."""
    literals = [found for found in objects if isinstance(found, Literal) and found.language]
    best = {text.words for text in pick_all(literals, scribe.language)}
    return [found for found in objects if found not in literals or found.value in best]


def _files(everything: Mapping[NamedNode, About], about: About) -> list[NamedNode]:
    found = about.get(DCAT.distribution, ())
    return [node for node in found if isinstance(node, NamedNode) and node in everything]


def _file(everything: Mapping[NamedNode, About], node: NamedNode) -> FileRow:
    about = everything[node]
    checksum = about.get(SPDX.checksum, [None])[0]
    checked = everything.get(checksum, {}) if isinstance(checksum, NamedNode) else {}
    media_type = _first(about, DCAT.mediaType).rpartition("media-types/")[2]
    packed = " + gzip" if DCAT.compressFormat in about else ""
    href = _first(about, DCAT.downloadURL)
    return FileRow(
        href.rpartition("/")[2],
        media_type + packed,
        int(_first(about, DCAT.byteSize) or 0),
        href,
        _first(checked, SPDX.checksumValue),
    )


def _first(about: About, predicate: NamedNode) -> str:
    found = about.get(predicate)
    return found[0].value if found else ""
