"""What lists tell of their entries beside the name: the index says what the graph says."""

from __future__ import annotations

from itertools import islice

import pytest
from flask import Flask
from pyoxigraph import Literal, NamedNode

from lod.iri import KINDS
from lod.web.beside import COLUMNS, rows
from lod.web.edition import Edition
from lod.web.facets.narrowed import Narrowed
from lod.web.labels import Labels
from lod.web.scribe import Scribe, Value
from lod.web.visit import edition, reader
from lod.web.wording import Text

MOST = 300
"""Entries of a kind that are looked at."""


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", COLUMNS)
def test_cells_are_those_of_the_graph(app: Flask, kind: str, language: str) -> None:
    with app.test_request_context(f"/doc/{kind}?lang={language}"):
        app.preprocess_request()
        served = edition()
        references = list(islice(Narrowed(kind).references(), MOST))
        scribe = Scribe(served.store, Labels(served.store.style), reader())
        found = rows(scribe, kind, list(served.search.of(references).values()))
        assert len(found) == min(served.store.count(kind), MOST)
        names = served.store.names(references)
        for reference, row in zip(references, found, strict=True):
            assert row.value.text.words in names[reference].values()
            assert row.value.href.startswith(f"/doc/{reference}")
            assert [set(cell) for cell in row.cells] == _of_the_graph(served, scribe, reference)


def _of_the_graph(served: Edition, scribe: Scribe, reference: str) -> list[set[Value]]:
    """Return the values of each column, without those that read the same as others."""
    cells = []
    for column in COLUMNS[reference.partition("/")[0]]:
        heading = column.heading
        node = scribe.space.term(heading) if isinstance(heading, str) else heading
        objects = [one.object for one in served.store.about(reference, node)]
        scribe.learn(one for one in objects if isinstance(one, NamedNode))
        values = (scribe.value(one) for one in objects if isinstance(one, NamedNode | Literal))
        cells.append(set({one.text.words: one for one in values}.values()))
    return cells


def test_columns_are_of_kinds() -> None:
    assert COLUMNS.keys() <= set(KINDS)


def test_values_write_themselves() -> None:
    assert Value(Text("A & B", 'e"n')).__html__() == '<span lang="e&#34;n">A &amp; B</span>'
    assert Value(Text("ä"), "/doc/a?b&c").__html__() == '<a href="/doc/a?b&amp;c">ä</a>'
    outward = Value(Text("<x>"), "https://a.example/", outward=True)
    assert outward.__html__() == (
        '<a href="https://a.example/" class="outward" rel="external">&lt;x&gt;</a>'
    )
