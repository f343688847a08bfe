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
    r"(?P<theirs>[\d.]+), ratio (?P<ratio>[\d.]+); by the processor time of nginx [\d.]+, "
    r"and (?P<dressed>[\d.]+) against the file with as many headers",
    re.MULTILINE,
)
_NOTE = "Both behind the same nginx with one process, asked in turn; see `static_site.py`."
_DRESSED_NOTE = (
    "The constant file comes with as many headers, and as long ones, as a document has; the ratio "
    "is of nginx's processor time."
)


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how nginx answers from an export; nothing where there is no export yet."""
    if importlib.util.find_spec(MODULE) is None:
        return
    releases = bench.release(bench.pick(300, 1_000, 10_000))
    command: Command = [sys.executable, "-m", MODULE, releases]
    lasting = ["--seconds", str(max(3, round(bench.seconds))), "--rounds", str(bench.rounds)]
    found = run([*command, *lasting], bench.log("static"))
    for line in _LINE.finditer(found.output):
        size = f"{int(line['size']):,} bytes"
        yield Figure(
            line["name"],
            "/s",
            float(line["ours"]),
            float(line["ratio"]),
            0.95,
            peer="constant file",
            theirs=float(line["theirs"]),
            size=size,
            rounds=bench.rounds,
            note=_NOTE,
        )
        yield Figure(
            line["name"],
            "/s",
            float(line["ours"]),
            float(line["dressed"]),
            peer="constant file, as many headers",
            size=size,
            rounds=bench.rounds,
            note=_DRESSED_NOTE,
        )
