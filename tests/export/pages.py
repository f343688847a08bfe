"""What an export changes on pages, as docs/static-site.md says."""

from __future__ import annotations

import re
from html import unescape

from lod.web.scribe import kind_name

_RELEASE = re.compile(r'[^>]{1,20} <a href="/dumps/[^"]*">[^<]*</a> · (?=<a href="/glossary)')
_SPARQL = re.compile(r' ·\n      <a href="/sparql[^"]*">SPARQL</a>')
_FILTER = re.compile(
    r'(<form class="find" role="search" method="get" action=")/doc/(\w+)(">.*?)'
    r'(?=<input type="hidden" name="lang")',
    re.DOTALL,
)
_PICTURE = re.compile(
    r'(og:image" content="[^"]*/doc/(\w+)/)[\w-]+/(picture\.(\w+)\.png">.*?:alt" content=")[^"]*',
    re.DOTALL,
)
_LEFT_OUT = tuple(
    re.compile(one, re.DOTALL)
    for one in (
        r' ·\n      <a href="/fragments[^"]*">[^<]*</a> ·\n'
        r'      <a href="/conformance[^"]*">[^<]*</a> ·\n      <a href="/openapi[^"]*">[^<]*</a>',
        r'<script type="module" src="/static/suggest.js[^"]*"></script>\n',
        r'(?<=" )data-suggest="[^>]*(?=>)',
        r' *<ul class="ways-on">.*?</ul>\n',
        r'(?<=</p>\n) *<ul class="formats">\s*<li><a href="[^"]*/cite\.bib.*?</ul>\n',
        r' *<li><a href="/compare[^"]*">[^<]*</a></li>\n',
        r", (?:release|Ausgabe) [^ ]+(?=\. https?://[^<]*</p>\n)",
        r' *<p class="to-facets">.*?</p>\n',
        r' *<nav class="facets".*?</nav>\n',
        r'(?<=CSV</a></li>\n)(?:  <li><a href="[^"]*(?:page=all|latest/\w+\.ttl)[^<]*</a></li>\n)+',
        r' *<p class="more"><a href="/sparql[^"]*">[^<]*</a></p>\n',
    )
)
"""What nobody would answer behind static files, and what only a release tells."""


def as_exported(page: bytes) -> bytes:
    """Return a page of the server as an export has it.

    The foot tells no release, so that a page changes with its content alone, and leads to no
    endpoint; the filter of a list leads to the search. What a server computes isn't offered, and
    the pages of a kind have one picture.
    """
    words = page.decode()
    for one in _LEFT_OUT:
        words = one.sub("", words)
    words = _PICTURE.sub(lambda m: f"{m[1]}{m[3]}{kind_name(m[2], m[4], plural=True)}", words)
    words = _SPARQL.sub("", _RELEASE.sub("", words))
    words = _FILTER.sub(r'\1/search\3<input type="hidden" name="kind" value="\2">', words)
    return words.encode()


def links_of(page: str) -> set[str]:
    """Return where a page leads, as its addresses stand there."""
    index = re.findall(r' data-index="([^"]*)"', page)
    links = re.findall(r' (?:href|src|action)="([^"]*)"', page)
    return {unescape(link) for link in (*links, *(f"{folder}contents.json" for folder in index))}
