"""What the description of a route is made of.

Spec: https://spec.openapis.org/oas/v3.1.1.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from lod.web.openapi.samples import Samples

Schema = dict[str, Any]
"""A JSON Schema.

Spec: https://json-schema.org/draft/2020-12/json-schema-core
"""
_Value = TypeVar("_Value")
TEXT: Schema = {"type": "string"}


@dataclass(frozen=True)
class Parameter:
    """A part of a request that a client may choose.

    Attributes:
        name: as it is written.
        where: it stands.
        description: in a sentence.
        schema: of its value; as a function where it depends on the edition.
        example: a value that is answered; None of what needs none.
        required: whether a request makes no sense without it.
        key: its name among all parameters; empty where its own is unique.
    """

    name: str
    where: Literal["path", "query", "header"]
    description: str
    schema: Schema | Callable[[Samples], Schema] = field(default_factory=lambda: TEXT)
    example: Callable[[Samples], str] | None = None
    required: bool = False
    key: str = ""


@dataclass(frozen=True)
class Header:
    """A header of an answer.

    Attributes:
        description: in a sentence.
        schema: of its value.
        always: whether each answer that may have it does.
    """

    description: str
    schema: Schema = field(default_factory=lambda: TEXT)
    always: bool = False


@dataclass(frozen=True)
class Answer:
    """What a request is answered with.

    Attributes:
        description: in a sentence.
        content: media type → schema of the body; empty of an answer without a body.
        headers: the names of those that it has beside the ones that every answer has.
    """

    description: str
    content: Mapping[str, Schema] = field(default_factory=dict)
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """A method of a route.

    Attributes:
        tag: the group that it is shown in.
        summary: what answers, in a few words.
        answers: status → answer, of those that are no errors.
        description: what is to be known beside that; empty where nothing is.
        parameters: those of the path first.
        errors: their statuses.
        form: the fields of a form that is posted.
        body: media type → schema, of other bodies.
        needs_body: whether a request without one makes no sense.
        tried: query parameters that the example has beside the required ones.
        examples: path parameter → its value in the example, where it isn't the usual one.
    """

    tag: str
    summary: str
    answers: Mapping[int, Answer]
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    errors: tuple[int, ...] = ()
    form: tuple[Parameter, ...] = ()
    body: Mapping[str, Schema] = field(default_factory=dict)
    needs_body: bool = False
    tried: tuple[str, ...] = ()
    examples: Mapping[str, str | Callable[[Samples], str]] = field(default_factory=dict)

    @property
    def chosen(self) -> tuple[Parameter, ...]:
        """The parameters beside those of the path."""
        return tuple(one for one in self.parameters if one.where != "path")

    @property
    def path(self) -> tuple[Parameter, ...]:
        """The parameters of the path."""
        return tuple(one for one in self.parameters if one.where == "path")

    def example(self, parameter: Parameter, known: Samples) -> str:
        """Return the value of a parameter in the example; empty where it has none."""
        given = self.examples.get(parameter.name) if parameter.where == "path" else None
        return of_edition(given or parameter.example or "", known)


Operations = Mapping[str, Operation]
"""Method and rule, such as ``GET /doc/<name>`` → what answers there."""


def with_extension(rule: str, operation: Operation, extension: Parameter) -> Operations:
    """Return what answers at a route, and at the same route with the ending of a format."""
    named = operation.summary + ", in one format"
    parameters = (*operation.path, extension, *operation.chosen)
    return {
        f"GET {rule}": operation,
        f"GET {rule}.<extension>": replace(operation, summary=named, parameters=parameters),
    }


def of_edition(value: _Value | Callable[[Samples], _Value], known: Samples) -> _Value:
    """Return a value, worked out where it depends on the edition."""
    return value(known) if callable(value) else value
