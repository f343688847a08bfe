"""The second half of the pipeline: the files of a release."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

from pyoxigraph import Triple

import lod
from lod.build.checking import Checked, Reading
from lod.build.dumps import dumps, write_dump
from lod.build.indexes import Indexes, write_names, write_search
from lod.build.piece import Done, read_done
from lod.build.storing import Last, Loader
from lod.catalog import Catalog, Facts, recorded, void
from lod.formats import TURTLE, Style, ordered
from lod.formats.jsonld import context_document
from lod.formats.style import OWN_PREFIX
from lod.iri import Space
from lod.mapping.vocabulary import vocabulary_triples
from lod.release import File
from lod.store import PUBLICATION
from lod.vocab import OWL

_SOFTWARE = ("pyoxigraph", "pyshacl", "rdflib", "pydantic", "pyyaml")


class Writing:
    """A release that is being written.

    Args:
        reading: the records.
        done: the outcomes of their pieces.
        checked: what was found in them.
        staged: the directory of the release.
    """

    def __init__(
        self, reading: Reading, done: Sequence[Done], checked: Checked, staged: Path
    ) -> None:
        self.reading, self.done, self.checked, self.staged = reading, done, checked, staged
        self.files: dict[str, File] = {}
        """Size and checksum of the files that needn't be read again."""
        self.lengths: dict[str, list[int]] = {}
        """The name of a dump → the size of each part that it was put together from."""

    def write(self, shapes: Path, version: str, facts: Facts, loader: Loader) -> dict[str, Any]:
        """Write every file, and return what the manifest says of them.

        Args:
            shapes: what the records were checked by.
            version: of the release.
            facts: the records in numbers.
            loader: of the store.
        """
        self._write_big_files(loader.last)
        self._write_small_files(shapes)
        described = self._write_catalog(version, facts)
        self.reading.progress("load", 0, 1)
        graphs = loader.finish(described)
        self.reading.progress("load", 1, 1)
        publication = self.reading.publication
        return {
            "modified": publication.modified,
            "software": {"lod": lod.__version__} | {n: package_version(n) for n in _SOFTWARE},
            **facts.kept(),
            "graphs": graphs,
            "report": dict(sorted(Counter(f.severity for f in self.checked.findings).items())),
        }

    def _write_big_files(self, last: Last | None) -> None:
        """Write dumps and indexes, each in a process of its own."""
        ledger, cuts = self.reading.ledger, self.reading.cuts
        ranks = ledger.ranks()
        setting = self.reading.setting
        gone, new = last.differs(one.key for one in self.done) if last else ((), frozenset())
        indexes = Indexes(
            self.staged,
            self.done,
            [array("I", (ranks[n] for n in cut.numbers)) for cut in cuts],
            [[ledger.references[n] for n in cut.numbers] for cut in cuts] if last else (),
            setting,
            last.release.path if last else None,
            [read_done(key, setting) for key in gone],
            new,
        )
        found = dict(dumps(self.staged, self.done, setting))
        jobs = [(write_search, indexes), *((write_dump, dump) for dump in found.values())]
        results = self.reading.workers.map(_do, [*jobs, (write_names, indexes)])
        for name, result in zip(("", *found, ""), results, strict=True):
            if name:
                self.files[name], self.files[f"{name}.gz"], self.lengths[name] = result
            self.reading.progress("join", len(self.files), 2 * len(found))

    def _write_small_files(self, shapes: Path) -> None:
        staged, space, style = self.staged, self.reading.setting.space, self.checked.style
        publication = self.reading.publication.model_dump_json(indent=2)
        (staged / PUBLICATION).write_text(publication + "\n", "utf-8")
        (staged / "context.jsonld").write_bytes(context_document(style))
        _write_turtle(vocabulary_triples(space, OWN_PREFIX), style, staged / "ns.ttl")
        _write_turtle(self.checked.report(), style, staged / "report.ttl")
        _copy_shapes(shapes, staged / "shapes", space)

    def _write_catalog(self, version: str, facts: Facts) -> list[Triple]:
        reading = self.reading
        datasets = (one for one in reading.ledger.references if one.startswith("dataset/"))
        catalog = Catalog(
            publication=reading.publication,
            version=version,
            files=dict(sorted(self.files.items())),
            facts=facts,
            recorded=recorded(datasets, reading.about, reading.setting.space),
        )
        described = catalog.triples()
        _write_turtle(described, self.checked.style, self.staged / "catalog.ttl")
        _write_turtle(void(catalog), self.checked.style, self.staged / "void.ttl")
        return described


def _do(job: tuple[Any, Any]) -> Any:
    function, argument = job
    return function(argument)


def _write_turtle(triples: Iterable[Triple], style: Style, path: Path) -> None:
    path.write_bytes(TURTLE.write(ordered(triples), style))


def _copy_shapes(shapes: Path, target: Path, space: Space) -> None:
    """Copy the shapes with the base that their relative IRIs are meant for, and all in one."""
    target.mkdir()
    together = []
    for path in sorted(shapes.glob("*.ttl")):
        base = f"@base <{space.base}shapes/{path.name}> .\n"
        text = path.read_text(encoding="utf-8")
        together.append(base + text)
        # A file that builds on another one says so, for those who fetch it alone.
        others = sorted(set(re.findall(r"^@prefix \w*: <([\w-]+\.ttl)#>", text, re.MULTILINE)))
        imports = "".join(f"\n<> <{OWL.imports.value}> <{name}> .\n" for name in others)
        (target / path.name).write_text(base + text + imports, "utf-8")
    (target / "all.ttl").write_text("\n".join(together), "utf-8")
