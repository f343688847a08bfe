"""Views of Flask that return constants, served as ours are: ``constant.py PORT WORKERS SIZE…``.

``/constant/<n>`` returns as many bytes as the n-th size says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from flask import Flask, Response
from granian.constants import Interfaces
from granian.server import Server

from lod.web.serve import THREADS


def create_app(sizes: list[int]) -> Flask:
    """Make an application with one view for each size."""
    app = Flask(__name__)
    for number, size in enumerate(sizes):
        app.add_url_rule(f"/constant/{number}", f"constant-{number}", _view(b"x" * size))
    return app


def _view(content: bytes) -> Callable[[], Response]:
    return lambda: Response(content, content_type="text/turtle; charset=utf-8")


if __name__ == "__main__":
    Server(
        "constant:app",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=int(sys.argv[2]),
        blocking_threads=THREADS,
        log_access=False,
    ).serve(target_loader=partial(create_app, list(map(int, sys.argv[3:]))), wrap_loader=False)
