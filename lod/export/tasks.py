"""What there is to export, and what each step of it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lod.export import searching, site
from lod.export.addresses import stem
from lod.export.manifest import Task
from lod.export.renderer import Made, Renderer
from lod.iri import KINDS
from lod.store import Store
from lod.web import mentions
from lod.web.labels import Labels
from lod.web.paging import PAGE_SIZE

RESOURCE, LIST, SITE = "resource", "list", "site"
_MOST_VALUES = 100
"""So many values of a property stand on the page of a resource; where there are more, all of them
have pages of their own."""
_SITE: dict[str, Callable[[Renderer], Iterator[Made]]] = {
    "pages": site.pages,
    "questions": site.questions,
    "catalog": site.catalog,
    "changes": site.changes,
    "pictures": site.pictures,
    "files": site.files,
    "tables": site.tables,
    "faults": site.faults,
    "search": searching.index,
}


def tasks(store: Store) -> list[Task]:
    """Return all that there is to do, what takes longest first."""
    found = [(SITE, name) for name in _SITE]
    kinds = [kind for kind in KINDS if store.counts.get(kind)]
    for kind in kinds:
        last = -(-store.counts[kind] // PAGE_SIZE)
        found += [(LIST, f"{kind}/{number}") for number in range(1, last + 1)]
    # States have the longest lists of what names them; they mustn't be left for the end.
    for kind in sorted(kinds, key=lambda kind: store.counts[kind]):
        found += [(RESOURCE, one.reference) for one in store.resources(kind, limit=10**9)]
    return found


def made(renderer: Renderer, task: Task) -> Iterator[Made]:
    """Yield the files that a task makes."""
    kind, name = task
    if kind == RESOURCE:
        yield from _resource(renderer, name)
    elif kind == LIST:
        listed, _, number = name.partition("/")
        yield from _list(renderer, listed, int(number))
    else:
        yield from _SITE[name](renderer)


def _list(renderer: Renderer, kind: str, number: int) -> Iterator[Made]:
    page = {"page": number} if number > 1 else {}
    yield from renderer.document(f"doc/{kind}", page)
    whole = stem(f"linkset/{kind}", page)
    yield Made(f"{whole}.json", renderer.sent(f"linkset/{kind}", page))


def _resource(renderer: Renderer, reference: str) -> Iterator[Made]:
    renderer.forget()
    yield from renderer.document(f"doc/{reference}")
    yield Made(f"linkset/{reference}.json", renderer.sent(f"linkset/{reference}"))
    yield from _mentions(renderer, reference)
    for term in _long(renderer, reference):
        yield from renderer.pages(f"doc/{reference}/values", {"of": term})


def _mentions(renderer: Renderer, reference: str) -> Iterator[Made]:
    """Yield the pages of what names a resource: of all, and of each group that is cut short."""
    groups = mentions.mentioned(renderer.edition, reference).groups
    path = f"doc/{reference}/mentions"
    if groups:
        yield from renderer.pages(path)
    labels = Labels(renderer.store.style)
    for group in groups:
        if len(group.references) > mentions.SHOWN:
            term = labels.curie(group.predicate)
            yield from renderer.pages(path, {"by": term, "kind": group.kind})


def _long(renderer: Renderer, reference: str) -> list[str]:
    """Return the properties of which a resource has more values than its page shows."""
    thing = renderer.store.space.thing(reference)
    number = Counter(
        triple.predicate for triple in renderer.store.describe(reference) if triple.subject == thing
    )
    labels = Labels(renderer.store.style)
    return [labels.curie(term) for term, times in number.items() if times > _MOST_VALUES]
