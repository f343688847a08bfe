"""The datasets that others publish and a record describes, as a catalog takes them.

Spec: https://www.dcat-ap.de/def/dcatde/3.0/spec/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from pyoxigraph import NamedNode, Triple

from lod.catalog import controlled as terms
from lod.iri import Space
from lod.mapping.common import GEONAMES, KEYS
from lod.vocab import (
    ADMS,
    DCAT,
    DCATAP,
    DCATDE,
    DCTERMS,
    FOAF,
    GEO,
    OWL,
    RDF,
    SCHEMA,
    SKOS,
    SPDX,
    VCARD,
)

_PROFILE = tuple(v.iri for v in (DCAT, DCTERMS, DCATAP, DCATDE, ADMS, SPDX, VCARD, FOAF))
_ELSEWHERE = frozenset({DCTERMS.subject})
"""What the profile has no place for: topics are resources of ours, which a portal can't read."""
_KINDS = {
    "municipality": "LocalAuthority",
    "district": "LocalAuthority",
    "state": "RegionalAuthority",
}
_FORMS = {
    "company": "Company",
    "public-company": "Company",
    "municipal-company": "Company",
    "bank": "Company",
    "foundation": "NonProfitOrganisation",
    "association": "NonProfitOrganisation",
    "municipal-association": "NonProfitOrganisation",
    "research-institute": "Academia-ScientificOrganisation",
}
"""Form of organisation → publisher type; a ministry may be a state's or the federation's."""


def recorded(
    datasets: Iterable[str], about: Callable[[str], Sequence[Triple]], space: Space
) -> list[Triple]:
    """Return the triples about the datasets that have a record, their publishers and places.

    Only the profile's properties are kept; the rest stands in the datasets' own documents.

    Args:
        datasets: their references.
        about: reference → the triples about a resource and its parts.
        space: of the publication.
    """
    found = chain.from_iterable(_dataset(one, about, space) for one in datasets)
    return sorted(set(found), key=str)


def _dataset(
    reference: str, about: Callable[[str], Sequence[Triple]], space: Space
) -> Iterator[Triple]:
    triples = about(reference)
    subject = space.thing(reference)
    yield from filter(_profiled, triples)
    for triple in triples:
        named = _reference(triple.object, space) if triple.subject == subject else None
        if named and triple.predicate == DCTERMS.publisher:
            yield from _agent(named, about(named), space)
        elif named and triple.predicate == DCTERMS.spatial:
            yield from _place(subject, space.thing(named), about(named))


def _reference(term: object, space: Space) -> str | None:
    return space.reference(term.value) if isinstance(term, NamedNode) else None


def _profiled(triple: Triple) -> bool:
    if triple.predicate == RDF.type:
        return str(triple.object)[1:-1].startswith(_PROFILE)
    return triple.predicate.value.startswith(_PROFILE) and triple.predicate not in _ELSEWHERE


def _agent(reference: str, triples: Sequence[Triple], space: Space) -> Iterator[Triple]:
    node, own = space.agent(reference), space.thing(reference)
    yield Triple(node, RDF.type, FOAF.Agent)
    form = ""
    for triple in triples:
        if triple.subject == node and triple.predicate in (FOAF.name, FOAF.homepage):
            yield triple
        if triple.subject == own and triple.predicate == DCTERMS.type:
            form = (_reference(triple.object, space) or "").removeprefix("topic/")
    code = _KINDS.get(reference.partition("/")[0]) or _FORMS.get(form)
    if code is not None:
        yield Triple(node, DCTERMS.type, terms.listed(terms.PUBLISHER, code))


def _place(dataset: NamedNode, own: NamedNode, triples: Sequence[Triple]) -> Iterator[Triple]:
    """Yield a place by our own IRI and by those that portals know."""
    about = [triple for triple in triples if triple.subject == own]
    names = [t.object for t in about if t.predicate == SCHEMA.name]
    points = [t.object for t in triples if t.predicate == GEO.asWKT]
    nodes = [own, *(t.object for t in about if t.predicate == OWL.sameAs and _official(t))]
    for node in nodes:
        if isinstance(node, NamedNode):
            yield Triple(dataset, DCTERMS.spatial, node)
            yield Triple(node, RDF.type, DCTERMS.Location)
            yield from (Triple(node, SKOS.prefLabel, name) for name in names)
            yield from (Triple(node, DCAT.centroid, point) for point in points)


def _official(triple: Triple) -> bool:
    return str(triple.object)[1:-1].startswith((KEYS, GEONAMES))
