"""Validation against our shapes, beside the bare engine, with the same verdicts."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure
from tests.benchmarks.rows.validation import beside

TITLE = "Validating, beside the bare engine"


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how fast a graph is validated."""
    yield beside(bench, "engine", bench.pick(300, 5_000, 50_000), 0.8)
