"""Commands that go on while somebody writes: the outcome follows each save."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from tests.conftest import ROOT, SMALL, WriteData

PERSON = "person/martin-berger.yaml"
PATIENCE = 120.0


class Watching:
    """A command that runs, and what it has said."""

    def __init__(self, *arguments: str) -> None:
        self.said = ""
        self.process = subprocess.Popen(
            (sys.executable, "-m", "lod", *arguments, f"--shapes={ROOT / 'shapes'}"),
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.listener = Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.said += line

    def until(self, done: Callable[[str], bool]) -> str:
        """Wait until it has said something, and forget that."""
        deadline = time.monotonic() + PATIENCE
        while not done(self.said):
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)
        said, self.said = self.said, ""
        return said


@contextmanager
def watching(*arguments: str, end: signal.Signals = signal.SIGINT) -> Iterator[Watching]:
    command = Watching(*arguments)
    try:
        yield command
    finally:
        os.killpg(command.process.pid, end)
        try:
            command.process.wait(30)
        finally:
            if command.process.poll() is None:
                os.killpg(command.process.pid, signal.SIGKILL)
                command.process.wait()
            command.listener.join()


def test_a_check_follows_each_save(write_data: WriteData) -> None:
    data = write_data()
    with watching("check", "--watch", f"--data={data}") as command:
        command.until(lambda said: "16 records" in said and "0 violations" in said)
        write_data({PERSON: "nam: Martin Berger\n"})
        assert "martin-berger.yaml:1:1" in command.until(lambda said: "nam: " in said)
        write_data({PERSON: SMALL[PERSON] + "telephone: '1'\n"})
        command.until(lambda said: "telephone" in said)
        write_data()
        command.until(lambda said: "0 violations" in said)
    assert command.process.returncode == 0


def test_a_page_follows_each_save_and_stays_when_one_is_wrong(
    write_data: WriteData, tmp_path: Path
) -> None:
    data = write_data()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = ("--watch", f"--data={data}", f"--port={port}", "--workers=1")
    with watching("serve", *arguments, end=signal.SIGTERM) as command:
        command.until(lambda said: "built" in said)
        _wait(port, "Martin Berger")
        write_data({PERSON: SMALL[PERSON].replace("Martin", "Martina")})
        _wait(port, "Martina Berger")
        command.until(lambda said: "built" in said)
        write_data({PERSON: "nam: Martin Berger\n"})
        assert "martin-berger.yaml:1:1" in command.until(lambda said: "nam: " in said)
        assert "Martina Berger" in _page(port)
        write_data({PERSON: SMALL[PERSON].replace("Martin", "Martino")})
        _wait(port, "Martino Berger")
    assert not (tmp_path / "releases").exists(), "the real releases are left alone"


def _wait(port: int, words: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while words not in _page(port):
        assert time.monotonic() < deadline, words
        time.sleep(0.1)


def _page(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/doc/person/martin-berger.ttl")
        return connection.getresponse().read().decode()
    except OSError:
        return ""
    finally:
        connection.close()
