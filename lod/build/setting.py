"""What all jobs of a build share; a value that can be sent to any process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import rdflib

import lod
from lod.build import kept
from lod.formats import Style
from lod.iri import Space
from lod.mapping import Mapper
from lod.records import Language
from lod.validation import load_shapes


@dataclass(frozen=True, slots=True)
class Setting:
    """What every job of a build needs to know.

    Attributes:
        base: the publication's base IRI.
        shapes: the directory of the shapes.
        rules: digest of the shapes and of the program.
        folder: where chunks and pieces are kept.
        language: of the messages.
    """

    base: str
    shapes: Path
    rules: bytes
    folder: Path
    language: Language

    @classmethod
    def of(cls, base: str, shapes: Path, folder: Path, language: Language) -> Setting:
        """Return a setting, with the digest of the shapes as they are now."""
        content = hashlib.sha256(program())
        for path in sorted(shapes.glob("*.ttl")):
            content.update(path.name.encode() + b"\0" + path.read_bytes())
        return cls(base, shapes, content.digest(), folder, language)

    @property
    def space(self) -> Space:
        """The publication's IRIs."""
        return Space(self.base)

    @property
    def mapper(self) -> Mapper:
        """What turns records into triples."""
        return _mapper(self.base)

    @property
    def style(self) -> Style:
        """How the publication's documents are written."""
        return _style(self.base)

    def shapes_graph(self) -> rdflib.Graph:
        """Return what the graph is checked against.

        Raises:
            LodError: the shapes can't be read.
        """
        return _shapes(self.shapes, self.base, self.rules)

    def key(self, *content: bytes) -> str:
        """Return the name of what this setting makes of some content."""
        return kept.key_of(self.rules, self.base.encode(), *content)

    def path(self, key: str) -> Path:
        """Return where something is kept."""
        return self.folder / key


@lru_cache(maxsize=1)
def _mapper(base: str) -> Mapper:
    return Mapper(Space(base))


@lru_cache(maxsize=1)
def _style(base: str) -> Style:
    return Style(Space(base), _mapper(base).values())


@lru_cache(maxsize=1)
def _shapes(folder: Path, base: str, rules: bytes) -> rdflib.Graph:
    return load_shapes(folder, Space(base))


@cache
def program() -> bytes:
    """Return a digest of what makes a release: another program makes another one."""
    folder = Path(lod.__file__).parent
    content = hashlib.sha256(lod.__version__.encode())
    for path in sorted(folder.rglob("*.py")):
        if folder / "web" not in path.parents:
            content.update(path.relative_to(folder).as_posix().encode() + b"\0")
            content.update(path.read_bytes())
    return content.digest()
