"""From a data directory to typed records, with all mistakes of a run reported together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lod.errors import Place, RecordErrors
from lod.iri import KINDS, unused
from lod.records.board import Board
from lod.records.checks import UNKNOWN, check_together
from lod.records.chunks import PUBLICATION, Chunk, chunks, inside
from lod.records.files import raw_records
from lod.records.german import GERMAN
from lod.records.kinds import MODELS
from lod.records.membership import Membership
from lod.records.messages import SUGGESTIONS, Language
from lod.records.model import Record
from lod.records.publication import Publication
from lod.records.raw import Locate, Path_, Raw, Reporter, at, field_name
from lod.records.yaml_file import read_yaml

_Model = TypeVar("_Model", bound=BaseModel)
_CODES = {
    "missing": "missing",
    "extra_forbidden": "extra_forbidden",
    "literal_error": "choice",
    "tuple_type": "list",
    "model_type": "group",
    "model_attributes_type": "group",
    "dict_type": "group",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A typed record and how to find where each of its values stands."""

    record: Record
    locate: Locate


@dataclass(frozen=True)
class Records:
    """Everything a data directory says.

    Attributes:
        publication: what the records are published as.
        entries: the records by their references, kind by kind, each kind in order of slugs.
    """

    publication: Publication
    entries: dict[str, Entry] = field(repr=False)

    def __iter__(self) -> Iterator[Record]:
        return (entry.record for entry in self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)


def load(data: Path, language: Language = "en") -> Records:
    """Read a data directory.

    Args:
        data: the directory that holds ``publication.yaml`` and the records.
        language: of the error messages.

    Raises:
        RecordErrors: with every mistake found.
    """
    reporter = Reporter(language)
    publication, locate = read_publication(data, reporter)
    entries: list[Entry] = []
    named: set[str] = set()
    for chunk in chunks(data, reporter):
        entries += read(chunk, named, reporter)
    known = check_together([(entry.record, entry.locate) for entry in entries], named, reporter)
    check_publication(publication, locate, known, reporter)
    if reporter.errors or publication is None:
        raise RecordErrors(reporter.errors)
    entries.sort(key=lambda entry: (KINDS.index(entry.record.kind), entry.record.slug))
    return Records(publication, {entry.record.reference: entry for entry in entries})


def read(chunk: Chunk, named: set[str], reporter: Reporter) -> Iterator[Entry]:
    """Yield the records of a chunk that are right by themselves, in the order of its files.

    Args:
        chunk: of a data directory.
        named: takes the references of all records, the faulty ones too, and ``<kind>/*`` where
            some couldn't be read.
        reporter: takes the mistakes.

    Raises:
        LodError: a file was changed since it was cut into chunks.
    """
    for raw in raw_records(chunk, reporter):
        named.add(f"{raw.kind}/{raw.values.get('slug', UNKNOWN)}")
        yield from typed(raw, reporter)


def read_publication(data: Path, reporter: Reporter) -> tuple[Publication | None, Locate]:
    """Read the publication file; None where it isn't right, after reporting why."""
    file = data / PUBLICATION
    if not file.is_file():
        reporter.add("missing_publication", Place(file))
        return None, at(file)
    read = read_yaml(file, reporter) if inside(file, reporter) else None
    if read is None:
        return None, at(file)
    values, locate = read
    return _validated(Publication, values, locate, reporter), locate


def check_publication(
    publication: Publication | None, locate: Locate, known: Collection[str], reporter: Reporter
) -> None:
    """Check that the records which the publication file refers to are among the known."""
    for path, reference in _referred(publication) if publication else ():
        kind = reference.partition("/")[0]
        if reference not in known and f"{kind}/{UNKNOWN}" not in known:
            nearest = reporter.nearest(reference, known, "create", value=reference)
            reporter.add(
                "dangling_reference",
                locate(path),
                field_name(path),
                suggestion=nearest,
                value=reference,
            )


def _referred(publication: Publication) -> Iterator[tuple[Path_, str]]:
    """Yield the places of references in the publication file, and the references."""
    for index, attribution in enumerate(publication.attributions):
        yield ("attributions", index, "source"), attribution.source
    for index, term in enumerate(publication.glossary):
        if term.record:
            yield ("glossary", index, "record"), term.record


def typed(raw: Raw, reporter: Reporter) -> Iterator[Entry]:
    """Yield the record that a raw one becomes, and those inside it; none where it isn't right."""
    if not raw.readable:
        return
    record = _validated(MODELS[raw.kind], raw.values, raw.locate, reporter)
    if record is None:
        return
    yield Entry(record, raw.locate)
    if isinstance(record, Board):
        yield from _seats(record, raw.locate)


def _seats(board: Board, locate: Locate) -> Iterator[Entry]:
    """Return the memberships that stand in a board's file."""
    taken: set[str] = set()
    for index, seat in enumerate(board.members):
        person = seat.person.partition("/")[2]
        fields = {name: getattr(seat, name) for name in type(seat).model_fields}
        membership = Membership.model_construct(
            # Somebody may have several roles there, one after the other.
            slug=unused(f"{board.slug}-{person}", taken),
            organisation=board.reference,
            **fields,
        )
        yield Entry(membership, _within(locate, ("members", index)))


def _within(locate: Locate, start: Path_) -> Locate:
    def inner(path: Path_, *, key: bool = False) -> Place:
        return locate((*start, *path), key=key)

    return inner


def _validated(
    model: type[_Model], values: dict[str, Any], locate: Locate, reporter: Reporter
) -> _Model | None:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _report(model, details, locate, reporter)
        return None


def _report(
    model: type[BaseModel], details: ErrorDetails, locate: Locate, reporter: Reporter
) -> None:
    path: Path_ = details["loc"]
    code = _CODES.get(details["type"], details["type"])
    context: dict[str, Any] = {**details.get("ctx", {})}
    found = details["input"]
    if not isinstance(found, dict | list) and code != "missing":
        context.setdefault("value", repr(found) if isinstance(found, str) else found)
    _add_words(code, model, path, context, reporter)
    place = locate(path, key=code == "extra_forbidden")
    reporter.add(code, place, field_name(path), **context)


def _add_words(
    code: str, model: type[BaseModel], path: Path_, context: dict[str, Any], reporter: Reporter
) -> None:
    """Add what a message says beyond what the check knew: fields, choices, suggestions."""
    parent = _model_at(model, path[:-1])
    if code == "missing":
        context["about"] = _description(parent, str(path[-1]), reporter.language)
    elif code == "extra_forbidden":
        known = [name for name in parent.model_fields if name != "slug"]
        word = str(path[-1])
        meant = GERMAN.get(word.lower(), word)
        context["suggestion"] = reporter.nearest(
            meant if meant in known else word, known, "fields", known=", ".join(known)
        )
        context.pop("value", None)
    elif code == "choice":
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        context["choices"] = ", ".join(choices)
        context["suggestion"] = reporter.nearest(
            str(context.get("value", "")).strip("'"), choices, "pick"
        )
    elif "about" in context:
        context["about"] = _half(str(context["about"]), reporter.language)
    elif "suggest" in context:
        words = SUGGESTIONS[context.pop("suggest")][reporter.language]
        context["suggestion"] = words.format(nearest=context.get("nearest", ""))


def _model_at(model: type[BaseModel], path: Path_) -> type[BaseModel]:
    """Return the model of the group that a path leads to."""
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = _group_in(model.model_fields[step].annotation) or model
    return model


def _group_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_group_in(argument) for argument in getattr(annotation, "__args__", ()))
    return next((group for group in inner if group is not None), None)


def _description(model: type[BaseModel], name: str, language: Language) -> str:
    info = model.model_fields.get(name)
    return _half((info.description if info else None) or name, language)


def _half(words: str, language: Language) -> str:
    """Return the half of ``English / German`` that is in the language."""
    english, _, german = words.partition(" / ")
    return (german if language == "de" and german else english).rstrip(".")
