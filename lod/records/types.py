"""The types of field values: what an editor may write, checked and with words for mistakes."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    BeforeValidator,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from pyoxigraph import Literal, NamedNode

from lod import iri

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# Spec: https://www.rfc-editor.org/rfc/rfc3987 (characters that no IRI may contain)
_NOT_IN_IRI = re.compile(r'[\x00-\x20\x7f-\x9f<>"{}|\\^`]')
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)
_YEARLESS = re.compile(r"--(?P<month>\d\d)(?:-(?P<day>\d\d))?", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
_GERMAN_DATE = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})")
_SLUG = re.compile(iri.SLUG_PATTERN)
_DECIMAL, _INTEGER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII), re.compile(r"\d+", re.ASCII)
_LEAP_YEAR = 2000
_REMEMBERED = 4096
"""So many values of a type are remembered: references and dates come again and again."""


def mistake(code: str, **context: Any) -> PydanticCustomError:
    """Return the error that `lod.records.messages` has words for."""
    return PydanticCustomError(code, code, context)


def one_text(value: Any) -> str:
    """Return a text without surrounding blanks, or refuse what is none."""
    if not isinstance(value, str):
        raise mistake("words")
    found = None if value.isprintable() else _CONTROL.search(value)
    if found:
        raise mistake("control_character", value=f"U+{ord(found.group()):04X}")
    text = value.strip()
    if not text:
        raise mistake("empty_words")
    # Names pasted from elsewhere may have their accents apart.
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def slug_name(value: Any) -> str:
    """Return a slug; refuse what isn't one, with the slug that it might become."""
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        raise mistake("slug", suggestion=iri.slug(str(value)) or "…")
    return value


@lru_cache(maxsize=_REMEMBERED)
def _known_language(tag: str) -> bool:
    """Tell whether the engine takes a language tag, too: it is the judge of BCP 47."""
    try:
        return bool(_LANGUAGE.fullmatch(tag) and Literal("", language=tag))
    except ValueError:
        return False


def words(value: Any) -> dict[str, str]:
    """Return language code → text; a text without a language stands under ``""``."""
    if isinstance(value, str):
        return {"": one_text(value)}
    if not isinstance(value, dict) or not value:
        raise mistake("words")
    for language in value:
        if not _known_language(language):
            raise mistake("language", value=repr(language))
    return {language: one_text(text) for language, text in value.items()}


def web_address(value: Any) -> str:
    """Return an http or https IRI; refuse any other scheme, blanks and control characters.

    Spec: https://www.rfc-editor.org/rfc/rfc3987
    """
    if not isinstance(value, str) or _NOT_IN_IRI.search(value):
        raise mistake("iri")
    try:
        NamedNode(value)
        parts = urlsplit(value)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise mistake("iri")
    return value


def partial_date(value: Any) -> str:
    """Return a date with the precision it was written in.

    The lexical forms are those of XML Schema: ``2025-10-31``, ``2025-10``, ``2025``, and without
    a year ``--10`` and ``--10-31``.

    Spec: https://www.w3.org/TR/xmlschema11-2/#partial-date-truncation
    """
    text = _digits_as_text(value)
    if not isinstance(text, str):
        raise mistake("date", suggest="iso_date")
    return _date(text)


@lru_cache(maxsize=_REMEMBERED)
def _date(text: str) -> str:
    match = _DATE.fullmatch(text) or _YEARLESS.fullmatch(text)
    if match is None:
        german = _GERMAN_DATE.fullmatch(text.strip())
        if german:
            day, month, year = german.groups()
            # A day that doesn't exist isn't suggested.
            nearest = _date(f"{year}-{month:0>2}-{day:0>2}")
            raise mistake("date", suggest="mean", nearest=nearest)
        raise mistake("date", suggest="iso_date")
    parts = match.groupdict()
    try:
        datetime.date(
            int(parts.get("year") or _LEAP_YEAR), int(parts["month"] or 1), int(parts["day"] or 1)
        )
    except ValueError:
        raise mistake("impossible_date") from None
    return text


def _number(convert: Callable[[str], Any], about: str, low: int, high: int) -> PlainValidator:
    def validate(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise mistake("number", about=about)
        try:
            number = convert(str(value))
        except (ValueError, InvalidOperation):
            raise mistake("number", about=about) from None
        if not low <= number <= high:  # false of NaN too
            raise mistake("number", about=about)
        return number

    return PlainValidator(validate)


def _without_thousands(value: Any) -> Any:
    """Refuse text such as 120.000, which in German is a hundred and twenty thousand."""
    if isinstance(value, str) and _THOUSANDS.fullmatch(value):
        raise mistake("thousands", plain=value.replace(".", ""))
    return value


def _decimal(text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _identifier(pattern: str, about: str) -> PlainValidator:
    matches = re.compile(pattern, re.ASCII).fullmatch

    def validate(value: Any) -> str:
        if not isinstance(value, str) or not matches(value):
            raise mistake("identifier", about=about)
        return value

    return PlainValidator(validate)


def _digits_as_text(value: Any) -> Any:
    """Return a whole number as text: a number without leading zeros loses nothing."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _key(digits: int, about: str) -> PlainValidator:
    matches = re.compile(rf"[0-9]{{{digits}}}").fullmatch

    def validate(value: Any) -> str:
        if not isinstance(value, str):
            raise mistake("key_number", digits=digits, about=about)
        if matches(value):
            return value
        # Only the states 01 to 09 have a leading zero to lose.
        if re.fullmatch(rf"[1-9][0-9]{{{digits - 2}}}", value):
            raise mistake("key_lost_zero", digits=digits, about=about, repaired=f"0{value}")
        raise mistake("key", digits=digits, about=about)

    return PlainValidator(validate)


@dataclass(frozen=True)
class References:
    """A field value that names another record as ``<kind>/<slug>``.

    Args:
        kinds: the kinds that may be named.
    """

    kinds: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        known = lru_cache(maxsize=_REMEMBERED)(self.check)
        return core_schema.no_info_plain_validator_function(
            lambda value: known(value) if isinstance(value, str) else self.check(value)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": rf"^({'|'.join(self.kinds)})/{iri.SLUG_PATTERN}$"}

    def check(self, value: Any) -> str:
        """Return the reference; refuse another form or a kind that isn't allowed here."""
        match = iri.REFERENCE.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            example = " / ".join(f"{kind}/…" for kind in self.kinds)
            raise mistake("reference", example=example, **self._meant(value))
        if match.group(1) not in self.kinds:
            example = f"{self.kinds[0]}/…"
            raise mistake("reference_kind", kinds=", ".join(self.kinds), example=example)
        return match.group()

    def _meant(self, value: Any) -> dict[str, str]:
        """Return what to suggest instead of a text that is no reference."""
        kind, slash, name = value.partition("/") if isinstance(value, str) else ("", "", "")
        kinds = get_close_matches(iri.slug(kind), self.kinds, n=1, cutoff=0.8)
        if not (kinds and slash and iri.slug(name)):
            return {"suggest": "reference"}
        return {"suggest": "mean", "nearest": f"{kinds[0]}/{iri.slug(name)}"}


_TEXT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "minProperties": 1,
            "properties": {
                "de": {"type": "string", "description": "Deutsch"},
                "en": {"type": "string", "description": "English"},
            },
            "additionalProperties": {"type": "string"},
            "propertyNames": {"pattern": f"^{_LANGUAGE.pattern}$"},
        },
    ]
}
_DATE_PATTERN = r"^(\d{4}(-\d\d(-\d\d)?)?|--\d\d(-\d\d)?)$"


def _digits(digits: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": rf"^[0-9]{{{digits}}}$"})


Text = Annotated[
    dict[str, str],
    PlainValidator(words),
    PlainSerializer(lambda text: text.get("", text), when_used="json"),
    WithJsonSchema(_TEXT_SCHEMA),
]
"""Words: language code → text, with ``""`` for text in no particular language."""
Line = Annotated[str, PlainValidator(one_text), WithJsonSchema({"type": "string", "minLength": 1})]
Slug = Annotated[
    str,
    PlainValidator(slug_name),
    WithJsonSchema({"type": "string", "pattern": f"^{iri.SLUG_PATTERN}$"}),
]
PartialDate = Annotated[
    str,
    PlainValidator(partial_date),
    # A year alone is a number to a YAML editor.
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": _DATE_PATTERN}, {"type": "integer"}]}),
]
WebAddress = Annotated[
    str,
    PlainValidator(web_address),
    WithJsonSchema({"type": "string", "format": "iri", "pattern": "^https?://"}),
]
Count = Annotated[
    int,
    _number(_integer, "a whole number, 0 or more / eine ganze Zahl ab 0", 0, 10**15),
    WithJsonSchema({"type": "integer", "minimum": 0}),
]
Amount = Annotated[
    Decimal,
    _number(_decimal, "a number, 0 or more / eine Zahl ab 0", 0, 10**15),
    BeforeValidator(_without_thousands),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
Latitude = Annotated[
    Decimal,
    _number(
        _decimal, "degrees north, -90 to 90 (WGS 84) / Grad Nord, -90 bis 90 (WGS 84)", -90, 90
    ),
    WithJsonSchema({"type": "number", "minimum": -90, "maximum": 90}),
]
Longitude = Annotated[
    Decimal,
    _number(
        _decimal, "degrees east, -180 to 180 (WGS 84) / Grad Ost, -180 bis 180 (WGS 84)", -180, 180
    ),
    WithJsonSchema({"type": "number", "minimum": -180, "maximum": 180}),
]
Ags = Annotated[str, _key(8, "Amtlicher Gemeindeschlüssel, AGS"), _digits(8)]
Ars = Annotated[str, _key(12, "Amtlicher Regionalschlüssel, ARS"), _digits(12)]
AssociationKey = Annotated[str, _key(9, "Gemeindeverbandsschlüssel"), _digits(9)]
DistrictKey = Annotated[str, _key(5, "Kreisschlüssel"), _digits(5)]
StateKey = Annotated[str, _key(2, "Landesschlüssel"), _digits(2)]
Wikidata = Annotated[
    str,
    _identifier(
        r"Q[1-9]\d*", "a Wikidata identifier such as Q3150 / eine Wikidata-Kennung wie Q3150"
    ),
    WithJsonSchema({"type": "string", "pattern": r"^Q[1-9]\d*$"}),
]
Gnd = Annotated[
    str,
    _identifier(
        r"\d{1,10}-?[\dX]", "a GND identifier such as 4028557-1 / eine GND-Kennung wie 4028557-1"
    ),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,10}-?[\dX]$"}),
]
GeoNames = Annotated[
    str,
    _identifier(
        r"[1-9]\d*", "a GeoNames number such as 2895044 / eine GeoNames-Nummer wie 2895044"
    ),
    BeforeValidator(_digits_as_text),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^[1-9]\d*$"}, {"type": "integer"}]}),
]
Nuts = Annotated[
    str,
    _identifier(r"[A-Z]{2}[A-Z0-9]{0,3}", "a NUTS code such as DEG03 / ein NUTS-Code wie DEG03"),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}[A-Z0-9]{0,3}$"}),
]
Spdx = Annotated[
    str,
    _identifier(
        r"[A-Za-z0-9][A-Za-z0-9.+-]*",
        "an SPDX licence identifier such as EUPL-1.2 / eine SPDX-Kennung wie EUPL-1.2",
    ),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9.+-]*$"}),
]
# Spec: https://www.rfc-editor.org/rfc/rfc6838#section-4.2
MediaType = Annotated[
    str,
    _identifier(
        r"[a-z]+/[a-z0-9][a-z0-9.+-]*", "a media type such as text/csv / ein Medientyp wie text/csv"
    ),
    WithJsonSchema({"type": "string", "pattern": "^[a-z]+/[a-z0-9][a-z0-9.+-]*$"}),
]
# Spec: https://www.rfc-editor.org/rfc/rfc6068
Email = Annotated[
    str,
    _identifier(
        r"[A-Za-z0-9.!$&'*+=_~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
        "a mail address such as lod@example.org / eine Mailadresse wie lod@example.org",
    ),
    WithJsonSchema({"type": "string", "format": "email"}),
]
# Spec: http://publications.europa.eu/resource/authority/file-type
FileType = Annotated[
    str,
    _identifier(
        r"[A-Za-z0-9_]+", "a code of the EU's list such as CSV / ein Kürzel der EU-Liste wie CSV"
    ),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_]+$"}),
]

MunicipalityRef = Annotated[str, References(("municipality",))]
DistrictRef = Annotated[str, References(("district",))]
StateRef = Annotated[str, References(("state",))]
PlaceRef = Annotated[str, References(("municipality", "district", "state"))]
PersonRef = Annotated[str, References(("person",))]
ProgrammeRef = Annotated[str, References(("programme",))]
ProjectRef = Annotated[str, References(("project",))]
SoftwareRef = Annotated[str, References(("software",))]
TopicRef = Annotated[str, References(("topic",))]
SourceRef = Annotated[str, References(("source",))]
AgentRef = Annotated[
    str, References(("municipality", "district", "state", "organisation", "board"))
]
"""Who acts; a place stands for its administration."""
BodyRef = Annotated[
    str,
    References(("municipality", "district", "state", "organisation", "board", "project")),
]
"""Where one can have a role."""
WholeRef = Annotated[str, References(("programme", "project"))]
AnyRef = Annotated[str, References(iri.KINDS)]
