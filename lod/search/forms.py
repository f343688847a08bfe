"""What official names say beside the name: Stadt Jena, Landkreis Hof, Barleben, Gemeinde."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Form(NamedTuple):
    """What an addition to a name tells.

    Attributes:
        kind: of what bears the name.
        forms: beginnings or endings of the slugs of its form; empty where it tells nothing more.
    """

    kind: str
    forms: tuple[str, ...] = ()


_TOWN = Form("municipality", ("stadt",))
_VILLAGE = Form("municipality", ("gemeinde",))
_MARKET = Form("municipality", ("markt",))
_DISTRICT = Form("district")
_TOWN_WORDS = (
    r"(?:kreisfreie |große |grosse )?(?:landeshaupt|bundes|kreis|hanse|universitäts|hochschul|"
    r"luther|wissenschafts|documenta-|berg-|residenz)?stadt|stadtverwaltung"
)
_FORMS: tuple[tuple[str, Form], ...] = (
    (_TOWN_WORDS, _TOWN),
    (r"(?:orts|markt|einheits|insel|kloster|burg)?gemeinde|gemeindeverwaltung|gde", _VILLAGE),
    (r"(?:markt|kloster)?flecken", Form("municipality", ("flecken", "gemeinde"))),
    (r"markt", _MARKET),
    (r"freie (?:und )?hansestadt", Form("municipality")),
    (r"verbandsgemeinde|vg|samtgemeinde|sg|amt",
     Form("municipality", ("verbandsgemeinde", "samtgemeinde", "amt"))),
    (r"landkreis|kreis|lk|lkr|landkr|kr|kreisverwaltung|landratsamt", _DISTRICT),
    (r"freistaat|bundesland|land", Form("state")),
)  # fmt: skip
_REGISTER: tuple[tuple[str, Form], ...] = (
    (r"(?:[\w-]+ und )?[\w-]+stadt|gkst|st", _TOWN),
    (r"m|mkt", _MARKET),
    (r"[\w-]*bad|kurort|[\w-]+gemeinde", Form("municipality")),
)
"""What stands behind a comma in the official register, beside the above."""
_BEFORE = tuple(
    (re.compile(rf"(?:{words})\.?:? +(?:der |die |den |zu )?(?P<core>\S.*)", re.IGNORECASE), form)
    for words, form in _FORMS
)
_AFTER = tuple(
    (re.compile(rf"(?P<core>.*[^\s,])(?: *, *| *\(| +){part}", re.IGNORECASE), form)
    for part, form in ((rf"(?:{words})\.?\)?", form) for words, form in _FORMS)
) + tuple(
    (re.compile(rf"(?P<core>.*[^\s,]) *, *(?:{words})\.?", re.IGNORECASE), form)
    for words, form in _REGISTER
)

_EITHER = _AFTER + _BEFORE
_DIVIDED = re.compile(r"[ ,(]")
"""What stands between a name and its addition, whichever that is."""


@lru_cache(10_000)
def stripped(name: str) -> tuple[str, Form | None]:
    """Return a name without what it says of its form, and what that is; None where it is nothing.

    >>> stripped("Jena, Stadt")[0], stripped("LK Hof")[0], stripped("Neustadt")[0]
    ('Jena', 'Hof', 'Neustadt')
    """
    if not _DIVIDED.search(name):
        return name, None
    for pattern, form in _EITHER:
        match = pattern.fullmatch(name)
        if match:
            return match["core"].strip(), form
    return name, None


def fits(form: Form, kind: str, own: str) -> bool | None:
    """Tell whether an addition suits a resource; None where it suits the kind but not the form."""
    if form.kind != kind:
        return False
    if not form.forms or not own:
        return True
    return True if any(word in own for word in form.forms) else None
