"""States (Länder)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.model import Location
from lod.records.types import StateKey


class State(Location):
    """A Land of the Federal Republic."""

    kind: ClassVar[str] = "state"

    key: Annotated[StateKey, Field(description="Landesschlüssel, 2 digits.", examples=["16"])]
