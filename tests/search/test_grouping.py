"""Photos in groups, against the same put together one photo at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from catalog_rows import Rows
from hypothesis import given, settings
from hypothesis import strategies as st
from search_bench import Bench

from inphotos.encoders.base import normalize
from inphotos.metadata import Metadata, Place
from inphotos.search.order import GROUPS, SORTS, Group, Sort
from inphotos.search.ranking import Result, Results
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.details import DetailsTable, to_ms
from inphotos.store.folders import Directory

EPOCH = datetime(1970, 1, 1)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path) -> Iterator[Bench]:
    """An engine that no test changes."""
    made = Bench(tmp_path_factory.mktemp("bench"), tiny_clip, 200)
    yield made
    made.close()


@pytest.fixture
def own_bench(tmp_path: Path, tiny_clip: Path) -> Iterator[Bench]:
    """An engine that the test may change."""
    made = Bench(tmp_path, tiny_clip, 60)
    yield made
    made.close()


def key_of(group: Group, photo: Photo, rows: Rows) -> str:
    """Return the key of the group that a photo is in."""
    _, place = rows.details.get(photo.id, (Metadata(), None))
    if group == "day":
        return (EPOCH + timedelta(milliseconds=photo.taken_ms)).date().isoformat()
    if group == "folder":
        return photo.path.parent.as_posix()
    if group == "place":
        names = (place.city, place.region, place.country) if place else ()
        return ", ".join(name for name in dict.fromkeys(names) if name)
    return ""


def place_of_group(group: Group, key: str) -> Any:
    """Return what the groups are in the order of, whatever is unknown last."""
    if group == "day":
        return (not key, -datetime.fromisoformat(key).toordinal() if key else 0)
    if group == "folder":
        return (not key, key.casefold().split("/"))
    return (not key, key.casefold())


def place_in_group(sort: Sort, photo: Photo, score: float | None) -> Any:
    """Return what the photos of a group are in the order of."""
    directory = photo.path.parent.as_posix().casefold().split("/")
    return {
        "relevance": -photo.taken_ms if score is None else -score,
        "date": -photo.taken_ms,
        "name": photo.path.name.casefold(),
        "folder": (directory, photo.path.name.casefold()),
        "size": -photo.size,
    }[sort]


def expected(rows: Rows, results: tuple[Result, ...], sort: Sort, group: Group) -> list[Any]:
    """Return (photo id, key of its group) of the photos of an answer, in order."""
    photos = {photo.id: photo for photo in rows.photos}
    found = [(r.photo_id, key_of(group, photos[r.photo_id], rows), r.score) for r in results]
    found.sort(
        key=lambda row: (
            place_of_group(group, row[1]),
            place_in_group(sort, photos[row[0]], row[2]),
            row[0],
        )
    )
    return [row[:2] for row in found]


def pages(bench: Bench, query: str, top: int, **options: Any) -> list[Results]:
    """Ask for one page after the other, up to the one after the last."""
    answers: list[Results] = []
    while not answers or answers[-1].results:
        offset = sum(len(answer.results) for answer in answers)
        if query:
            answers.append(bench.engine.search(query, top=top, offset=offset, **options))
        else:
            answers.append(bench.listing.everything("m", top=top, offset=offset, **options))
    return answers


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(
        ["", "dog", "dog -cat is:landscape", "cat OR dog", "rating:>=0", "place:paris"]
    ),
    st.sampled_from(SORTS),
    st.sampled_from(GROUPS),
    st.integers(1, 90),
)
def test_pages_hold_every_photo_once_in_order_and_groups(
    bench: Bench, query: str, sort: Sort, group: Group, top: int
) -> None:
    answers = pages(bench, query, top, sort=sort, group=group)
    seen = [result for answer in answers for result in answer.results]
    if query:
        whole = bench.engine.search(query, top=999).results
    else:
        whole = bench.listing.everything("m", top=999).results
    if (sort, group) != ("relevance", "none"):
        whole = tuple(result for result in whole if result.match != "none")
    assert [(r.photo_id, r.group) for r in seen] == expected(bench.rows, whole, sort, group)
    assert [r.rank for r in seen] == list(range(1, len(whole) + 1))
    assert {answer.length for answer in answers} == {len(whole)}


@pytest.mark.parametrize("group", GROUPS[1:])
def test_a_group_is_in_one_piece(bench: Bench, group: Group) -> None:
    keys = [r.group for r in bench.listing.everything("m", top=999, group=group).results]
    heads = [key for key, _ in groupby(keys)]
    assert len(heads) == len(set(heads)) > 2


def test_photos_like_another_one_come_in_order_and_groups_too(own_bench: Bench) -> None:
    first, *others = own_bench.searchable
    alike = others[::2]
    noise = np.random.default_rng(3).standard_normal((len(alike), 16)) / 20
    with own_bench.database.transaction():
        own_bench.index.put(alike, normalize(own_bench.vectors[first] + noise.astype(np.float32)))
    path = own_bench.catalog.by_ids([first])[first].path
    options: dict[str, Any] = {"sort": "size", "group": "folder"}
    begun = own_bench.engine.similar(path, top=5, **options)
    rest = own_bench.engine.similar(path, top=99, offset=5, **options)
    results = (*begun.results, *rest.results)
    assert {r.photo_id for r in results} >= set(alike)
    assert {r.match for r in results} == {"strong"}
    assert [(r.photo_id, r.group) for r in results] == expected(
        own_bench.rows, results, "size", "folder"
    )


def store(bench: Bench, **values: Any) -> int:
    """Store one more photo; return its id."""
    defaults = {"id": 0, "folder_id": 1, "directory_id": 1, "path": Path("/x/new.jpg"), "size": 1}
    with bench.database.transaction():
        return bench.catalog.put([Photo(**{**defaults, "mtime_ns": 0, **values})])[0]


def describe(bench: Bench, id_: int, metadata: Metadata, place: Place | None = None) -> None:
    """Store what is known of a photo."""
    with bench.database.transaction():
        DetailsTable(bench.database).put([(id_, metadata, place)])


def group_of(bench: Bench, id_: int, group: Group) -> tuple[str, bool]:
    """Return the key of the group that a photo is in, and whether that is the last group."""
    results = bench.listing.everything("m", top=999, group=group).results
    key = {r.photo_id: r.group for r in results}[id_]
    return key, results[-1].group == key


def test_a_day_is_that_of_the_clock_where_the_photo_was_taken(own_bench: Bench) -> None:
    last, first = datetime(2021, 12, 31, 23, 59, 59), datetime(2022, 1, 1)
    old = datetime(1939, 9, 1, 4, 45)
    for taken in (last, first, old):
        id_ = store(own_bench, taken_ms=to_ms(taken))
        describe(own_bench, id_, Metadata(taken=taken, taken_source="exif", offset_minutes=-600))
        assert group_of(own_bench, id_, "day")[0] == taken.date().isoformat()


@pytest.mark.parametrize("mtime", [EPOCH, EPOCH - timedelta(days=9), datetime(2199, 1, 1)])
def test_the_time_of_a_file_that_cannot_be_right_is_no_date(
    own_bench: Bench, mtime: datetime
) -> None:
    id_ = store(own_bench, taken_ms=to_ms(mtime))
    assert group_of(own_bench, id_, "day") == ("", True)
    describe(own_bench, id_, Metadata(camera="X"))
    assert group_of(own_bench, id_, "day") == ("", True)


def test_a_first_of_january_1970_that_someone_wrote_down_is_a_date(own_bench: Bench) -> None:
    id_ = store(own_bench, taken_ms=0)
    describe(own_bench, id_, Metadata(taken=EPOCH, taken_source="xmp"))
    assert group_of(own_bench, id_, "day") == ("1970-01-01", True)


def test_a_photo_that_is_not_read_yet_is_of_the_day_of_its_file(own_bench: Bench) -> None:
    id_ = store(own_bench, taken_ms=to_ms(datetime(2024, 2, 29, 12)))
    assert group_of(own_bench, id_, "day")[0] == "2024-02-29"


def test_a_place_that_becomes_known_moves_its_photo(own_bench: Bench) -> None:
    id_ = store(own_bench)
    assert group_of(own_bench, id_, "place") == ("", True)
    for place, name in (
        (Place("Porto", "Porto", "Portugal", "PT"), "Porto, Portugal"),
        (Place("Springfield", "Illinois", "United States", "US"), None),
        (Place("", "", "Iceland", "IS"), "Iceland"),
    ):
        describe(own_bench, id_, Metadata(latitude=1.0, longitude=2.0), place)
        wanted = name or "Springfield, Illinois, United States"
        assert group_of(own_bench, id_, "place") == (wanted, False)


def test_directories_that_differ_in_case_only_are_groups_of_their_own(own_bench: Bench) -> None:
    catalog: Catalog = own_bench.catalog
    with own_bench.database.transaction():
        lower, inner, upper, spaced = catalog.folders.put_directories(
            [Directory(0, 1, path) for path in ("z", "z/a", "Z", "z b")]
        )
    for directory in (lower, upper, inner, lower, spaced, upper):
        store(own_bench, directory_id=directory)
    results = own_bench.listing.everything("m", top=999, group="folder").results
    heads = [key for key, _ in groupby(r.group for r in results)]
    mine = [key for key in heads if "/z" in key.casefold()]
    root = "/photos/Holidays"
    assert mine == [f"{root}/Z", f"{root}/z", f"{root}/z/a", f"{root}/z b"]


def test_pages_go_on_with_what_the_first_one_began(own_bench: Bench) -> None:
    for query in ("", "dog"):
        first, *_ = pages(own_bench, query, 999, group="place", sort="name")
        begun = pages(own_bench, query, 3, group="place", sort="name")[0]
        own_bench.add(30)
        last = first.results[-1].photo_id
        photo = own_bench.catalog.by_ids([last])[last]
        with own_bench.database.transaction():
            own_bench.catalog.put([replace(photo, state="gone")])
        options: dict[str, Any] = {"top": 999, "offset": 3, "group": "place", "sort": "name"}
        if query:
            rest = own_bench.engine.search(query, **options)
        else:
            rest = own_bench.listing.everything("m", **options)
        both = (*begun.results, *rest.results)
        assert [r.photo_id for r in both] == [r.photo_id for r in first.results]
        assert [r.group for r in both] == [r.group for r in first.results]
        assert rest.length == first.length


def test_groups_are_in_order_while_photos_come_and_go(own_bench: Bench) -> None:
    for _ in range(4):
        own_bench.add(15)
        gone = own_bench.rows.shown[-3]
        with own_bench.database.transaction():
            own_bench.catalog.remove([gone.id])
            DetailsTable(own_bench.database).remove([gone.id])
        own_bench.rows.photos.remove(gone)
        own_bench.rows.details.pop(gone.id, None)
        for group in GROUPS:
            for sort in SORTS:
                whole = own_bench.listing.everything("m", top=999, sort=sort, group=group)
                assert len(whole.results) == len(own_bench.rows.shown)
                assert [(r.photo_id, r.group) for r in whole.results] == expected(
                    own_bench.rows, whole.results, sort, group
                )
