"""Dumps put together from parts that were packed on their own.

A part is a run of deflate blocks that ends at a byte and refers to nothing before it, so parts can
be packed in any process and joined in any order; the plain dump is what they unpack to. Joined
between a header and a trailer they are one gzip member, which every client reads.

Spec: https://www.rfc-editor.org/rfc/rfc1951, https://www.rfc-editor.org/rfc/rfc1952
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from lod.release import File

_LEVEL = 6
# Deflate, without name or time, by an unknown system.
_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_LAST_BLOCK = b"\x03\0"


def packed(content: bytes) -> bytes:
    """Return a part."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH)


def unpacked(part: bytes) -> bytes:
    """Return what a part holds."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(part)


class _Hashing:
    """A file whose checksum is known when it has been written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self._digest.update(content)
        self.size += len(content)

    def facts(self) -> File:
        return File(self.size, self._digest.hexdigest())


def join(path: Path, parts: Iterable[bytes]) -> tuple[File, File, list[int]]:
    """Write a dump and, beside it, its gzip form.

    Returns:
        Size and checksum of both, and the size of each part as it stands in the dump.
    """
    lengths = []
    with path.open("wb") as plain_file, path.with_name(f"{path.name}.gz").open("wb") as packed_file:
        plain, zipped = _Hashing(plain_file), _Hashing(packed_file)
        zipped.write(_HEADER)
        crc = 0
        for part in parts:
            content = unpacked(part)
            crc = zlib.crc32(content, crc)
            plain.write(content)
            lengths.append(len(content))
            zipped.write(part)
        zipped.write(_LAST_BLOCK)
        trailer = crc.to_bytes(4, "little") + (plain.size % (1 << 32)).to_bytes(4, "little")
        zipped.write(trailer)
    return plain.facts(), zipped.facts(), lengths
