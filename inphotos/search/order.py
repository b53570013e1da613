"""The order of an answer's photos, from which any page can be cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from inphotos.search.filters import Scores
from inphotos.store.columns import Ids
from inphotos.store.table import PhotoTable

Sort = Literal["relevance", "date", "name", "folder", "size"]
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class Count:
    """How many photos match.

    Attributes:
        photos: the number.
        at_least: there may be more; they were not all looked at.
    """

    photos: int
    at_least: bool = False


class Ranking:
    """Photos, the best first, and of the same score the one with the lower id.

    It is put in order only as far as it is looked at.

    Attributes:
        total: how many photos there were to choose from.
    """

    def __init__(self, ids: Ids, scores: Scores, total: int) -> None:
        """Take the photos.

        Args:
            ids: n ids, ascending.
            scores: n cosine similarities.
            total: see above.
        """
        self.total = total
        self._ids = ids
        self._scores = scores
        self._order: npt.NDArray[np.intp] = np.zeros(0, np.intp)

    def count(self, least: float) -> int:
        """Count the photos with at least this score."""
        return int(np.count_nonzero(self._scores >= least))

    def page(self, offset: int, top: int) -> tuple[Ids, Scores]:
        """Return the ids and scores of at most ``top`` photos from a place on."""
        end = min(offset + top, len(self._ids))
        if end > len(self._order):
            self._order = self._best(end)
        at = self._order[offset:end]
        return self._ids[at], self._scores[at]

    def _best(self, count: int) -> npt.NDArray[np.intp]:
        if count > len(self._ids) // 8:
            return np.argsort(-self._scores, kind="stable")
        least = np.partition(self._scores, len(self._scores) - count)[len(self._scores) - count]
        # With all that are as good as the last one, or their ids would not decide.
        candidates = np.flatnonzero(self._scores >= least)
        return candidates[np.argsort(-self._scores[candidates], kind="stable")]


class GraphRanking:
    """The first photos as the index's graph gave them, and the others exactly, when asked for.

    A photo that the graph has missed comes first among the others.

    Attributes:
        total: how many photos there were to choose from.
    """

    def __init__(
        self, ids: Ids, scores: Scores, total: int, others: Callable[[Ids], Ranking] | None
    ) -> None:
        """Take the first photos.

        Args:
            ids, scores: of the first photos, the best first.
            total: see above.
            others: gives the ranking without these; None where there are no others.
        """
        self.total = total
        self._ids = ids
        self._scores = scores
        self._others = others
        self._rest: Ranking | None = None

    def page(self, offset: int, top: int) -> tuple[Ids, Scores]:
        """Return the ids and scores of at most ``top`` photos from a place on."""
        count, end = len(self._ids), offset + top
        ids, scores = self._ids[offset:end], self._scores[offset:end]
        if end <= count or self._others is None:
            return ids, scores
        if self._rest is None:
            self._rest = self._others(self._ids)
        more_ids, more_scores = self._rest.page(max(0, offset - count), end - max(offset, count))
        return np.concatenate([ids, more_ids]), np.concatenate([scores, more_scores])


class Listed:
    """Photos in an order that is no ranking.

    Attributes:
        total: how many they are.
    """

    def __init__(self, ids: Ids, scores: Scores | None, total: int) -> None:
        """Take photos that are in order; ``scores`` is None where they have none."""
        self.total = total
        self._ids = ids
        self._scores = scores

    def page(self, offset: int, top: int) -> tuple[Ids, Scores | None]:
        """Return the ids and scores of at most ``top`` photos from a place on."""
        there = slice(offset, offset + top)
        return self._ids[there], None if self._scores is None else self._scores[there]


def in_order(table: PhotoTable, rows: npt.NDArray[np.intp], sort: Sort) -> npt.NDArray[np.intp]:
    """Return rows of a table in another order; of the same key, the lower id comes first.

    Args:
        table: the photos.
        rows: which of them, ascending.
        sort: by the time they were taken, the latest first; by file name; by directory and file
            name; by the bytes of the file, the largest first. There is no relevance without a
            query, so that means the time.
    """
    match sort:
        case "relevance" | "date":
            keys = [-table.number("taken_ms")[rows]]
        case "size":
            keys = [-table.number("size")[rows]]
        case "name":
            keys = [_places(table, "name")[rows]]
        case "folder":
            keys = [_places(table, "name")[rows], _places(table, "folder")[rows]]
    return rows[np.lexsort(keys)]


def _places(table: PhotoTable, field: Literal["name", "folder"]) -> npt.NDArray[np.intp]:
    """Return for each photo the place of its text among all texts, whatever their case."""
    column = table.text("name_text") if field == "name" else table.directory(absolute=True)
    texts = np.array([text.casefold() for text in column.values], dtype=object)
    _, places = np.unique(texts, return_inverse=True) if len(texts) else (None, np.zeros(0, int))
    return np.asarray(places[column.codes], np.intp)
