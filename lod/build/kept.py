"""Files that a build keeps for the next: each named by a digest of all that it is made from.

They can be deleted at any time. One that is damaged counts as missing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

CACHE = ".cache"
"""The directory beside the releases."""
_LENGTH = 8
_DIGEST = hashlib.sha256().digest_size


def key_of(*content: bytes) -> str:
    """Return the name of what is made from some content."""
    digest = hashlib.sha256()
    for one in content:
        digest.update(len(one).to_bytes(_LENGTH) + one)
    return digest.hexdigest()[:40]


def write(path: Path, facts: Mapping[str, Any], sections: Iterable[bytes]) -> None:
    """Write a file whole or not at all: facts as JSON, then sections, then a digest of both."""
    head = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256()
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        for part in (len(head).to_bytes(_LENGTH), head, *sections):
            digest.update(part)
            file.write(part)
        file.write(digest.digest())
    beside.replace(path)


def put(path: Path, content: bytes) -> None:
    """Write a file that was made elsewhere, whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def whole(path: Path) -> bool:
    """Tell whether a file is there and undamaged."""
    try:
        with path.open("rb") as file:
            left = file.seek(0, os.SEEK_END) - _DIGEST
            file.seek(0)
            digest = hashlib.sha256()
            while left > 0:
                block = file.read(min(left, 1 << 20))
                if not block:
                    return False
                digest.update(block)
                left -= len(block)
            return left == 0 and file.read() == digest.digest()
    except OSError:
        return False


def read_facts(path: Path) -> tuple[dict[str, Any], int]:
    """Return the facts of a file, and where its first section begins."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH))
        facts: dict[str, Any] = json.loads(file.read(length))
    return facts, _LENGTH + length


def read_section(path: Path, start: int, length: int) -> bytes:
    """Return a section of a file."""
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)


def prune(folder: Path, used: Iterable[str]) -> None:
    """Delete all files but those that are used."""
    keep = frozenset(used)
    for path in folder.iterdir():
        if path.name not in keep:
            path.unlink()
