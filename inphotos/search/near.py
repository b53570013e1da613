"""Near-duplicates: one picture that was saved again, resized, cut or edited a little."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from inphotos.search.hamming import Check, Hashes, HashGroups, Places
from inphotos.store.columns import Ids, Vectors, places_of

Aspects: TypeAlias = npt.NDArray[np.float64]
Read: TypeAlias = Callable[[Ids], tuple[Ids, Vectors]]
"""Gives embeddings: the ids, of those asked for, that have one, and the vectors of length 1."""

#: Up to so many bits less than what is allowed, the hash alone is proof. Of 36 million pairs of
#: different photos 1 is within 6 bits, and 23 are within 10; with MobileNetV2's embeddings 8 of
#: those are left, each of two products of one kind, taken from the same side.
LESS_FOR_SURE = 4

#: How far apart the logarithms of two photos' aspect ratios may be: a tenth. The hash knows nothing
#: of the ratio. A photo cut by 4 % differs in 4 % at most; 4:3 and 3:2 differ in 12 %.
_MOST_STRETCH = np.log(1.1)

#: Pairs whose embeddings are read at once: 16 MB of 512 numbers each.
_CHUNK = 4096


class NearDuplicates:
    """Groups photos by their hashes and embeddings, and goes on with the groups as photos come.

    Photos of one shape whose hashes differ in few bits are alike. Those that differ in more are
    alike if their embeddings say so too; where one has none, they are not.
    """

    def __init__(self, bits: int, read: Read, least_cosine: float) -> None:
        """Begin without photos.

        Args:
            bits: in how many bits of 64 the hashes may differ.
            read: gives embeddings.
            least_cosine: what their similarity is at least.
        """
        self._sure = max(0, bits - LESS_FOR_SURE)
        self._read = read
        self._least_cosine = np.float32(least_cosine)
        self._bits = bits
        self._ids: Ids = np.zeros(0, np.int64)
        self._hashes: Hashes = np.zeros(0, np.uint64)
        self._aspects: Aspects = np.zeros(0, np.float64)
        self._groups = HashGroups(bits)

    def group(self, ids: Ids, hashes: Hashes, aspects: Aspects, check: Check = lambda: None) -> Ids:
        """Return for each photo the id of the one that represents its group.

        Args:
            ids: of all photos, those that are to represent others first. Photos that were there
                the last time stay where they are, unless one is missing or has changed.
            hashes: their perceptual hashes.
            aspects: the logarithms of their aspect ratios.
            check: what it raises is passed on, and then this is of no use any more.
        """
        places = self._places_of(ids)
        known = places >= 0
        is_same = np.count_nonzero(known) == len(self._ids)
        if not (is_same and np.array_equal(self._hashes[places[known]], hashes[known])):
            self._begin_anew()
            known[:] = False
        if not known.all():
            self._ids = np.concatenate([self._ids, ids[~known]])
            self._hashes = np.concatenate([self._hashes, hashes[~known]])
            self._aspects = np.concatenate([self._aspects, aspects[~known]])
            self._groups.add(hashes[~known], self._agree, check)
            places = self._places_of(ids)
        return self._ids[self._groups.representatives[places]]

    def has_any(self, ids: Ids) -> bool:
        """Tell whether any of these photos was there the last time."""
        return bool(np.isin(ids, self._ids).any())

    def _begin_anew(self) -> None:
        self._ids, self._hashes, self._aspects = self._ids[:0], self._hashes[:0], self._aspects[:0]
        self._groups = HashGroups(self._bits)

    def _places_of(self, ids: Ids) -> Places:
        return places_of(ids, self._ids, np.argsort(self._ids))

    def _agree(
        self, firsts: Places, others: Places, bits: npt.NDArray[np.uint8]
    ) -> npt.NDArray[np.bool_]:
        stretch = np.abs(self._aspects[firsts] - self._aspects[others])
        alike = np.asarray(stretch <= _MOST_STRETCH)
        unsure = np.flatnonzero(alike & (bits > self._sure))
        for start in range(0, len(unsure), _CHUNK):
            pairs = unsure[start : start + _CHUNK]
            alike[pairs] = self._look_alike(self._ids[firsts[pairs]], self._ids[others[pairs]])
        return alike

    def _look_alike(self, firsts: Ids, others: Ids) -> npt.NDArray[np.bool_]:
        found, vectors = self._read(np.union1d(firsts, others))
        order = np.argsort(found)
        alike = np.isin(firsts, found) & np.isin(others, found)
        first, other = (
            order[np.searchsorted(found, ids[alike], sorter=order)] for ids in (firsts, others)
        )
        alike[alike] = np.vecdot(vectors[first], vectors[other]) >= self._least_cosine
        return alike
