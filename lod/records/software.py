"""Software that municipalities publish or reuse."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lod.records.model import Described, Group, Involvement
from lod.records.types import (
    AgentRef,
    Line,
    PartialDate,
    ProgrammeRef,
    SoftwareRef,
    SourceRef,
    Spdx,
    Text,
    TopicRef,
    WebAddress,
)

Status = Literal["concept", "development", "beta", "stable", "obsolete"]


class Use(Group):
    """Who uses the software, as a source states it."""

    organisation: Annotated[AgentRef, Field(description="Who. / Wer.")]
    stated_as: Annotated[
        Line | None, Field(description="The user in the source's words. / Angabe der Quelle.")
    ] = None
    sources: Annotated[
        tuple[SourceRef, ...], Field(description="Who says so. / Wer das angibt.")
    ] = ()


class Software(Described):
    """A program, its source code, or a platform that runs it."""

    kind: ClassVar[str] = "software"

    type: Annotated[
        TopicRef | None, Field(description="What kind. / Art.", examples=["topic/web-application"])
    ] = None
    repository: Annotated[
        WebAddress | None, Field(description="Where its code stands. / Wo der Quelltext steht.")
    ] = None
    licence: Annotated[
        Spdx | None, Field(description="SPDX licence identifier.", examples=["EUPL-1.2"])
    ] = None
    licence_note: Annotated[
        Text | None,
        Field(description="Where no identifier fits. / Wo keine Kennung passt."),
    ] = None
    publishers: Annotated[
        tuple[AgentRef, ...], Field(description="Who publishes it. / Wer sie veröffentlicht.")
    ] = ()
    programming_languages: Annotated[
        tuple[Line, ...], Field(description="What it is written in. / Programmiersprachen.")
    ] = ()
    status: Annotated[Status | None, Field(description="How far it is. / Entwicklungsstand.")] = (
        None
    )
    operators: Annotated[
        tuple[Involvement, ...],
        Field(description="Who is in charge, in which role, when. / Wer zuständig ist."),
    ] = ()
    based_on: Annotated[
        tuple[SoftwareRef, ...], Field(description="What it builds on. / Worauf sie aufbaut.")
    ] = ()
    programme: Annotated[
        ProgrammeRef | None,
        Field(description="The programme that funded it. / Förderprogramm."),
    ] = None
    used_by: Annotated[tuple[Use, ...], Field(description="Who uses it. / Wer sie nutzt.")] = ()
    released: Annotated[
        PartialDate | None, Field(description="First release. / Erste Veröffentlichung.")
    ] = None
