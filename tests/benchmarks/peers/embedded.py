"""Answers queries by the engine inside Python: ``embedded.py STORE QUERIES``.

QUERIES holds them parted by NUL. Prints the seconds that they took, one after the other.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pyoxigraph as ox

store = ox.Store.read_only(sys.argv[1])
queries = Path(sys.argv[2]).read_text(encoding="utf-8").split("\0")
start = time.perf_counter()
for query in queries:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    found.serialize(format=ox.QueryResultsFormat.JSON)
print(time.perf_counter() - start)
