"""Validates by pyshacl alone: ``pyshacl_validate.py DATA SHAPES``; prints what it found as JSON."""

from __future__ import annotations

import json
import sys

import pyshacl
from rdflib import Graph
from rdflib.namespace import SH

data = Graph().parse(sys.argv[1], format="nt")
shapes = Graph().parse(sys.argv[2], format="nt")
_, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
found = {
    (str(report.value(one, SH.focusNode)), str(report.value(one, SH.sourceConstraintComponent)))
    for one in report.objects(None, SH.result)
}
print(json.dumps(sorted(found)))
