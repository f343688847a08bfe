"""What the values of facets are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from lod.web.facets.table import Facet, bounds
from lod.web.scribe import Scribe
from lod.web.translate import _
from lod.web.wording import Text, Wording


def learn(scribe: Scribe, facet: Facet, values: Iterable[str]) -> None:
    """Look up the names of a facet's values, before they are written."""
    if facet.says == "resource":
        scribe.look_up(values)


def called(scribe: Scribe, facet: Facet, value: str) -> Text:
    """Return what a value is called; resources have to be learnt before."""
    if facet.says == "resource":
        return scribe.name(value)
    if facet.says == "size":
        return Text(size_class(scribe.wording, value))
    if facet.says == "status":
        return Text(scribe.wording.status(value))
    return Text(scribe.wording.language_name(value) if facet.says == "language" else value)


def size_class(wording: Wording, class_: str) -> str:
    """Write a class of size."""
    least, most = bounds(class_)
    from_, to = wording.number(str(least)), wording.number(str(most))
    if not least:
        return _("under %(number)s", number=to)
    if not most:
        return _("%(number)s and more", number=from_)
    return _("%(least)s to under %(most)s", least=from_, most=to)
