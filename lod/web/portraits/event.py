"""Events: where one is, and what came before and after it."""

from __future__ import annotations

from collections.abc import Iterator

from lod.vocab import SCHEMA
from lod.web.portraits.scope import Scope, of_places
from lod.web.portraits.sections import Links, Section
from lod.web.portraits.stretches import moments
from lod.web.portraits.times import timeline
from lod.web.translate import _

_SHOWN = 25
_ROW = f"""\
SELECT DISTINCT ?event {{
  VALUES ?by {{ schema:organizer dcterms:isPartOf }}
  $this ?by ?shared . ?event ?by ?shared ; a schema:Event
}} ORDER BY ?event LIMIT {_SHOWN}"""


def event(scope: Scope) -> Iterator[Section]:
    """Yield where an event is, and the events of its organisers or of what it is part of."""
    drawn = of_places(scope, "place", _("Where it is"), scope.named(SCHEMA.location)) or of_places(
        scope, "place", _("Where its organisers are"), scope.named(SCHEMA.organizer)
    )
    if drawn is not None:
        yield drawn
    together = scope.references(_ROW)
    row = timeline("row", _("Before and after"), moments(scope, together))
    if row is not None and len(row.spans) > 1:
        yield row
    others = [one for one in together if one != scope.reference]
    if others:
        title = _("More events of the same organisers")
        yield Links("same-organisers", title, scope.values(others))
