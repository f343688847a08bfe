"""The second pass: piece → findings, and the piece's part of every file, kept packed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any, NamedTuple

from lod.build import kept
from lod.build.packing import packed, unpacked
from lod.build.pieces import Piece, extends
from lod.build.pieces import Row as Place
from lod.build.rows import Own, Shown, about, as_json, names_by_others
from lod.build.setting import Setting
from lod.build.validating import findings_of
from lod.catalog.facts import Facts
from lod.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from lod.formats.jsonld import node_lines
from lod.formats.rdfxml import RdfXml
from lod.formats.statements import Statement, term
from lod.formats.turtle import Turtle
from lod.iri import slug
from lod.search import Item, Row, row
from lod.validation import Finding

ROWS = "rows"
"""The section with the piece's part of the indexes."""


class Job(NamedTuple):
    """A piece, and what is to be done with it.

    Attributes:
        piece: which.
        setting: of the build.
        writing: whether its part of every file is wanted, or what it breaks of the shapes alone.
    """

    piece: Piece
    setting: Setting
    writing: bool

    @property
    def key(self) -> str:
        """The name of the outcome."""
        return self.piece.key

    def known(self) -> bool:
        """Tell whether the outcome is kept already."""
        path = self.setting.path(self.key)
        return kept.whole(path) and (not self.writing or bool(kept.read_facts(path)[0]["sections"]))

    def packed(self) -> tuple[Job, dict[str, bytes]]:
        """Return the job as it is done elsewhere, and the files that it reads there, by name."""
        piece, files = self.piece.packed(self.setting)
        return self._replace(piece=piece), files

    def moved(self, setting: Setting) -> Job:
        """Return the job with its files in the folder of another setting."""
        return self._replace(setting=setting)


class Done(NamedTuple):
    """The outcome of a piece.

    Attributes:
        key: names the file with the sections.
        kind: of the records.
        size: of its N-Triples, in bytes.
        sections: name → where each begins, and its length.
        findings: what it breaks of the shapes.
        facts: the piece in numbers; those of none once they were added up.
        prefixes: those that its Turtle uses.
    """

    key: str
    kind: str
    size: int
    sections: Mapping[str, tuple[int, int]]
    findings: list[Finding]
    facts: Facts
    prefixes: list[str]

    def section(self, name: str, setting: Setting) -> bytes:
        """Return a section as it was packed."""
        return kept.read_section(setting.path(self.key), *self.sections[name])


class Entry(NamedTuple):
    """A resource as the indexes have it.

    Attributes:
        names: language code → name.
        sort: what lists are sorted by.
        words: of all names, folded.
        identifiers: what it can be asked for by.
        found: its row in the search index.
    """

    names: dict[str, str]
    sort: str
    words: str
    identifiers: list[str]
    found: Row


def entries(done: Done, setting: Setting) -> Iterator[Entry]:
    """Yield the piece's part of the indexes."""
    for names, sort, words, identifiers, found in json.loads(unpacked(done.section(ROWS, setting))):
        yield Entry(names, sort, words, identifiers, Row(*found))


def do_piece(job: Job) -> Done:
    """Check a piece and write its part of every file; what is kept already is taken as it is.

    Raises:
        LodError: a shape can't be understood.
    """
    piece, setting, writing = job
    if job.known():
        return read_done(piece.key, setting)
    read = _Piece(piece, setting)
    sections = read.sections() if writing else {}
    facts = {
        "kind": piece.kind,
        "size": read.size,
        "sections": {name: len(content) for name, content in sections.items()},
        "findings": [_told(finding) for finding in read.findings()],
        "facts": asdict(Facts.of(piece.kind, read.resources)),
        "prefixes": sorted(read.prefixes),
    }
    kept.write(setting.path(piece.key), facts, sections.values())
    return read_done(piece.key, setting)


def read_done(key: str, setting: Setting) -> Done:
    """Return the outcome of a piece that is kept."""
    return _done(key, *kept.read_facts(setting.path(key)))


class _Piece:
    """A piece as it was read, and what becomes of it."""

    def __init__(self, piece: Piece, setting: Setting) -> None:
        self.piece, self.setting = piece, setting
        self.things = setting.space.things
        self.own = self._read(piece.own)
        shown = (section for section, _ in piece.rows(piece.others, setting))
        self.others = [Shown.read(section) for section in shown]
        self.resources = {
            shown.reference: about(shown.reference, own.lines, self.things)
            for shown, own in self.own
        }
        self.prefixes: set[str] = set()
        self.size = 0

    def _read(self, rows: list[Place]) -> list[tuple[Shown, Own]]:
        sections = self.piece.rows(rows, self.setting)
        return [(Shown.read(shown), Own.read(own)) for shown, own in sections]

    def statements(self) -> Iterator[Statement]:
        """Yield what is said about the records, in their order."""
        return (one for statements in self.resources.values() for one in statements)

    def findings(self) -> list[Finding]:
        """Return what the records break of the shapes."""
        followed = (
            statement
            for shown in self.others
            for statement in about(shown.reference, shown.lines, self.things)
        )
        return findings_of(self.statements(), followed, self.setting)

    def sections(self) -> dict[str, bytes]:
        """Return the piece's part of every file."""
        style = self.setting.style
        turtle = Turtle(style)
        texts = {
            TURTLE.name: "".join(turtle.blocks(self.statements())),
            JSON_LD.name: ",\n".join(node_lines(self.statements(), style)),
            RDF_XML.name: "".join(RdfXml(style).blocks(self.statements())),
            N_TRIPLES.name: "".join(self._n_triples()),
        }
        self.prefixes, self.size = turtle.used, len(texts[N_TRIPLES.name])
        packed_ = {name: packed(text.encode()) for name, text in texts.items()}
        return packed_ | {ROWS: packed(as_json(list(self._entries())))}

    def _n_triples(self) -> Iterator[str]:
        """Yield all lines in byte order, those of the late records among them."""
        late = {
            shown.reference: about(shown.reference, own.lines, self.things)
            for shown, own in self._read(self.piece.late)
        }
        first = next(iter(self.resources))
        waiting = [
            # Before a digit, the lines of the parts have been written.
            (reference, _lines(found, self.things + reference)[_passed(first, reference) :])
            for reference, found in late.items()
        ]
        for reference, found in self.resources.items():
            yield from _due(waiting, reference)
            waiting.append((reference, _lines(found, self.things + reference)))
        following = self.piece.following
        yield from _due(waiting, f"{self.piece.kind}/{following}" if following else "")

    def _entries(self) -> Iterator[Entry]:
        names = {shown.reference: shown.names for shown in self.others}
        names |= {shown.reference: shown.names for shown, _ in self.own}
        for shown, own in self.own:
            called = names_by_others(shown.named_by, names) if shown.named_by else dict(shown.names)
            kind, _, name = shown.reference.partition("/")
            others, texts, form, codes, facts = own.told
            item = Item(kind, name, called, 0.0, others, texts, form, codes, facts)
            sort = slug(called.get("de") or next(iter(called.values()), name))
            words = " ".join(map(slug, called.values()))
            yield Entry(called, sort, words, list(own.identifiers), row(item))


def _lines(found: Iterable[Statement], subject: str) -> list[list[str]]:
    """Return a record's lines of N-Triples in byte order: those of its parts, and its own."""
    lines = sorted(f"{s} {p} {o} .\n" for s, p, o in found)
    start = f"<{subject}>"
    parts = sum(not line.startswith(start) for line in lines)
    return [lines[:parts], lines[parts:]]


def _passed(following: str, reference: str) -> int:
    """Return how much of an extended record's lines comes before those of the following one."""
    return int(following[len(reference)] != "-")


def _due(waiting: list[tuple[str, list[list[str]]]], following: str) -> Iterator[str]:
    """Take out and yield the lines that come before all of the following record's."""
    while waiting:
        reference, blocks = waiting[-1]
        if extends(following, reference):
            if _passed(following, reference) and len(blocks) > 1:
                yield from blocks.pop(0)
            return
        waiting.pop()
        for block in blocks:
            yield from block


def _told(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON has it; it has no place yet."""
    told = {one.name: getattr(finding, one.name) for one in fields(finding)}
    del told["reference"], told["place"], told["field"]
    return told | {"term": None if finding.term is None else str(finding.term)}


def _done(key: str, facts: Mapping[str, Any], start: int) -> Done:
    sections = {}
    for name, length in facts["sections"].items():
        sections[name] = start, length
        start += length
    findings = [
        Finding(**{**told, "term": None if told["term"] is None else term(told["term"])})
        for told in facts["findings"]
    ]
    return Done(
        key=key,
        kind=facts["kind"],
        size=facts["size"],
        sections=sections,
        findings=findings,
        facts=Facts(**facts["facts"]),
        prefixes=facts["prefixes"],
    )
