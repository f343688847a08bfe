"""``/compare``: two to four places side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from flask import Response, request
from pyoxigraph import Literal, NamedNode

from lod.vocab import SCHEMA
from lod.web.facts import facts
from lod.web.faults import Fault
from lod.web.labels import Labels
from lod.web.meant import Meant, meant
from lod.web.mentions import mentioned
from lod.web.parts import figures
from lod.web.respond import Document, Page, respond
from lod.web.scribe import About, Scribe, Value, by_subject, in_order, kind_name, kind_of
from lod.web.sources import citations
from lod.web.translate import _
from lod.web.visit import edition, reader
from lod.web.wording import Text

PATH, PARAMETER = "compare", "of"
LEAST, MOST = 2, 4
_LONGEST = 200
_SHOWN = 8


class Cell(NamedTuple):
    """What is told of one place in a line.

    Attributes:
        values: what is told; empty where nothing is.
        sources: the numbers of its sources at the foot of the page.
    """

    values: Sequence[Value] = ()
    sources: Sequence[int] = ()


class Line(NamedTuple):
    """A line of the comparison.

    Attributes:
        label: what is compared.
        cells: one for each place.
    """

    label: str
    cells: list[Cell]


class Choice(NamedTuple):
    """A field of the form.

    Attributes:
        words: that stand in it.
        problem: why they name no place; empty where they do.
        candidates: places that they may name, each with what it is and the address that takes it.
    """

    words: str = ""
    problem: str = ""
    candidates: Sequence[tuple[Value, str]] = ()


def comparison() -> Response:
    """Answer with places side by side, or with the form to choose them.

    Raises:
        Fault: more are named than stand side by side, or what is named can't be told.
    """
    asked = [words.strip()[:_LONGEST] for words in request.args.getlist(PARAMETER)]
    given = [words for words in asked if words]
    found = [meant(words) for words in given]
    references = list(dict.fromkeys(one.reference for one in found if one.reference))
    if len(set(given)) > MOST:
        raise Fault(400, _("Too many"), _("At most four places stand side by side."))
    scribe = Scribe(edition().store, Labels(edition().store.style), reader())
    scribe.learn(map(scribe.space.thing, references))
    if not all(one.reference for one in found):
        raise _unclear(scribe, given, found)
    hints = [*_taken(scribe, given, found), *_missing(scribe, asked, found, references)]

    def page() -> Page:
        lines = _lines(scribe, references) if len(references) >= LEAST else []
        choices = [Choice(scribe.name(reference).words) for reference in references]
        return Page("compare.html", _context(scribe, references, choices, hints, lines))

    arguments = {PARAMETER: tuple(references)} if references else {}
    return respond(Document(PATH, page=page, arguments=arguments, mark="\n".join(hints)))


def _context(
    scribe: Scribe,
    references: Sequence[str],
    choices: Sequence[Choice],
    hints: Sequence[str] = (),
    lines: Sequence[Line] = (),
) -> dict[str, object]:
    return {
        "places": [scribe.resource(reference) for reference in references],
        "choices": [*choices, *[Choice()] * (MOST - len(choices))],
        "hints": hints,
        "lines": lines,
        "cited": citations(scribe),
    }


def _taken(scribe: Scribe, given: Sequence[str], found: Sequence[Meant]) -> Iterator[str]:
    """Yield what was taken for words that nothing is called by."""
    for words, one in zip(given, found, strict=True):
        if not one.exact:
            name = scribe.name(one.reference).words
            yield _(
                "No place is called “%(words)s”; %(name)s was taken for it.", words=words, name=name
            )


def _missing(
    scribe: Scribe, asked: Sequence[str], found: Sequence[Meant], references: Sequence[str]
) -> Iterator[str]:
    """Yield what is missing to compare anything."""
    if not references:
        yield from [_("Name at least two places.")] if asked else []
    elif len(references) < LEAST:
        name = scribe.name(references[0]).words
        if len(found) > 1:
            yield _("%(name)s is named twice; name another place beside it.", name=name)
        else:
            yield _("Name another place to compare %(name)s with.", name=name)


def _unclear(scribe: Scribe, given: Sequence[str], found: Sequence[Meant]) -> Fault:
    """Return the form as it was sent, with what isn't clear and what it may be."""
    choices = [_choice(scribe, number, given, one) for number, one in enumerate(found)]
    wrong = [choice for choice in choices if choice.problem]
    title = _("Which place?") if any(one.candidates for one in wrong) else _("No such place")
    return Fault(
        400,
        title,
        " ".join(choice.problem for choice in wrong),
        choices={value.text.words: href for choice in wrong for value, href in choice.candidates},
        page=("compare.html", _context(scribe, (), choices)),
    )


def _choice(scribe: Scribe, number: int, given: Sequence[str], one: Meant) -> Choice:
    """Return a field as it was sent, with the places that it may mean."""
    words = given[number]
    if one.reference:
        return Choice(scribe.name(one.reference).words if one.exact else words)
    if not one.candidates:
        return Choice(
            words, _("No place is called “%(words)s”. Try its official key.", words=words)
        )
    scribe.learn(map(scribe.space.thing, one.candidates))
    candidates = []
    for reference in one.candidates:
        others = [*given[:number], reference, *given[number + 1 :]]
        href = reader().page(PATH, {PARAMETER: tuple(others)})
        candidates.append((_told(scribe, reference), href))
    problem = (
        _("Several places are called “%(words)s”. Which one?", words=words)
        if one.exact
        else _("No place is called just “%(words)s”. Which one is meant?", words=words)
    )
    return Choice(words, problem, candidates)


def _told(scribe: Scribe, reference: str) -> Value:
    """Return a place with what it is and where it lies."""
    beside = [value.text.words for value in scribe.beside(reference)]
    words = ", ".join([scribe.name(reference).words, *dict.fromkeys(beside)])
    return Value(Text(words))


def _lines(scribe: Scribe, references: Sequence[str]) -> list[Line]:
    """Return what is told of any of the places, in the order of the first that has it."""
    # To each column, its own place is the one that others of its name are told apart from.
    columns = [_column(replace(scribe, subject=one), one) for one in references]
    labels = dict.fromkeys(label for column in columns for label in column)
    return [Line(label, [column.get(label, Cell()) for column in columns]) for label in labels]


def _column(scribe: Scribe, reference: str) -> dict[str, Cell]:
    """Return label → cell of one place: its facts, its figures, and what names it."""
    thing = scribe.space.thing(reference)
    triples = scribe.store.describe(reference)
    everything: dict[NamedNode, About] = {**by_subject(triples)}
    named_by = [one for one in mentioned(edition(), reference).groups if one.kind != "source"]
    scribe.learn(t.object for t in triples if isinstance(t.object, NamedNode | Literal))
    scribe.learn(scribe.space.thing(one) for group in named_by for one in group.references)
    kind = Value(Text(kind_name(kind_of(reference), scribe.language)))
    column = {_("Kind of entry"): Cell([kind])}
    for fact in facts(scribe, everything[thing], everything):
        column[fact.label] = Cell(fact.values, fact.sources)
    for row in figures(scribe, thing, everything).rows:
        column.setdefault(
            row.cells[0][0].text.words, Cell(row.cells[1] + row.cells[2], row.sources)
        )
    for group in named_by:
        if group.predicate != SCHEMA.containedInPlace:
            kinds = kind_name(group.kind, scribe.language, plural=True)
            label = f"{scribe.labels.inverse(group.predicate, scribe.language)} ({kinds})"
            column[label] = Cell(_some(scribe, reference, group.references))
    return column


def _some(scribe: Scribe, reference: str, named: Sequence[str]) -> list[Value]:
    """Return the first of the resources that name a place, and how many more there are."""
    values = sorted(map(scribe.resource, named), key=in_order)[:_SHOWN]
    more = len(named) - _SHOWN
    if more > 0:
        words = _("%(count)s more", count=scribe.wording.number(str(more)))
        values.append(Value(Text(words), scribe.page(f"doc/{reference}#mentions")))
    return values
