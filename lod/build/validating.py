"""Checking a piece on its own, with what the shapes ask of the records that it refers to."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from lod.build.setting import Setting
from lod.formats.statements import Statement
from lod.validation import Finding, in_order, prepared


def findings_of(
    own: Iterable[Statement], others: Iterable[Statement], setting: Setting
) -> list[Finding]:
    """Return what a piece breaks of the shapes; what is found of the others isn't its own.

    Args:
        own: the statements about the records of a piece.
        others: those about the records they refer to that the shapes follow.
        setting: of the build.

    Raises:
        LodError: a shape can't be understood.
    """
    about = list(own)
    ours = {subject.encode() for subject, _, _ in about}
    graph = "".join(f"{' '.join(one)} .\n" for one in (*about, *others)).encode()
    validator = prepared(setting.shapes_graph())
    found = validator.findings(BytesIO(graph), lambda fast: fast.text(graph), ours)
    return in_order(found)
