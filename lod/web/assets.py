"""``/static/…``: style, icon and scripts of the pages, packed like everything else."""

from __future__ import annotations

import mimetypes

from flask import Response, current_app, request
from werkzeug.exceptions import NotFound

from lod.web.delivery import FOREVER, FRESH, deliver
from lod.web.theme import Theme


def asset(filename: str) -> Response:
    """Answer with a file of the design.

    Args:
        filename: its path inside the folder.

    Raises:
        NotFound: there is none.
    """
    found = theme().file(filename)
    if found is None:
        raise NotFound
    media_type = mimetypes.guess_type(found.name)[0] or "text/plain"
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    response = Response(content_type=media_type + charset)
    # Pages name the state of the design in the address; without it, anything may come next.
    response.headers["Cache-Control"] = FOREVER if "v" in request.args else FRESH
    deliver(response, ("static", filename), found.read_bytes)
    return response


def theme() -> Theme:
    """Return where the application finds the files of the design."""
    found = current_app.config["THEME"]
    assert isinstance(found, Theme)  # noqa: S101 (set by the factory)
    return found
