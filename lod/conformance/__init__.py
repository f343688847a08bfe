"""What a release claims of itself, held against what it is."""

from lod.conformance.checks import CONFORMANCE, Check, examine
from lod.conformance.earl import assertions
from lod.conformance.results import read, write

__all__ = ["CONFORMANCE", "Check", "assertions", "examine", "read", "write"]
