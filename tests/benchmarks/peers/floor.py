"""Streams triples through pyoxigraph, N-Triples to N-Triples: ``floor.py SOURCE TARGET``."""

from __future__ import annotations

import sys

import pyoxigraph as ox

ox.serialize(ox.parse(path=sys.argv[1]), sys.argv[2], format=ox.RdfFormat.N_TRIPLES)
