"""What people come for, done in a real browser from the home page, by what is written on it."""

from __future__ import annotations

import csv
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from lod.build import build
from tests.conftest import ROOT
from tests.screenshots import serving
from tests.test_browser import Open, browse, leaving, pytestmark

__all__ = ["browse", "pytestmark"]

MINUTE = 60
"""Seconds within which each task is done; a person reads more slowly, but needs no more steps."""
CHANGED = "data/board/kommunales-open-source-board.yaml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the real release after one that lacked the board's topic of open source."""
    folder = tmp_path_factory.mktemp("tasks")
    shutil.copytree(ROOT / "data", folder / "data")
    releases = folder / "releases"
    record = folder / CHANGED
    words = record.read_text("utf-8")
    record.write_text(words.replace("  - topic/open-source\n", ""), "utf-8")
    build(folder / "data", ROOT / "shapes", releases, examined=False)
    record.write_text(words, "utf-8")
    build(folder / "data", ROOT / "shapes", releases, examined=False)
    with serving(releases) as address:
        yield address


@pytest.fixture
def driver(site: str, browse: Open) -> Iterator[webdriver.Chrome]:
    """Give a browser with the home page open, and see that the task doesn't take long."""
    driver = browse("en")
    driver.get(site)
    start = time.monotonic()
    yield driver
    assert time.monotonic() - start < MINUTE


def click(driver: webdriver.Chrome, words: str) -> None:
    """Click on the first link that has these words."""
    link = driver.find_element(By.PARTIAL_LINK_TEXT, words)
    driver.execute_script(
        "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", link
    )
    link.click()


def follow(driver: webdriver.Chrome, words: str) -> None:
    """Click on the first link that has these words, and wait for the page that it leads to."""
    with leaving(driver):
        click(driver, words)


def heading(driver: webdriver.Chrome) -> str:
    return driver.find_element(By.TAG_NAME, "h1").text


def rows(driver: webdriver.Chrome, table: str = "main table") -> list[list[str]]:
    """Return the words in the cells of a table."""
    found = driver.find_elements(By.CSS_SELECTOR, f"{table} tbody tr")
    return [[cell.text for cell in row.find_elements(By.XPATH, "th|td")] for row in found]


def test_which_towns_in_thuringia_are_model_projects(driver: webdriver.Chrome) -> None:
    follow(driver, "Municipalities")
    follow(driver, "Smart Cities model projects")
    follow(driver, "Thuringia")
    assert [name for name, *_ in rows(driver)] == ["Gera", "Jena", "Mühlhausen/Thüringen"]


def test_who_represents_jena_and_says_who(driver: webdriver.Chrome) -> None:
    with leaving(driver):
        driver.find_element(By.NAME, "q").send_keys("Jena", Keys.ENTER)
    follow(driver, "Jena")
    assert heading(driver) == "Jena"
    people = rows(driver, "table.roles")
    (note,) = (row[-1] for row in people if row[0] == "Martin Berger" and "Board" in row[2])
    source = driver.find_element(By.CSS_SELECTOR, f"ol.sources li:nth-of-type({note})")
    assert "Jena to be represented in the nationwide open source network" in source.text
    assert "Stadt Jena" in source.text


def test_download_all_boards_as_csv(driver: webdriver.Chrome, tmp_path: Path) -> None:
    folder = {"behavior": "allow", "downloadPath": str(tmp_path)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", folder)
    follow(driver, "Board")
    click(driver, "CSV")
    WebDriverWait(driver, 20).until(lambda _: list(tmp_path.glob("*.csv")))
    (file,) = tmp_path.glob("*.csv")
    with file.open(encoding="utf-8-sig", newline="") as table:
        (board,) = csv.DictReader(table)
    assert board["Name"] == "Municipal Open Source Board"
    assert board["IRI"].endswith("/id/board/kommunales-open-source-board")


def test_which_software_could_my_town_reuse(driver: webdriver.Chrome) -> None:
    follow(driver, "Questions and answers")
    follow(driver, "could Jena reuse")
    place = driver.find_element(By.NAME, "place")
    place.clear()
    with leaving(driver):
        place.send_keys("Gera", Keys.ENTER)
    assert "Gera" in heading(driver)
    assert len(rows(driver)) > 10


def test_what_changed_since_the_last_release(driver: webdriver.Chrome) -> None:
    follow(driver, "All changes")
    assert heading(driver) == "What changed"
    assert "Municipal Open Source Board" in driver.find_element(By.TAG_NAME, "main").text
    (changed,) = (row for row in rows(driver, "table.differences") if row[0] == "Topics")
    assert changed[1:3] == ["nothing", "Open source in municipalities"]
