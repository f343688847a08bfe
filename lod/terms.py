"""Our own terms: only what no vocabulary of the field has a word for."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode

from lod.vocab import DCTERMS, ORG, SCHEMA


class Term(NamedTuple):
    """A property or class of ours, in German and English.

    Attributes:
        label: the name, German and English.
        definition: what it says, German and English.
        broader: the property or class of another vocabulary that it refines, if any.
    """

    label: tuple[str, str]
    definition: tuple[str, str]
    broader: NamedNode | None = None


PROPERTIES: dict[str, Term] = {
    "ags": Term(
        ("Amtlicher Gemeindeschlüssel", "official municipality key"),
        (
            "Achtstelliger Schlüssel einer Gemeinde (AGS): Land, Bezirk, Kreis und Gemeinde.",
            "Eight-digit key of a municipality (AGS): state, region, district, municipality.",
        ),
        DCTERMS.identifier,
    ),
    "ars": Term(
        ("Amtlicher Regionalschlüssel", "official regional key"),
        (
            "Zwölfstelliger Schlüssel einer Gemeinde (ARS), der auch ihren Verband nennt.",
            "Twelve-digit key of a municipality (ARS), which also names its association.",
        ),
        DCTERMS.identifier,
    ),
    "associationKey": Term(
        ("Gemeindeverbandsschlüssel", "association key"),
        (
            "Neunstelliger Schlüssel eines Gemeindeverbands: die ersten Stellen des ARS.",
            "Nine-digit key of an association of municipalities: the first digits of the ARS.",
        ),
        DCTERMS.identifier,
    ),
    "districtKey": Term(
        ("Kreisschlüssel", "district key"),
        (
            "Fünfstelliger Schlüssel des Kreises, der oder in dem der Ort ist.",
            "Five-digit key of the district that the place is or lies in.",
        ),
        DCTERMS.identifier,
    ),
    "stateKey": Term(
        ("Landesschlüssel", "state key"),
        (
            "Zweistelliger Schlüssel des Landes, das oder in dem der Ort ist.",
            "Two-digit key of the state that the place is or lies in.",
        ),
        DCTERMS.identifier,
    ),
    "nuts": Term(
        ("NUTS-Code", "NUTS code"),
        ("Code in der EU-Gebietssystematik NUTS.", "Code in the EU classification NUTS."),
        DCTERMS.identifier,
    ),
    "administration": Term(
        ("Verwaltung", "administration"),
        (
            "Die Verwaltung, die für einen Ort handelt.",
            "The administration that acts for a place.",
        ),
    ),
    "figure": Term(
        ("Kennzahl", "figure"),
        (
            "Eine Zahl über die Sache, mit dem, was sie misst, und der Quelle, die sie nennt.",
            "A number about the thing, with what it measures and the source that states it.",
        ),
    ),
    "approximate": Term(
        ("ungefähr", "approximate"),
        (
            "Wahr, wenn die Quelle die Zahl als ungefähr bezeichnet.",
            "True where the source calls the number approximate.",
        ),
    ),
    "formerName": Term(
        ("früherer Name", "former name"),
        (
            "Ein Name, der eine Zeit lang galt, mit dieser Zeit und der Quelle.",
            "A name that was used for a time, with that time and the source.",
        ),
    ),
    "platform": Term(
        ("Plattform", "platform"),
        (
            "Die Plattform, über die ein Gremium Wissen und Lösungen teilt.",
            "The platform through which a board shares knowledge and solutions.",
        ),
    ),
    "onBehalfOf": Term(
        ("vertritt", "on behalf of"),
        (
            "Für wen eine Person eine Rolle wahrnimmt.",
            "For whom a person has a role.",
        ),
    ),
    "lead": Term(
        ("Leitung", "lead"),
        (
            "Wer ein Vorhaben leitet und gegenüber dem Förderer verantwortet.",
            "Who leads an undertaking and answers for it to its funder.",
        ),
        SCHEMA.member,
    ),
    "fundedUnder": Term(
        ("gefördert im Programm", "funded under"),
        (
            "Das Programm oder die Staffel, in der ein Vorhaben gefördert wird.",
            "The programme or cohort under which an undertaking is funded.",
        ),
        DCTERMS.isPartOf,
    ),
    "statedTime": Term(
        ("Zeitangabe der Quelle", "time as stated"),
        (
            "Was die Quelle über die Zeit sagt, wo ein Datum es nicht ausdrücken kann.",
            "What the source says of the time where a date cannot express it.",
        ),
    ),
    "usedBy": Term(
        ("genutzt von", "used by"),
        (
            "Wer die Software nutzt (usedBy in publiccode.yml).",
            "Who uses the software (usedBy in publiccode.yml).",
        ),
    ),
    "accessed": Term(
        ("abgerufen", "accessed"),
        ("Wann die Quelle gelesen wurde.", "When the source was read."),
        DCTERMS.date,
    ),
}

CLASSES: dict[str, Term] = {
    "Board": Term(
        ("Gremium", "board"),
        (
            "Ein Gremium mit Mitgliedern, Initiatoren, Sitzungen und Zielen.",
            "A standing body with members, initiators, sessions and aims.",
        ),
        ORG.Organization,
    ),
    "District": Term(
        ("Kreis", "district"),
        (
            "Ein Kreis: ein Gebiet zwischen Land und Gemeinde, das auch eine Stadt allein bildet.",
            "A Kreis: an area between state and municipality; a town may form one by itself.",
        ),
        SCHEMA.AdministrativeArea,
    ),
    "NamePeriod": Term(
        ("Name auf Zeit", "name for a time"),
        (
            "Ein Name zusammen mit der Zeit, in der er galt.",
            "A name together with the time in which it was used.",
        ),
    ),
}

MEASURES: dict[str, Term] = {
    "population": Term(
        ("Einwohnerzahl", "population"),
        ("Zahl der Einwohnerinnen und Einwohner.", "Number of inhabitants."),
    ),
    "announcedMembers": Term(
        ("angekündigte Mitglieder", "announced members"),
        ("Zahl der Mitglieder, die angekündigt ist.", "Number of members that is announced."),
    ),
    "maximumMembers": Term(
        ("Höchstzahl der Mitglieder", "maximum members"),
        ("Zahl der Plätze, die vergeben werden.", "Number of seats that there are."),
    ),
    "memberMunicipalities": Term(
        ("Mitgliedskommunen", "member municipalities"),
        ("Zahl der Kommunen, die Mitglied sind.", "Number of municipalities that are members."),
    ),
    "applications": Term(
        ("Bewerbungen", "applications"),
        ("Zahl der eingegangenen Bewerbungen.", "Number of applications received."),
    ),
    "selectedProjects": Term(
        ("ausgewählte Projekte", "selected projects"),
        ("Zahl der ausgewählten Vorhaben.", "Number of projects selected."),
    ),
    "supportedPlaces": Term(
        ("geförderte Orte", "supported places"),
        ("Zahl der geförderten Orte oder Regionen.", "Number of places or regions supported."),
    ),
    "measures": Term(
        ("Maßnahmen", "measures"),
        ("Zahl der Maßnahmen.", "Number of measures."),
    ),
    "budget": Term(
        ("Mittel", "budget"),
        ("Geld, das ein Programm insgesamt hat, in Euro.", "Money a programme has, in euros."),
    ),
    "totalCost": Term(
        ("Gesamtkosten", "total cost"),
        ("Kosten eines Vorhabens insgesamt, in Euro.", "Cost of a project in all, in euros."),
    ),
    "grant": Term(
        ("Förderung", "grant"),
        ("Anteil, den der Förderer trägt, in Euro.", "Share that the funder bears, in euros."),
    ),
    "ownShare": Term(
        ("Eigenanteil", "own share"),
        ("Anteil, den die Geförderten tragen, in Euro.", "Share borne by the funded, in euros."),
    ),
    "maximumGrant": Term(
        ("Höchstförderung", "maximum grant"),
        ("Höchste Förderung je Vorhaben, in Euro.", "Highest grant for a project, in euros."),
    ),
    "fundingRate": Term(
        ("Förderquote", "funding rate"),
        ("Anteil der Förderung an den Kosten, in Prozent.", "Grant by cost, in per cent."),
    ),
}
"""What a figure measures; each is a property that a ``schema:measuredProperty`` names."""

MONEY = frozenset({"budget", "totalCost", "grant", "ownShare", "maximumGrant"})
"""The measures in euros."""

TERMS: dict[str, Term] = {**PROPERTIES, **CLASSES, **MEASURES}
