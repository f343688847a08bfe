"""A publisher's own look: a folder whose files take the place of ours by their names.

``templates/<name>.html`` is used instead of our template of that name, which it can extend as
``default/<name>.html``; ``static/<name>`` instead of our file. ``static/theme.css`` is loaded after
our style, and ``static/logo.svg`` stands at the head of each page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader
from werkzeug.security import safe_join

from lod.errors import LodError

HERE = Path(__file__).parent
_KNOWN = ("templates", "static")


@dataclass(frozen=True)
class Theme:
    """Where templates and files of the design are found.

    Attributes:
        folder: the publisher's; None where there is only ours.
    """

    folder: Path | None = None

    def check(self) -> None:
        """Raise an error for a folder that can't be a theme.

        Raises:
            LodError: it has neither templates nor files, or something else in it.
        """
        if self.folder is None:
            return
        found = {path.name for path in self.folder.iterdir()} if self.folder.is_dir() else set()
        if not found & {*_KNOWN}:
            raise LodError(
                f"{self.folder}: expected templates/ or static/ inside, found neither. "
                "Name its folder, or leave --theme out"
            )

    @property
    def loader(self) -> BaseLoader:
        """Finds templates: the publisher's first, and ours under ``default/`` too."""
        ours = FileSystemLoader(str(HERE / "templates"))
        own = [FileSystemLoader(str(self.folder / "templates"))] if self.folder else []
        return ChoiceLoader([*own, ours, PrefixLoader({"default": ours})])

    def file(self, name: str) -> Path | None:
        """Return a file of the design; None where there is none of that name."""
        for folder in (*([self.folder / "static"] if self.folder else []), HERE / "static"):
            found = safe_join(str(folder), name)
            if found is not None and "\0" not in found and Path(found).is_file():
                return Path(found)
        return None

    def assets(self) -> dict[str, Path]:
        """Return all files of the design by their names, the publisher's in place of ours."""
        folders = [HERE / "static", *([self.folder / "static"] if self.folder else [])]
        return {
            path.relative_to(folder).as_posix(): path
            for folder in folders
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def files(self) -> Iterator[Path]:
        """Yield all files that pages are made of, in a fixed order."""
        for folder in (HERE, *([self.folder] if self.folder else [])):
            yield from sorted(path for path in folder.rglob("*") if path.is_file())
