"""The parts of a resource: figures, phases, involvements, former names, uses, files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from lod.vocab import DCAT, DCTERMS, PROV, SCHEMA, SKOS
from lod.web.scribe import About, Scribe, Value
from lod.web.translate import _
from lod.web.wording import Text, pick_all


class Row(NamedTuple):
    """A part as the row of a table.

    Attributes:
        anchor: the part's name inside the resource's IRI.
        cells: one for each column, each of several values.
        note: a remark.
        sources: the numbers of its sources at the foot of the page.
    """

    anchor: str
    cells: list[list[Value]]
    note: Text | None
    sources: list[int]


@dataclass(frozen=True)
class Table:
    """Parts of one sort.

    Attributes:
        name: a word for the sort, for the page's address and style.
        title: what they are called.
        columns: the headings.
        rows: the parts.
        numeric: the column that holds numbers, counted from 0; -1 where none does.
        more: where all rows stand; empty where these are all.
    """

    name: str
    title: str
    columns: list[str]
    rows: list[Row]
    numeric: int = -1
    more: str = ""

    @property
    def sourced(self) -> bool:
        """Whether any row names a source."""
        return any(row.sources for row in self.rows)

    def filled(self) -> Table:
        """Return the table without the columns that are empty in every row."""
        kept = [i for i in range(len(self.columns)) if any(row.cells[i] for row in self.rows)]
        rows = [row._replace(cells=[row.cells[i] for i in kept]) for row in self.rows]
        numeric = kept.index(self.numeric) if self.numeric in kept else -1
        columns = [self.columns[i] for i in kept]
        return replace(self, columns=columns, rows=rows, numeric=numeric)


def tables(scribe: Scribe, whole: NamedNode, everything: dict[NamedNode, About]) -> list[Table]:
    """Return the tables of a resource's parts that it has."""
    inside = _Parts(scribe, whole, everything)
    made = {
        scribe.space.term("figure"): inside.figures,
        DCTERMS.hasPart: inside.phases,
        PROV.qualifiedAttribution: inside.involvements,
        SCHEMA.potentialAction: inside.uses,
        SCHEMA.distribution: inside.files,
        scribe.space.term("formerName"): inside.former_names,
    }
    found = [make() for predicate, make in made.items() if predicate in everything[whole]]
    return [table.filled() for table in found if table.rows]


def figures(scribe: Scribe, whole: NamedNode, everything: dict[NamedNode, About]) -> Table:
    """Return the table of a resource's figures: what, how much, as of when."""
    return _Parts(scribe, whole, everything).figures()


@dataclass(frozen=True)
class _Parts:
    scribe: Scribe
    whole: NamedNode
    everything: dict[NamedNode, About]

    def figures(self) -> Table:
        rows = [
            self._row(node, about, [self._measure(about)], [self._amount(about)], self._asof(about))
            for node, about in self._at(self.scribe.space.term("figure"))
        ]
        rows.sort(key=lambda row: row.cells[0][0].text.words)
        columns = [_("What"), _("Value"), _("As of")]
        return Table("figures", _("Figures"), columns, rows, numeric=1)

    def phases(self) -> Table:
        rows = [
            self._row(node, about, self._name(about), self._span(about))
            for node, about in self._at(DCTERMS.hasPart)
        ]
        return Table("phases", _("Phases"), [_("Phase"), _("Time")], rows)

    def involvements(self) -> Table:
        rows = [
            self._row(
                node,
                about,
                self._links(about, PROV.agent),
                self._links(about, DCAT.hadRole),
                self._span(about),
            )
            for node, about in self._at(PROV.qualifiedAttribution)
        ]
        columns = [_("Who"), _("Role"), _("Time")]
        return Table("involvements", _("Involved in a role"), columns, rows)

    def uses(self) -> Table:
        rows = [
            self._row(node, about, self._links(about, SCHEMA.agent), self._words(about))
            for node, about in self._at(SCHEMA.potentialAction)
        ]
        columns = [_("Who"), _("As stated in the source")]
        return Table("uses", _("Used by"), columns, rows)

    def files(self) -> Table:
        rows = [
            self._row(
                node,
                about,
                self._name(about) or [Value(Text(_("File")))],
                self._links(about, DCTERMS.format),
                self._size(about),
                self._links(about, SCHEMA.contentUrl) or self._links(about, DCAT.accessURL),
                self._links(about, SCHEMA.license),
            )
            for node, about in self._at(SCHEMA.distribution)
        ]
        columns = [_("File"), _("Format"), _("Size"), _("Address"), _("Licence")]
        return Table("files", _("Files"), columns, rows)

    def former_names(self) -> Table:
        rows = [
            self._row(node, about, self._name(about), self._span(about))
            for node, about in self._at(self.scribe.space.term("formerName"))
        ]
        return Table("names", _("Former names"), [_("Name"), _("Time")], rows)

    def _at(self, predicate: NamedNode) -> Iterator[tuple[NamedNode, About]]:
        """Yield the parts that the whole has by a property, and what is stated about them."""
        for node in self.everything[self.whole].get(predicate, ()):
            if isinstance(node, NamedNode) and node in self.everything:
                yield node, self.everything[node]

    def _row(self, node: NamedNode, about: About, *cells: list[Value]) -> Row:
        notes = pick_all(_literals(about, SKOS.note), self.scribe.language)
        return Row(
            node.value.removeprefix(f"{self.whole.value}/"),
            list(cells),
            notes[0] if notes else None,
            self.scribe.cite(about, PROV.wasDerivedFrom),
        )

    def _name(self, about: About) -> list[Value]:
        return [Value(t) for t in pick_all(_literals(about, SCHEMA.name), self.scribe.language)]

    def _words(self, about: About) -> list[Value]:
        return [Value(Text(found.value)) for found in _literals(about, SCHEMA.description)]

    def _links(self, about: About, predicate: NamedNode) -> list[Value]:
        return [self.scribe.value(found) for found in about.get(predicate, ())]

    def _span(self, about: About) -> list[Value]:
        words = self.scribe.wording.span(
            _first(about, SCHEMA.startDate), _first(about, SCHEMA.endDate)
        )
        return [Value(Text(words))] if words else []

    def _asof(self, about: About) -> list[Value]:
        found = _first(about, SCHEMA.observationDate)
        return [Value(Text(self.scribe.wording.date(found)))] if found else []

    def _size(self, about: About) -> list[Value]:
        found = _first(about, DCAT.byteSize)
        return [Value(Text(self.scribe.wording.size(int(found))))] if found else []

    def _measure(self, about: About) -> Value:
        measured = about.get(SCHEMA.measuredProperty, [])
        return self.scribe.value(measured[0]) if measured else Value(Text("–"))

    def _amount(self, about: About) -> Value:
        least, most = _first(about, SCHEMA.minValue), _first(about, SCHEMA.maxValue)
        value = _first(about, SCHEMA.value)
        if value is not None:
            words = self._unit(value, about)
            about_words = _("about %(number)s", number=words)
            return Value(Text(about_words if self._approximate(about) else words))
        if least is not None:
            return Value(Text(_("more than %(number)s", number=self._unit(least, about))))
        return Value(Text(_("at most %(number)s", number=self._unit(most or "", about))))

    def _approximate(self, about: About) -> bool:
        return _first(about, self.scribe.space.term("approximate")) == "true"

    def _unit(self, value: str, about: About) -> str:
        currency, unit = _first(about, SCHEMA.currency), _first(about, SCHEMA.unitText)
        if currency:
            return self.scribe.wording.money(value, currency)
        if unit == "%":
            return self.scribe.wording.percent(value)
        return " ".join(filter(None, (self.scribe.wording.number(value), unit)))


def _literals(about: About, predicate: NamedNode) -> list[Literal]:
    return [found for found in about.get(predicate, ()) if isinstance(found, Literal)]


def _first(about: About, predicate: NamedNode) -> str | None:
    found = about.get(predicate)
    return found[0].value if found else None
