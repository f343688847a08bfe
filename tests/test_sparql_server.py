"""The endpoint on the production server, and its page in a real browser."""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from lod.build import Built
from tests.test_browser import CHROMIUM, DRIVER, asked_for, leaving, log, start
from tests.test_sparql_pool import HEAVY, alive, soon
from tests.web.test_serve import served

PATH = "/sparql?" + urlencode({"query": HEAVY})
QUICK = "/sparql?" + urlencode({"query": "ASK { ?s ?p ?o }"})
STATE = "SELECT ?s { ?s a <https://schema.org/State> } ORDER BY ?s LIMIT 3"


@pytest.fixture(scope="module")
def port(real: tuple[Path, Built]) -> Iterator[int]:
    with served(real[0]) as port:
        yield port


def workers() -> set[int]:
    """Return the query processes of the machine whose ancestors are this suite's."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"lod.sparql.worker" in path.read_bytes() and _ours(int(path.parent.name)):
                found.add(int(path.parent.name))
        except OSError:
            continue
    return found


def _ours(process: int) -> bool:
    while process > 1:
        if process == os.getpid():
            return True
        stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        process = int(stat[1])
    return False


def busy() -> list[int]:
    """Return the query processes that compute."""
    found = []
    for process in workers():
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        found += [process] if state == "R" else []
    return found


def ask(port: int, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read(), dict(response.getheaders())


def test_queries_are_answered(port: int) -> None:
    status, body, headers = ask(port, QUICK)
    assert (status, body) == (200, b'{"head":{},"boolean":true}')
    assert headers["content-length"] == str(len(body))


def test_a_large_result_is_whole_and_has_its_length(port: int) -> None:
    query = urlencode({"query": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 50000", "format": "csv"})
    status, body, headers = ask(port, f"/sparql?{query}")
    assert status == 200
    assert int(headers["content-length"]) == len(body) > 2_000_000
    assert body.count(b"\r\n") == 50_001


def test_a_client_that_goes_away_frees_its_worker(port: int) -> None:
    ask(port, QUICK)
    connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(2)]
    for number, connection in enumerate(connections, start=1):
        connection.sendall(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert soon(lambda wanted=number: len(busy()) == wanted, 5)  # type: ignore[misc]
    computing = set(busy())
    start_ = time.monotonic()
    connections[0].close()
    assert soon(lambda: len({p for p in computing if alive(p)}) == 1, 4), "the other one goes on"
    connections[1].close()
    assert soon(lambda: not {p for p in computing if alive(p)}, 4)
    assert time.monotonic() - start_ < 8, "long before the deadline"
    assert ask(port, QUICK)[0] == 200


def test_a_client_that_stays_is_not_taken_for_gone(port: int) -> None:
    """Others come and go on the same address meanwhile, some of them again on kept connections."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as waiting:
        waiting.request("GET", PATH)
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(20):
            kept.request("GET", "/health")
            kept.getresponse().read()
            ask(port, "/health")
        kept.close()
        response = waiting.getresponse()
        body = response.read()
    assert response.status == 503
    assert b"10 " in body, "it is told of the deadline"


def test_no_process_is_left_when_the_server_ends(real: tuple[Path, Built]) -> None:
    before = workers()
    with served(real[0]) as port:
        ask(port, QUICK)
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert soon(lambda: bool(workers() - before))
        mine = workers() - before
    connection.close()
    assert soon(lambda: not any(alive(process) for process in mine))


# The page in a browser.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER) and not os.environ.get("LOD_CI"),
    reason="no chromium with chromedriver is installed",
)


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    made = start("en", tmp_path_factory.mktemp("profile"))
    yield made
    made.quit()


def opened(driver: webdriver.Chrome, address: str) -> None:
    """Open the page, and come to its field, which becomes an editor then."""
    driver.get(address)
    click(driver, driver.find_element(By.ID, "query"))
    WebDriverWait(driver, 20).until(
        lambda d: d.find_elements(By.CSS_SELECTOR, "html[data-editor=ready]")
    )


def click(driver: webdriver.Chrome, element: WebElement) -> None:
    where = "{block: 'center', behavior: 'instant'}"
    driver.execute_script(f"arguments[0].scrollIntoView({where})", element)
    element.click()


@needs_browser
def test_the_editor(driver: webdriver.Chrome, port: int) -> None:
    asked_for(driver)
    log(driver, "browser")
    site = f"http://127.0.0.1:{port}"
    opened(driver, f"{site}/sparql?lang=en")
    field = driver.find_element(By.CSS_SELECTOR, ".yasqe textarea")
    assert field.get_attribute("aria-label") == "Query"
    field.send_keys("SELECT ?s { ?s a schema:State } LIMIT 3")
    value = driver.find_element(By.ID, "query").get_attribute("value") or ""
    assert "PREFIX schema: <https://schema.org/>" in value, "the prefix is declared by itself"
    with leaving(driver):
        field.send_keys(Keys.CONTROL, Keys.ENTER)
    opened(driver, driver.current_url)
    assert len(driver.find_elements(By.CSS_SELECTOR, "section.result tbody tr")) == 3
    assert {address for address in asked_for(driver) if not address.startswith(site)} == set()
    assert [entry["message"] for entry in log(driver, "browser")] == []


@needs_browser
def test_terms_are_completed(driver: webdriver.Chrome, port: int) -> None:
    opened(driver, f"http://127.0.0.1:{port}/sparql?lang=en")
    field = driver.find_element(By.CSS_SELECTOR, ".yasqe textarea")
    field.send_keys("PREFIX schema: <https://schema.org/> SELECT * { ?s schema:contained")
    field.send_keys(Keys.CONTROL, Keys.SPACE)

    def value() -> str:
        return driver.find_element(By.ID, "query").get_attribute("value") or ""

    WebDriverWait(driver, 10).until(
        lambda d: (
            d.find_elements(By.CSS_SELECTOR, ".CodeMirror-hints")
            or "schema:containedInPlace" in value()
        )
    )
    if "schema:containedInPlace" not in value():
        field.send_keys(Keys.ENTER)
    assert "schema:containedInPlace" in value()


@needs_browser
def test_the_keyboard_leaves_the_editor(driver: webdriver.Chrome, port: int) -> None:
    opened(driver, f"http://127.0.0.1:{port}/sparql?lang=en")
    field = driver.find_element(By.CSS_SELECTOR, ".yasqe textarea")
    field.send_keys("ASK {}")
    assert driver.switch_to.active_element == field
    field.send_keys(Keys.TAB)
    assert driver.switch_to.active_element.get_attribute("id") == "format"
    driver.switch_to.active_element.send_keys(Keys.SHIFT, Keys.TAB)
    assert driver.switch_to.active_element == field
    field.send_keys(Keys.ESCAPE)
    field.send_keys(Keys.SHIFT, Keys.TAB)
    assert driver.switch_to.active_element != field
    assert driver.find_element(By.ID, "query").get_attribute("value") == "ASK {}"


@needs_browser
def test_examples_table_and_raw(driver: webdriver.Chrome, port: int) -> None:
    opened(driver, f"http://127.0.0.1:{port}/sparql?lang=en")
    with leaving(driver):
        click(driver, driver.find_element(By.CSS_SELECTOR, ".examples a"))
    opened(driver, driver.current_url)
    assert "Martin Berger" in driver.find_element(By.CSS_SELECTOR, "section.result table").text
    click(driver, driver.find_element(By.LINK_TEXT, "CSV"))
    raw = driver.find_element(By.ID, "raw")
    WebDriverWait(driver, 20).until(lambda _: "person" in raw.text)
    assert "Martin Berger" in raw.text


@needs_browser
def test_a_mistake_keeps_the_query(driver: webdriver.Chrome, port: int) -> None:
    opened(driver, f"http://127.0.0.1:{port}/sparql?lang=en&query={quote('SELECT * { ?s ?p }')}")
    assert "Line 1" in driver.find_element(By.CSS_SELECTOR, "[role=alert]").text
    assert "SELECT * { ?s ?p }" in driver.find_element(By.CSS_SELECTOR, ".CodeMirror-code").text


@needs_browser
def test_the_form_works_without_scripts(driver: webdriver.Chrome, port: int) -> None:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver.get(f"http://127.0.0.1:{port}/sparql?lang=de")
        field = driver.find_element(By.ID, "query")
        assert field.is_displayed()
        field.send_keys(STATE)
        Select(driver.find_element(By.ID, "format")).select_by_value("html")
        with leaving(driver):
            driver.find_element(By.CSS_SELECTOR, "#query-form button").click()
        rows = driver.find_elements(By.CSS_SELECTOR, "section.result tbody tr")
        assert len(rows) == 3
        link = rows[0].find_element(By.TAG_NAME, "a")
        assert "/state/" in (link.get_attribute("href") or "")
        assert (link.get_attribute("href") or "").startswith("http://127.0.0.1")
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
