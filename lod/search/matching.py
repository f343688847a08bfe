"""What a cell of somebody's table means: candidates with scores that a person finds right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lod.iri import REFERENCE
from lod.search.asking import Known, Search
from lod.search.folding import LONGEST, compact, distance, slips, strict, tokens
from lod.search.forms import Form, fits, stripped
from lod.search.index import CORE, FORMER, NAME
from lod.search.properties import BY_ID, Fact

SURE = 90.0
"""The score from which a candidate may be taken without a person looking."""
GAP = 8.0
"""How far the next candidate must stay behind."""
_POOL = 300
"""Resources that are looked at for one name."""
_SAME_TOWN = frozenset({"kreisfreie-stadt-als-kreis", "stadtkreis-als-kreis"})
_LINKING = frozenset(
    {"a", "am", "an", "auf", "b", "bei", "d", "dem", "den", "der", "die", "i", "im", "in", "o",
     "ob", "u", "und", "unter", "v", "vor", "zu", "zum", "zur"}
)  # fmt: skip
_WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)")
_LENGTHS = {4: 5, 7: 8, 11: 12}
"""Digits of a key that lost its leading zero → digits that it has."""
STATES = {
    "bw": "08", "by": "09", "be": "11", "bb": "12", "hb": "04", "hh": "02", "he": "06",
    "mv": "13", "ni": "03", "nds": "03", "nw": "05", "nrw": "05", "rp": "07", "rlp": "07",
    "sl": "10", "sn": "14", "st": "15", "lsa": "15", "sh": "01", "th": "16",
}  # fmt: skip
"""Abbreviations of the states → their keys."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    Attributes:
        words: a name, a key, or an address.
        kinds: that it may be of; empty for any.
        strict: whether it must be of one of them.
        properties: property → values that it should have.
    """

    words: str
    kinds: tuple[str, ...] = ()
    strict: bool = True
    properties: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)


class Score(NamedTuple):
    """How well a name fits: out of 100, and why."""

    value: float
    reason: str


@dataclass(frozen=True)
class Candidate:
    """A resource that may be meant.

    Attributes:
        known: what the index knows of it.
        score: from 0 to 100.
        match: whether it can be taken without a person looking.
        features: what the score is made of.
    """

    known: Known
    score: float
    match: bool
    features: Mapping[str, float]


class Matcher:
    """Finds what names and keys mean.

    Args:
        search: the index.
        base: the publication's base IRI.
    """

    def __init__(self, search: Search, base: str) -> None:
        self._search = search
        self._base = base

    def candidates(self, wanted: Wanted, limit: int) -> list[Candidate]:
        """Return the best candidates, the best first; those alone in front are a match."""
        scored = self._named(wanted)
        for entry, score in (*self._coded(wanted), *self._coded_by_property(wanted)):
            if score.value > scored.get(entry, Score(0, "")).value:
                scored[entry] = score
        found = []
        for known in self._search.known(sorted(scored)):
            if wanted.strict and wanted.kinds and known.kind not in wanted.kinds:
                continue
            found.append(self._weighed(known, scored[known.entry], wanted))
        found.sort(key=lambda one: (-one.score, one.known.entry))
        return _decided(found[: max(limit, 2)])[:limit]

    def _weighed(self, known: Known, name: Score, wanted: Wanted) -> Candidate:
        """Return a candidate whose name fits so well, with what its properties say."""
        score = name.value
        features = {f"name_{name.reason}" if name.reason != "key" else "key": round(score, 1)}
        if wanted.kinds and known.kind not in wanted.kinds:
            score *= 0.7
        if known.form in _SAME_TOWN and "district" not in wanted.kinds and name.reason != "key":
            score -= 15  # The town is meant, not the district that it forms by itself.
        if name.reason == "core" and known.kind in wanted.kinds:
            score += 15  # «Höxter» among districts is Kreis Höxter.
        agreed = {
            id_: agrees
            for id_, values in wanted.properties.items()
            if values and (agrees := self._agrees(known, id_, values)) is not None
        }
        features |= {id_: 100.0 * agrees for id_, agrees in agreed.items()}
        score = _with_properties(score, agreed)
        return Candidate(
            known, round(min(max(score, 0.0), 100.0), 1), match=False, features=features
        )

    def _coded(self, wanted: Wanted) -> Iterator[tuple[int, Score]]:
        words = wanted.words.strip()[:LONGEST]
        reference = words.removeprefix(self._base).removeprefix("id/").removeprefix("doc/")
        if match := REFERENCE.fullmatch(reference):
            for known in self._search.of([match.group()]).values():
                yield known.entry, Score(100, "key")
        if match := _WIKIDATA.match(words):
            words = match[1]
        yield from self._keyed(words)

    def _keyed(self, words: str) -> Iterator[tuple[int, Score]]:
        value = compact(words)
        if not any(character.isdigit() for character in value):
            return
        for entry, _ in self._search.coded(value):
            yield entry, Score(100, "key")
        if value.isdigit() and len(value) in _LENGTHS:
            for entry, property_ in self._search.coded(f"0{value}"):
                if property_ in ("ags", "ars", "key"):
                    yield entry, Score(96, "key")

    def _coded_by_property(self, wanted: Wanted) -> Iterator[tuple[int, Score]]:
        """Yield what bears a key that is given as a property, whatever its name is."""
        for id_, values in wanted.properties.items():
            if id_ in BY_ID and BY_ID[id_].key:
                for value in values:
                    for entry, score in self._keyed(_last(str(value))):
                        yield entry, Score(min(score.value, 55), "key")

    def _named(self, wanted: Wanted) -> dict[int, Score]:
        """Return the resources of which a name fits, each with how well."""
        words = wanted.words.strip()[:LONGEST]
        if not compact(words):
            return {}
        found = self._scored(words, self._pool(words))
        if max((score.value for score in found.values()), default=0) < 75:
            found |= self._scored(words, self._misspelt(words))
        return {entry: score for entry, score in found.items() if score.value >= 30}

    def _pool(self, words: str) -> list[int]:
        core, _ = stripped(words)
        heads = [word for word in tokens(core) if word not in _LINKING][:1]
        pool = [*self._search.named(words), *self._search.named(core)]
        if heads and len(heads[0]) > 2:
            pool += self._search.beginning(heads[0], _POOL)
        return list(dict.fromkeys(pool))

    def _misspelt(self, words: str) -> list[int]:
        pool = []
        for name in dict.fromkeys((words, stripped(words)[0])):
            joined = self._search.corrected([compact(name)])
            pool += self._search.named("".join(joined)) if joined else []
            pool += [hit.entry for hit in self._search.find(name).hits[:50]]
        return list(dict.fromkeys(pool))

    def _scored(self, words: str, entries: Sequence[int]) -> dict[int, Score]:
        names = self._search.names(entries)
        return {
            known.entry: max(_score(words, name, sort, known) for name, sort in names[known.entry])
            for known in self._search.known(e for e in entries if e in names)
        }

    def _agrees(self, known: Known, id_: str, values: Sequence[Fact]) -> float | None:
        """Return from 0 to 1 how well a resource has a value; None where nothing is known."""
        own = known.facts.get(id_, [])
        if not own:
            return None
        resources = self._search.of(str(one) for one in own if REFERENCE.fullmatch(str(one)))
        return max(
            max(self._same(value, one, resources.get(str(one))) for one in own) for value in values
        )

    def _same(self, value: Fact, own: Fact, known: Known | None) -> float:
        if isinstance(own, int | float):
            return _near(value, own)
        words = str(value)
        if known is None:
            return float(_same_key(_last(words), _last(str(own))))
        if _last(words) == known.reference or words.endswith(f"/{known.reference}"):
            return 1.0
        key = STATES.get(words.strip().lower(), compact(words))
        if key in map(str, known.facts.get("key", [])) or words == known.reference:
            return 1.0
        names = self._search.names([known.entry]).get(known.entry, [])
        best = max((_score(words, name, sort, known).value for name, sort in names), default=0)
        return float(best >= 75)


def _with_properties(score: float, agreed: Mapping[str, float]) -> float:
    """Return a score after what properties say: they lift a good name, and sink a wrong one."""
    if not agreed:
        return score
    keys = [agrees for id_, agrees in agreed.items() if id_ in BY_ID and BY_ID[id_].key]
    if keys and max(keys) == 1.0:
        return 100.0 if score >= 60 else 85.0  # The key says so, the name something else.
    share = sum(agreed.values()) / len(agreed)
    if share == 1.0:
        return score + (100 - score) * (0.7 if score >= 60 else 0.2)
    return score * (0.5 + 0.4 * share)


def _decided(found: list[Candidate]) -> list[Candidate]:
    """Return candidates with the first one marked, if it stands alone in front."""
    if not found or found[0].score < SURE:
        return found
    if len(found) > 1 and found[0].score - found[1].score < GAP:
        return found
    return [replace(found[0], match=True), *found[1:]]


def _score(words: str, name: str, sort: int, known: Known) -> Score:
    """Return how well a name fits what was asked for."""
    best = Score(_likeness(words, name), "like")
    core, hint = stripped(words)
    if hint is not None:
        best = max(best, _by_core(core, hint, name, known))
    if sort == NAME:
        return best
    if sort == CORE:
        return Score(best.value * 0.8, "core") if hint is None else best._replace(reason="core")
    return Score(best.value - (8 if sort == FORMER else 1), "former" if sort == FORMER else "other")


def _by_core(core: str, hint: Form, name: str, known: Known) -> Score:
    likeness = _likeness(core, name)
    suits = fits(hint, known.kind, known.form)
    if suits:
        return Score(likeness - 2, "form")
    return Score(likeness * (0.85 if suits is None else 0.6), "form")


def _likeness(words: str, name: str) -> float:
    """Return from 0 to 100 how alike two names are."""
    if strict(words) == strict(name):
        return 100.0
    if compact(words) == compact(name):
        # Koln may be Köln written without its dots; Münster isn't Munster.
        return 97.0 if compact(words) == strict(words) else 85.0
    asked, own = _telling(words), _telling(name)
    return _by_words(asked, own) or _by_letters(compact(words), compact(name))


def _by_words(asked: list[str], own: list[str]) -> float:
    if asked == own:
        return 95.0
    if asked[:1] == own[:1]:
        return _by_addition(asked, own)
    return 20.0 + 70.0 * len(asked) / len(own) if asked and set(asked) <= set(own) else 0.0


def _telling(name: str) -> list[str]:
    """Return the words of a name without those that only link them."""
    words = tokens(name)
    return [word for word in words if word not in _LINKING] or words


def _by_addition(asked: list[str], own: list[str]) -> float:
    """Compare names that begin alike: Frankfurt, Frankfurt/M., Frankfurt am Main."""
    if len(asked) > len(own):
        return 30.0 + 40.0 * len(own) / len(asked) if asked[: len(own)] == own else 35.0
    if not all(_abbreviates(a, b) for a, b in zip(asked[1:], own[1:], strict=False)):
        return 40.0
    if len(asked) == len(own):
        return 93.0
    return 78.0 if len(asked) == 1 else 85.0


def _abbreviates(word: str, whole: str) -> bool:
    return whole.startswith(word) or (
        len(word) > 1 and word[0] == whole[0] and _inside(word, whole)
    )


def _inside(word: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in word)


def _by_letters(asked: str, own: str) -> float:
    if own.startswith(asked) and len(asked) > 3:
        return 45.0 + 30.0 * len(asked) / len(own)
    most = slips(asked)
    if not most or abs(len(asked) - len(own)) > most:
        return 0.0
    far = distance(asked, own)
    return 100.0 - 100.0 * far / len(asked) * 0.8 - 5.0 if far <= most else 0.0


def _near(value: Fact, own: float) -> float:
    """Return from 0 to 1 how near a number is: 1 within a tenth of it, 0 from half of it on."""
    try:
        number = float(str(value).replace(" ", "").replace(",", "."))
    except ValueError:
        return 0.0
    largest = max(abs(own), abs(number)) or 1.0
    apart = abs(number - own) / largest
    return 1.0 if apart <= 0.1 else max(0.0, 1.0 - 2 * apart)


def _same_key(one: str, other: str) -> bool:
    """Tell whether two keys are the same, one perhaps without the zero that it begins with."""
    one, other = strict(one), strict(other)
    lost = one.isdigit() and len(one) in _LENGTHS
    return one == other or (lost and f"0{one}" == other)


def _last(words: str) -> str:
    """Return the identifier at the end of an address, or words as they are."""
    match = _WIKIDATA.match(words)
    return match[1] if match else words.strip()


__all__ = ["Candidate", "Matcher", "Wanted"]
