"""Persons in public roles: name and source alone."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.model import Record
from lod.records.types import Text


class Person(Record):
    """Somebody in a public role; the roles are memberships. Nothing more is kept."""

    kind: ClassVar[str] = "person"

    name: Annotated[Text, Field(description="The name. / Der Name.", examples=["Martin Berger"])]
