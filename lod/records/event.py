"""Events: sessions, conferences, calls."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.model import Described
from lod.records.types import AgentRef, PartialDate, PlaceRef, Text, TopicRef, WholeRef


class Event(Described):
    """Something that happens at a time, known with whatever precision."""

    kind: ClassVar[str] = "event"

    type: Annotated[
        TopicRef | None, Field(description="What kind. / Art.", examples=["topic/session"])
    ] = None
    organisers: Annotated[
        tuple[AgentRef, ...], Field(description="Whose event it is. / Wessen Termin.")
    ] = ()
    part_of: Annotated[
        tuple[WholeRef, ...],
        Field(description="The programme or project it belongs to. / Zugehöriges Vorhaben."),
    ] = ()
    place: Annotated[
        PlaceRef | None, Field(description="Where. / Wo.", examples=["municipality/bochum"])
    ] = None
    start: Annotated[
        PartialDate | None, Field(description="When, or since when. / Wann.", examples=["--10"])
    ] = None
    end: Annotated[PartialDate | None, Field(description="Until when. / Bis wann.")] = None
    time_note: Annotated[
        Text | None,
        Field(
            description="What the source says of the time. / Zeitangabe der Quelle.",
            examples=[{"de": "Ende Oktober", "en": "end of October"}],
        ),
    ] = None
