"""Files for what is too long for memory."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from lod.web.places import SMALL


def spooled(pieces: Iterable[bytes]) -> IO[bytes]:
    """Return a file with some pieces, on disk where it is longer than what is sent at once."""
    with ExitStack() as open_:
        file = cast("IO[bytes]", open_.enter_context(SpooledTemporaryFile(max_size=SMALL)))
        for piece in pieces:
            file.write(piece)
        file.seek(0)
        open_.pop_all()
        return file
