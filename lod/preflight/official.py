"""The official shapes and vocabularies: read as they are meant, and what they find.

The files are the user's own copies; none is part of this project. Their known defects are worked
around here, and named wherever one was met.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode, Triple

from lod.errors import LodError
from lod.preflight.assessment import Layer, Portal, Remark, Words
from lod.preflight.graph import CatalogGraph, curie
from lod.validation import Finding, validate
from lod.validation.graphs import rdflib_graph
from lod.vocab import DCATAP, SH

VOCABULARIES = "vocabularies"
"""The folder of the background knowledge."""
_SYNTAXES = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML}
_WRONG = "<http://data.europa.eu/r5r#>"
_LISTED = frozenset(
    f"{SH.iri}{name}ConstraintComponent"
    for name in ("Class", "HasValue", "In", "Pattern", "Not", "Or")
)
"""The constraints by which the files ask for a list's terms."""
_WORDS: dict[str, tuple[str, str]] = {
    "MinCount": ("{p} ist Pflicht und fehlt.", "{p} is mandatory and missing."),
    "MaxCount": ("{p} steht zu oft.", "{p} is there too often."),
    "Class": (
        "{p}: {v} ist nicht von der verlangten Klasse.",
        "{p}: {v} isn’t of the class asked for.",
    ),
    "Datatype": ("{p}: {v} hat den falschen Datentyp.", "{p}: {v} has the wrong datatype."),
    "NodeKind": (
        "{p}: {v} ist von der falschen Art (IRI oder Text).",
        "{p}: {v} is of the wrong sort (IRI or text).",
    ),
    "HasValue": (
        "{f} steht nicht in der verlangten Liste.",
        "{f} isn’t in the list asked for.",
    ),
    "Pattern": ("{p}: {v} ist nicht aus der verlangten Liste.", "{p}: {v} isn’t of the list."),
    "UniqueLang": ("{p} steht zweimal in einer Sprache.", "{p} is there twice in a language."),
    "Not": ("{p}: {v} soll nicht mehr verwendet werden.", "{p}: {v} is deprecated."),
}


@dataclass(frozen=True)
class Profile:
    """Shapes of one profile, ready to be evaluated.

    Attributes:
        name: what it is called.
        portal: whose it is.
        shapes: the triples of all files, corrected.
        defects: what was wrong with the files.
    """

    name: str
    portal: Portal
    shapes: tuple[Triple, ...]
    defects: tuple[Words, ...]


def profiles(folder: Path) -> list[Profile]:
    """Read the profiles of a folder: each is a folder ``dcat-ap-…`` of Turtle files.

    Raises:
        LodError: there is none, or a file can't be read.
    """
    found = [_profile(path) for path in sorted(folder.glob("dcat-ap-*")) if path.is_dir()]
    if not found:
        raise LodError(
            f"{folder}: expected official shapes in folders such as dcat-ap-de-3.0/, found none. "
            "Leave --shapes out to check without them"
        )
    return found


def background(folder: Path) -> list[Triple]:
    """Read the vocabularies, which the shapes look terms up in; empty where there are none."""
    return [
        triple
        for path in sorted((folder / VOCABULARIES).glob("*"))
        if path.suffix in _SYNTAXES
        for triple in _triples(path, path.read_bytes())
    ]


def judge(
    graph: CatalogGraph, profile: Profile, known: Iterable[Triple]
) -> tuple[list[Remark], int]:
    """Return what a profile's shapes find, and how many results are about foreign nodes.

    Args:
        graph: the catalog.
        profile: the shapes.
        known: the vocabularies; pyshacl's own way to take them leaves out SKOS concepts, so they
            are part of the data.
    """
    found = validate([*graph.triples, *known], rdflib_graph(profile.shapes))
    mentioned = graph.mentioned()
    ours = [finding for finding in found if finding.focus in mentioned]
    return [_remark(finding, profile) for finding in ours], len(found) - len(ours)


def _profile(folder: Path) -> Profile:
    german = "-de-" in folder.name
    defects: list[Words] = []
    triples: list[Triple] = []
    wrong = []
    # The imports are addresses in the network; what they'd bring is in the vocabularies.
    for path in sorted(path for path in folder.glob("*.ttl") if "imports" not in path.name):
        content = path.read_bytes()
        if _WRONG.encode() in content:
            wrong.append(path.name)
            content = content.replace(_WRONG.encode(), f"<{DCATAP.iri}>".encode())
        triples += _triples(path, content)
    if wrong:
        defects.append(_namespace(folder.name, wrong))
    kept = list(_with_path(triples))
    dropped = {t.object for t in triples if t.predicate == SH.property} - {
        t.object for t in kept if t.predicate == SH.property
    }
    if dropped:
        defects.append(_pathless(folder.name, len(dropped)))
    orphans = _orphans(kept)
    if orphans:
        defects.append(_ownerless(folder.name, orphans))
    portal: Portal = "GovData" if german else "data.europa.eu"
    name = folder.name.replace("dcat-ap-de-", "DCAT-AP.de ").replace("dcat-ap-", "DCAT-AP ")
    return Profile(name, portal, tuple(kept), tuple(defects))


def _triples(path: Path, content: bytes) -> list[Triple]:
    try:
        quads = ox.parse(
            content,
            _SYNTAXES[path.suffix],
            base_iri=path.resolve().as_uri(),
            rename_blank_nodes=True,
        )
        return [quad.triple for quad in quads]
    except SyntaxError as error:
        raise LodError(f"{path}: expected {_SYNTAXES[path.suffix]}: {error.msg}") from None


def _with_path(triples: list[Triple]) -> Iterator[Triple]:
    """Leave out what is named as a property shape and has no path: pyshacl refuses it."""
    stated = {triple.subject for triple in triples if triple.predicate == SH.path}
    named = {triple.object for triple in triples if triple.predicate == SH.property}
    without = named - stated
    for triple in triples:
        if triple.subject not in without and triple.object not in without:
            yield triple


def _orphans(triples: list[Triple]) -> list[str]:
    """Return the property shapes that no node shape has: they never fire."""
    named = {triple.object for triple in triples if triple.predicate == SH.property}
    return sorted(
        triple.subject.value.rpartition("/")[2]
        for triple in triples
        if triple.predicate == SH.path
        and isinstance(triple.subject, NamedNode)
        and triple.subject not in named
    )


def _namespace(folder: str, files: list[str]) -> Words:
    names = ", ".join(files)
    return {
        "de": f"{folder}: {len(files)} Dateien ({names}) nennen dcatap: {_WRONG} statt "
        f"<{DCATAP.iri}>; ihre Regeln zu Verfügbarkeit und Rechtsgrundlage griffen sonst nie. "
        "Hier berichtigt.",
        "en": f"{folder}: {len(files)} files ({names}) have dcatap: as {_WRONG} instead of "
        f"<{DCATAP.iri}>, so that their rules on availability and legislation never fire. "
        "Corrected here.",
    }


def _pathless(folder: str, count: int) -> Words:
    return {
        "de": f"{folder}: {count} Eigenschaftsregeln ohne sh:path (SEMICeu/DCAT-AP#448). Hier "
        "weggelassen.",
        "en": f"{folder}: {count} property shapes without sh:path (SEMICeu/DCAT-AP#448). Left out "
        "here.",
    }


def _ownerless(folder: str, names: list[str]) -> Words:
    shown = ", ".join(names[:3]) + (f" … ({len(names)})" if len(names) > 3 else "")
    return {
        "de": f"{folder}: Regeln, die zu keiner Klasse gehören und nie greifen: {shown}. Geprüft "
        "wird stattdessen mit den eingebauten Tabellen.",
        "en": f"{folder}: shapes that belong to no class and never fire: {shown}. The built-in "
        "tables check it instead.",
    }


def _remark(finding: Finding, profile: Profile) -> Remark:
    return Remark(
        layer=_layer(finding),
        severity=finding.severity,
        portals=(profile.portal,),
        focus=finding.focus,
        path=curie(finding.path),
        value=finding.value,
        messages=_messages(finding),
        source=profile.name,
    )


def _layer(finding: Finding) -> Layer:
    if finding.constraint in _LISTED:
        return "vocabulary"
    return "mandatory" if finding.severity == "violation" else "recommended"


def _messages(finding: Finding) -> Words:
    """Return our words for a frequent constraint, else the official ones."""
    name = finding.constraint.removeprefix(SH.iri).removesuffix("ConstraintComponent")
    official = {code: words for code, words in finding.messages.items() if words}
    fallback = next(iter(official.values()), name)
    own = _WORDS.get(name)
    return {
        code: own[place].format(p=curie(finding.path), v=finding.value, f=finding.focus)
        if own
        else official.get(code, fallback)
        for place, code in enumerate(("de", "en"))
    }


__all__ = ["VOCABULARIES", "Profile", "background", "judge", "profiles"]
