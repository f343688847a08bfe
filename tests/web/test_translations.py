"""The message catalogs are whole, current and compiled."""

from __future__ import annotations

import gettext
import re

import pytest

from lod.web import catalogs

VARIABLE = re.compile(r"%\((\w+)\)s")


def test_messages_are_found() -> None:
    assert len(list(catalogs.extracted())) > 120


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_the_catalog_is_current(language: str) -> None:
    wanted = {message.id for message in catalogs.extracted() if message.id}
    found = {message.id for message in catalogs.read(language) if message.id}
    assert found == wanted, "run python -m lod.web.catalogs"


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    for message in catalogs.read(language):
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id
            assert set(VARIABLE.findall(str(message.string))) == set(
                VARIABLE.findall(str(message.id))
            )


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_the_catalog_is_compiled(language: str) -> None:
    path = catalogs.po_file(language).with_suffix(".mo")
    with path.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogs.read(language):
        if message.id:
            assert compiled.gettext(str(message.id)) == message.string


def test_german_is_not_english() -> None:
    same = {m.id for m in catalogs.read("de") if m.id and m.id == m.string}
    assert same == {"Downloads", "Format", "Name", "Person", "Phase", "Software"}
