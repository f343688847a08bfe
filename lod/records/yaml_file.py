"""One YAML file as one record, with every scalar's text kept and every place known.

Spec: https://yaml.org/spec/1.2.2/
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from lod.errors import Place
from lod.records.messages import YAML_PROBLEMS, Language
from lod.records.raw import Locate, Path_, Reporter, field_name
from lod.records.text import read_text

LIMIT = 1 << 20
"""The largest YAML file, in bytes."""
DEPTH = 12
"""The deepest nesting of lists and groups."""
_NULL = "tag:yaml.org,2002:null"
# The C parser is ten times faster; a platform without it gets the other one.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(file: Path, reporter: Reporter) -> tuple[dict[str, Any], Locate] | None:
    """Return a file's values and their locator; None after reporting what is wrong.

    Scalars stay text whatever they look like; empty ones are left out.
    """
    text = read_text(file, LIMIT, reporter)
    node = None if text is None else compose(text, file, reporter)
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode):
        reporter.add("not_a_record", _place(file, node.start_mark))
        return None
    reported = len(reporter.errors)
    values = _plain(node, file, (), reporter)
    return (values, locator(node, file)) if len(reporter.errors) == reported else None


def compose(text: str, file: Path, reporter: Reporter, first_line: int = 1) -> yaml.Node | None:
    """Return the root node of a YAML text; None after reporting what is wrong.

    Args:
        text: the YAML text.
        file: where it was read.
        reporter: takes the mistake.
        first_line: where in the file the text begins.
    """
    try:
        if not _harmless(text, file, reporter, first_line):
            return None
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        unclosed = "end of stream" in str(error.problem)
        mark = error.context_mark if unclosed else error.problem_mark
        place = _place(file, mark or error.problem_mark or error.context_mark, first_line)
        reporter.add("yaml_syntax", place, problem=_problem(error, text, reporter.language))
        return None
    if node is None:
        reporter.add("empty_file", Place(file))
    return node


def _problem(error: yaml.MarkedYAMLError, text: str, language: Language) -> str:
    """Return what is wrong in our words, else in the parser's."""
    said = str(error.problem or error.context)
    mark = error.problem_mark
    if mark and text.split("\n")[mark.line][mark.column : mark.column + 1] == "\t":
        said = "tab"
    known = (words[language] for start, words in YAML_PROBLEMS.items() if start in said)
    return next(known, said)


def _harmless(text: str, file: Path, reporter: Reporter, first_line: int) -> bool:
    """Refuse aliases, anchors, tags and deep nesting before anything is built from them."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        place = _place(file, event.start_mark, first_line)
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            reporter.add("yaml_alias", place, value=anchor)
            return False
        if tag and tag != "!":
            reporter.add("yaml_tag", place, value=tag)
            return False
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH:
            reporter.add("yaml_deep", place, limit=DEPTH)
            return False
    return True


def _plain(node: yaml.Node, file: Path, path: Path_, reporter: Reporter) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _fields(node, file, path, reporter)
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(item, file, (*path, index), reporter) for index, item in enumerate(node.value)
        ]
    if node.tag == _NULL:
        reporter.add("empty_words", _place(file, node.start_mark), field_name(path))
    return node.value


def _fields(node: yaml.MappingNode, file: Path, path: Path_, reporter: Reporter) -> dict[str, Any]:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        place = _place(file, key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            reporter.add("not_a_record", place, field_name(path))
        elif key.value in lines:
            field = field_name((*path, key.value))
            reporter.add("duplicate_key", place, field, value=key.value, first=lines[key.value])
        else:
            lines[key.value] = place.line
            if value.tag != _NULL:
                values[key.value] = _plain(value, file, (*path, key.value), reporter)
    return values


def locator(root: yaml.Node, file: Path, first_line: int = 1) -> Locate:
    """Return what finds the place of each value below a node."""

    def locate(path: Path_, *, key: bool = False) -> Place:
        node, at_key = root, root
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            at_key, node = found
        return _place(file, (at_key if key else node).start_mark, first_line)

    return locate


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _place(file: Path, mark: Any, first_line: int = 1) -> Place:
    if mark is None:
        return Place(file, first_line)
    return Place(file, mark.line + first_line, mark.column + 1)
