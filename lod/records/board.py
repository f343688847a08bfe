"""Boards: standing bodies with members, initiators, sessions and aims."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.membership import Seat
from lod.records.model import Described
from lod.records.types import AgentRef, PartialDate, SoftwareRef, Text, TopicRef


class Board(Described):
    """A standing body; its memberships may stand in its file."""

    kind: ClassVar[str] = "board"

    type: Annotated[
        TopicRef | None, Field(description="What kind of body. / Art.", examples=["topic/board"])
    ] = None
    initiators: Annotated[
        tuple[AgentRef, ...],
        Field(description="Who brought it about. / Wer es ins Leben rief."),
    ] = ()
    aims: Annotated[tuple[Text, ...], Field(description="What it is for. / Wozu es da ist.")] = ()
    platform: Annotated[
        SoftwareRef | None,
        Field(description="Where it shares knowledge. / Wo es Wissen teilt."),
    ] = None
    founded: Annotated[PartialDate | None, Field(description="Since when. / Gründung.")] = None
    dissolved: Annotated[PartialDate | None, Field(description="Until when. / Auflösung.")] = None
    members: Annotated[
        tuple[Seat, ...], Field(description="Who sits on it. / Wer ihm angehört.")
    ] = ()
