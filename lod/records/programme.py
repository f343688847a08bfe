"""Programmes: funding programmes and their cohorts, strategies, networks."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.model import Described, Involvement
from lod.records.types import PartialDate, TopicRef, WholeRef


class Programme(Described):
    """A funding programme, one of its cohorts, a strategy, a network or an initiative."""

    kind: ClassVar[str] = "programme"

    type: Annotated[
        TopicRef | None,
        Field(description="What kind. / Art.", examples=["topic/funding-programme"]),
    ] = None
    part_of: Annotated[
        tuple[WholeRef, ...],
        Field(description="What it belongs to. / Übergeordnetes Programm oder Projekt."),
    ] = ()
    responsible: Annotated[
        tuple[Involvement, ...],
        Field(description="Who is in charge, in which role, when. / Wer zuständig ist."),
    ] = ()
    start: Annotated[PartialDate | None, Field(description="Since when. / Beginn.")] = None
    end: Annotated[PartialDate | None, Field(description="Until when. / Ende.")] = None
