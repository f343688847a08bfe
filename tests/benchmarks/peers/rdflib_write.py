"""Writes a graph by rdflib: ``rdflib_write.py SOURCE FOLDER FORMAT…``."""

from __future__ import annotations

import sys
from pathlib import Path

from rdflib import Graph

graph = Graph().parse(sys.argv[1], format="nt")
for format_ in sys.argv[3:]:
    graph.serialize(Path(sys.argv[2]) / f"all.{format_}", format=format_, encoding="utf-8")
