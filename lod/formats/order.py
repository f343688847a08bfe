"""The canonical order of triples, which makes every document the same bytes each time.

A whole comes before its parts; names before other properties, sources last; objects in the order
of their N-Triples text. A *line* is a statement as a text that sorts like that: subject,
predicate and object, divided by `END`, with `STEP` where a part extends its whole and the
predicate after its rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import NamedNode, Triple

from lod.formats.statements import Statement
from lod.vocab import DCTERMS, FOAF, PROV, RDF, RDFS, SCHEMA, SKOS

END = "\0"
"""Divides a line: it sorts before all that a term can hold, so that a whole precedes its parts."""
STEP = "\x01"
"""Stands for ``/``, so that the parts of a whole follow it before any longer name does."""
_FIRST = (
    RDF.type,
    SCHEMA.name,
    SKOS.prefLabel,
    DCTERMS.title,
    FOAF.name,
    RDFS.label,
    SCHEMA.alternateName,
    SCHEMA.description,
    SKOS.definition,
)
_LAST = (SKOS.note, PROV.wasDerivedFrom)
_RANKS = {
    **{predicate: rank for rank, predicate in enumerate(_FIRST)},
    **{predicate: 1000 + rank for rank, predicate in enumerate(_LAST)},
}
_MIDDLE = 500
_DIGITS = 4
"""The length of a rank."""
_MOST = 10_000
_NEXT = " .\n<"
"""Stands between the object of a line and the subject of the next."""


def ordered(triples: Iterable[Triple]) -> list[Triple]:
    """Return distinct triples in canonical order."""
    return sorted(set(triples), key=_key)


def middle(predicate: NamedNode) -> str:
    """Return what stands between the subject and the object of a line."""
    return f"{END}{_ranked(predicate)}{END}"


def statements_of(lines: Iterable[str]) -> Iterator[Statement]:
    """Yield the statements of lines."""
    subjects, predicates = _Subjects(), _PREDICATES
    for line in lines:
        subject, predicate, object_ = line.split(END)
        yield subjects[subject], predicates[predicate], object_


def n_triples(lines: Iterable[str]) -> bytes:
    """Return lines as N-Triples, in their order."""
    found = f"<{_NEXT.join(lines)} .\n".split(END)
    found[1::2] = map(_WITHIN.__getitem__, found[1::2])
    return "".join(found).replace(STEP, "/").encode()


class _Subjects(dict[str, str]):
    def __missing__(self, subject: str) -> str:
        self[subject] = found = f"<{subject.replace(STEP, '/')}>"
        return found


class _Predicates(dict[str, str]):
    def __init__(self, form: str) -> None:
        self._form = form

    def __missing__(self, predicate: str) -> str:
        found = self._form.format(predicate[_DIGITS:])
        if len(self) < _MOST:
            self[predicate] = found
        return found


_PREDICATES, _WITHIN = _Predicates("<{}>"), _Predicates("> <{}> ")


def _key(triple: Triple) -> tuple[str, str, str]:
    return _steps(str(triple.subject)), _ranked(triple.predicate), str(triple.object)


@lru_cache(maxsize=4096)
def _steps(subject: str) -> str:
    return subject.strip("<>").replace("/", STEP) + END


@lru_cache(maxsize=1024)
def _ranked(predicate: NamedNode) -> str:
    return f"{_RANKS.get(predicate, _MIDDLE):0{_DIGITS}d}{predicate.value}"
