"""What a page costs its reader: bytes, requests, jumps; and what is left of it without scripts."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.test_accessibility import PAGES
from tests.test_browser import Open, browse, log, pytestmark, site

__all__ = ["browse", "pytestmark", "site"]

BUDGET = 100_000
"""Bytes over the wire of a page with all that it loads, headers too."""
OBSERVER = """
window.shifted = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    for (const source of entry.sources)
      window.shifted.push([entry.value, source.node && source.node.outerHTML?.slice(0, 120)]);
}).observe({type: 'layout-shift', buffered: true});
"""
W3M = shutil.which("w3m")
"""A browser that shows text alone. Spec: https://w3m.sourceforge.net/"""
_HEADING = re.compile(r"<h[12][^>]*>(.*?)</h[12]>", re.DOTALL)
_CAPTION = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
TEXT = "return document.body.innerText.replace(/\\s+/g, ' ').trim()"


def transferred(driver: webdriver.Chrome) -> dict[str, int]:
    """Return what was loaded since the last time, and its bytes over the wire."""
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    for entry in log(driver, "performance"):
        message = json.loads(entry["message"])["message"]
        given = message["params"]
        if message["method"] == "Network.responseReceived":
            addresses[given["requestId"]] = given["response"]["url"]
        elif message["method"] == "Network.loadingFinished" and given["requestId"] in addresses:
            sizes[addresses[given["requestId"]]] = int(given["encodedDataLength"])
    return {a: n for a, n in sizes.items() if urlsplit(a).scheme.startswith("http")}


@pytest.fixture
def afresh(browse: Open) -> Iterator[webdriver.Chrome]:
    """Give a browser that was never here."""
    driver = browse("en")
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    log(driver, "performance")
    yield driver
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_is_light(site: str, afresh: webdriver.Chrome, path: str) -> None:
    afresh.get(site + path)
    loaded = transferred(afresh)
    assert {urlsplit(address).hostname for address in loaded} == {"127.0.0.1"}
    assert any(".css" in address for address in loaded)
    assert sum(loaded.values()) < BUDGET, sorted(loaded.items(), key=lambda one: -one[1])[:4]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_jumps(site: str, afresh: webdriver.Chrome, path: str, width: int) -> None:
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    afresh.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    script: dict[str, Any] = afresh.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": OBSERVER}
    )
    try:
        afresh.get(site + path)
        time.sleep(0.2)  # for what comes after the page has loaded
        assert afresh.execute_script("return window.shifted") == []
    finally:
        afresh.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


def test_the_editor_takes_the_place_of_its_field(site: str, afresh: webdriver.Chrome) -> None:
    script: dict[str, Any] = afresh.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": OBSERVER}
    )
    try:
        afresh.get(f"{site}/sparql")
        # Focused by script, because what follows a key within half a second isn't counted.
        afresh.execute_script("document.getElementById('query').focus()")
        WebDriverWait(afresh, 20).until(
            lambda driver: driver.find_elements(By.CSS_SELECTOR, "html[data-editor=ready]")
        )
        time.sleep(0.2)
        assert afresh.execute_script("return window.shifted") == []
    finally:
        afresh.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


@pytest.mark.parametrize("path", PAGES)
def test_the_first_answer_has_it_all(site: str, afresh: webdriver.Chrome, path: str) -> None:
    afresh.get(site + path)
    whole = afresh.execute_script(TEXT)
    afresh.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    afresh.get(site + path)
    assert afresh.execute_script(TEXT) == whole
    assert len(whole) > 300


@pytest.mark.skipif(not W3M and not os.environ.get("LOD_CI"), reason="w3m is not installed")
@pytest.mark.parametrize("path", PAGES)
def test_a_text_browser_shows_headings_and_tables(site: str, path: str) -> None:
    page = fetched(f"{site}{path}")
    command = [W3M or "w3m", "-dump", "-cols", "1000", "-T", "text/html", "-I", "utf-8"]
    done = subprocess.run(command, input=page.encode(), capture_output=True, check=True)
    shown = words(done.stdout.decode())
    expected = [words(one) for one in _HEADING.findall(page) + _CAPTION.findall(page)]
    assert expected
    assert [one for one in expected if one not in shown] == []


def fetched(address: str) -> str:
    """Return a page as it comes over the wire."""
    request = Request(address, headers={"Accept": "text/html"})
    try:
        with urlopen(request) as response:
            body: bytes = response.read()
    except HTTPError as error:
        body = error.read()
    return body.decode()


def words(text: str) -> str:
    """Return text without markup and spaces, which browsers set as they like."""
    return re.sub(r"\s+|\u00ad", "", unescape(re.sub(r"<[^>]*>", "", text)))
