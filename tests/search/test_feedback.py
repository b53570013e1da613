"""Photos that the user marks as more, or less, of what is wanted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inphotos.encoders.base import Thresholds
from inphotos.library import Library
from inphotos.search.feedback import WEIGHTS, Weights, moved
from inphotos.search.query import Example, Query, parse, with_examples
from inphotos.search.scoring import Scorer

THRESHOLDS = Thresholds(strong=0.3, maybe=0.2, same_kind=0.6)


def more(photo: str | Path) -> Example:
    return Example(Path(photo), marked=True)


def less(photo: str | Path) -> Example:
    return Example(Path(photo), weight=-1.0, marked=True)


@pytest.fixture
def indexed(library: Library, photos: Path) -> Library:
    library.add_folder(photos)
    list(library.index())
    return library


def units(*rows: tuple[float, ...]) -> np.ndarray:
    vectors = np.array(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def scores(query: Query, vectors: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    scorer = Scorer(query, vectors, THRESHOLDS)
    return scorer.scores(matrix, np.arange(len(matrix)), lambda: matrix.mean(axis=0))


def test_a_query_moves_by_what_the_marked_photos_have_apart_from_all() -> None:
    query, *marked = units((1, 0, 0), (0, 1, 1), (0, -1, 1))
    mean = np.array([0, 0, 0.5], np.float32)
    signs = np.array([1, -1], np.float32)
    after = moved(query, np.stack(marked), signs, mean, 0.5, Weights(1.0, 0.5))
    push = 0.5 * ((marked[0] - mean) - 0.5 * (marked[1] - mean))
    expected = query + push
    np.testing.assert_allclose(after, expected / np.linalg.norm(expected), atol=1e-6)


def test_several_marks_count_by_their_mean() -> None:
    query, first, second = units((1, 0, 0), (0, 1, 0), (0, 0, 1))
    mean = np.zeros(3, np.float32)
    both = moved(query, np.stack([first, second]), np.ones(2, np.float32), mean, 1.0)
    middle = moved(query, ((first + second) / 2)[None], np.ones(1, np.float32), mean, 1.0)
    np.testing.assert_allclose(both, middle, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(both), 1.0, atol=1e-6)


def test_marking_what_all_photos_are_like_moves_nothing() -> None:
    query, common = units((1, 0, 0), (0, 1, 0))
    after = moved(query, common[None], np.ones(1, np.float32), common, 1.0)
    np.testing.assert_array_equal(after, query)


def test_the_score_is_the_cosine_to_the_moved_query() -> None:
    matrix = units((1, 0.2, 0), (1, 0, 0.4), (0.6, 1, 0), (0.5, 0, 1), (0, 1, 1))
    text = units((1, 0.3, 0.3))[0]
    query = with_examples(parse("dog"), [more("2"), less("3")])
    vectors = np.stack([text, matrix[2], matrix[3]])
    scale = THRESHOLDS.strong / THRESHOLDS.same_kind
    after = moved(
        text, matrix[2:4], np.array([1, -1], np.float32), matrix.mean(axis=0), scale, WEIGHTS
    )
    np.testing.assert_allclose(scores(query, vectors, matrix), matrix @ after, atol=1e-6)
    assert np.linalg.norm(after) == pytest.approx(1.0, abs=1e-6)
    before = scores(parse("dog"), vectors[:1], matrix)
    changes = scores(query, vectors, matrix) - before
    assert changes[2] > 0 > changes[3]


def test_marks_leave_alternatives_and_what_is_taken_away_as_they_are() -> None:
    rng = np.random.default_rng(3)
    matrix = units(*rng.normal(size=(9, 6)))
    typed = parse("dog OR cat -people")
    vectors = units(*rng.normal(size=(3, 6)))
    marked = with_examples(typed, [more("0")])
    before = scores(typed, vectors, matrix)
    after = scores(marked, np.concatenate([vectors, matrix[:1]]), matrix)
    scale = THRESHOLDS.strong / THRESHOLDS.same_kind
    push = WEIGHTS.more * scale * (matrix[0] - matrix.mean(axis=0))
    np.testing.assert_allclose(after - before, matrix @ push, atol=1e-6)


def test_without_a_question_the_marked_photos_are_the_question() -> None:
    matrix = units((1, 0, 0), (0, 1, 0), (0.9, 0.1, 0.2), (0, 0.2, 1))
    query = with_examples(Query(""), [more("0"), more("1")])
    found = scores(query, matrix[:2], matrix)
    np.testing.assert_allclose(found, matrix @ ((matrix[0] + matrix[1]) / 2), atol=1e-6)


def test_more_comes_first_and_less_leaves(indexed: Library, photos: Path) -> None:
    plain = indexed.search("boat", top=5).results
    last, first = plain[-1].path, plain[0].path
    answer = indexed.search("boat", top=5, examples=[more(last), less(first)]).results
    assert answer[0].path == last
    assert first not in {result.path for result in answer}
    assert {result.path for result in answer} == {r.path for r in plain} - {first}
    rest = [result.score for result in answer[1:]]
    assert rest == sorted(rest, reverse=True)


def test_what_is_marked_stays_first_over_pages(indexed: Library, photos: Path) -> None:
    marks = [more(photos / "c.webp"), more(photos / "a.jpg")]
    whole = [r.path for r in indexed.search("boat", top=5, examples=marks).results]
    assert set(whole[:2]) == {photos / "c.webp", photos / "a.jpg"}
    pages = [
        r.path
        for offset in range(0, 5, 2)
        for r in indexed.search("boat", top=2, offset=offset, examples=marks).results
    ]
    assert pages == whole


def test_filters_hold_for_what_is_marked(indexed: Library, photos: Path) -> None:
    answer = indexed.search("boat ext:jpg", top=5, examples=[more(photos / "b.png")]).results
    assert {result.path.suffix for result in answer} == {".jpg"}


def test_a_photo_from_elsewhere_can_be_marked(
    indexed: Library, photos: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.png"
    copy.write_bytes((photos / "b.png").read_bytes())
    inside = indexed.search("boat", top=5, examples=[more(photos / "b.png")]).results
    outside = indexed.search("boat", top=5, examples=[more(copy)]).results
    by_path = {result.path: result.score for result in inside}
    for result in outside:
        assert by_path[result.path] == pytest.approx(result.score, abs=1e-4)


def test_the_parts_tell_the_similarity_to_each_mark(indexed: Library, photos: Path) -> None:
    marks = [more(photos / "a.jpg"), less(photos / "b.png")]
    answer = indexed.search("boat", top=5, examples=marks, explain=True)
    assert answer.parsed is not None
    assert [concept.label for concept in answer.parsed.concepts] == [
        "boat",
        "more like a.jpg",
        "less like b.png",
    ]
    assert answer.results[0].path == photos / "a.jpg"
    assert answer.results[0].parts[1] == pytest.approx(1.0, abs=1e-4)
