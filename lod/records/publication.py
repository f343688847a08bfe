"""The publication file: what all records are published as."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lod.records.dataset import Access, Availability, Frequency, Level, Theme
from lod.records.model import Group
from lod.records.types import (
    AnyRef,
    Email,
    Latitude,
    Line,
    Longitude,
    PartialDate,
    Slug,
    SourceRef,
    Text,
    WebAddress,
    mistake,
)

PublisherType = Literal[
    "Academia-ScientificOrganisation",
    "Company",
    "IndustryConsortium",
    "LocalAuthority",
    "NationalAuthority",
    "NonGovernmentalOrganisation",
    "NonProfitOrganisation",
    "PrivateIndividual(s)",
    "RegionalAuthority",
    "StandardisationBody",
    "SupraNationalAuthority",
]
"""The codes of http://purl.org/adms/publishertype/1.0."""


def _base(value: str) -> str:
    if not value.endswith("/") or "?" in value or "#" in value:
        raise mistake("base_iri")
    return value


class Body(Group):
    """Who publishes."""

    name: Annotated[Text, Field(description="The name. / Der Name.")]
    homepage: Annotated[WebAddress | None, Field(description="The website. / Website.")] = None
    type: Annotated[
        PublisherType | None,
        Field(
            description="Form, as data portals have it. / Art, wie Datenportale sie kennen.",
            examples=["LocalAuthority"],
        ),
    ] = None


class Contact(Group):
    """Where one writes to; an office, not a person."""

    name: Annotated[Text, Field(description="The office. / Die Stelle.")]
    email: Annotated[Email | None, Field(description="Mail address. / E-Mail-Adresse.")] = None
    page: Annotated[WebAddress | None, Field(description="Contact page. / Kontaktseite.")] = None


class Attribution(Group):
    """How the origin of a part of the data asks to be named."""

    source: Annotated[SourceRef, Field(description="The origin. / Die Herkunft.")]
    text: Annotated[Text, Field(description="The words it asks for. / Der verlangte Text.")]
    licence: Annotated[WebAddress, Field(description="Its licence. / Ihre Lizenz.")]


class Box(Group):
    """A rectangle in WGS 84 decimal degrees."""

    west: Annotated[Longitude, Field(description="Degrees east. / Grad Ost.")]
    south: Annotated[Latitude, Field(description="Degrees north. / Grad Nord.")]
    east: Annotated[Longitude, Field(description="Degrees east. / Grad Ost.")]
    north: Annotated[Latitude, Field(description="Degrees north. / Grad Nord.")]


class Area(Group):
    """What place the data are about, by an address that data portals know."""

    iri: Annotated[
        WebAddress,
        Field(
            description="From the EU's lists, GeoNames or dcat-ap.de. / Aus den Listen der EU, "
            "GeoNames oder dcat-ap.de.",
            examples=["http://dcat-ap.de/def/politicalGeocoding/municipalityKey/16053000"],
        ),
    ]
    name: Annotated[Text, Field(description="Its name. / Der Name.", examples=["Jena"])]
    box: Annotated[Box | None, Field(description="The area's bounds. / Das Gebiet.")] = None


_GERMANY = {"de": "Deutschland", "en": "Germany"}
GERMANY = tuple(
    Area.model_validate(
        {
            "iri": iri,
            "name": _GERMANY,
            "box": {"west": "5.87", "south": "47.27", "east": "15.04", "north": "55.06"},
        }
    )
    for iri in (
        "http://publications.europa.eu/resource/authority/country/DEU",
        "https://sws.geonames.org/2921044/",
    )
)
"""What the data are about unless the publication file says otherwise."""


class Imprint(Group):
    """What the law asks an operator to say of itself (§ 5 DDG)."""

    address: Annotated[
        tuple[Line, ...],
        Field(
            description="Postal address, line by line. / Postanschrift, Zeile für Zeile.",
            examples=[["Am Anger 15", "07743 Jena"]],
        ),
    ]
    represented_by: Annotated[
        Line | None,
        Field(description="Who acts for it: office or role. / Vertreten durch: Amt oder Funktion."),
    ] = None
    phone: Annotated[Line | None, Field(description="Of the office. / Telefon der Stelle.")] = None
    text: Annotated[Text | None, Field(description="Anything else. / Weiteres.")] = None


class Privacy(Group):
    """Whom one asks about personal data, and what a server in front keeps."""

    officer: Annotated[Contact, Field(description="Data protection officer. / Datenschutz.")]
    text: Annotated[
        Text | None,
        Field(description="What a server in front keeps. / Was ein Server davor festhält."),
    ] = None


class Accessibility(Group):
    """What the statement on accessibility says beyond what is true everywhere (§ 12b BGG)."""

    assessed: Annotated[PartialDate, Field(description="Date of the check. / Datum der Prüfung.")]
    method: Annotated[Text | None, Field(description="Who checked how. / Wer wie geprüft hat.")] = (
        None
    )
    exceptions: Annotated[
        tuple[Text, ...], Field(description="What isn't accessible. / Was nicht barrierefrei ist.")
    ] = ()
    enforcement: Annotated[
        Contact | None, Field(description="Arbitration office. / Schlichtungsstelle.")
    ] = None


class MenuItem(Group):
    """A link of the publisher's own in the menu."""

    text: Annotated[Text, Field(description="Its words. / Der Text.")]
    url: Annotated[WebAddress, Field(description="Where it leads. / Wohin er führt.")]


class GlossaryTerm(Group):
    """A word of the field, and what it means."""

    slug: Annotated[
        Slug,
        Field(
            description="Names it in addresses; that of a term of ours replaces it. / "
            "Name in der Adresse; ein vorhandener ersetzt unseren Eintrag.",
            examples=["kohorte"],
        ),
    ]
    name: Annotated[Text, Field(description="What it is called. / Der Begriff.")]
    also: Annotated[
        tuple[Text, ...], Field(description="Other names, abbreviations. / Andere Namen, Kürzel.")
    ] = ()
    definition: Annotated[
        Text, Field(description="What it means, in plain words. / Erklärung in einfachen Worten.")
    ]
    source: Annotated[
        WebAddress | None, Field(description="Where that stands. / Wo das steht.")
    ] = None
    record: Annotated[
        AnyRef | None,
        Field(
            description="The record that is meant. / Der Datensatz, der gemeint ist.",
            examples=["programme/modellprojekte-smart-cities"],
        ),
    ] = None
    properties: Annotated[
        tuple[Line, ...],
        Field(
            description="Properties whose labels lead to it. / Eigenschaften, deren Namen zu ihm "
            "führen.",
            examples=[["lod:ags"]],
        ),
    ] = ()


class Publication(Group):
    """What the records of a data directory are published as."""

    base_iri: Annotated[
        WebAddress,
        AfterValidator(_base),
        Field(
            description="Start of every IRI, ending in a slash. / Anfang jeder IRI.",
            examples=["https://daten.jena.de/"],
        ),
    ]
    title: Annotated[Text, Field(description="The title. / Der Titel.")]
    description: Annotated[Text, Field(description="What it is. / Was es ist.")]
    publisher: Annotated[Body, Field(description="Who publishes it. / Herausgeber.")]
    contact: Annotated[Contact, Field(description="Where one writes to. / Kontakt.")]
    licence: Annotated[
        WebAddress,
        Field(
            description="Licence, from http://dcat-ap.de/def/licenses/. / Lizenz der Liste.",
            examples=["http://dcat-ap.de/def/licenses/cc-by/4.0"],
        ),
    ]
    licence_name: Annotated[Line, Field(description="Its name. / Ihr Name.")]
    attributions: Annotated[
        tuple[Attribution, ...],
        Field(description="Origins that ask to be named. / Zu nennende Herkunft."),
    ] = ()
    languages: Annotated[
        tuple[Line, ...],
        Field(
            description="Languages of the pages. / Sprachen der Seiten.", examples=[["de", "en"]]
        ),
    ]
    issued: Annotated[PartialDate, Field(description="First published. / Zuerst veröffentlicht.")]
    modified: Annotated[
        PartialDate,
        Field(description="Date of this edition; starts the version. / Datum dieser Ausgabe."),
    ]
    contributor: Annotated[
        WebAddress | None,
        Field(
            description="The ID that GovData gave you. / Ihre Datenbereitsteller-ID von GovData.",
            examples=["http://dcat-ap.de/def/contributors/landeshauptstadtMuenchen"],
        ),
    ] = None
    themes: Annotated[
        tuple[Theme, ...], Field(description="EU data themes. / Themen der EU-Liste.")
    ] = ("GOVE", "REGI", "TECH")
    keywords: Annotated[tuple[Text, ...], Field(description="Keywords. / Schlagwörter.")] = ()
    areas: Annotated[
        tuple[Area, ...],
        Field(
            description="What place it is about; Germany when left out. / Raumbezug, ohne Angabe "
            "Deutschland."
        ),
    ] = ()
    level: Annotated[
        Level,
        Field(description="Political level of that place. / Politische Ebene des Raumbezugs."),
    ] = "federal"
    frequency: Annotated[
        Frequency, Field(description="How often editions come. / Wie oft Ausgaben erscheinen.")
    ] = "IRREG"
    availability: Annotated[
        Availability,
        Field(description="How long it will be offered. / Wie lange es angeboten wird."),
    ] = "STABLE"
    access: Annotated[Access, Field(description="Who may have it. / Wer Zugang hat.")] = "PUBLIC"
    imprint: Annotated[
        Imprint | None, Field(description="For the imprint. / Für das Impressum.")
    ] = None
    privacy: Annotated[
        Privacy | None, Field(description="For the page on privacy. / Für den Datenschutz.")
    ] = None
    accessibility: Annotated[
        Accessibility | None,
        Field(description="For its statement. / Für die Erklärung zur Barrierefreiheit."),
    ] = None
    menu: Annotated[
        tuple[MenuItem, ...], Field(description="More links in the menu. / Weitere Menüpunkte.")
    ] = ()
    glossary: Annotated[
        tuple[GlossaryTerm, ...],
        Field(description="More words to explain. / Weitere Begriffe zum Erklären."),
    ] = ()
