"""JSON Schema of every kind, with which editors complete and check YAML while one types.

Spec: https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

from typing import Any

from lod.iri import KINDS
from lod.records.kinds import MODELS
from lod.records.publication import Publication

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES = (*KINDS, "publication")
"""The schemas that there are."""


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind's YAML file, or of the publication file.

    Raises:
        KeyError: there is no such schema.
    """
    model = Publication if name == "publication" else MODELS[name]
    schema = model.model_json_schema()
    schema["properties"].pop("slug", None)  # the file's name is the slug
    schema["required"] = [field for field in schema.get("required", []) if field != "slug"]
    schema["title"] = name
    for definition in (schema, *schema.get("$defs", {}).values()):
        for property_ in definition.get("properties", {}).values():
            _tidy(property_)
    return {"$schema": DIALECT, **schema}


def _tidy(property_: dict[str, Any]) -> None:
    """Drop what says nothing to an editor: generated titles, empty defaults, null."""
    property_.pop("title", None)
    if property_.get("default") in (None, []):
        property_.pop("default", None)
    choices = [choice for choice in property_.get("anyOf", ()) if choice.get("type") != "null"]
    if len(choices) == 1:
        del property_["anyOf"]
        property_.update(choices[0])
    elif choices:
        property_["anyOf"] = choices
