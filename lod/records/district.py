"""Districts (Kreise), each a place with an administration."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.model import Location
from lod.records.types import DistrictKey, StateRef


class District(Location):
    """A Kreis; a district-free town forms one by itself, without an administration of its own."""

    kind: ClassVar[str] = "district"

    key: Annotated[DistrictKey, Field(description="Kreisschlüssel, 5 digits.", examples=["16053"])]
    state: Annotated[
        StateRef,
        Field(description="The Land it lies in. / Das Land.", examples=["state/thueringen"]),
    ]
