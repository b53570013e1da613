"""Answers queries from the index of one model."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from inphotos.encoders.base import Encoder, Model, normalize
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.concepts import ConceptEncoder, absolute
from inphotos.search.filters import Scores, is_on_score
from inphotos.search.folding import Fold
from inphotos.search.listing import Listing, problems_of
from inphotos.search.order import GraphRanking, Listed, Ranking, Sort, in_order
from inphotos.search.query import Concept, Query, Span, parse
from inphotos.search.ranking import Distance, Results, result_of
from inphotos.search.remembered import Remembered
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
_FROM_GRAPH = 50

#: Scores have so many decimals. Beyond that, those of the graph and of the matrix differ, and
#: photos of the same content are to keep the order of their ids.
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class _Answer:
    """What further pages of an answer are cut from."""

    scorer: Scorer
    order: Ranking | GraphRanking | Listed
    fold: Fold | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """A query with all that it needs.

    Attributes:
        left_out: ids of photos that are no answer, because they are the question.
        top: photos of each page.
        fold: leaves one of the photos that are alike, None to leave all.
    """

    query: Query
    scorer: Scorer
    left_out: tuple[int, ...]
    min_score: float | None
    sort: Sort
    top: int
    fold: Fold | None = None


class SearchEngine:
    """Finds photos by words and by photos. Use one from one thread at a time.

    Every answer is exact, but for one: the first few photos of a large library, without filters and
    with a single direction to look into, come out of the index's graph, without reading the matrix.
    """

    def __init__(
        self,
        model: Model,
        listing: Listing,
        index: EmbeddingIndex,
        decoders: DecoderService,
        load_encoder: Callable[[], Encoder],
    ) -> None:
        """Wire the parts.

        Args:
            load_encoder: called when the first query needs it.
            model, listing, index, decoders: as their classes say.
        """
        self._model = model
        self._listing = listing
        listing.alike.compare_with(index, model.thresholds.same_kind)
        self._table = listing.table
        self._index = index
        self._vectors = VectorTable(index)
        self._concepts = ConceptEncoder(model, listing.catalog, index, decoders, load_encoder)
        self._answers: Remembered[_Answer] = Remembered()
        self._mean: tuple[int, Vectors] | None = None
        self._rows: tuple[tuple[int, int], Rows] | None = None

    def search(
        self,
        query: str | Query,
        *,
        top: int,
        offset: int = 0,
        min_score: float | None = None,
        sort: Sort = "relevance",
        explain: bool = False,
        fold: bool = False,
    ) -> Results:
        """Find the photos that a query describes best.

        Args:
            query: as it was typed, or parsed.
            top: how many photos at most.
            offset: how many of the best to leave out. Further pages go on with what the first one
                began, even if the library has changed, so that none comes twice or is skipped.
            min_score: leave out photos of a lower score; they still count in the total.
            sort: relevance, or another order of the photos that match (of the ``top`` best ones
                where fewer do).
            explain: also tell the similarity to each concept.
            fold: of photos that are alike, leave only the best one for the query.

        Raises:
            QueryError: there is nothing to search for.
            TextNotSupportedError: the query has words, and the model compares photos only.
            PhotoError: a photo of the query cannot be read.
            ModelError: the model cannot be loaded.
            LibraryError: the store cannot be read.
        """
        started = time.perf_counter()
        parsed = parse(query) if isinstance(query, str) else query
        if not parsed.concepts:
            order: Sort = "date" if sort == "relevance" else sort
            return self._listing.list(
                parsed, self._model.name, top=top, offset=offset, sort=order, fold=fold
            )
        key = (parsed.text, min_score, sort, top if sort != "relevance" else 0, fold)
        answer = self._answers.get(key) if offset else None
        if answer is None:
            vectors = self._concepts.vectors(parsed.concepts)
            scorer = Scorer(parsed, vectors, self._model.thresholds)
            photos = [c.photo for c in parsed.concepts if c.photo is not None]
            left_out = self._concepts.ids_of(photos)
            task = _Task(parsed, scorer, left_out, min_score, sort, top, self._fold(fold))
            answer = self._answers.put(key, _Answer(scorer, self._order(task), task.fold))
        words = " ".join(parsed.text.split())
        return self._page(answer, words, parsed, top, offset, explain=explain, started=started)

    def similar(self, photo: Path, *, top: int, offset: int = 0, fold: bool = False) -> Results:
        """Find the photos most like another one, which need not be in the library.

        The photo itself is left out of the answer.

        Args:
            photo: the file.
            top, offset, fold: as in :meth:`search`.

        Raises:
            PhotoError: the photo cannot be read.
            ModelError: the model cannot be loaded.
            LibraryError: the store cannot be read.
        """
        started = time.perf_counter()
        path = absolute(photo)
        key = (path, fold)
        answer = self._answers.get(key) if offset else None
        if answer is None:
            query = Query("", (Concept("", path, 1.0, 0, (Span(0, 0),), ""),))
            vectors = self._concepts.vectors(query.concepts)
            scorer = Scorer(query, vectors, self._model.thresholds)
            left_out = self._concepts.ids_of([path])
            task = _Task(query, scorer, left_out, None, "relevance", top, self._fold(fold))
            answer = self._answers.put(key, _Answer(scorer, self._order(task), task.fold))
        return self._page(answer, str(path), None, top, offset, explain=False, started=started)

    def distance(self, first: Path, second: Path) -> Distance:
        """Compare two photos.

        Raises:
            PhotoError: one of them cannot be read.
            ModelError: the model cannot be loaded.
        """
        raw = np.concatenate([self._concepts.raw(first), self._concepts.raw(second)])
        unit = normalize(raw)
        cosine = float(np.clip(unit[0] @ unit[1], -1.0, 1.0))
        return Distance(
            model=self._model.name,
            cosine=cosine,
            l2=float(np.linalg.norm(raw[0] - raw[1])),
            match=cosine >= self._model.thresholds.same_kind,
        )

    def searchable(self) -> int:
        """Count the photos that are there and have an embedding."""
        self._refresh()
        return int(self._searchable().sum())

    def _refresh(self) -> None:
        self._table.refresh()
        self._vectors.refresh()

    def _fold(self, wanted: bool) -> Fold | None:
        if not wanted:
            return None
        self._refresh()
        return Fold(self._listing.alike.groups())

    def _matrix_rows(self) -> Rows:
        """Return for each photo of the table where its embedding is, -1 where it has none."""
        versions = (self._table.version, self._vectors.version)
        if self._rows is None or self._rows[0] != versions:
            self._rows = (versions, self._vectors.rows_of(self._table.ids))
        return self._rows[1]

    def _searchable(self) -> Mask:
        return self._table.shown & (self._matrix_rows() >= 0)

    def _order(self, task: _Task) -> Ranking | GraphRanking | Listed:
        self._refresh()
        if task.sort != "relevance":
            return self._sorted(task)
        direction = task.scorer.direction
        if direction is None or task.query.filters or task.top > _FROM_GRAPH:
            return self._exact(task)
        searchable = self._searchable()
        if np.count_nonzero(searchable) <= EXACT_UP_TO:
            return self._exact(task)
        return self._from_graph(task, *direction, searchable)

    def _exact(self, task: _Task) -> Ranking:
        rows, scores = self._scored(task)
        total = len(rows)
        ids = self._table.ids[rows]
        kept = ~np.isin(ids, task.left_out)
        if task.fold is not None:
            ids, scores, kept = ids[kept], scores[kept], kept[kept]
            task.fold.count(ids)
            kept &= task.fold.best(ids, scores)
            total = task.fold.total
        if task.min_score is not None:
            kept &= scores >= task.min_score
        return Ranking(ids[kept], scores[kept], total)

    def _scored(self, task: _Task) -> tuple[Rows, Scores]:
        """Return the rows of the table that pass the filters, and their scores."""
        matrix = self._vectors.matrix  # first: reading it may bring news of which ids there are
        groups = task.query.conditions
        on_score = [group for group in groups if any(is_on_score(f.condition) for f in group)]
        others = [group for group in groups if group not in on_score]
        masks = self._listing.masks
        rows = np.flatnonzero(self._searchable() & masks.accepted(others))
        scores = task.scorer.scores(matrix, self._matrix_rows()[rows], self._mean_vector)
        scores = np.round(scores, _DECIMALS)
        if on_score:
            everywhere = np.full(len(self._table.ids), np.nan, np.float32)
            everywhere[rows] = scores
            kept = masks.accepted(on_score, everywhere)[rows]
            rows, scores = rows[kept], scores[kept]
        return rows, scores

    def _sorted(self, task: _Task) -> Listed:
        """Put the photos that match, or the best ones where fewer do, in another order."""
        ranking = self._exact(task)
        count = max(task.top, ranking.count(task.scorer.least_match))
        ids, scores = ranking.page(0, count)
        by_id = np.argsort(ids)
        ids, scores = ids[by_id], scores[by_id]
        rows = self._table.rows_of(ids)
        at = np.searchsorted(rows, in_order(self._table, rows, task.sort))
        return Listed(ids[at], scores[at], ranking.total)

    def _from_graph(
        self, task: _Task, vector: Vectors, length: float, searchable: Mask
    ) -> GraphRanking:
        total = int(np.count_nonzero(searchable))
        if task.fold is not None:
            everything = self._table.ids[searchable]
            task.fold.count(everything[~np.isin(everything, task.left_out)])
            total = task.fold.total
        ids, scores = self._nearest(vector, _FROM_GRAPH + len(task.left_out), searchable)
        scores = np.round(scores * np.float32(length), _DECIMALS)
        kept = ~np.isin(ids, task.left_out)
        ids, scores = ids[kept], scores[kept]
        if task.fold is not None:
            by_id = np.argsort(ids)
            ids, scores = ids[by_id], scores[by_id]
            kept = task.fold.best(ids, scores)
            ids, scores = ids[kept], scores[kept]
        order = np.lexsort((ids, -scores))[:_FROM_GRAPH]
        ids, scores = ids[order], scores[order]
        if task.min_score is not None and len(scores) and scores[-1] < task.min_score:
            enough = scores >= task.min_score
            return GraphRanking(ids[enough], scores[enough], total, None)

        def others(known: Ids) -> Ranking:
            self._refresh()
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

    def _mean_vector(self) -> Vectors:
        """Return the mean of all embeddings."""
        matrix = self._vectors.matrix
        if self._mean is None or self._mean[0] != self._vectors.version:
            self._mean = (self._vectors.version, matrix.mean(axis=0))
        return self._mean[1]

    def _page(
        self,
        answer: _Answer,
        words: str,
        parsed: Query | None,
        top: int,
        offset: int,
        *,
        explain: bool,
        started: float,
    ) -> Results:
        ids, scores = answer.order.page(offset, top)
        assert scores is not None
        photos = self._listing.catalog.by_ids(ids.tolist())
        parts = self._parts(answer.scorer, ids) if explain else {}
        counts = [1] * len(ids) if answer.fold is None else answer.fold.alike(ids)
        offline = self._listing.offline()
        results = tuple(
            result_of(
                photos[id_],
                rank,
                offline,
                round(score, _DECIMALS),
                answer.scorer.match(score),
                parts.get(id_, ()),
                alike,
            )
            for rank, (id_, score, alike) in enumerate(
                zip(ids.tolist(), scores.tolist(), counts, strict=True), start=offset + 1
            )
            if id_ in photos
        )
        took_ms = (time.perf_counter() - started) * 1000
        problems = () if parsed is None else problems_of(parsed)
        return Results(
            words, self._model.name, took_ms, answer.order.total, results, parsed, problems
        )

    def _parts(self, scorer: Scorer, ids: Ids) -> dict[int, tuple[float, ...]]:
        """Return the cosine similarities of photos to each concept."""
        found, vectors = self._index.read(ids.tolist())
        cosines = np.round(vectors @ scorer.vectors.T, _DECIMALS)
        return {
            id_: tuple(round(value, _DECIMALS) for value in row)
            for id_, row in zip(found.tolist(), cosines.tolist(), strict=True)
        }
