"""The SHACL report of a validation as RDF, without blank nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from lod.iri import Space
from lod.validation.findings import Finding, violations
from lod.vocab import RDF, SH, XSD

_SEVERITIES = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}


def report_triples(findings: Sequence[Finding], space: Space) -> list[Triple]:
    """Return the validation report about findings, its results numbered in their order.

    Only violations keep a graph from conforming, and the report says so in the word that SHACL 1.2
    has for it; to SHACL 1.0, warnings and infos did too. A longer path has no IRI to stand for it,
    so a result states its path only where that is one property; the shape of the result, which is
    published beside the report, states every path.

    Spec: https://www.w3.org/TR/shacl12-core/#validation-report
    """
    report = NamedNode(f"{space.base}report")
    conforms = Literal("false" if violations(findings) else "true", datatype=XSD.boolean)
    triples = [
        Triple(report, RDF.type, SH.ValidationReport),
        Triple(report, SH.conforms, conforms),
        Triple(report, SH.conformanceDisallows, SH.Violation),
    ]
    for number, finding in enumerate(findings, start=1):
        result = NamedNode(f"{report.value}#result-{number}")
        triples.append(Triple(report, SH.result, result))
        triples += _result(result, finding)
    return triples


def _result(result: NamedNode, finding: Finding) -> Iterator[Triple]:
    yield Triple(result, RDF.type, SH.ValidationResult)
    yield Triple(result, SH.resultSeverity, _SEVERITIES[finding.severity])
    yield Triple(result, SH.focusNode, NamedNode(finding.focus))
    if finding.path is not None and finding.simple:
        yield Triple(result, SH.resultPath, NamedNode(finding.path))
    if finding.term is not None:
        yield Triple(result, SH.value, finding.term)
    yield Triple(result, SH.sourceShape, NamedNode(finding.shape))
    yield Triple(result, SH.sourceConstraintComponent, NamedNode(finding.constraint))
    for language, words in finding.messages.items():
        yield Triple(result, SH.resultMessage, Literal(words, language=language or None))
