"""Values that Virtuoso would change, and how they survive it.

Measured with Virtuoso 7.2.5: it makes geometries of WKT, with coordinates of seven digits and
another datatype; it writes booleans as 1 and 0, and doubles with six digits.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from lod.vocab import GEO, XSD

_KEPT = "urn:x-lod:wktLiteral"
"""The datatype under which WKT stays a text."""
_WKT_END = f"^^<{GEO.wktLiteral.value}> .".encode()
_KEPT_END = f"^^<{_KEPT}> .".encode()
_BOOLEANS = (
    # Quotation marks inside a value are escaped, so that none of these can stand in one.
    re.compile(
        rb'("datatype": ?"http://www\.w3\.org/2001/XMLSchema#boolean", ?"value": ?")([01])"'
    ),
    re.compile(rb'(")([01])"(?=\^\^<http://www\.w3\.org/2001/XMLSchema#boolean>)'),
)
_WORDS = {b"0": b"false", b"1": b"true"}


def protected(line: bytes) -> bytes:
    """Return a line of N-Triples with its value in a form that Virtuoso keeps."""
    return line.removesuffix(_WKT_END) + _KEPT_END if line.endswith(_WKT_END) else line


def restored(answer: bytes) -> bytes:
    """Return an answer in JSON or N-Triples with its values as they were.

    Doubles aren't: their digits are lost in it; ask for `STR` of them, see `double`.
    """
    for pattern in _BOOLEANS:
        answer = pattern.sub(lambda match: match[1] + _WORDS[match[2]] + b'"', answer)
    return answer.replace(_KEPT.encode(), GEO.wktLiteral.value.encode())


def asked_for(query: str) -> str:
    """Return a query with the datatypes that the store has."""
    return query.replace(GEO.wktLiteral.value, _KEPT)


def double(words: str) -> Literal:
    """Return a double in the form that the release has it in: without an exponent.

    >>> double("1e-07").value
    '0.0000001'
    """
    number: NamedNode = XSD.double
    try:
        written = format(Decimal(words), "f")
    except ArithmeticError:
        written = words  # NaN and its like
    return Literal(written, datatype=number)
