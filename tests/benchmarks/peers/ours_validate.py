"""Validates a file: ``ours_validate.py DATA SHAPES BASE``; prints findings as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lod.iri import Space
from lod.validation import load_shapes, validate_file

found = validate_file(Path(sys.argv[1]), load_shapes(Path(sys.argv[2]), Space(sys.argv[3])))
print(json.dumps(sorted({(one.focus, one.constraint) for one in found})))
