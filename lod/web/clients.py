"""Whether the client that a request came from is there still.

WSGI has no word for it, and a query that computes for seconds sends nothing that could fail. So
the connection is looked for among the sockets of this process: those of the client's address on
which something was received since the last answer. One that sends an answer meanwhile was another
request's. When none is left, the client went away.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

_ESTABLISHED = 1
_STATE, _LAST_SENT, _LAST_RECEIVED, _RECEIVED = 0, 44, 52, 128
"""Offsets in ``struct tcp_info`` of Linux: a byte, two ages in milliseconds, a number of bytes."""
_claimed: set[tuple[int, int]] = set()
_lock = Lock()


class _Connection:
    """A socket of this process, known by its descriptor and its inode."""

    def __init__(self, descriptor: int, inode: int) -> None:
        self.key = descriptor, inode

    def waits(self, address: str) -> bool:
        """Return whether it is a connection of an address that waits for an answer."""
        descriptor, inode = self.key
        try:
            if os.fstat(descriptor).st_ino != inode:
                return False
            info = self._info(descriptor, address)
        except (OSError, IndexError):
            return False
        if len(info) < _RECEIVED + 8 or info[_STATE] != _ESTABLISHED:
            return False
        sent: int = struct.unpack_from("=I", info, _LAST_SENT)[0]
        received: int = struct.unpack_from("=I", info, _LAST_RECEIVED)[0]
        anything: int = struct.unpack_from("=Q", info, _RECEIVED)[0]
        return anything > 0 and received <= sent

    def _info(self, descriptor: int, address: str) -> bytes:
        """Return what the kernel knows of the connection; empty of another address."""
        # A duplicate for a moment alone, so that the server can close the connection.
        duplicate = os.dup(descriptor)
        try:
            connection = socket.socket(fileno=duplicate)
        except OSError:
            os.close(duplicate)
            raise
        with connection:
            if address and connection.getpeername()[0].removeprefix("::ffff:") != address:
                return b""
            return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _RECEIVED + 8)


class Client:
    """The client of a request.

    Args:
        environ: of the request.
    """

    def __init__(self, environ: Mapping[str, Any]) -> None:
        self._candidates: list[_Connection] = []
        self._mine: _Connection | None = None
        address = str(environ.get("REMOTE_ADDR") or "").removeprefix("::ffff:")
        # Streams of HTTP/2 share a connection, and other systems have no list of sockets.
        one = environ.get("SERVER_PROTOCOL") in ("HTTP/1.0", "HTTP/1.1")
        real = environ.get("SERVER_SOFTWARE", "").startswith(("Granian", "Werkzeug"))
        if sys.platform == "linux" and one and real and address:
            with _lock:
                found = [c for c in _sockets() if c.key not in _claimed and c.waits(address)]
                self._candidates = found
                self._claim()

    def gone(self) -> bool:
        """Return whether the client surely went away."""
        if not self._candidates:
            return False  # It was never found.
        waiting = [connection for connection in self._candidates if connection.waits("")]
        if not waiting:
            return True
        with _lock:
            self._candidates = waiting
            self._claim()
        return False

    def forget(self) -> None:
        """Look no more."""
        with _lock:
            if self._mine is not None:
                _claimed.discard(self._mine.key)

    def _claim(self) -> None:
        """Keep other requests from taking the connection for theirs, once it is the only one."""
        if len(self._candidates) == 1 and self._mine is None:
            self._mine = self._candidates[0]
            _claimed.add(self._mine.key)


def _sockets() -> list[_Connection]:
    found = []
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 (numbers, not paths)
        try:
            target = os.readlink(f"/proc/self/fd/{name}")  # noqa: PTH115
        except OSError:
            continue
        if target.startswith("socket:["):
            found.append(_Connection(int(name), int(target[8:-1])))
    return found


Gone = Callable[[], bool]
__all__ = ["Client", "Gone"]
