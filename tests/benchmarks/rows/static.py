"""The static site behind nginx, beside nginx with a constant file."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure
from tests.benchmarks.measure import Command, run

TITLE = "The static site"
MODULE = "tests.benchmarks.static_site"
_LINE = re.compile(
    r"^(?P<name>.+) \((?P<size>\d+) bytes\): (?P<ours>[\d.]+) requests/s, constant file "
    r"(?P<theirs>[\d.]+), ratio (?P<ratio>[\d.]+)",
    re.MULTILINE,
)
_NOTE = "Both behind the same nginx with one process, asked in turn; see `static_site.py`."


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how nginx answers from an export; nothing where there is no export yet."""
    if importlib.util.find_spec(MODULE) is None:
        return
    releases = bench.release(bench.pick(300, 1_000, 10_000))
    command: Command = [sys.executable, "-m", MODULE, releases]
    lasting = ["--seconds", str(max(3, round(bench.seconds))), "--rounds", str(bench.rounds)]
    found = run([*command, *lasting], bench.log("static"))
    for line in _LINE.finditer(found.output):
        yield Figure(
            line["name"],
            "/s",
            float(line["ours"]),
            float(line["ratio"]),
            0.95,
            peer="constant file",
            theirs=float(line["theirs"]),
            size=f"{int(line['size']):,} bytes",
            rounds=bench.rounds,
            note=_NOTE,
        )
