"""Validates as a build does: ``ours_validate.py DATA SHAPES BASE``; prints findings as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyoxigraph as ox

import lod.validation
from lod.iri import Space
from lod.validation import load_shapes, validate


def main() -> None:
    """Validate, by partitions where there is a way to."""
    data, shapes, base = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    rules = load_shapes(shapes, Space(base))
    parts = getattr(lod.validation, "validate_partitions", None)
    if parts is not None:
        found = parts([data], rules)
    else:
        found = validate((quad.triple for quad in ox.parse(path=str(data))), rules)
    print(json.dumps(sorted({(one.focus, one.constraint) for one in found})))


if __name__ == "__main__":
    main()
