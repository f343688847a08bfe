"""Every kind of page by axe in a real browser, and by the Nu HTML checker."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import product
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from selenium import webdriver

from lod.iri import KINDS
from tests.test_browser import Open, browse, pytestmark, site

__all__ = ["browse", "pytestmark", "site"]

CLIENTS = Path(os.environ.get("LOD_CLIENTS", "nowhere")) / "node_modules"
AXE = CLIENTS / "axe-core" / "axe.min.js"
CHECKER = CLIENTS / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA = shutil.which("java")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ENTITIES = (
    "/doc/municipality/jena", "/doc/municipality/apolda", "/doc/district/jena",
    "/doc/state/thueringen", "/doc/organisation/zendis",
    "/doc/board/kommunales-open-source-board", "/doc/person/martin-berger",
    "/doc/membership/jena-hf1-martin-berger", "/doc/programme/modellprojekte-smart-cities",
    "/doc/project/smart-city-jena", "/doc/event/dortmund-open-source-first",
    "/doc/software/opencode", "/doc/dataset/gemeindeverzeichnis-gv100ad",
    "/doc/topic/smart-city", "/doc/source/jena-open-source-board",
)  # fmt: skip
"""A page of each kind."""
PAGES = (
    "/", "/about", "/imprint", "/privacy", "/accessibility", "/doc", "/doc/municipality",
    "/doc/project?q=smart", "/doc/municipality?state=thueringen&size=5000-20000",
    "/doc/municipality?state=nowhere", *ENTITIES, "/doc/state/bayern/mentions",
    "/doc/municipality/jena/statements", "/doc/municipality/jena/graph", "/compare?of=jena&of=gera",
    "/search?q=jena", "/search?q=nothingofthekind", "/questions", "/questions/board-members",
    "/sparql", "/fragments", "/catalog", "/dumps/", "/ns", "/glossary",
    "/changes", "/nothing",
)  # fmt: skip
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: arguments[0]}).then(found => done(found.violations.map(one =>
  [one.id, one.nodes.map(node => node.html.slice(0, 160))])));
"""


def test_every_kind_of_page_is_checked() -> None:
    assert {path.split("/")[2] for path in ENTITIES} == {*KINDS}
    assert len(PAGES) == 41


def findings(driver: webdriver.Chrome, scheme: str, contrast: str = "no-preference") -> list[Any]:
    """Return what axe finds on the page that is open, in a colour scheme."""
    wishes = {"prefers-color-scheme": scheme, "prefers-contrast": contrast}
    features = [{"name": name, "value": value} for name, value in wishes.items()]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    found: list[Any] = driver.execute_async_script(RUN, STANDARDS)
    return found


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed where LOD_CLIENTS says")
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(site: str, browse: Open, path: str, language: str) -> None:
    # 320 pixels are what 1280 become at a zoom of 400 %.
    driver = browse(language)
    found = []
    try:
        for width in (320, 1280):
            metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            driver.get(site + path)
            # By the debugger, because the pages' own policy refuses foreign scripts.
            driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
            for scheme in ("light", "dark"):
                found += [(width, scheme, *one) for one in findings(driver, scheme)]
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert found == []


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed where LOD_CLIENTS says")
@pytest.mark.parametrize("path", ["/", "/doc/municipality", *ENTITIES[:1], "/search?q=jena"])
def test_axe_finds_nothing_with_more_contrast(site: str, browse: Open, path: str) -> None:
    driver = browse("en")
    driver.get(site + path)
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    try:
        assert [findings(driver, scheme, "more") for scheme in ("light", "dark")] == [[], []]
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.skipif(
    not (CHECKER.is_file() and JAVA), reason="no java, or no vnu-jar where LOD_CLIENTS says"
)
def test_the_html_is_valid(site: str, tmp_path: Path) -> None:
    files = {}
    for number, (path, language) in enumerate(product(PAGES, ("de", "en"))):
        mark = "&" if "?" in path else "?"
        request = Request(f"{site}{path}{mark}lang={language}", headers={"Accept": "text/html"})
        file = tmp_path / f"{number}.html"
        file.write_bytes(_body(request))
        files[str(number)] = path
    command = [
        JAVA or "",
        "-jar",
        str(CHECKER),
        "--stdout",
        "--exit-zero-always",
        "--format",
        "json",
    ]
    done = subprocess.run(
        [*command, *map(str, sorted(tmp_path.iterdir()))], capture_output=True, check=True
    )
    messages = json.loads(done.stdout)["messages"]
    assert len(files) == 2 * len(PAGES)
    wrong = [
        (files[Path(one["url"]).stem], one.get("lastLine"), one["message"])
        for one in messages
        if one["type"] == "error" or one.get("subType") == "warning"
    ]
    assert wrong == []


def _body(request: Request) -> bytes:
    try:
        with urlopen(request) as answer:
            content: bytes = answer.read()
    except HTTPError as error:  # the page about a page that isn't there
        content = error.read()
        error.close()
    return content
