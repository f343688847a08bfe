"""What is said of a query that has no result."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping

from werkzeug.exceptions import InternalServerError

from lod.sparql.pool import Limits, QueryError
from lod.sparql.prefixes import REASON, undeclared
from lod.web.asking import Asked, read_only
from lod.web.faults import Fault
from lod.web.translate import _
from lod.web.visit import edition

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_BREAK = re.compile(r"\r\n|\n|\r")
_SHOWN = 160
"""Characters of a line that are shown."""
_log = logging.getLogger(__name__)


def refusal(error: QueryError, wants: Asked, limits: Limits) -> Exception:
    """Return what is said of a query without a result.

    What took too long may be tried again, as may what came while others were asking (503). What is
    too large stays so (422): a client that repeats it by itself would never be done.
    """
    makers: dict[str, Callable[[], Exception]] = {
        "syntax": lambda: _syntax(error, wants),
        "evaluation": lambda: Fault(
            400, _("The query can’t be evaluated"), error.message or _("The engine gave no reason.")
        ),
        "memory": _memory,
        "size": lambda: _size(limits),
        "deadline": lambda: _deadline(limits),
        "busy": _busy,
        "gone": lambda: Fault(503, _("Nobody is waiting"), _("The client went away.")),
    }
    if error.kind not in makers:
        _log.error("A query worker failed: %s", error.message)
        return InternalServerError()
    return makers[error.kind]()


def _memory() -> Fault:
    detail = _(
        "The query took more memory than queries may take. "
        "Ask for less at once, or load a dump into a store of your own."
    )
    return Fault(422, _("The query asks for too much"), detail)


def _size(limits: Limits) -> Fault:
    detail = _(
        "The result is larger than %(number)s MB. "
        "Take it in parts with ORDER BY, LIMIT and OFFSET, or download a dump.",
        number=f"{limits.size / 1024 / 1024:g}",
    )
    return Fault(422, _("The query asks for too much"), detail)


def _deadline(limits: Limits) -> Fault:
    detail = _(
        "Queries may take %(number)s seconds. "
        "Make it more selective, or load a dump into a store of your own.",
        number=f"{limits.seconds:g}",
    )
    return Fault(503, _("The query took too long"), detail, retry=30)


def _busy() -> Fault:
    detail = _("Others are asking too. Please try again in a few seconds.")
    return Fault(503, _("Too many queries at once"), detail, retry=5)


def _syntax(error: QueryError, wants: Asked) -> Fault:
    """Return where the query stops being one, with the line and a mark below the place."""
    query = wants.query or ""
    if wants.facts.update:
        return read_only()
    missing = undeclared(query) if REASON in error.message else {}
    if missing:
        return _prefixes(missing, query)
    match = _PLACE.fullmatch(error.message)
    if match is None:
        return Fault(400, _("Not a SPARQL query"), error.message)
    line, column = int(match[1]), int(match[2])
    place = _(
        "Line %(line)s, column %(column)s: %(reason)s.",
        line=str(line),
        column=str(column),
        reason=match[3],
    )
    return _marked(place, query, line, column)


def _prefixes(missing: Mapping[str, int], query: str) -> Fault:
    """Return which prefixes to declare, and the first place of one of them."""
    known = edition().store.style.prefixes
    sentences = [
        _(
            "The prefix %(prefix)s is not declared; add PREFIX %(prefix)s <%(iri)s>.",
            prefix=f"{prefix}:",
            iri=known.get(prefix, "…"),
        )
        for prefix in missing
    ]
    before = _BREAK.split(query[: min(missing.values())])
    return _marked("\n".join(sentences), query, len(before), len(before[-1]) + 1)


def _marked(words: str, query: str, line: int, column: int) -> Fault:
    """Return what is wrong, with the line and a mark below the place."""
    lines = _BREAK.split(query)
    text = lines[line - 1] if line <= len(lines) else ""
    start = max(column - 100, 0)
    return Fault(
        400,
        _("Not a SPARQL query"),
        f"{words}\n{text[start : start + _SHOWN]}\n{' ' * (column - 1 - start)}^",
        members={"line": line, "column": column, "text": text[:1000]},
    )
