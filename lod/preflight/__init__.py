"""Would GovData, data.europa.eu and a CKAN portal take a release's catalog?"""

from lod.preflight.assessment import LAYERS, PORTALS, Assessment, Layer, Portal, Remark
from lod.preflight.graph import CatalogGraph
from lod.preflight.inspection import inspect, preflight
from lod.preflight.rendering import FORMATS, render

__all__ = [
    "FORMATS",
    "LAYERS",
    "PORTALS",
    "Assessment",
    "CatalogGraph",
    "Layer",
    "Portal",
    "Remark",
    "inspect",
    "preflight",
    "render",
]
