"""The measures against values worked out by hand, and against slow but obvious ways."""

from __future__ import annotations

import math
from itertools import permutations
from random import Random

import pytest

from inphotos.evaluation.measures import (
    NOTHING,
    average_precision,
    mean,
    median_rank,
    precision_at,
    ranks_of,
    recall_at,
    share,
)


def test_average_precision_is_what_it_is_by_hand() -> None:
    # Right at 1, 3 and 6 of ten, of three: (1/1 + 2/3 + 3/6) / 3.
    assert average_precision((1, 3, 6), 3) == pytest.approx((1 + 2 / 3 + 1 / 2) / 3)
    assert average_precision((1, 2, 3), 3) == 1.0
    assert average_precision((4,), 1) == 0.25
    # One of two was not found at all.
    assert average_precision((2,), 2) == 0.25
    assert average_precision((), 5) == 0.0


def test_average_precision_is_the_mean_of_the_precisions_at_the_right_photos() -> None:
    chance = Random(1)
    for _ in range(200):
        marks = [chance.random() < 0.3 for _ in range(chance.randint(1, 30))]
        if not any(marks):
            continue
        precisions = [sum(marks[: at + 1]) / (at + 1) for at, right in enumerate(marks) if right]
        ranks = tuple(at for at, right in enumerate(marks, start=1) if right)
        slow = sum(precisions) / len(precisions)
        assert average_precision(ranks, len(ranks)) == pytest.approx(slow)


def test_recall_counts_the_queries_with_a_right_photo_in_reach() -> None:
    first = [1, 2, 5, 6, math.inf]
    assert [recall_at(first, k).value for k in (1, 2, 5, 10)] == [0.2, 0.4, 0.6, 0.8]


def test_median_rank_is_infinite_where_most_found_nothing() -> None:
    assert median_rank([3, 1, 10]) == 3
    assert median_rank([1, 2, 3, 10]) == 2.5
    assert median_rank([1, math.inf, math.inf]) == math.inf
    assert median_rank([]) is None


def test_precision_looks_no_deeper_than_there_are_right_photos() -> None:
    assert precision_at((1, 2), 2, 5) == 1.0
    assert precision_at((1, 3), 2, 5) == 0.5
    assert precision_at((1, 3, 5, 6, 7, 8), 6, 5) == 0.6
    assert precision_at((), 1, 5) == 0.0


def test_ranks_count_from_one_in_the_order_of_the_answer() -> None:
    rows = [(0.9, False), (0.8, True), (0.7, False), (0.6, True)]
    assert ranks_of(rows) == (2, 4)
    assert ranks_of([]) == ()


def test_of_equal_scores_the_right_photos_count_last_in_whatever_order_they_are_listed() -> None:
    tied = [(0.5, True), (0.5, False), (0.5, False), (0.5, True)]
    for order in permutations(tied):
        assert ranks_of([(0.9, True), *order, (0.1, True)]) == (1, 4, 5, 6)


def test_photos_that_are_only_listed_do_not_tie() -> None:
    assert ranks_of([(None, True), (None, False), (None, True)]) == (1, 3)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [  # Wilson's interval as R's binom.wilson prints it
        (0, 10, 0.0, 0.2775328),
        (10, 10, 0.7224672, 1.0),
        (5, 10, 0.2365931, 0.7634069),
        (90, 100, 0.8256343, 0.9447708),
    ],
)
def test_a_share_comes_with_wilsons_interval(hits: int, of: int, low: float, high: float) -> None:
    estimate = share(hits, of)
    assert estimate.value == hits / of
    assert estimate.of == of
    assert (estimate.low, estimate.high) == (pytest.approx(low), pytest.approx(high))


def test_a_share_of_nothing_is_nothing() -> None:
    assert share(0, 0) == NOTHING
    assert mean([]) == NOTHING


def test_a_mean_comes_with_an_interval_that_narrows_as_values_come_in() -> None:
    chance = Random(2)
    values = [chance.random() for _ in range(400)]
    few, many = mean(values[:20]), mean(values)
    for estimate, known in ((few, values[:20]), (many, values)):
        assert estimate.value == pytest.approx(sum(known) / len(known))
        assert estimate.low < estimate.value < estimate.high
    # A uniform value has a deviation of 0.2887, so 400 of them give ±1.96·0.2887/20.
    assert many.high - many.low == pytest.approx(2 * 1.96 * 0.2887 / 20, rel=0.15)
    assert few.high - few.low > 2 * (many.high - many.low)
    assert mean(values) == many


def test_one_value_says_nothing_of_others() -> None:
    estimate = mean([0.4])
    assert (estimate.value, estimate.low, estimate.high, estimate.of) == (0.4, 0.0, 1.0, 1)
