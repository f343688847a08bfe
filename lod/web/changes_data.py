"""The changes as data: activities with their statements in RDF, and a feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pyoxigraph import Literal, NamedNode, Triple

from lod.changes import ADDED, CHANGED, REMOVED, Change, Difference
from lod.mapping.rules import date_literal
from lod.vocab import AS, CS, PROV, RDF, XSD
from lod.web.edition import Edition
from lod.web.representations import ATOM, HTML
from lod.web.respond import author
from lod.web.wording import Text, pick

_ATOM = "http://www.w3.org/2005/Atom"
_ACTIVITIES = {ADDED: AS.Create, CHANGED: AS.Update, REMOVED: AS.Delete}


def activity(edition: Edition, change: Change) -> str:
    """Return the IRI of a change; no other change has it, of whatever release."""
    return f"{edition.base}changes#{edition.version}/{change.reference}"


def moment(edition: Edition) -> str:
    """Return the date of the edition as a time: days, or less, are all that an edition knows."""
    day = f"{edition.store.publication.modified}-01-01"[: len("2026-01-01")]
    return f"{day}T00:00:00Z"


def activities(edition: Edition, shown: Sequence[Change]) -> Iterator[Triple]:
    """Yield changes as activities, and of entities that changed the statements that did.

    Spec: https://www.w3.org/TR/activitystreams-vocabulary/, https://vocab.org/changeset/
    """
    here, since = NamedNode(f"{edition.base}changes"), edition.changes
    yield Triple(here, RDF.type, AS.Collection)
    number = sum(sum(of.values()) for of in since.counts.values()) if since else 0
    yield Triple(here, AS.totalItems, Literal(number))
    if since is None:
        return
    for version in (since.version, edition.version):
        manifest = NamedNode(f"{edition.base}dumps/{version}/manifest.json")
        yield Triple(here, PROV.wasDerivedFrom, manifest)
    changed = since.differences(one.reference for one in shown if one.what == CHANGED)
    for change in shown:
        node = NamedNode(activity(edition, change))
        thing = edition.store.space.thing(change.reference)
        yield Triple(here, AS.items, node)
        yield Triple(node, RDF.type, _ACTIVITIES[change.what])
        yield Triple(node, AS.object, thing)
        yield Triple(node, AS.actor, NamedNode(author(edition.base)))
        yield Triple(node, AS.published, Literal(moment(edition), datatype=XSD.dateTime))
        if change.what == CHANGED:
            modified = date_literal(edition.store.publication.modified)
            yield Triple(node, RDF.type, CS.ChangeSet)
            yield Triple(node, CS.subjectOfChange, thing)
            yield Triple(node, CS.createdDate, modified)
            yield from _statements(node, changed[change.reference])


def _statements(node: NamedNode, difference: Difference) -> Iterator[Triple]:
    for predicate, triples in ((CS.removal, difference.gone), (CS.addition, difference.new)):
        name = predicate.value.removeprefix(CS.iri)
        for number, triple in enumerate(triples, start=1):
            statement = NamedNode(f"{node.value}/{name}-{number}")
            yield Triple(node, predicate, statement)
            yield Triple(statement, RDF.type, RDF.Statement)
            yield Triple(statement, RDF.subject, triple.subject)
            yield Triple(statement, RDF.predicate, triple.predicate)
            yield Triple(statement, RDF.object, triple.object)


class Item(NamedTuple):
    """An entry of the feed.

    Attributes:
        iri: of the change.
        title: in a few words.
        summary: what changed; empty where the title says it all.
        href: the page that it leads to.
    """

    iri: str
    title: str
    summary: str
    href: str


def feed(edition: Edition, title: str, language: str, items: Iterable[Item]) -> bytes:
    """Return changes as an Atom feed.

    Args:
        edition: that they led to.
        title: of the feed.
        language: of all its words.
        items: the changes.

    Spec: https://www.rfc-editor.org/rfc/rfc4287
    """
    publisher = edition.store.publication.publisher.name
    here = f"{edition.base}changes"
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    SubElement(root, "title").text = title
    SubElement(root, "id").text = f"{here}.atom"
    SubElement(root, "updated").text = moment(edition)
    SubElement(root, "link", rel="self", type=ATOM.media_type, href=f"{here}.atom")
    SubElement(root, "link", rel="alternate", type=HTML.media_type, href=here)
    name = SubElement(SubElement(root, "author"), "name")
    name.text = (pick(publisher, language) or Text("")).words
    SubElement(root, "rights").text = edition.store.publication.licence_name
    for item in items:
        entry = SubElement(root, "entry")
        SubElement(entry, "title").text = item.title
        SubElement(entry, "id").text = item.iri
        SubElement(entry, "updated").text = moment(edition)
        SubElement(entry, "link", rel="alternate", type=HTML.media_type, href=item.href)
        SubElement(entry, "summary").text = item.summary or item.title
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
