"""A bounded cache of what is costly to make."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Cache(Generic[Made]):
    """Things by their keys; the one that was longest unused goes first.

    Args:
        largest: how much all of them may weigh together.
        weigh: a thing → its weight, such as its size in bytes.
    """

    def __init__(self, largest: int, weigh: Callable[[Made], int]) -> None:
        self._largest = largest
        self._weigh = weigh
        self._things: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()
        self.weight = 0

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return a thing; ``make`` makes it where it isn't there."""
        known = self.find(key)
        if known is not None:
            return known
        # Made outside the lock: two threads may do it twice, but none waits for another.
        thing = make()
        self.keep(key, thing)
        return thing

    def find(self, key: Hashable) -> Made | None:
        """Return a thing, if it is there."""
        with self._lock:
            known = self._things.get(key)
            if known is not None:
                self._things.move_to_end(key)
            return known

    def keep(self, key: Hashable, thing: Made) -> None:
        """Keep a thing, unless it weighs so much that it would drive out many others."""
        weight = self._weigh(thing)
        if weight > self._largest // 4:
            return
        with self._lock:
            if key in self._things:
                return
            self._things[key] = thing
            self.weight += weight
            while self.weight > self._largest:
                _, oldest = self._things.popitem(last=False)
                self.weight -= self._weigh(oldest)
