"""The form by which clients ask for triple pattern fragments.

Spec: https://linkeddatafragments.org/specification/triple-pattern-fragments/
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from lod.vocab import HYDRA, RDF

POSITIONS = {"subject": RDF.subject, "predicate": RDF.predicate, "object": RDF.object}
"""The variables of the form, and what each stands for."""


def form(dataset: NamedNode, address: str) -> Iterator[Triple]:
    """Yield the form by which the fragments of a dataset are asked for.

    Args:
        dataset: what the fragments are of.
        address: of the fragments, as the client has to ask for it.
    """
    search = NamedNode(f"{address}#pattern")
    template = f"{address}{{?{','.join(POSITIONS)}}}"
    yield Triple(dataset, HYDRA.search, search)
    yield Triple(search, RDF.type, HYDRA.IriTemplate)
    yield Triple(search, HYDRA.template, Literal(template))
    yield Triple(search, HYDRA.variableRepresentation, HYDRA.ExplicitRepresentation)
    for name, property_ in POSITIONS.items():
        field = NamedNode(f"{address}#{name}")
        yield Triple(search, HYDRA.mapping, field)
        yield Triple(field, RDF.type, HYDRA.IriTemplateMapping)
        yield Triple(field, HYDRA.variable, Literal(name))
        yield Triple(field, HYDRA.property, property_)
