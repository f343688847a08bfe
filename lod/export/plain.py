"""Links for hosts that know no rules: each address with a query becomes the name of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import parse_qsl, urlsplit

from lod.export.addresses import page_file, stem
from lod.iri import KINDS
from lod.release import Release
from lod.web.questions import JSON, SPARQL
from lod.web.representations import ATOM, CSV, EXTENSIONS

REDIRECTS = "_redirects"
_LINK = re.compile(r'(?P<start> (?:href|action)=")(?P<link>[^"]*)"')
_SUFFIX = re.compile(r'(?P<start> data-suffix=")[^"]*"')
_FILES = ("static/", "dumps/", "shapes/", "search-index/", "context.jsonld")
_FIXED = {"opensearch.xml": "opensearch.{}.xml", ".well-known/void": ".well-known/void.ttl"}
_DATA = (*sorted(EXTENSIONS), *(one.extension for one in (ATOM, JSON, CSV, SPARQL)))


@dataclass(frozen=True)
class Site:
    """What links depend on.

    Attributes:
        root: the path that the site lies under, without ``/`` at its end.
        languages: of the publication, the default first.
        version: of the release, which the dumps of the newest one lie under.
    """

    root: str
    languages: tuple[str, ...]
    version: str

    def relinked(self, page: str) -> str:
        """Return a page whose links lead to the files of a plain export.

        Args:
            page: as the server would send it.
        """
        tongue = page.partition('<html lang="')[2].partition('"')[0] or self.languages[0]

        def link(match: re.Match[str]) -> str:
            found = unescape(match["link"])
            if not found.startswith((f"{self.root}/", "?")):
                return match[0]
            return f'{match["start"]}{escape(self._target(found, tongue))}"'

        ending = page_file("", tongue, self.languages[0], plain=True)
        return _SUFFIX.sub(rf'\g<start>{ending}"', _LINK.sub(link, page))

    def _target(self, link: str, tongue: str) -> str:
        """Return where a link of ours leads in a plain export."""
        parts = urlsplit(link)
        path = parts.path.removeprefix(f"{self.root}/")
        if path.startswith(_FILES) and path != "dumps/":
            return link.replace("/dumps/latest/", f"/dumps/{self.version}/")
        given = dict(parse_qsl(parts.query))
        sharp = f"#{parts.fragment}" if parts.fragment else ""
        # A page of a fault has no address of its own, so that its links begin with the query.
        file = self._file(path or ("" if parts.path else "404"), given, tongue)
        return f"{self.root}/{file}{sharp}"

    def _file(self, path: str, given: dict[str, str], tongue: str) -> str:
        """Return the file of a document in the format and the language that an address names."""
        asked = given.get("lang", tongue)
        if path in _FIXED:
            return _FIXED[path].format(asked)
        if path.startswith("linkset/"):
            return f"{stem(path, given)}.json"
        data = next((one for one in _DATA if path.endswith(one)), ".html")
        whole = stem(path.removesuffix(data), given)
        if data == ".html":
            return page_file(whole, asked, self.languages[0], plain=True)
        return whole + data


def redirects(release: Release, root: str) -> Iterator[str]:
    """Yield the lines of the redirects that GitLab Pages, Netlify and Cloudflare Pages know.

    Spec: https://docs.gitlab.com/user/project/pages/redirects/
    """
    yield f"{root}/id/:kind/:slug {root}/doc/:kind/:slug.html 302"
    yield f"{root}/id/:kind/:slug/* {root}/doc/:kind/:slug.html#:splat 302"
    yield f"{root}/dumps/latest/* {root}/dumps/{release.version}/:splat 302"
    yield f"{root}/.well-known/void {root}/.well-known/void.ttl 302"
    for name in KINDS:
        yield f"{root}/graph/{name} {root}/doc/{name}.html 302"
    yield f"{root}/graph/catalog {root}/catalog.html 302"
    yield f"{root}/graph/terms {root}/ns.html 302"
