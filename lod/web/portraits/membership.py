"""Memberships: for whom a role is held, and who else has one in the same place."""

from __future__ import annotations

from collections.abc import Iterator

from lod.vocab import ORG
from lod.web.portraits.scope import Scope, of_places
from lod.web.portraits.sections import Links, Section
from lod.web.translate import _

_SHOWN = 12
_BESIDE = f"""\
SELECT ?other {{
  $this $by ?shared . ?other $by ?shared FILTER(?other != $this)
}} ORDER BY ?other LIMIT {_SHOWN}"""


def membership(scope: Scope) -> Iterator[Section]:
    """Yield whom a role is held for, and other roles in the same body and of the same person."""
    title = _("For whom the role is held")
    space = scope.scribe.space
    drawn = of_places(scope, "represented", title, scope.named(space.term("onBehalfOf")))
    if drawn is not None:
        yield drawn
    for name, title, predicate in (
        ("beside", _("Others in the same body"), ORG.organization),
        ("same-person", _("Other roles of this person"), ORG.member),
    ):
        found = scope.references(_BESIDE.replace("$by", str(predicate)))
        if found:
            yield Links(name, title, scope.values(found))
