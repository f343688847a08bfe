"""What the fast engine is trusted with: what the differential suite has proven, by name.

A shape that uses anything else is evaluated by pyshacl alone. The suite
(``tests/test_validation_engines.py``) holds the two to the same verdicts by the tests of the W3C,
all examples of our shapes, and random changes of the real data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import rdflib
from rdflib.namespace import SH, XSD
from rdflib.term import Node

_TERMS = frozenset(
    SH[name]
    for name in (
        # Constraints
        "class", "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive",
        "maxExclusive", "maxInclusive", "minLength", "maxLength", "pattern", "languageIn",
        "uniqueLang", "equals", "disjoint", "lessThan", "lessThanOrEquals", "not", "and", "or",
        "xone", "node", "property", "qualifiedValueShape", "qualifiedMinCount",
        "qualifiedMaxCount", "qualifiedValueShapesDisjoint", "closed", "ignoredProperties",
        "hasValue", "in", "sparql", "select", "prefixes", "declare", "prefix", "namespace",
        # Targets and paths
        "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "path", "inversePath",
        "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath",
        # What asks for nothing
        "severity", "message", "name", "description", "order", "group", "defaultValue",
        "deactivated",
        # Objects
        "NodeShape", "PropertyShape", "PropertyGroup", "SPARQLConstraint", "PrefixDeclaration",
        "Violation", "Warning", "Info", "IRI", "Literal", "BlankNode", "BlankNodeOrIRI",
        "BlankNodeOrLiteral", "IRIOrLiteral",
    )
)  # fmt: skip
"""Of the terms of SHACL, those that the two engines are proven to understand alike."""
_OWN_REGEX = re.compile(r"\\[A-Zabce-z0-9]|\(\?(?!:)|\[[^\]]*(?:\[|&&|--|~~)|\{,")
"""What regular expressions write differently, or only those of Python have."""
_ASIDE = re.compile(r"""#[^\n]*|<[^<>\s]*>|"[^"]*"|'[^']*'""")
"""Of a query, what isn't its keywords."""
_NOT_PART = frozenset({SH[f"target{kind}"] for kind in ("Class", "Node")} | {SH["class"]})


def unproven(shapes: rdflib.Graph, unit: Node) -> list[str]:
    """Return the names of what a shape and those inside it use beyond what is proven.

    Args:
        shapes: all shapes.
        unit: one of them.
    """
    custom = _custom(shapes)
    return sorted({name for triple in parts(shapes, unit) for name in _names(triple, custom)})


def parts(shapes: rdflib.Graph, unit: Node) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the triples of a shape and of all that it refers to."""
    seen, ahead = {unit}, [unit]
    while ahead:
        node = ahead.pop()
        for predicate, object_ in shapes.predicate_objects(node):
            yield node, predicate, object_
            if predicate not in _NOT_PART and object_ not in seen:
                seen.add(object_)
                ahead.append(object_)


def _names(triple: tuple[Node, Node, Node], custom: set[Node]) -> Iterator[str]:
    _, predicate, object_ = triple
    for term in (predicate, object_):
        if term in custom or (_is_shacl(term) and term not in _TERMS):
            yield _short(term)
    if _is_shacl(predicate) and _boolean(object_) and str(object_) not in ("true", "false"):
        yield f'{_short(predicate)} "{object_}"'
    if predicate == SH.pattern and _OWN_REGEX.search(str(object_)):
        yield f"sh:pattern {str(object_)!r}"
    if predicate == SH.select and _nested(str(object_)):
        yield "sh:select with a SELECT inside"


def _boolean(node: Node) -> bool:
    return isinstance(node, rdflib.Literal) and node.datatype == XSD.boolean


def _custom(shapes: rdflib.Graph) -> set[Node]:
    """Return the parameters of constraint components that the shapes declare themselves."""
    return {
        path
        for component in shapes.subjects(SH.parameter)
        for parameter in shapes.objects(component, SH.parameter)
        for path in shapes.objects(parameter, SH.path)
    }


def _nested(query: str) -> bool:
    return len(re.findall(r"\bSELECT\b", _ASIDE.sub(" ", query), re.IGNORECASE)) > 1


def _is_shacl(term: Node) -> bool:
    # rdflib's namespace lacks the terms of SHACL 1.2, which the fast engine knows.
    return isinstance(term, rdflib.URIRef) and str(term).startswith(str(SH))


def _short(term: Node) -> str:
    return f"sh:{str(term).removeprefix(str(SH))}" if _is_shacl(term) else f"<{term}>"
