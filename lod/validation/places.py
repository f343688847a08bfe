"""From a finding in the graph back to the file, line and field that caused it.

The mapping is the only one that knows what a field becomes, so it is asked: which rule states the
property, and which of a list's entries makes the wrong value or the part that the finding is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from pydantic import BaseModel
from pyoxigraph import NamedNode, Triple

from lod.mapping import Mapper, Rule
from lod.records import Entry
from lod.records.raw import Path_, field_name
from lod.validation.findings import Finding


class Entries(Protocol):
    """Records by their references."""

    def get(self, reference: str, /) -> Entry | None:
        """Return a record and its places; None of what is no record."""


class Records(Protocol):
    """What finds records, be they in memory or not."""

    @property
    def entries(self) -> Entries:
        """The records by their references."""


def located(findings: Iterable[Finding], records: Records, mapper: Mapper) -> list[Finding]:
    """Return findings with the record, place and field that each comes from, in order of places.

    What a field should say and doesn't is placed at the record, entry or table cell that lacks it.
    A finding about a resource that no record describes keeps no place.
    """
    found = (_located(finding, records, mapper) for finding in findings)
    return sorted(found, key=lambda finding: finding.order)


def _located(finding: Finding, records: Records, mapper: Mapper) -> Finding:
    reference = mapper.space.reference(finding.focus)
    entry = records.entries.get(reference) if reference else None
    if reference is None or entry is None:
        return finding
    whole = mapper.space.thing(reference)
    scope = Scope(whole, entry.record, mapper.kinds[entry.record.kind].rules)
    path = scope.field(finding)
    return replace(finding, reference=reference, field=field_name(path), place=entry.locate(path))


@dataclass(frozen=True, slots=True)
class Scope:
    """A resource, the record or group that describes it, and the rules of its fields.

    Attributes:
        subject: IRI of the resource.
        record: what describes it.
        rules: what its fields become.
        path: where the group stands in the record.
    """

    subject: NamedNode
    record: BaseModel
    rules: Mapping[str, Rule]
    path: Path_ = ()

    def field(self, finding: Finding) -> Path_:
        """Return the path of the field that a finding about this resource or a part comes from."""
        if finding.focus == self.subject.value:
            return self._making(finding) or self._stating(finding)
        for scope in self._groups():
            if finding.focus == scope.subject.value:
                # A part may have what its whole says, such as a file its dataset's licence.
                making = scope._making(finding) or self._making(finding)
                return making or scope._stating(finding)
        return self._composed(finding)

    def _groups(self) -> Iterator[Scope]:
        """Yield the groups that become parts of their own."""
        for name, rule in self.rules.items():
            value: Any = getattr(self.record, name) if rule.inside else ()
            if isinstance(value, BaseModel):
                yield from self._scopes((name,), value, _subjects(self._triples(name, value)))
                continue
            known = set[str]()
            for index, group in enumerate(value or ()):
                # A part's name may depend on the groups before it.
                made = _subjects(self._triples(name, value[: index + 1]))
                yield from self._scopes((name, index), group, made - known)
                known |= made

    def _scopes(self, path: Path_, group: BaseModel, subjects: set[str]) -> Iterator[Scope]:
        for subject in subjects - {self.subject.value}:
            yield Scope(NamedNode(subject), group, self.rules[str(path[0])].inside, path)

    def _making(self, finding: Finding) -> Path_:
        """Return the field, and its entry, that becomes the wrong value; empty where none does."""
        for name in self._names(finding):
            for path, value in self._values(name):
                if any(_blamed(triple, finding) for triple in self._triples(name, value)):
                    return (*self.path, *path)
        return ()

    def _stating(self, finding: Finding) -> Path_:
        """Return the field that states a property, or would state it."""
        names = self._names(finding)
        called = [name for name in names if finding.value == f"{self.subject.value}/{name}"]
        filled = [name for name in names if getattr(self.record, name) not in (None, ())]
        return (*self.path, *(called or filled or names)[:1])

    def _names(self, finding: Finding) -> list[str]:
        return [name for name, rule in self.rules.items() if _states(rule, finding)]

    def _values(self, name: str) -> Iterator[tuple[Path_, Any]]:
        """Yield the path of each value; of a list, with the entries before it, which may matter."""
        value = getattr(self.record, name)
        if isinstance(value, tuple):
            yield from (((name, index), value[: index + 1]) for index in range(len(value)))
        elif value is not None:
            yield (name,), value

    def _triples(self, name: str, value: Any) -> Iterator[Triple]:
        return self.rules[name].triples(self.subject, value)

    def _composed(self, finding: Finding) -> Path_:
        """Return the field of a part that isn't a group, such as a point or an administration."""
        for name in self.rules:
            for path, value in self._values(name):
                if finding.focus in _subjects(self._triples(name, value)):
                    return (*path, *_attribute(value, finding))
        part = finding.focus.removeprefix(f"{self.subject.value}/").partition("/")[0]
        stating = self._making(finding) or self._stating(finding)
        if part in self.rules and (_states(self.rules[part], finding) or not stating):
            return (part,)
        return stating


def _subjects(triples: Iterable[Triple]) -> set[str]:
    return {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}


def _states(rule: Rule, finding: Finding) -> bool:
    return any(predicate.value == finding.path for predicate in rule.predicates)


def _blamed(triple: Triple, finding: Finding) -> bool:
    return triple.object == finding.term and triple.predicate.value == finding.path


def _attribute(group: object, finding: Finding) -> Path_:
    """Return the field of a group that is called what the property is called."""
    name = re.split("[/#]", finding.path or "")[-1]
    known = isinstance(group, BaseModel) and name in type(group).model_fields
    return (name,) if known else ()
