"""Why a photo is in an answer: what each part of a query finds in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_bench import Bench

from inphotos.encoders.base import Thresholds
from inphotos.errors import ModelError, QueryError, TextNotSupportedError
from inphotos.library import Library
from inphotos.search.query import Example, Query, parse, with_examples
from inphotos.search.scoring import Scorer
from inphotos.search.summary import sum_up
from inphotos.search.why import filter_reasons

THRESHOLDS = Thresholds(strong=0.3, maybe=0.2, same_kind=0.6)

texts = st.lists(
    st.sampled_from(["dog", "-cat", "snow^3", '"a tree" OR boat', "sun OR -rain", "-fog"]),
    max_size=4,
    unique=True,
).map(" AND ".join)
weights = st.lists(st.tuples(st.sampled_from([1.0, -1.0]), st.booleans()), max_size=3)


@given(texts, weights, st.integers(0, 2**32 - 1))
def test_what_the_parts_of_a_query_do_adds_up_to_the_score(
    text: str, photos: list[tuple[float, bool]], seed: int
) -> None:
    examples = [Example(Path(f"{n}.jpg"), None, *given) for n, given in enumerate(photos)]
    query = with_examples(parse(text) if text else Query(""), examples)
    if not query.concepts:
        return
    chance = np.random.default_rng(seed)
    matrix = chance.standard_normal((7, 8)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    vectors = chance.standard_normal((len(query.concepts), 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    scorer = Scorer(query, vectors, THRESHOLDS)
    scores = scorer.scores(matrix, np.arange(7), lambda: matrix.mean(axis=0))
    for row in range(7):
        effects = scorer.effects(matrix[row], lambda: matrix.mean(axis=0))
        known = [effect for effect in effects.concepts if effect is not None]
        assert sum(known) + effects.marks == pytest.approx(scores[row], abs=1e-5)
        # Of alternatives one counts; marked photos count together.
        assert len(known) == len([t for t in query.terms if t[0] not in scorer._marks])


@pytest.fixture
def bench(tmp_path: Path, tiny_clip: Path) -> Iterator[Bench]:
    made = Bench(tmp_path, tiny_clip, 60)
    yield made
    made.close()


@pytest.mark.parametrize(
    "text", ["dog", "dog^2 +snow -cat", "dog OR cat", "-people", "dog score:>0", "dog rating:>=2"]
)
def test_the_score_is_that_of_the_search(bench: Bench, text: str) -> None:
    answer = bench.engine.search(text, top=999)
    assert answer.results
    found = {result.photo_id: result for result in answer.results}
    for id_ in bench.searchable:
        why = bench.engine.why(parse(text), id_)
        passes = all(any(f.holds for f in why.filters if f.filter in g) for g in _groups(text))
        assert passes == (id_ in found)
        assert why.lines == answer.lines
        if id_ in found:
            assert (why.score, why.match) == (found[id_].score, found[id_].match)


def _groups(text: str) -> tuple[tuple[object, ...], ...]:
    return parse(text).conditions


def test_each_concept_is_read_by_itself(bench: Bench) -> None:
    id_ = bench.searchable[0]
    why = bench.engine.why(parse("dog +snow -cat"), id_)
    lines = bench.engine.thresholds()
    for reason in why.concepts:
        similarity = bench.cosines(reason.concept.text)[id_]
        assert reason.similarity == pytest.approx(similarity, abs=3e-6)
        strong, maybe = similarity >= lines.strong, similarity >= lines.maybe
        assert reason.match == ("strong" if strong else "maybe" if maybe else "none")
    assert [reason.concept.text for reason in why.concepts] == ["dog", "snow", "cat"]


def test_a_photo_without_an_embedding_is_judged_by_the_filters_only(bench: Bench) -> None:
    id_ = next(photo.id for photo in bench.rows.shown if photo.id not in bench.vectors)
    why = bench.engine.why(parse("dog rating:>=0 score:>0"), id_)
    assert (why.concepts, why.score, why.match) == ((), None, None)
    by_score = why.filters[1]
    assert not by_score.holds
    assert by_score.value is None
    assert bench.engine.neighbours(id_, top=5).results == ()


def test_neighbours_are_the_similar_photos(bench: Bench) -> None:
    photo = next(photo for photo in bench.rows.shown if photo.id in bench.vectors)
    found = bench.engine.neighbours(photo.id, top=12).results
    vector = bench.vectors[photo.id]
    cosines = {id_: float(bench.vectors[id_] @ vector) for id_ in bench.searchable}
    del cosines[photo.id]
    best = sorted(cosines, key=lambda id_: -cosines[id_])[:12]
    assert [result.photo_id for result in found] == best
    assert bench.encoder.texts == []


def test_filters_say_what_they_look_at(library: Library, photos: Path) -> None:
    library.add_folder(photos)
    list(library.index())
    d = next(r for r in library.browse(top=9).results if r.path.name == "d.jpg")
    reasons = library.why(d.photo_id, "folder:trip size:>1kb -is:portrait camera:canon after:2001")
    told = {reason.filter.name: reason for reason in reasons.filters}
    assert told["folder"].holds
    assert told["folder"].value == (photos / "trip").as_posix()
    assert told["size"].value == d.path.stat().st_size
    assert told["is"].holds
    assert told["is"].value is None
    assert not told["camera"].holds
    assert told["camera"].value is None
    assert isinstance(told["date"].value, datetime)
    assert filter_reasons(parse("is:raw"), library._listing, 10**9) == ()


def test_a_photo_tells_that_it_is_the_one_asked_with(library: Library, photos: Path) -> None:
    library.add_folder(photos)
    list(library.index())
    a = next(r for r in library.browse(top=9).results if r.path.name == "a.jpg")
    why = library.why(a.photo_id, "", examples=[Example(a.path), Example(photos / "b.png")])
    assert [reason.is_itself for reason in why.concepts] == [True, False]
    assert why.concepts[0].similarity == pytest.approx(1.0, abs=1e-5)
    assert why.concepts[0].match == "strong"


def test_what_a_search_refuses_is_refused(
    library: Library, photos: Path, tiny_mobilenet: Path
) -> None:
    with pytest.raises(QueryError):
        library.why(1, "ratin:3")
    library.use_model(str(tiny_mobilenet))
    with pytest.raises(TextNotSupportedError):
        library.why(1, "a dog")


def test_without_a_model_filters_are_told(tmp_path: Path, photos: Path) -> None:
    with Library.open(tmp_path / "library", model="siglip2-b-16") as library:
        library.add_folder(photos)
        list(library.index())
        first = library.browse(top=1).results[0]
        assert library.why(first.photo_id, "after:2001").filters[0].holds
        with pytest.raises(ModelError):
            library.why(first.photo_id, "dog")


def test_several_photos_are_summed_up(bench: Bench) -> None:
    chosen = bench.rows.photos[:7]
    summary = sum_up(bench.listing, [*(photo.id for photo in chosen), 10**9])
    assert summary.photos == 7
    assert summary.bytes == sum(photo.size for photo in chosen)
    moments = [photo.taken_ms for photo in chosen]
    epoch = datetime(1970, 1, 1)
    assert summary.first is not None
    assert summary.last is not None
    assert (summary.first - epoch).total_seconds() * 1000 == pytest.approx(min(moments))
    assert (summary.last - epoch).total_seconds() * 1000 == pytest.approx(max(moments))
    assert sum_up(bench.listing, []).first is None
