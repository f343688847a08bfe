"""``/dumps/…``: the files of the releases, whole or by ranges of bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple, cast

from flask import Response, current_app, request
from werkzeug.exceptions import NotFound
from werkzeug.http import is_resource_modified, quote_etag
from werkzeug.utils import send_file

from lod.catalog.facts import ALL
from lod.errors import ReleaseError
from lod.formats import BY_EXTENSION
from lod.iri import KINDS
from lod.iri import slug as slug_of
from lod.release import MANIFEST, Release, digest, open_release, versions
from lod.web import places
from lod.web.delivery import FOREVER, FRESH, refuse_other_state
from lod.web.embedded import of_catalog
from lod.web.foreign import host
from lod.web.representations import content_type
from lod.web.respond import Document, Page, or_catalog
from lod.web.visit import edition, reader

LATEST = "latest"
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_DUMPS = "dumps/"
# One range in bytes; whatever else stands there is ignored, as the specification allows.
# Spec: https://www.rfc-editor.org/rfc/rfc9110#name-range
_ONE_RANGE = re.compile(r"bytes=\s*(?:[0-9]{1,18}-[0-9]{0,18}|-[0-9]{1,18})\s*")


class Dump(NamedTuple):
    """A file as the list of downloads shows it.

    Attributes:
        name: under which it is had.
        size: in bytes.
        sha256: of its content.
        packed: the size of its gzip-compressed twin; 0 where it has none.
    """

    name: str
    size: int
    sha256: str
    packed: int


def index() -> Response:
    """Answer with the list of all releases and what can be downloaded of them."""

    def page() -> Page:
        served = edition().store.release
        older = [release for release in versions(_releases()) if release.path != served.path]
        return Page(
            "dumps.html",
            {
                "embedded": of_catalog(edition(), reader().language, ALL),
                "whole": [dump for dump in dumps(served) if dump.name.startswith("all.")],
                "kinds": [dump for dump in dumps(served) if dump.name.split(".")[0] in KINDS],
                "tables": [kind for kind in KINDS if kind in edition().store.counts],
                "rest": [dump for dump in dumps(served) if _is_rest(dump.name)],
                "older": [(one, dumps(one)) for one in reversed(older)],
            },
        )

    catalog = f'<{reader().path("catalog")}>; rel="describedby"'
    # What lies beside the edition comes and goes without it.
    mark = " ".join(sorted(path.name for path in _releases().iterdir()))
    return or_catalog(Document("dumps/", page=page, links=(catalog,), mark=mark))


def file(version: str, name: str) -> Response:
    """Answer with a file of a release, or with a range of its bytes.

    Args:
        version: of the release, or ``latest``.
        name: of the file; what lies in ``dumps/`` stands without that.
    """
    release = edition().store.release if version == LATEST else _release(version)
    path = files(release).get(name)
    if path is None:
        raise NotFound
    facts = release.files.get(path)
    etag = facts.sha256 if facts else _manifest_etag(release.path / path)
    modified = datetime.fromtimestamp(int((release.path / path).stat().st_mtime), UTC)
    if not _wants_range() or not is_resource_modified(
        request.environ, quote_etag(etag), last_modified=modified
    ):
        request.environ.pop("HTTP_RANGE", None)
    response = send_file(
        release.path / path,
        request.environ,
        mimetype=_media_type(name),
        as_attachment=True,
        download_name=download_name(release, name),
        etag=etag,
        last_modified=modified,
        conditional=True,
        response_class=Response,
    )
    refuse_other_state(response)
    response.headers["Content-Type"] = content_type(_media_type(name))
    response.headers["Cache-Control"] = FRESH if version == LATEST else FOREVER
    response.headers["Content-Location"] = reader().path(f"dumps/{release.version}/{name}")
    licence = edition().store.publication.licence
    response.headers["Link"] = (
        f'<{licence}>; rel="license", <{reader().path("catalog")}>; rel="describedby"'
    )
    assert isinstance(response, Response)  # noqa: S101 (as asked for)
    if response.status_code in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        pieces = cast("Iterable[bytes]", response.response)
        places.send(response, pieces, response.content_length or 0)
    return response


def _wants_range() -> bool:
    """Say whether the request is for one range of the file that the client knows."""
    # Only a strong validator can vouch that two parts belong together.
    weak = request.headers.get("If-Range", "").startswith("W/")
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    return request.method == "GET" and asked is not None and not weak


def files(release: Release) -> dict[str, str]:
    """Return name for download → path inside the release, of all that may be downloaded."""
    return {path.removeprefix(_DUMPS): path for path in (MANIFEST, *release.files)}


def dumps(release: Release) -> list[Dump]:
    """Return the files of a release, without the compressed twins."""
    listed = release.files
    return [
        Dump(
            name,
            listed[path].size,
            listed[path].sha256,
            listed[f"{path}.gz"].size if f"{path}.gz" in listed else 0,
        )
        for name, path in files(release).items()
        if path in listed and not name.endswith(".gz")
    ]


def _is_rest(name: str) -> bool:
    return not name.startswith("all.") and name.split(".", maxsplit=1)[0] not in KINDS


def _releases() -> Path:
    path = current_app.config["RELEASES"]
    assert isinstance(path, Path)  # noqa: S101 (set by the factory)
    return path


def _release(version: str) -> Release:
    """Open a release by its version; nothing but the name of a release gets through.

    Raises:
        NotFound: there is no such release.
    """
    path = _releases() / version
    if _VERSION.fullmatch(version) is None or path.is_symlink():
        raise NotFound
    try:
        return _opened(path, (path / MANIFEST).stat().st_mtime_ns)
    except (ReleaseError, OSError):
        raise NotFound from None


@lru_cache(maxsize=16)
def _opened(path: Path, mark: int) -> Release:
    return open_release(path)


@lru_cache(maxsize=64)
def _manifest_etag(path: Path) -> str:
    return digest(path).sha256


def _media_type(name: str) -> str:
    """Return the media type of a file; a compressed one is what it is, not an encoding."""
    extension = Path(name).suffix
    if extension in BY_EXTENSION:
        return BY_EXTENSION[extension].media_type
    known = {".gz": "application/gzip", ".json": "application/json"}
    return known.get(extension, "application/octet-stream")


def download_name(release: Release, name: str) -> str:
    """Return a name that still tells in a folder of downloads what the file is."""
    publisher = slug_of(host(edition().base)) or "lod"
    return f"{publisher}-{release.version}-{name.replace('/', '-')}"
