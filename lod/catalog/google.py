"""The catalog and its datasets as search engines read them, to be embedded in pages.

Spec: https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lod.catalog.controlled import LICENCE
from lod.catalog.facts import ALL
from lod.catalog.licences import LICENCES
from lod.catalog.model import Edition, dump_name
from lod.formats import Format
from lod.records.publication import Area

LONGEST = 5000
"""The most characters of a description that Google takes."""
JsonLd = dict[str, Any]


def schema_org(catalog: Edition, dataset: str | None = None, language: str = "en") -> JsonLd:
    """Return the schema.org view of the catalog or of one of its datasets, as JSON-LD.

    Args:
        catalog: of the release, such as `Catalog.of` returns.
        dataset: ``all`` or a kind; the catalog itself when left out.
        language: of the words, where there are any in it, else German, English or any.

    Raises:
        KeyError: there is no such dataset.
    """
    view: JsonLd = {"@context": "https://schema.org/"}
    if dataset is None:
        return view | _catalog(catalog, language)
    view |= _dataset(catalog, dataset, language)
    if dataset == ALL:
        kinds = catalog.facts.kinds
        return view | {"hasPart": [_short(catalog, kind, language) for kind in kinds]}
    return view | {"isPartOf": _short(catalog, ALL, language)}


def _catalog(catalog: Edition, language: str) -> JsonLd:
    publication = catalog.publication
    return {
        **_named(catalog, language),
        "description": _in(publication.description, language)[:LONGEST],
        **_common(catalog, language),
        "dataset": [_short(catalog, dataset, language) for dataset in catalog.datasets],
    }


def _named(catalog: Edition, language: str) -> JsonLd:
    return {
        "@type": "DataCatalog",
        "@id": catalog.node().value,
        "name": _in(catalog.publication.title, language),
        "url": catalog.space.base,
    }


def _common(catalog: Edition, language: str) -> JsonLd:
    """Return what catalog and datasets state alike."""
    publication = catalog.publication
    publisher = _publisher(catalog, language)
    return {
        "creator": publisher,
        "publisher": publisher,
        "license": _licence(publication.licence),
        "datePublished": publication.issued,
        "dateModified": publication.modified,
        "inLanguage": list(publication.languages),
        "isAccessibleForFree": publication.access == "PUBLIC",
        "spatialCoverage": _places(catalog, language),
    }


def _dataset(catalog: Edition, dataset: str, language: str) -> JsonLd:
    node = catalog.node(dataset).value
    start, end = catalog.period(dataset)
    attributions = [_in(one.text, language) for one in catalog.publication.attributions]
    return {
        **_short(catalog, dataset, language),
        "description": _in(catalog.description(dataset), language)[:LONGEST],
        "identifier": node,
        "version": catalog.version,
        "keywords": [_in(words, language) for words in catalog.keywords(dataset)],
        **_common(catalog, language),
        "temporalCoverage": f"{start}/{end}",
        "includedInDataCatalog": _named(catalog, language),
        "distribution": [
            _file(catalog, dataset, format_, compressed)
            for format_ in catalog.formats(dataset)
            for compressed in (False, True)
        ],
        **({"creditText": " · ".join(attributions)} if attributions else {}),
    }


def _short(catalog: Edition, dataset: str, language: str) -> JsonLd:
    """Return what names a dataset; Google takes a nested one with its description only."""
    node = catalog.node(dataset).value
    return {
        "@type": "Dataset",
        "@id": node,
        "name": _in(catalog.title(dataset), language),
        "description": _in(catalog.description(dataset), language)[:LONGEST],
        "license": _licence(catalog.publication.licence),
        "creator": _publisher(catalog, language),
        "url": node,
    }


def _publisher(catalog: Edition, language: str) -> JsonLd:
    publication = catalog.publication
    contact = {
        "@type": "ContactPoint",
        "contactType": "customer service",
        "name": _in(publication.contact.name, language),
        "email": publication.contact.email,
        "url": publication.contact.page,
    }
    return {
        "@type": "Organization",
        "@id": catalog.node("publisher").value,
        "name": _in(publication.publisher.name, language),
        "url": publication.publisher.homepage or catalog.space.base,
        "contactPoint": {name: value for name, value in contact.items() if value},
    }


def _licence(iri: str) -> str:
    """Return the address of the licence's own text, which more readers know than the list's."""
    known = LICENCES.get(iri.removeprefix(LICENCE.prefix))
    return (known.page if known else "") or iri


def _places(catalog: Edition, language: str) -> list[JsonLd]:
    """Return one place for each name, with all its addresses."""
    found: dict[str, list[Area]] = {}
    for area in catalog.areas:
        found.setdefault(_in(area.name, language), []).append(area)
    return [
        {
            "@type": "Place",
            "name": name,
            "sameAs": [area.iri for area in areas],
            **_box(areas),
        }
        for name, areas in found.items()
    ]


def _box(areas: list[Area]) -> JsonLd:
    box = next((area.box for area in areas if area.box is not None), None)
    if box is None:
        return {}
    # Google reads a box as south west, north east. Spec: https://schema.org/box
    corners = f"{box.south} {box.west} {box.north} {box.east}"
    return {"geo": {"@type": "GeoShape", "box": corners}}


def _file(catalog: Edition, dataset: str, format_: Format, compressed: bool) -> JsonLd:
    path = dump_name(dataset, format_, compressed)
    file = catalog.files[path]
    return {
        "@type": "DataDownload",
        "@id": catalog.node(path.partition("/")[2]).value,
        "name": path.partition("/")[2],
        "contentUrl": catalog.download(path).value,
        "encodingFormat": "application/gzip" if compressed else format_.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _in(words: Mapping[str, str], language: str) -> str:
    order = (language, "de", "en", "")
    return next((words[one] for one in order if one in words), next(iter(words.values())))
