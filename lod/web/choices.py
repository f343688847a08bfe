"""The form of a question: what can be chosen, and what is said of a wrong choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lod.iri import slug
from lod.web.faults import Fault
from lod.web.parameters import Parameter, UnknownValueError, Value
from lod.web.queries import Example
from lod.web.scribe import kind_name
from lod.web.translate import _
from lod.web.visit import edition, reader
from lod.web.wording import Wording, pick

FEW = 200
"""Resources that a list to choose from may have."""
_SIMILAR = 5


class Field(NamedTuple):
    """A field of a form.

    Attributes:
        name: of the argument.
        label: in the reader's language.
        value: that is chosen.
        options: value → name of what can be chosen; empty of a field to write in.
        hint: what can be written.
    """

    name: str
    label: str
    value: str
    options: dict[str, str]
    hint: str


def fields(example: Example, values: Sequence[Value]) -> list[Field]:
    """Return the fields by which a question is asked about something else."""
    chosen = {value.parameter.name: value.reference for value in values}
    space = edition().store.space
    found = []
    for parameter in example.parameters:
        default = parameter.default(example.query, space)
        found.append(_field(parameter, chosen.get(parameter.name, default), not default))
    return found


def told_by(value: Value) -> str:
    """Return what stands for a value in a question."""
    if not value.reference:
        return _("%(label)s (any)", label=value.parameter.labels[reader().language])
    if not value.parameter.kinds:
        return Wording(reader().language).number(value.reference)
    return _named(value.reference)


def unknown_value(error: UnknownValueError) -> Fault:
    """Return what is said of a value that a parameter doesn't take."""
    parameter = error.parameter
    words = [_("?%(name)s= takes: %(what)s.", name=parameter.name, what=_expected(parameter))]
    similar = [one for kind in parameter.kinds for one in _similar(error.value, kind)]
    if similar:
        words.append(_("There are, for example: %(names)s.", names=", ".join(similar)))
    members = {"parameter": parameter.name, "similar": similar}
    return Fault(400, _("No such value"), " ".join(words), members=members)


def _similar(words: str, kind: str) -> list[str]:
    search = edition().search
    hits = search.find(words, kind).hits[:_SIMILAR] if words else []
    return [one.reference for one in search.known(hit.entry for hit in hits)]


def _field(parameter: Parameter, value: str, open_: bool) -> Field:
    language, store = reader().language, edition().store
    few = bool(parameter.kinds) and sum(map(store.count, parameter.kinds)) <= FEW
    options = _options(parameter, open_) if few else {}
    if not few and parameter.kinds:
        value = _written(value)
    hint = "" if few else _expected(parameter)
    return Field(parameter.name, parameter.labels[language], value, options, hint)


def _options(parameter: Parameter, open_: bool) -> dict[str, str]:
    """Return what can be chosen; nothing too, where any will do or the question names none."""
    store = edition().store
    nothing = {"": _("any") if parameter.any else _("as in the question")}
    found = {
        entry.reference: _named(entry.reference)
        for kind in parameter.kinds
        for entry in store.resources(kind, limit=FEW)
    }
    known = dict(sorted(found.items(), key=lambda one: slug(one[1])))
    return {**nothing, **known} if parameter.any or open_ else known


def _written(reference: str) -> str:
    """Return a resource as it is written in a field: by its name, where that leads back to it."""
    name = reference.rpartition("/")[2]
    return _named(reference) if reference and slug(_named(reference)) == name else name


def _named(reference: str) -> str:
    names = edition().store.names([reference]).get(reference, {})
    text = pick(names, reader().language)
    return text.words if text else reference


def _expected(parameter: Parameter) -> str:
    if not parameter.kinds:
        return _("a whole number")
    kinds = ", ".join(kind_name(kind, reader().language) for kind in parameter.kinds)
    what = _("%(kinds)s: a name, an official key, or the end of an address", kinds=kinds)
    return f"{what} ({parameter.kinds[0]}/…)"
