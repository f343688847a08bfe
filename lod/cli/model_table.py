"""The table of fields and the properties they become, as documentation.

Run as a program, it puts the tables it reads from standard input between two marks of a file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from lod.formats import Style
from lod.iri import KINDS, Space
from lod.mapping import Mapper
from lod.mapping.rules import Rule
from lod.records import MODELS

EXAMPLE = Space("https://lod.example.org/")
START = "<!-- fields: made by make reference -->"
END = "<!-- /fields -->"


def model_table(kind: str | None = None) -> str:
    """Return a Markdown section a kind: every field, what it means and what it becomes.

    Args:
        kind: one kind alone; all when left out.
    """
    mapper = Mapper(EXAMPLE)
    style = Style(EXAMPLE, mapper.values())
    kinds = [kind] if kind else KINDS
    return "\n".join(_section(name, mapper, style) for name in kinds if name in MODELS)


def _section(kind: str, mapper: Mapper, style: Style) -> str:
    rows = [
        "| field | what it means | example | becomes |",
        "| --- | --- | --- | --- |",
        *_rows("", MODELS[kind], dict(mapper.kinds[kind].rules), style),
    ]
    return f"### {kind}\n\n" + "\n".join(rows) + "\n"


def _rows(
    start: str, model: type[BaseModel], rules: dict[str, Rule], style: Style
) -> Iterator[str]:
    for name, info in model.model_fields.items():
        if name == "slug":
            continue
        rule = rules.get(name)
        english = (info.description or "").partition(" / ")[0].rstrip(".")
        example = _example(info.examples) or _choices(info.annotation)
        becomes = ", ".join(f"`{_short(p.value, style)}`" for p in rule.predicates) if rule else ""
        yield f"| `{start}{name}` | {english} | {example} | {becomes or 'its own resource'} |"
        inner = _inner(info.annotation)
        if inner is not None and rule is not None and rule.inside:
            yield from _rows(f"{start}{name}.", inner, dict(rule.inside), style)


def _example(examples: list[Any] | None) -> str:
    return f"`{examples[0]}`" if examples else ""


def _choices(annotation: Any) -> str:
    """Return all that may stand in a field of closed choices; nothing of any other."""
    if get_origin(annotation) is Literal:
        return "one of " + ", ".join(f"`{choice}`" for choice in get_args(annotation))
    return next(filter(None, map(_choices, get_args(annotation))), "")


def _short(iri: str, style: Style) -> str:
    curie = style.curie(iri)
    return ":".join(curie) if curie else iri


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_inner(argument) for argument in getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)


def between_marks(document: str, tables: str) -> str:
    """Return a document with the tables in place of what stood between its two marks.

    Raises:
        ValueError: a mark is missing.
    """
    before = document.index(START) + len(START)
    after = document.index(END, before)
    return f"{document[:before]}\n\n{tables.strip()}\n\n{document[after:]}"


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(between_marks(file.read_text("utf-8"), sys.stdin.read()), "utf-8")
