"""The results of the checks in the Evaluation and Report Language.

Spec: https://www.w3.org/TR/EARL10-Schema/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from lod.conformance.checks import CHECKS, Check
from lod.mapping.rules import date_literal
from lod.vocab import DCTERMS, EARL, RDF


def assertions(checks: Sequence[Check], base: str, subject: str, modified: str) -> Iterator[Triple]:
    """Yield the results as statements about a release.

    Args:
        checks: the results.
        base: the publication's base IRI.
        subject: IRI of the release as dataset.
        modified: the date of the edition.
    """
    document = NamedNode(f"{base}conformance")
    program = NamedNode(f"{document.value}#program")
    yield Triple(program, RDF.type, EARL.Software)
    yield Triple(program, DCTERMS.title, Literal("lod build"))
    for check in checks:
        assertion = NamedNode(f"{document.value}#{check.name}")
        yield Triple(document, DCTERMS.hasPart, assertion)
        yield Triple(assertion, RDF.type, EARL.Assertion)
        yield Triple(assertion, EARL.assertedBy, program)
        yield Triple(assertion, EARL.subject, NamedNode(subject))
        yield Triple(assertion, EARL.mode, EARL.automatic)
        yield from _tested(check, assertion, modified)


def _tested(check: Check, assertion: NamedNode, modified: str) -> Iterator[Triple]:
    test = NamedNode(f"{assertion.value}/test")
    result = NamedNode(f"{assertion.value}/result")
    yield Triple(assertion, EARL.test, test)
    yield Triple(test, RDF.type, EARL.TestCriterion)
    yield Triple(test, DCTERMS.title, Literal(CHECKS[check.name].__doc__ or "", language="en"))
    yield Triple(assertion, EARL.result, result)
    yield Triple(result, RDF.type, EARL.TestResult)
    yield Triple(result, EARL.outcome, EARL.passed if check.passed else EARL.failed)
    yield Triple(result, DCTERMS.date, date_literal(modified))
    told = [f"{name}: {number}" for name, number in check.counts.items()]
    yield Triple(result, EARL.info, Literal("\n".join([*told, *check.findings]), language="en"))
