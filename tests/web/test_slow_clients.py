"""Slow and vanished clients of the production server: others are answered meanwhile.

What the server alone can't end, the proxy does: see tests/web/test_proxies.py.
"""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from lod.build import Built
from lod.web.places import BODIES, TRANSFERS
from lod.web.serve import SILENCE, THREADS
from tests.web.test_serve import get, served

MANY = 200
WORKERS = 2
POST = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Accept: application/json\r\n"
)
SLOW_BODY = POST + b"Content-Length: 100\r\n\r\nASK"
ASK = POST + b"Content-Length: 5\r\nConnection: close\r\n\r\nASK{}"
DUMP = b"GET /dumps/latest/all.ttl HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def port(real: tuple[Path, Built]) -> Iterator[int]:
    with served(real[0]) as port:
        yield port


def connect(port: int, said: bytes, window: int = 0) -> socket.socket:
    """Open a connection on which something is said, with room for a few bytes of the answer."""
    connection = socket.socket()
    if window:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", port))
    connection.sendall(said)
    return connection


@contextmanager
def crowd(
    port: int, said: bytes, number: int = MANY, window: int = 0
) -> Iterator[list[socket.socket]]:
    """Hold many connections that go no further."""
    held = [connect(port, said, window) for _ in range(number)]
    try:
        time.sleep(0.5)
        yield held
    finally:
        for connection in held:
            connection.close()


def rest(connection: socket.socket) -> bytes:
    """Return all that still comes."""
    found = b""
    while piece := connection.recv(1 << 16):
        found += piece
    return found


def exchange(port: int, said: bytes) -> bytes:
    with closing(connect(port, said)) as connection:
        return rest(connection)


def in_time(port: int) -> None:
    """Ask for pages on both processes; who waits for a slow client waits longer."""
    for _ in range(8):
        start = time.monotonic()
        assert get(port, "/doc/municipality/jena.html")[0] == 200
        assert time.monotonic() - start < 5


def soon(port: int, said: bytes, status: bytes) -> bool:
    """Say whether a request gets a status within five seconds."""
    for _ in range(50):
        if exchange(port, said).startswith(b"HTTP/1.1 " + status):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(
    "said",
    [b"", b"GE", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: a", b"PRI * HTTP/2.0\r\n\r\n"],
    ids=["nothing", "half a line", "half a head", "the beginning of HTTP/2"],
)
def test_who_never_finishes_the_head_is_sent_away(port: int, said: bytes) -> None:
    with crowd(port, said) as held:
        in_time(port)
        start = time.monotonic()
        assert Counter(rest(one)[:15] for one in held).keys() <= {b"", b"HTTP/1.1 400 Ba"}
        assert time.monotonic() - start < SILENCE + 2


def _takes(connection: socket.socket, said: bytes) -> bool:
    try:
        connection.sendall(said)
    except OSError:
        return False
    return True


def test_a_head_that_drips_is_cut_off(port: int) -> None:
    with closing(connect(port, b"GET / HTTP/1.1\r\nHost: x\r\n")) as connection:
        start = time.monotonic()
        while _takes(connection, b"X: y\r\n"):
            time.sleep(0.25)
            assert time.monotonic() - start < SILENCE + 2
        assert time.monotonic() - start > SILENCE - 1


def test_a_connection_that_isnt_used_again_is_closed(port: int) -> None:
    with closing(connect(port, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")) as connection:
        start = time.monotonic()
        assert rest(connection).startswith(b"HTTP/1.1 200")
        assert SILENCE - 1 < time.monotonic() - start < SILENCE + 2


def test_slow_bodies_take_their_places_and_no_more(port: int) -> None:
    with crowd(port, SLOW_BODY) as held:
        in_time(port)
        answer = exchange(port, ASK)
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"\r\nretry-after: 10\r\n" in answer
        assert b"\r\ncontent-type: application/problem+json\r\n" in answer
        waiting = 0
        for one in held:
            one.settimeout(0.01)
            try:
                assert one.recv(12) == b"HTTP/1.1 503"
            except TimeoutError:
                waiting += 1
        assert BODIES <= waiting <= BODIES * WORKERS
    assert soon(port, ASK, b"200"), "the places are free again"


def test_a_body_that_breaks_off_is_no_query(port: int) -> None:
    with closing(connect(port, SLOW_BODY)) as connection:
        connection.shutdown(socket.SHUT_WR)
        assert rest(connection).startswith(b"HTTP/1.1 400 ")


def test_a_body_in_chunks_is_read(port: int) -> None:
    chunked = POST + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = exchange(port, chunked + b"2\r\nAS\r\n3\r\nK{}\r\n0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b'"boolean":true}')


@pytest.mark.parametrize("length", [b"Content-Length: 99999999999", b"Transfer-Encoding: chunked"])
def test_a_body_without_end_is_refused(port: int, length: bytes) -> None:
    said = POST + b"Connection: close\r\n" + length + b"\r\n\r\n"
    with closing(connect(port, said)) as connection:
        try:
            for _ in range(80):
                connection.sendall(b"10000\r\n" + b"#" * 65536 + b"\r\n")
        except OSError:
            pass  # It was refused before all was sent.
        assert connection.recv(12) == b"HTTP/1.1 413"


def test_slow_readers_take_their_places_and_no_more(port: int) -> None:
    with crowd(port, DUMP, window=4096):
        in_time(port)
        status, headers, _ = get(port, "/dumps/latest/all.ttl", Accept="text/turtle")
        assert status == 503
        assert headers["retry-after"] == "10"
        assert headers["content-type"] == "application/problem+json"
        # What is small waits for nobody, and a range may be.
        assert get(port, "/dumps/latest/all.ttl", Range="bytes=5-14")[0] == 206
        assert get(port, "/dumps/latest/manifest.json")[0] == 200
        assert get(port, "/sparql?query=ASK%7B%7D")[0] == 200
    with closing(connect(port, DUMP, 4096)):
        assert soon(port, DUMP.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), b"200")


def test_slow_readers_of_pages_hold_nobody_up(port: int) -> None:
    """More of them than there are threads, each with a megabyte that must be made first."""
    with crowd(port, b"GET /sitemap-1.xml HTTP/1.1\r\nHost: x\r\n\r\n", 3 * THREADS, window=4096):
        for _ in range(8):
            assert get(port, "/health")[0] == 200  # Late while those are made, but never for long.
        in_time(port)
        assert get(port, "/dumps/latest/all.ttl")[0] == 200


def test_a_whole_file_comes_with_its_length(port: int, real: tuple[Path, Built]) -> None:
    file = real[1].release.path / "dumps" / "all.ttl"
    status, headers, body = get(port, "/dumps/latest/all.ttl")
    assert (status, body) == (200, file.read_bytes())
    assert headers["content-length"] == str(file.stat().st_size)


def test_files_that_were_taken_give_their_places_back(port: int) -> None:
    for _ in range(WORKERS * TRANSFERS + 2):
        assert get(port, "/dumps/latest/all.ttl", Range="bytes=0-2000000")[0] == 206


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"GET /?" + b"x" * 30_000 + b" HTTP/1.1\r\nHost: x\r\n", b"200"),
        (b"GET /?" + b"x" * 33_000 + b" HTTP/1.1\r\nHost: x\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 60_000 + b"\r\n", b"200"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 400_000 + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 90, b"200"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 150, b"431"),
    ],
    ids=["address", "long address", "header", "long header", "headers", "many headers"],
)
def test_heads_have_limits(port: int, said: bytes, status: bytes) -> None:
    answer = exchange(port, said + b"Connection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 " + status)
    in_time(port)


def test_the_server_ends_though_clients_stall(real: tuple[Path, Built]) -> None:
    with served(real[0]) as port:
        held = [connect(port, DUMP, 4096), connect(port, SLOW_BODY)]
        time.sleep(0.5)
        start = time.monotonic()
    assert time.monotonic() - start < 15
    for one in held:
        one.close()
