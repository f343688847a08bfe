"""The colours of the design, read from its style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.web.theme import Theme

_SHEETS = ("style.css", "theme.css")
"""In the order in which pages load them."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_VARIABLE = re.compile(r"--([a-z-]+)\s*:\s*([^;}]+)")
_PLAIN = re.compile(r"#[0-9a-f]{3,8}|[a-z]+|rgb\([\d\s,.%]+\)", re.IGNORECASE)


def colours(theme: Theme) -> dict[str, str]:
    """Return name → colour of all variables that have one in the light design.

    What is worked out from others, as by ``var()``, stays what it was before.
    """
    found: dict[str, str] = {}
    for name in _SHEETS:
        sheet = theme.file(name)
        if sheet is not None:
            found |= _light(sheet.read_text(encoding="utf-8"))
    return found


def _light(sheet: str) -> Iterator[tuple[str, str]]:
    for selector, body in _rules(_COMMENT.sub("", sheet)):
        if selector == ":root":
            for name, value in _VARIABLE.findall(body):
                if _PLAIN.fullmatch(value.strip()):
                    yield name, value.strip()


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selector and body of the rules that hold everywhere, not in some media alone."""
    depth, start, selector = 0, 0, ""
    for brace in re.finditer(r"[{}]", sheet):
        if brace.group() == "{":
            if depth == 0:
                selector, start = sheet[start : brace.start()].strip(), brace.end()
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield selector, sheet[start : brace.start()]
                start = brace.end()
