"""Home, list and entity pages in a real browser, in both languages."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait
from werkzeug.serving import make_server

from lod.build import Built
from lod.web import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER) and not os.environ.get("LOD_CI"),
    reason="no chromium with chromedriver is installed",
)
PAGES = {
    "/": ("Kommunale Digitalinitiativen", "German municipal digital initiatives"),
    "/doc/municipality": ("Kommunen", "Municipalities"),
    "/doc/municipality/jena": ("Jena", "Jena"),
    "/doc/board/kommunales-open-source-board": (
        "Kommunales Open-Source-Board",
        "Municipal Open Source Board",
    ),
    "/doc/project/smart-city-jena": ("Smart City Projekt Jena", "Smart City Project Jena"),
}
SKIP = {"de": "Zum Inhalt springen", "en": "Skip to content"}
Open = Callable[[str], webdriver.Chrome]


@pytest.fixture(scope="module")
def site(real: tuple[Path, Built]) -> Iterator[str]:
    """Serve the real release, and give its address."""
    app: Flask = create_app(real[0])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Give a browser for a language, each with a profile of its own."""
    with ExitStack() as stack:
        drivers: dict[str, webdriver.Chrome] = {}

        def browser(language: str) -> webdriver.Chrome:
            if language not in drivers:
                drivers[language] = start(language, tmp_path_factory.mktemp(f"profile-{language}"))
                stack.callback(drivers[language].quit)
            return drivers[language]

        yield browser


def start(language: str, profile: Path) -> webdriver.Chrome:
    options = Options()
    options.binary_location = CHROMIUM or ""
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
        f"--accept-lang={language}",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(DRIVER or ""))


@contextmanager
def leaving(driver: webdriver.Chrome) -> Iterator[None]:
    """Wait, after what is done, until another page has come whole in place of this one."""
    before = driver.find_element(By.TAG_NAME, "html")
    yield
    # The driver has many words for a page that goes while it is looked at.
    wait = WebDriverWait(driver, 20, ignored_exceptions=(WebDriverException,))
    wait.until(staleness_of(before))
    wait.until(complete)


def complete(driver: webdriver.Chrome) -> bool:
    """Whether the page that the browser shows has come whole."""
    state: str = driver.execute_script("return document.readyState")
    return state == "complete"


def log(driver: webdriver.Chrome, name: str) -> list[dict[str, str]]:
    """Return what the browser wrote into one of its logs since the last time."""
    entries: list[dict[str, str]] = driver.get_log(name)  # type: ignore[no-untyped-call]
    return entries


def asked_for(driver: webdriver.Chrome) -> list[str]:
    """Return the addresses that the browser sent requests to since the last time.

    Its own pages, such as that of a new tab, are no requests.
    """
    messages = [json.loads(entry["message"])["message"] for entry in log(driver, "performance")]
    addresses = [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]
    return [a for a in addresses if urlsplit(a).scheme not in ("chrome", "data", "about")]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page(site: str, browse: Open, path: str, language: str) -> None:
    driver = browse(language)
    asked_for(driver)
    log(driver, "browser")
    driver.get(site + path)
    heading = driver.find_element(By.TAG_NAME, "h1").text
    assert heading.startswith(PAGES[path][language == "en"])
    assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == language
    addresses = asked_for(driver)
    assert len(addresses) >= 3  # the page, its style, its icon
    assert {urlsplit(address).hostname for address in addresses} == {"127.0.0.1"}
    assert not log(driver, "browser")  # nothing that the content policy refused
    assert driver.get_cookies() == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_skip_link_is_the_first_stop_of_the_keyboard(
    site: str, browse: Open, language: str
) -> None:
    driver = browse(language)
    driver.get(f"{site}/doc/municipality/jena")
    driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    link = driver.switch_to.active_element
    assert link.text == SKIP[language]
    assert link.rect["y"] >= 0  # it comes into view
    link.send_keys(Keys.ENTER)
    WebDriverWait(driver, 20).until(
        lambda one: one.switch_to.active_element.get_attribute("id") == "content"
    )
    assert driver.current_url.endswith("#content")
    driver.switch_to.active_element.send_keys(Keys.TAB)
    inside = driver.execute_script(
        "return document.querySelector('main').contains(document.activeElement)"
    )
    assert inside


def test_the_language_switch(site: str, browse: Open) -> None:
    driver = browse("de")
    driver.get(f"{site}/doc/municipality/jena")
    with leaving(driver):
        driver.find_element(By.LINK_TEXT, "English").click()
    assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    with leaving(driver):
        driver.find_element(By.LINK_TEXT, "Municipalities").click()
    assert driver.find_element(By.TAG_NAME, "h1").text == "Municipalities"
    with leaving(driver):
        driver.find_element(By.LINK_TEXT, "Deutsch").click()
    assert driver.find_element(By.TAG_NAME, "h1").text == "Kommunen"


def test_looking_up_a_municipality(site: str, browse: Open) -> None:
    driver = browse("de")
    driver.get(site)
    with leaving(driver):
        driver.find_element(By.NAME, "q").send_keys("Mühlhausen/Th", Keys.ENTER)
    with leaving(driver):
        driver.find_element(By.CSS_SELECTOR, "ol.results h2 a").click()
    assert driver.find_element(By.TAG_NAME, "h1").text == "Mühlhausen/Thüringen"


def suggested(driver: webdriver.Chrome) -> list[str]:
    """Wait for the suggestions, and return them."""
    options = (By.CSS_SELECTOR, "[role=listbox]:not([hidden]) [role=option]")
    WebDriverWait(driver, 10).until(lambda one: one.find_elements(*options))
    return [option.text for option in driver.find_elements(*options)]


def test_suggestions_while_typing(site: str, browse: Open) -> None:
    driver = browse("de")
    driver.get(site)
    field = driver.find_element(By.NAME, "q")
    assert field.get_attribute("role") == "combobox"
    field.send_keys("jen")
    assert suggested(driver)[0] == "Jena"
    assert field.get_attribute("aria-expanded") == "true"
    groups = driver.find_elements(By.CSS_SELECTOR, "[role=listbox] [role=group]")
    assert groups[0].get_attribute("aria-label") == "Kommune"
    field.send_keys(Keys.ESCAPE)
    assert field.get_attribute("aria-expanded") == "false"
    assert field.get_attribute("value") == "jen"  # Escape takes the list away, not the words
    field.send_keys(Keys.ARROW_DOWN)
    suggested(driver)
    field.send_keys(Keys.ARROW_DOWN)
    active = field.get_attribute("aria-activedescendant")
    assert driver.find_element(By.ID, active or "").get_attribute("aria-selected") == "true"
    with leaving(driver):
        field.send_keys(Keys.ENTER)
    assert urlsplit(driver.current_url).path == "/doc/municipality/jena"


def test_choosing_places_to_compare(site: str, browse: Open) -> None:
    driver = browse("en")
    driver.get(f"{site}/compare")
    for number, words in ((1, "jena"), (2, "gera")):
        field = driver.find_element(By.ID, f"of-{number}")
        field.send_keys(words)
        suggested(driver)
        field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
        assert field.get_attribute("value") == f"municipality/{words}"
    with leaving(driver):
        driver.find_element(By.CSS_SELECTOR, ".choose button").click()
    headings = driver.find_elements(By.CSS_SELECTOR, ".comparison thead th")
    assert [heading.text for heading in headings] == ["Jena", "Gera"]


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", [*PAGES, "/catalog", "/dumps/", "/ns", "/doc/state/bayern"])
def test_nothing_overflows(site: str, browse: Open, path: str, width: int) -> None:
    driver = browse("de")
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.get(site + path)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


COLOURS = """
const parse = colour => colour.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
  .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const behind = element => {
  for (let e = element; e; e = e.parentElement) {
    const colour = parse(getComputedStyle(e).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
"""
CONTRAST = (
    COLOURS
    + """
const faint = [];
for (const element of document.querySelectorAll('body *')) {
  const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  if (!own || !element.getClientRects().length) continue;
  const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) faint.push(element.outerHTML.slice(0, 80) + ' ' + ratio.toFixed(2));
}
return faint;
"""
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*PAGES, "/dumps/", "/ns", "/nothing"])
def test_contrast(site: str, browse: Open, path: str, scheme: str) -> None:
    driver = browse("de")
    features = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", features)
    driver.get(site + path)
    assert driver.execute_script(CONTRAST) == []
