"""What the columns of questions are called, and words for values that are names of terms."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from lod.terms import TERMS
from lod.vocab import XSD
from lod.web.scribe import Scribe
from lod.web.translate import _

COLUMNS: Mapping[str, tuple[str, str]] = {
    "address": ("Adresse", "address"),
    "approximate": ("ungefähr", "approximate"),
    "before": ("früher", "before"),
    "cohort": ("Staffel", "cohort"),
    "date": ("Stand", "as of"),
    "event": ("Veranstaltung", "event"),
    "field": ("Handlungsfeld", "field of action"),
    "from": ("von", "from"),
    "funder": ("gefördert von", "funded by"),
    "homepage": ("Website", "homepage"),
    "inhabitants": ("Einwohner", "inhabitants"),
    "initiator": ("Initiator", "initiator"),
    "licence": ("Lizenz", "licence"),
    "measures": ("Kennzahl", "figure"),
    "municipality": ("Kommune", "municipality"),
    "name": ("Name", "name"),
    "note": ("Anmerkung", "note"),
    "now": ("heute", "now"),
    "number": ("Anzahl", "number"),
    "person": ("Person", "person"),
    "platform": ("Plattform", "platform"),
    "precision": ("Genauigkeit", "precision"),
    "programme": ("Programm", "programme"),
    "project": ("Projekt", "project"),
    "projects": ("Projekte", "projects"),
    "publisher": ("Herausgeber", "publisher"),
    "repository": ("Quelltext", "source code"),
    "resource": ("Eintrag", "entry"),
    "reusedBy": ("nachgenutzt von", "reused by"),
    "role": ("Rolle", "role"),
    "roleAtHome": ("Rolle zu Hause", "role at home"),
    "seat": ("Rolle im Gremium", "role on the board"),
    "software": ("Software", "software"),
    "source": ("Quelle", "source"),
    "sourceOfProject": ("Quelle zum Projekt", "source on the project"),
    "sourceOfRole": ("Quelle zur Rolle", "source on the role"),
    "sources": ("Quellen", "sources"),
    "start": ("Beginn", "start"),
    "state": ("Land", "state"),
    "stated": ("laut Quelle", "as stated"),
    "town": ("Ort", "town"),
    "unit": ("Einheit", "unit"),
    "until": ("bis", "until"),
    "value": ("Wert", "value"),
    "what": ("was", "what"),
    "where": ("wo", "where"),
    "who": ("wer", "who"),
}
"""Variable → what it is called in German and in English."""


def called(column: str, language: str) -> str:
    """Return what a column is called; its own name if nobody said."""
    german, english = COLUMNS.get(column, (column, column))
    words = german if language == "de" else english
    return words[:1].upper() + words[1:]


def in_words(scribe: Scribe, term: NamedNode | Literal) -> str:
    """Return words for a term of ours, or for how precise a date is; empty for anything else."""
    if isinstance(term, NamedNode):
        return _precisions().get(term, "")
    if term.value in TERMS:
        return scribe.labels.forward(scribe.space.term(term.value), scribe.language)
    return _("Members known by name") if term.value == "membersKnownByName" else ""


def _precisions() -> Mapping[NamedNode, str]:
    return {
        XSD.date: _("to the day"),
        XSD.gYearMonth: _("to the month"),
        XSD.gYear: _("to the year"),
        XSD.gMonth: _("to the month, year not stated"),
        XSD.gMonthDay: _("to the day, year not stated"),
    }
