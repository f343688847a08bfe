"""Software: where it is used, what builds on it, and what else there is to reuse."""

from __future__ import annotations

from collections.abc import Iterator

from lod.vocab import DCTERMS, SCHEMA
from lod.web.mentions import shown
from lod.web.portraits.scope import Scope, of_places
from lod.web.portraits.sections import Grouped, Links, Section
from lod.web.queries import examples
from lod.web.scribe import Value
from lod.web.translate import _
from lod.web.wording import Text

QUESTION = "software-to-reuse"
_SHOWN = 8
_LIKE_IT = f"""\
SELECT ?other {{
  $this dcterms:type ?type . ?other dcterms:type ?type ; schema:codeRepository ?source
  FILTER(?other != $this)
  OPTIONAL {{ ?other lod:usedBy ?user }}
}} GROUP BY ?other ORDER BY DESC(COUNT(?user)) ?other LIMIT {_SHOWN}"""


def software(scope: Scope) -> Iterator[Section]:
    """Yield who uses software, what builds on it, and other software to reuse."""
    title = _("Who publishes and uses it")
    used = scope.scribe.space.term("usedBy")
    drawn = of_places(scope, "users", title, scope.named(SCHEMA.publisher, used))
    if drawn is not None:
        yield drawn
    based = scope.take(SCHEMA.isBasedOn)
    if based:
        groups = [one.by_kind for one in shown(scope.scribe, scope.reference, based)]
        yield Grouped("based-on-it", _("What builds on it"), groups)
    like_it = scope.references(_LIKE_IT)
    if like_it:
        (kind,) = scope.named(DCTERMS.type)[:1]
        more = scope.scribe.page(f"doc/{kind}")
        title = _("More of this kind, with public source code")
        yield Links("like-it", title, scope.values(like_it), more)
    yield from _question(scope)


def _question(scope: Scope) -> Iterator[Links]:
    """Yield the way to the question that a reader of such a page comes with."""
    for example in examples(scope.edition.base):
        if example.name == QUESTION:
            words = Text(example.texts[scope.scribe.language])
            link = Value(words, scope.scribe.page(f"questions/{QUESTION}"))
            yield Links("reuse", _("To reuse"), [link])
