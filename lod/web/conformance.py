"""``/conformance``: what the release's own checks found."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response
from werkzeug.exceptions import NotFound

from lod.conformance import CONFORMANCE, Check, assertions, read
from lod.formats import ordered
from lod.web.respond import Document, Page, extension_of, respond
from lod.web.translate import _
from lod.web.visit import edition


def conformance(extension: str = "") -> Response:
    """Answer with the results of the checks that were made of the release when it was built."""
    release = edition().store.release
    checks = read(release.path)
    if checks is None:
        raise NotFound  # The release is from before there were any.
    base = edition().base
    modified = edition().store.publication.modified
    return respond(
        Document(
            "conformance",
            lambda: ordered(assertions(checks, base, f"{base}catalog#all", modified)),
            lambda: Page("conformance.html", _shown(checks)),
            extension_of(extension),
        )
    )


def _shown(checks: list[Check]) -> dict[str, object]:
    return {
        "checks": [(check, *_words()[check.name]) for check in checks],
        "counted": _counted(),
        "graded": _graded(),
        "passed": sum(check.passed for check in checks),
        "file": CONFORMANCE,
    }


def _words() -> Mapping[str, tuple[str, str]]:
    """Return the title and the explanation of each check in the reader's language."""
    return {
        "shapes": (
            _("Shapes"),
            _(
                "SHACL checks the whole graph. A release with a violation isn’t published; "
                "warnings and hints are, shape by shape."
            ),
        ),
        "catalog": (
            _("Catalog"),
            _(
                "Would GovData, data.europa.eu and a CKAN portal take the catalog? "
                "The built-in checks of lod preflight say what each of them minds."
            ),
        ),
        "dumps": (
            _("Downloads"),
            _(
                "The whole in Turtle, JSON-LD, N-Triples and RDF/XML is read again. "
                "Each file must hold the same statements."
            ),
        ),
        "checksums": (
            _("Checksums"),
            _("Each file has the size and the checksum that the catalog states."),
        ),
        "statistics": (
            _("Statistics"),
            _(
                "The numbers of the VoID description are counted again in the N-Triples, for the "
                "whole, each class and each property; the store has as many statements."
            ),
        ),
        "links": (
            _("Internal links"),
            _("Whatever one of our resources links to among the others is described."),
        ),
    }


def _counted() -> Mapping[str, str]:
    """Return what a number counts, in the reader's language."""
    return {
        "violation": _("Violations"),
        "warning": _("Warnings"),
        "info": _("Hints"),
        "files": _("Files"),
        "triples": _("Statements"),
        "numbers": _("Numbers compared"),
        "links": _("Links"),
        "missing": _("Resources not described"),
    }


def _graded() -> Mapping[str, str]:
    """Return how grave a finding is, in the reader's language, by the word that it begins with."""
    return {"Violation": _("Violation"), "Warning": _("Warning"), "Info": _("Hint")}
