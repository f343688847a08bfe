"""How a resource's page is cited: in words, and for the programs that keep references."""

from __future__ import annotations

import json
from typing import NamedTuple

from flask import Response
from werkzeug.exceptions import NotFound

from lod.web.delivery import deliver
from lod.web.labels import Labels
from lod.web.scribe import Scribe
from lod.web.things import find, moved
from lod.web.translate import _
from lod.web.visit import edition, export, reader
from lod.web.wording import Text, pick


class Citation(NamedTuple):
    """What a citation names.

    Attributes:
        title: of the page.
        publisher: of the publication.
        publication: its title.
        version: of the release: the permalink to what was read; empty in static files, of which
            only the newest state stands anywhere.
        date: of the edition, as ``YYYY-MM-DD``.
        address: the permanent address of the resource.
        key: a short name for it among other references.
    """

    title: str
    publisher: str
    publication: str
    version: str
    date: str
    address: str
    key: str

    @property
    def text(self) -> str:
        """The citation in words."""
        told = self._asdict()
        if not self.version:
            return "{publisher}: {title}. In: {publication}. {address}".format(**told)
        return _(
            "%(publisher)s: %(title)s. In: %(publication)s, release %(version)s. %(address)s",
            **told,
        )


FORMATS = {
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8"),
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8"),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
}
"""Extension → what the format is called, and its media type."""


def citation(scribe: Scribe, reference: str) -> Citation:
    """Return how the page of a resource is cited; its name must have been learnt."""
    publication = edition().store.publication
    publisher = pick(publication.publisher.name, scribe.language) or Text("")
    title = pick(publication.title, scribe.language) or Text("")
    return Citation(
        title=scribe.name(reference).words,
        publisher=publisher.words,
        publication=title.words,
        version="" if export() else edition().version,
        date=str(publication.modified),
        address=scribe.space.thing(reference).value,
        key=reference.replace("/", "-"),
    )


def cited(kind: str, slug: str, extension: str) -> Response:
    """Answer with a citation as a file.

    Raises:
        NotFound: there is no such resource, or no such format.
    """
    if extension not in FORMATS:
        raise NotFound
    reference = find(kind, slug)
    if reference != f"{kind}/{slug}":
        return moved(f"doc/{reference}/cite.{extension}")
    store = edition().store
    scribe = Scribe(store, Labels(store.style), reader())
    scribe.learn([store.space.thing(reference)])
    response = Response(content_type=FORMATS[extension][1])
    response.headers["Vary"] = "Accept-Language"
    key = ("cite", reference, extension, reader().language)
    deliver(response, key, lambda: written(citation(scribe, reference), extension).encode())
    return response


def written(found: Citation, extension: str) -> str:
    """Return a citation in one of the formats."""
    return {"bib": _bibtex, "ris": _ris, "json": _csl}[extension](found)


def _bibtex(found: Citation) -> str:
    """Spec: https://ctan.org/pkg/biblatex (entry type ``online``)."""
    fields = {
        "title": found.title,
        "author": f"{{{_braced(found.publisher)}}}",
        "organization": found.publication,
        "version": found.version,
        "date": found.date,
        "url": found.address,
    }
    lines = (
        f"  {name} = {{{value if name == 'author' else _braced(value)}}},\n"
        for name, value in fields.items()
    )
    return f"@online{{{found.key},\n{''.join(lines)}}}\n"


def _braced(words: str) -> str:
    """Return words without what BibTeX would read as its own."""
    marks = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}"}
    return "".join(
        marks.get(letter, f"\\{letter}" if letter in "&%$#_" else letter) for letter in words
    )


def _ris(found: Citation) -> str:
    """Spec: https://refman.com (RIS; type ``ELEC``)."""
    fields = (
        ("TY", "ELEC"),
        ("TI", found.title),
        ("AU", found.publisher),
        ("T2", found.publication),
        ("ET", found.version),
        ("PY", found.date[:4]),
        ("DA", found.date.replace("-", "/")),
        ("UR", found.address),
        ("ER", ""),
    )
    return "".join(f"{name}  - {' '.join(value.split())}\r\n" for name, value in fields)


def _csl(found: Citation) -> str:
    """Spec: https://github.com/citation-style-language/schema (csl-data.json)."""
    item = {
        "id": found.key,
        "type": "webpage",
        "title": found.title,
        "author": [{"literal": found.publisher}],
        "container-title": found.publication,
        "version": found.version,
        "issued": {"date-parts": [[int(part) for part in found.date.split("-")]]},
        "URL": found.address,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"
