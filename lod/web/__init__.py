"""The web side: a Flask application that serves releases."""

from lod.web.app import create_app

__all__ = ["create_app"]
