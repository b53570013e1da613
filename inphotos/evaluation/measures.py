"""The usual measures of ranked answers, as functions of ranks and counts.

Ranks count from 1. A rate comes with the interval that it lies in with 95 % confidence, because
evaluation sets are small. The intervals take what is counted as independent; several wordings for
one photo, and the photos of one answer, are not, so there they are somewhat too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

import numpy as np

_Z = 1.959963984540054
"""The 0.975 quantile of the normal distribution."""

_RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number from 0 to 1, and the 95 % interval around it.

    Attributes:
        value, low, high: None where there was nothing to measure.
        of: how many queries, or photos, it was measured on.
    """

    value: float | None
    low: float | None
    high: float | None
    of: int


NOTHING = Estimate(None, None, None, 0)


def share(hits: int, of: int) -> Estimate:
    """Return ``hits / of`` with its Wilson score interval.

    With p = hits/of, n = of and z = 1.96 the interval is
    (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n) (Wilson 1927), which holds for small n and
    for p near 0 and 1 as well.
    """
    if of == 0:
        return NOTHING
    p, z2 = hits / of, _Z * _Z
    centre = p + z2 / (2 * of)
    spread = _Z * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    whole = 1 + z2 / of
    # At the ends the formula gives the rate itself, but for rounding.
    low = 0.0 if hits == 0 else (centre - spread) / whole
    high = 1.0 if hits == of else (centre + spread) / whole
    return Estimate(p, low, high, of)


def mean(values: Sequence[float]) -> Estimate:
    """Return the mean of numbers from 0 to 1 with its bootstrap interval.

    The interval reaches from the 2.5th to the 97.5th percentile of the means of 2,000 samples, each
    drawn from the values with replacement. The same values always give the same interval. One value
    alone says nothing of where others would be, so its interval is from 0 to 1.
    """
    if not values:
        return NOTHING
    if len(values) == 1:
        return Estimate(values[0], 0.0, 1.0, 1)
    numbers = np.asarray(values, np.float64)
    chance = np.random.default_rng(0)
    # One at a time: all at once would be 400 MB for COCO's 25,000 captions.
    means = [
        float(numbers[chance.integers(len(numbers), size=len(numbers))].mean())
        for _ in range(_RESAMPLES)
    ]
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(numbers.mean()), float(low), float(high), len(numbers))


def ranks_of(rows: Iterable[tuple[float | None, bool]]) -> tuple[int, ...]:
    """Return the ranks of the right photos of an answer, in ascending order.

    Photos of equal score rank as if those that are not right came first: a model that cannot tell
    two photos apart is given no credit for the order in which they happen to be listed.

    Args:
        rows: score and whether it is right, of every photo of the answer, the best first. Photos
            without a score (None) are listed in an order of their own, so they never tie.
    """
    ranks: list[int] = []
    before = 0
    for score, tied in groupby(rows, key=lambda row: row[0]):
        marks = [right for _, right in tied]
        if score is None:
            ranks += [before + at for at, right in enumerate(marks, start=1) if right]
        else:
            wrong = len(marks) - sum(marks)
            ranks += range(before + wrong + 1, before + len(marks) + 1)
        before += len(marks)
    return tuple(ranks)


def recall_at(first_ranks: Sequence[float], k: int) -> Estimate:
    """Return the share of queries that have a right photo among their first ``k``.

    This is the recall@k of the literature on finding pictures by text, where one photo is right.

    Args:
        first_ranks: of each query, the rank of its best right photo, infinity if none was found.
        k: how far to look, from 1.
    """
    return share(sum(rank <= k for rank in first_ranks), len(first_ranks))


def median_rank(first_ranks: Sequence[float]) -> float | None:
    """Return the median over queries of the rank of the best right photo; None without queries.

    Of an even number of queries it is the mean of the two in the middle, and so may be infinite.
    """
    return float(median(first_ranks)) if first_ranks else None


def average_precision(ranks: Sequence[int], right: int) -> float:
    """Return the average precision of one answer.

    With r_1 < r_2 < … the ranks of the right photos it is (1/R)·Σ i/r_i: the precision at each of
    them, averaged over all R right photos; those that were not found add 0. Its mean over queries
    is the mean average precision.

    Args:
        ranks: of the right photos that were found, ascending.
        right: R, how many are right, at least 1.
    """
    return sum(i / rank for i, rank in enumerate(ranks, start=1)) / right


def precision_at(ranks: Sequence[int], right: int, k: int) -> float:
    """Return the share of right photos among the first d, where d = min(k, R).

    The depth is no more than the number R of right photos, so that 1 can always be reached.

    Args:
        ranks: of the right photos that were found.
        right: R, how many are right, at least 1.
        k: how far to look, from 1.
    """
    depth = min(k, right)
    return sum(rank <= depth for rank in ranks) / depth
