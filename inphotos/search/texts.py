"""Many texts in one buffer, in which a pattern is looked for at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from inphotos.store.table import Mask

_Places = npt.NDArray[np.intp]


class Texts:
    """Texts in UTF-8, where a piece of one can only be found at the start of a character."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take texts without null characters, which none from the store has."""
        joined = "".join([f"{text}\0" for text in texts])
        self._bytes = np.frombuffer(_encoded(joined), np.uint8)
        self._ends: _Places = np.flatnonzero(self._bytes == 0)
        self._starts: _Places = np.concatenate([np.zeros(1, np.intp), self._ends + 1])[:-1]

    def consist_of(self, pieces: Sequence[str]) -> Mask:
        """Tell which texts consist of these pieces, as :attr:`TextMatch.forms` says."""
        first, *middle, last = map(_encoded, pieces if len(pieces) > 1 else (*pieces, ""))
        found = np.zeros(len(self._ends), np.bool_)
        starts, ends = self._starts + len(first), self._ends - len(last)
        rows = np.flatnonzero(starts == ends if len(pieces) == 1 else starts <= ends)
        rows = rows[self._have(self._starts[rows], first)]
        rows = rows[self._have(ends[rows], last)]
        places = starts[rows]
        for piece in filter(None, middle):
            everywhere = self._places_of(piece)
            after = np.searchsorted(everywhere, places)
            # One more, too far for any text, stands for "nowhere".
            places = np.append(everywhere, len(self._bytes))[after] + len(piece)
            there = places <= ends[rows]
            rows, places = rows[there], places[there]
        found[rows] = True
        return found

    def _have(self, places: _Places, piece: bytes) -> Mask:
        """Tell at which places of the buffer a piece stands; there is room for it at each."""
        have = np.ones(len(places), np.bool_)
        for at, byte in enumerate(piece):
            have &= self._bytes[places + at] == byte
        return have

    def _places_of(self, piece: bytes) -> _Places:
        """Return all places where a piece stands, ascending."""
        places = np.flatnonzero(self._bytes[: len(self._bytes) - len(piece) + 1] == piece[0])
        for at, byte in enumerate(piece[1:], start=1):
            places = places[self._bytes[places + at] == byte]
        return places


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
