"""What an export holds beside pages: the files of the releases, and the rules for web servers."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from lod.export import plain, rules
from lod.export.folder import Folder, Written
from lod.export.manifest import Known, Record
from lod.export.processes import Done
from lod.export.renderer import Setting
from lod.release import MANIFEST, Release, digest, open_release, versions
from lod.store import Store
from lod.web.downloads import files

_DUMPS = ("publication", "dumps")
_RULES = ("publication", "rules")


def beside(setting: Setting, known: Known) -> Done:
    """Put the files of all releases and the rules beside the pages."""
    folder = Folder(setting.out)
    dumps = {name: made for one in versions(setting.releases) for name, made in _put(folder, one)}
    release = open_release(setting.releases / setting.version)
    written = {
        name: folder.put(name, content, known.files.get(name), pack=False)
        for name, content in _rules(setting, Store(release))
    }
    return Done([Record(_DUMPS, files=dumps), Record(_RULES, files=written)], folder.touched)


def _put(folder: Folder, release: Release) -> Iterator[tuple[str, Written]]:
    """Link the files of a release into the export."""
    for name, path in files(release).items():
        source = release.path / path
        facts = digest(source) if path == MANIFEST else release.files[path]
        target = f"dumps/{release.version}/{name}"
        yield target, folder.link(target, source, facts.sha256, facts.size)


def _rules(setting: Setting, store: Store) -> Iterator[tuple[str, bytes]]:
    root = urlsplit(store.space.base).path.rstrip("/")
    if setting.plain:
        lines = "".join(f"{line}\n" for line in plain.redirects(store.release, root))
        yield plain.REDIRECTS, lines.encode()
        return
    for name, content in rules.written(setting, store, root):
        yield name, content.encode()
