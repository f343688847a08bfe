"""Validates by the bare engine: ``engine_validate.py DATA SHAPES``; prints findings as JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

shacl: Any = import_module("shacl")

shapes = shacl.Shapes.from_text(Path(sys.argv[2]).read_text(encoding="utf-8"), "ntriples")
report = shapes.validate_file(sys.argv[1])
print(json.dumps(sorted({(one.focus_node[1:-1], one.component_iri) for one in report.results})))
