"""A data directory cut into chunks, each of which can be read without the others.

Where a table is cut depends on its rows alone, so that a row that is added or changed leaves all
chunks but its own as they were.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from lod.errors import LodError, Place
from lod.iri import KINDS
from lod.records.messages import SUGGESTIONS
from lod.records.raw import Reporter
from lod.records.table import delimiter_of
from lod.records.yaml_file import LIMIT

PUBLICATION = "publication.yaml"
ROWS, FILES = 1024, 64
"""How many rows of a table, or files of a directory, a chunk has on average."""
_MOST = 4
"""So many times the average is the most."""
_HEAD = 1 << 16
"""The longest row of names, in bytes."""
_HIDDEN = (".", "~$")
"""What the names of files begin with that programs make for themselves."""
_BESIDE_RECORDS = frozenset({PUBLICATION, "README.md", "LICENSE", "schema"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some files of a directory, or some rows of a table.

    Attributes:
        kind: of the records.
        files: where they stand.
        start: where the rows begin in their file, in bytes; the row of names is in no chunk.
        stop: where they end.
        line: the number of their first line.
        stamp: tells whether the file is still the one that was cut.
    """

    kind: str
    files: tuple[Path, ...]
    start: int = 0
    stop: int = 0
    line: int = 1
    stamp: tuple[int, int] = (0, 0)

    @property
    def size(self) -> int:
        """About how much there is to read, in bytes."""
        return self.stop - self.start or 1000 * len(self.files)

    def content(self) -> Iterator[bytes]:
        """Yield all that the records of the chunk are made from.

        Raises:
            LodError: the file was changed since it was cut.
        """
        for file in self.files:
            yield file.name.encode()
            yield _bytes_of(file) if file.suffix == ".yaml" else self._names() + self.rows()

    def rows(self) -> bytes:
        """Return the rows of a table.

        Raises:
            LodError: the file was changed since it was cut.
        """
        return self._read(self.start, self.stop - self.start)

    def rows_with(self, words: Iterable[str]) -> Iterator[Chunk]:
        """Yield the rows of a table that hold one of some words, each as a chunk; none of files.

        Raises:
            LodError: the file was changed since it was cut.
        """
        if not self.stop:
            return
        (file,) = self.files
        content, row = self.rows(), _row(file)
        wanted = re.compile(b"|".join(re.escape(word.encode()) for word in words))
        line, position = self.line, 0
        while match := row.match(content, position):
            position = match.end()
            if wanted.search(match.group()):
                start, stop = self.start + match.start(), self.start + position
                yield replace(self, start=start, stop=stop, line=line)
            line += _counting(file)(match.group())

    def files_alone(self) -> dict[str, bytes]:
        """Return the files of the chunk by their names; a table has its head and these rows alone.

        Raises:
            LodError: the file was changed since it was cut.
        """
        if not self.stop:
            return {file.name: _bytes_of(file) for file in self.files}
        (file,) = self.files
        return {file.name: self._head() + self.rows()}

    def moved(self, folder: Path) -> Chunk:
        """Return the chunk of the files that `files_alone` returns, in a folder.

        The lines of what is wrong are others there.
        """
        moved = replace(self, files=tuple(folder / file.name for file in self.files))
        if not self.stop:
            return moved
        stamp = stamp_of(moved.files[0])
        start = stamp[0] - (self.stop - self.start)
        return replace(moved, start=start, stop=stamp[0], stamp=stamp)

    def changed(self) -> LodError:
        """Return the error for a chunk that isn't any more what it was."""
        where = Place(self.files[0])
        return LodError(f"{where}: changed while it was read. Run the command again")

    def _head(self) -> bytes:
        """Return the first row of a table, where it doesn't stand with the rows."""
        (file,) = self.files
        match = _row(file).match(self._read(0, min(self.start, _HEAD)))
        return match.group() if match else b""

    def _names(self) -> bytes:
        """Return the first line of a table, where it doesn't stand with the rows."""
        return self._read(0, min(self.start, _HEAD)).partition(b"\n")[0]

    def _read(self, start: int, size: int) -> bytes:
        (file,) = self.files
        try:
            with file.open("rb") as content:
                if stamp_of(file) != self.stamp:
                    raise self.changed()
                content.seek(start)
                return content.read(size)
        except FileNotFoundError:
            raise self.changed() from None


def chunks(data: Path, reporter: Reporter) -> Iterator[Chunk]:
    """Yield the chunks of a data directory, in order of names; report what holds no records."""
    for path in sorted(data.iterdir()) if data.is_dir() else ():
        if path.name in _BESIDE_RECORDS or path.name.startswith(_HIDDEN):
            continue
        table = path.suffix in (".csv", ".jsonl")
        kind = path.stem if table else path.name
        if kind not in KINDS or table == path.is_dir():
            _report_unknown(path, kind, reporter)
        elif not inside(path, reporter):
            yield Chunk(kind, ())
        elif path.is_dir():
            yield from _of_directory(path, kind, reporter)
        else:
            yield from _of_table(path, kind, reporter)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes() if file.stat().st_size <= LIMIT else b""
    except OSError:
        return b""  # whoever reads it next says why


def stamp_of(file: Path) -> tuple[int, int]:
    """Return what tells one state of a file from the next."""
    facts = file.stat()
    return facts.st_size, facts.st_mtime_ns


def inside(path: Path, reporter: Reporter) -> bool:
    """Tell whether a file stands where it seems to; report a symbolic link."""
    if path.is_symlink():
        reporter.add("symbolic_link", Place(path), target=path.readlink())
        return False
    return True


def _report_unknown(path: Path, kind: str, reporter: Reporter) -> None:
    near = reporter.nearest(kind, KINDS, "none")
    reporter.add(
        "unknown_file", Place(path), kinds=", ".join(KINDS), suggestion=f" ({near})" if near else ""
    )


def _of_directory(folder: Path, kind: str, reporter: Reporter) -> Iterator[Chunk]:
    files: list[Path] = []
    for file in sorted(folder.iterdir()):
        if file.name.startswith(_HIDDEN):
            continue
        if file.suffix != ".yaml" or file.is_dir():
            words = SUGGESTIONS["to" if file.suffix == ".yml" else "none"][reporter.language]
            suggestion = words.format(nearest=f"{file.stem}.yaml")
            reporter.add("unknown_file", Place(file), kinds="….yaml", suggestion=suggestion)
        elif inside(file, reporter):
            files.append(file)
            if crc32(file.name.encode()) % FILES == 0 or len(files) == FILES * _MOST:
                yield Chunk(kind, tuple(files))
                files = []
    if files:
        yield Chunk(kind, tuple(files))


def _of_table(file: Path, kind: str, reporter: Reporter) -> Iterator[Chunk]:
    """Yield the chunks of a CSV or JSON Lines file; at least one, which reports its faults."""
    try:
        stamp = stamp_of(file)
        with file.open("rb") as content:
            if not stamp[0]:
                yield Chunk(kind, (file,), stamp=stamp)
                return
            with mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ) as text:
                line, cuts = 1, list(_cuts(text, file))
                count = _counting(file)
                for start, stop in pairwise(cuts):
                    yield Chunk(kind, (file,), start, stop, line, stamp)
                    line += count(text[start:stop])
    except OSError as error:
        reporter.add("unreadable", Place(file), problem=error.strerror)
        yield Chunk(kind, ())


def lines_in(content: bytes) -> int:
    """Return how many lines end in content, as Python counts them when it reads text."""
    return content.count(b"\n") + content.count(b"\r") - content.count(b"\r\n")


def _counting(file: Path) -> Callable[[bytes], int]:
    """Return what tells how many lines of a table end in content."""
    return lines_in if file.suffix == ".csv" else _line_feeds


def _line_feeds(content: bytes) -> int:
    return content.count(b"\n")


def _cuts(text: mmap.mmap, file: Path) -> Iterator[int]:
    """Yield where chunks begin; what can't be told apart stays together."""
    row = _row(file)
    rows, position = 0, 0
    yield 0
    while match := row.match(text, position):
        if position and (crc32(match.group()) % ROWS == 0 or rows >= ROWS * _MOST):
            yield position
            rows = 0
        position, rows = match.end(), rows + 1
    yield len(text)


def _row(file: Path) -> re.Pattern[bytes]:
    """Return what matches a row with its end: line breaks in quotation marks end none."""
    if file.suffix == ".jsonl":
        return re.compile(rb"[^\n]*\n|[^\n]+\Z")
    mark = delimiter_of(file).encode()
    # Spec: https://www.rfc-editor.org/rfc/rfc4180#section-2
    cell = rb'(?:"(?:[^"]|"")*+"|[^"\r\n%s][^\r\n%s]*+)?+' % (mark, mark)
    return re.compile(rb"(?:%s(?:%s%s)*+)(?:\r?\n)" % (cell, mark, cell))
