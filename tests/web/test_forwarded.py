"""What a request says of host, scheme and client changes nothing in any answer."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.web.conftest import undated
from tests.web.test_http import CASES
from tests.web.test_proxies import SPOOFED


@pytest.mark.parametrize("host", ["localhost", "evil.example:666", "lod.example.org", "[::1]"])
def test_no_answer_depends_on_who_asks_where(app: Flask, host: str) -> None:
    plain, forging = app.test_client(), app.test_client()
    forged: Any = {**SPOOFED, "Host": host}
    seen = 0
    for case in CASES:
        method, path = case["ask"].split(" ") if " " in case["ask"] else ("GET", case["ask"])
        asked = {"Accept": case.get("accept"), "Accept-Language": case.get("language")}
        headers = {name: value for name, value in asked.items() if value}
        expected = plain.open(path, method=method, headers=headers)
        found = forging.open(
            path,
            method=method,
            headers=headers | forged,
            environ_overrides={"REMOTE_ADDR": "203.0.113.9", "wsgi.url_scheme": "https"},
        )
        assert found.status == expected.status, path
        assert undated(found) == undated(expected), path
        assert found.data == expected.data, path
        assert b"evil" not in found.data
        assert b"203.0.113" not in found.data
        for response in (expected, found):
            response.close()
        seen += 1
    assert seen == len(CASES)
