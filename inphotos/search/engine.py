"""Answers queries from the index of one model."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

import numpy as np

from inphotos.encoders.base import Encoder, Model, normalize
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.concepts import ConceptEncoder, absolute
from inphotos.search.filters import Scores, is_on_score
from inphotos.search.grouping import arranged
from inphotos.search.listing import Listing, problems_of
from inphotos.search.order import GraphRanking, Group, Listed, Ranking, Sort
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


@dataclass(frozen=True, slots=True)
class _Task:
    """A query with all that it needs.

    Attributes:
        left_out: ids of photos that are no answer, because they are the question.
        top: photos of each page.
    """

    query: Query
    scorer: Scorer
    left_out: tuple[int, ...]
    min_score: float | None
    sort: Sort
    group: Group
    top: int

    @property
    def is_ranking(self) -> bool:
        """Whether the best come first, whatever day, directory or place they are of."""
        return self.sort == "relevance" and self.group == "none"


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
        group: Group = "none",
        explain: bool = False,
    ) -> Results:
        """Find the photos that a query describes best.

        In another order, or in groups, the answer holds the photos that match and no others, since
        those would be anywhere between them; where none matches, it holds the ``top`` best. A least
        score, or a filter on it, draws another line.

        Args:
            query: as it was typed, or parsed.
            top: how many photos at most.
            offset: how many of the best to leave out. Further pages go on with what the first one
                began, even if the library has changed, so that none comes twice or is skipped.
            min_score: leave out photos of a lower score; they still count in the total.
            sort: the order, within each group.
            group: what makes a group. Days come the newest first, directories and places by name,
                and what is not known last.
            explain: also tell the similarity to each concept.

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
            return self._listing.list(
                parsed, self._model.name, top=top, offset=offset, sort=sort, group=group
            )
        key = (parsed.text, min_score, sort, group)
        answer = self._answers.get(key) if offset else None
        if answer is None:
            vectors = self._concepts.vectors(parsed.concepts)
            scorer = Scorer(parsed, vectors, self._model.thresholds)
            photos = [c.photo for c in parsed.concepts if c.photo is not None]
            left_out = self._concepts.ids_of(photos)
            task = _Task(parsed, scorer, left_out, min_score, sort, group, top)
            answer = self._answers.put(key, _Answer(scorer, self._order(task)))
        words = " ".join(parsed.text.split())
        return self._page(answer, words, parsed, top, offset, explain=explain, started=started)

    def similar(
        self,
        photo: Path,
        *,
        top: int,
        offset: int = 0,
        sort: Sort = "relevance",
        group: Group = "none",
    ) -> Results:
        """Find the photos most like another one, which need not be in the library.

        The photo itself is left out of the answer.

        Args:
            photo: the file.
            top, offset, sort, group: as in :meth:`search`.

        Raises:
            PhotoError: the photo cannot be read.
            ModelError: the model cannot be loaded.
            LibraryError: the store cannot be read.
        """
        started = time.perf_counter()
        path = absolute(photo)
        key = (path, sort, group)
        answer = self._answers.get(key) if offset else None
        if answer is None:
            query = Query("", (Concept("", path, 1.0, 0, (Span(0, 0),), ""),))
            vectors = self._concepts.vectors(query.concepts)
            scorer = Scorer(query, vectors, self._model.thresholds)
            left_out = self._concepts.ids_of([path])
            task = _Task(query, scorer, left_out, None, sort, group, top)
            answer = self._answers.put(key, _Answer(scorer, self._order(task)))
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
        if not task.is_ranking:
            return self._arranged(task)
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

    def _arranged(self, task: _Task) -> Listed:
        """Put the photos that match, or the best ones where none does, in order and groups."""
        ranking = self._exact(task)
        own_line = any(is_on_score(filter_.condition) for filter_ in task.query.filters)
        if own_line or task.min_score is not None:
            ids, scores = ranking.at_least(-np.inf)
        else:
            ids, scores = ranking.at_least(task.scorer.least_match)
        if not len(ids):
            ids, scores = ranking.page(0, task.top)
            by_id = np.argsort(ids)
            ids, scores = ids[by_id], scores[by_id]
        rows = self._table.rows_of(ids)
        order, groups = arranged(self._table, rows, task.sort, task.group, scores)
        return Listed(ids[order], scores[order], ranking.total, groups)

    def _from_graph(
        self, task: _Task, vector: Vectors, length: float, searchable: Mask
    ) -> GraphRanking:
        total = int(np.count_nonzero(searchable))
        ids, scores = self._nearest(vector, _FROM_GRAPH + len(task.left_out), searchable)
        scores = np.round(scores * np.float32(length), _DECIMALS)
        kept = ~np.isin(ids, task.left_out)
        ids, scores = ids[kept], scores[kept]
        order = np.lexsort((ids, -scores))[:_FROM_GRAPH]
        ids, scores = ids[order], scores[order]
        if task.min_score is not None and len(scores) and scores[-1] < task.min_score:
            enough = scores >= task.min_score
            return GraphRanking(ids[enough], scores[enough], total, None)

        def others(known: Ids) -> Ranking:
            self._refresh()
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
        order = answer.order
        ids, scores = order.page(offset, top)
        assert scores is not None
        groups = order.groups(offset, top) if isinstance(order, Listed) else ()
        photos = self._listing.catalog.by_ids(ids.tolist())
        parts = self._parts(answer.scorer, ids) if explain else {}
        offline = self._listing.offline()
        results = tuple(
            result_of(
                photos[id_],
                rank,
                offline,
                round(score, _DECIMALS),
                answer.scorer.match(score),
                parts.get(id_, ()),
                group,
            )
            for rank, (id_, score, group) in enumerate(
                zip(ids.tolist(), scores.tolist(), groups or repeat(""), strict=False),
                start=offset + 1,
            )
            if id_ in photos
        )
        took_ms = (time.perf_counter() - started) * 1000
        problems = () if parsed is None else problems_of(parsed)
        return Results(
            words, self._model.name, took_ms, order.total, results, parsed, problems, order.length
        )

    def _parts(self, scorer: Scorer, ids: Ids) -> dict[int, tuple[float, ...]]:
        """Return the cosine similarities of photos to each concept."""
        found, vectors = self._index.read(ids.tolist())
        cosines = np.round(vectors @ scorer.vectors.T, _DECIMALS)
        return {
            id_: tuple(round(value, _DECIMALS) for value in row)
            for id_, row in zip(found.tolist(), cosines.tolist(), strict=True)
        }
