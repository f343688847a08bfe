"""The options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import lod
from lod.records import Language

if TYPE_CHECKING:
    from lod.remote.endpoint import Endpoint


def default_shapes() -> Path:
    """Return ``shapes`` here, else the shapes that came with the package."""
    package = Path(lod.__file__).parent
    candidates = (Path("shapes"), package / "shapes", package.parent / "shapes")
    return next((path for path in candidates if path.is_dir()), candidates[0])


def system_language() -> Language:
    """Return the language of the environment where we speak it, else English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "de" if (spoken or "").startswith("de") else "en"


def coloured(stream: Any) -> bool | None:
    """Return whether a stream takes colours; None leaves it to the terminal."""
    return False if os.environ.get("NO_COLOR") or not stream.isatty() else None


DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="The directory of the records.",
)
SHAPES = click.option(
    "--shapes",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=default_shapes,
    help="The directory of the SHACL shapes.  [default: shapes, else those of the package]",
)
RELEASES = click.option(
    "--releases",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("releases"),
    show_default=True,
    help="The directory of the releases.",
)
LANGUAGE = click.option(
    "--language",
    type=click.Choice(["de", "en"]),
    default=system_language,
    help="The language of the messages about records.  [default: of the system]",
)
THEME = click.option(
    "--theme",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with templates and files of your own look.  [default: none]",
)


def ENDPOINT(required: bool = False) -> Callable[[Any], Any]:  # noqa: N802 (an option as the others)
    """Return the option that names a store of its own."""
    return click.option(
        "--endpoint",
        metavar="URL",
        required=required,
        help="Where a store of its own takes SPARQL queries.",
    )


UPDATE = click.option(
    "--update-url",
    metavar="URL",
    default="",
    help="Where it takes updates.  [default: known of Oxigraph and Virtuoso, else the endpoint]",
)
GRAPH_STORE = click.option(
    "--graph-store-url",
    metavar="URL",
    default="",
    help="Where it takes graphs by the Graph Store Protocol.  "
    "[default: known of Oxigraph and Virtuoso, else none: graphs are sent as updates]",
)
USER = click.option(
    "--user",
    default="",
    help="Who asks the store; the password is read from LOD_ENDPOINT_PASSWORD.",
)


def endpoint_of(url: str, user: str, update: str = "", graph_store: str = "") -> Endpoint:
    """Return a store by its addresses, with the password from the environment."""
    from lod.remote.endpoint import PASSWORD, Endpoint  # noqa: PLC0415 (commands start faster)

    password = os.environ.get(PASSWORD, "")
    return Endpoint(url, update, graph_store, user=user, password=password)
