"""Filters on all photos at once, against what each filter says of each photo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from catalog_rows import Rows, accepted, write_marks, write_random
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inphotos.search.filters import FilterMasks
from inphotos.search.query import parse
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Directory
from inphotos.store.marks import Mark, MarkBook
from inphotos.store.table import PhotoTable

NOW = datetime(2023, 6, 1)
OFFLINE = (2,)

FILTERS = (
    "date:2023-01-02",
    "before:2023-01-02",
    "after:2023-01-03",
    "camera:canon",
    "camera:*z*",
    "lens:50mm",
    "folder:trip",
    "folder:holidays/trip",
    "folder:angstrom",
    "name:img",
    "name:IMG_*.jpg",
    "name:zurich",
    "ext:jpg",
    "ext:tif",
    "ext:dng",
    "place:zurich",
    "place:france",
    "place:ile",
    "near:47.4,8.5,10",
    "near:48.85,2.35,600",
    "near:0,-179.9,30",
    "near:-90,0,50",
    "rating:3",
    "rating:>=0",
    "rating:<3",
    "size:>3mp",
    "size:<1kb",
    "is:portrait",
    "is:landscape",
    "is:square",
    "is:screenshot",
    "is:raw",
    "is:offline",
    "is:duplicate",
    "is:favorite",
    "tag:beach",
    "tag:ile*",
    'tag:"street art"',
    "tag:*am*",
)

_ONE = st.tuples(st.sampled_from(["", "-"]), st.sampled_from(FILTERS)).map("".join)
QUERIES = st.lists(st.lists(_ONE, min_size=1, max_size=3).map(" OR ".join), min_size=1, max_size=3)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[FilterMasks, PhotoTable, Rows]]:
    opened = Database(tmp_path_factory.mktemp("library") / "library")
    rows = write_random(opened, 300, seed=1)
    table = PhotoTable(opened, Catalog(opened).folders)
    table.refresh()
    marks = write_marks(opened.directory, rows)
    yield FilterMasks(table, lambda: OFFLINE, marks=marks), table, rows
    opened.close()


def check(text: str, masks: FilterMasks, table: PhotoTable, rows: Rows) -> int:
    """Compare the photos that pass with those that pass one by one; return how many do."""
    conditions = parse(text, now=NOW).conditions
    assert conditions
    passing = set(table.ids[table.shown & masks.accepted(conditions)].tolist())
    assert passing == {p.id for p in rows.shown if accepted(conditions, p, rows, OFFLINE)}
    return len(passing)


@pytest.mark.parametrize("text", FILTERS)
def test_a_filter_lets_through_what_it_accepts(
    text: str, world: tuple[FilterMasks, PhotoTable, Rows]
) -> None:
    masks, table, rows = world
    count = check(text, masks, table, rows)
    assert 0 < count < len(rows.shown)
    assert check("-" + text, masks, table, rows) == len(rows.shown) - count


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(QUERIES)
def test_filters_combine_as_the_query_says(
    world: tuple[FilterMasks, PhotoTable, Rows], groups: list[str]
) -> None:
    masks, table, rows = world
    for text in groups:
        check(text, masks, table, rows)
    conditions = [g for text in groups for g in parse(text, now=NOW).conditions]
    passing = set(table.ids[table.shown & masks.accepted(conditions)].tolist())
    assert passing == {p.id for p in rows.shown if accepted(conditions, p, rows, OFFLINE)}


def test_a_tag_is_no_part_of_another_one(world: tuple[FilterMasks, PhotoTable, Rows]) -> None:
    masks, table, rows = world
    assert check("tag:art", masks, table, rows) == 0  # in "party" and "Street Art"


def test_marks_that_change_are_taken_in(database: Database) -> None:
    rows = write_random(database, 60, seed=8)
    table = PhotoTable(database, Catalog(database).folders)
    table.refresh()
    marks = MarkBook(database.directory)
    masks = FilterMasks(table, lambda: OFFLINE, marks=marks)
    texts = ("is:favorite", "rating:5", "rating:<=0", "tag:beach")
    for text in texts:
        check(text, masks, table, rows)
    rows.marks = {"aa": Mark(True, 5, ("beach",)), "bb": Mark(rating=0)}
    marks.change(rows.marks)
    for text in texts:
        assert check(text, masks, table, rows) > 0
    rows.marks = {}
    marks.change({"aa": Mark(), "bb": Mark()})
    for text in texts:
        check(text, masks, table, rows)
    assert check("is:favorite", masks, table, rows) == 0


def test_an_absolute_path_is_looked_for_in_absolute_paths(
    world: tuple[FilterMasks, PhotoTable, Rows],
) -> None:
    masks, table, rows = world
    for text, folder_id in (("folder:/drive", 2), ("folder:/photos/*", 1)):
        passing = table.ids[table.shown & masks.accepted(parse(text).conditions)]
        assert set(passing.tolist()) == {p.id for p in rows.shown if p.folder_id == folder_id}


def test_a_filter_on_the_score_needs_one(database: Database) -> None:
    write_random(database, 3, seed=1)
    table = PhotoTable(database, Catalog(database).folders)
    table.refresh()
    masks = FilterMasks(table, tuple)
    scores = np.array([0.1, 0.3, np.nan], np.float32)
    conditions = parse("x score:>0.2").conditions
    assert masks.accepted(conditions, scores).tolist() == [False, True, False]
    assert masks.accepted(conditions).tolist() == [False, False, False]
    assert masks.accepted(parse("x -score:>0.2").conditions, scores).tolist() == [True, False, True]


def test_a_column_that_is_read_late_fits_the_others(database: Database) -> None:
    rows = write_random(database, 20, seed=6)
    table = PhotoTable(database, Catalog(database).folders)
    table.refresh()
    with database.transaction():
        Catalog(database).remove([rows.photos[3].id])
    write_random(database, 5, seed=7, rows=rows)
    kept = [photo.size if photo.id != rows.photos[3].id else 0 for photo in rows.photos[:20]]
    assert table.number("size").tolist() == kept
    table.refresh()
    names = table.text("name_text")
    assert [names.values[code] for code in names.codes] == [
        photo.path.name for photo in rows.photos if photo.id != rows.photos[3].id
    ]


def test_what_is_written_later_is_taken_in(database: Database) -> None:
    rows = write_random(database, 60, seed=2)
    catalog, details = Catalog(database), DetailsTable(database)
    table = PhotoTable(database, catalog.folders)
    masks = FilterMasks(table, lambda: OFFLINE)
    table.refresh()
    for text in FILTERS:  # so that every column is there
        check(text, masks, table, rows)

    # New photos
    write_random(database, 40, seed=3, rows=rows)
    table.refresh()
    for text in FILTERS:
        check(text, masks, table, rows)

    # Changed photos and metadata
    changed = [
        replace(photo, width=50, height=60, taken_ms=0, state="here", reason="", content="new")
        for photo in rows.photos[::7]
    ]
    with database.transaction():
        catalog.put(changed)
        metadata, _ = next(iter(rows.details.values()))
        metadata = replace(metadata, camera="Pentax", rating=1)
        details.put([(photo.id, metadata, None) for photo in changed])
    by_id = {photo.id: photo for photo in changed}
    rows.photos = [by_id.get(photo.id, photo) for photo in rows.photos]
    rows.details |= {photo.id: (metadata, None) for photo in changed}
    table.refresh()
    for text in [*FILTERS, "camera:pentax", "rating:1"]:
        check(text, masks, table, rows)

    # Photos that are no more
    gone = {photo.id for photo in rows.photos[::5]}
    with database.transaction():
        catalog.remove(gone)
        details.remove(gone)
    rows.photos = [photo for photo in rows.photos if photo.id not in gone]
    table.refresh()
    for text in FILTERS:
        check(text, masks, table, rows)


def test_a_renamed_directory_is_found_under_its_new_name(database: Database) -> None:
    write_random(database, 30, seed=4)
    catalog = Catalog(database)
    table = PhotoTable(database, catalog.folders)
    masks = FilterMasks(table, tuple)
    table.refresh()
    conditions = parse("folder:elsewhere").conditions
    assert not masks.accepted(conditions).any()
    [trip, *_] = [d for d in catalog.folders.directories(1) if d.path == "Trip"]
    with database.transaction():
        catalog.folders.put_directories([replace(trip, path="Elsewhere")])
    table.refresh()
    assert masks.accepted(conditions).tolist() == (table.number("directory_id") == trip.id).tolist()
    folder = catalog.folders.all()[1]
    with database.transaction():
        catalog.folders.change(replace(folder, path=Path("/mnt/elsewhere")))
    table.refresh()
    moved = (table.number("directory_id") == trip.id) | (table.number("folder_id") == folder.id)
    assert masks.accepted(conditions).tolist() == moved.tolist()


def test_a_directory_that_is_added_later_has_its_name(database: Database) -> None:
    rows = write_random(database, 10, seed=5)
    catalog = Catalog(database)
    table = PhotoTable(database, catalog.folders)
    masks = FilterMasks(table, tuple)
    table.refresh()
    assert not masks.accepted(parse("folder:later").conditions).any()
    with database.transaction():
        [id_] = catalog.folders.put_directories([Directory(0, 1, "Later")])
        [photo] = catalog.put([replace(rows.photos[0], id=0, folder_id=1, directory_id=id_)])
    table.refresh()
    assert table.ids[masks.accepted(parse("folder:later").conditions)].tolist() == [photo]
