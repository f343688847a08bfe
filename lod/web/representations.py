"""The representations of documents: HTML and every RDF format, as one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lod.formats import FORMATS, JSON_LD, Format
from lod.formats import Writer as Write
from lod.formats.jsonld import expanded_json_ld, linked_json_ld

COMPACTED = "http://www.w3.org/ns/json-ld#compacted"
EXPANDED = "http://www.w3.org/ns/json-ld#expanded"
"""Spec: https://www.w3.org/TR/json-ld11/#iana-considerations"""
_UTF8 = ("text/html", "text/turtle", "text/plain")


@dataclass(frozen=True, slots=True)
class Representation:
    """A way in which a document can be had.

    Attributes:
        name: the word for it on pages.
        extension: names it in a path, with its point.
        media_type: as registered with IANA.
        also: other media types that ask for it.
        profile: the media type's profile that asks for it; empty where none needs to.
        write: of a graph's; None of those that aren't written from triples.
        parameters: of the media type, with their semicolons, beside profile and usual charset.
        worded: whether its content is in the reader's language.
    """

    name: str
    extension: str
    media_type: str
    also: tuple[str, ...] = ()
    profile: str = ""
    write: Write | None = None
    parameters: str = ""
    worded: bool = False

    @property
    def content_type(self) -> str:
        """The value of ``Content-Type``."""
        if self.profile:
            return f'{self.media_type};profile="{self.profile}"'
        return content_type(self.media_type) + self.parameters


def content_type(media_type: str) -> str:
    """Return a media type with its charset, where the type knows one."""
    return f"{media_type}; charset=utf-8" if media_type in _UTF8 else media_type


def _of(format_: Format) -> Representation:
    return Representation(
        format_.name, format_.extension, format_.media_type, format_.also, "", format_.write
    )


def _profiled(name: str, profile: str, write: Write) -> Representation:
    return Representation(name, JSON_LD.extension, JSON_LD.media_type, JSON_LD.also, profile, write)


HTML = Representation("HTML", ".html", "text/html", worded=True)
CSV = Representation("CSV", ".csv", "text/csv", parameters="; charset=utf-8; header=present")
"""Of answers to questions. Spec: https://www.rfc-editor.org/rfc/rfc4180#section-3"""
SHEET = replace(CSV, worded=True)
"""Of lists, whose columns have headings for people."""
RDF = tuple(map(_of, FORMATS))
"""One for each format of a graph, the default of data clients first."""
PROFILES = (
    _profiled("JSON-LD, linked context", COMPACTED, linked_json_ld),
    _profiled("JSON-LD, expanded", EXPANDED, expanded_json_ld),
)
TRIG = Representation("TriG", ".trig", "application/trig")
N_QUADS = Representation("N-Quads", ".nq", "application/n-quads")
"""Of fragments alone: the formats that keep data and controls apart."""
ATOM = Representation("Atom", ".atom", "application/atom+xml", worded=True)
"""Of changes alone: what feed readers take."""
DOCUMENT = (*RDF, *PROFILES, HTML)
"""What documents are offered in, the default first."""
GRAPH = (*RDF, *PROFILES)
"""What is offered of a graph that has no page."""
PAGE = (HTML,)
"""What pages without a graph are offered in."""
EXTENSIONS = frozenset(offer.extension for offer in DOCUMENT)


def named(extension: str, offers: Sequence[Representation]) -> tuple[Representation, ...]:
    """Return the offers that an extension names; all of them where there is none."""
    return tuple(offer for offer in offers if extension in ("", offer.extension))


def alternates(offers: Sequence[Representation]) -> list[Representation]:
    """Return the offers that have an address of their own."""
    return [offer for offer in offers if not offer.profile]
