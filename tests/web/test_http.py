"""The table of requests and answers in http.yaml, asked of the real release."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "http.yaml").read_text(encoding="utf-8")
)
HEADERS = {
    "type": "Content-Type",
    "location": "Location",
    "vary": "Vary",
    "where": "Content-Location",
    "tongue": "Content-Language",
    "cache": "Cache-Control",
}
KNOWN = {*HEADERS, "ask", "accept", "language", "status", "link", "has", "lacks"}
LINK = re.compile(r'<([^>]*)>((?:; [a-z]+="[^"]*")+)')


def links(header: str) -> set[str]:
    """Return the relations of a ``Link`` header, each also with its type."""
    found = set()
    for _, parameters in LINK.findall(header):
        given = dict(re.findall(r'; ([a-z]+)="([^"]*)"', parameters))
        for relation in given["rel"].split():
            found |= {relation, f"{relation} {given.get('type')}"}
    return found


def test_the_table_is_whole() -> None:
    assert len(CASES) == 211
    assert all(set(case) <= KNOWN and {"ask", "status"} <= set(case) for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['ask']} {case.get('accept', '')}")
def test_answer(client: FlaskClient, case: dict[str, Any]) -> None:
    method, path = case["ask"].split(" ") if " " in case["ask"] else ("GET", case["ask"])
    asked = {"Accept": case.get("accept"), "Accept-Language": case.get("language")}
    response = client.open(
        path, method=method, headers={name: value for name, value in asked.items() if value}
    )
    assert response.status_code == case["status"]
    for name, header in HEADERS.items():
        if name in case:
            assert response.headers.get(header) == case[name], header
    assert set(case.get("link", ())) <= links(response.headers.get("Link", ""))
    assert case.get("has", "") in response.text
    if "lacks" in case:
        assert case["lacks"] not in response.text
    if (
        response.status_code == 200
        and method == "GET"
        and not (path.startswith("/health") or "_explain" in path)
    ):
        assert response.headers["ETag"]
        assert response.headers["Last-Modified"]
    if response.status_code == 405:
        assert sorted(response.headers["Allow"].split(", ")) == ["GET", "HEAD", "OPTIONS"]
    response.close()
