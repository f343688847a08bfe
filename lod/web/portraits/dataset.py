"""Datasets: which part of the country one covers, and what else its publisher has."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from lod.vocab import EU_AUTHORITY, SCHEMA
from lod.web.maps import Map, outlines
from lod.web.portraits.scope import Scope, of_places, states
from lod.web.portraits.sections import Drawn, Links, Section
from lod.web.translate import _

GERMANY = NamedNode(f"{EU_AUTHORITY}country/DEU")
_SHOWN = 12
_BESIDE = f"""\
SELECT ?other {{
  $this dcterms:publisher ?publisher . ?other dcterms:publisher ?publisher ; a dcat:Dataset
  FILTER(?other != $this)
}} ORDER BY ?other LIMIT {_SHOWN}"""


def dataset(scope: Scope) -> Iterator[Section]:
    """Yield the places that a dataset covers, and other datasets of its publisher."""
    drawn = _covered(scope)
    if drawn is not None:
        yield drawn
    beside = scope.references(_BESIDE)
    if beside:
        title = _("More datasets of the same publisher")
        yield Links("same-publisher", title, scope.values(beside))


def _covered(scope: Scope) -> Drawn | None:
    """Return the map of what is covered; of all states where that is the country."""
    title = _("What it covers")
    if GERMANY not in scope.about.get(SCHEMA.spatialCoverage, ()):
        return of_places(scope, "covered", title, scope.named(SCHEMA.spatialCoverage))
    map_ = Map(title, states(scope.scribe, dict.fromkeys(outlines(), 1), {}))
    return Drawn("covered", title, map_, [scope.scribe.value(GERMANY)])
