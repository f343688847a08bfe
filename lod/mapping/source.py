"""Sources."""

from __future__ import annotations

from pyoxigraph import NamedNode

from lod.iri import Space
from lod.mapping.common import sources
from lod.mapping.rules import Mapped, address, date, elsewhere, plain, text
from lod.records.source import Source
from lod.vocab import DC, DCTERMS, PROV, RDF, SCHEMA, SKOS

_CLASSES = {
    "page": SCHEMA.WebPage,
    "article": SCHEMA.NewsArticle,
    "document": SCHEMA.DigitalDocument,
    "register": SCHEMA.Dataset,
    "repository": SCHEMA.SoftwareSourceCode,
}


def source(space: Space) -> Mapped:
    """Return what a source becomes."""

    def classes(record: Source) -> tuple[NamedNode, ...]:
        return _CLASSES[record.form], PROV.Entity

    rules = {
        "name": text(SCHEMA.name),
        "url": address(SCHEMA.url),
        "publisher": text(DC.publisher),
        "published": date(SCHEMA.datePublished),
        "accessed": date(space.term("accessed")),
        "language": plain(SCHEMA.inLanguage),
        "licence": address(DCTERMS.license),
        "attribution": text(SCHEMA.creditText),
        "note": text(SKOS.note),
        "sources": sources(space),
        "form": elsewhere(RDF.type),
    }
    return Mapped(classes, rules)
