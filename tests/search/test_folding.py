"""Answers in which photos that are alike are one, against the same worked out the slow way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import draw_photo
from search_bench import Bench, use_graph

from inphotos.search.order import Sort
from inphotos.search.ranking import Result


@pytest.fixture(params=["matrix", "graph"])
def bench(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tiny_clip: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bench]:
    """An engine on 150 photos, of which many are alike, by turns one that uses the graph."""
    if request.param == "graph":
        use_graph(monkeypatch)
    made = Bench(tmp_path, tiny_clip, 150)
    chance = np.random.default_rng(3)
    hashes = [int(n) for n in chance.integers(1, 1 << 63, 20)]
    hashed = [
        replace(photo, phash=hashes[number % 20] if number % 4 else int(n), width=60, height=40)
        for number, (photo, n) in enumerate(
            zip(made.rows.photos, chance.integers(1, 1 << 63, 150), strict=True)
        )
    ]
    with made.database.transaction():
        made.catalog.put(hashed)
    made.rows.photos = hashed
    yield made
    made.close()


def group_of(bench: Bench) -> dict[int, int]:
    """Return the group of each photo."""
    bench.listing.table.refresh()
    groups = bench.listing.alike.groups()
    return dict(zip(groups.ids.tolist(), groups.codes.tolist(), strict=True))


def folded(bench: Bench, results: tuple[Result, ...]) -> list[tuple[int, float | None, int]]:
    """Leave the first photo of each group, as (id, score, number of photos)."""
    groups = group_of(bench)
    members: dict[int, list[Result]] = {}
    for result in results:
        members.setdefault(groups[result.photo_id], []).append(result)
    return [(m[0].photo_id, m[0].score, len(m)) for m in members.values()]


def seen(results: tuple[Result, ...]) -> list[tuple[int, float | None, int]]:
    return [(r.photo_id, r.score, r.alike) for r in results]


def test_there_are_groups_to_be_folded(bench: Bench) -> None:
    sizes = np.bincount(list(group_of(bench).values()))
    assert np.count_nonzero(sizes > 1) > 8


@pytest.mark.parametrize(
    "text", ["dog", "dog -cat", "dog OR cat", "dog is:landscape", "rating:>=0", "dog score:>0.1"]
)
@pytest.mark.parametrize("top", [1, 7, 20, 64, 999])
def test_of_each_group_the_best_photo_is_left(bench: Bench, text: str, top: int) -> None:
    whole = bench.engine.search(text, top=999)
    expected = folded(bench, whole.results)
    assert len(expected) < len(whole.results)
    found: list[Result] = []
    while True:
        page = bench.engine.search(text, top=top, offset=len(found), fold=True)
        assert page.total == len(expected)
        if not page.results:
            break
        found += page.results
    assert seen(tuple(found)) == expected
    assert [result.rank for result in found] == list(range(1, len(expected) + 1))
    assert {result.alike for result in whole.results} == {1}


def test_a_least_score_leaves_the_numbers_as_they_are(bench: Bench) -> None:
    expected = folded(bench, bench.engine.search("dog", top=999).results)
    answer = bench.engine.search("dog", top=999, min_score=0.2, fold=True)
    assert seen(answer.results) == [row for row in expected if row[1] >= 0.2]
    assert 0 < len(answer.results) < answer.total == len(expected)


@pytest.mark.parametrize("sort", ["date", "name"])
def test_another_order_has_the_same_photos(bench: Bench, sort: Sort) -> None:
    # Below this line there is nothing, so that all photos are in the answer.
    best = bench.engine.search("dog", top=999, min_score=-2, fold=True).results
    ordered = bench.engine.search("dog", top=999, min_score=-2, sort=sort, fold=True).results
    assert sorted(seen(ordered)) == sorted(seen(best))
    left = {result.photo_id for result in best}
    whole = bench.engine.search("dog", top=999, min_score=-2, sort=sort).results
    assert [r.photo_id for r in ordered] == [r.photo_id for r in whole if r.photo_id in left]


@pytest.mark.parametrize("top", [6, 999])
def test_listed_photos_are_the_first_of_their_group(bench: Bench, top: int) -> None:
    answer = bench.listing.everything("", top=999, fold=True)
    everything = [p for p in bench.rows.photos if p.state != "gone" and not p.reason]
    everything.sort(key=lambda photo: (-photo.taken_ms, photo.id))
    groups = group_of(bench)
    firsts: dict[int, int] = {}
    for photo in everything:
        firsts.setdefault(groups[photo.id], photo.id)
    assert [r.photo_id for r in answer.results] == list(firsts.values())
    assert sum(r.alike for r in answer.results) == len(everything)
    found: list[Result] = []
    every = bench.listing.everything
    while page := every("", top=top, offset=len(found), fold=True).results:
        found += page
    assert found == list(answer.results)


def test_the_photos_of_a_tile_can_be_had(bench: Bench) -> None:
    tile = max(
        bench.listing.everything("", top=999, fold=True).results, key=lambda result: result.alike
    )
    assert tile.alike > 2
    whole = bench.listing.alike_to(tile.photo_id, "", top=99)
    assert whole.total == len(whole.results) == tile.alike
    assert tile.photo_id in {r.photo_id for r in whole.results}
    sizes = [bench.catalog.by_ids([r.photo_id])[r.photo_id].size for r in whole.results]
    assert sizes == sorted(sizes, reverse=True)
    pages = [bench.listing.alike_to(tile.photo_id, "", top=1, offset=n) for n in range(tile.alike)]
    assert [page.results[0].photo_id for page in pages] == [r.photo_id for r in whole.results]
    assert bench.listing.alike_to(99_999, "", top=9).results == ()


def test_scrolling_keeps_to_the_groups_that_it_began_with(bench: Bench) -> None:
    whole = bench.engine.search("dog", top=999, fold=True)
    first = bench.engine.search("dog", top=5, fold=True)
    groups = group_of(bench)
    shown = whole.results[2].photo_id
    # A photo that is shown gets the hash of one that is not, and so becomes one of its group.
    photos = {photo.id: photo for photo in bench.rows.photos}
    other = photos[whole.results[-1].photo_id]
    with bench.database.transaction():
        bench.catalog.put([replace(photos[shown], phash=other.phash)])
    rest = bench.engine.search("dog", top=999, offset=5, fold=True)
    ids = [r.photo_id for r in (*first.results, *rest.results)]
    assert len(ids) == len(set(ids)) == len({groups[id_] for id_ in ids}) == whole.total


def test_photos_similar_to_another_are_folded_too(bench: Bench, tmp_path: Path) -> None:
    path = draw_photo(tmp_path / "query.jpg")
    whole = bench.engine.similar(path, top=999)
    assert seen(bench.engine.similar(path, top=999, fold=True).results) == folded(
        bench, whole.results
    )
