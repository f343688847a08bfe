"""What is wrong with a query, in a line that a person can read."""

from __future__ import annotations

import re

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PREFIX = re.compile(r"([\w.-]*):[^\s:]*\Z")
_WORD = re.compile(r"\w+|\S")
_KEYWORD = re.compile(r'[A-Z]{2,}|"[^"\\\s]{1,2}"')
_UNANSWERED = {"LATERAL", "SERVICE"}
_SENTENCE = re.compile(r"(?:^one of |^|, )([A-Z]\w* [^,\[\"]{8,}|IRI \w+ \w+)")
_MOST = 8
"""So many words that might stand somewhere still help; more are half the grammar."""


def explained(query: str, error: SyntaxError) -> str:
    """Return where a query can't be read, and why.

    The engine says what it would have taken there, which may be hundreds of characters' classes.

    >>> import pyoxigraph
    >>> try:
    ...     pyoxigraph.Store().query("SELECT ?x { ?x schema:name ?y }")
    ... except SyntaxError as error:
    ...     explained("SELECT ?x { ?x schema:name ?y }", error)
    'error at 1:27: The prefix schema: is not declared'
    """
    match = _PLACE.match(str(error))
    if match is None:
        return str(error).partition("\n")[0]
    line, column, expected = int(match[1]), int(match[2]), match[3].removeprefix("expected ")
    lines = query.split("\n")
    row = lines[line - 1] if line <= len(lines) else ""
    return f"error at {line}:{column}: {_cause(expected, row[: column - 1], row[column - 1 :])}"


def _cause(expected: str, before: str, after: str) -> str:
    prefix = _PREFIX.search(before)
    if "Prefix not found" in expected and prefix:
        return f"The prefix {prefix[1]}: is not declared"
    sentence = _SENTENCE.search(expected)
    if sentence:
        return sentence[1].strip()
    word = _WORD.match(after.lstrip())
    found = f"{word[0]} can't stand here" if word else "something is missing before the end"
    tokens = set(expected.removeprefix("one of ").split(", ")) - _UNANSWERED
    words = sorted(filter(_KEYWORD.fullmatch, tokens))
    known = word and 0 < len(words) <= _MOST and ".." not in expected
    return f"{found}; expected {' or '.join(words)}" if known else found
