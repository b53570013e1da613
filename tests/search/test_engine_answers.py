"""What the engine makes of a whole query, against the same worked out one photo at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from catalog_rows import accepted
from search_bench import Bench, use_graph

from inphotos.encoders.base import Thresholds, normalize
from inphotos.errors import QueryError
from inphotos.search import finder as finder_module
from inphotos.search.order import Count, Sort
from inphotos.search.query import parse
from inphotos.search.ranking import Results


@pytest.fixture(params=["matrix", "graph"])
def bench(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tiny_clip: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bench]:
    """An engine, by turns one that uses the graph although there are few photos."""
    if request.param == "graph":
        use_graph(monkeypatch)
    made = Bench(tmp_path, tiny_clip, 150)
    yield made
    made.close()


def check_order(results: Results, scores: dict[int, float]) -> None:
    """Compare an answer with the scores of all photos that belong to it."""
    best = sorted(scores, key=lambda id_: (-round(scores[id_], 5), id_))
    assert len(results.results) == len(best)
    assert {r.photo_id for r in results.results} == set(best)
    for result in results.results:
        assert result.score == pytest.approx(scores[result.photo_id], abs=3e-6)
    found = [r.score for r in results.results]
    assert found == sorted(found, reverse=True)
    assert [r.rank for r in results.results] == list(range(1, len(best) + 1))


def test_several_things_count_by_their_mean(bench: Bench) -> None:
    dog, snow = bench.cosines("dog"), bench.cosines("snow")
    answer = bench.engine.search('dog^3 "snow"', top=999)
    check_order(answer, {id_: (3 * dog[id_] + snow[id_]) / 4 for id_ in dog})
    assert answer.total == len(dog)


def test_of_alternatives_the_best_counts(bench: Bench) -> None:
    dog, cat, snow = bench.cosines("dog"), bench.cosines("cat"), bench.cosines("snow")
    answer = bench.engine.search("dog OR cat", top=999)
    check_order(answer, {id_: max(dog[id_], cat[id_]) for id_ in dog})
    answer = bench.engine.search("dog OR cat +snow", top=999)
    check_order(answer, {id_: (max(dog[id_], cat[id_]) + snow[id_]) / 2 for id_ in dog})


def test_what_is_not_wanted_takes_away_what_exceeds_its_mean(bench: Bench) -> None:
    dog, cat = bench.cosines("dog"), bench.cosines("cat")
    mean = float(bench.text("cat") @ np.mean(list(bench.vectors.values()), axis=0))
    scores = {id_: dog[id_] - max(0.0, cat[id_] - mean) for id_ in dog}
    answer = bench.engine.search("dog -cat", top=999)
    if len(scores) <= finder_module.EXACT_UP_TO:
        check_order(answer, scores)
    # Of a large library the mean is that of the rounded vectors.
    for result in answer.results:
        assert result.score == pytest.approx(scores[result.photo_id], abs=1e-3)


def test_without_anything_wanted_the_least_similar_come_first(bench: Bench) -> None:
    cat = bench.cosines("cat")
    answer = bench.engine.search("-cat", top=999)
    check_order(answer, {id_: -cat[id_] for id_ in cat})
    maybe = bench.encoder.model.thresholds.maybe
    assert {r.match for r in answer.results} <= {"maybe", "none"}
    for result in answer.results:
        assert (result.match == "none") == (cat[result.photo_id] > maybe)


@pytest.mark.parametrize(
    "filters",
    ["rating:>=3", "is:portrait OR place:france", "-ext:jpg folder:trip", "date:2023-01-02"],
)
def test_filtered_photos_are_ranked_exactly(bench: Bench, filters: str) -> None:
    dog = bench.cosines("dog")
    conditions = parse(filters).conditions
    passing = {p.id for p in bench.rows.shown if accepted(conditions, p, bench.rows, ())}
    answer = bench.engine.search(f"dog {filters}", top=999)
    scores = {id_: score for id_, score in dog.items() if id_ in passing}
    assert 0 < len(scores) < len(dog)
    check_order(answer, scores)
    assert answer.total == len(scores)


def test_the_score_is_a_filter_too(bench: Bench) -> None:
    dog = bench.cosines("dog")
    answer = bench.engine.search("dog score:>0.2", top=999)
    check_order(answer, {id_: score for id_, score in dog.items() if score > 0.2})
    assert 0 < answer.total < len(dog)
    either = bench.engine.search("dog score:>0.2 OR rating:5", top=999)
    rated = {id_ for id_, (metadata, _) in bench.rows.details.items() if metadata.rating == 5}
    check_order(either, {i: score for i, score in dog.items() if score > 0.2 or i in rated})


def test_a_least_score_cuts_the_answer_but_not_the_total(bench: Bench) -> None:
    dog = bench.cosines("dog")
    answer = bench.engine.search("dog", top=999, min_score=0.25)
    check_order(answer, {id_: score for id_, score in dog.items() if score >= 0.25})
    assert answer.total == len(dog)
    assert bench.engine.search("dog", top=10, offset=len(answer.results)).results
    assert not bench.engine.search(
        "dog", top=10, offset=len(answer.results), min_score=0.25
    ).results


@pytest.mark.parametrize(
    "text", ["dog", "dog +snow", "dog -cat", "dog is:landscape", "is:portrait"]
)
@pytest.mark.parametrize("top", [1, 7, 20, 64])
def test_scrolling_ends_at_the_last_photo(bench: Bench, text: str, top: int) -> None:
    seen: list[int] = []
    while page := bench.engine.search(text, top=top, offset=len(seen)).results:
        assert [r.rank for r in page] == list(range(len(seen) + 1, len(seen) + len(page) + 1))
        seen += [r.photo_id for r in page]
    whole = bench.engine.search(text, top=999)
    assert seen == [r.photo_id for r in whole.results]
    assert len(set(seen)) == len(seen) == whole.total


def test_scrolling_goes_on_with_what_it_began(bench: Bench) -> None:
    whole = [r.photo_id for r in bench.engine.search("dog -cat", top=999).results]
    first = bench.engine.search("dog -cat", top=30)
    bench.add(60)  # some of them better than what is shown already
    second = bench.engine.search("dog -cat", top=999, offset=30)
    assert [r.photo_id for r in (*first.results, *second.results)] == whole
    assert second.total == first.total
    anew = bench.engine.search("dog -cat", top=999)
    assert anew.total == len(bench.searchable) > first.total
    assert [r.photo_id for r in anew.results[:30]] != [r.photo_id for r in first.results]


def test_a_photo_that_goes_while_one_scrolls_keeps_its_place(bench: Bench) -> None:

    whole = bench.engine.search("dog", top=999).results
    photo = bench.catalog.by_ids([whole[40].photo_id])[whole[40].photo_id]
    with bench.database.transaction():
        bench.catalog.put([replace(photo, state="gone")])
    page = bench.engine.search("dog", top=10, offset=38).results
    assert [r.photo_id for r in page] == [r.photo_id for r in whole[38:48]]
    assert page[2].presence == "missing"
    assert photo.id not in {r.photo_id for r in bench.engine.search("dog", top=999).results}


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("date", lambda photo: -photo.taken_ms),
        ("name", lambda photo: photo.path.name.casefold()),
        ("size", lambda photo: -photo.size),
        ("folder", lambda p: (p.path.parent.as_posix().casefold(), p.path.name.casefold())),
    ],
)
@pytest.mark.parametrize("text", ["dog", "is:landscape"])
def test_matches_can_be_put_in_another_order(
    bench: Bench, sort: Sort, key: Callable[..., object], text: str
) -> None:
    photos = {photo.id: photo for photo in bench.rows.photos}
    answer = bench.engine.search(text, top=999, sort=sort)
    ids = [r.photo_id for r in answer.results]
    assert ids == sorted(ids, key=lambda id_: (key(photos[id_]), id_))
    best = bench.engine.search(text, top=999).results
    assert set(ids) == {r.photo_id for r in best if r.match != "none"}


def test_another_order_is_of_the_matches_only(bench: Bench) -> None:
    dog = bench.cosines("dog")
    maybe = bench.encoder.model.thresholds.maybe
    matching = {id_ for id_, score in dog.items() if score >= maybe}
    assert 5 < len(matching) < len(dog) - 5
    top = 5
    seen: list[int] = []
    while page := bench.engine.search("dog", top=top, offset=len(seen), sort="name").results:
        seen += [r.photo_id for r in page]
    assert len(seen) == len(set(seen))
    assert set(seen) == matching
    more = bench.engine.search("dog", top=len(matching) + 3, sort="name")
    assert {r.photo_id for r in more.results} == matching
    assert (more.length, more.total) == (len(matching), len(dog))


def test_where_nothing_matches_the_best_are_put_in_another_order(bench: Bench) -> None:
    noise = np.random.default_rng(5).standard_normal((len(bench.searchable), 16)) / 10
    vectors = normalize((noise - bench.text("dog")).astype(np.float32))
    with bench.database.transaction():
        bench.index.put(bench.searchable, vectors)
    best = bench.engine.search("dog", top=7).results
    answer = bench.engine.search("dog", top=7, sort="name")
    assert {r.match for r in answer.results} == {"none"}
    assert {r.photo_id for r in answer.results} == {r.photo_id for r in best}
    assert answer.length == 7
    names = [r.path.name.casefold() for r in answer.results]
    assert names == sorted(names)
    assert bench.engine.search("dog", top=7, offset=7, sort="name").results == ()


@pytest.mark.parametrize("options", [{"min_score": 0.05}, {"query": "dog score:>=0.05"}])
def test_a_line_that_the_user_draws_decides_what_belongs_in(
    bench: Bench, options: dict[str, Any]
) -> None:
    dog = bench.cosines("dog")
    answer = bench.engine.search(**{"query": "dog", "top": 999, "sort": "date", **options})
    assert {r.photo_id for r in answer.results} == {i for i, s in dog.items() if s >= 0.05}
    assert answer.length == len(answer.results) < len(dog)
    assert {r.match for r in answer.results} == {"strong", "maybe", "none"}


def test_filters_alone_list_the_newest_first(bench: Bench) -> None:
    answer = bench.engine.search("is:landscape", top=999)
    photos = {p.id: p for p in bench.rows.shown if p.width > p.height}
    assert [r.photo_id for r in answer.results] == sorted(
        photos, key=lambda id_: (-photos[id_].taken_ms, id_)
    )
    assert {(r.score, r.match) for r in answer.results} == {(None, None)}
    assert answer.total == len(photos)  # also those without an embedding
    assert bench.encoder.texts == []


def test_an_answer_can_be_explained(bench: Bench) -> None:
    answer = bench.engine.search("dog -cat rating:>=0", top=30, explain=True)
    assert answer.parsed == parse("dog -cat rating:>=0")
    dog, cat = bench.cosines("dog"), bench.cosines("cat")
    for result in answer.results:
        id_ = result.photo_id
        assert result.parts == pytest.approx((dog[id_], cat[id_]), abs=3e-6)
    plain = bench.engine.search("dog -cat rating:>=0", top=30)
    assert {r.parts for r in plain.results} == {()}


def test_what_cannot_be_understood_is_told_and_left_out(bench: Bench) -> None:
    answer = bench.engine.search("dog ratin:3", top=999)
    check_order(answer, bench.cosines("dog"))
    [problem] = answer.problems
    assert "rating" in problem.message
    with pytest.raises(QueryError, match="ratin"):
        bench.engine.search("ratin:3", top=5)


def test_a_repeated_text_is_encoded_once(bench: Bench) -> None:
    for text in ("dog", "dog -cat", "cat OR dog", "dog rating:3", "  dog  ", "dog"):
        bench.engine.search(text, top=5)
    assert bench.encoder.texts == ["dog", "cat"]


def test_copies_keep_the_order_of_their_ids(bench: Bench) -> None:
    same = bench.vectors[bench.searchable[0]]
    copies = bench.searchable[3:90:9]
    with bench.database.transaction():
        bench.index.put(copies, np.stack([same] * len(copies)))
    answer = bench.engine.search("dog", top=999)
    there = [r.photo_id for r in answer.results if r.photo_id in copies]
    assert there == copies
    exact = bench.engine.search("dog -is:offline", top=999)
    assert [r.photo_id for r in exact.results if r.photo_id in copies] == copies


def test_searching_goes_on_while_photos_are_stored(bench: Bench) -> None:
    failures: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(12):
                bench.add(10)
        except BaseException as error:
            failures.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    totals = []
    while writer.is_alive():
        for text in ("dog", "dog -cat", "dog rating:>=0", "is:landscape"):
            answer = bench.engine.search(text, top=15)
            assert len(answer.results) == 15
            assert len({r.photo_id for r in answer.results}) == 15
        totals.append(bench.engine.search("dog", top=1).total)
    writer.join()
    assert failures == []
    assert totals == sorted(totals)
    check_order(bench.engine.search("dog", top=999), bench.cosines("dog"))


@pytest.mark.parametrize("text", ["dog", "-cat", "dog OR cat", "dog -cat", "dog is:landscape"])
def test_the_count_is_that_of_the_matches(bench: Bench, text: str) -> None:
    results = bench.engine.search(text, top=999).results
    matches = sum(result.match in ("strong", "maybe") for result in results)
    assert bench.engine.count(parse(text)) == Count(matches)


def test_of_a_large_library_only_the_first_are_counted(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A model for which everything matches.
    least = Thresholds(strong=-1.0, maybe=-1.0, same_kind=-1.0)
    monkeypatch.setattr(bench.engine, "_read", lambda _reading: least)
    everything = len(bench.searchable)
    monkeypatch.setattr(finder_module, "COUNTED", 7)
    large = everything > finder_module.EXACT_UP_TO
    assert bench.engine.count(parse("dog")) == (Count(7, True) if large else Count(everything))
    # An answer with all photos needs the rounded vectors, and so they are there then.
    assert bench.engine.search("dog", top=999).total == everything
    assert bench.engine.count(parse("dog")) == Count(everything)


def test_counting_leaves_further_pages_as_they_are(bench: Bench) -> None:
    answer = bench.engine.search("dog -cat", top=30)
    former = [result.photo_id for result in bench.engine.search("dog -cat", top=999).results]
    for text in ("cat", "snow", "car", "sea", "sun"):
        bench.engine.count(parse(text))
    bench.add(100)
    second = bench.engine.search("dog -cat", top=30, offset=30)
    # Those that have come since are not in it, so none is shown twice.
    assert [r.photo_id for r in (*answer.results, *second.results)] == former[:60]
