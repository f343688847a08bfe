"""A static export behind nginx against nginx with a constant file of the same size.

``python -m tests.benchmarks.static_site RELEASES`` exports the active release, tells the rate, and
asks nginx for documents by turns with a constant file, in the same run, so that whatever else the
machine does meets both. The load comes from ``wrk``. With ``--out`` an export that is there is
used.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from lod.export import export_site
from lod.web.app import EVERYWHERE
from tests.export.servers import free_port, program, running

NGINX = """\
daemon off; pcre_jit on; master_process off; worker_processes 1; pid {work}/pid;
error_log {work}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {work}/b; proxy_temp_path {work}/p; fastcgi_temp_path {work}/f;
    uwsgi_temp_path {work}/u; scgi_temp_path {work}/s;
    include {out}/.lod/nginx-http.conf;
    server {{ listen 127.0.0.1:{port}; include {out}/.lod/nginx-server.conf; }}
    server {{
        listen 127.0.0.1:{dressed}; root {work}/constant; default_type text/turtle;
        open_file_cache max=10000 inactive=60s; open_file_cache_valid 30s;
        {headers}
    }}
    server {{
        listen 127.0.0.1:{constant}; root {work}/constant; default_type text/turtle;
        open_file_cache max=10000 inactive=60s; open_file_cache_valid 30s; }}
}}
"""
SCRIPT = """\
local paths, n = {{{paths}}}, 0
{headers}
request = function()
    n = n % #paths + 1
    return wrk.format("GET", paths[n])
end
"""
DOCUMENTS = 200
HEADERS = {
    **EVERYWHERE,
    "Vary": "Accept, Accept-Language, Accept-Encoding",
    "Cache-Control": "public, max-age=300, stale-while-revalidate=3600",
    "Content-Location": "/doc/municipality/jena.ttl",
    "Link": ", ".join(["<https://lod.example.org/doc/municipality/jena>; rel=canonical"] * 20),
}
"""As many bytes of headers, in as many fields, as a document of an export has."""


class Load(NamedTuple):
    """What is asked for: how it is called, what follows the document's address, and headers."""

    name: str
    ending: str
    file: str
    headers: dict[str, str]


class Server(NamedTuple):
    """nginx: its process, and its ports.

    Attributes:
        process: its number.
        ports: of the export, of the constant file, of the same with as many headers.
    """

    process: int
    ports: tuple[int, int, int]

    @property
    def processor_time(self) -> float:
        """The seconds that it has spent on processors."""
        fields = Path(f"/proc/{self.process}/stat").read_text().split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


class Rate(NamedTuple):
    """Requests in a second of the clock, and of nginx's processor time, which others don't slow."""

    wall: float
    busy: float


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
LOADS = (
    Load("Turtle by its extension", ".ttl", ".ttl", {}),
    Load("Turtle by Accept", "", ".ttl", {"Accept": "text/turtle"}),
    Load("JSON-LD, the last of three", "", ".jsonld",
         {"Accept": "image/png, text/n3;q=0.9, application/ld+json;q=0.85"}),
    Load("page by Accept and Accept-Language", "", ".de.html",
         {"Accept": BROWSER, "Accept-Language": "de-DE,de;q=0.9,en;q=0.8"}),
)  # fmt: skip


def main() -> None:
    """Export, measure, and print a line for each load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("releases", type=Path)
    parser.add_argument("--out", type=Path, help="an export that is there, or where to write one")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=3, help="of each half of a round")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = (given.out or Path(folder) / "public").absolute()
        _export(given.releases, out, given.workers, "first")
        _export(given.releases, out, given.workers, "again, nothing changed")
        work = Path(folder)
        with _nginx(out, work) as server:
            for load in LOADS:
                _compare(out, work, server, load, (given.rounds, given.seconds))


def _export(releases: Path, out: Path, workers: int, which: str) -> None:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = export_site(releases, out, workers=workers)
    taken = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"export, {which}: {done.documents} documents in {taken:.0f} s ({busy:.0f} s of "
        f"processors): {done.documents / taken:.0f} documents/s, {done.written} files written"
    )


@contextmanager
def _nginx(out: Path, work: Path) -> Iterator[Server]:
    port, constant, dressed = free_port(), free_port(), free_port()
    (work / "constant").mkdir()
    configuration = work / "nginx.conf"
    configuration.write_text(
        NGINX.format(
            work=work,
            out=out,
            port=port,
            constant=constant,
            dressed=dressed,
            headers="\n".join(f'add_header {name} "{value}";' for name, value in HEADERS.items()),
        )
    )
    command = [program("nginx") or "nginx", "-p", str(work), "-c", str(configuration)]
    with running(command, port, work / "nginx.log", {}) as process:
        yield Server(process, (port, constant, dressed))


def _compare(out: Path, work: Path, server: Server, load: Load, lasting: tuple[int, int]) -> None:
    rounds, seconds = lasting
    whole = sorted((out / "doc").rglob("*.ttl"))
    chosen = [
        path.with_suffix("")
        for path in random.Random(1).sample(whole, min(DOCUMENTS, len(whole)))
        if "." not in path.stem
    ]
    sizes = [path.with_name(path.name + load.file).stat().st_size for path in chosen]
    size = round(statistics.mean(sizes))
    (work / "constant" / "file").write_bytes(b"x" * size)
    paths = [f"/{path.relative_to(out)}{load.ending}" for path in chosen]
    rates: dict[int, list[Rate]] = {port: [] for port in server.ports}
    for _ in range(rounds):
        for port, asked in zip(server.ports, (paths, ["/file"], ["/file"]), strict=True):
            before = server.processor_time
            number, rate = _wrk(work, port, asked, load.headers, seconds)
            rates[port].append(Rate(rate, number / (server.processor_time - before)))
    turns = list(zip(*rates.values(), strict=True))
    site, constant, _ = (statistics.median(r.wall for r in rates[port]) for port in server.ports)
    wall, busy, dressed = (
        statistics.median(ratios)
        for ratios in zip(
            *((s.wall / c.wall, s.busy / c.busy, s.busy / d.busy) for s, c, d in turns),
            strict=True,
        )
    )
    print(
        f"{load.name} ({size} bytes): {site:.0f} requests/s, constant file {constant:.0f}, "
        f"ratio {wall:.2f}; by the processor time of nginx {busy:.2f}, "
        f"and {dressed:.2f} against the file with as many headers",
        flush=True,
    )


def _wrk(
    work: Path, port: int, paths: list[str], headers: dict[str, str], seconds: int
) -> tuple[int, float]:
    """Return how many requests were answered, and how many in a second."""
    script = work / "load.lua"
    listed = ", ".join(f'"{path}"' for path in paths)
    lines = "\n".join(f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items())
    script.write_text(SCRIPT.format(paths=listed, headers=lines))
    command = ["-t1", "-c16", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}/"]
    run = subprocess.run(
        [program("wrk") or "wrk", *command], capture_output=True, text=True, check=True
    )
    assert "Non-2xx" not in run.stdout, run.stdout
    found = re.search(r"(\d+) requests in [\s\S]*Requests/sec:\s+([\d.]+)", run.stdout)
    assert found, run.stdout
    return int(found[1]), float(found[2])


if __name__ == "__main__":
    main()
