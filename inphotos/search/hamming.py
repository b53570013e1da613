"""Groups of 64-bit hashes, each around a representative that none of its members is far from.

Hashes are compared by the number of bits in which they differ. No group grows from neighbour to
neighbour: what is near a member of a group, but not near its representative, is not in it.

To find what is near among very many hashes, each is cut into bands (M. Norouzi, A. Punjani, D.
Fleet, Fast Exact Search in Hamming Space With Multi-Index Hashing, 2014): with four bands of 16
bits, of two hashes that differ in at most ``r`` bits, one band differs in at most ``r // 4``, which
few enough others do to try them all. The more hashes there are, the fewer and longer bands are the
quickest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]

Agree = Callable[[Places, Places, npt.NDArray[np.uint8]], npt.NDArray[np.bool_]]
"""Tells of n pairs (places of the representatives, places of the others, bits in which they differ)
whether they are alike; it is only asked about pairs within the radius."""

Check = Callable[[], None]
"""Called every few hundredths of a second; it raises what is to end the work."""

#: The largest distance that can be asked for: beyond it, hashes of different photos are as near.
MOST_BITS = 15

_BITS = 64

#: Into how many bands hashes are cut at least and at most.
_FEWEST_BANDS, _MOST_BANDS = 3, 8

#: Hashes that are looked up at once; among themselves they are compared one with each other.
_BATCH = 1024

#: Representatives of one key lie in rows of so many, which is a line of the processor's cache.
_WIDTH = 8

#: Rows that are compared at once: 1 MB of hashes, which takes a fraction of a millisecond.
_PIECE = 1 << 14

#: Putting a hash into its place takes as long as fetching so many rows.
_MAKING = 12

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

    def __init__(
        self,
        radius: int,
        hashes: Hashes | None = None,
        representatives: Places | None = None,
    ) -> None:
        """Begin with hashes whose groups are known, or without any.

        Args:
            radius: in how many bits those of a group may differ from their representative, 0 to
                ``MOST_BITS``.
            hashes: those that are there already.
            representatives: theirs, as they were found with this radius.
        """
        none: Places = np.zeros(0, np.intp)
        self.representatives = none if representatives is None else representatives
        self._radius = radius
        self._hashes: Hashes = none.astype(np.uint64) if hashes is None else hashes

    def add(self, hashes: Hashes, agree: Agree | None = None, check: Check = lambda: None) -> None:
        """Add hashes, the preferred ones first.

        Args:
            hashes: any number of them.
            agree: has the last word on which ones are alike; None for all within the radius.
            check: what it raises is passed on, and nothing has been added.
        """
        start = len(self._hashes)
        every = np.concatenate([self._hashes, hashes])
        found = np.concatenate([self.representatives, np.zeros(len(hashes), np.intp)])
        firsts = np.flatnonzero(self.representatives == np.arange(start))
        # Whatever may become a representative has its room, so that none is ever moved.
        room = np.concatenate([every[firsts], hashes])
        cuts = _cuts(len(firsts), len(hashes), self._radius)
        bands = [_Band(room, cut, self._radius) for cut in cuts]
        for band in bands:
            check()
            band.add(every, firsts)
        for begin in range(start, len(every), _BATCH):
            batch = np.arange(begin, min(begin + _BATCH, len(every)))
            near = np.full(len(batch), len(every))
            for band in bands:
                band.find(every, batch, near, agree, check)
            found[batch] = near
            rest = batch[near == len(every)]
            found[rest] = _among(every, rest, self._radius, agree)
            for band in bands:
                band.add(every, rest[found[rest] == rest])
        self._hashes, self.representatives = every, found


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


@dataclass(frozen=True, slots=True)
class _Cut:
    """A band: the bits of a hash from one on.

    Attributes:
        first: the lowest bit.
        bits: how many.
        most: in how many of them those may differ that are found by it.
    """

    first: int
    bits: int
    most: int

    def keys(self, hashes: Hashes) -> Places:
        """Return this band of each hash."""
        mask = np.uint64((1 << self.bits) - 1)
        return ((hashes >> np.uint64(self.first)) & mask).astype(np.intp)

    def rows(self, count: int) -> float:
        """Return how many rows are fetched for a hash that is looked up among so many."""
        ways = sum(comb(self.bits, changed) for changed in range(self.most + 1))
        return ways * (1 + count / (1 << self.bits) / _WIDTH)


def _cuts(known: int, added: int, radius: int) -> list[_Cut]:
    """Cut hashes into as many bands as make it the quickest to add some to those known."""
    # For very few, it is not worth while to put the others in order: a band without bits has all.
    ways = [[_Cut(0, 0, 0)]]
    for bands in range(_FEWEST_BANDS, _MOST_BANDS + 1):
        # Were the first bands all farther off than this, and the others one bit less, the whole
        # would be farther off than the radius.
        (most, more), (bits, wider) = divmod(radius, bands), divmod(_BITS, bands)
        cuts, first = [], 0
        for number in range(bands):
            cut = _Cut(first, bits + (number < wider), most if number <= more else most - 1)
            cuts.append(cut)
            first += cut.bits
        ways.append([cut for cut in cuts if cut.most >= 0])

    def cost(cuts: list[_Cut]) -> float:
        looked_up = added * sum(cut.rows(known + added // 2) for cut in cuts)
        return looked_up + _MAKING * len(cuts) * (known + added) * (len(cuts) > 1)

    return min(ways, key=cost)


class _Band:
    """Representatives that can be looked up by one band.

    Those that have one key lie in rows that follow each other. The first row of a key is fetched
    without asking how many there are: mostly there are few, and a row of another key does no harm.
    """

    def __init__(self, room: Hashes, cut: _Cut, radius: int) -> None:
        """Begin without any.

        Args:
            room: all hashes that may be added.
            cut: the band.
            radius: in how many bits hashes may differ.
        """
        self._cut = cut
        self._radius = radius
        self._flips = _flips(cut.bits, cut.most)
        rows = -(-np.bincount(cut.keys(room), minlength=1 << cut.bits) // _WIDTH)
        self._starts = np.cumsum(rows) - rows
        self._counts = np.zeros(len(rows), np.intp)
        self._further = np.zeros(len(rows), np.intp)
        # If the last keys have no row, one that stays empty is fetched for them.
        shape = (int(rows.sum()) + 1, _WIDTH)
        self._hashes: Hashes = np.zeros(shape, np.uint64)
        self._places = np.full(shape, -1, np.int32)

    def add(self, hashes: Hashes, places: Places) -> None:
        """Add representatives, which are later ones than those before."""
        keys = self._cut.keys(hashes[places])
        order = np.argsort(keys, kind="stable")
        keys, places = keys[order], places[order]
        used, firsts, counts = np.unique(keys, return_index=True, return_counts=True)
        rank = np.arange(len(keys)) - np.repeat(firsts, counts)
        slots = self._starts[keys] * _WIDTH + self._counts[keys] + rank
        self._hashes.reshape(-1)[slots] = hashes[places]
        self._places.reshape(-1)[slots] = places
        self._counts[used] += counts
        self._further[used] = -(-self._counts[used] // _WIDTH) - 1

    def find(
        self, hashes: Hashes, batch: Places, first: Places, agree: Agree | None, check: Check
    ) -> None:
        """Find the earliest representative that each hash of a batch is alike to.

        Args:
            hashes: all of them.
            batch: the places of those that are looked up.
            first: the earliest one that is known for each of them; an earlier one takes its place.
            agree, check: as :class:`HashGroups` says.
        """
        ways = len(self._flips)
        if not self._counts.any():
            return
        step = max(1, _PIECE // ways)
        for start in range(0, len(batch), step):
            part, found = batch[start : start + step], first[start : start + step]
            own = hashes[part]
            keys = (self._cut.keys(own)[:, None] ^ self._flips).reshape(-1)
            rows, counts = self._starts[keys], self._further[keys]
            asked = np.arange(len(part))
            self._compare(own, part, asked, rows.reshape(len(part), ways), found, agree)
            many = np.flatnonzero(counts)
            for at, places in _runs(rows[many] + 1, counts[many]):
                check()
                self._compare(own, part, many[at] // ways, places[:, None], found, agree)

    def _compare(
        self,
        own: Hashes,
        part: Places,
        asked: Places,
        rows: Places,
        first: Places,
        agree: Agree | None,
    ) -> None:
        """Compare some of the hashes of a part with rows of representatives, m of them each.

        Args:
            own: the hashes of the part.
            part: their places.
            asked: n times which of the part.
            rows: shape (n, m).
            first, agree: as in :meth:`find`.
        """
        bits = self._hashes.take(rows.reshape(-1), axis=0).reshape(len(rows), -1)
        bits ^= own[asked, None]
        counts = np.bitwise_count(bits)
        near = np.flatnonzero(counts <= self._radius)
        if not len(near):
            return
        at, known = asked[near // bits.shape[1]], rows.reshape(-1)[near // _WIDTH]
        known = self._places[known, near % _WIDTH].astype(np.intp)
        # What is not earlier is not asked about again: most are found by several bands.
        wanted = (known >= 0) & (known < first[at])
        at, known, near = at[wanted], known[wanted], near[wanted]
        if agree is not None and len(at):
            alike = agree(known, part[at], counts.reshape(-1)[near])
            at, known = at[alike], known[alike]
        np.minimum.at(first, at, known)


def _flips(bits: int, most: int) -> Places:
    """Return all ways to change at most so many bits of a band."""
    ways = [
        sum(1 << bit for bit in changed)
        for count in range(most + 1)
        for changed in combinations(range(bits), count)
    ]
    return np.array(ways, np.intp)


def _runs(begin: Places, counts: Places) -> Iterator[tuple[Places, Places]]:
    """Yield (runs, places) of all places of runs of places, in pieces."""
    ends = np.cumsum(counts)
    run = 0
    while run < len(counts):
        done = ends[run - 1] if run else 0
        last = max(run + 1, int(np.searchsorted(ends, done + _PIECE, side="right")))
        many = counts[run:last]
        runs = np.repeat(np.arange(run, last), many)
        yield (
            runs,
            np.repeat(begin[run:last] - ends[run:last] + many + done, many) + np.arange(len(runs)),
        )
        run = last
