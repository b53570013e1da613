"""Pages of an order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inphotos.search.order import GraphRanking, Ranking

SCORES = st.lists(st.sampled_from([-0.2, 0.0, 0.1, 0.10001, 0.3]), max_size=60)


def whole(scores: Sequence[float]) -> list[int]:
    """Return ids, which count from 10, in the order of their scores."""
    return sorted(range(10, 10 + len(scores)), key=lambda id_: (-scores[id_ - 10], id_))


def ranking(scores: Sequence[float], without: Sequence[int] = ()) -> Ranking:
    ids = np.arange(10, 10 + len(scores))
    kept = ~np.isin(ids, without)
    return Ranking(ids[kept], np.array(scores, np.float32)[kept], len(scores))


@given(SCORES, st.lists(st.tuples(st.integers(0, 70), st.integers(1, 30)), max_size=5))
def test_any_page_is_cut_from_the_same_order(
    scores: list[float], pages: list[tuple[int, int]]
) -> None:
    made = ranking(scores)
    for offset, top in pages:
        ids, found = made.page(offset, top)
        assert ids.tolist() == whole(scores)[offset : offset + top]
        np.testing.assert_array_equal(found, [np.float32(scores[id_ - 10]) for id_ in ids])


@given(SCORES, st.data())
def test_what_the_graph_missed_comes_after_what_it_found(
    scores: list[float], data: st.DataObject
) -> None:
    best = whole(scores)
    missed = set(data.draw(st.lists(st.sampled_from(best), max_size=3))) if best else set()
    first = [id_ for id_ in best if id_ not in missed][:20]
    asked: list[list[int]] = []

    def others(known: np.ndarray) -> Ranking:
        asked.append(known.tolist())
        return ranking(scores, known.tolist())

    graph = GraphRanking(
        np.array(first, np.int64),
        np.array([scores[id_ - 10] for id_ in first], np.float32),
        len(scores),
        others,
    )
    expected = first + [id_ for id_ in best if id_ not in first]
    size = data.draw(st.integers(1, 25))
    seen: list[int] = []
    while len(ids := graph.page(len(seen), size)[0]):
        seen += ids.tolist()
    assert seen == expected
    assert asked in ([], [first])
    assert graph.total == len(scores)


def test_a_page_that_the_graph_covers_asks_for_nothing_else() -> None:
    def others(_known: np.ndarray) -> Ranking:
        pytest.fail("the matrix was read for what the graph had found")

    graph = GraphRanking(np.array([3, 1]), np.array([0.5, 0.4], np.float32), 9, others)
    assert graph.page(0, 2)[0].tolist() == [3, 1]
    assert GraphRanking(np.array([3]), np.array([0.5], np.float32), 9, None).page(0, 9)[
        0
    ].tolist() == [3]
