"""A few recent things, to be had again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Remembered(Generic[Thing]):
    """Forgets what has not been used for longest."""

    def __init__(self, most: int = 4) -> None:
        """Make room for ``most`` things."""
        self._most = most
        self._things: OrderedDict[Hashable, Thing] = OrderedDict()

    def get(self, key: Hashable) -> Thing | None:
        """Return what is remembered under a key, if anything."""
        if key in self._things:
            self._things.move_to_end(key)
        return self._things.get(key)

    def put(self, key: Hashable, thing: Thing) -> Thing:
        """Remember and return a thing."""
        self._things[key] = thing
        self._things.move_to_end(key)
        if len(self._things) > self._most:
            self._things.popitem(last=False)
        return thing

    def clear(self) -> None:
        """Forget everything."""
        self._things.clear()
