"""A column of texts of which many are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]
Thing = TypeVar("Thing")


class TextColumn:
    """Each different text once, and for each row which one it has.

    Attributes:
        values: the different texts; some may have no row any more.
        codes: for each row the place of its text in ``values``.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.values: list[str] = []
        self._places: dict[str, int] = {}
        self.codes: Codes = self.encoded(texts)
        self._derived: dict[str, list[str]] = {}
        self._made: dict[str, tuple[int, Any]] = {}

    def encoded(self, texts: Iterable[str]) -> Codes:
        """Return the codes of texts, new ones too."""
        places = self._places
        codes = np.fromiter((places.setdefault(text, len(places)) for text in texts), np.int32)
        self.values.extend(list(places)[len(self.values) :])
        return codes

    def place_of(self, text: str) -> int | None:
        """Return the code of a text, None when no row has ever had it."""
        return self._places.get(text)

    def derived(self, name: str, derive: Callable[[str], str]) -> Sequence[str]:
        """Return something made of each of ``values``, which is remembered under a name."""
        known = self._derived.setdefault(name, [])
        known.extend(derive(value) for value in self.values[len(known) :])
        return known

    def made_of(self, name: str, make: Callable[[Sequence[str]], Thing]) -> Thing:
        """Return something made of all ``values``, which is remembered until there are more."""
        count = len(self.values)
        if name not in self._made or self._made[name][0] != count:
            self._made[name] = (count, make(self.values))
        thing: Thing = self._made[name][1]
        return thing
