"""The search index for the browser: what bears a name or a key, in many small files.

A word is looked up in the file of its beginning, so that a search fetches some kilobytes and not
all names of a country.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lod.export.renderer import Made, Renderer
from lod.search import PROPERTIES, Known
from lod.search.folding import compact, tokens
from lod.search.index import CORE
from lod.web.wording import pick

FOLDER = "search-index"
CONTENTS = "contents"
_LETTERS, _DIGITS = 2, 4
"""So much of a word names its file; keys of one state begin alike."""
_CODES = tuple(one.id for one in PROPERTIES if one.key or one.id == "code")


def index(renderer: Renderer) -> Iterator[Made]:
    """Yield the page to search on, and the index that its script reads."""
    yield from renderer.document("search")
    shards: dict[str, list[list[Any]]] = {}
    for known, words in _listed(renderer):
        entry = _entry(known, words, renderer.languages)
        for shard in sorted({shard_of(word) for word in words}):
            shards.setdefault(shard, []).append(entry)
    for shard, entries in sorted(shards.items()):
        yield Made(f"{FOLDER}/{shard}.json", _json(entries))
    yield Made(f"{FOLDER}/{CONTENTS}.json", _json(sorted(shards)))


def shard_of(word: str) -> str:
    """Return the name of the file that a folded word is looked up in.

    >>> shard_of("jena"), shard_of("16053000"), shard_of("šumava")
    ('je', '1605', 'other')
    """
    start = word[:_DIGITS] if word[:1].isdigit() else word[:_LETTERS]
    return start if start.isascii() else "other"


def _listed(renderer: Renderer) -> Iterator[tuple[Known, list[str]]]:
    """Yield each resource with the folded words that find it, the weightiest first."""
    store, search = renderer.store, renderer.edition.search
    references = [
        one.reference for kind in store.counts for one in store.resources(kind, limit=10**9)
    ]
    every = sorted(search.of(references).values(), key=lambda known: known.entry)
    names = search.names([known.entry for known in every])
    for known in every:
        called = [name for name, sort in names.get(known.entry, []) if sort != CORE]
        codes = [str(code) for name in _CODES for code in known.facts.get(name, ())]
        words = [word for name in called for word in tokens(name)]
        yield known, list(dict.fromkeys([*words, *map(compact, (*called, *codes))]))


def _entry(known: Known, words: list[str], languages: tuple[str, ...]) -> list[Any]:
    """Return what the script knows: rank, reference, words, and the name in each language."""
    slug = known.reference.partition("/")[2]
    names = [text.words if (text := pick(known.names, one)) else slug for one in languages]
    return [known.entry, known.reference, " ".join(words), *dict.fromkeys(names)]


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
