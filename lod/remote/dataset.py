"""What a query says of graphs and functions, before another store sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from lod.sparql.syntax import Token, tokens

_OWN = re.compile(r"<((?:bif|sql|xpf):[^>]*)>", re.IGNORECASE)
_FROM = re.compile(
    r"\bfrom(?:\s|#[^\r\n]*)*(?:\bnamed(?:\s|#[^\r\n]*)*)?(?:<|[^\W\d][\w.-]*:|:)", re.IGNORECASE
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def foreign_functions(query: str) -> list[str]:
    """Return the IRIs by which a query could call a store's own functions.

    Virtuoso's can send requests to other servers. It looks for them wherever they may stand, in
    strings too: nobody needs such an IRI there.

    >>> foreign_functions("SELECT (<bif:http_get>('http://127.0.0.1/') AS ?x) {}")
    ['bif:http_get']
    """
    plain = _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), query)
    return [match for text in (query, plain) for match in _OWN.findall(text)][:1]


class Dataset(NamedTuple):
    """What a query says of graphs.

    Attributes:
        default: the graphs that it names by ``FROM``.
        named: those that it names by ``FROM NAMED``.
        rest: the query without that.
    """

    default: tuple[str, ...]
    named: tuple[str, ...]
    rest: str

    @property
    def hidden(self) -> bool:
        """Whether the rest may name graphs still, read in another way than ours."""
        return _FROM.search(self.rest) is not None


def dataset(query: str, base: str) -> Dataset:
    """Part a query from the graphs that it names: Virtuoso adds them to those of the request.

    Args:
        query: that was found to be SPARQL.
        base: the IRI that relative ones are resolved against.

    Spec: https://www.w3.org/TR/sparql11-query/#specifyingDataset
    """
    prefixes: dict[str, str] = {}
    graphs: dict[str, list[str]] = {"FROM": [], "NAMED": []}
    rest, position = [], 0
    words = _significant(query)
    for token in words:
        word = _text(query, token).upper() if token.kind == "word" else ""
        if word == "BASE":
            base = urljoin(base, _text(query, next(words))[1:-1])
        elif word == "PREFIX":
            name = _text(query, next(words))
            prefixes[name] = urljoin(base, _text(query, next(words))[1:-1])
        elif word == "FROM":
            named = next(words)
            if named.kind == "word":  # NAMED
                word, named = "NAMED", next(words)
            graphs[word].append(_iri(named.kind, _text(query, named), prefixes, base))
            rest.append(query[position : token.start])
            position = named.end
    rest.append(query[position:])
    return Dataset(tuple(graphs["FROM"]), tuple(graphs["NAMED"]), " ".join(rest))


def _iri(kind: str, text: str, prefixes: dict[str, str], base: str) -> str:
    if kind == "iri":
        return urljoin(base, text[1:-1])
    prefix, _, local = text.partition(":")
    return prefixes.get(f"{prefix}:", "") + re.sub(r"\\(.)", r"\1", local)


def _text(query: str, token: Token) -> str:
    return query[token.start : token.end]


def _significant(query: str) -> Iterator[Token]:
    """Yield the tokens that aren't blank, and an end of nothing."""
    yield from (token for token in tokens(query) if token.kind != "blank")
    yield from [Token("end", len(query), len(query))] * 2
