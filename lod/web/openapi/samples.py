"""What the description says of the edition that it is read from: its kinds, and examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from lod.iri import KINDS
from lod.vocab import RDF
from lod.web.edition import Edition
from lod.web.labels import Labels
from lod.web.mentions import mentioned
from lod.web.queries import examples
from lod.web.site import featured_of

_LOOKED_AT = 100
"""Resources of a kind among which one with a part is looked for."""
_NOWHERE = f"{KINDS[0]}/example"
"""Stands for a resource in an edition without any."""


@dataclass(frozen=True)
class Samples:
    """What there is in an edition, and what of it can be tried.

    Attributes:
        base: the publication's base IRI.
        kinds: of which there are records.
        languages: of the pages.
        questions: the names of the questions.
        reference: a resource that others name.
        whole: a resource with a part.
        inside: the path of the part.
        term: a property that the resource has values of, as its short IRI.
        name: of the resource.
    """

    base: str
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    questions: tuple[str, ...]
    reference: str
    whole: str
    inside: str
    term: str
    name: str

    @property
    def kind(self) -> str:
        """The kind of the resource."""
        return self.reference.partition("/")[0]

    @property
    def slug(self) -> str:
        """The slug of the resource."""
        return self.reference.partition("/")[2]


def samples(served: Edition) -> Samples:
    """Choose what to try of an edition."""
    store = served.store
    candidates = list(_candidates(served))
    named = (one for one in candidates if mentioned(served, one).groups)
    reference = next(named, next(iter(candidates), _NOWHERE))
    whole, inside = next(_parts(served, candidates), (reference, "part"))
    thing = store.space.thing(reference)
    stated = [triple.predicate for triple in store.describe(reference) if triple.subject == thing]
    known = served.search.of([reference]).get(reference)
    return Samples(
        base=served.base,
        kinds=tuple(kind for kind in KINDS if store.counts.get(kind)) or KINDS,
        languages=served.languages,
        questions=tuple(one.name for one in examples(served.base)),
        reference=reference,
        whole=whole,
        inside=inside,
        term=Labels(store.style).curie(next((p for p in stated if p != RDF.type), RDF.type)),
        name=next(iter(known.names.values()), reference) if known else reference,
    )


def _candidates(served: Edition) -> Iterator[str]:
    """Yield resources, the best connected places first: everybody knows some town."""
    yield from sorted(featured_of(served), key=lambda one: not one.startswith(KINDS[0]))
    for kind in KINDS:
        for entry in served.store.resources(kind, limit=_LOOKED_AT):
            yield entry.reference


def _parts(served: Edition, references: list[str]) -> Iterator[tuple[str, str]]:
    """Yield resources that have a part, each with the path of the part."""
    for reference in references:
        start = f"{served.store.space.thing(reference).value}/"
        for triple in served.store.describe(reference):
            if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(start):
                yield reference, triple.subject.value.removeprefix(start)
