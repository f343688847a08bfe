"""Which place leads which project: as the graph says, and by size."""

from __future__ import annotations

from math import log
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

    found = current.edition().undertakings.every
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


def test_the_nearest_in_size_come_first(app: Flask) -> None:
    current = app.config["CURRENT"]
    assert isinstance(current, Current)
    found = current.edition().undertakings
    groups = [found.every, found.sized, *found.of_state.values(), *found.of_programme.values()]
    for group in groups:
        sizes = {one.place: one.population or 1 for one in group}
        for population in (1, 110_000, *sizes.values(), 4_000_000_000):
            away = {place: abs(log(size / population)) for place, size in sizes.items()}
            assert list(group.nearest(population)) == sorted((d, p) for p, d in away.items())
    assert len(groups) > 10
    assert sum(len(led) for led in found.of_place.values()) == len(found.every)
    assert sum(len(led) for led in found.of_project.values()) == len(found.every)
