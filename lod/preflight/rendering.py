"""A preflight's outcome on one page: as text, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import groupby

from lod.preflight.assessment import LAYERS, PORTALS, Assessment, Portal, Remark
from lod.records import Language

SHOWN = 3
"""The most resources that are named for the same remark."""
_LAYERS = {
    "mandatory": {"de": "Pflicht", "en": "Mandatory"},
    "recommended": {"de": "Empfohlen", "en": "Recommended"},
    "vocabulary": {"de": "Kontrollierte Vokabulare", "en": "Controlled vocabularies"},
    "delivery": {"de": "Anlieferung", "en": "Delivery"},
}
_SEVERITIES = {
    "violation": {"de": "Fehler", "en": "error"},
    "warning": {"de": "Warnung", "en": "warning"},
    "info": {"de": "Hinweis", "en": "hint"},
}
_WORDS = {
    "de": {
        "title": "Würde der Katalog von {version} genommen?",
        "checked": "Geprüft mit: {checked}.",
        "built in": "eingebauten Tabellen",
        "yes": "ja",
        "no": "nein",
        "provided": ", sobald {what}",
        "and": " und ",
        "nothing": "nichts zu bemerken",
        "foreign": "{count} Ergebnisse über fremde Ressourcen weggelassen.",
        "defects": "Bekannte Mängel der offiziellen Dateien",
        "more": "und {count} weitere",
    },
    "en": {
        "title": "Would the catalog of {version} be taken?",
        "checked": "Checked by: {checked}.",
        "built in": "built-in tables",
        "yes": "yes",
        "no": "no",
        "provided": ", as soon as {what}",
        "and": " and ",
        "nothing": "nothing to remark",
        "foreign": "{count} results about foreign resources left out.",
        "defects": "Known defects of the official files",
        "more": "and {count} more",
    },
}


def render(assessment: Assessment, format_: str, language: Language) -> str:
    """Return the outcome in a format of `FORMATS`; JSON has the messages of all languages.

    Raises:
        KeyError: there is no such format.
    """
    return FORMATS[format_](assessment, language)


def _text(assessment: Assessment, language: Language) -> str:
    return "\n".join(_lines(assessment, language, heading="{}", item="  - {}", row="  {:<16}{}"))


def _markdown(assessment: Assessment, language: Language) -> str:
    lines = _lines(assessment, language, heading="## {}\n", item="- {}", row="- **{}**: {}")
    first, *rest = lines
    return "\n".join([f"# {first}", *rest])


def _lines(
    assessment: Assessment, language: Language, heading: str, item: str, row: str
) -> Iterator[str]:
    words = _WORDS[language]
    yield words["title"].format(version=assessment.version)
    yield ""
    for portal in PORTALS:
        yield row.format(portal, _verdict(assessment, portal, language))
    yield ""
    checked = ", ".join(words.get(name, name) for name in assessment.checked)
    counts = ", ".join(f"{count} {name}" for name, count in assessment.counts.items())
    yield f"{words['checked'].format(checked=checked)} {counts}."
    for layer in LAYERS:
        remarks = [remark for remark in assessment.remarks if remark.layer == layer]
        yield ""
        yield heading.format(_LAYERS[layer][language])
        yield from (item.format(line) for line in _together(remarks, language))
        if not remarks:
            yield item.format(words["nothing"])
    if assessment.defects:
        yield ""
        yield heading.format(words["defects"])
        yield from (item.format(defect[language]) for defect in assessment.defects)
    if assessment.foreign:
        yield ""
        yield words["foreign"].format(count=assessment.foreign)


def _verdict(assessment: Assessment, portal: Portal, language: Language) -> str:
    """Return yes or no, and how many remarks of which severity there are."""
    about = assessment.about(portal)
    counts = [
        f"{count} × {named[language]}"
        for severity, named in _SEVERITIES.items()
        if (count := sum(remark.severity == severity for remark in about))
    ]
    words = _WORDS[language]
    answer = words["yes" if assessment.takes(portal) else "no"]
    conditions = assessment.conditions(portal, language)
    if conditions and assessment.takes(portal):
        answer += words["provided"].format(what=words["and"].join(conditions))
    return f"{answer} ({', '.join(counts)})" if counts else answer


def _together(remarks: list[Remark], language: Language) -> Iterator[str]:
    """Yield a line for each remark; what is the same of many resources is one."""

    def same(remark: Remark) -> tuple[str, str, str]:
        return remark.severity, remark.messages[language], ", ".join(remark.portals)

    order = {severity: place for place, severity in enumerate(_SEVERITIES)}
    ordered = sorted(remarks, key=lambda remark: (order[remark.severity], *same(remark)[1:]))
    for (severity, message, portals), group in groupby(ordered, key=same):
        nodes = list(dict.fromkeys(remark.focus for remark in group))
        shown = ", ".join(nodes[:SHOWN])
        if len(nodes) > SHOWN:
            shown += " " + _WORDS[language]["more"].format(count=len(nodes) - SHOWN)
        yield f"{_SEVERITIES[severity][language]}: {message} [{portals}] {shown}"


def _json(assessment: Assessment, language: Language) -> str:
    return json.dumps(
        {
            "version": assessment.version,
            "portals": {
                portal: {
                    "takes": assessment.takes(portal),
                    "conditions": assessment.conditions(portal, language),
                }
                for portal in PORTALS
            },
            "checked": list(assessment.checked),
            "counts": dict(assessment.counts),
            "remarks": [
                {
                    "layer": remark.layer,
                    "severity": remark.severity,
                    "portals": list(remark.portals),
                    "focus": remark.focus,
                    "path": remark.path or None,
                    "value": remark.value,
                    "messages": dict(remark.messages),
                    "source": remark.source,
                }
                for remark in assessment.remarks
            ],
            "defects": [dict(defect) for defect in assessment.defects],
            "foreign": assessment.foreign,
        },
        ensure_ascii=False,
        indent=2,
    )


FORMATS: dict[str, Callable[[Assessment, Language], str]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
}
