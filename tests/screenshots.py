"""Pictures of every kind of page, for eyes to judge: ``python -m tests.screenshots [PATH…]``.

Without a path all are made, and docs/pages.md is written to show them.
"""

from __future__ import annotations

import base64
import logging
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium import webdriver
from werkzeug.serving import make_server

from lod.web import create_app
from tests.conftest import ROOT
from tests.test_accessibility import PAGES
from tests.test_browser import start

DOCUMENT = ROOT / "docs" / "pages.md"
PICTURES = ROOT / "docs" / "pictures" / "pages"
QUALITY = 45
"""Of WebP, from 0 to 100: text stays sharp, and all pictures together stay small."""


@dataclass(frozen=True)
class View:
    """A way of looking at a page.

    Attributes:
        name: what it is called in names of files.
        title: what it is called in the document.
        width: of the window, in CSS pixels.
        height: of the picture at most, in CSS pixels.
        language: of the page.
        scheme: the preferred colours, ``light`` or ``dark``.
        media: ``screen`` or ``print``.
        scale: pixels of the picture for a CSS pixel.
    """

    name: str
    title: str
    width: int
    height: int
    language: str
    scheme: str = "light"
    media: str = "screen"
    scale: float = 0.6


VIEWS = (
    View("desktop", "Desktop", 1280, 2400, "en"),
    View("dark", "Dark", 1280, 2400, "de", scheme="dark"),
    View("phone", "Phone", 390, 1600, "de", scale=1.0),
    View("print", "Print", 794, 1600, "de", media="print", scale=0.75),
)


def main(paths: list[str]) -> None:
    """Make the pictures of some pages, or of all of them."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with serving(ROOT / "releases") as site, tempfile.TemporaryDirectory() as profile:
        driver = start("de", Path(profile))
        try:
            for number, path in enumerate(paths or PAGES, 1):
                print(f"{number}/{len(paths or PAGES)} {path}", flush=True)
                for view in VIEWS:
                    file(path, view).write_bytes(picture(driver, site + path, view))
        finally:
            driver.quit()
    if not paths:
        DOCUMENT.write_text(document(PAGES), encoding="utf-8")


@contextmanager
def serving(releases: Path) -> Iterator[str]:
    """Serve the active release, and give the address."""
    app = create_app(releases)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["sparql"].close()


def picture(driver: webdriver.Chrome, address: str, view: View) -> bytes:
    """Return what a page looks like, from its top."""
    say = driver.execute_cdp_cmd
    metrics = {"width": view.width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    say("Emulation.setDeviceMetricsOverride", metrics)
    scheme = {"name": "prefers-color-scheme", "value": view.scheme}
    say("Emulation.setEmulatedMedia", {"media": view.media, "features": [scheme]})
    driver.get(f"{address}{'&' if '?' in address else '?'}lang={view.language}")
    height = driver.execute_script("return document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": view.width, "height": min(height, view.height)}
    shot: dict[str, Any] = say(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": QUALITY,
            "captureBeyondViewport": True,
            "clip": {**clip, "scale": view.scale},
        },
    )
    return base64.b64decode(shot["data"])


def name(path: str) -> str:
    """Return what a page is called in names of files.

    >>> name("/doc/project?q=smart")
    'doc-project-q-smart'
    """
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"


def file(path: str, view: View) -> Path:
    """Return where the picture of a page is."""
    return PICTURES / f"{name(path)}-{view.name}.webp"


def document(paths: tuple[str, ...]) -> str:
    """Return the text of docs/pages.md."""
    rows = "\n".join(_row(path) for path in paths)
    titles = " | ".join(view.title for view in VIEWS)
    return f"""\
# Pages

Every kind of page of the real release, at the size of a desk, in the dark, on a phone and on
paper; long ones are cut off. `make screenshots` makes them anew, and this list with them.

| Page | {titles} |
| --- |{" --- |" * len(VIEWS)}
{rows}
"""


def _row(path: str) -> str:
    cells = (
        f'<img src="pictures/pages/{file(path, view).name}" width="{width}" '
        f'alt="{path} ({view.title.lower()})">'
        for view, width in zip(VIEWS, (300, 300, 150, 200), strict=True)
    )
    return f"| `{path}` | {' | '.join(cells)} |"


if __name__ == "__main__":
    main(sys.argv[1:])
