"""Organisations: ministries, agencies, associations, companies, institutes."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.model import Described
from lod.records.types import AgentRef, MunicipalityRef, PartialDate, TopicRef


class Organisation(Described):
    """An organisation that is neither a place's administration nor a board."""

    kind: ClassVar[str] = "organisation"

    type: Annotated[
        TopicRef | None,
        Field(description="What form of organisation. / Form.", examples=["topic/ministry"]),
    ] = None
    seat: Annotated[
        MunicipalityRef | None,
        Field(description="Where its seat is. / Sitz.", examples=["municipality/bochum"]),
    ] = None
    founded: Annotated[
        PartialDate | None, Field(description="Since when. / Gründung.", examples=["2022-12"])
    ] = None
    part_of: Annotated[
        tuple[AgentRef, ...],
        Field(description="The larger organisation. / Übergeordnete Organisation."),
    ] = ()
    member_of: Annotated[
        tuple[AgentRef, ...],
        Field(description="Where it is a member. / Mitgliedschaften."),
    ] = ()
    members: Annotated[
        tuple[AgentRef, ...],
        Field(description="Organisations that are members. / Mitglieder."),
    ] = ()
