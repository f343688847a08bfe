"""Renders what a task makes, by the same functions that answer requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, g
from werkzeug.exceptions import NotFound

from lod.export import plain
from lod.export.addresses import HOME, page_file, stem
from lod.export.reads import RecordingEdition, RecordingStore
from lod.iri import KINDS
from lod.release import open_release
from lod.web import create_app
from lod.web.edition import Current
from lod.web.representations import HTML, alternates
from lod.web.respond import Document, rendered
from lod.web.theme import Theme
from lod.web.visit import Export, begin

_FOLDERS = {"doc.html", "questions.html", "dumps.html", *(f"doc/{kind}.html" for kind in KINDS)}
"""Pages beside a folder of the same name, in which plain hosts look for an index."""


class Made(NamedTuple):
    """A file of the export: its path in the folder, and what it holds."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Setting:
    """What an export is made of, and how.

    Attributes:
        releases: the directory of releases.
        version: of the release.
        out: the folder that is written to.
        endpoint: the address of a SPARQL endpoint elsewhere; empty where there is none.
        plain: whether names of files must lead to pages, because the host knows no rules.
        theme: the publisher's own templates and files, if there are any.
    """

    releases: Path
    version: str
    out: Path
    endpoint: str = ""
    plain: bool = False
    theme: Path | None = None


class Renderer:
    """Renders documents of one release.

    Args:
        setting: of the export.

    Attributes:
        theme: where the files of the design are.
        store: of the release; notes what it is asked.
        edition: as the pages see it.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.app: Flask = create_app(
            setting.releases, theme=setting.theme, export=Export(setting.endpoint)
        )
        self.theme = Theme(setting.theme)
        release = open_release(setting.releases / setting.version)
        current = cast("Current", self.app.config["CURRENT"]).edition()
        self.store = RecordingStore(release)
        self.edition = RecordingEdition(self.store, self.store.search, current.activated)
        self.root = urlsplit(self.edition.base).path.rstrip("/")

    @property
    def design(self) -> str:
        """A digest of all that pages are made of beside the release."""
        return str(self.app.config["DESIGN"])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the pages, the default first."""
        return self.edition.languages

    def document(self, path: str, arguments: Mapping[str, object] | None = None) -> Iterator[Made]:
        """Yield a document in each format, and its page in each language.

        Args:
            path: its address, without an extension.
            arguments: of the query.

        Raises:
            NotFound: there is none.
        """
        whole = stem(path, arguments)
        for language in self.languages:
            with self.asked(path, {**(arguments or {}), "lang": language}):
                document = self._gather()
                if language == self.languages[0]:
                    for offer in alternates(document.offers):
                        if offer is not HTML and offer not in document.files:
                            yield Made(whole + offer.extension, rendered(document, offer))
                if document.page is not None:
                    name = page_file(whole, language, self.languages[0], self.setting.plain)
                    page = self.linked(rendered(document, HTML))
                    yield Made(name, page)
                    if self.setting.plain and name in _FOLDERS:
                        yield Made(f"{whole}/{HOME}.html", page)

    def files(self, path: str) -> Iterator[Made]:
        """Yield what a document has as whole files, in the default language."""
        with self.asked(path, {"lang": self.languages[0]}):
            document = self._gather()
            for offer in document.files:
                yield Made(stem(path) + offer.extension, rendered(document, offer))

    def pages(self, path: str, arguments: Mapping[str, object] | None = None) -> Iterator[Made]:
        """Yield all pages of a document that comes in pages."""
        for number in count(1):
            page = {"page": number} if number > 1 else {}
            try:
                yield from self.document(path, {**(arguments or {}), **page})
            except NotFound:
                return

    def sent(self, path: str, arguments: Mapping[str, object] | None = None) -> bytes:
        """Return what the server sends under an address that isn't negotiated."""
        with self.asked(path, arguments or {}):
            response = self.app.dispatch_request()
            assert isinstance(response, Response)  # noqa: S101 (all views return one)
            return response.get_data()

    @contextmanager
    def asked(
        self, path: str, arguments: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> Iterator[None]:
        """Stand as if a request had been made."""
        query = f"?{urlencode(arguments)}" if arguments else ""
        context = self.app.test_request_context(
            f"/{path}{query}", base_url=self.edition.base, headers=dict(headers or {})
        )
        with context:
            begin(self.edition)
            yield

    def forget(self) -> None:
        """Forget what was kept for earlier pages, so that it is asked of the store again."""
        self.edition = RecordingEdition(self.store, self.store.search, self.edition.activated)

    def linked(self, page: bytes) -> bytes:
        """Return a page with links that work where the export lies."""
        if not self.setting.plain:
            return page
        site = plain.Site(self.root, self.languages, self.edition.version)
        return site.relinked(page.decode()).encode()

    def _gather(self) -> Document:
        g.gathered = gathered = list[Document]()
        self.app.dispatch_request()
        document = gathered[0]
        if document.graph is None:
            return document
        # All formats write the same graph, which needn't be made for each of them.
        return replace(document, graph=cache(document.graph))
