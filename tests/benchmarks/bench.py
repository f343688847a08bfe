"""What every row of the benchmark needs: sizes, generated data, releases, and our commands."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.benchmarks.generate import generate
from tests.benchmarks.measure import run

ROOT = Path(__file__).parents[2]
SHAPES = ROOT / "shapes"
CACHE = ROOT / ".bench"
"""Where data, releases and peers are kept; git ignores it."""
LOD = Path(sys.executable).with_name("lod")

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Bench:
    """How much is measured.

    Attributes:
        mode: ``smoke``, ``short`` or ``full``.
    """

    mode: str

    def pick(self, smoke: _Found, short: _Found, full: _Found) -> _Found:
        """Return what fits the mode."""
        return {"smoke": smoke, "short": short, "full": full}[self.mode]

    @property
    def rounds(self) -> int:
        """How many pairs of runs a ratio is the median of."""
        return self.pick(3, 2, 3)

    @property
    def seconds(self) -> float:
        """How long a server is asked in each round."""
        return self.pick(1, 1, 5)

    def data(self, records: int, only: str = "") -> Path:
        """Return a data directory of so many generated records."""
        made = CACHE / "data" / f"{records}{only and '-'}{only}-{_digest(_generators())}"
        if not made.is_dir():
            part = made.with_name(f"{made.name}.part")
            shutil.rmtree(part, ignore_errors=True)
            generate(part, records, only)
            part.rename(made)
        return made

    def release(self, records: int, only: str = "") -> Path:
        """Return a directory of releases whose active one holds so many records."""
        data = self.data(records, only)
        made = CACHE / "releases" / f"{data.name}-{_digest(_program())}"
        if not made.is_dir():
            part = made.with_name(f"{made.name}.part")
            shutil.rmtree(part, ignore_errors=True)
            run(self.build(data, part), self.log(f"release-{records}"))
            part.rename(made)
        return made

    def dump(self, records: int, only: str = "") -> Path:
        """Return the N-Triples of so many records."""
        return self.release(records, only) / "current" / "dumps" / "all.nt"

    def build(self, data: Path, out: Path) -> list[str | Path]:
        """Return the command that builds a release."""
        return [LOD, "build", "--data", data, "--shapes", SHAPES, "--out", out]

    def scratch(self, name: str) -> Path:
        """Return an empty directory of that name."""
        folder = CACHE / "scratch" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def log(self, name: str) -> Path:
        """Return the file that takes what a command prints."""
        return CACHE / "logs" / f"{name}.log"


def in_turn(rounds: int, *measures: Callable[[], _Found]) -> tuple[list[_Found], ...]:
    """Measure one after the other, and again, so that whatever the machine does meets all.

    Every other round goes backwards: what comes first isn't always the same.
    """
    found: tuple[list[_Found], ...] = tuple([] for _ in measures)
    for number in range(rounds):
        order: Sequence[int] = range(len(measures))
        for one in order if number % 2 == 0 else reversed(order):
            found[one].append(measures[one]())
    return found


def _generators() -> Iterable[Path]:
    names = "generate", "words", "topics", "population", "sources", "places", "bodies"
    return [Path(__file__).with_name(f"{name}.py") for name in names]


def _program() -> Iterable[Path]:
    every = sorted((ROOT / "lod").rglob("*.py"))
    return [
        *(path for path in every if ROOT / "lod" / "web" not in path.parents),
        *SHAPES.iterdir(),
    ]


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
