"""A walk with the keyboard alone: every stop in order, visible, and with a way on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.test_browser import COLOURS, Open, browse, complete, pytestmark, site, suggested

__all__ = ["browse", "pytestmark", "site"]

WALKED = ("/", "/doc/software", "/doc/state/thueringen", "/doc/topic/roles", "/search?q=jena")
"""Pages that are walked through from the first stop to the last."""
MOST = 600
"""Stops on the way; who needs more is caught."""
CONTRAST = 3
"""Of what shows the focus, against the page. Spec: https://www.w3.org/TR/WCAG22/#non-text-contrast"""
STOPS = """
const every = document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, summary, [tabindex]');
return [...every].filter(one => one.tabIndex >= 0 && one.checkVisibility()).length;
"""
FOCUSED = (
    COLOURS
    + """
const one = document.activeElement;
if (one === document.body) return null;
window.walked = window.walked || [];
const before = window.walked.at(-1), again = window.walked.includes(one);
window.walked.push(one);
const drawn = one.closest('.map') ? one.querySelector('path, circle') : null;
const style = getComputedStyle(drawn || one), box = one.getBoundingClientRect();
const [colour, width] = drawn ? [style.stroke, style.strokeWidth]
  : [style.outlineColor, style.outlineStyle === 'none' ? '0' : style.outlineWidth];
const [a, b] = [light(parse(colour)), light(behind(one.closest('.map') || one.parentElement))];
return {
  what: one.outerHTML.slice(0, 120),
  follows: !before
    || Boolean(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
  again,
  seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth,
  width: parseFloat(width),
  contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
};
"""
)


class Stop(NamedTuple):
    """Where the focus is.

    Attributes:
        what: the start of the element.
        follows: whether it comes after the stop before in the page.
        again: whether the focus was there already.
        seen: whether any of it is in view.
        width: of what shows the focus, in pixels.
        contrast: of what shows the focus, against the page.
    """

    what: str
    follows: bool
    again: bool
    seen: bool
    width: float
    contrast: float


def press(driver: webdriver.Chrome, *keys: str) -> None:
    """Press keys where the focus is."""
    ActionChains(driver, duration=0).send_keys(*keys).perform()


def arrives(driver: webdriver.Chrome, there: Callable[[webdriver.Chrome], bool]) -> None:
    """Wait until the page that was asked for has come whole."""
    lost = (StaleElementReferenceException,)  # The page before goes while it is looked at.
    WebDriverWait(driver, 20, ignored_exceptions=lost).until(
        lambda one: there(one) and complete(one)
    )


def back(driver: webdriver.Chrome) -> None:
    """Press Shift and Tab."""
    chain = ActionChains(driver, duration=0)
    chain.key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()


def stops(driver: webdriver.Chrome) -> Iterator[Stop]:
    """Press Tab until the focus leaves the page, and yield each stop."""
    for _ in range(MOST):
        press(driver, Keys.TAB)
        found: dict[str, Any] | None = driver.execute_script(FOCUSED)
        if found is None:
            return
        yield Stop(**found)
    raise AssertionError("the walk has no end")


def walk_to(driver: webdriver.Chrome, selector: str) -> None:
    """Press Tab until the focus is on what a selector names."""
    for _ in range(MOST):
        press(driver, Keys.TAB)
        if driver.execute_script("return document.activeElement.matches(arguments[0])", selector):
            return
    raise AssertionError(f"no stop is {selector}")


def focused(driver: webdriver.Chrome, attribute: str) -> str:
    """Return an attribute of what has the focus."""
    return driver.switch_to.active_element.get_attribute(attribute) or ""


@pytest.mark.parametrize("path", WALKED)
def test_every_stop_in_its_order(site: str, browse: Open, path: str) -> None:
    driver = browse("en")
    # Where motion is welcome the page scrolls smoothly, and a stop comes into view a little later.
    still = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", still)
    driver.get(site + path)
    expected = driver.execute_script(STOPS)
    found = list(stops(driver))
    assert len(found) == expected > 20
    assert "skip" in found[0].what
    assert [one.what for one in found if not one.follows or one.again] == []
    assert [one.what for one in found if not one.seen] == []
    assert [one for one in found if one.width < 2 or one.contrast < CONTRAST] == []


def test_the_way_back_is_the_way_there(site: str, browse: Open) -> None:
    driver = browse("en")
    driver.get(f"{site}/doc/topic/roles")
    there = [one.what for one in stops(driver)]
    back_again = []
    for _ in there:
        back(driver)
        back_again.append(driver.execute_script(FOCUSED)["what"])
    assert back_again == there[::-1]


def test_menu_and_languages(site: str, browse: Open) -> None:
    driver = browse("de")
    driver.get(site)
    walk_to(driver, ".menu a")
    labels = []
    while driver.execute_script("return document.activeElement.closest('.menu') !== null"):
        labels.append(driver.switch_to.active_element.text)
        press(driver, Keys.TAB)
    assert labels[:3] == ["Stöbern", "Fragen", "Suche"]
    assert focused(driver, "hreflang") == "en"  # the next stop is the other language
    press(driver, Keys.ENTER)
    arrives(driver, lambda one: one.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en")
    walk_to(driver, ".menu a[href*='/doc']")
    press(driver, Keys.ENTER)
    arrives(driver, lambda one: one.find_element(By.TAG_NAME, "h1").text == "Browse")


def test_search_and_its_suggestions(site: str, browse: Open) -> None:
    driver = browse("en")
    driver.get(site)
    walk_to(driver, "input[type=search]")
    press(driver, *"jen")
    count = len(suggested(driver))
    assert count > 2
    assert focused(driver, "aria-expanded") == "true"
    reached = []
    for _ in range(count + 1):  # past the last one comes the first again
        press(driver, Keys.ARROW_DOWN)
        reached.append(focused(driver, "aria-activedescendant"))
    assert reached[0] == reached[-1]
    assert len(set(reached)) == count
    press(driver, Keys.ARROW_UP)
    assert focused(driver, "aria-activedescendant") == reached[-2]
    press(driver, Keys.ESCAPE)
    assert focused(driver, "aria-expanded") == "false"
    assert focused(driver, "name") == "q"  # the list is gone, the focus isn't
    press(driver, Keys.ARROW_DOWN)
    suggested(driver)
    press(driver, Keys.TAB)  # no trap
    assert driver.switch_to.active_element.tag_name == "button"
    field = driver.find_element(By.NAME, "q")
    assert field.get_attribute("aria-expanded") == "false"
    back(driver)
    press(driver, Keys.ARROW_DOWN)
    suggested(driver)
    press(driver, Keys.ARROW_DOWN, Keys.ENTER)
    arrives(driver, lambda one: urlsplit(one.current_url).path == "/doc/municipality/jena")


def test_the_map_leads_into_a_state_and_to_a_town(site: str, browse: Open) -> None:
    driver = browse("en")
    driver.get(site)
    walk_to(driver, ".map a.state[aria-label^='Thuringia']")
    press(driver, Keys.ENTER)
    arrives(driver, lambda one: urlsplit(one.current_url).path == "/doc/state/thueringen")
    walk_to(driver, ".map a.point[aria-label='Jena']")
    press(driver, Keys.ENTER)
    arrives(driver, lambda one: urlsplit(one.current_url).path == "/doc/municipality/jena")


def test_the_map_as_a_list(site: str, browse: Open) -> None:
    driver = browse("en")
    driver.get(site)
    walk_to(driver, ".overview summary")
    press(driver, Keys.ENTER)
    press(driver, Keys.TAB)
    regions = "return document.activeElement.closest('.regions') !== null"
    assert driver.execute_script(regions)
    walk_to(driver, ".regions a[href*='municipality/jena']")
    press(driver, Keys.ENTER)
    arrives(driver, lambda one: one.find_element(By.TAG_NAME, "h1").text == "Jena")


def test_a_list_and_its_pages(site: str, browse: Open) -> None:
    driver = browse("en")
    driver.get(f"{site}/doc/municipality")
    press(driver, Keys.TAB, Keys.ENTER)  # past the head of the page
    assert focused(driver, "id") == "content"
    walk_to(driver, "input[type=search]")
    press(driver, *"jena", Keys.ENTER)
    arrives(driver, lambda one: urlsplit(one.current_url).query == "q=jena")
    walk_to(driver, "table.list th a")
    press(driver, Keys.ENTER)
    arrives(driver, lambda one: urlsplit(one.current_url).path.startswith("/doc/municipality/"))
    driver.get(f"{site}/doc/municipality")
    walk_to(driver, ".paging a[rel=next]")
    press(driver, Keys.ENTER)
    arrives(driver, lambda one: urlsplit(one.current_url).query == "page=2")
