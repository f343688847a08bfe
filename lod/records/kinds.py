"""The kinds and their record types, and what can be asked of a type."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from lod.records.board import Board
from lod.records.dataset import Dataset
from lod.records.district import District
from lod.records.event import Event
from lod.records.membership import Membership
from lod.records.model import Record
from lod.records.municipality import Municipality
from lod.records.organisation import Organisation
from lod.records.person import Person
from lod.records.programme import Programme
from lod.records.project import Project
from lod.records.raw import Path_
from lod.records.software import Software
from lod.records.source import Source
from lod.records.state import State
from lod.records.topic import Topic
from lod.records.types import References

MODELS: dict[str, type[Record]] = {
    model.kind: model
    for model in (
        Municipality,
        District,
        State,
        Organisation,
        Board,
        Person,
        Membership,
        Programme,
        Project,
        Event,
        Software,
        Dataset,
        Topic,
        Source,
    )
}
"""Each kind's record type."""


@cache
def fields_of(kind: str) -> dict[str, bool]:
    """Return the fields of a kind, and whether each holds a list."""
    return {
        name: get_origin(info.annotation) is tuple
        for name, info in MODELS[kind].model_fields.items()
    }


def references(record: BaseModel) -> Iterator[tuple[Path_, str]]:
    """Yield each reference of a record to another, and the path where it stands."""
    # Pydantic keeps a record's values there; most fields are empty.
    values = record.__dict__
    for name, many, groups in _referring(type(record)):
        value = values[name]
        if value is None or value == ():
            continue
        for index, item in enumerate(value if many else (value,)):
            path: Path_ = (name, index) if many else (name,)
            if groups:
                yield from (((*path, *rest), found) for rest, found in references(item))
            else:
                yield path, item


@cache
def _referring(model: type[BaseModel]) -> tuple[tuple[str, bool, bool], ...]:
    """Return the fields that hold references: name, whether a list, whether of groups."""
    found = []
    for name, info in model.model_fields.items():
        many = get_origin(info.annotation) is tuple
        if _refers(info.annotation) or any(isinstance(m, References) for m in info.metadata):
            found.append((name, many, False))
        elif _groups(info.annotation):
            found.append((name, many, True))
    return tuple(found)


def _refers(annotation: Any) -> bool:
    metadata = getattr(annotation, "__metadata__", ())
    if any(isinstance(item, References) for item in metadata):
        return True
    return any(_refers(argument) for argument in get_args(annotation))


def _groups(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, BaseModel)
    return any(_groups(argument) for argument in get_args(annotation))
