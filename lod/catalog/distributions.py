"""The distributions of a dataset: one for each dump, as the file is."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from lod.catalog import controlled as terms
from lod.catalog.model import Edition, dump_name
from lod.catalog.wording import FILE, compose
from lod.formats import Format
from lod.mapping.rules import date_literal, text
from lod.release import File
from lod.vocab import ADMS, DCAT, DCATAP, DCATDE, DCTERMS, RDF, SPDX, XSD

_LANGUAGES = {"de": "DEU", "en": "ENG"}
_GZIP = terms.listed(terms.MEDIA_TYPE, "application/gzip")
_COMPLETED = terms.listed(terms.STATUS, "COMPLETED")


def distributions(edition: Edition, dataset: str) -> Iterator[Triple]:
    """Yield the distributions of one of our own datasets, and that it has them."""
    for format_ in edition.formats(dataset):
        for compressed in (False, True):
            path = dump_name(dataset, format_, compressed)
            node = edition.node(path.partition("/")[2])
            yield Triple(edition.node(dataset), DCAT.distribution, node)
            yield Triple(node, RDF.type, DCAT.Distribution)
            yield from _named(edition, node, dataset, f"{format_.name}{', gzip' * compressed}")
            yield from _file(node, edition.download(path), format_)
            if compressed:
                yield Triple(node, DCAT.compressFormat, _GZIP)
            yield from dated(edition, node)
            yield from spoken(edition, node)
            yield from _licensed(edition, node)
            yield available(edition, node)
            yield Triple(node, ADMS.status, _COMPLETED)
            yield from _checksum(node, edition.files[path])


def dated(edition: Edition, node: NamedNode) -> Iterator[Triple]:
    """Yield when something was issued, and changed."""
    yield Triple(node, DCTERMS.issued, date_literal(edition.publication.issued))
    yield Triple(node, DCTERMS.modified, date_literal(edition.publication.modified))


def spoken(edition: Edition, node: NamedNode) -> Iterator[Triple]:
    """Yield the languages of something."""
    for language in edition.publication.languages:
        if language in _LANGUAGES:
            code = terms.listed(terms.LANGUAGE, _LANGUAGES[language])
            yield Triple(node, DCTERMS.language, code)


def available(edition: Edition, node: NamedNode) -> Triple:
    """Return how long something will be offered."""
    value = terms.listed(terms.AVAILABILITY, edition.publication.availability)
    return Triple(node, DCATAP.availability, value)


def _named(edition: Edition, node: NamedNode, dataset: str, form: str) -> Iterator[Triple]:
    words = compose(FILE, edition.title(dataset), format=form)
    yield from text(DCTERMS.title).triples(node, words)
    yield from text(DCTERMS.description).triples(node, edition.description(dataset))


def _file(node: NamedNode, download: NamedNode, format_: Format) -> Iterator[Triple]:
    yield Triple(node, DCAT.accessURL, download)
    yield Triple(node, DCAT.downloadURL, download)
    yield Triple(node, DCTERMS.format, terms.listed(terms.FILE_TYPE, format_.file_type))
    yield Triple(node, DCAT.mediaType, terms.listed(terms.MEDIA_TYPE, format_.media_type))


def _licensed(edition: Edition, node: NamedNode) -> Iterator[Triple]:
    publication = edition.publication
    yield Triple(node, DCTERMS.license, NamedNode(publication.licence))
    attributions = [one.text for one in publication.attributions]
    for words in attributions or [publication.publisher.name]:
        yield from text(DCATDE.licenseAttributionByText).triples(node, words)


def _checksum(node: NamedNode, file: File) -> Iterator[Triple]:
    size = Literal(str(file.size), datatype=XSD.nonNegativeInteger)
    yield Triple(node, DCAT.byteSize, size)
    checksum = NamedNode(f"{node.value}-checksum")
    yield Triple(node, SPDX.checksum, checksum)
    yield Triple(checksum, RDF.type, SPDX.Checksum)
    yield Triple(checksum, SPDX.algorithm, terms.SHA256)
    value = Literal(file.sha256, datatype=XSD.hexBinary)
    yield Triple(checksum, SPDX.checksumValue, value)
