"""The dumps, put together from the pieces' parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from lod.build import kept
from lod.build.packing import join, packed
from lod.build.piece import Done
from lod.build.setting import Setting
from lod.catalog import dump_name
from lod.catalog.facts import ALL
from lod.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format, Style, jsonld, rdfxml
from lod.formats.rdfxml import RdfXml
from lod.formats.turtle import Turtle
from lod.release import File


class Dump(NamedTuple):
    """A dump to be written: what stands around the parts, and where those are kept.

    Attributes:
        path: of the plain file; the packed one stands beside it.
        head: before the first part.
        between: two parts.
        foot: after the last.
        parts: file, start and length of each.
    """

    path: Path
    head: str
    between: str
    foot: str
    parts: list[tuple[Path, int, int]]


def write_dump(dump: Dump) -> tuple[File, File, list[int]]:
    """Write a dump plain and packed, and return what `join` does."""
    return join(dump.path, _parts(dump))


def _parts(dump: Dump) -> Iterator[bytes]:
    yield packed(dump.head.encode())
    between = packed(dump.between.encode()) if dump.between else b""
    for number, (path, start, length) in enumerate(dump.parts):
        if number and between:
            yield between
        yield kept.read_section(path, start, length)
    yield packed(dump.foot.encode())


def dumps(staged: Path, done: Sequence[Done], setting: Setting) -> Iterator[tuple[str, Dump]]:
    """Yield the name of each dump and what it is made of: all in every format, a kind in Turtle.

    Args:
        staged: the directory of the release.
        done: the outcomes of all pieces, in their order.
        setting: of the build.
    """
    (staged / "dumps").mkdir()
    style = setting.style
    for format_ in (N_TRIPLES, TURTLE, JSON_LD, RDF_XML):
        name = dump_name(ALL, format_)
        yield name, _dump(staged / name, format_, done, setting, style)
    for kind in dict.fromkeys(one.kind for one in done):
        name = dump_name(kind, TURTLE)
        about = [one for one in done if one.kind == kind]
        yield name, _dump(staged / name, TURTLE, about, setting, style)


def _dump(
    path: Path, format_: Format, done: Sequence[Done], setting: Setting, style: Style
) -> Dump:
    used = {prefix for one in done for prefix in one.prefixes}
    head, between, foot = {
        TURTLE: (Turtle(style).head(used), "", ""),
        JSON_LD: (jsonld.head(style), ",\n", jsonld.FOOT),
        RDF_XML: (RdfXml(style).head(), "", rdfxml.FOOT),
        N_TRIPLES: ("", "", ""),
    }[format_]
    # The lines of N-Triples are in byte order.
    order = sorted(done, key=lambda one: one.kind) if format_ is N_TRIPLES else done
    parts = [(setting.path(one.key), *one.sections[format_.name]) for one in order]
    return Dump(path, head, between, foot, parts)
