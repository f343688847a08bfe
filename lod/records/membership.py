"""Memberships: who has which role where, for whom, and when."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.model import Group, Record
from lod.records.types import AgentRef, BodyRef, PartialDate, PersonRef, SourceRef, Text, TopicRef


class Seat(Group):
    """A membership as it stands in the file of its board, which it leaves out."""

    person: Annotated[
        PersonRef, Field(description="Who. / Wer.", examples=["person/martin-berger"])
    ]
    role: Annotated[
        TopicRef,
        Field(description="The kind of role. / Art der Rolle.", examples=["topic/role-member"]),
    ]
    title: Annotated[
        Text | None,
        Field(description="The role in the source's words. / Rolle im Wortlaut der Quelle."),
    ] = None
    on_behalf_of: Annotated[
        AgentRef | None,
        Field(description="For whom. / Für wen.", examples=["municipality/jena"]),
    ] = None
    start: Annotated[PartialDate | None, Field(description="Since when. / Seit wann.")] = None
    end: Annotated[PartialDate | None, Field(description="Until when. / Bis wann.")] = None
    note: Annotated[Text | None, Field(description="A remark. / Eine Anmerkung.")] = None
    sources: Annotated[
        tuple[SourceRef, ...], Field(description="Who says so. / Wer das angibt.")
    ] = ()


class Membership(Seat, Record):
    """A role of a person in an organisation, board, administration or project."""

    kind: ClassVar[str] = "membership"

    organisation: Annotated[
        BodyRef,
        Field(description="Where. / Wo.", examples=["board/kommunales-open-source-board"]),
    ]
