"""What the query page shows: the example queries, the terms to complete, the rows of a result."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from lod.store import Store
from lod.web.parameters import Parameter, parameters, plain
from lod.web.visit import Reader

_PACKAGE = Path(__file__).parent.parent
_EXAMPLE_BASE = "https://lod.example.org/"
_QUESTION = re.compile(
    r"^## (?P<name>\S+)\n\n"
    r"\*\*Deutsch:\*\* (?P<de>[^\n]+)\n\n"
    r"\*\*English:\*\* (?P<en>[^\n]+)\n\n"
    r"(?P<table>(?:\|[^\n]+\n)*)\n*"
    r"(?:\*\*Gezählt:\*\* (?P<note_de>[^\n]+)\n\n\*\*Counted:\*\* (?P<note_en>[^\n]+)\n\n)?"
    r"```sparql\n(?P<query>.*?)```",
    re.DOTALL | re.MULTILINE,
)


class Example(NamedTuple):
    """A question and its query.

    Attributes:
        name: of the question.
        texts: the question by language.
        query: in SPARQL.
        marked: the question by language, with what may be replaced in asterisks.
        parameters: what may be replaced.
        notes: what is counted by language; empty where the question says it.
    """

    name: str
    texts: dict[str, str]
    query: str
    marked: dict[str, str]
    parameters: tuple[Parameter, ...]
    notes: dict[str, str]


@cache
def _questions() -> str:
    """Return the questions, which lie in the package where it is installed, in ``docs`` here."""
    for path in (_PACKAGE / "questions.md", _PACKAGE.parent / "docs" / "questions.md"):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return ""


@cache
def examples(base: str) -> list[Example]:
    """Return the example queries, about the IRIs of a publication."""
    return [
        Example(
            match["name"],
            {language: plain(match[language]) for language in ("de", "en")},
            match["query"].replace(_EXAMPLE_BASE, base).strip(),
            {"de": match["de"], "en": match["en"]},
            parameters(match["table"]),
            {"de": match["note_de"] or "", "en": match["note_en"] or ""},
        )
        for match in _QUESTION.finditer(_questions())
    ]


def vocabulary(store: Store) -> dict[str, Any]:
    """Return the prefixes of the publication, and the terms that its release uses."""
    counts = store.release.manifest["counts"]
    return {
        "prefixes": store.style.prefixes,
        "classes": list(counts["classes"]),
        "properties": list(counts["properties"]),
    }


class Cell(NamedTuple):
    """A term in a table.

    Attributes:
        text: what is shown.
        href: where it leads; empty of literals.
        language: of the text; empty of what has none.
        title: what else is known: the whole IRI, or the datatype.
    """

    text: str
    href: str = ""
    language: str = ""
    title: str = ""


def shown_rows(found: dict[str, Any], store: Store, reader: Reader) -> dict[str, Any]:
    """Return a result with its terms as they are shown."""
    if "truth" in found:
        return found
    rows = [[_cell(term, store, reader) for term in row] for row in found["rows"]]
    return {**found, "rows": rows}


def _cell(term: dict[str, str] | None, store: Store, reader: Reader) -> Cell:
    if term is None:
        return Cell("")
    if term["type"] == "iri":
        return _link(term["value"], store, reader)
    if term["type"] == "other":
        return Cell(term["value"])
    return _literal(term["value"], term["language"], term["datatype"], store)


def cell(term: NamedNode | Literal, store: Store, reader: Reader) -> Cell:
    """Return a term as it is shown in a table."""
    if isinstance(term, NamedNode):
        return _link(term.value, store, reader)
    return _literal(term.value, term.language or "", term.datatype.value, store)


def _literal(value: str, language: str, datatype: str, store: Store) -> Cell:
    plain = language or datatype.endswith(("#string", "#langString"))
    return Cell(value, language=language, title="" if plain else _short(datatype, store))


def _link(iri: str, store: Store, reader: Reader) -> Cell:
    """Return a link: to our page about a resource of ours, else to the IRI itself."""
    base = store.space.base
    if not iri.startswith(base):
        href = iri if iri.startswith(("http://", "https://")) else ""
        return Cell(_short(iri, store), href, title=iri)
    path = iri[len(base) :]
    text = path.removeprefix("id/") if path.startswith(("id/", "graph/")) else _short(iri, store)
    return Cell(text, reader.page(path), title=iri)


def _short(iri: str, store: Store) -> str:
    curie = store.style.curie(iri)
    return ":".join(curie) if curie else iri
