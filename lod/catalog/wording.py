"""The words of titles and descriptions that the catalog composes."""

from __future__ import annotations

from collections.abc import Mapping

from lod.names import KIND_NAMES

Words = Mapping[str, str]
"""Language code → text."""

PART = {"de": "{words}: {kind}", "en": "{words}: {kind}"}
EVERYTHING = {
    "de": "{words} Der Datensatz enthält alle Ressourcen dieser Ausgabe ({count}).",
    "en": "{words} The dataset holds all resources of this edition ({count}).",
}
SOURCE = {
    "de": "Teil der Veröffentlichung „{title}“ mit allen Ressourcen der Art „{kind}“ ({count}). "
    "{words}",
    "en": "Part of the publication “{title}” with all resources of the kind “{kind}” ({count}). "
    "{words}",
}
EDITIONS = {"de": "{words}: alle Ausgaben", "en": "{words}: all editions"}
SERIES = {
    "de": "Die Ausgaben dieser Veröffentlichung; jede ist unveränderlich. {words}",
    "en": "The editions of this publication; each of them is immutable. {words}",
}
FILE = {"de": "{words} ({format})", "en": "{words} ({format})"}


def compose(template: Words, words: Words, **more: Words | str | int) -> dict[str, str]:
    """Return words put into a template in each language that has both.

    Words in other languages go into the English template, so that nothing is without a title.

    Args:
        template: by language.
        words: what stands at ``{words}``, by language.
        more: what stands at the other places.
    """
    return {
        language: template.get(language, template["en"]).format(
            words=text,
            **{name: _in(value, language) for name, value in more.items()},
        )
        for language, text in words.items()
    }


def kind_names(kind: str) -> dict[str, str]:
    """Return a kind's plural by language."""
    return {language: plural for language, (_, plural) in KIND_NAMES[kind].items()}


def _in(value: Words | str | int, language: str) -> str:
    if isinstance(value, Mapping):
        return value.get(language) or value.get("en") or next(iter(value.values()))
    return str(value)
