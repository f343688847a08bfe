"""Typed records: one type per kind, and the loader that reads them from files."""

from lod.records.kinds import MODELS
from lod.records.loader import Entry, Records, load
from lod.records.messages import Language
from lod.records.model import Record
from lod.records.publication import Publication

__all__ = ["MODELS", "Entry", "Language", "Publication", "Record", "Records", "load"]
