"""The linked-open-data publisher for municipal digital initiatives."""

__version__ = "0.1.0"
