"""What is stated otherwise of an entity than in the release before, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from lod.changes import Difference
from lod.vocab import GEO, LOCN, PROV, RDF, SCHEMA
from lod.web.scribe import About, Scribe, Value, by_subject
from lod.web.wording import pick_all

_HIDDEN = frozenset({GEO.asWKT, LOCN.geometry, GEO.hasGeometry})
"""The same as latitude and longitude, for machines."""
_HIDDEN_OF_PARTS = frozenset({RDF.type, PROV.wasDerivedFrom})
_NAMED_BY = (SCHEMA.measuredProperty, SCHEMA.name, PROV.agent, SCHEMA.agent)
"""What a part is called by: its measure, its name, or who is involved."""
_UNITS = frozenset({SCHEMA.measuredProperty, SCHEMA.currency, SCHEMA.unitText})
"""What goes without saying beside a figure that is new or gone."""
_LONG, _LONGEST = 60, 6_000
"""Characters from which words are compared one by one, and up to which that is quick."""

Key = tuple[NamedNode, NamedNode, str]
"""Subject, property, and the language of the words."""


class Piece(NamedTuple):
    """A piece of a text, and whether the other text lacks it."""

    words: str
    marked: bool


class Side(NamedTuple):
    """A value that stands in one of the releases alone.

    Attributes:
        value: as pages show it.
        pieces: of a long text, what is the same and what isn't; empty of everything else.
    """

    value: Value
    pieces: list[Piece]


class Row(NamedTuple):
    """A property whose values aren't the same.

    Attributes:
        part: of the entity that it tells of; empty of the whole.
        label: what the property is called.
        term: its short IRI.
        language: of the words, where they are in one.
        gone: the values that it had.
        new: the values that it has now.
        sources: the numbers of those that the statement rests on now.
    """

    part: str
    label: str
    term: str
    language: str
    gone: list[Side]
    new: list[Side]
    sources: list[int]


def nodes(difference: Difference, now: Iterable[Triple]) -> set[NamedNode | Literal]:
    """Return every term whose name `told` may need."""
    sources = (triple for triple in now if triple.predicate == PROV.wasDerivedFrom)
    every = (*difference.gone, *difference.new, *sources)
    return {one.object for one in every if isinstance(one.object, NamedNode | Literal)}


def told(
    scribe: Scribe, reference: str, difference: Difference, now: Iterable[Triple]
) -> list[Row]:
    """Return the properties of an entity and its parts whose values changed.

    Args:
        scribe: has learnt the `nodes`.
        reference: of the entity.
        difference: between the releases.
        now: its description in this release.
    """
    whole = scribe.space.thing(reference)
    gone, new = _grouped(whole, difference.gone), _grouped(whole, difference.new)
    about: dict[NamedNode, About] = {**by_subject(difference.gone), **by_subject(now)}
    rows: dict[tuple[object, ...], Row] = {}
    for key in sorted({*gone, *new}, key=lambda key: _place(scribe, whole, key)):
        old, fresh = gone.get(key, []), new.get(key, [])
        # Two vocabularies say the same; the first of them is enough for a reader.
        same = (key[0], key[2], *map(str, old), None, *map(str, fresh))
        if same not in rows and ((old and fresh) or key[1] not in _UNITS):
            rows[same] = _row(scribe, whole, key, (old, fresh), about)
    return list(rows.values())


def _grouped(whole: NamedNode, triples: Iterable[Triple]) -> dict[Key, list[NamedNode | Literal]]:
    found: dict[Key, list[NamedNode | Literal]] = {}
    for subject, predicate, term in triples:
        if isinstance(subject, NamedNode) and isinstance(term, NamedNode | Literal):
            inside = isinstance(term, NamedNode) and term.value.startswith(f"{whole.value}/")
            hidden = _HIDDEN | (_HIDDEN_OF_PARTS if subject != whole else set())
            if predicate not in hidden and not inside:
                language = (term.language or "") if isinstance(term, Literal) else ""
                found.setdefault((subject, predicate, language), []).append(term)
    return found


def _place(scribe: Scribe, whole: NamedNode, key: Key) -> tuple[object, ...]:
    """Return what rows are sorted by: the whole first, own terms and schema.org's before others."""
    subject, predicate, language = key
    spaces = (scribe.space.ns, SCHEMA.iri)
    rank = next((i for i, one in enumerate(spaces) if predicate.value.startswith(one)), 2)
    path = subject.value.removeprefix(whole.value)
    return path, rank, scribe.labels.forward(predicate, scribe.language), predicate.value, language


def _row(
    scribe: Scribe,
    whole: NamedNode,
    key: Key,
    values: tuple[list[NamedNode | Literal], list[NamedNode | Literal]],
    about: Mapping[NamedNode, About],
) -> Row:
    subject, predicate, language = key
    sources = scribe.cite(about.get(subject, {}), PROV.wasDerivedFrom)
    gone, new = _sides(*([scribe.value(term) for term in terms] for terms in values))
    return Row(
        _part(scribe, whole, subject, about.get(subject, {})) if subject != whole else "",
        scribe.labels.forward(predicate, scribe.language),
        scribe.labels.curie(predicate),
        scribe.wording.language_name(language) if language else "",
        gone,
        new,
        sources or scribe.cite(about.get(whole, {}), PROV.wasDerivedFrom),
    )


def _sides(gone: list[Value], new: list[Value]) -> tuple[list[Side], list[Side]]:
    """Return values as they stand beside each other; where a text is another, word by word."""
    lengths = [len(one.text.words) for one in (*gone, *new)]
    if len(gone) == len(new) == 1 and min(lengths) >= _LONG and max(lengths) <= _LONGEST:
        before, now = compared(gone[0].text.words, new[0].text.words)
        return [Side(gone[0], before)], [Side(new[0], now)]
    return [Side(one, []) for one in gone], [Side(one, []) for one in new]


def compared(before: str, now: str) -> tuple[list[Piece], list[Piece]]:
    """Return two texts in pieces, those marked that only one of them has.

    >>> [piece.words for piece in compared("in one line", "in two lines")[1] if piece.marked]
    ['two', 'lines']
    """
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, now))
    pieces: tuple[list[Piece], list[Piece]] = [], []
    for what, *bounds in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words, (start, end) in zip(
            pieces, (old, new), (bounds[:2], bounds[2:]), strict=True
        ):
            if start < end:
                side.append(Piece("".join(words[start:end]), what != "equal"))
    return pieces


def _part(scribe: Scribe, whole: NamedNode, node: NamedNode, about: About) -> str:
    """Return what a part is called; its path where it has no name."""
    for predicate in _NAMED_BY:
        terms = about.get(predicate, [])
        for term in terms:
            if isinstance(term, NamedNode):
                return scribe.value(term).text.words
        words = pick_all((t for t in terms if isinstance(t, Literal)), scribe.language)
        if words:
            return words[0].words
    return node.value.removeprefix(f"{whole.value}/")
