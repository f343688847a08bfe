"""Topics: concepts, and the schemes they belong to."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.model import Described
from lod.records.types import Line, TopicRef, WebAddress


class Topic(Described):
    """A concept; one that belongs to no scheme is a scheme itself."""

    kind: ClassVar[str] = "topic"

    scheme: Annotated[
        TopicRef | None,
        Field(description="The list it belongs to. / Liste.", examples=["topic/fields-of-action"]),
    ] = None
    broader: Annotated[
        tuple[TopicRef, ...], Field(description="The wider topic. / Das weitere Thema.")
    ] = ()
    code: Annotated[
        Line | None, Field(description="Its official code. / Amtlicher Schlüssel.", examples=["63"])
    ] = None
    same_as: Annotated[
        tuple[WebAddress, ...],
        Field(description="The same in other vocabularies. / Dasselbe in anderen Vokabularen."),
    ] = ()
