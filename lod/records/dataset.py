"""Datasets that municipalities and agencies publish."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lod.records.model import Described, Group
from lod.records.types import (
    AgentRef,
    Count,
    Email,
    FileType,
    MediaType,
    PartialDate,
    PlaceRef,
    Text,
    WebAddress,
)

Theme = Literal[
    "AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH",
    "TRAN",
]  # fmt: skip

# The codes of the EU's lists. Spec: http://publications.europa.eu/resource/authority/frequency etc.
Frequency = Literal[
    "ANNUAL", "ANNUAL_2", "ANNUAL_3", "BIENNIAL", "BIMONTHLY", "BIWEEKLY", "CONT", "DAILY",
    "DAILY_2", "IRREG", "MONTHLY", "MONTHLY_2", "MONTHLY_3", "NEVER", "OTHER", "QUARTERLY",
    "TRIENNIAL", "UNKNOWN", "UPDATE_CONT", "WEEKLY", "WEEKLY_2", "WEEKLY_3",
]  # fmt: skip
Availability = Literal["AVAILABLE", "EXPERIMENTAL", "STABLE", "TEMPORARY"]
Access = Literal["PUBLIC", "RESTRICTED", "NON_PUBLIC"]
Status = Literal["COMPLETED", "DEPRECATED", "DEVELOP", "WITHDRAWN"]
# Spec: https://www.dcat-ap.de/def/dcatde/3.0/spec/#kv-political-geocoding-level
Level = Literal[
    "international", "european", "federal", "state", "administrativeDistrict", "municipality"
]


class Office(Group):
    """Where one asks about the dataset; an office, not a person."""

    name: Annotated[Text, Field(description="The office. / Die Stelle.")]
    email: Annotated[Email | None, Field(description="Mail address. / E-Mail-Adresse.")] = None
    page: Annotated[WebAddress | None, Field(description="Contact page. / Kontaktseite.")] = None


class File(Group):
    """One form in which the dataset can be had."""

    address: Annotated[WebAddress, Field(description="Where it is. / Wo sie liegt.")]
    download: Annotated[
        WebAddress | None, Field(description="The file itself. / Die Datei selbst.")
    ] = None
    title: Annotated[Text | None, Field(description="What it is. / Was sie ist.")] = None
    format: Annotated[
        FileType | None,
        Field(description="EU file type code. / Dateityp der EU-Liste.", examples=["CSV"]),
    ] = None
    licence: Annotated[
        WebAddress | None, Field(description="Licence of this file. / Lizenz dieser Datei.")
    ] = None
    description: Annotated[Text | None, Field(description="What it holds. / Was sie enthält.")] = (
        None
    )
    media_type: Annotated[
        MediaType | None,
        Field(description="IANA media type. / Medientyp der IANA.", examples=["text/csv"]),
    ] = None
    size: Annotated[Count | None, Field(description="Size in bytes. / Größe in Bytes.")] = None
    issued: Annotated[PartialDate | None, Field(description="First issued. / Erschienen.")] = None
    modified: Annotated[PartialDate | None, Field(description="Last changed. / Geändert.")] = None
    availability: Annotated[
        Availability | None,
        Field(description="How long it will be offered. / Wie lange sie angeboten wird."),
    ] = None
    status: Annotated[
        Status | None, Field(description="How finished it is. / Bearbeitungsstand.")
    ] = None


class Dataset(Described):
    """Open data that somebody publishes."""

    kind: ClassVar[str] = "dataset"

    publisher: Annotated[AgentRef, Field(description="Who publishes it. / Herausgeber.")]
    licence: Annotated[
        WebAddress | None,
        Field(
            description="Licence, from http://dcat-ap.de/def/licenses/. / Lizenz.",
            examples=["http://dcat-ap.de/def/licenses/dl-by-de/2.0"],
        ),
    ] = None
    attribution: Annotated[
        Text | None, Field(description="How to name the origin. / Namensnennung.")
    ] = None
    themes: Annotated[
        tuple[Theme, ...], Field(description="EU data themes. / Themen der EU-Liste.")
    ] = ()
    keywords: Annotated[tuple[Text, ...], Field(description="Keywords. / Schlagwörter.")] = ()
    places: Annotated[
        tuple[PlaceRef, ...], Field(description="What place it is about. / Raumbezug.")
    ] = ()
    issued: Annotated[PartialDate | None, Field(description="First issued. / Erschienen.")] = None
    modified: Annotated[PartialDate | None, Field(description="Last changed. / Geändert.")] = None
    start: Annotated[PartialDate | None, Field(description="Covers from. / Zeitraum ab.")] = None
    end: Annotated[PartialDate | None, Field(description="Covers until. / Zeitraum bis.")] = None
    files: Annotated[
        tuple[File, ...], Field(description="How it can be had. / Wie man sie bekommt.")
    ] = ()
    contact: Annotated[
        Office | None, Field(description="Where one asks about it. / Ansprechstelle.")
    ] = None
    areas: Annotated[
        tuple[WebAddress, ...],
        Field(
            description="Places that no record describes, from the EU's lists or GeoNames. / "
            "Raumbezug ohne eigenen Datensatz, aus den Listen der EU oder GeoNames.",
            examples=[["http://publications.europa.eu/resource/authority/country/DEU"]],
        ),
    ] = ()
    level: Annotated[
        Level | None,
        Field(
            description="Political level of the places. / Politische Ebene des Raumbezugs.",
            examples=["municipality"],
        ),
    ] = None
    frequency: Annotated[
        Frequency | None,
        Field(
            description="How often it is updated. / Wie oft sie aktualisiert werden.",
            examples=["MONTHLY"],
        ),
    ] = None
    availability: Annotated[
        Availability | None,
        Field(description="How long it will be offered. / Wie lange sie angeboten werden."),
    ] = None
    access: Annotated[
        Access | None, Field(description="Who may have it. / Wer Zugang hat.", examples=["PUBLIC"])
    ] = None
