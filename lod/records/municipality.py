"""Municipalities: local authorities and their associations, each a place with an administration."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lod.records.model import Location
from lod.records.types import Ags, Ars, AssociationKey, DistrictRef, MunicipalityRef, StateRef


class Municipality(Location):
    """A local authority: Stadt, Gemeinde, Amt, Verbandsgemeinde, regional association."""

    kind: ClassVar[str] = "municipality"

    ags: Annotated[
        Ags | None,
        Field(description="Amtlicher Gemeindeschlüssel, 8 digits.", examples=["16053000"]),
    ] = None
    ars: Annotated[
        Ars | None,
        Field(description="Amtlicher Regionalschlüssel, 12 digits.", examples=["160530000000"]),
    ] = None
    association_key: Annotated[
        AssociationKey | None,
        Field(
            description="Gemeindeverbandsschlüssel of an association, 9 digits.",
            examples=["010595974"],
        ),
    ] = None
    district: Annotated[
        DistrictRef | None,
        Field(description="The Kreis it lies in. / Der Kreis.", examples=["district/jena"]),
    ] = None
    states: Annotated[
        tuple[StateRef, ...],
        Field(description="The Land it lies in. / Das Land.", examples=[["state/thueringen"]]),
    ] = ()
    part_of: Annotated[
        tuple[MunicipalityRef, ...],
        Field(description="Associations it belongs to. / Verbände, denen es angehört."),
    ] = ()
