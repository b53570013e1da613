"""Bursts: photos that one camera took of the same thing within seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inphotos.phash import FLAT, NOT_HASHED
from inphotos.search.hamming import Check
from inphotos.search.near import Read
from inphotos.store.columns import Ids, places_of

#: The most time between two shots of a burst. Cameras write whole seconds, so two that are a second
#: apart by the clock may say 2; who lowers the camera and frames anew takes longer.
MOST_GAP_MS = 2_000

#: A shot that is later than this is not of the burst, though shot follows shot: a time-lapse
#: becomes a photo for each minute of it.
LONGEST_MS = 60_000

#: Of photos without embeddings, the hashes may differ in so many bits. That far apart are 0.3 % of
#: the pairs of any two photos, few of which one camera took within seconds.
BURST_BITS = 20

#: Photos whose embeddings are read at once: 8 MB of 512 numbers each.
_CHUNK = 4096

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Shots:
    """Photos of which it is known which camera took them and when, n of them.

    Attributes:
        ids: of the photos.
        units: number of the group of copies and near-duplicates that each one is in; such a group
            is taken into a burst as a whole.
        series: equal for those that one camera put into one directory.
        taken_ms: milliseconds since 1970.
        hashes: perceptual hashes.
    """

    ids: Ids
    units: Rows
    series: npt.NDArray[np.int64]
    taken_ms: npt.NDArray[np.int64]
    hashes: npt.NDArray[np.uint64]


def find_bursts(
    shots: Shots, units: int, read: Read, least_cosine: float, check: Check = lambda: None
) -> Rows:
    """Find the bursts.

    In each run of shots with little time between them, the first one is the representative of all
    that are alike to it, then the first one of those that are left, and so on. So a slow pan
    becomes several bursts, and in none of them is a photo unlike the first one.

    Args:
        shots: the photos.
        units: how many groups of copies and near-duplicates there are.
        read: gives embeddings.
        least_cosine: from that similarity on, photos with embeddings are alike.
        check: what it raises is passed on.

    Returns:
        For each unit the one that represents its burst; its own where it is in none.
    """
    found = np.arange(units)
    has_joined = np.zeros(units, np.bool_)
    leads = np.zeros(units, np.bool_)
    for run, alike in _runs_with_likeness(shots, read, least_cosine):
        check()
        own, taken = shots.units[run], shots.taken_ms[run]
        for at in range(len(run) - 1):
            if has_joined[own[at]]:
                continue
            later = slice(at + 1, int(np.searchsorted(taken, taken[at] + LONGEST_MS, "right")))
            others = own[later]
            is_free = ~(has_joined[others] | leads[others]) & (others != own[at])
            if not is_free.any():
                continue
            others = others[is_free & alike(at, later)]
            if len(others):
                leads[own[at]] = True
                has_joined[others] = True
                found[others] = own[at]
    return found


Alike = Callable[[int, slice], npt.NDArray[np.bool_]]


def _runs_with_likeness(
    shots: Shots, read: Read, least_cosine: float
) -> Iterator[tuple[Rows, Alike]]:
    """Yield the shots of each run, and what tells which of them are alike to one."""
    chunk: list[Rows] = []
    runs = _runs(shots)
    while True:
        run = next(runs, None)
        if run is not None:
            chunk.append(run)
        if chunk and (run is None or sum(map(len, chunk)) >= _CHUNK):
            rows = np.concatenate(chunk)
            likeness = _Likeness(shots, rows, read, least_cosine)
            start = 0
            for each in chunk:
                yield each, likeness.within(start)
                start += len(each)
            chunk = []
        if run is None:
            return


def _runs(shots: Shots) -> Iterator[Rows]:
    """Yield the shots that follow each other closely, in order, where they are of several units."""
    order = np.lexsort((shots.ids, shots.taken_ms, shots.series))
    gaps = np.diff(shots.taken_ms[order]) > MOST_GAP_MS
    ends = np.flatnonzero(gaps | (np.diff(shots.series[order]) != 0)) + 1
    starts = np.concatenate([[0], ends])
    lengths = np.diff(np.concatenate([starts, [len(order)]]))
    for start, length in zip(starts[lengths > 1], lengths[lengths > 1], strict=True):
        run = order[start : start + length]
        if (shots.units[run] != shots.units[run[0]]).any():
            yield run


class _Likeness:
    """Compares shots by their embeddings or, where one has none, by their hashes."""

    def __init__(self, shots: Shots, rows: Rows, read: Read, least_cosine: float) -> None:
        self._hashes = shots.hashes[rows]
        self._has_hash = (self._hashes != NOT_HASHED) & (self._hashes != FLAT)
        self._least_cosine = np.float32(least_cosine)
        ids = shots.ids[rows]
        found, vectors = read(ids)
        self._vectors = np.zeros((len(rows), vectors.shape[1]), np.float32)
        at = places_of(ids, found, np.argsort(found))
        self._has_vector = at >= 0
        self._vectors[self._has_vector] = vectors[at[self._has_vector]]

    def within(self, start: int) -> Alike:
        """Return the comparison for the run that begins at a row."""
        return lambda at, others: self._alike(
            start + at, slice(start + others.start, start + others.stop)
        )

    def _alike(self, at: int, others: slice) -> npt.NDArray[np.bool_]:
        near = np.bitwise_count(self._hashes[others] ^ self._hashes[at]) <= BURST_BITS
        near &= self._has_hash[others] & self._has_hash[at]
        if not self._has_vector[at]:
            return np.asarray(near)
        alike = np.vecdot(self._vectors[others], self._vectors[at]) >= self._least_cosine
        return np.asarray(np.where(self._has_vector[others], alike, near))
