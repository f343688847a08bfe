"""A list as a table for spreadsheets: a row for each entry, with headings in plain words.

Spec: https://www.rfc-editor.org/rfc/rfc4180
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, NamedTuple

from lod.records import MODELS
from lod.search import PROPERTIES, Known, Property
from lod.search.properties import Fact
from lod.web.facets.narrowed import Narrowed
from lod.web.facets.table import Facet
from lod.web.labels import Labels
from lod.web.scribe import Scribe
from lod.web.spool import spooled
from lod.web.translate import _
from lod.web.visit import edition, reader
from lod.web.wording import Wording, pick

SEVERAL = " | "
"""Stands between several values in a cell."""
_BATCH = 500
"""Entries that are looked up together."""
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""How a cell begins that a spreadsheet would take for a formula.

Spec: https://owasp.org/www-community/attacks/CSV_Injection
"""
_WORDED: Mapping[str, Callable[[Wording, str], str]] = {
    "status": Wording.status,
    "language": Wording.language_name,
}


class Column(NamedTuple):
    """What some cells of a row say.

    Attributes:
        label: in the reader's language.
        id: of the property or the facet.
        linked: whether its values are resources, which have a second cell for their IRIs.
    """

    label: str
    id: str
    linked: bool

    @property
    def headings(self) -> list[str]:
        """Its headings."""
        return [self.label, f"{self.label} (IRI)"] if self.linked else [self.label]


class _Line:
    """Gives each line back that is written to it, as `csv.writer` passes it on."""

    @staticmethod
    def write(line: str) -> str:
        return line


def sheet(narrowed: Narrowed) -> IO[bytes]:
    """Return the whole of a list as CSV, as a file."""
    write = csv.writer(_Line()).writerow
    return spooled(str(write(row)).encode() for row in _Table(narrowed).rows())


def safe(words: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("Jena")
    ("'=1+1", 'Jena')
    """
    return f"'{words}" if words.startswith(_FORMULA) else words


class _Table:
    """A list as rows of cells.

    Args:
        narrowed: the list.
    """

    def __init__(self, narrowed: Narrowed) -> None:
        self.narrowed = narrowed
        self.described = "description" in MODELS[narrowed.kind].model_fields
        facets = narrowed.index.facets
        self.facets = [one for one in facets if not one.told and one.says == "resource"]
        self.columns = [*self._told(), *(_of(facet) for facet in self.facets)]

    def rows(self) -> Iterator[list[str]]:
        """Yield the headings, and the cells of each entry."""
        headings = [word for column in self.columns for word in column.headings]
        yield [_("Name"), "IRI", *headings, *([_("Description")] if self.described else [])]
        names = [facet.name for facet in self.facets]
        index, bits = self.narrowed.index, self.narrowed.bits
        of_facets = zip(*(index.of_each(facet, bits) for facet in self.facets), strict=True)
        references = self.narrowed.references()
        while batch := list(islice(references, _BATCH)):
            known = edition().search.of(batch)
            told: list[Mapping[str, Sequence[Fact]]] = [known[one].facts for one in batch]
            if names:
                found = islice(of_facets, len(batch))
                told = [
                    {**facts, **dict(zip(names, values, strict=True))}
                    for facts, values in zip(told, found, strict=True)
                ]
            yield from self._cells([known[one] for one in batch], told)

    def _told(self) -> Iterator[Column]:
        """Yield a column for each property of the index that an entry of the whole list has."""
        instead = {facet.name for facet in self.facets}
        same = {facet.told: facet for facet in self.narrowed.index.facets}
        for one in PROPERTIES:
            if one.id in same and one.id in self.narrowed.index.told:
                yield _of(same[one.id])
            elif one.id in self.narrowed.index.told - instead:
                yield Column(_heading(one), one.id, one.type == "resource")

    def _cells(
        self, batch: Iterable[Known], told: Sequence[Mapping[str, Sequence[Fact]]]
    ) -> Iterator[list[str]]:
        scribe = Scribe(edition().store, Labels(edition().store.style), reader())
        linked = [column.id for column in self.columns if column.linked]
        scribe.look_up(
            str(value) for facts in told for id_ in linked for value in facts.get(id_, ())
        )
        for known, facts in zip(batch, told, strict=True):
            name = _picked(known.names) or known.reference.partition("/")[2]
            row = [name, scribe.space.thing(known.reference).value]
            row += [cell for column in self.columns for cell in _cells(column, facts, scribe)]
            yield [*row, _picked(known.texts)] if self.described else row


def _of(facet: Facet) -> Column:
    """Return the column of a facet, or of the property that says the same."""
    return Column(
        facet.label(reader().language), facet.told or facet.name, facet.says == "resource"
    )


def _heading(property_: Property) -> str:
    label = property_.label(reader().language)
    return label[:1].upper() + label[1:]


def _cells(column: Column, facts: Mapping[str, Sequence[Fact]], scribe: Scribe) -> list[str]:
    values = facts.get(column.id, ())
    if column.linked:
        names = [scribe.name(str(value)).words for value in values]
        iris = [scribe.space.thing(str(value)).value for value in values]
        return [safe(SEVERAL.join(names)), SEVERAL.join(iris)]
    if column.id in _WORDED:
        values = [_WORDED[column.id](scribe.wording, str(value)) for value in values]
    words = SEVERAL.join(map(str, values))
    # A number may begin with a minus.
    numbers = all(isinstance(value, int | float) for value in values)
    return [words if numbers else safe(words)]


def _picked(texts: Mapping[str, str]) -> str:
    text = pick(texts, reader().language)
    return safe(text.words) if text else ""
