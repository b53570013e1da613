"""Which photos answer a query, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from inphotos.search.filters import Scores, is_on_score
from inphotos.search.folding import Fold
from inphotos.search.grouping import arranged
from inphotos.search.listing import Listing
from inphotos.search.order import Count, GraphRanking, Group, Listed, Ranking, Sort
from inphotos.search.query import Query
from inphotos.search.scoring import Rows, Scorer
from inphotos.store.columns import Ids, Vectors
from inphotos.store.index import SEARCH_WIDTH, EmbeddingIndex
from inphotos.store.table import Mask
from inphotos.store.vectors import VectorTable

#: Up to so many photos the matrix is searched, which is exact and takes 41 MB for each 20,000 of
#: 512 numbers. Measured at 100,000 on two cores: 9 ms, after reading it once in 250 to 450 ms. The
#: graph takes 13 ms where it is searched as broadly as clustered vectors need for a recall@50 of
#: 1.00, and that gives it 0.92 or less of vectors without any clusters.
EXACT_UP_TO = 200_000

#: Photos of an answer that come out of the graph of a larger library; what follows them is exact,
#: and so is an answer of which more are wanted at once. Farther down the graph misses many: one in
#: ten of the first 240.
FROM_GRAPH = 50

#: Of a larger library, matches are counted among so many photos of the graph.
COUNTED = 1_000

#: Scores have so many decimals. Beyond that, those of the graph and of the matrix differ, and
#: photos of the same content are to keep the order of their ids.
DECIMALS = 6

#: Cosine similarities differ by less: what is added to it comes before all others.
_AHEAD = np.float32(4)


@dataclass(frozen=True, slots=True)
class Task:
    """A query with all that it needs.

    Attributes:
        left_out: ids of photos that are no answer, because they are the question, or are marked as
            less of what is wanted.
        first: ids of photos that are marked as more of it, which come first.
        top: photos of each page.
        fold: leaves one of the photos that are alike, None to leave all.
    """

    query: Query
    scorer: Scorer
    left_out: tuple[int, ...]
    first: tuple[int, ...]
    top: int = 0
    min_score: float | None = None
    sort: Sort = "relevance"
    group: Group = "none"
    fold: Fold | None = None

    @property
    def is_ranking(self) -> bool:
        """Whether the best come first, whatever day, directory or place they are of."""
        return self.sort == "relevance" and self.group == "none"


class Finder:
    """Ranks the photos of a library by the embeddings of one model.

    Every answer is exact, but for one: the first few photos of a large library, without filters and
    with a single direction to look into, come out of the index's graph, without reading the matrix.

    Use one from one thread at a time.
    """

    def __init__(self, listing: Listing, index: EmbeddingIndex) -> None:
        self._listing = listing
        self._table = listing.table
        self._index = index
        self._vectors = VectorTable(index)
        self._mean: tuple[int, Vectors] | None = None
        self._rows: tuple[tuple[int, int], Rows] | None = None

    def refresh(self) -> None:
        """Take in what has been written into the library since the last time."""
        self._table.refresh()
        self._vectors.refresh()

    @property
    def size(self) -> int:
        """How many embeddings there are, also of photos that have gone."""
        return len(self._vectors.ids)

    def searchable(self) -> Mask:
        """Tell which photos of the table are there and have an embedding."""
        return self._table.shown & (self._matrix_rows() >= 0)

    def sample(self, count: int) -> Vectors:
        """Return the embeddings of photos that lie evenly in the order of their ids."""
        ids = np.sort(self._vectors.ids)
        chosen = ids[np.linspace(0, len(ids) - 1, count).astype(np.intp)]
        return self._index.read(chosen.tolist())[1]

    def mean_vector(self) -> Vectors:
        """Return the mean of all embeddings."""
        matrix = self._vectors.matrix
        if self._mean is None or self._mean[0] != self._vectors.version:
            self._mean = (self._vectors.version, matrix.mean(axis=0))
        return self._mean[1]

    def order(self, task: Task) -> Ranking | GraphRanking | Listed:
        """Return the photos that answer a query, in their order."""
        self.refresh()
        if not task.is_ranking:
            return self._arranged(task)
        direction = task.scorer.direction
        if direction is None or task.query.filters or task.top > FROM_GRAPH:
            return self._marked_first(task) if task.first else self._exact(task)
        searchable = self.searchable()
        if np.count_nonzero(searchable) <= EXACT_UP_TO:
            return self._exact(task)
        return self._from_graph(task, *direction, searchable)

    def count(self, task: Task) -> Count:
        """Count the photos that match.

        Where that would read the embeddings of a large library, only the first photos of the
        index's graph are looked at.
        """
        self.refresh()
        searchable, least = self.searchable(), task.scorer.lines.maybe
        direction = task.scorer.direction
        if direction is None or task.query.filters or np.count_nonzero(searchable) <= EXACT_UP_TO:
            return Count(self._exact(task).count(least))
        vector, length = direction
        ids, scores = self._nearest(vector, COUNTED + len(task.left_out), searchable)
        matches = (scores * length >= least) & ~np.isin(ids, task.left_out)
        count = int(np.count_nonzero(matches))
        return Count(min(count, COUNTED), at_least=count >= COUNTED)

    def _matrix_rows(self) -> Rows:
        """Return for each photo of the table where its embedding is, -1 where it has none."""
        versions = (self._table.version, self._vectors.version)
        if self._rows is None or self._rows[0] != versions:
            self._rows = (versions, self._vectors.rows_of(self._table.ids))
        return self._rows[1]

    def _exact(self, task: Task) -> Ranking:
        return Ranking(*self._answering(task))

    def _marked_first(self, task: Task) -> GraphRanking:
        ids, scores, total = self._answering(task)
        best = float(scores.max()) if len(scores) else None
        first = np.isin(ids, task.first)
        rest = Ranking(ids[~first], scores[~first], total)
        ids, scores = ids[first], scores[first]
        order = np.lexsort((ids, -scores))
        return GraphRanking(ids[order], scores[order], total, lambda _: rest, best)

    def _answering(self, task: Task) -> tuple[Ids, Scores, int]:
        """Return the ids of an answer's photos with their scores, and of how many they are."""
        rows, scores = self._scored(task)
        total, ids = len(rows), self._table.ids[rows]
        kept = ~np.isin(ids, task.left_out)
        ids, scores = ids[kept], scores[kept]
        if task.fold is not None:
            task.fold.count(ids)
            total = task.fold.total
            ids, scores = _folded(task, ids, scores)
        if task.min_score is not None:
            kept = scores >= task.min_score
            ids, scores = ids[kept], scores[kept]
        return ids, scores, total

    def _scored(self, task: Task) -> tuple[Rows, Scores]:
        """Return the rows of the table that pass the filters, and their scores."""
        matrix = self._vectors.matrix  # first: reading it may bring news of which ids there are
        groups = task.query.conditions
        on_score = [group for group in groups if any(is_on_score(f.condition) for f in group)]
        others = [group for group in groups if group not in on_score]
        masks = self._listing.masks
        rows = np.flatnonzero(self.searchable() & masks.accepted(others))
        scores = task.scorer.scores(matrix, self._matrix_rows()[rows], self.mean_vector)
        scores = np.round(scores, DECIMALS)
        if on_score:
            everywhere = np.full(len(self._table.ids), np.nan, np.float32)
            everywhere[rows] = scores
            kept = masks.accepted(on_score, everywhere)[rows]
            rows, scores = rows[kept], scores[kept]
        return rows, scores

    def _arranged(self, task: Task) -> Listed:
        """Put the photos that match, or the best ones where none does, in order and groups."""
        ranking = self._exact(task)
        own_line = any(is_on_score(filter_.condition) for filter_ in task.query.filters)
        if own_line or task.min_score is not None:
            ids, scores = ranking.at_least(-np.inf)
        else:
            ids, scores = ranking.at_least(task.scorer.lines.maybe)
        if not len(ids):
            ids, scores = ranking.page(0, task.top)
            by_id = np.argsort(ids)
            ids, scores = ids[by_id], scores[by_id]
        rows = self._table.rows_of(ids)
        order, groups = arranged(self._table, rows, task.sort, task.group, scores)
        return Listed(ids[order], scores[order], ranking.total, groups)

    def _from_graph(
        self, task: Task, vector: Vectors, length: float, searchable: Mask
    ) -> GraphRanking:
        total = int(np.count_nonzero(searchable))
        if task.fold is not None:
            everything = self._table.ids[searchable]
            task.fold.count(everything[~np.isin(everything, task.left_out)])
            total = task.fold.total
        ids, scores = self._nearest(vector, FROM_GRAPH + len(task.left_out), searchable)
        scores = np.round(scores * np.float32(length), DECIMALS)
        kept = ~np.isin(ids, task.left_out)
        ids, scores = ids[kept], scores[kept]
        if task.fold is not None:
            by_id = np.argsort(ids)
            ids, scores = _folded(task, ids[by_id], scores[by_id])
        order = np.lexsort((ids, -scores))[:FROM_GRAPH]
        ids, scores = ids[order], scores[order]
        if task.min_score is not None and len(scores) and scores[-1] < task.min_score:
            enough = scores >= task.min_score
            return GraphRanking(ids[enough], scores[enough], total, None)

        def others(known: Ids) -> Ranking:
            self.refresh()
            if task.fold is not None:
                known = task.fold.groups.with_all_of(known)
            return self._exact(replace(task, left_out=(*task.left_out, *known.tolist())))

        return GraphRanking(ids, scores, total, others)

    def _nearest(self, vector: Vectors, wanted: int, searchable: Mask) -> tuple[Ids, Scores]:
        # The index also holds photos that have gone, so it is asked for more until enough of
        # those that are there have come, or there are no more.
        size, k = len(self._vectors.ids), max(wanted, SEARCH_WIDTH)
        while True:
            hits = self._index.nearest(vector, k)
            ids = np.array([id_ for id_, _ in hits], np.int64)
            rows = self._table.rows_of(ids)
            there = (rows >= 0) & searchable[rows]
            if np.count_nonzero(there) >= wanted or k >= size:
                scores = np.array([score for _, score in hits], np.float32)
                return ids[there], scores[there]
            k = min(size, k * 2)


def _folded(task: Task, ids: Ids, scores: Scores) -> tuple[Ids, Scores]:
    """Leave one of the photos that are alike: a marked one, else the best."""
    assert task.fold is not None
    kept = task.fold.best(ids, np.where(np.isin(ids, task.first), scores + _AHEAD, scores))
    return ids[kept], scores[kept]
