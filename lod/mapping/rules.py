"""How a field becomes triples: the rules that the mapping of every kind is made of.

A rule makes *lines*, statements as text in the form that `lod.formats.order` defines: there are
millions of them, and each is made, sorted and written once. Where a few are wanted as triples,
`Rule.triples` reads the lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

import pyoxigraph as ox
from pydantic import BaseModel
from pyoxigraph import NamedNode, Triple

from lod.formats.order import STEP, middle, statements_of
from lod.formats.statements import kind_of, literal, triples
from lod.iri import unused
from lod.vocab import RDF, XSD

Values = Literal["id", "text", "literal"]
"""What the objects of a property are: resources, words with a language, other literals."""
Classes = Callable[[Any], Iterable[NamedNode]]
Lines = Callable[[str, Any], Iterable[str]]
"""Subject and value → lines; the subject is an IRI in which `STEP` divides parts from wholes."""
_REMEMBERED = 4096
"""So many texts of references and identifiers are kept for each rule: most come again and again."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one field becomes.

    Attributes:
        predicates: the properties that state the field's value, the main one first, and what
            their objects are (None where another rule says it); the JSON-LD context is made from
            it.
        lines: the subject and the value → the lines.
        inside: the rules of a group's own fields.
    """

    predicates: Mapping[NamedNode, Values | None]
    lines: Lines
    inside: Mapping[str, Rule] = field(default_factory=dict)

    def triples(self, subject: NamedNode, value: Any) -> Iterator[Triple]:
        """Yield what a value of a subject becomes."""
        return triples(statements_of(self.lines(subject.value, value)))


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a record or group becomes.

    Attributes:
        classes: the record → its classes.
        rules: each field's rule.
        more: lines that no single field makes, such as those about an administration.
    """

    classes: Classes
    rules: Mapping[str, Rule]
    more: Lines | None = None

    def lines(self, subject: str, record: BaseModel) -> list[str]:
        """Return the lines about a record or group, its classes first."""
        found = [subject + typed(class_) for class_ in self.classes(record)]
        # Pydantic keeps a record's values there; most fields are empty.
        values = record.__dict__
        for name, rule in self.rules.items():
            value = values[name]
            if value is not None and value != ():
                found += rule.lines(subject, value)
        if self.more is not None:
            found += self.more(subject, record)
        return found


@lru_cache
def typed(class_: NamedNode) -> str:
    """Return what a line says of a subject's class."""
    return f"{middle(RDF.type)}{class_}"


def part(whole: str, *names: str) -> str:
    """Return a part as a subject of lines: the whole extended by the names."""
    return STEP.join((whole, *names))


def named(subject: str) -> str:
    """Return a subject of lines as an object."""
    return f"<{subject.replace(STEP, '/')}>"


def always(*classes: NamedNode) -> Classes:
    """Return classes that every record of a kind has."""
    return lambda record: classes


def _all(
    predicates: Iterable[NamedNode], values: Values | None
) -> Mapping[NamedNode, Values | None]:
    return dict.fromkeys(predicates, values)


def elsewhere(*predicates: NamedNode, values: Values | None = None) -> Rule:
    """Return the rule of a field whose triples aren't made of it alone.

    They are made by `Mapped.more`, or with the record of another kind.

    Args:
        predicates: the properties that state it there.
        values: what their objects are, unless another rule says so.
    """
    return Rule(_all(predicates, values), lambda subject, value: ())


def _stating(
    predicates: Iterable[NamedNode], values: Values, written: Callable[[Any], str]
) -> Rule:
    """Return the rule of one object for each property."""
    first, *others = map(middle, predicates)

    def lines(subject: str, value: Any) -> list[str]:
        object_ = written(value)
        line = f"{subject}{first}{object_}"
        if not others:  # as most have it
            return [line]
        return [line, *(f"{subject}{stated}{object_}" for stated in others)]

    return Rule(_all(predicates, values), lines)


def text(*predicates: NamedNode) -> Rule:
    """Return the rule of words: one literal a language, tagged where the language is known."""
    middles = tuple(map(middle, predicates))

    def lines(subject: str, words: Mapping[str, str]) -> list[str]:
        objects = [literal(value, language) for language, value in words.items()]
        return [f"{subject}{stated}{object_}" for stated in middles for object_ in objects]

    return Rule(_all(predicates, "text"), lines)


def plain(predicate: NamedNode, datatype: NamedNode | None = None) -> Rule:
    """Return the rule of one literal: a string, or of a datatype."""
    return _stating((predicate,), "literal", lambda value: literal(str(value), datatype=datatype))


def number(value: Decimal | int, datatype: NamedNode) -> ox.Literal:
    """Return a literal of a number in canonical form, without trailing zeros or exponent."""
    return ox.Literal(_digits(value), datatype=datatype)


def number_text(value: Decimal | int, datatype: NamedNode) -> str:
    """Return `number` as the object of a line."""
    return f'"{_digits(value)}"{kind_of(datatype)}'


def _digits(value: Decimal | int) -> str:
    words = format(value, "f") if isinstance(value, Decimal) else str(value)
    return words.rstrip("0").rstrip(".") if "." in words else words


def date(predicate: NamedNode) -> Rule:
    """Return the rule of a date, whose datatype says how precisely it is known."""
    return _stating((predicate,), "literal", date_text)


def date_literal(value: str) -> ox.Literal:
    """Return a literal of the datatype that fits a date's precision.

    >>> str(date_literal("--10").datatype)
    '<http://www.w3.org/2001/XMLSchema#gMonth>'

    Spec: https://www.w3.org/TR/xmlschema11-2/#date
    """
    return ox.Literal(value, datatype=_precision(value))


@lru_cache(maxsize=_REMEMBERED)
def date_text(value: str) -> str:
    """Return `date_literal` as the object of a line."""
    return literal(value, datatype=_precision(value))


def _precision(value: str) -> NamedNode:
    if value.startswith("--"):
        return XSD.gMonth if len(value) == len("--10") else XSD.gMonthDay
    return (XSD.gYear, XSD.gYearMonth, XSD.date)[value.count("-")]


def address(*predicates: NamedNode, start: str = "", end: str = "") -> Rule:
    """Return the rule of an IRI, or of an identifier that an IRI is made of."""
    return _stating(predicates, "id", lambda value: f"<{start}{value}{end}>")


def link(mint: Callable[[str], NamedNode], *predicates: NamedNode) -> Rule:
    """Return the rule of a reference; ``mint`` makes the IRI of what it names."""
    return _stating(predicates, "id", lru_cache(_REMEMBERED)(lambda value: str(mint(value))))


def each(rule: Rule) -> Rule:
    """Return the rule of a list whose entries follow another rule."""
    entry = rule.lines

    def lines(subject: str, values: Iterable[Any]) -> list[str]:
        return [line for value in values for line in entry(subject, value)]

    return Rule(rule.predicates, lines, rule.inside)


def both(*rules: Rule) -> Rule:
    """Return the rule of a field that several rules state."""

    def lines(subject: str, value: Any) -> list[str]:
        return [line for rule in rules for line in rule.lines(subject, value)]

    predicates = {key: values for rule in rules for key, values in rule.predicates.items()}
    inside = {name: inner for rule in rules for name, inner in rule.inside.items()}
    return Rule(predicates, lines, inside)


def parts(name: str, key: Callable[[Any], str], mapped: Mapped, *predicates: NamedNode) -> Rule:
    """Return the rule of a list of groups, each of which becomes a part of the resource.

    A part's IRI extends the whole's by the name of the list and a key of the group; a key that
    comes again is numbered.

    Args:
        name: of the list, as it stands in the IRI.
        key: group → what tells it from the others.
        mapped: what a group becomes.
        predicates: from the whole to the part.
    """
    middles = tuple(map(middle, predicates))

    def lines(subject: str, groups: Iterable[BaseModel]) -> Iterator[str]:
        seen: set[str] = set()
        for group in groups:
            node = part(subject, name, unused(key(group) or "part", seen))
            yield from (f"{subject}{stated}{named(node)}" for stated in middles)
            yield from mapped.lines(node, group)

    return Rule(_all(predicates, "id"), lines, mapped.rules)
