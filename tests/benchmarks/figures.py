"""What was measured: figures with their targets, kept as JSON, shown as a table."""

from __future__ import annotations

import json
import platform
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from tests.benchmarks.load import Answers
from tests.benchmarks.measure import Run

MARKS = ("<!-- figures -->", "<!-- /figures -->")
_LARGE = 100


@dataclass(frozen=True)
class Figure:
    """One figure beside that of a peer, measured in the same run on the same work.

    Attributes:
        name: what was measured.
        unit: ``s``, ``ms``, ``MiB`` or ``/s``; of a rate more is better, of all others less.
        ours: the median.
        ratio: the target's figure: how many times as good as the peer, unless the name says
            otherwise; the median over pairs of runs. None where there is no peer.
        target: what the ratio, or without one our figure, has to reach; None where it is only
            stated.
        at_most: whether the target is the most that is allowed, not the least.
        peer: whose figure it is compared with.
        theirs: the peer's median.
        memory: bytes that our processes had resident, at the highest.
        their_memory: of the peer's.
        size: on what, in words.
        rounds: how many times.
        note: what one has to know to read it.
    """

    name: str
    unit: str
    ours: float
    ratio: float | None = None
    target: float | None = None
    at_most: bool = False
    peer: str = ""
    theirs: float | None = None
    memory: int | None = None
    their_memory: int | None = None
    size: str = ""
    rounds: int = 1
    note: str = ""

    def turned(self) -> Figure:
        """Return the same figure with its ratio as how many times as much as the peer's."""
        return self if self.ratio is None else replace(self, ratio=1 / self.ratio)

    @property
    def compared(self) -> float:
        """What is held against the target."""
        return self.ours if self.ratio is None else self.ratio

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.target is None:
            return None
        return self.compared <= self.target if self.at_most else self.compared >= self.target


def ratio(ours: Sequence[float], theirs: Sequence[float], *, rates: bool) -> float:
    """Return how many times as good as the peer we are, as the median over pairs of runs.

    Args:
        ours: our times or rates, run by run.
        theirs: the peer's, measured in turn with ours.
        rates: whether more is better.
    """
    pairs = zip(ours, theirs, strict=True)
    return statistics.median(o / t if rates else t / o for o, t in pairs)


def of_runs(name: str, ours: Sequence[Run], theirs: Sequence[Run], **more: Any) -> Figure:
    """Return the figure of a command beside a peer's, by time.

    Args:
        name: what was done.
        ours: our runs.
        theirs: the peer's, in turn with ours.
        more: fields of the figure.
    """
    times, others = [run.seconds for run in ours], [run.seconds for run in theirs]
    return Figure(
        name,
        "s",
        statistics.median(times),
        ratio(times, others, rates=False),
        theirs=statistics.median(others),
        memory=max(run.memory for run in ours),
        their_memory=max(run.memory for run in theirs),
        rounds=len(ours),
        **more,
    )


def of_answers(
    name: str, ours: Sequence[Answers], theirs: Sequence[Answers], **more: Any
) -> Figure:
    """Return the figure of a server beside a peer's, by answers a second."""
    rates, others = [one.rate for one in ours], [one.rate for one in theirs]
    return Figure(
        name,
        "/s",
        statistics.median(rates),
        ratio(rates, others, rates=True),
        theirs=statistics.median(others),
        rounds=len(ours),
        **more,
    )


def machine() -> dict[str, str]:
    """Return what the figures were measured on."""
    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    cores = len(re.findall(r"^processor", Path("/proc/cpuinfo").read_text(), re.MULTILINE))
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    return {
        "processor": cpu[1] if cpu else platform.machine(),
        "cores": str(cores),
        "memory": f"{int(memory[1]) / 2**20:.0f} GiB" if memory else "",
        "system": f"Linux {platform.release()}",
        "python": platform.python_version(),
    }


class Results:
    """The figures of all rows, in a file that grows row by row.

    Args:
        path: of the file; there may be none yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.rows: dict[str, dict[str, Any]] = {}
        if path.is_file():
            self.rows = json.loads(path.read_text(encoding="utf-8"))

    def keep(self, row: str, figures: Iterable[Figure], facts: dict[str, Any]) -> None:
        """Keep the figures of a row, with what is to be told of how they were measured."""
        self.rows[row] = {**facts, "figures": [asdict(figure) for figure in figures]}
        words = json.dumps(self.rows, indent=1, ensure_ascii=False, sort_keys=True)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(words + "\n", encoding="utf-8")

    def figures(self, row: str) -> list[Figure]:
        """Return the figures of a row; none of one that wasn't measured."""
        known = {one.name for one in fields(Figure)}
        kept = self.rows.get(row, {}).get("figures", [])
        return [Figure(**{k: v for k, v in one.items() if k in known}) for one in kept]


def table(results: Results, titles: dict[str, str]) -> str:
    """Return the figures as Markdown: a table for each row of the benchmark."""
    return "\n\n".join(_tables(results, titles))


def _tables(results: Results, titles: dict[str, str]) -> Iterator[str]:
    for row, title in titles.items():
        yield f"### {title}"
        if row not in results.rows:
            yield "Not measured yet."
            continue
        facts = results.rows[row]
        yield "\n".join(
            (
                "| what | size | ours | memory | peer | theirs | memory | ratio | target | |",
                "| --- | --- | --: | --: | --- | --: | --: | --: | --: | --- |",
                *map(_line, results.figures(row)),
            )
        )
        notes = dict.fromkeys(one.note for one in results.figures(row) if one.note)
        yield from (f"- {note}" for note in notes)
        on = facts["machine"]
        yield (
            f"{facts['date']}, commit {facts['commit']}: {on['processor']}, {on['cores']} cores, "
            f"{on['memory']}, {on['system']}, Python {on['python']}; `{facts['command']}`"
            + (f"; load by {facts['client']}" if facts.get("client") else "")
        )


def _line(figure: Figure) -> str:
    return "| " + " | ".join(_cells(figure)) + " |"


def _cells(figure: Figure) -> tuple[str, ...]:
    reached = {True: "reached", False: "**missed**", None: ""}[figure.reached]
    target = "" if figure.target is None else f"{'≤' if figure.at_most else '≥'} {figure.target:g}"
    return (
        figure.name,
        figure.size,
        _amount(figure.ours, figure.unit),
        _mebibytes(figure.memory),
        figure.peer,
        "" if figure.theirs is None else _amount(figure.theirs, figure.unit),
        _mebibytes(figure.their_memory),
        "" if figure.ratio is None else _number(figure.ratio),
        target,
        reached,
    )


def _amount(value: float, unit: str) -> str:
    return f"{_number(value)}{'' if unit.startswith('/') else ' '}{unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:.3g}"


def _mebibytes(value: int | None) -> str:
    return "" if value is None else f"{value / 2**20:,.0f} MiB"


def put(document: Path, words: str) -> None:
    """Put a text between the marks of a document."""
    before, found, rest = document.read_text(encoding="utf-8").partition(MARKS[0])
    _, closed, after = rest.partition(MARKS[1])
    if not (found and closed):
        raise ValueError(f"{document}: expected {MARKS[0]} and {MARKS[1]}")
    document.write_text(f"{before}{MARKS[0]}\n\n{words}\n\n{MARKS[1]}{after}", encoding="utf-8")
