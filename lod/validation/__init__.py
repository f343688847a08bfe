"""Validation: does the graph conform to the shapes, and where do the records say otherwise."""

from lod.validation.findings import ConformanceError, Finding, Severity, violations
from lod.validation.places import located
from lod.validation.rendering import as_findings, render
from lod.validation.report import report_triples
from lod.validation.shapes import load_shapes
from lod.validation.validator import Progress, in_order, prepared, validate, validate_file

__all__ = [
    "ConformanceError",
    "Finding",
    "Progress",
    "Severity",
    "as_findings",
    "in_order",
    "load_shapes",
    "located",
    "prepared",
    "render",
    "report_triples",
    "validate",
    "validate_file",
    "violations",
]
