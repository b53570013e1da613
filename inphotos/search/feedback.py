"""Moves a query towards the photos that the user has marked as more of what is wanted.

This is Rocchio's method (Manning, Raghavan, Schütze: Introduction to Information Retrieval, chapter
9.1): to the query's vector comes the mean of the photos marked as more, and the mean of those
marked as less is taken off, each with a weight. Three things are particular to embeddings:

- Means are counted from the mean of the library. What all photos have in common, which is most of
  a photo's vector and sets photos apart from words, then moves nothing: only what distinguishes
  the marked photos does.
- Beside words it counts on the scale of words, as every photo does; see :mod:`scoring`.
- The moved vector keeps the length of the query's. So a score remains a cosine similarity, to what
  the query has become, and is read as before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inphotos.store.columns import Vectors


@dataclass(frozen=True, slots=True)
class Weights:
    """How much feedback counts, beside a query that counts 1.

    Attributes:
        more: of the photos marked as more (the book's beta).
        less: of the photos marked as less (the book's gamma).
    """

    more: float
    less: float


#: Chosen with scripts/measure_feedback.py. The book's 0.75 and 0.15 give less in four of its five
#: tasks; more than these gives more only where the query says little of what is wanted, and takes
#: from one that says it all.
WEIGHTS = Weights(more=1.0, less=0.5)


def moved(
    query: Vectors,
    marked: Vectors,
    signs: npt.NDArray[np.float32],
    mean: Vectors,
    scale: float,
    weights: Weights = WEIGHTS,
) -> Vectors:
    """Return a query's vector after feedback.

    Args:
        query: shape (dimension,); zeros when nothing was asked for.
        marked: embeddings of n marked photos, shape (n, dimension).
        signs: how much each of them counts, shape (n,): above 0 more, below 0 less.
        mean: of the library's embeddings, shape (dimension,).
        scale: of similarities to photos, beside the query's.
        weights: of feedback.
    """
    push = weights.more * _mean_of(marked - mean, np.maximum(signs, 0))
    push -= weights.less * _mean_of(marked - mean, np.maximum(-signs, 0))
    result = query + np.float32(scale) * push
    length, before = float(np.linalg.norm(result)), float(np.linalg.norm(query))
    kept = before / length if before > 0 and length > 0 else 1.0
    return np.asarray(result * kept, np.float32)


def _mean_of(vectors: Vectors, counts: npt.NDArray[np.float32]) -> Vectors:
    whole = float(counts.sum()) or 1.0
    return np.asarray(counts @ vectors / whole, np.float32)
