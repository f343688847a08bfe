"""Projects, and the fields of action, sub-projects and measures inside them."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.model import Described, Group, Involvement
from lod.records.types import (
    AgentRef,
    Line,
    PartialDate,
    PlaceRef,
    ProgrammeRef,
    ProjectRef,
    SourceRef,
    Text,
    TopicRef,
)


class Phase(Group):
    """A stretch of a project's time; phases may overlap."""

    name: Annotated[Text, Field(description="The name. / Der Name.", examples=["Phase A"])]
    start: Annotated[PartialDate | None, Field(description="Since when. / Beginn.")] = None
    end: Annotated[PartialDate | None, Field(description="Until when. / Ende.")] = None
    sources: Annotated[
        tuple[SourceRef, ...], Field(description="Who says so. / Wer das angibt.")
    ] = ()


class Project(Described):
    """An undertaking of one municipality or of several together, or a part of one."""

    kind: ClassVar[str] = "project"

    type: Annotated[
        TopicRef | None, Field(description="What kind. / Art.", examples=["topic/model-project"])
    ] = None
    code: Annotated[
        Line | None,
        Field(description="Its code in the source. / Kürzel der Quelle.", examples=["HF2-M01"]),
    ] = None
    part_of: Annotated[
        tuple[ProjectRef, ...],
        Field(description="The larger project or field of action. / Das größere Vorhaben."),
    ] = ()
    programme: Annotated[
        ProgrammeRef | None,
        Field(
            description="The programme or cohort that funds it. / Förderprogramm oder Staffel.",
            examples=["programme/modellprojekte-smart-cities-2"],
        ),
    ] = None
    lead: Annotated[tuple[AgentRef, ...], Field(description="Who leads it. / Wer es leitet.")] = ()
    partners: Annotated[
        tuple[AgentRef, ...], Field(description="Who takes part. / Wer mitwirkt.")
    ] = ()
    others: Annotated[
        tuple[Involvement, ...],
        Field(description="Who has another role, and when. / Weitere Beteiligte mit Rolle."),
    ] = ()
    funders: Annotated[
        tuple[AgentRef, ...], Field(description="Who pays for it. / Wer es fördert.")
    ] = ()
    places: Annotated[
        tuple[PlaceRef, ...],
        Field(description="Where it happens, if not at its partners'. / Wo es stattfindet."),
    ] = ()
    phases: Annotated[tuple[Phase, ...], Field(description="Its phases. / Die Phasen.")] = ()
    start: Annotated[PartialDate | None, Field(description="Since when. / Beginn.")] = None
    end: Annotated[PartialDate | None, Field(description="Until when. / Ende.")] = None
