"""Findings: what a validation says about one value of one resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from pyoxigraph import Literal as LiteralTerm
from pyoxigraph import NamedNode

from lod.errors import LodError, Place

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The severities; a violation stops a release, the others are published with it."""


@dataclass(frozen=True)
class Finding:
    """One result of a validation.

    Attributes:
        severity: how grave it is.
        focus: IRI of the resource or part that was checked.
        path: IRI of the property that it is about: where the shape's path begins; None where the
            path begins backwards, and for a shape of the resource as a whole.
        term: the value that is wrong; None where none is to blame, such as for a missing one.
        shape: IRI of the property shape or node shape that the graph breaks.
        constraint: IRI of the constraint component that the graph breaks.
        simple: whether `path` is the shape's whole path.
        messages: language code → what is wrong and how to mend it.
        reference: the record's ``<kind>/<slug>``; None of a foreign resource.
        place: where the record says it, or begins where it should say it; None before `located`
            and of what no record says.
        field: the record's field in plain words, such as ``figures[2].value``; may be empty.
    """

    severity: Severity
    focus: str
    path: str | None
    term: NamedNode | LiteralTerm | None
    shape: str
    constraint: str
    simple: bool = True
    messages: Mapping[str, str] = field(default_factory=dict, compare=False)
    reference: str | None = None
    place: Place | None = None
    field: str = ""

    def __str__(self) -> str:
        words = self.messages.get("en") or next(iter(self.messages.values()), self.constraint)
        return f"{self.place or self.focus}: {self.field or self.path}: {words}"

    @property
    def value(self) -> str | None:
        """The wrong value as text: an IRI, or a literal's lexical form."""
        return None if self.term is None else self.term.value

    @property
    def order(self) -> tuple[object, ...]:
        """What findings are sorted by: the gravest first, then by place, resource and shape."""
        return (
            SEVERITIES.index(self.severity),
            str(self.place.file) if self.place else "",
            (self.place.line, self.place.column) if self.place else (0, 0),
            self.focus,
            self.shape,
            self.path or "",
            self.constraint,
            str(self.term),
        )


class ConformanceError(LodError):
    """The graph breaks the shapes; holds what was found, the warnings and infos too."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        return "\n".join(map(str, violations(self.findings)))


def violations(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that stop a release."""
    return [finding for finding in findings if finding.severity == "violation"]
