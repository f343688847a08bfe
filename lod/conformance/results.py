"""The results of the checks as a file of the release."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from lod.conformance.checks import CONFORMANCE, Check


def write(checks: Sequence[Check], path: Path) -> None:
    """Write results into the directory of a release."""
    text = json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2)
    (path / CONFORMANCE).write_text(text + "\n", encoding="utf-8")


def read(path: Path) -> list[Check] | None:
    """Return the results that a release has; None of one from before there were any."""
    file = path / CONFORMANCE
    if not file.is_file():
        return None
    return [Check(**one) for one in json.loads(file.read_text(encoding="utf-8"))]
