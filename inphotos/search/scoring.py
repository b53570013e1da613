"""How much photos are what a query asks for.

The score of a photo is the mean of its cosine similarities to what is wanted, weighted, so that it
can be read like that to a single text. What is not wanted (``-people``) takes away from it by as
much as the photo shows more of it than the photos of the library do on average: a photo that shows
less is no better for that. Of alternatives (``dog OR cat``) the best one counts.

Two photos are far more similar than a photo and words. Where a query has both, similarities to
photos are brought to the scale of words, so that neither drowns the other. Measured with the demo
model on 1,300 drawings, for words that name a scene and a drawing of another scene in the colour
that is wanted: mean average precision 0.35 with the words alone, 0.02 with the drawing alone, and
0.70 with both. Half as much scale gives 0.65, half as much again 0.62, and none at all 0.34.

Photos that the user has marked among the results are no part of that mean: they move what is wanted
(:mod:`inphotos.search.feedback`), and the score is the similarity to where it has come. Where
nothing else is wanted, the photos marked as more are what is wanted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inphotos.encoders.base import Thresholds
from inphotos.search.feedback import WEIGHTS, Weights, moved
from inphotos.search.filters import Scores
from inphotos.search.query import Concept, Query
from inphotos.search.ranking import Lines, Match, match_of
from inphotos.store.columns import Vectors

#: Taking rows out of the matrix costs so much more than multiplying them, that from this share of
#: the rows on multiplying all is quicker. Measured at 100,000 x 512: all 7 ms, a tenth 3 ms.
_MOST = 0.25

#: Rows taken out at a time: what the processor's cache holds.
_CHUNK = 256

Rows = npt.NDArray[np.intp]

Products = Callable[[Vectors], Scores]
"""Gives the product of each photo's embedding with a vector."""


@dataclass(frozen=True, slots=True)
class Part:
    """A concept as a vector.

    Attributes:
        vector: of length 1.
        weight: how much it counts, on the scale of the query; below 0 it takes away.
    """

    vector: Vectors
    weight: float


@dataclass(frozen=True, slots=True)
class Effects:
    """What each part of a query does to the score of one photo; all together are the score.

    Attributes:
        concepts: what each concept adds, or takes away (below 0), in their order; None for an
            alternative in whose place another one counts, and for marked photos.
        marks: what the marked photos do together.
    """

    concepts: tuple[float | None, ...]
    marks: float


class Scorer:
    """Scores photos by their embeddings.

    Attributes:
        concepts: of the query.
        vectors: of the concepts, float32 of shape (number of concepts, dimension).
    """

    def __init__(
        self,
        query: Query,
        vectors: Vectors,
        thresholds: Thresholds,
        feedback: Weights = WEIGHTS,
        usual: Thresholds | None = None,
    ) -> None:
        """Take the concepts of a query and their vectors.

        Args:
            query: has one concept at least.
            vectors: their embeddings, each of length 1, shape (n, dimension).
            thresholds: how scores are read.
            feedback: how much marked photos count.
            usual: what the model says of its scores, which sets the scale between photos and
                words; by default ``thresholds``. How strictly scores are read is to change no
                order.
        """
        self._feedback = feedback
        self._usual = usual or thresholds
        self.concepts = query.concepts
        self.vectors = vectors
        self._thresholds = thresholds
        self._like_photo = all(concept.photo is not None for concept in query.concepts)
        parts = {
            concept: Part(vector, concept.weight * self._scale(concept))
            for concept, vector in zip(query.concepts, vectors, strict=True)
        }
        self._marks = _marks(query.concepts)
        self._parts = parts
        self._asked = terms = [term for term in query.terms if term[0] not in self._marks]
        self._terms = [[parts[concept] for concept in term] for term in terms]
        self._marked = [parts[concept] for concept in self._marks]
        self._wants = any(concept.weight > 0 for term in terms for concept in term)
        # A weight of 0 is for trying what a part does.
        self._whole = sum(_whole(term, wants=self._wants) for term in terms) or 1.0

    @property
    def direction(self) -> tuple[Vectors, float] | None:
        """The one vector whose cosine similarity, times the number, is the score; None if none is.

        It has length 1.
        """
        parts = [part for term in self._terms for part in term]
        alternatives = len(parts) > len(self._terms)
        if alternatives or self._marked or any(part.weight <= 0 for part in parts):
            return None
        vector = _sum(parts)
        length = float(np.linalg.norm(vector))
        return (vector / length, length / self._whole) if length > 0 else None

    @property
    def lines(self) -> Lines:
        """How the scores are read."""
        thresholds = self._thresholds
        if not self._wants:
            # What shows nothing of what is not wanted may be what the user means, not more.
            return Lines(math.inf, -thresholds.maybe)
        if self._like_photo:
            return Lines(thresholds.same_kind, thresholds.same_kind)
        return Lines(thresholds.strong, thresholds.maybe)

    def scores(self, matrix: Vectors, rows: Rows, mean: Callable[[], Vectors]) -> Scores:
        """Score photos.

        Args:
            matrix: the embeddings of all photos, shape (n, dimension).
            rows: which of them.
            mean: gives the mean of all embeddings, shape (dimension,).
        """
        return self.scores_by(lambda vector: _product(matrix, rows, vector), len(rows), mean)

    def scores_by(self, products: Products, count: int, mean: Callable[[], Vectors]) -> Scores:
        """Score photos by the products of their embeddings with vectors.

        Args:
            products: gives them.
            count: how many photos.
            mean: as in :meth:`scores`.
        """
        sums = np.zeros(count, np.float32)
        wanted = [term[0] for term in self._terms if len(term) == 1 and term[0].weight > 0]
        if wanted or self._marked:
            sums += products(self._moved(wanted, mean))
        for term in self._terms:
            if len(term) > 1 or term[0].weight <= 0:
                sums += np.maximum.reduce([self._value(part, products, mean) for part in term])
        return sums / np.float32(self._whole)

    def effects(self, vector: Vectors, mean: Callable[[], Vectors]) -> Effects:
        """Return what each part of the query does to the score of a photo.

        Args:
            vector: embedding of the photo, shape (dimension,).
            mean: as in :meth:`scores`.
        """

        def product(other: Vectors) -> Scores:
            return np.asarray(np.vecdot(vector[np.newaxis], other), np.float32)

        found: dict[Concept, float] = {}
        for term in self._asked:
            values = [float(self._value(self._parts[c], product, mean)[0]) for c in term]
            best = int(np.argmax(values))
            found[term[best]] = values[best] / self._whole
        marks = 0.0
        if self._marked:
            wanted = [term[0] for term in self._terms if len(term) == 1 and term[0].weight > 0]
            shift = self._moved(wanted, mean)
            shift = shift - _sum(wanted) if wanted else shift
            marks = float(shift @ vector) / self._whole
        return Effects(tuple(found.get(concept) for concept in self.concepts), marks)

    def reading(self, concept: Concept) -> Lines:
        """Return how the similarity to one concept is read by itself."""
        thresholds = self._thresholds
        if concept.photo is not None:
            return Lines(thresholds.same_kind, thresholds.same_kind)
        return Lines(thresholds.strong, thresholds.maybe)

    def match(self, score: float) -> Match:
        """Say how a score is read."""
        return match_of(score, self.lines)

    def _moved(self, wanted: Sequence[Part], mean: Callable[[], Vectors]) -> Vectors:
        """Return what is wanted as one vector, after feedback."""
        vector = _sum(wanted) if wanted else np.zeros(self.vectors.shape[1], np.float32)
        if not self._marked:
            return vector
        marked = np.stack([part.vector for part in self._marked])
        signs = np.array([part.weight for part in self._marked], np.float32)
        scale = self._whole * self._scale_of_photos
        return moved(vector, marked, signs, mean(), scale, self._feedback)

    def _value(self, part: Part, products: Products, mean: Callable[[], Vectors]) -> Scores:
        similar = products(part.vector)
        if part.weight < 0 and self._wants:
            similar = np.maximum(similar - np.float32(part.vector @ mean()), np.float32(0))
        return similar * np.float32(part.weight)

    def _scale(self, concept: Concept) -> float:
        return 1.0 if concept.photo is None else self._scale_of_photos

    @property
    def _scale_of_photos(self) -> float:
        return 1.0 if self._like_photo else self._usual.strong / self._usual.same_kind


def _marks(concepts: Sequence[Concept]) -> list[Concept]:
    """Return the photos that only move what is wanted; they are all marked."""
    is_asked = any(concept.weight > 0 and not concept.marked for concept in concepts)
    return [concept for concept in concepts if concept.marked and (is_asked or concept.weight < 0)]


def _whole(term: Sequence[Concept], *, wants: bool) -> float:
    """Return what a term counts in the mean: nothing if it only takes away from others."""
    weights = [concept.weight if wants else abs(concept.weight) for concept in term]
    return max(0.0, *weights)


def _sum(parts: Sequence[Part]) -> Vectors:
    return np.asarray(
        np.sum([part.vector * np.float32(part.weight) for part in parts], axis=0), np.float32
    )


def _product(matrix: Vectors, rows: Rows, vector: Vectors) -> Scores:
    # Row by row, in this thread: a matrix product waits for threads that may have to wait for the
    # indexer's, and gives two equal rows different numbers, depending on where they are.
    if len(rows) > _MOST * len(matrix):
        return np.asarray(np.vecdot(matrix, vector)[rows], np.float32)
    products = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        products[chunk] = np.vecdot(matrix[rows[chunk]], vector)
    return products
