"""What is asked of the reconciliation service, read strictly, and what is answered.

Spec: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from lod.iri import KINDS, REFERENCE
from lod.search import Candidate, Known, Matcher, Property, Wanted
from lod.search.folding import LONGEST
from lod.search.properties import BY_ID, Fact
from lod.web.faults import Fault
from lod.web.scribe import kind_name
from lod.web.translate import _
from lod.web.visit import edition, reader
from lod.web.wording import pick

MOST_QUERIES = 500
MOST_IDS = 1000
MOST_PROPERTIES = 50
MOST_VALUES = 20
LIMIT, LARGEST_LIMIT = 10, 50
"""Candidates of a query: where it names no number, and at most."""
STRICT = ("any", "all", "should")


def candidates(words: str) -> dict[str, Any]:
    """Return the candidates for each query of a batch.

    Raises:
        Fault: the batch isn't one.
    """
    batch = _object(_json(words, "queries"), "queries")
    if len(batch) > MOST_QUERIES:
        raise _bad(_("A batch may have %(number)s queries.", number=MOST_QUERIES))
    asked = {key: _query(key, query) for key, query in batch.items()}
    matcher = Matcher(edition().search, edition().base)
    return {
        key: {"result": [_result(one) for one in matcher.candidates(wanted, limit)]}
        for key, (wanted, limit) in asked.items()
    }


def values(words: str) -> dict[str, Any]:
    """Return the values that resources have by some properties.

    Raises:
        Fault: that isn't what the words ask for.
    """
    asked = _object(_json(words, "extend"), "extend")
    ids = [_text(one, "ids") for one in _list(asked.get("ids"), "ids", MOST_IDS)]
    wanted = [
        _object(one, "properties")
        for one in _list(asked.get("properties"), "properties", MOST_PROPERTIES)
    ]
    names = [_text(one.get("id"), "properties.id") for one in wanted]
    known = edition().search.of(r for r in map(reference_of, ids) if REFERENCE.fullmatch(r))
    named = _named(known.values(), names)
    limits = {name: _most(one.get("settings")) for name, one in zip(names, wanted, strict=True)}
    rows = {
        id_: {
            name: _cells(known.get(reference_of(id_)), name, named)[: limits[name] or None]
            for name in names
        }
        for id_ in ids
    }
    return {"meta": [_meta(name) for name in names], "rows": rows}


def reference_of(id_: str) -> str:
    """Return the reference that an id names: ``municipality/jena``, or the address of it."""
    found = id_.strip().removeprefix(edition().base)
    return found.removeprefix("id/").removeprefix("doc/")


def type_of(kind: str) -> dict[str, str]:
    """Return a kind as the service tells of types."""
    return {"id": kind, "name": kind_name(kind, reader().language)}


def place_of(known: Known) -> str:
    """Return what tells a resource from its namesakes: what it is, and where it lies."""
    references = [str(r) for p in ("district", "state") for r in known.facts.get(p, ())]
    own = _name(known)
    names = [_name(one) for one in edition().search.of(references).values()]
    where = ", ".join(dict.fromkeys(name for name in names if name != own))
    kind = kind_name(known.kind, reader().language)
    return f"{kind}, {where}" if where else kind


def _query(key: str, given: object) -> tuple[Wanted, int]:
    query = _object(given, key)
    properties = {
        pid: tuple(found for _, found in pairs) for pid, pairs in _grouped(query, key).items()
    }
    words = _text(query.get("query", ""), f"{key}.query")
    if not words.strip() and not properties:
        raise _bad(_("“%(place)s” has neither a query nor properties.", place=key[:50]))
    types = query.get("type") or []
    kinds = tuple(
        dict.fromkeys(
            _text(one, f"{key}.type").rpartition("/")[2]
            for one in (types if isinstance(types, list) else [types])
        )
    )[: len(KINDS) + 1]
    strict = query.get("type_strict", "any")
    if strict not in STRICT:
        raise _bad(
            _("“%(place)s” takes one of: %(names)s.", place="type_strict", names="any, all, should")
        )
    if strict == "all" and len(kinds) > 1:
        kinds = ("",)  # Nothing is of two kinds.
    return Wanted(words, kinds, strict != "should", properties), _limit(query.get("limit"), key)


def _grouped(query: Mapping[str, Any], key: str) -> dict[str, list[tuple[str, Fact]]]:
    grouped: dict[str, list[tuple[str, Fact]]] = {}
    place = f"{key}.properties"
    for one in _list(query.get("properties") or [], place, MOST_PROPERTIES):
        given = _object(one, place)
        pid = _text(given.get("pid", given.get("p")), f"{place}.pid").rpartition("/")[2]
        several = given.get("v")
        for value in (several if isinstance(several, list) else [several])[:MOST_VALUES]:
            found = _value(value, place)
            if found != "":
                grouped.setdefault(pid, []).append((pid, found))
    return grouped


def _value(value: object, place: str) -> Fact:
    if isinstance(value, dict):
        return _text(value.get("id"), place)
    if value is None:
        return ""  # OpenRefine sends empty cells so.
    if isinstance(value, bool | int | float):
        return str(value)
    return _text(value, place).strip()


def _limit(limit: object, key: str) -> int:
    if limit is None:
        return LIMIT
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        place = f"{key[:50]}.limit"
        raise _bad(_("“%(place)s” takes a number from 1.", place=place))
    return int(min(limit, LARGEST_LIMIT))


def _result(candidate: Candidate) -> dict[str, Any]:
    known = candidate.known
    return {
        "id": known.reference,
        "name": _name(known),
        "description": place_of(known),
        "score": candidate.score,
        "match": candidate.match,
        "features": [{"id": id_, "value": value} for id_, value in candidate.features.items()],
        "type": [type_of(known.kind)],
    }


def _name(known: Known) -> str:
    text = pick(known.names, reader().language)
    return text.words if text else known.reference.partition("/")[2]


def _named(known: Any, names: Sequence[str]) -> dict[str, str]:
    """Return the names of the resources that values are, looked up in one pass."""
    references = {
        str(value) for one in known for name in names for value in one.facts.get(name, ())
    }
    found = edition().search.of(r for r in sorted(references) if REFERENCE.fullmatch(r))
    return {reference: _name(one) for reference, one in found.items()}


def _cells(known: Known | None, name: str, named: Mapping[str, str]) -> list[dict[str, Any]]:
    return [_cell(value, named) for value in known.facts.get(name, ())] if known else []


def _cell(value: Fact, named: Mapping[str, str]) -> dict[str, Any]:
    if isinstance(value, int):
        return {"int": value}
    if isinstance(value, float):
        return {"float": value}
    return {"id": value, "name": named[value]} if value in named else {"str": value}


def _meta(name: str) -> dict[str, Any]:
    known: Property | None = BY_ID.get(name)
    meta: dict[str, Any] = {"id": name, "name": known.label(reader().language) if known else name}
    if name in ("district", "state"):
        meta["type"] = type_of(name)
    elif name in ("seat", "part_of"):
        meta["type"] = type_of("municipality")
    return meta


def _most(settings: object) -> int:
    """Return how many values are wanted; 0 for all."""
    limit = settings.get("limit") if isinstance(settings, dict) else None
    words = str(limit)
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0


def _json(words: str, name: str) -> object:
    try:
        found: object = json.loads(words, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        detail = _("“%(name)s” isn’t JSON: %(reason)s", name=name, reason=reason[:200])
        raise Fault(400, _("Not JSON"), detail) from None
    return found


def _refuse(name: str) -> object:
    raise ValueError(name)


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _bad(_("“%(place)s” has to be an object.", place=place[:50]))
    return value


def _list(value: object, place: str, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise _bad(_("“%(place)s” has to be a list of at most %(number)s.",
                     place=place[:50], number=most))  # fmt: skip
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise _bad(_("“%(place)s” has to be text.", place=place[:50]))
    # Half of a surrogate pair, which JSON can write and no database can take.
    return value[: 10 * LONGEST].encode("utf-8", "replace").decode()


def _bad(detail: str) -> Fault:
    return Fault(400, _("Not a query of the reconciliation service"), detail)
