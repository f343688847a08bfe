"""The records of all chunks, sorted and cut into pieces, each of which is written on its own.

Where a kind is cut depends on the slugs around the cut alone, and a piece is named by a digest of
all that its outcome is made from. So a record that changes leaves all pieces but its own as they
were, and their outcomes are taken from what is kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import NamedTuple
from zlib import crc32

from lod.build.ledger import Ledger
from lod.build.setting import Setting

RECORDS = 128
"""How many records a piece has on average."""
_MOST = 2
"""So many times the average is the most: what a process holds grows with the largest piece."""

Row = tuple[int, int, int, int]
"""The number of a file among those of the piece, where the row begins, and both lengths."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Records of a kind that follow each other, and what their outcome is made from besides.

    Attributes:
        key: names the outcome.
        kind: of the records.
        files: names of the files with the rows.
        own: the rows of the records.
        late: the rows of records before them whose lines of N-Triples come among theirs, because
            the records' slugs begin with those.
        following: the slug that comes next, where it begins with that of a record before it.
        others: the rows of which the first section is needed.
    """

    key: str
    kind: str
    files: tuple[str, ...]
    own: list[Row]
    late: list[Row]
    following: str
    others: list[Row]

    def rows(self, which: list[Row], setting: Setting) -> Iterator[tuple[bytes, bytes]]:
        """Yield both sections of some rows: what each shows to others, and its own."""
        with ExitStack() as stack:
            files = [stack.enter_context(setting.path(name).open("rb")) for name in self.files]
            for file, start, shown, own in which:
                files[file].seek(start)
                row = files[file].read(shown + own)
                yield row[:shown], row[shown:]

    def packed(self, setting: Setting) -> tuple[Piece, dict[str, bytes]]:
        """Return the piece with all rows that it needs in one file, and that file by its name."""
        content = bytearray()

        def taken(which: list[Row], *, whole: bool) -> Iterator[Row]:
            for shown, own in self.rows(which, setting):
                start = len(content)
                content.extend(shown + own if whole else shown)
                yield 0, start, len(shown), len(own) if whole else 0

        own = list(taken(self.own, whole=True))
        late = list(taken(self.late, whole=True))
        others = list(taken(self.others, whole=False))
        alone = replace(self, files=("rows",), own=own, late=late, others=others)
        return alone, {"rows": bytes(content)}


class Cut(NamedTuple):
    """A piece in few bytes: there are many, and their rows are looked up when they are needed.

    Attributes:
        key: as the piece has it.
        kind: of the records.
        numbers: of the records, as the ledger has them.
        late: the same of those before them whose lines come among theirs.
        following: as the piece has it.
    """

    key: str
    kind: str
    numbers: array[int]
    late: array[int]
    following: str

    def named(self) -> Piece:
        """Return the piece without its rows, which is enough where its outcome is kept."""
        return Piece(self.key, self.kind, (), [], [], self.following, [])

    def piece(self, ledger: Ledger) -> Piece:
        """Return the piece."""
        files: dict[int, int] = {}

        def rows(of: Iterable[int]) -> list[Row]:
            found = map(ledger.row, of)
            return [(files.setdefault(file, len(files)), a, b, c) for file, a, b, c in found]

        own, late = rows(self.numbers), rows(self.late)
        others = rows(_others(self.numbers, ledger))
        names = tuple(ledger.files[file] for file in files)
        return Piece(self.key, self.kind, names, own, late, self.following, others)


def cuts(ledger: Ledger, setting: Setting) -> Iterator[Cut]:
    """Yield all pieces, kind by kind, each kind in the order of the slugs."""
    for kind, numbers in ledger.by_kind():
        late: list[int] = []
        for part, following in _parts(numbers, ledger):
            open_ = _open([*late, *part], following, ledger)
            among = following if open_ else ""
            key = setting.key(
                *(b"piece", kind.encode(), among.encode()),
                b"".join(map(ledger.digest, part)),
                b"".join(map(ledger.digest, late)),
                b"".join(map(ledger.shown_digest, _others(part, ledger))),
            )
            yield Cut(key, kind, array("I", part), array("I", late), among)
            late = open_


def extends(slug: str, start: str) -> bool:
    """Tell whether a slug sorts among the lines of another in N-Triples.

    The lines of ``a`` begin with ``<…/a/`` and ``<…/a>``; those of ``a-b`` and ``a0`` come between.
    """
    return slug.startswith(start) and slug[len(start) : len(start) + 1] in tuple("-0123456789")


def _parts(numbers: Sequence[int], ledger: Ledger) -> Iterator[tuple[list[int], str]]:
    """Yield the numbers of each piece, and the slug that follows; empty after the last."""
    part: list[int] = []
    for number in numbers:
        reference = ledger.references[number]
        ends = crc32(reference.encode()) % RECORDS == 0 or len(part) >= RECORDS * _MOST
        if part and ends:
            yield part, reference.partition("/")[2]
            part = []
        part.append(number)
    yield part, ""


def _open(numbers: Sequence[int], following: str, ledger: Ledger) -> list[int]:
    """Return the records that the following slug extends."""
    return [n for n in numbers if following and extends(following, _slug(n, ledger))]


def _slug(number: int, ledger: Ledger) -> str:
    return ledger.references[number].partition("/")[2]


def _others(numbers: Sequence[int], ledger: Ledger) -> list[int]:
    """Return the records that others refer to, and those that the shapes go on to from there."""
    found = {one for number in numbers for one in ledger.used(number)}
    open_ = found | {one for number in numbers for one in ledger.onward(number)}
    found = set()
    while open_:
        number = open_.pop()
        if number not in found:
            found.add(number)
            open_.update(ledger.onward(number))
    return sorted(found.difference(numbers), key=ledger.references.__getitem__)
