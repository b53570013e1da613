"""Groups of photos that are alike in a large library: found in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from search_bench import Bench

from inphotos.search import alike
from inphotos.search.alike import AlikePhotos
from inphotos.search.gathering import NO_GROUPS, Groups
from inphotos.search.hamming import HashGroups
from inphotos.store.table import PhotoTable


@pytest.fixture
def bench(tmp_path: Path, tiny_clip: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """An engine on photos that count as many, each with three that are alike to it."""
    made = Bench(tmp_path, tiny_clip, 40)
    hashes = np.random.default_rng(1).integers(1, 1 << 63, 10).tolist()
    write(made, {n: hashes[n % 10] for n in range(40)})
    monkeypatch.setattr(alike, "AT_ONCE", 10)
    yield made
    made.listing.close()
    made.close()


def write(bench: Bench, hashes: dict[int, int]) -> None:
    """Give photos other hashes, by their number."""
    for number, hash_ in hashes.items():
        bench.rows.photos[number] = replace(
            bench.rows.photos[number],
            content=str(number),
            state="here",
            reason="",
            width=60,
            height=40,
            taken_ms=number * 3_600_000,
            phash=hash_,
        )
    with bench.database.transaction():
        bench.catalog.put([bench.rows.photos[number] for number in hashes])


def sizes(groups: Groups) -> list[int]:
    return sorted(np.unique(groups.codes, return_counts=True)[1].tolist())


def working() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "alike"]


def test_an_answer_is_folded_once_it_is_known_what_is_alike(bench: Bench) -> None:
    first = bench.engine.search("dog", top=99, fold=True)
    assert first.folded == 0
    assert {result.alike for result in first.results} == {1}
    groups = bench.listing.alike.groups()
    expected = np.unique(groups.codes_of(np.array([r.photo_id for r in first.results])))
    folded = bench.engine.search("dog", top=99, fold=True)
    assert folded.total == len(expected) < first.total
    assert sum(result.alike for result in folded.results) == first.total


def test_a_list_is_folded_once_it_is_known_what_is_alike(bench: Bench) -> None:
    assert bench.listing.everything("", top=99, fold=True).total == 40
    assert bench.listing.count_alike() == (10, 40)
    assert bench.listing.everything("", top=99, fold=True).total == 10


def test_whoever_asks_for_groups_waits_for_them(bench: Bench) -> None:
    assert len(bench.listing.groups(("near",))) == 10
    listed = bench.listing.all_alike("", top=99)
    assert [result.group.split()[:2] for result in listed.results] == [["near", "4"]] * 40
    write(bench, {0: 77})
    assert bench.listing.count_alike() == (10, 39)
    assert bench.listing.alike_to(bench.rows.photos[10].id, "", top=9).total == 3


def test_how_many_are_known_is_told_without_waiting(bench: Bench) -> None:
    photos, is_all = bench.listing.count_known_alike()
    # The work may be done by the time that it is asked for: nothing is known then, or everything.
    assert photos in (0, 40)
    assert not is_all or not working()
    bench.listing.alike.groups()
    assert bench.listing.count_known_alike() == (40, True)


def test_they_are_the_same_as_those_that_are_found_at_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(2)
    table = PhotoTable(bench.database, bench.catalog.folders)
    plain = AlikePhotos(table)
    plain.compare_with(bench.index, bench.engine.thresholds().same_kind)
    bench.listing.alike.compare_with(bench.index, bench.engine.thresholds().same_kind)
    for _ in range(6):
        changed = chance.integers(0, 40, 3).tolist()
        write(bench, {n: bench.rows.photos[(n + 1) % 40].phash ^ 3 for n in changed})
        bench.listing.table.refresh()
        apart = bench.listing.alike.groups()
        table.refresh()
        with monkeypatch.context() as patch:
            patch.setattr(alike, "AT_ONCE", 1_000)
            at_once = plain.groups()
        assert apart.codes.tolist() == at_once.codes.tolist()
        assert apart.shown.tolist() == at_once.shown.tolist()


def test_nothing_goes_on_once_the_library_is_closed(bench: Bench) -> None:
    bench.listing.count_known_alike()
    bench.listing.close()
    assert not working()


def test_with_another_number_of_bits_they_are_found_anew(bench: Bench) -> None:
    bench.listing.count_known_alike()
    bench.listing.alike.bits = 0
    write(bench, {0: bench.rows.photos[10].phash ^ 1})
    assert bench.listing.count_alike() == (10, 39)


def test_groups_of_other_photos_leave_those_that_came_later_alone(bench: Bench) -> None:
    bench.listing.table.refresh()
    groups = bench.listing.alike.groups()
    some = groups.of(np.append(groups.ids[5:15], 10_000))
    assert sizes(some) == [1] + [1] * 10
    assert sizes(groups.of(groups.ids[:20])) == [2] * 10
    assert groups.of(groups.ids.copy()) is groups
    assert sizes(NO_GROUPS.of(groups.ids)) == [1] * 40


def test_what_was_found_is_there_the_next_time_and_only_the_new_is_compared(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.listing.count_alike()
    expected = sizes(bench.listing.alike.groups())
    added: list[int] = []
    add = HashGroups.add

    def counted(groups: HashGroups, hashes: np.ndarray, *others: object) -> None:
        added.append(len(hashes))
        add(groups, hashes, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(HashGroups, "add", counted)
    for _ in range(2):
        table = PhotoTable(bench.database, bench.catalog.folders)
        table.refresh()
        later = AlikePhotos(table)
        later.compare_with(bench.index, bench.engine.thresholds().same_kind)
        assert sizes(later.groups()) == expected
        later.close()
    bench.add(1)
    write(bench, {40: bench.rows.photos[3].phash})
    bench.listing.table.refresh()
    assert sizes(bench.listing.alike.groups()) == [4] * 9 + [5]
    assert added == [1]


def test_a_photo_that_stands_for_no_other_goes_without_a_trace(bench: Bench) -> None:
    bench.listing.count_alike()
    groups = bench.listing.alike.groups()
    alone = np.flatnonzero(groups.codes != np.arange(len(groups.ids)))
    write(bench, {int(groups.ids[alone[0]]) - 1: 77})
    assert bench.listing.count_alike() == (10, 39)
    write(bench, {int(groups.ids[groups.codes[alone[0]]]) - 1: (1 << 62) - 1})
    assert bench.listing.count_alike() == (10, 38)
