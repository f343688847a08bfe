"""Serving releases with granian: processes that each answer with several threads."""

from __future__ import annotations

import socket
from functools import partial
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import logger
from granian.server import Server

from lod.errors import LodError, ReleaseError
from lod.release import current, verify
from lod.remote.endpoint import Endpoint
from lod.sparql.pool import Limits
from lod.web.app import create_app
from lod.web.places import BODIES, TRANSFERS

THREADS = 4 + BODIES + TRANSFERS
"""How many requests a process answers at once; the store works outside the interpreter's lock.

As many as queries and slow clients can occupy come on top, so that pages never wait for a thread
behind them.
"""
CONNECTIONS = 1024
"""Connections that a process holds, and as many more wait to be accepted."""
SILENCE = 10
"""Seconds for the head of a request, and for the next request on a connection."""
_HEAD = 128 * 1024
"""Bytes of the head of a request; the server's library takes at most 64 kB of address in it."""
_INTENDED = "Configuration allows spawning up to"
"""So the server's library begins to warn of threads, which mostly wait here."""
_FAREWELL = 5
"""Seconds after which a process that still waits for clients is killed at the end."""


def serve(  # noqa: PLR0913 (the options of the command)
    releases: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 2,
    *,
    limits: Limits | None = None,
    theme: Path | None = None,
    endpoint: Endpoint | None = None,
) -> None:
    """Serve the active release until the process is told to end.

    Args:
        releases: the directory of releases.
        host: the address to listen on.
        port: the port to listen on.
        workers: the number of processes.
        limits: what queries to the SPARQL endpoint may take.
        theme: the publisher's own templates and files, if there are any.
        endpoint: of a store of its own that holds the graphs.

    Raises:
        ReleaseError: no release is active, or a file of it differs from its checksum.
        EndpointError: the store can't be reached, or holds another release.
        LodError: the address or the port can't be listened on.
    """
    releases = releases.absolute()
    release = current(releases)
    wrong = verify(release)
    if wrong:
        raise ReleaseError(
            f"{release.path}: the release is damaged ({wrong[0]}). "
            "Activate another one or build again"
        )
    _check_address(host, port)
    limits = limits or Limits()
    make = partial(create_app, releases, limits, theme, endpoint=endpoint)
    # Whatever else is wrong shows here and not in a worker.
    make().config["CURRENT"].close()
    logger.addFilter(lambda record: not record.getMessage().startswith(_INTENDED))
    Server(
        f"{__name__}:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS + limits.workers + limits.queue,
        # By guessing between the versions of HTTP, it would wait for a first byte without end.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=SILENCE * 1000, max_buffer_size=_HEAD),
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        workers_kill_timeout=_FAREWELL,
        respawn_failed_workers=True,
        log_access=False,
    ).serve(target_loader=make, wrap_loader=False)


def _check_address(host: str, port: int) -> None:
    """Refuse an address that is taken: the server itself would share it with its like."""
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        ):
            with socket.socket(family, kind, protocol) as probe:
                # A port that was left a moment ago is free.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
    except OSError as error:
        raise LodError(
            f"{host}:{port}: can't listen there ({error.strerror}). Choose another --port or --host"
        ) from None
