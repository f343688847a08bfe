"""Content codings: which one a client likes best, and documents packed in it.

Spec: https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding
"""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, cast

import brotli

from lod.web.negotiation import weighted

IDENTITY = ""
"""The name of no coding at all."""
SMALLEST = 1024
"""Bytes; what is smaller isn't worth packing."""
_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: bytes(brotli.compress(content, quality=6)),
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
}
_PIECE = 64 * 1024
_IN_MEMORY = 1 << 20
"""Bytes up to which what is packed piece by piece is kept in memory."""


def acceptable(header: str | None) -> list[str]:
    """Return the codings that a client takes, the best first; `IDENTITY` is always among them.

    >>> acceptable("gzip, br;q=0.5")
    ['gzip', 'br', '']
    """
    wishes = {name.replace("x-gzip", "gzip"): quality for name, quality in weighted(header or "")}
    everything = wishes.get("*", 0.0)
    found = {coding: wishes.get(coding, everything) for coding in _COMPRESS}
    liked = [coding for coding, quality in found.items() if quality > 0]
    # Without a word about it, the plain form is taken when nothing else is.
    plain = wishes.get("identity", 0.0)
    liked = [coding for coding in liked if found[coding] >= plain]
    return [*sorted(liked, key=lambda coding: -found[coding]), IDENTITY]


def packed(content: bytes, coding: str) -> bytes:
    """Return a document in a content coding."""
    return _COMPRESS[coding](content)


def tag(digest: str, coding: str) -> str:
    """Return the entity tag of a content in a coding; each has its own."""
    return f"{digest}-{coding}" if coding else digest


def length(file: IO[bytes]) -> int:
    """Return how many bytes a file has, and go back to its beginning."""
    found = file.seek(0, 2)
    file.seek(0)
    return found


def packed_file(source: IO[bytes], coding: str) -> IO[bytes]:
    """Return a file in a content coding, packed piece by piece and for speed; close the source."""
    target = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    pack = _by_brotli if coding == "br" else _by_gzip
    with source:
        for piece in pack(iter(lambda: source.read(_PIECE), b"")):
            target.write(piece)
    target.seek(0)
    return target


def _by_brotli(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = brotli.Compressor(quality=4)
    for piece in pieces:
        yield packer.process(piece)
    yield packer.finish()


def _by_gzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(4, wbits=16 + zlib.MAX_WBITS)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()
