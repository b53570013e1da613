"""Of photos that are alike, only one in an answer, with how many there are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from inphotos.search.filters import Scores
from inphotos.search.gathering import Groups, Rows
from inphotos.store.columns import Ids
from inphotos.store.table import Mask


class Fold:
    """Says which photos of one answer stay, and how many each of them stands for.

    It keeps to the groups as they were when the answer began, so that its pages go together.

    Attributes:
        groups: the photos that are alike.
        total: how many photos are left of the whole answer, see :meth:`count`.
        hidden: how many are not, because one that is left stands for them.
    """

    def __init__(self, groups: Groups) -> None:
        self.groups = groups
        self.total = self.hidden = 0
        self._counts: Rows | None = None

    def count(self, ids: Ids) -> None:
        """Note which photos are in the answer; what is said later on changes nothing any more."""
        if self._counts is None:
            self._counts = np.bincount(self.groups.codes_of(ids))
            self.total = int(np.count_nonzero(self._counts))
            self.hidden = len(ids) - self.total

    def count_like(self, other: Fold, ids: Ids) -> None:
        """Note that the same photos are in the answer as in another one."""
        if self._counts is None and other.groups is self.groups:
            self._counts, self.total, self.hidden = other._counts, other.total, other.hidden
        self.count(ids)

    def alike(self, ids: Ids) -> list[int]:
        """Return how many photos of the answer each of these stands for, itself included."""
        assert self._counts is not None
        codes = self.groups.codes_of(ids)
        known = codes < len(self._counts)
        counts = np.ones(len(ids), np.intp)
        # A photo that came into the library while the answer was looked at stands for itself.
        counts[known] = np.maximum(self._counts[codes[known]], 1)
        return [int(count) for count in counts]

    def best(self, ids: Ids, scores: Scores) -> Mask:
        """Tell which photos stay: of each group the one of the highest score, then the lowest id.

        Args:
            ids: n ids, ascending.
            scores: theirs.
        """
        return self._first(ids, lambda codes, rows: np.lexsort((-scores[rows], codes)))

    def first(self, ids: Ids) -> Mask:
        """Tell which photos stay: the first one of each group."""
        return self._first(ids, lambda codes, _: np.argsort(codes, kind="stable"))

    def _first(self, ids: Ids, in_order: Callable[[Rows, Rows], Rows]) -> Mask:
        """Tell which photos come first in an order that puts those of a group together."""
        codes = self.groups.codes_of(ids)
        # Nearly all photos are alone, and need not be put in order.
        rows = np.flatnonzero(np.bincount(codes)[codes] > 1)
        order = in_order(codes[rows], rows)
        rows, ordered = rows[order], codes[rows][order]
        stays = np.ones(len(ids), np.bool_)
        stays[rows[1:]] = ordered[1:] != ordered[:-1]
        return stays
