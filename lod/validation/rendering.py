"""Findings as people and programs read them: text, JSON, and annotations on GitHub."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from lod.errors import RecordErrors
from lod.iri import REFERENCE
from lod.records.messages import FOUND, Language
from lod.validation.findings import Finding

_COMMANDS = {"violation": "error", "warning": "warning", "info": "notice"}
_WORDS: dict[Language, dict[str, str]] = {
    "de": {"violation": "Fehler", "warning": "Warnung", "info": "Hinweis"},
    "en": {"violation": "error", "warning": "warning", "info": "hint"},
}
_THING = re.compile(rf"https?://.+/id/({REFERENCE.pattern})")


def render(findings: Sequence[Finding], format_: str, language: Language) -> str:
    """Return findings as people and programs read them.

    Args:
        findings: in the order in which they are to be shown.
        format_: ``text`` for a line each, ``json`` for a list of objects, which hold the words of
            every language, or ``github`` for workflow commands, which GitHub shows in place.
        language: of the words.

    Raises:
        KeyError: there is no such format.
    """
    return _RENDERERS[format_](findings, language)


def as_findings(mistakes: RecordErrors, language: Language) -> list[Finding]:
    """Return the mistakes of files that aren't records as findings, so that all read alike."""
    return [
        Finding(
            severity="violation",
            focus="",
            path=None,
            term=None,
            shape="",
            constraint="",
            messages={language: error.words},
            place=error.place,
            field=error.field,
        )
        for error in mistakes.errors
    ]


def message(finding: Finding, language: Language) -> str:
    """Return what is wrong, what was found, and how to mend it; in another language if need be."""
    words = finding.messages.get(language) or next(iter(finding.messages.values()), "")
    value = shown(finding.term.value) if finding.term is not None else ""
    found = FOUND[language].format(value=value)
    return f"{words} ({found})" if value else words


def shown(value: str) -> str:
    """Return a value as a record would say it: a reference instead of our own IRI.

    >>> shown("https://example.org/id/state/hessen")
    'state/hessen'
    """
    match = _THING.fullmatch(value)
    return match.group(1) if match else value


def _text(findings: Sequence[Finding], language: Language) -> str:
    return "\n".join(_line(finding, language) for finding in findings)


def _line(finding: Finding, language: Language) -> str:
    start = [str(finding.place or shown(finding.focus))]
    if finding.field:
        start.append(finding.field)
    if finding.severity != "violation":
        start.append(_WORDS[language][finding.severity])
    return f"{': '.join(start)}: {message(finding, language)}{_shape(finding)}"


def _shape(finding: Finding) -> str:
    """Return a shape's file and name, as they stand in the folder of shapes, in brackets."""
    name = finding.shape.rpartition("/")[2]
    return f" [{name}]" if name else ""


def _json(findings: Sequence[Finding], language: Language) -> str:
    return json.dumps([_object(finding) for finding in findings], ensure_ascii=False, indent=2)


def _object(finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "severity": finding.severity,
        "file": str(place.file) if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "record": finding.reference,
        "field": finding.field or None,
        "messages": dict(finding.messages),
        "value": finding.value,
        "focus": finding.focus or None,
        "path": finding.path,
        "shape": finding.shape or None,
        "constraint": finding.constraint or None,
    }


def _github(findings: Sequence[Finding], language: Language) -> str:
    return "\n".join(_command(finding, language) for finding in findings)


def _command(finding: Finding, language: Language) -> str:
    """Return a workflow command.

    Spec: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    properties = {"title": finding.field or shown(finding.focus)}
    if finding.place is not None:
        file, line, column = finding.place.file, finding.place.line, finding.place.column
        properties = {"file": str(file), "line": str(line), "col": str(column)} | properties
    stated = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    words = f"{message(finding, language)}{_shape(finding)}"
    return f"::{_COMMANDS[finding.severity]} {stated}::{_escaped(words)}"


def _escaped(text: str, more: str = "") -> str:
    """Return text as a command takes it.

    Spec: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    """
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


_RENDERERS: dict[str, Callable[[Sequence[Finding], Language], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}
