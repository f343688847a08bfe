"""Validation of a graph that is too large to be held at once, part by part.

A partition is whole records: all that is said of a resource stands in one partition. Most shapes
look at a resource, at what it refers to and at what refers to it, so a partition is evaluated with
a boundary, the few triples about resources of other partitions that its shapes read. The shapes
that look further, or whose targets a resource's own triples don't tell, are evaluated by the
triples of those properties that they read, gathered from all partitions.

Partitions are canonical N-Triples as bytes, so that other processes can take them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import rdflib
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from lod.validation.excerpt import term
from lod.validation.findings import Finding
from lod.validation.processes import run_all
from lod.validation.reach import Properties, Reach, joined, reach
from lod.validation.validator import Progress, Validator, in_order, prepared

_NEAR = {SH.targetClass, SH.targetSubjectsOf}
"""The targets that a resource's own triples tell."""
_CLASSES = term(RDFS.subClassOf)
_BYTES_PER_FOCUS_NODE = 1_000


@dataclass(frozen=True, slots=True)
class Survey:
    """What a partition has to do with the others.

    Attributes:
        asked: the resources of other partitions that its shapes read something of.
        told: resource of another partition → those of this one that refer to it by a property that
            a shape follows backwards.
        gathered: the triples for the shapes that look at the whole graph.
        classes: the triples that say which class is part of which; they belong to each boundary.
    """

    asked: set[bytes]
    told: Mapping[bytes, set[bytes]]
    gathered: bytes
    classes: bytes


class Partitions:
    """Shapes, ready to validate a graph part by part; each process needs its own.

    Args:
        validator: of the shapes, as `lod.validation.prepared` returns it.
    """

    def __init__(self, validator: Validator) -> None:
        self._shapes = validator.shapes
        self._validator = validator
        units = self._validator.engine.units
        reaches = {unit: reach(self._shapes, unit) for unit in units}
        near = {unit for unit in units if self._is_near(unit, reaches[unit])}
        self._near = self._validator.section(near)
        self._far = self._validator.section(units.keys() - near)
        read = joined(reaches[unit] for unit in near)
        self._follows = _encoded(read.follows)
        self._backwards = _encoded(read.backwards)
        self._facts = _encoded(read.facts)
        self._gathers = _encoded(self._read_by_far(reaches))

    def survey(self, triples: bytes) -> Survey:
        """Return what a partition has to do with the others."""
        own: set[bytes] = set()
        asked: set[bytes] = set()
        backwards: list[tuple[bytes, bytes]] = []
        gathered, classes = [], []
        for line in _lines(triples):
            subject, property_, rest = line.split(b" ", 2)
            own.add(subject)
            if property_ in self._follows:
                asked.add(rest[:-2])
            if property_ in self._backwards:
                backwards.append((subject, rest[:-2]))
            if property_ in self._gathers:
                gathered.append(line)
            if property_ == _CLASSES:
                classes.append(line)
        told = defaultdict(set)
        for subject, object_ in backwards:
            if object_ not in own:
                told[object_].add(subject)
        asked = {one for one in asked - own if one.startswith(b"<")}
        return Survey(asked, dict(told), _text(gathered), _text(classes))

    def facts(self, triples: bytes, resources: Collection[bytes]) -> dict[bytes, bytes]:
        """Return what the shapes of other partitions read of some of this one's resources."""
        facts: dict[bytes, list[bytes]] = defaultdict(list)
        for line in _lines(triples):
            subject, property_, _ = line.split(b" ", 2)
            if property_ in self._facts and subject in resources:
                facts[subject].append(line)
        return {resource: _text(lines) for resource, lines in facts.items()}

    def validate(self, triples: bytes, boundary: bytes) -> list[Finding]:
        """Return what the resources of a partition break of the shapes that look no further.

        Args:
            triples: the partition.
            boundary: what its shapes read of other partitions; more does no harm.
        """
        graph = triples + boundary
        own = _subjects(triples)
        found = self._validator.findings(
            self._near, BytesIO(graph), lambda fast: fast.text(graph), own
        )
        return in_order(found)

    def validate_gathered(self, file: Path) -> list[Finding]:
        """Return what the whole graph breaks of the other shapes.

        Args:
            file: what was gathered of each partition.
        """
        with file.open("rb") as triples:
            found = self._validator.findings(self._far, triples, lambda fast: fast.file(file))
        return in_order(found)

    def _is_near(self, unit: Node, read: Reach) -> bool:
        """Tell whether a boundary is enough, and what fails stands in the same partition."""
        targets = self._targets(unit).keys() <= _NEAR
        return targets and read.steps in (0, 1) and not self._judges_values(unit)

    def _judges_values(self, unit: Node) -> bool:
        """Tell whether a shape has results whose focus node is a value of the resource."""
        is_property = (unit, SH.path, None) in self._shapes
        own = [unit] if is_property else list(self._shapes.objects(unit, SH.property))
        return any((one, SH.property, None) in self._shapes for one in own)

    def _targets(self, unit: Node) -> dict[Node, set[Node]]:
        """Return the sorts of targets by which a shape is evaluated, and what they name."""
        targets: dict[Node, set[Node]] = defaultdict(set)
        for owner in self._validator.engine.units[unit]:
            for target, node in self._validator.engine.targets(owner):
                targets[target].add(node)
        return targets

    def _read_by_far(self, reaches: Mapping[Node, Reach]) -> Properties:
        read = joined(reaches[unit] for unit in self._far.units).all
        if read is None:
            return None
        for unit in self._far.units:
            for target, nodes in self._targets(unit).items():
                read |= {RDF.type} if target == SH.targetClass else frozenset(nodes)
        return read | {RDFS.subClassOf}


def validate_partitions(
    partitions: Sequence[Path], shapes: rdflib.Graph, progress: Progress | None = None
) -> list[Finding]:
    """Return what a graph breaks of the shapes, the gravest first, as `validate` does.

    Args:
        partitions: files of canonical N-Triples; all that is said of a resource stands in one. A
            process holds one of them at a time, several times over.
        shapes: as read by `lod.validation.load_shapes`.
        progress: is told the partitions done and those to do; each is read three times.

    Raises:
        LodError: a shape can't be understood.
    """
    with TemporaryDirectory(prefix="lod-") as folder:
        run = _Run(partitions, _prepared(prepared(shapes)), progress or (lambda done, total: None))
        return run.findings(Path(folder, "gathered.nt"))


@lru_cache(maxsize=4)
def _prepared(validator: Validator) -> Partitions:
    return Partitions(validator)


class _Run:
    """A validation, and what it knows of the partitions."""

    def __init__(self, files: Sequence[Path], shapes: Partitions, progress: Progress) -> None:
        self._files = files
        self._shapes = shapes
        self._progress = progress
        self._done = 0
        self._work = sum(file.stat().st_size for file in files) // _BYTES_PER_FOCUS_NODE
        self._asked: dict[int, set[bytes]] = {}
        self._told: dict[bytes, set[bytes]] = defaultdict(set)
        self._classes = b""
        self._facts: dict[bytes, bytes] = {}

    def findings(self, gathered: Path) -> list[Finding]:
        self._survey(gathered)
        self._learn()
        found = self._shapes.validate_gathered(gathered)
        for _, some in run_all(self._validated, range(len(self._files)), self._work):
            found += some
            self._tell()
        return in_order(found)

    def _survey(self, gathered: Path) -> None:
        known: dict[bytes, bytes] = {}
        surveys = run_all(self._surveyed, self._files, self._work)
        with gathered.open("wb") as file:
            for number, survey in surveys:
                file.write(survey.gathered)
                self._classes += survey.classes
                # The same resource is asked for by many partitions, and is kept once.
                self._asked[number] = {known.setdefault(one, one) for one in survey.asked}
                for resource, referring in survey.told.items():
                    self._told[resource] |= referring
                self._tell()

    def _learn(self) -> None:
        """Find what the shapes read of the resources that are asked for."""
        self._wanted = set().union(*self._asked.values(), *self._told.values())
        for _, facts in run_all(self._known, self._files, self._work):
            self._facts |= facts
            self._tell()

    def _surveyed(self, file: Path) -> Survey:
        return self._shapes.survey(file.read_bytes())

    def _known(self, file: Path) -> dict[bytes, bytes]:
        return self._shapes.facts(file.read_bytes(), self._wanted)

    def _validated(self, number: int) -> list[Finding]:
        triples = self._files[number].read_bytes()
        near = set(self._asked[number])
        if self._told:
            for resource in _subjects(triples) & self._told.keys():
                near |= self._told[resource]
        boundary = b"".join(self._facts.get(resource, b"") for resource in near)
        return self._shapes.validate(triples, boundary + self._classes)

    def _tell(self) -> None:
        self._done += 1
        self._progress(self._done, 3 * len(self._files))


class _Any(frozenset[bytes]):
    """All properties."""

    def __contains__(self, property_: object) -> bool:
        return True


def _encoded(properties: Properties) -> frozenset[bytes]:
    return _Any() if properties is None else frozenset(map(term, properties))


def _lines(triples: bytes) -> list[bytes]:
    return triples.split(b"\n")[:-1]


def _text(lines: list[bytes]) -> bytes:
    return b"".join(b"%b\n" % line for line in lines)


def _subjects(triples: bytes) -> set[bytes]:
    return {line[: line.index(b" ")] for line in _lines(triples)}
