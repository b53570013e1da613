"""Near-duplicates: one picture that was saved again, resized, cut or edited a little."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from inphotos.search.hamming import Check, Hashes, HashGroups, Places
from inphotos.store.alike_file import KeptGroups
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


_NOTHING = KeptGroups(
    np.zeros(0, np.int64), np.zeros(0, np.uint64), np.zeros(0, np.float64), np.zeros(0, np.intp)
)


class NearDuplicates:
    """Groups photos by their hashes and embeddings, and goes on with the groups as photos come.

    Photos of one shape whose hashes differ in few bits are alike. Those that differ in more are
    alike if their embeddings say so too; where one has none, they are not.
    """

    _ids: Ids
    _hashes: Hashes
    _aspects: Aspects
    _groups: HashGroups

    def __init__(
        self, bits: int, read: Read, least_cosine: float, kept: KeptGroups | None = None
    ) -> None:
        """Begin with groups that were kept, or without photos.

        Args:
            bits: in how many bits of 64 the hashes may differ.
            read: gives embeddings.
            least_cosine: what their similarity is at least.
            kept: groups that were found with the same.
        """
        self._sure = max(0, bits - LESS_FOR_SURE)
        self._read = read
        self._least_cosine = np.float32(least_cosine)
        self._bits = bits
        self._begin(_NOTHING if kept is None else kept)

    @property
    def kept(self) -> KeptGroups:
        """The groups as they are to be kept."""
        return KeptGroups(self._ids, self._hashes, self._aspects, self._groups.representatives)

    def group(
        self, ids: Ids, hashes: Hashes, aspects: Aspects, check: Check = lambda: None
    ) -> tuple[Ids, bool]:
        """Return for each photo the id of the one that represents its group, and what is new.

        Args:
            ids: of all photos, those that are to represent others first. Photos that were there
                the last time stay where they are, unless one that stands for others is missing or
                has changed.
            hashes: their perceptual hashes.
            aspects: the logarithms of their aspect ratios.
            check: what it raises is passed on, and then this is of no use any more.

        Returns:
            The ids, and whether the groups are others than the last time.
        """
        places = self._places_of(ids)
        known = np.flatnonzero(places >= 0)
        stays = np.zeros(len(self._ids), np.bool_)
        stays[places[known]] = self._hashes[places[known]] == hashes[known]
        if not stays.all():
            self._leave(stays)
        is_known = self._places_of(ids) >= 0
        is_new = not (is_known.all() and stays.all())
        if not is_known.all():
            self._ids = np.concatenate([self._ids, ids[~is_known]])
            self._hashes = np.concatenate([self._hashes, hashes[~is_known]])
            self._aspects = np.concatenate([self._aspects, aspects[~is_known]])
            self._groups.add(hashes[~is_known], self._agree, check)
        representatives = self._groups.representatives[self._places_of(ids)]
        return self._ids[representatives], is_new

    def has_any(self, ids: Ids) -> bool:
        """Tell whether any of these photos was there the last time."""
        return bool(np.isin(ids, self._ids).any())

    def _begin(self, kept: KeptGroups) -> None:
        self._ids, self._hashes, self._aspects = kept.ids, kept.hashes, kept.aspects
        self._groups = HashGroups(self._bits, kept.hashes, kept.representatives)

    def _leave(self, stays: npt.NDArray[np.bool_]) -> None:
        """Leave some of the photos, or none where one that goes stands for others."""
        firsts = self._groups.representatives
        counts = np.bincount(firsts, minlength=len(firsts))
        if (counts[~stays] > 1).any():
            self._begin(_NOTHING)
            return
        places = np.cumsum(stays) - 1
        left = places[firsts[stays]]
        kept = KeptGroups(self._ids[stays], self._hashes[stays], self._aspects[stays], left)
        self._begin(kept)

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
