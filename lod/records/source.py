"""Sources: pages, articles and documents that statements were taken from."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lod.records.model import Record
from lod.records.types import Line, PartialDate, Text, WebAddress

Form = Literal["page", "article", "document", "register", "repository"]


class Source(Record):
    """What a statement was taken from; it is its own source."""

    kind: ClassVar[str] = "source"

    name: Annotated[Text, Field(description="Title, or what it is. / Titel oder was es ist.")]
    url: Annotated[WebAddress, Field(description="Where it stands. / Wo es steht.")]
    form: Annotated[Form, Field(description="What form it has. / Welche Form es hat.")] = "page"
    publisher: Annotated[
        Text | None, Field(description="Who published it. / Wer es veröffentlicht hat.")
    ] = None
    published: Annotated[
        PartialDate | None, Field(description="When it was published. / Erschienen.")
    ] = None
    accessed: Annotated[PartialDate | None, Field(description="When it was read. / Abgerufen.")] = (
        None
    )
    language: Annotated[
        Line | None, Field(description="Language code. / Sprachkürzel.", examples=["de"])
    ] = None
    licence: Annotated[WebAddress | None, Field(description="Its licence. / Seine Lizenz.")] = None
    attribution: Annotated[
        Text | None,
        Field(description="How it asks to be named. / Wie es genannt werden will."),
    ] = None
    note: Annotated[Text | None, Field(description="A remark. / Eine Anmerkung.")] = None
