"""Which photos answer a query, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from inphotos.errors import LibraryError
from inphotos.search.filters import Scores, is_on_score
from inphotos.search.folding import Fold
from inphotos.search.grouping import arranged
from inphotos.search.listing import Listing
from inphotos.search.order import Count, GraphRanking, Group, Listed, Ranking, Sort, best_of
from inphotos.search.query import Query
from inphotos.search.scoring import Rows, Scorer
from inphotos.store.columns import Ids, Vectors, places_of
from inphotos.store.index import EmbeddingIndex
from inphotos.store.rounding import Codes, Rounding
from inphotos.store.table import Mask
from inphotos.store.vectors import VectorTable

#: Up to so many photos the matrix is searched: it takes 41 MB for 20,000 of 512 numbers, and 2 ms.
#: Of more photos the rounded vectors are searched, and the best are compared by their own vectors.
EXACT_UP_TO = 20_000

#: Of a larger library, so few photos that pass filters are compared by their own vectors.
FEW = 2_000

#: So many of the best photos of an answer, for each that is wanted at once, have their exact scores
#: and order. Rounding moves a score by 0.0004 (standard deviation): the best 50 of 100,000 were
#: always among the 60 that were best by the rounded vectors, for all three shapes of
#: ``scripts/drawn_library.py``. What comes farther down may be off by as much.
CHECKED = 1.5
_LEAST_CHECKED = 150

#: Of those that are best by the leading numbers of their rounded vectors, so many are compared by
#: all numbers, for each that is wanted, and at least this share of all (see ``store/rounding.py``).
_LEADING, _LEADING_SHARE = 8, 0.02

#: So many photos at once come out of the index's graph, until the vectors are rounded.
FROM_GRAPH = 240

#: How broadly the graph is searched for them: see ``SEARCH_WIDTH``.
_GRAPH_WIDTH = 2_000

#: Until then, matches are counted among so many photos of the graph.
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
    def checked(self) -> int:
        """How many of the best photos have their exact scores and order."""
        return max(_LEAST_CHECKED, int(CHECKED * self.top))

    @property
    def is_ranking(self) -> bool:
        """Whether the best come first, whatever day, directory or place they are of."""
        return self.sort == "relevance" and self.group == "none"


class Finder:
    """Ranks the photos of a library by the embeddings of one model.

    The answers of a small library are exact. Those of a large one are exact as far as anybody looks
    (``CHECKED``), and nearly so beyond that. Until the vectors are rounded, which is begun by the
    first query, the first photos come out of the index's graph, which may miss some.

    Use one from one thread at a time.
    """

    def __init__(self, listing: Listing, index: EmbeddingIndex) -> None:
        self._listing = listing
        self._table = listing.table
        self._index = index
        self._vectors = VectorTable(index)
        self._mean: tuple[int, Vectors] | None = None
        self._rows: tuple[tuple[int, int], Rows] | None = None
        self._folded: tuple[tuple[int, int], Fold] | None = None

    def refresh(self) -> None:
        """Take in what has been written into the library since the last time."""
        self._table.refresh()
        self._vectors.refresh()

    @property
    def version(self) -> tuple[int, int]:
        """Another one whenever photos or embeddings may have changed, as of :meth:`refresh`."""
        return self._table.version, self._vectors.version

    @property
    def size(self) -> int:
        """How many embeddings there are, also of photos that have gone."""
        return len(self._vectors.ids)

    def searchable(self) -> Mask:
        """Tell which photos of the table are there and have an embedding."""
        return self._table.shown & (self._matrix_rows() >= 0)

    def close(self) -> None:
        """Read nothing any more; belongs before the library is closed."""
        self._vectors.close()

    def sample(self, count: int) -> Vectors:
        """Return the embeddings of photos that lie evenly in the order of their ids."""
        ids = np.sort(self._vectors.ids)
        chosen = ids[np.linspace(0, len(ids) - 1, count).astype(np.intp)]
        return self._index.read(chosen.tolist())[1]

    def mean_vector(self) -> Vectors:
        """Return the mean of all embeddings; of a large library, nearly."""
        if self._mean is None or self._mean[0] != self._vectors.version:
            rounded = None if self._is_small() else self._rounded()
            if not self.size:  # all photos have left the library
                mean = np.zeros(self._vectors.matrix.shape[1], np.float32)
            else:
                mean = self._vectors.matrix.mean(axis=0) if rounded is None else _mean(rounded)
            self._mean = (self._vectors.version, mean)
        return self._mean[1]

    def order(self, task: Task) -> Ranking | GraphRanking | Listed:
        """Return the photos that answer a query, in their order."""
        self.refresh()
        if not task.is_ranking:
            return self._arranged(task)
        direction = task.scorer.direction
        if self._is_small() or direction is None or task.query.filters:
            return self._marked_first(task) if task.first else self._exact(task)
        if self._vectors.rounded is None:
            self._vectors.round()
            if task.top > FROM_GRAPH and self._vectors.rounded is None:
                return self._exact(task)
        return self._first_ones(task, *direction)

    def count(self, task: Task) -> Count:
        """Count the photos that match.

        Where that would read the embeddings of a large library, only the first photos of the
        index's graph are looked at.
        """
        self.refresh()
        least, direction = task.scorer.lines.maybe, task.scorer.direction
        is_ready = self._is_small() or self._vectors.rounded is not None
        if is_ready or direction is None or task.query.filters:
            return Count(self._exact(task).count(least))
        vector, length = direction
        ids, scores = self._from_graph(vector, COUNTED + len(task.left_out))
        matches = (scores * length >= least) & ~np.isin(ids, task.left_out)
        count = int(np.count_nonzero(matches))
        return Count(min(count, COUNTED), at_least=count >= COUNTED)

    def _is_small(self) -> bool:
        return len(self._vectors.ids) <= EXACT_UP_TO

    def _rounded(self) -> tuple[Rounding, Codes]:
        """Return the rounded vectors of a large library, once they are there."""
        if self._vectors.rounded is None:
            self._vectors.round()
            self._vectors.wait()
            self.refresh()
        rounded = self._vectors.rounded
        if rounded is None:
            raise LibraryError(
                "The embeddings of the library cannot be read; start InPhotos again."
            )
        return rounded

    def _matrix_rows(self) -> Rows:
        """Return for each photo of the table where its embedding is, -1 where it has none."""
        if self._rows is None or self._rows[0] != self.version:
            self._rows = (self.version, self._vectors.rows_of(self._table.ids))
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
        self._prepare()
        groups = task.query.conditions
        on_score = [group for group in groups if any(is_on_score(f.condition) for f in group)]
        others = [group for group in groups if group not in on_score]
        masks = self._listing.masks
        rows = np.flatnonzero(self.searchable() & masks.accepted(others))
        scores = np.round(self._scores(task, rows), DECIMALS)
        if on_score:
            everywhere = np.full(len(self._table.ids), np.nan, np.float32)
            everywhere[rows] = scores
            kept = masks.accepted(on_score, everywhere)[rows]
            rows, scores = rows[kept], scores[kept]
        return rows, scores

    def _prepare(self) -> None:
        """Read what is scored; that may bring news of which ids there are."""
        if self._is_small():
            _ = self._vectors.matrix
        else:
            self._rounded()

    def _scores(self, task: Task, rows: Rows) -> Scores:
        """Score photos, by their rows of the table."""
        at = self._matrix_rows()[rows]
        if self._is_small():
            return task.scorer.scores(self._vectors.matrix, at, self.mean_vector)
        if len(rows) <= FEW:
            return self._exact_scores(task, rows)
        rounding, codes = self._rounded()
        # Taking rows out costs about as much as looking at them.
        codes, at = (codes[at], at) if 2 * len(at) < len(codes) else (codes, at)

        def products(vector: Vectors) -> Scores:
            found = rounding.products(codes, vector)
            return found if len(found) == len(at) else found[at]

        scores = task.scorer.scores_by(products, len(rows), self.mean_vector)
        best = best_of(scores, task.checked)
        scores[best] = self._exact_scores(task, rows[best])
        return scores

    def _exact_scores(self, task: Task, rows: Rows) -> Scores:
        """Score a few photos by their own vectors."""
        wanted = self._table.ids[rows]
        ids, vectors = self._index.read(wanted.tolist())
        at = places_of(wanted, ids, np.argsort(ids))
        there = at >= 0  # what has been removed just now is worth nothing any more
        scores = np.full(len(rows), -1, np.float32)
        scores[there] = task.scorer.scores(vectors, at[there], self.mean_vector)
        return scores

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

    def _first_ones(self, task: Task, vector: Vectors, length: float) -> GraphRanking:
        """Return the first photos of a large library, and the others when they are asked for."""
        total = self._count_all(task)
        wanted = task.checked + len(task.left_out)
        if self._vectors.rounded is None:
            ids, scores = self._from_graph(vector, wanted)
        else:
            ids, scores = self._nearest(vector, wanted)
        scores = np.round(scores * np.float32(length), DECIMALS)
        kept = ~np.isin(ids, task.left_out)
        ids, scores = ids[kept], scores[kept]
        by_id = np.argsort(ids)
        ids, scores = ids[by_id], scores[by_id]
        if task.fold is not None:
            ids, scores = _folded(task, ids, scores)
        order = np.argsort(-scores, kind="stable")
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

    def _count_all(self, task: Task) -> int:
        """Return how many photos there are to choose from, after folding."""
        searchable = self.searchable()
        if task.fold is None:
            return int(np.count_nonzero(searchable))
        ids = self._table.ids[searchable]
        if task.left_out:
            task.fold.count(ids[~np.isin(ids, task.left_out)])
        elif self._folded is not None and self._folded[0] == self.version:
            task.fold.count_like(self._folded[1], ids)
        else:
            task.fold.count(ids)
            self._folded = (self.version, task.fold)
        return task.fold.total

    def _nearest(self, vector: Vectors, wanted: int) -> tuple[Ids, Scores]:
        """Return photos by the rounded vectors, with their exact scores."""
        rounding, codes = self._rounded()
        lead = self._vectors.lead
        nearly = rounding.products(codes if lead is None else lead, vector)
        rows = self._matrix_rows()[self.searchable()]
        if len(rows) < len(nearly):
            hidden = np.ones(len(nearly), np.bool_)
            hidden[rows] = False
            nearly[hidden] = -np.inf
        wanted = min(wanted, len(rows))
        if lead is None:
            best = best_of(nearly, wanted)
        else:
            leading = max(_LEADING * wanted, int(_LEADING_SHARE * len(nearly)))
            chosen = best_of(nearly, min(leading, len(rows)))
            best = chosen[best_of(rounding.products(codes[chosen], vector), wanted)]
        ids, vectors = self._index.read(self._vectors.ids[best].tolist())
        return ids, np.asarray(np.vecdot(vectors, vector), np.float32)

    def _from_graph(self, vector: Vectors, wanted: int) -> tuple[Ids, Scores]:
        """Return photos from the index's graph."""
        # The index also holds photos that have gone, so it is asked for more until enough of
        # those that are there have come, or there are no more.
        searchable = self.searchable()
        size, k = len(self._vectors.ids), max(wanted, _GRAPH_WIDTH)
        while True:
            ids, scores = self._index.nearest(vector, k)
            rows = self._table.rows_of(ids)
            there = (rows >= 0) & searchable[rows]
            if np.count_nonzero(there) >= wanted or k >= size:
                return ids[there][:wanted], scores[there][:wanted]
            k = min(size, k * 2)


def _mean(rounded: tuple[Rounding, Codes]) -> Vectors:
    rounding, codes = rounded
    return rounding.mean(codes)


def _folded(task: Task, ids: Ids, scores: Scores) -> tuple[Ids, Scores]:
    """Leave one of the photos that are alike: a marked one, else the best."""
    assert task.fold is not None
    kept = task.fold.best(ids, np.where(np.isin(ids, task.first), scores + _AHEAD, scores))
    return ids[kept], scores[kept]
