"""The facets of each kind's list: what they are called, and where their values come from.

To add one, add a line to `FACETS`; its values are whatever the records have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode

from lod.iri import Space
from lod.vocab import DC, DCTERMS, ORG, SCHEMA, SKOS
from lod.web.facets.world import Facts, World

SIZES = (5_000, 20_000, 50_000, 100_000, 500_000)
"""Inhabitants at which the classes of size begin; those of programmes' charts are among them."""
_YEAR = 4

Read = Callable[[str, Facts, World], Iterable[str]]
"""The reference of a resource, what is told of it, and of others → its values."""


@dataclass(frozen=True)
class Facet:
    """A way to narrow a list.

    Attributes:
        name: of the argument in addresses.
        de: what it is called in German.
        en: what it is called in English.
        about: the property that it is about; the name of one if it is a term of ours.
        read: finds a resource's values: references, or words.
        says: what the values are, which decides how they are written.
        order: the most frequent value first, the values' own order, or the latest first.
        mixed: whether its references are of several kinds, so that a slug isn't enough.
        told: the property of the index that says the same in a table; empty where none does.
        note: what is counted, in German and English, where that isn't plain.
    """

    name: str
    de: str
    en: str
    about: NamedNode | str
    read: Read
    says: Literal["resource", "words", "size", "status", "language"] = "resource"
    order: Literal["number", "value", "latest"] = "number"
    mixed: bool = False
    told: str = ""
    note: tuple[str, str] = ("", "")

    def property(self, space: Space) -> NamedNode:
        """Return the property that it is about."""
        return space.term(self.about) if isinstance(self.about, str) else self.about

    def label(self, language: str) -> str:
        """Return what it is called."""
        return self.de if language == "de" else self.en

    def counted(self, language: str) -> str:
        """Return what is counted; empty where that is plain."""
        return self.note[language != "de"]

    def key(self, value: str) -> str:
        """Return a value as addresses have it."""
        return value if self.mixed or self.says != "resource" else value.partition("/")[2]


def size(population: int) -> str:
    """Return the class of a number of inhabitants.

    >>> size(4_999), size(5_000), size(3_000_000)
    ('under-5000', '5000-20000', 'from-500000')
    """
    beyond = next((number for number, least in enumerate(SIZES) if population < least), len(SIZES))
    if beyond == 0:
        return f"under-{SIZES[0]}"
    if beyond == len(SIZES):
        return f"from-{SIZES[-1]}"
    return f"{SIZES[beyond - 1]}-{SIZES[beyond]}"


def bounds(class_: str) -> tuple[int, int]:
    """Return from where and up to where a class goes; 0 stands for no bound.

    >>> bounds("under-5000"), bounds("5000-20000"), bounds("from-500000")
    ((0, 5000), (5000, 20000), (500000, 0))
    """
    start, _, end = class_.partition("-")
    if start == "from":
        return int(end), 0
    return (0 if start == "under" else int(start)), int(end)


def _told(*ids: str) -> Read:
    """Return what reads the values of properties as they are told."""

    def read(reference: str, facts: Facts, world: World) -> Iterator[str]:
        return (str(value) for id_ in ids for value in facts.get(id_, ()))

    return read


def _states(*ids: str) -> Read:
    """Return what reads the states in which the resources lie that some properties name."""
    named = _told(*ids)

    def read(reference: str, facts: Facts, world: World) -> Iterator[str]:
        return (state for one in named(reference, facts, world) for state in world.states(one))

    return read


def _size(reference: str, facts: Facts, world: World) -> Iterator[str]:
    return (size(int(number)) for number in facts.get("population", ()))


def _year(id_: str) -> Read:
    def read(reference: str, facts: Facts, world: World) -> Iterator[str]:
        dates = (str(date) for date in facts.get(id_, ()))
        # A date without a year begins with a dash.
        return (date[:_YEAR] for date in dates if date[:_YEAR].isdigit())

    return read


def _programmes(reference: str, facts: Facts, world: World) -> Iterator[str]:
    for programme in (*world.funding(reference), *map(str, facts.get("programme", ()))):
        yield from world.whole(programme)


def _cohorts(reference: str, facts: Facts, world: World) -> Iterator[str]:
    for programme in (*world.funding(reference), *map(str, facts.get("programme", ()))):
        if programme not in world.whole(programme):
            yield programme


_PLACE = Facet("state", "Land", "State", SCHEMA.containedInPlace, _told("state"), order="value",
               told="state")  # fmt: skip
_SIZE = Facet("size", "Einwohner", "Inhabitants", "population", _size, "size", told="population")
_TYPE = Facet("type", "Art", "Kind", DCTERMS.type, _told("type"), told="type")
_PROGRAMME = Facet("programme", "Programm", "Programme", "fundedUnder", _programmes)
_COHORT = Facet("cohort", "Staffel", "Cohort", "fundedUnder", _cohorts, order="value")
_TOPIC = Facet("topic", "Thema", "Topic", DCTERMS.subject, _told("topics"), told="topics")
_START = Facet("year", "Beginn", "Start", SCHEMA.startDate, _year("start"), "words", "latest",
               told="start")  # fmt: skip
_PUBLISHER = Facet("publisher", "Herausgeber", "Publisher", SCHEMA.publisher, _told("publisher"),
                   mixed=True, told="publisher")  # fmt: skip


def _touched(*ids: str, note: tuple[str, str] = ("", "")) -> Facet:
    """Return the facet of what lies in a state by the resources that some properties name."""
    states = _states(*ids)
    return Facet(
        "state", "Land", "State", SCHEMA.containedInPlace, states, order="value", note=note
    )


_EACH_STATE = (
    "Ein Projekt zählt in jedem Land, in dem seine Leitung, seine Partner oder seine Orte liegen.",
    "A project counts in each state in which its leader, its partners or its places are.",
)


FACETS: Mapping[str, tuple[Facet, ...]] = {
    "municipality": (_PLACE, _SIZE, _TYPE, _PROGRAMME, _COHORT),
    "district": (_PLACE, _SIZE, _TYPE, _PROGRAMME, _COHORT),
    "state": (_SIZE,),
    "organisation": (_TYPE, _touched("seat")),
    "board": (_TYPE, _TOPIC, _touched("initiators")),
    "membership": (
        Facet("role", "Rolle", "Role", ORG.role, _told("role"), told="role"),
        Facet("organisation", "Organisation", "Organisation", ORG.organization,
              _told("organisation"), mixed=True, told="organisation"),
    ),
    "programme": (_TYPE, _TOPIC, _START),
    # As in docs/questions.md and on the pages of programmes.
    "project": (
        _touched("lead", "partners", "places", note=_EACH_STATE),
        *(_PROGRAMME, _COHORT, _TYPE, _TOPIC, _START),
    ),
    "event": (_TYPE, _TOPIC, _START),
    "software": (
        _TYPE,
        Facet("licence", "Lizenz", "Licence", SCHEMA.license, _told("licence"), "words",
              told="licence"),
        Facet("language", "Programmiersprache", "Programming language",
              SCHEMA.programmingLanguage, _told("programming_languages"), "words",
              told="programming_languages"),
        Facet("status", "Entwicklungsstand", "Development status", SCHEMA.creativeWorkStatus,
              _told("status"), "status", told="status"),
        *(_PUBLISHER, _TOPIC, _PROGRAMME),
    ),
    "dataset": (_PUBLISHER, _TOPIC),
    "topic": (Facet("scheme", "Liste", "List", SKOS.inScheme, _told("scheme"), told="scheme"),),
    "source": (
        Facet("publisher", "Herausgeber", "Publisher", DC.publisher, _told("publisher"), "words",
              told="publisher"),
        Facet("year", "Erschienen", "Published", SCHEMA.datePublished, _year("published"), "words",
              "latest", told="published"),
        Facet("language", "Sprache", "Language", SCHEMA.inLanguage, _told("language"), "language",
              told="language"),
    ),
}  # fmt: skip
"""Kind → the facets of its list, in the order in which they are shown."""
