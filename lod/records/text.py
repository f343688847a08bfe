"""Reading text files that people made, with every program's quirks."""

from __future__ import annotations

import re
from pathlib import Path

from lod.errors import Place
from lod.records.raw import Reporter

BOM = "\ufeff"
# Spec: https://yaml.org/spec/1.2.2/#51-character-set (what a text file may contain)
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff]"
    # A no-break space is text, but no indentation.
    "|(?<=\n)[ ]*[\u00a0\u2007\u202f]"
)


def read_text(file: Path, limit: int, reporter: Reporter) -> str | None:
    """Return a file's text without a byte order mark; None after reporting why not.

    Args:
        file: what to read.
        limit: the largest size that is read, in bytes.
        reporter: takes the mistake.
    """
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= limit else b""
    except OSError as error:
        reporter.add("unreadable", Place(file), problem=error.strerror)
        return None
    if size > limit:
        reporter.add("too_large", Place(file), limit=limit, size=size)
        return None
    try:
        text = content.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as error:
        reporter.add(
            "encoding",
            byte_place(file, content, error.start),
            value=f"0x{content[error.start]:02X}",
        )
        return None
    found = _CONTROL.search(text)
    if found:
        before = text[: found.end() - 1]
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        reporter.add("control_character", place, value=f"U+{ord(found.group()[-1]):04X}")
        return None
    if not text.strip():
        reporter.add("empty_file", Place(file))
        return None
    return text


def byte_place(file: Path, content: bytes, offset: int, line: int = 1) -> Place:
    """Return the place of a byte in content that is UTF-8 until there.

    Args:
        file: where the content stands.
        content: what was read, from the beginning of a line.
        offset: of the byte.
        line: the number of the content's first line.
    """
    before = content[:offset].decode("utf-8")
    return Place(file, before.count("\n") + line, len(before) - before.rfind("\n"))


def undecodable(content: bytes, file: Path, line: int) -> tuple[Place, int] | None:
    """Return place and value of the first byte of some lines that isn't UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return byte_place(file, content, error.start, line), content[error.start]
    return None
