"""What changed from one release to the next, entity by entity."""

from lod.changes.comparing import CHANGES, write
from lod.changes.reading import ADDED, CHANGED, REMOVED, Change, Changes, Difference, read

__all__ = [
    "ADDED",
    "CHANGED",
    "CHANGES",
    "REMOVED",
    "Change",
    "Changes",
    "Difference",
    "read",
    "write",
]
