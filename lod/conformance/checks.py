"""The checks: each reads files of a release anew and compares what they say.

None of them trusts what the build had in memory. What they find is kept with the release, so that
it can be published without being computed for each reader.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from lod.catalog import dump_name
from lod.conformance.dumps import (
    Dump,
    Outcome,
    Tally,
    line_blocks,
    read_dump,
    remember,
    remembered,
    subjects_of,
)
from lod.formats import FORMATS, N_TRIPLES
from lod.preflight import CatalogGraph, inspect
from lod.store import ABOUT_US, ENGINE
from lod.vocab import DCAT, SH, SPDX, VOID

CONFORMANCE = "conformance.json"
Run = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
Job = tuple[Callable[[Any], Any], Any]
"""A function and its argument."""
SHOWN = 20
"""Findings of a check that are kept; their number is kept always."""


@dataclass(frozen=True)
class Check:
    """The outcome of a check.

    Attributes:
        name: of the check.
        passed: whether the release is what it claims to be.
        counts: what was counted.
        findings: what is wrong, or worth knowing, the gravest first; at most `SHOWN`.
    """

    name: str
    passed: bool
    counts: Mapping[str, int]
    findings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Files:
    """The files of a release, finished or not.

    Attributes:
        path: of the directory.
        base: the publication's base IRI.
        dumps: what was read of those of the whole; nothing until they have been read.
        stored: how many triples the store has of the data; 0 until they have been counted.
    """

    path: Path
    base: str
    dumps: Sequence[Outcome] = ()
    stored: int = 0

    def asked(self, name: str, query: str) -> list[tuple[str, ...]]:
        """Return the rows that a query finds in a Turtle file."""
        store = ox.Store()
        store.bulk_load(path=str(self.path / name), format=ox.RdfFormat.TURTLE)
        return _rows(store, query)

    def store(self) -> ox.Store:
        """Open the store."""
        return ox.Store.read_only(str(self.path / ENGINE))


def _rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = cast(
        "ox.QuerySolutions", store.query(query, use_default_graph_as_union=True, prefixes=_PREFIXES)
    )
    return sorted(tuple(getattr(term, "value", "") for term in row) for row in found)


_PREFIXES = {"dcat": DCAT.iri, "sh": SH.iri, "spdx": SPDX.iri, "void": VOID.iri}


def examine(
    path: Path,
    base: str,
    run: Run = map,
    lengths: Mapping[str, Sequence[int]] | None = None,
    memory: Path | None = None,
) -> list[Check]:
    """Run all checks.

    Args:
        path: of a directory with the files of a release; its manifest isn't needed.
        base: the publication's base IRI.
        run: calls the function it is given for each argument, perhaps in other processes.
        lengths: name of a dump → of what it was put together from, as `Dump` has it.
        memory: the file that remembers what the parts of dumps held.
    """
    known = remembered(memory) if memory else {}
    files = Files(path, base)
    names = [dump_name("all", format_) for format_ in FORMATS]
    # The longest come first, so that in the end no process waits for another. Two of the checks
    # come afterwards: they look at what was read here.
    jobs: dict[str, Job] = {"links": (links, files)}
    jobs |= {
        name: (read_dump, Dump(path / name, (lengths or {}).get(name, ()), known)) for name in names
    }
    jobs |= {check.__name__: (check, files) for check in (checksums, _stored, catalog, shapes)}
    found = dict(zip(jobs, run(_do, jobs.values()), strict=True))
    outcomes = [found[name] for name in names]
    if memory:
        remember(memory, outcomes)
    read = Files(path, base, outcomes, found["_stored"])
    found |= {check.__name__: check(read) for check in (dumps, statistics)}
    return [found[name] for name in CHECKS]


def _do(job: Job) -> Any:
    function, argument = job
    return function(argument)


def shapes(files: Files) -> Check:
    """The SHACL report says that nothing breaks the shapes; its results, shape by shape."""
    rows = files.asked(
        "report.ttl",
        "SELECT ?severity ?shape (COUNT(?result) AS ?number) { ?result a sh:ValidationResult ; "
        "sh:resultSeverity ?severity ; sh:sourceShape ?shape } GROUP BY ?severity ?shape",
    )
    order = ("Violation", "Warning", "Info")
    by_shape = [(severity.removeprefix(SH.iri), shape, int(n)) for severity, shape, n in rows]
    counts = {one.lower(): sum(n for name, _, n in by_shape if name == one) for one in order}
    listed = sorted(by_shape, key=lambda row: (order.index(row[0]), row[1]))
    findings = [f"{name}: {shape} ({number})" for name, shape, number in listed]
    return Check("shapes", counts["violation"] == 0, counts, findings[:SHOWN])


def catalog(files: Files) -> Check:
    """Portals would take the catalog, by the built-in checks of `lod preflight`."""
    graph = CatalogGraph.read(files.path / "catalog.ttl", files.base)
    assessment = inspect(graph, files.path.name)
    severities = Counter(remark.severity for remark in assessment.remarks)
    counts = {name: severities[name] for name in ("violation", "warning", "info")}
    findings = [
        f"{remark.severity.title()}: {remark.focus} {remark.path}".rstrip()
        for remark in assessment.remarks
        if remark.severity != "info"
    ]
    return Check("catalog", assessment.taken, counts, findings[:SHOWN])


def dumps(files: Files) -> Check:
    """The dumps of the whole, read again in each format, hold the same triples."""
    findings = [f"{one.name}: {one.problem}" for one in files.dumps if one.problem]
    read = [one for one in files.dumps if not one.problem]
    triples, mark, _ = read[0].held if read else (0, 0, None)
    findings += (
        f"{one.name}: {one.held.triples} triples, not the same as in the files before"
        for one in read
        if (one.held.triples, one.held.mark) != (triples, mark)
    )
    return Check("dumps", not findings, {"files": len(files.dumps), "triples": triples}, findings)


def checksums(files: Files) -> Check:
    """Sizes and checksums in the catalog are those of the files."""
    rows = files.asked(
        "catalog.ttl",
        "SELECT ?address ?size ?sum { ?file dcat:downloadURL ?address ; dcat:byteSize ?size ; "
        "spdx:checksum/spdx:checksumValue ?sum }",
    )
    ours = [row for row in rows if row[0].startswith(f"{files.base}dumps/")]
    findings = [
        f"{address}: not {size} bytes with SHA-256 {checksum}"
        for address, size, checksum in ours
        if not _is(files.path / "dumps" / address.rpartition("/")[2], int(size), checksum)
    ]
    return Check("checksums", bool(ours) and not findings, {"files": len(ours)}, findings[:SHOWN])


def _is(path: Path, size: int, checksum: str) -> bool:
    if not path.is_file() or path.stat().st_size != size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == checksum


def statistics(files: Files) -> Check:
    """The numbers of the VoID description are those of the dump, and the store has as many."""
    claimed = dict(_claimed(files))
    tallies = (one.held.tally for one in files.dumps)
    counted = _counted(next((one for one in tallies if one is not None), Tally(0, {}, {})))
    findings = [
        f"{what}: {number} claimed, {counted.get(what, 0)} counted"
        for what, number in claimed.items()
        if counted.get(what, 0) != number
    ]
    if files.stored != claimed["triples"]:
        findings.insert(0, f"triples: {claimed['triples']} claimed, {files.stored} in the store")
    return Check("statistics", not findings, {"numbers": len(claimed)}, findings[:SHOWN])


_NUMBERS = {
    "triples": "void:triples",
    "subjects": "void:distinctSubjects",
    "classes": "void:classes",
    "properties": "void:properties",
}


def _claimed(files: Files) -> Iterator[tuple[str, int]]:
    for what, path in _NUMBERS.items():
        query = f"SELECT (MAX(?n) AS ?most) {{ ?whole {path} ?n ; void:sparqlEndpoint ?any }}"
        yield what, int(files.asked("void.ttl", query)[0][0] or 0)
    for query in (
        "SELECT ?what ?n { ?part void:class ?what ; void:entities ?n }",
        "SELECT ?what ?n { ?part void:property ?what ; void:triples ?n }",
    ):
        for what, number in files.asked("void.ttl", query):
            yield what, int(number)


def _counted(tally: Tally) -> dict[str, int]:
    """Return what a dump holds by what VoID calls it."""
    totals = {
        "triples": sum(tally.properties.values()),
        "subjects": tally.subjects,
        "classes": len(tally.classes),
        "properties": len(tally.properties),
    }
    return totals | dict(tally.classes) | dict(tally.properties)


def _stored(files: Files) -> int:
    """Return how many triples the store has of the data; it has what is said of them too."""
    store = files.store()
    others = (ox.NamedNode(f"{files.base}graph/{name}") for name in ABOUT_US)
    # Counting by a query takes three times as long.
    return len(store) - sum(
        sum(1 for _ in store.quads_for_pattern(None, None, None, graph)) for graph in others
    )


def links(files: Files) -> Check:
    """Whatever the data name in our own space is described in them."""
    path, space = files.path / dump_name("all", N_TRIPLES), f"{files.base}id/"
    named: set[bytes] = set()
    number = 0
    for lines in line_blocks(path):
        objects = _objects(space).findall(lines)
        number += len(objects)
        named.update(objects)
        # Most of what a resource names are parts of it, which stand beside it.
        named.difference_update(subjects_of(lines))
    store = files.store()
    every = sorted(iri.decode()[1:-1] for iri in named)
    missing = [iri for iri in every if not _described(iri, store)]
    counts = {"links": number, "missing": len(missing)}
    return Check("links", not missing, counts, missing[:SHOWN])


def _described(iri: str, store: ox.Store) -> bool:
    return any(store.quads_for_pattern(ox.NamedNode(iri), None, None, None))


def _objects(space: str) -> re.Pattern[bytes]:
    """Return what finds the IRIs of a space that are objects; only those end a line like that."""
    return re.compile(rb" (<%s[^>]*>) \.\n" % re.escape(space).encode())


CHECKS: Mapping[str, Callable[[Files], Check]] = {
    check.__name__: check for check in (shapes, catalog, dumps, checksums, statistics, links)
}
