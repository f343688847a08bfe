"""Projects: their phases in time, and where their leads are."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from lod.vocab import DCTERMS, PROV, SCHEMA
from lod.web.portraits.scope import Scope, of_undertakings
from lod.web.portraits.sections import Drawn, Section
from lod.web.portraits.stretches import first
from lod.web.portraits.times import Stretch, timeline
from lod.web.scribe import Value
from lod.web.translate import _
from lod.web.wording import Text, pick_all


def project(scope: Scope) -> Iterator[Section]:
    """Yield the phases of a project, and its leads on a map."""
    found = scope.edition.undertakings.of_project.get(scope.reference, ())
    if any(one.point for one in found):
        title = _("Who leads it")
        drawn = of_undertakings(scope.scribe, title, found)
        yield Drawn("leads", title, drawn, scope.values(one.place for one in found))
    phases = timeline("phases", _("Phases"), _phases(scope))
    if phases is not None:
        yield phases


def _phases(scope: Scope) -> Iterator[Stretch]:
    for node in scope.about.get(DCTERMS.hasPart, ()):
        about = scope.everything.get(node, {}) if isinstance(node, NamedNode) else {}
        names = [name for name in about.get(SCHEMA.name, ()) if isinstance(name, Literal)]
        start, end = first(about, SCHEMA.startDate), first(about, SCHEMA.endDate)
        for text in pick_all(names, scope.scribe.language)[:1] or [Text(_("Phase"))]:
            words = scope.scribe.wording.span(start or None, end or None)
            sources = scope.scribe.cite(about, PROV.wasDerivedFrom)
            anchor = scope.part(node)
            yield Stretch(Value(text), words, start, end, sources, anchor)
