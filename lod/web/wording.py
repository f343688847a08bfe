"""Literals in the reader's language: texts, dates, numbers, money, areas."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent, get_group_symbol
from babel.units import format_unit
from pyoxigraph import Literal

from lod.vocab import GEO, XSD
from lod.web.translate import _

FALLBACK = ("de", "en", "")
"""The languages that stand in where the asked one is missing; then any other, in order."""
_SQUARE_KILOMETRE = Decimal(1_000_000)
_NUMBERS = {XSD.integer, XSD.decimal, XSD.double, XSD.nonNegativeInteger}
_DATES = {XSD.date, XSD.gYear, XSD.gYearMonth, XSD.gMonth, XSD.gMonthDay}
_DATE = re.compile(r"(\d{4})?-?-?(\d\d)?(?:-(\d\d))?")
_LEAP_YEAR = 2000


class Text(NamedTuple):
    """Words, and their language where it isn't that of the page; empty where it is or unknown."""

    words: str
    lang: str = ""


def chain(language: str, found: Iterable[str]) -> list[str]:
    """Return language codes in the order in which a reader of one language wants them."""
    codes = list(found)
    wanted = [code for code in (language, *FALLBACK) if code in codes]
    return list(dict.fromkeys((*wanted, *sorted(codes))))


def pick(texts: Mapping[str, str], language: str) -> Text | None:
    """Return the text that a reader of a language is served best by.

    The chain is: asked language → German → English → untagged → any other.
    """
    if language in texts:
        return Text(texts[language])
    for code in chain(language, texts):
        return Text(texts[code], "" if code == language else code)
    return None


def pick_all(literals: Iterable[Literal], language: str) -> list[Text]:
    """Return the values of a property in the one language that has most of them.

    Of languages with equally many, the chain decides.
    """
    groups: dict[str, list[str]] = {}
    for literal in literals:
        groups.setdefault(literal.language or "", []).append(literal.value)
    most = max((len(group) for group in groups.values()), default=0)
    code = next((c for c in chain(language, groups) if len(groups[c]) == most), "")
    return [Text(words, "" if code == language else code) for words in groups.get(code, [])]


class Wording:
    """Writes values as a reader of a language is used to.

    Args:
        language: of the reader.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def locale(self) -> Locale:
        """The rules of the language; English is that of Europe."""
        return Locale.parse("en_GB" if self.language == "en" else self.language)

    @cached_property
    def _between(self) -> str:
        """What stands between thousands."""
        return get_group_symbol(self.locale)

    def text(self, literal: Literal) -> Text:
        """Write a literal of any datatype."""
        if literal.language:
            lang = "" if literal.language == self.language else literal.language
            return Text(literal.value, lang)
        if literal.datatype in _DATES:
            return Text(self.date(literal.value))
        if literal.datatype == XSD.boolean:
            return Text(_("yes") if literal.value in ("true", "1") else _("no"))
        if literal.datatype in _NUMBERS:
            return Text(self.number(literal.value))
        if literal.datatype == GEO.wktLiteral:
            return Text(literal.value)
        return Text(literal.value)

    def number(self, value: str) -> str:
        """Write a number; words that are none stay as they are."""
        if value.isdecimal():
            # Both languages put three digits together; Babel takes ten times as long for that.
            return f"{int(value):,}".replace(",", self._between)
        try:
            return format_decimal(Decimal(value), locale=self.locale)
        except InvalidOperation:
            return value

    def money(self, value: str, currency: str) -> str:
        """Write an amount, its cents only where it has any."""
        amount = Decimal(value)
        pattern = str(self.locale.currency_formats["standard"].pattern)
        if amount == amount.to_integral_value():
            pattern = pattern.replace(".00", "")
        return format_currency(amount, currency, pattern, locale=self.locale, currency_digits=False)

    def percent(self, value: str) -> str:
        """Write a share that is given in per cent."""
        pattern = str(self.locale.percent_formats[None].pattern).replace("#,##0", "#,##0.##")
        return format_percent(Decimal(value) / 100, pattern, locale=self.locale)

    def area(self, square_metres: str) -> str:
        """Write an area in square kilometres."""
        area = round(Decimal(square_metres) / _SQUARE_KILOMETRE, 2)
        return format_unit(area, "area-square-kilometer", "short", locale=self.locale)

    def size(self, size: int) -> str:
        """Write the size of a file."""
        for unit, one in (("gigabyte", 10**9), ("megabyte", 10**6), ("kilobyte", 1000)):
            if size >= one:
                scaled = Decimal(size) / one
                amount = round(scaled, 1) if scaled < 10 else round(scaled)
                return format_unit(amount, f"digital-{unit}", "short", locale=self.locale)
        return format_unit(size, "digital-byte", "short", locale=self.locale)

    def status(self, code: str) -> str:
        """Write how far software is, by the words of publiccode.yml."""
        known = {
            "concept": _("concept"),
            "development": _("in development"),
            "beta": _("in test"),
            "stable": _("stable"),
            "obsolete": _("obsolete"),
        }
        return known.get(code, code)

    def language_name(self, code: str) -> str:
        """Write the name of a language; a code that is none stays as it is."""
        return self.locale.languages.get(code) or code

    def date(self, value: str) -> str:
        """Write a date as precisely as it is known: a day, a month, a year; or without a year."""
        match = _DATE.fullmatch(value)
        year, month, day = match.groups() if match else (None, None, None)
        if not match or not (year or month):
            return value
        try:
            whole = datetime.date(int(year or _LEAP_YEAR), int(month or 1), int(day or 1))
        except ValueError:
            return value
        return self._date(whole, year, month, day)

    def _date(
        self, whole: datetime.date, year: str | None, month: str | None, day: str | None
    ) -> str:
        if year and day:
            return format_date(whole, "long", locale=self.locale)
        if year and month:
            return format_skeleton("yMMMM", whole, locale=self.locale)
        if year:
            return year
        if day:
            words = format_skeleton("MMMMd", whole, locale=self.locale)
        else:
            words = format_date(whole, "LLLL", locale=self.locale)
        return _("%(date)s (year not stated)", date=words)

    def span(self, start: str | None, end: str | None) -> str:
        """Write a stretch of time; empty when neither end is known."""
        if start and end:
            return _("%(start)s to %(end)s", start=self.date(start), end=self.date(end))
        if start:
            return _("since %(start)s", start=self.date(start))
        return _("until %(end)s", end=self.date(end)) if end else ""
