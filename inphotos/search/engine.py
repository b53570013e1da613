"""Answers queries from the index of one model."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import repeat
from operator import attrgetter
from pathlib import Path

import numpy as np

from inphotos.encoders.base import Encoder, Model, Thresholds, normalize
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.calibration import SAMPLE, Calibration, Reading
from inphotos.search.concepts import ConceptEncoder, absolute, without_words
from inphotos.search.finder import DECIMALS, Finder, Task
from inphotos.search.folding import Fold
from inphotos.search.listing import Listing
from inphotos.search.order import Count, GraphRanking, Group, Listed, Ranking, Sort
from inphotos.search.query import Example, Query, Region, parse, with_examples
from inphotos.search.ranking import Distance, Results, result_of
from inphotos.search.remembered import Remembered
from inphotos.search.scoring import Scorer
from inphotos.search.suggesting import suggested
from inphotos.search.why import Why, concept_reasons, filter_reasons, is_photo
from inphotos.store.columns import Ids, Vectors
from inphotos.store.index import EmbeddingIndex


@dataclass(frozen=True, slots=True)
class _Answer:
    """What further pages of an answer are cut from.

    Attributes:
        top: how many photos the first page had at most.
        basis: what the answer depends on beside the query, None where that is not known.
    """

    query: Query
    scorer: Scorer
    order: Ranking | GraphRanking | Listed
    fold: Fold | None
    top: int = 0
    basis: tuple[object, ...] | None = None


class SearchEngine:
    """Finds photos by words and by photos. Use one from one thread at a time."""

    def __init__(
        self,
        model: Model,
        listing: Listing,
        index: EmbeddingIndex,
        decoders: DecoderService,
        load_encoder: Callable[[], Encoder],
        calibration: Calibration,
        read: Callable[[Reading], Thresholds] = attrgetter("thresholds"),
    ) -> None:
        """Wire the parts.

        Args:
            load_encoder: called when the first query needs it.
            read: gives the thresholds that the user wants for how scores are read here.
            model, listing, index, decoders, calibration: as their classes say.
        """
        self._model = model
        self._listing = listing
        listing.alike.compare_with(index, model.thresholds.same_kind)
        self._index = index
        self._finder = Finder(listing, index)
        self._concepts = ConceptEncoder(model, listing.catalog, index, decoders, load_encoder)
        self._calibration = calibration
        self._read = read
        self._answers: Remembered[_Answer] = Remembered()

    def search(
        self,
        query: str | Query,
        *,
        top: int,
        offset: int = 0,
        min_score: float | None = None,
        sort: Sort = "relevance",
        group: Group = "none",
        fold: bool = False,
        explain: bool = False,
    ) -> Results:
        """Find the photos that a query describes best.

        Args:
            query: as it was typed, or parsed.
            top: how many photos at most.
            offset: how many of the best to leave out. Further pages go on with what the first one
                began, even if the library has changed, so that none comes twice or is skipped.
            min_score: leave out photos of a lower score; they still count in the total.
            sort: relevance, or another order. By anything but relevance, and in groups, there are
                only the photos that match, or the ``top`` best ones where none does. Where a line
                is drawn by ``min_score`` or by the query, all photos above that match.
            group: put photos of a day, directory or place together, the latest day first.
            fold: of photos that are alike, leave only the best one for the query.
            explain: also tell the similarity to each concept.

        Raises:
            QueryError: there is nothing to search for.
            TextNotSupportedError: the query has words and no photos, and the model compares photos
                only.
            PhotoError: a photo of the query cannot be read.
            ModelError: the model cannot be loaded.
            LibraryError: the store cannot be read.
        """
        started = time.perf_counter()
        parsed = parse(query) if isinstance(query, str) else query
        if not parsed.concepts:
            return self._listing.list(
                parsed,
                self._model.name,
                top=top,
                offset=offset,
                sort=sort,
                group=group,
                fold=fold,
            )
        if not self._model.has_text:
            parsed = without_words(parsed, self._model.name)
        key = (parsed, min_score, sort, group, fold)
        answer = self._answers.get(key)
        if answer is None or not (offset or self._holds(answer, top)):
            task = replace(
                self._task(parsed, fold=fold), top=top, min_score=min_score, sort=sort, group=group
            )
            order = self._finder.order(task)
            basis = self._basis(parsed)
            answer = _Answer(parsed, task.scorer, order, task.fold, top, basis)
            answer = self._answers.put(key, answer)
        return self._page(answer, top, offset, explain=explain, started=started)

    def count(self, query: Query, *, fold: bool = False) -> Count:
        """Count the photos that match a query with concepts.

        What :meth:`search` remembers for further pages stays as it is. The arguments and the
        errors are those of :meth:`search`.
        """
        if not self._model.has_text:
            query = without_words(query, self._model.name)
        return self._finder.count(self._task(query, fold=fold))

    def suggestions(self, wanted: int) -> tuple[str, ...]:
        """Return so many queries that find something, everyday ones where none is known to."""
        self._finder.refresh()
        captions, sample = self._calibration.captions, min(self._finder.size, SAMPLE)
        if captions is None or not sample:
            return suggested(None, 1.0, wanted)
        scores = self._finder.sample(sample) @ captions.T
        return suggested(scores, self.thresholds().strong, wanted)

    def similar(
        self,
        photo: Path,
        *,
        top: int,
        offset: int = 0,
        region: Region | None = None,
        sort: Sort = "relevance",
        group: Group = "none",
        fold: bool = False,
    ) -> Results:
        """Find the photos most like another one, which need not be in the library.

        The photo itself is left out of the answer.

        Args:
            photo: the file.
            region: the part of the photo that counts; None for all of it.
            top, offset, sort, group, fold: as in :meth:`search`.

        Raises:
            PhotoError: the photo cannot be read.
            ModelError: the model cannot be loaded.
            LibraryError: the store cannot be read.
        """
        path = absolute(photo)
        query = with_examples(Query(""), [Example(path, region)])
        results = self.search(query, top=top, offset=offset, sort=sort, group=group, fold=fold)
        return replace(results, query=str(path), parsed=None)

    def neighbours(self, photo_id: int, *, top: int, fold: bool = False) -> Results:
        """Find the photos most like one of the library, by its embedding alone.

        Unlike :meth:`similar` it touches no file and loads no model.

        Args:
            photo_id: the photo; where it has no embedding there are none like it.
            top, fold: as in :meth:`search`.

        Raises:
            LibraryError: the store cannot be read.
        """
        started = time.perf_counter()
        ids, vectors = self._index.read([photo_id])
        photo = self._listing.catalog.by_ids([photo_id]).get(photo_id)
        if photo is None or not len(ids):
            return Results("", self._model.name, 0.0, 0, ())
        query = with_examples(Query(""), [Example(photo.path)])
        task = replace(self._task(query, fold=fold, vectors=vectors), top=top)
        task = replace(task, left_out=(photo_id,))
        answer = _Answer(query, task.scorer, self._finder.order(task), task.fold)
        return self._page(answer, top, 0, explain=False, started=started)

    def why(self, query: Query, photo_id: int) -> Why:
        """Tell what each part of a query finds in a photo; the errors are those of :meth:`search`.

        Args:
            query: has one concept at least.
            photo_id: the photo.
        """
        if not self._model.has_text:
            query = without_words(query, self._model.name)
        scorer = self._task(query, fold=False).scorer
        ids, vectors = self._index.read([photo_id])
        if not len(ids):
            return Why(query, filters=filter_reasons(query, self._listing, photo_id))
        mean = self._finder.mean_vector
        effects = scorer.effects(vectors[0], mean)
        scores = scorer.scores(vectors, np.zeros(1, np.intp), mean)
        score = round(float(np.round(scores, DECIMALS)[0]), DECIMALS)
        own = tuple(is_photo(concept, self._listing, photo_id) for concept in query.concepts)
        return Why(
            query,
            concept_reasons(scorer, vectors[0], effects.concepts, own),
            filter_reasons(query, self._listing, photo_id, score),
            effects.marks,
            score,
            scorer.match(score),
            scorer.lines,
        )

    def distance(self, first: Path, second: Path) -> Distance:
        """Compare two photos.

        Raises:
            PhotoError: one of them cannot be read.
            ModelError: the model cannot be loaded.
        """
        raw = np.concatenate([self._concepts.raw(first), self._concepts.raw(second)])
        unit = normalize(raw)
        cosine = float(np.clip(unit[0] @ unit[1], -1.0, 1.0))
        same_kind = self.thresholds().same_kind
        return Distance(
            model=self._model.name,
            cosine=cosine,
            l2=float(np.linalg.norm(raw[0] - raw[1])),
            match=cosine >= same_kind,
            same_kind=same_kind,
        )

    def thresholds(self) -> Thresholds:
        """Return how scores are read in this library, as the user wants it."""
        self._finder.refresh()
        return self._read(self._calibration.reading(self._finder.size, self._finder.sample))

    def searchable(self) -> int:
        """Count the photos that are there and have an embedding."""
        self._finder.refresh()
        return int(self._finder.searchable().sum())

    def close(self) -> None:
        """Read nothing any more; belongs before the library is closed or takes another model."""
        self._finder.close()

    def _holds(self, answer: _Answer, top: int) -> bool:
        """Tell whether an answer is what the same query would find now."""
        basis = self._basis(answer.query)
        if answer.top != top or basis is None or answer.basis != basis:
            return False
        # Of a large library more photos may be known to be alike by now.
        return answer.fold is None or answer.fold.groups is self._listing.alike.recent_groups()

    def _basis(self, query: Query) -> tuple[object, ...] | None:
        """Return what an answer depends on; files and marks may change without a word."""
        if query.filters or any(concept.photo is not None for concept in query.concepts):
            return None
        thresholds = self.thresholds()
        return thresholds, self._finder.version, self._listing.alike.basis

    def _task(self, query: Query, *, fold: bool, vectors: Vectors | None = None) -> Task:
        if vectors is None:
            vectors = self._concepts.vectors(query.concepts)
        scorer = Scorer(query, vectors, self.thresholds(), usual=self._model.thresholds)
        first, left_out = self._concepts.places(query.concepts)
        groups = Fold(self._listing.alike.recent_groups()) if fold else None
        return Task(query, scorer, left_out, first, fold=groups)

    def _page(
        self, answer: _Answer, top: int, offset: int, *, explain: bool, started: float
    ) -> Results:
        order, scorer = answer.order, answer.scorer
        ids, scores = order.page(offset, top)
        assert scores is not None
        groups = order.groups(offset, top) if isinstance(order, Listed) else ()
        photos = self._listing.catalog.by_ids(ids.tolist())
        parts = self._parts(scorer, ids) if explain else {}
        counts = [1] * len(ids) if answer.fold is None else answer.fold.alike(ids)
        offline = self._listing.offline()
        results = tuple(
            result_of(
                photos[id_],
                rank,
                offline,
                round(score, DECIMALS),
                scorer.match(score),
                parts.get(id_, ()),
                group,
                alike,
            )
            for rank, (id_, score, alike, group) in enumerate(
                zip(ids.tolist(), scores.tolist(), counts, groups or repeat(""), strict=False),
                start=offset + 1,
            )
            if id_ in photos
        )
        return Results(
            query=" ".join(answer.query.text.split()),
            model=self._model.name,
            took_ms=(time.perf_counter() - started) * 1000,
            total=order.total,
            results=results,
            parsed=answer.query,
            problems=answer.query.problems,
            verdict=None if order.best is None else scorer.match(order.best),
            lines=scorer.lines,
            length=order.length,
            folded=0 if answer.fold is None else answer.fold.hidden,
        )

    def _parts(self, scorer: Scorer, ids: Ids) -> dict[int, tuple[float, ...]]:
        """Return the cosine similarities of photos to each concept."""
        found, vectors = self._index.read(ids.tolist())
        cosines = np.round(vectors @ scorer.vectors.T, DECIMALS)
        return {
            id_: tuple(round(value, DECIMALS) for value in row)
            for id_, row in zip(found.tolist(), cosines.tolist(), strict=True)
        }
