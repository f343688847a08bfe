"""The search of an export in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.export.servers import nginx, program
from tests.test_browser import CHROMIUM, start

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and shutil.which("chromedriver") and program("nginx"))
    and not os.environ.get("LOD_CI"),
    reason="no chromium with chromedriver, or no nginx, is installed",
)


@pytest.fixture(scope="module")
def site(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of an export behind nginx."""
    with nginx(exported, tmp_path_factory.mktemp("nginx")) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Give a browser."""
    started = start("de", tmp_path_factory.mktemp("profile"))
    yield started
    started.quit()


def found(driver: webdriver.Chrome, address: str) -> tuple[str, list[str]]:
    """Return what the page says of a search, and where its results lead."""
    driver.get(address)
    tally = driver.find_element(By.ID, "tally")
    WebDriverWait(driver, 20).until(lambda _: tally.text)
    links = driver.find_elements(By.CSS_SELECTOR, "#results h2 a")
    return tally.text, [link.get_attribute("href") or "" for link in links]


def test_names_are_found_however_they_are_written(driver: webdriver.Chrome, site: str) -> None:
    for words in ("Netz der Städte", "netz staedte", "STADTE", "städ"):
        tally, links = found(driver, f"{site}/search?q={words}")
        assert f"{site}/doc/project/netz?lang=de" in links, words
        assert words in tally
    assert found(driver, f"{site}/search?q=16053000&lang=en")[1] == [
        f"{site}/doc/municipality/jena?lang=en"
    ]


def test_a_kind_is_found_alone(driver: webdriver.Chrome, site: str) -> None:
    _, every = found(driver, f"{site}/search?q=jena")
    assert every == [f"{site}/doc/municipality/jena?lang=de", f"{site}/doc/district/jena?lang=de"]
    _, alone = found(driver, f"{site}/search?q=jena&kind=district")
    assert alone == every[1:]


def test_what_isnt_there_is_told(driver: webdriver.Chrome, site: str) -> None:
    tally, links = found(driver, f"{site}/search?q=<b>zzz")
    assert not links
    assert tally.startswith("Nichts gefunden")


def test_the_search_breaks_no_policy(driver: webdriver.Chrome, site: str) -> None:
    driver.get_log("browser")  # type: ignore[no-untyped-call]
    found(driver, f"{site}/search?q=ort")
    assert driver.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert len(driver.find_elements(By.CSS_SELECTOR, "#results > li")) == 100
