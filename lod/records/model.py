"""What the records of all kinds share: their base classes and the groups of fields inside them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from lod.records.types import (
    AgentRef,
    Amount,
    Count,
    GeoNames,
    Gnd,
    Latitude,
    Longitude,
    Nuts,
    PartialDate,
    Slug,
    SourceRef,
    Text,
    TopicRef,
    WebAddress,
    Wikidata,
)

Measure = Literal[
    "population",
    "announced members",
    "maximum members",
    "member municipalities",
    "applications",
    "selected projects",
    "supported places",
    "measures",
    "budget",
    "total cost",
    "grant",
    "own share",
    "maximum grant",
    "funding rate",
]
Precision = Literal["exact", "about", "more than", "at most"]


class Group(BaseModel):
    """A group of fields inside a record."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Figure(Group):
    """A number that a source states: what it measures, of when, and who says so.

    Amounts of money are in euros, populations in persons, the funding rate in per cent.
    """

    measure: Annotated[Measure, Field(description="What is measured. / Was gemessen wird.")]
    value: Annotated[
        Amount, Field(description="The number, as digits. / Die Zahl, in Ziffern.", examples=[20])
    ]
    precision: Annotated[
        Precision,
        Field(description="How exactly the source states it. / Wie genau die Quelle sie angibt."),
    ] = "exact"
    date: Annotated[
        PartialDate | None, Field(description="Of when. / Von wann.", examples=["2022-12-31"])
    ] = None
    note: Annotated[Text | None, Field(description="What it includes. / Was sie umfasst.")] = None
    sources: Annotated[
        tuple[SourceRef, ...],
        Field(
            description="Who says so. / Wer das angibt.",
            examples=[["source/jena-open-source-board"]],
        ),
    ] = ()


class FormerName(Group):
    """A name that was used for a time."""

    name: Annotated[Text, Field(description="The name. / Der Name.")]
    start: Annotated[PartialDate | None, Field(description="Since when. / Seit wann.")] = None
    end: Annotated[PartialDate | None, Field(description="Until when. / Bis wann.")] = None
    sources: Annotated[
        tuple[SourceRef, ...], Field(description="Who says so. / Wer das angibt.")
    ] = ()


class Coordinates(Group):
    """A point in WGS 84 decimal degrees."""

    latitude: Annotated[Latitude, Field(description="Degrees north. / Grad Nord.")]
    longitude: Annotated[Longitude, Field(description="Degrees east. / Grad Ost.")]


class Involvement(Group):
    """Who takes part in which role, and from when to when."""

    organisation: Annotated[AgentRef, Field(description="Who. / Wer.")]
    role: Annotated[
        TopicRef,
        Field(description="In which role. / In welcher Rolle.", examples=["topic/role-funder"]),
    ]
    start: Annotated[PartialDate | None, Field(description="Since when. / Seit wann.")] = None
    end: Annotated[PartialDate | None, Field(description="Until when. / Bis wann.")] = None
    note: Annotated[Text | None, Field(description="A remark. / Eine Anmerkung.")] = None
    sources: Annotated[
        tuple[SourceRef, ...], Field(description="Who says so. / Wer das angibt.")
    ] = ()


class Record(BaseModel):
    """One file or table row as typed values."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    kind: ClassVar[str]

    slug: Annotated[Slug, Field(description="The last part of the IRI. / Der letzte Teil der IRI.")]
    sources: Annotated[
        tuple[SourceRef, ...],
        Field(
            description="The sources this record was taken from. / Quellen dieses Datensatzes.",
            examples=[["source/jena-open-source-board"]],
        ),
    ] = ()

    @property
    def reference(self) -> str:
        """How other records name this one: ``<kind>/<slug>``."""
        return f"{self.kind}/{self.slug}"


class Described(Record):
    """A record of something that has a name and may be described."""

    name: Annotated[
        Text, Field(description="The name. / Der Name.", examples=["Jena", {"de": "Köln"}])
    ]
    also_known_as: Annotated[
        tuple[Text, ...], Field(description="Other names in use. / Weitere Namen.")
    ] = ()
    former_names: Annotated[
        tuple[FormerName, ...], Field(description="Names of former times. / Frühere Namen.")
    ] = ()
    description: Annotated[
        Text | None,
        Field(description="Some sentences in your own words. / Einige Sätze, eigene Worte."),
    ] = None
    homepage: Annotated[
        WebAddress | None,
        Field(description="Address of the website. / Adresse der Website."),
    ] = None
    topics: Annotated[
        tuple[TopicRef, ...], Field(description="What it is about. / Worum es geht.")
    ] = ()
    figures: Annotated[
        tuple[Figure, ...],
        Field(description="Numbers, each with its source. / Zahlen mit je eigener Quelle."),
    ] = ()
    wikidata: Annotated[
        Wikidata | None, Field(description="Wikidata identifier.", examples=["Q3150"])
    ] = None
    gnd: Annotated[Gnd | None, Field(description="GND identifier.", examples=["4028557-1"])] = None
    note: Annotated[
        Text | None,
        Field(description="A remark, such as what is unsure. / Anmerkung, etwa zu Unsicherem."),
    ] = None


class Location(Described):
    """A place that has an administration."""

    official_name: Annotated[
        Text | None,
        Field(
            description="The name in the official register. / Name im amtlichen Verzeichnis.",
            examples=["Jena, Stadt"],
        ),
    ] = None
    administration: Annotated[
        Text | None,
        Field(
            description="The name of its administration. / Name der Verwaltung.",
            examples=["Stadt Jena"],
        ),
    ] = None
    type: Annotated[
        TopicRef | None,
        Field(description="What form of place it is. / Form.", examples=["topic/kreisfreie-stadt"]),
    ] = None
    area_km2: Annotated[
        Amount | None, Field(description="Area in square kilometres. / Fläche in km².")
    ] = None
    population: Annotated[
        Count | None, Field(description="Number of inhabitants. / Einwohnerzahl.")
    ] = None
    population_date: Annotated[
        PartialDate | None,
        Field(description="Of when. / Stand der Einwohnerzahl.", examples=["2022-12-31"]),
    ] = None
    population_source: Annotated[
        SourceRef | None,
        Field(
            description="Who states the population. / Quelle der Einwohnerzahl.",
            examples=["source/gemeindeverzeichnis-2023-11-30"],
        ),
    ] = None
    coordinates: Annotated[
        Coordinates | None, Field(description="A point in it (WGS 84). / Ein Punkt darin.")
    ] = None
    geonames: Annotated[
        GeoNames | None, Field(description="GeoNames number.", examples=["2895044"])
    ] = None
    nuts: Annotated[Nuts | None, Field(description="NUTS code.", examples=["DEG03"])] = None
