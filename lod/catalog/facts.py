"""What a release holds, in numbers: counted once by the build, kept in the manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lod.formats.statements import Statement
from lod.iri import KINDS
from lod.mapping.common import GEONAMES, GND, KEYS, WIKIDATA
from lod.vocab import OWL, RDF, SCHEMA

ALL = "all"
"""The dataset of everything, beside those of the kinds."""
TARGETS = {"wikidata": WIKIDATA, "gnd": GND, "geonames": GEONAMES, "keys": KEYS}
"""The datasets that ours links to: name → how their IRIs start."""
_DATES = frozenset(map(str, (SCHEMA.startDate, SCHEMA.endDate, SCHEMA.observationDate)))
_TYPE, _SAME_AS = str(RDF.type), str(OWL.sameAs)


@dataclass(frozen=True)
class Facts:
    """The numbers of a release.

    Attributes:
        kinds: kind → number of resources.
        classes: class IRI → number of instances.
        properties: property IRI → number of triples.
        subjects: number of distinct subjects.
        links: name of a target → number of links to it.
        periods: dataset → the earliest and the latest date that it states of what it is about;
            datasets that state none are left out.
        examples: kind → ``<kind>/<slug>`` of one of its resources.
    """

    kinds: Mapping[str, int]
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    subjects: int
    links: Mapping[str, int]
    periods: Mapping[str, Sequence[str]]
    examples: Mapping[str, str]

    @property
    def triples(self) -> int:
        """The number of all triples."""
        return sum(self.properties.values())

    @classmethod
    def of(cls, kind: str, resources: Mapping[str, Sequence[Statement]]) -> Facts:
        """Count some resources of a kind: reference → what is said about it."""
        every = [statement for about in resources.values() for statement in about]
        classes = Counter(object_[1:-1] for _, predicate, object_ in every if predicate == _TYPE)
        dates = set(_dates(every))
        period = {name: (min(dates), max(dates)) for name in (ALL, kind) if dates}
        return cls(
            kinds={kind: len(resources)},
            classes=dict(classes),
            properties=dict(Counter(predicate[1:-1] for _, predicate, _ in every)),
            subjects=len({subject for subject, _, _ in every}),
            links=dict(Counter(_links(every))),
            periods=period,
            examples={kind: min(resources)} if resources else {},
        )

    @classmethod
    def together(cls, parts: Iterable[Facts]) -> Facts:
        """Return the numbers of all parts together."""
        kinds, classes, properties, links = (Counter[str]() for _ in range(4))
        subjects = 0
        periods: dict[str, tuple[str, str]] = {}
        examples: dict[str, str] = {}
        for part in parts:
            kinds.update(part.kinds)
            classes.update(part.classes)
            properties.update(part.properties)
            links.update(part.links)
            subjects += part.subjects
            for name, (start, end) in part.periods.items():
                earliest, latest = periods.get(name, (start, end))
                periods[name] = min(start, earliest), max(end, latest)
            for kind, reference in part.examples.items():
                # The smallest slug, so that no order of the files matters.
                examples[kind] = min(examples.get(kind, reference), reference)
        order = [kind for kind in KINDS if kinds[kind]]
        return cls(
            kinds={kind: kinds[kind] for kind in order},
            classes=dict(sorted(classes.items())),
            properties=dict(sorted(properties.items())),
            subjects=subjects,
            links={name: links[name] for name in TARGETS if links[name]},
            periods={name: periods[name] for name in (ALL, *order) if name in periods},
            examples={kind: examples[kind] for kind in order},
        )

    @classmethod
    def read(cls, manifest: Mapping[str, Any]) -> Facts:
        """Return the numbers that a release's manifest keeps."""
        counts = {name: manifest["counts"][name] for name in ("kinds", "classes", "properties")}
        return cls(**counts, **manifest["facts"])

    def kept(self) -> dict[str, Any]:
        """Return what a manifest keeps, for `read`."""
        numbers = asdict(self)
        counts = {name: numbers.pop(name) for name in ("kinds", "classes", "properties")}
        return {"counts": {"triples": self.triples, **counts}, "facts": numbers}


NOTHING = Facts({}, {}, {}, 0, {}, {}, {})
"""The numbers of no records."""


def _links(found: Iterable[Statement]) -> Iterator[str]:
    """Yield the name of the target of each link."""
    for _, predicate, object_ in found:
        if predicate == _SAME_AS:
            yield from (name for name, start in TARGETS.items() if object_.startswith(start, 1))


def _dates(found: Iterable[Statement]) -> Iterator[str]:
    """Yield the dates that have a year; as text they sort by time."""
    for _, predicate, object_ in found:
        if predicate in _DATES and object_[:2] != '"-':
            yield object_[1 : object_.index('"', 1)]
