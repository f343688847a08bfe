"""The preflight: all checks of one catalog, built in and official."""

from __future__ import annotations

import json
from pathlib import Path

from lod.preflight import builtin, ckan, official
from lod.preflight.assessment import Assessment, Remark, Words
from lod.preflight.graph import CatalogGraph, curie
from lod.release import Release
from lod.store import PUBLICATION
from lod.vocab import DCAT

CATALOG = "catalog.ttl"
_COUNTED = (DCAT.Dataset, DCAT.DatasetSeries, DCAT.Distribution, DCAT.DataService)
_BUILT_IN = "built in"


def preflight(release: Release, shapes: Path | None = None) -> Assessment:
    """Check a release's catalog as portals would.

    Args:
        release: a finished one.
        shapes: the folder of the official shapes and vocabularies; without it the built-in checks
            alone are made.

    Raises:
        LodError: the catalog or an official file can't be read.
    """
    publication = json.loads((release.path / PUBLICATION).read_text(encoding="utf-8"))
    graph = CatalogGraph.read(release.path / CATALOG, publication["base_iri"])
    return inspect(graph, release.version, shapes)


def inspect(graph: CatalogGraph, version: str, shapes: Path | None = None) -> Assessment:
    """Check a catalog in memory."""
    remarks: list[Remark] = [*builtin.inspect(graph), *ckan.inspect(graph)]
    defects: list[Words] = []
    checked, foreign = [_BUILT_IN], 0
    if shapes is not None:
        known = official.background(shapes)
        for profile in official.profiles(shapes):
            found, left_out = official.judge(graph, profile, known)
            remarks += found
            foreign += left_out
            defects += profile.defects
            checked.append(profile.name)
    return Assessment(
        version=version,
        counts={curie(class_): len(graph.nodes(class_)) for class_ in _COUNTED},
        remarks=sorted(_once(remarks), key=lambda remark: remark.order),
        checked=checked,
        defects=defects,
        foreign=foreign,
    )


def _once(remarks: list[Remark]) -> list[Remark]:
    """Leave out what the official shapes say again of the same property of the same resource."""
    seen: set[object] = set()
    kept = []
    for remark in remarks:
        said = (remark.severity, remark.portals, remark.focus, remark.path, remark.value)
        if remark.source == _BUILT_IN or said not in seen:
            kept.append(remark)
        seen.add(said)
    return kept
