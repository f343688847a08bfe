"""What a preflight says: remarks, each in a layer, and what they mean for each portal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from lod.validation import Severity

Layer = Literal["mandatory", "recommended", "vocabulary", "delivery"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
"""What is asked for: by the profiles, by their lists of terms, and by those who harvest."""
Portal = Literal["GovData", "data.europa.eu", "CKAN"]
PORTALS: tuple[Portal, ...] = get_args(Portal)
Words = Mapping[str, str]
"""German and English."""


@dataclass(frozen=True)
class Remark:
    """Something that a portal minds.

    Attributes:
        layer: what asks for it.
        severity: a violation keeps the catalog out, a warning spoils something, an info is a hint.
        portals: whom it matters to.
        focus: IRI of the resource it is about.
        path: the property it is about, as ``prefix:name``; empty of the resource as a whole.
        value: the value that is wrong; None of a missing one.
        messages: what is wrong, by language.
        source: who says so: ``built in``, or the profile whose official shapes do.
        condition: what has to be done before delivery, by language; empty where nothing has to.
    """

    layer: Layer
    severity: Severity
    portals: tuple[Portal, ...]
    focus: str
    path: str
    value: str | None
    messages: Words = field(compare=False)
    source: str = "built in"
    condition: Words = field(default_factory=dict, compare=False)

    @property
    def order(self) -> tuple[object, ...]:
        """What remarks are sorted by."""
        grave = ("violation", "warning", "info").index(self.severity)
        layer = LAYERS.index(self.layer)
        return layer, grave, self.path, self.focus, self.value or "", self.source


@dataclass(frozen=True)
class Assessment:
    """The outcome of a preflight.

    Attributes:
        version: of the release.
        counts: class → number of described resources.
        remarks: in the order of the layers, the gravest first.
        checked: what the catalog was checked by.
        defects: known defects of the official files, and what was done about them.
        foreign: number of results left out, because they are about nodes that aren't ours.
    """

    version: str
    counts: Mapping[str, int]
    remarks: Sequence[Remark]
    checked: Sequence[str]
    defects: Sequence[Words]
    foreign: int

    def about(self, portal: Portal) -> list[Remark]:
        """Return what matters to a portal."""
        return [remark for remark in self.remarks if portal in remark.portals]

    def takes(self, portal: Portal) -> bool:
        """Return whether a portal would take the catalog."""
        return all(remark.severity != "violation" for remark in self.about(portal))

    def conditions(self, portal: Portal, language: str) -> list[str]:
        """Return what has to be done before a portal takes what it would take."""
        found = (remark.condition.get(language, "") for remark in self.about(portal))
        return [words for words in dict.fromkeys(found) if words]

    @property
    def taken(self) -> bool:
        """Whether every portal would take it."""
        return all(self.takes(portal) for portal in PORTALS)
