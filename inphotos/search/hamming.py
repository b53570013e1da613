"""Groups of 64-bit hashes, each around a representative that none of its members is far from.

Hashes are compared by the number of bits in which they differ. No group grows from neighbour to
neighbour: what is near a member of a group, but not near its representative, is not in it.

To find what is near among 100,000 hashes, each is cut into four bands of 16 bits (M. Norouzi,
A. Punjani, D. Fleet, Fast Exact Search in Hamming Space With Multi-Index Hashing, 2014): of two
hashes that differ in at most ``r`` bits, one band differs in at most ``r // 4``, which few enough
others do to try them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]

Agree = Callable[[Places, Places, npt.NDArray[np.uint8]], npt.NDArray[np.bool_]]
"""Tells of n pairs (places of the representatives, places of the others, bits in which they differ)
whether they are alike; it is only asked about pairs within the radius."""

#: The largest distance that can be asked for: beyond it, hashes of different photos are as near.
MOST_BITS = 15

_BANDS, _BAND_BITS = 4, 16

#: Hashes that are looked up at once; among themselves they are compared one with each other.
_BATCH = 4096

#: Pairs that are compared at once: 16 MB of hashes.
_PAIRS = 1 << 20

#: Rows of a batch that are compared with all of it at once; what that takes stays in the cache.
_ROWS = 32


class HashGroups:
    """Groups of hashes, to which further ones can be added.

    The hashes are taken in the order in which they come. One that is near an earlier representative
    joins it, of several the earliest; any other becomes a representative.

    Attributes:
        representatives: for each hash the place of its representative among all of them; a
            representative has its own.
    """

    def __init__(self, radius: int) -> None:
        """Begin without any hash.

        Args:
            radius: in how many bits those of a group may differ from their representative, 0 to
                ``MOST_BITS``.
        """
        self.representatives: Places = np.zeros(0, np.intp)
        self._radius = radius
        self._hashes: Hashes = np.zeros(0, np.uint64)
        self._bands = _Bands(radius)

    def add(self, hashes: Hashes, agree: Agree | None = None) -> None:
        """Add hashes, the preferred ones first.

        Args:
            hashes: any number of them.
            agree: has the last word on which ones are alike; None for all within the radius.
        """
        start = len(self._hashes)
        self._hashes = np.concatenate([self._hashes, hashes])
        found = np.concatenate([self.representatives, np.zeros(len(hashes), np.intp)])
        for first in range(start, len(self._hashes), _BATCH):
            batch = np.arange(first, min(first + _BATCH, len(self._hashes)))
            near = self._bands.first_near(self._hashes, batch, agree)
            found[batch] = near
            rest = batch[near < 0]
            found[rest] = _among(self._hashes, rest, self._radius, agree)
            self._bands.add(self._hashes, rest[found[rest] == rest])
        self.representatives = found


def _among(hashes: Hashes, places: Places, radius: int, agree: Agree | None) -> Places:
    """Find the representatives of a few hashes among themselves."""
    found, own = places.copy(), hashes[places]
    is_free = np.ones(len(places), np.bool_)
    for start in range(0, len(places), _ROWS):
        rows = start + np.flatnonzero(is_free[start : start + _ROWS])
        bits = np.bitwise_count(own[rows, None] ^ own[None, start:])
        is_near = bits <= radius
        for row in np.flatnonzero(np.count_nonzero(is_near, axis=1) > 1).tolist():
            at = int(rows[row])
            if not is_free[at]:
                continue
            others = start + np.flatnonzero(is_near[row] & is_free[start:])
            others = others[others > at]
            if agree is not None and len(others):
                first = np.full(len(others), places[at])
                others = others[agree(first, places[others], bits[row, others - start])]
            found[others] = places[at]
            is_free[others] = False
    return found


class _Bands:
    """Representatives that can be looked up by each of their bands."""

    def __init__(self, radius: int) -> None:
        self._radius = radius
        # Were the first bands all farther off than this, and the others one bit less, the whole
        # would be farther off than the radius.
        most, more = divmod(radius, _BANDS)
        self._flips = [_flips(most if band <= more else most - 1) for band in range(_BANDS)]
        self._places: Places = np.zeros(0, np.intp)
        self._hashes: Hashes = np.zeros(0, np.uint64)
        self._orders: list[Places] = []
        self._starts: list[Places] = []

    def add(self, hashes: Hashes, places: Places) -> None:
        """Add representatives, which are later ones than those before."""
        self._places = np.concatenate([self._places, places])
        self._hashes = np.concatenate([self._hashes, hashes[places]])
        self._orders, self._starts = [], []
        for band in range(_BANDS):
            keys = _keys(self._hashes, band)
            self._orders.append(np.argsort(keys, kind="stable"))
            counts = np.bincount(keys, minlength=1 << _BAND_BITS)
            self._starts.append(np.concatenate([[0], np.cumsum(counts)]))

    def first_near(self, hashes: Hashes, batch: Places, agree: Agree | None) -> Places:
        """Return the earliest representative that each hash of a batch is alike to, -1 for none."""
        none = len(hashes)
        first = np.full(len(batch), none)
        if not len(self._places):
            return np.full(len(batch), -1)
        own = hashes[batch]
        for band in range(_BANDS):
            starts, order = self._starts[band], self._orders[band]
            keys = _keys(own, band).astype(np.intp)
            for flip in self._flips[band]:
                begin = starts[keys ^ flip]
                counts = starts[(keys ^ flip) + 1] - begin
                for at, candidates in _candidates(begin, counts):
                    known = order[candidates]
                    bits = np.bitwise_count(own[at] ^ self._hashes[known])
                    near = np.flatnonzero(bits <= self._radius)
                    if len(near):
                        at, known, bits = at[near], self._places[known[near]], bits[near]
                        if agree is not None:
                            alike = agree(known, batch[at], bits)
                            at, known = at[alike], known[alike]
                        np.minimum.at(first, at, known)
        return np.where(first == none, -1, first)


def _flips(most: int) -> list[int]:
    """Return all ways to change at most so many bits of a band."""
    return [
        sum(1 << bit for bit in bits)
        for count in range(most + 1)
        for bits in combinations(range(_BAND_BITS), count)
    ]


def _keys(hashes: Hashes, band: int) -> npt.NDArray[np.uint16]:
    return (hashes >> np.uint64(band * _BAND_BITS)).astype(np.uint16)


def _candidates(begin: Places, counts: Places) -> Iterator[tuple[Places, Places]]:
    """Yield (rows, places) of all pairs of a row with the places of its bucket, in pieces."""
    ends = np.cumsum(counts)
    row = 0
    while row < len(counts):
        done = ends[row - 1] if row else 0
        last = max(row + 1, int(np.searchsorted(ends, done + _PAIRS, side="right")))
        many = counts[row:last]
        rows = np.repeat(np.arange(row, last), many)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
        yield rows, np.repeat(begin[row:last], many) + within
        row = last
