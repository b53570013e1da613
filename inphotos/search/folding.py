"""Of photos that are alike, only one in an answer, with how many there are."""

from __future__ import annotations

import numpy as np

from inphotos.search.alike import Groups, Rows
from inphotos.search.filters import Scores
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
        self._codes: Rows | None = None
        self._counts: Rows = np.zeros(0, np.intp)

    def count(self, ids: Ids) -> None:
        """Note which photos are in the answer; what is said later on changes nothing any more."""
        if self._codes is None:
            self._codes, self._counts = np.unique(self.groups.codes_of(ids), return_counts=True)
            self.total = len(self._codes)
            self.hidden = len(ids) - self.total

    def alike(self, ids: Ids) -> list[int]:
        """Return how many photos of the answer each of these stands for, itself included."""
        assert self._codes is not None
        codes = self.groups.codes_of(ids)
        if not len(self._codes):
            return [1] * len(ids)
        at = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        # A photo that came into the library while the answer was looked at stands for itself.
        counts: list[int] = np.where(self._codes[at] == codes, self._counts[at], 1).tolist()
        return counts

    def best(self, ids: Ids, scores: Scores) -> Mask:
        """Tell which photos stay: of each group the one of the highest score, then the lowest id.

        Args:
            ids: n ids, ascending.
            scores: theirs.
        """
        codes = self.groups.codes_of(ids)
        return _first_of_each(codes, np.lexsort((-scores, codes)))

    def first(self, ids: Ids) -> Mask:
        """Tell which photos stay: the first one of each group."""
        codes = self.groups.codes_of(ids)
        return _first_of_each(codes, np.argsort(codes, kind="stable"))


def _first_of_each(codes: Rows, order: Rows) -> Mask:
    """Tell which rows come first in an order that puts equal codes together."""
    is_first = np.ones(len(codes), np.bool_)
    is_first[order[1:]] = codes[order[1:]] != codes[order[:-1]]
    return is_first
