"""``/search``: what bears a name or a key, or is described in some words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from flask import Response, request
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.exceptions import NotFound

from lod.formats import ordered
from lod.iri import KINDS
from lod.search import Found, Known
from lod.search.asking import Match
from lod.search.folding import LONGEST, words_of
from lod.vocab import RDF, SCHEMA
from lod.web import hydra
from lod.web.delivery import deliver
from lod.web.faults import Fault
from lod.web.labels import Labels
from lod.web.paging import Paging
from lod.web.representations import RDF as DATA
from lod.web.respond import Document, Page, extension_of, respond
from lod.web.scribe import Scribe, Value, kind_name
from lod.web.translate import _
from lod.web.visit import edition, export, page_number, reader
from lod.web.wording import Text, chain, pick

PATH = "search"
SIZE = 20
"""Results on a page."""
SUGGESTED = 10
SUGGESTIONS = "application/x-suggestions+json"
DESCRIPTION = "application/opensearchdescription+xml"
_SHOWN = 220
"""Characters of a description that are shown."""


class Piece(NamedTuple):
    """A piece of a text, and whether it is what was searched for."""

    words: str
    marked: bool


class Row(NamedTuple):
    """A result as the page shows it.

    Attributes:
        value: its name, linked to its page.
        kind: what it is.
        places: where it lies.
        text: an extract of its description.
        lang: of the extract, where it isn't that of the page.
    """

    value: Value
    kind: str
    places: list[Value]
    text: list[Piece]
    lang: str


def results(extension: str = "") -> Response:
    """Answer with a page of the resources that were found, in any format.

    Args:
        extension: of the address, without its point.
    """
    if export() is not None:
        return respond(Document(PATH, page=lambda: Page("search-export.html", _offline())))
    words, kind = _words(), _kind()
    found = edition().search.find(words, kind)
    # A browser that fills in an OpenSearch template leaves the number of the page empty.
    number = page_number() if request.args.get("page") else 1
    paging = Paging(number, len(found.hits), SIZE)
    if paging.beyond:
        raise NotFound
    ending = extension_of(extension)
    arguments = {name: value for name, value in (("q", words), ("kind", kind)) if value}
    hits = found.hits[paging.start : paging.end]
    known = edition().search.known(hit.entry for hit in hits)
    return respond(
        Document(
            PATH,
            lambda: _graph(known, paging, arguments),
            lambda: Page("search.html", _context(found, known, paging, arguments)),
            ending,
            {**arguments, **paging.arguments},
            paging.links(reader().path(PATH + ending), arguments),
        )
    )


def suggestions() -> Response:
    """Answer with what the beginning of a name may become, for the field of a browser.

    Spec: https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1/Draft%201.wiki
    """
    words, kind = _words(), _kind()
    response = Response(content_type=SUGGESTIONS)
    response.headers["Vary"] = "Accept-Language"
    deliver(response, ("suggest", words, kind, reader()), lambda: _suggestions(words, kind))
    return response


def description() -> Response:
    """Answer with what a browser has to know to search here.

    Spec: https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
    """
    response = Response(content_type=DESCRIPTION)
    response.headers["Vary"] = "Accept-Language"
    deliver(response, ("opensearch", reader()), lambda: _description().encode())
    return response


def name_of(known: Known) -> str:
    """Return the name of a resource in the reader's language; its slug where it has none."""
    text = pick(known.names, reader().language)
    return text.words if text else known.reference.partition("/")[2]


def _words() -> str:
    return " ".join(request.args.get("q", "")[:LONGEST].replace("\0", " ").split())


def _kind() -> str:
    kind = request.args.get("kind", "")
    if kind and kind not in KINDS:
        detail = _("?kind= takes one of: %(kinds)s.", kinds=", ".join(KINDS))
        raise Fault(400, _("No such kind"), detail)
    return kind


def _suggestions(words: str, kind: str) -> bytes:
    known = edition().search.suggest(words, SUGGESTED, [kind] if kind else [])
    names = [name_of(one) for one in known]
    about = [kind_name(one.kind, reader().language) for one in known]
    pages = [f"{edition().base}doc/{one.reference}" for one in known]
    content = json.dumps([words, names, about, pages], ensure_ascii=False)
    return content.replace("<", "\\u003c").encode()


def _graph(known: Sequence[Known], paging: Paging, arguments: Mapping[str, object]) -> list[Triple]:
    """Return the results as a list that keeps their order, each with class and name.

    Args:
        known: the results on the page.
        paging: where the page stands.
        arguments: of the query, without the page.
    """
    store, here = edition().store, NamedNode(Document(PATH, arguments=arguments).canonical)
    triples = [
        Triple(here, RDF.type, SCHEMA.ItemList),
        Triple(here, SCHEMA.numberOfItems, Literal(paging.total)),
    ]
    about = store.abouts((one.reference for one in known), RDF.type, SCHEMA.name)
    for position, one in enumerate(known, start=paging.start + 1):
        item = NamedNode(f"{here.value}#result-{position}")
        triples += [
            Triple(here, SCHEMA.itemListElement, item),
            Triple(item, RDF.type, SCHEMA.ListItem),
            Triple(item, SCHEMA.position, Literal(position)),
            Triple(item, SCHEMA.item, store.space.thing(one.reference)),
            *about[one.reference],
        ]
    things = [store.space.thing(one.reference) for one in known]
    controls = hydra.collection(f"{edition().base}{PATH}", paging, things, arguments)
    return ordered([*triples, *controls])


def _context(
    found: Found, known: Sequence[Known], paging: Paging, arguments: Mapping[str, str]
) -> dict[str, Any]:
    store = edition().store
    scribe = Scribe(store, Labels(store.style), reader())
    scribe.learn(
        store.space.thing(reference)
        for one in known
        for reference in (one.reference, *_places(one))
    )
    wanted = found.corrected or found.words
    return {
        "rows": [_row(one, scribe, wanted) for one in known],
        "paging": paging,
        "words_asked": arguments.get("q", ""),
        "kind_asked": arguments.get("kind", ""),
        "kinds": {kind: found.kinds[kind] for kind in KINDS if kind in found.kinds},
        "more": found.more,
        "misspelt": bool(found.hits) and found.hits[0].match is Match.MISSPELT,
        "corrected": " ".join(found.corrected),
        "arguments": arguments,
    }


def _offline() -> dict[str, Any]:
    """Return what the page needs whose script searches, and what it leads to without one."""
    language = reader().language
    there = [kind for kind in KINDS if kind in edition().store.counts]
    return {
        "kinds": {kind: kind_name(kind, language, plural=True) for kind in there},
        "kind_singular": {kind: kind_name(kind, language) for kind in there},
    }


def _places(known: Known) -> list[str]:
    named = (*known.facts.get("district", ()), *known.facts.get("state", ()))
    return [str(reference) for reference in named]


def _row(known: Known, scribe: Scribe, wanted: Sequence[str]) -> Row:
    value = scribe.resource(known.reference)
    places = {place.text.words: place for place in map(scribe.resource, _places(known))}
    places.pop(value.text.words, None)
    text = _telling(known.texts, wanted, scribe.language)
    kind = kind_name(known.kind, scribe.language)
    return Row(value, kind, list(places.values()), extract(text.words, wanted), text.lang)


def _telling(texts: Mapping[str, str], wanted: Sequence[str], language: str) -> Text:
    """Return the description in the language that has the words; in the reader's where none has."""
    codes = chain(language, texts)
    telling = [code for code in codes if _has(texts[code], wanted)]
    for code in (*telling, *codes):
        return Text(texts[code], "" if code == language else code)
    return Text("")


def _has(text: str, wanted: Sequence[str]) -> bool:
    return any(word.startswith(tuple(wanted)) for _, _, word in words_of(text))


def extract(text: str, wanted: Sequence[str]) -> list[Piece]:
    """Return the part of a text where the words stand, in pieces, with the words marked."""
    marks = [(s, e) for s, e, word in words_of(text) if wanted and word.startswith(tuple(wanted))]
    first = marks[0][0] if marks else 0
    start = 0 if first < _SHOWN // 2 else text.rfind(" ", 0, first - _SHOWN // 4) + 1
    end = len(text) if len(text) - start <= _SHOWN else text.rfind(" ", start, start + _SHOWN)
    end = end if end > first else min(len(text), start + _SHOWN)
    pieces = [Piece("… ", marked=False)] if start else []
    place = start
    for mark_start, mark_end in marks:
        if mark_end <= end:
            pieces += [Piece(text[place:mark_start], marked=False)]
            pieces += [Piece(text[mark_start:mark_end], marked=True)]
            place = mark_end
    pieces += [Piece(text[place:end], marked=False)]
    pieces += [Piece(" …", marked=False)] if end < len(text) else []
    return [piece for piece in pieces if piece.words]


def _description() -> str:
    base = edition().base
    publication = edition().store.publication
    title = pick(publication.title, reader().language) or Text("")
    about = pick(publication.description, reader().language) or Text("")
    host = base.partition("://")[2].partition("/")[0]
    query = f"{base}{PATH}?q={{searchTerms}}"
    page = "" if export() else "&page={startPage?}"
    offered = (
        (SUGGESTIONS, "suggestions", f"{base}{PATH}/suggest?q={{searchTerms}}"),
        *(
            (offer.media_type, "results", f"{base}{PATH}{offer.extension}?q={{searchTerms}}{page}")
            for offer in DATA
        ),
    )
    urls = [
        f"<Url type={quoteattr(type_)} rel={quoteattr(relation)} template={quoteattr(template)}/>"
        for type_, relation, template in (
            ("text/html", "results", query + page),
            # Without a server a script of the page alone can answer.
            *(() if export() else offered),
            (DESCRIPTION, "self", f"{base}opensearch.xml"),
        )
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(host[:16])}</ShortName>",
        f"<LongName>{escape(title.words[:48])}</LongName>",
        f"<Description>{escape(about.words[:1024])}</Description>",
        *urls,
        f'<Image type="image/svg+xml">{escape(base)}static/favicon.svg</Image>',
        '<Query role="example" searchTerms="Jena"/>',
        *(f"<Language>{code}</Language>" for code in edition().languages),
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        "</OpenSearchDescription>",
    ]
    return "\n".join(lines) + "\n"
