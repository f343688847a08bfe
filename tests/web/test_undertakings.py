"""Which place leads which project: what the search index tells is what the graph says."""

from __future__ import annotations

from typing import cast

import pyoxigraph as ox
from flask import Flask

from lod.web.edition import Current

NAMES = ("project", "programme", "place", "state", "latitude", "longitude", "population")
QUERY = """\
SELECT ?project ?programme ?place ?state ?latitude ?longitude ?population {
  ?project lod:lead ?lead . ?lead schema:areaServed ?place .
  OPTIONAL { ?project lod:fundedUnder ?programme }
  OPTIONAL { ?place lod:stateKey ?state }
  OPTIONAL {
    ?place schema:geo ?point . ?point schema:latitude ?latitude ; schema:longitude ?longitude
  }
  OPTIONAL {
    ?place lod:figure ?figure .
    ?figure schema:measuredProperty lod:population ; schema:value ?population
  }
}
"""


def test_undertakings_are_those_of_the_graph(app: Flask) -> None:
    current = app.config["CURRENT"]
    assert isinstance(current, Current)
    store = current.edition().store

    def told(solution: ox.QuerySolution) -> tuple[str, ...]:
        values = [getattr(solution[name], "value", "") for name in NAMES]
        references = (store.space.reference(iri) or "" for iri in values[:3])
        # A number is written in many ways.
        return (*references, values[3], *(value and str(float(value)) for value in values[4:]))

    found = current.edition().undertakings
    assert [(one.project, one.place) for one in found] == sorted(
        {(one.project, one.place) for one in found}
    )
    solutions = cast("ox.QuerySolutions", store.query(QUERY))
    assert {
        (
            *(one.project, one.programme, one.place, one.state),
            *map(str, one.point or ("", "")),
            "" if one.population is None else str(float(one.population)),
        )
        for one in found
    } == set(map(told, solutions))
    assert len(found) > 50
