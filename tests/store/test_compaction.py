"""What photos leave behind is removed, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inphotos.encoders.base import normalize
from inphotos.errors import CancelledError
from inphotos.events import Control
from inphotos.metadata import Metadata
from inphotos.store import compaction
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.compaction import Compaction
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Directory
from inphotos.store.index import EmbeddingIndex

COUNT = 400
VECTORS = normalize(np.random.default_rng(1).standard_normal((COUNT, 16)).astype(np.float32))


@pytest.fixture
def index(database: Database) -> EmbeddingIndex:
    return EmbeddingIndex(database, "0123456789abcdef", 16)


@pytest.fixture
def details(database: Database) -> DetailsTable:
    return DetailsTable(database)


def fill(
    database: Database,
    catalog: Catalog,
    details: DetailsTable,
    index: EmbeddingIndex,
    gone: range,
    gone_ms: int = 1000,
) -> list[int]:
    """Store photos with embeddings, of which some are gone; return their ids."""
    with database.transaction():
        [left] = catalog.folders.put_directories([Directory(0, 1, "left")])
        ids = catalog.put(
            [
                Photo(0, 1, left, Path(f"/photos/left/{n}"), n, n, state="gone", gone_ms=gone_ms)
                if n in gone
                else Photo(0, 1, 1, Path(f"/photos/{n}"), n, n)
                for n in range(COUNT)
            ]
        )
        details.put([(id_, Metadata(title=str(id_)), None) for id_ in ids])
        index.put(ids, VECTORS)
    return ids


def compact(database: Database, catalog: Catalog, details: DetailsTable, **given) -> Compaction:
    work = Compaction(database, catalog, details)
    for progress in work.run(given.pop("control", Control()), **given):
        assert 0 < progress.done <= progress.total
    return work


def assert_finds_itself(index: EmbeddingIndex, ids: list[int], numbers: list[int]) -> None:
    for n in numbers:
        assert np.array_equal(index.vector(ids[n]), VECTORS[n])
        assert index.nearest(VECTORS[n], 5)[0][0] == ids[n]


#: The first is quicker taken out one by one, the second by making the index anew.
FEW, MANY = range(10), range(300)


@pytest.mark.parametrize("gone", [FEW, MANY])
def test_gone_photos_leave_nothing_and_the_others_stay(
    database: Database, catalog: Catalog, details: DetailsTable, index: EmbeddingIndex, gone: range
) -> None:
    ids = fill(database, catalog, details, index, gone)
    work = compact(database, catalog, details)
    assert (work.removed.photos, work.removed.embeddings) == (len(gone), len(gone))
    kept = [n for n in range(COUNT) if n not in gone]
    assert catalog.all_ids() == index.ids() == {ids[n] for n in kept}
    assert_finds_itself(index, ids, kept[::20])
    assert details.of(ids[gone[0]], 0) is None
    assert details.of(ids[kept[0]], 0) is not None
    assert [d.path for d in catalog.folders.directories(1)] == [""]
    again = compact(database, catalog, details)
    assert (again.removed.photos, again.removed.embeddings) == (0, 0)


def test_which_way_is_quicker_is_known(catalog: Catalog) -> None:
    for gone, is_rebuilt in ((FEW, False), (MANY, True)):
        left, kept = list(gone), list(range(len(gone), COUNT))
        assert compaction._is_rebuild_cheaper(left, kept) is is_rebuilt


def test_photos_that_left_lately_stay(
    database: Database, catalog: Catalog, details: DetailsTable, index: EmbeddingIndex
) -> None:
    ids = fill(database, catalog, details, index, FEW, gone_ms=1000)
    assert compact(database, catalog, details, gone_before_ms=1000).removed.photos == 0
    assert index.count() == COUNT
    assert compact(database, catalog, details, gone_before_ms=1001).removed.photos == len(FEW)
    assert catalog.by_ids([ids[0]]) == {}


def test_embeddings_of_photos_that_nobody_knows_are_removed_from_every_model(
    database: Database, catalog: Catalog, details: DetailsTable, index: EmbeddingIndex
) -> None:
    ids = fill(database, catalog, details, index, range(0))
    other = EmbeddingIndex(database, "fedcba9876543210", 4)
    with database.transaction():
        other.put([ids[0], 9_999], np.eye(4, dtype=np.float32)[:2])
        index.put([9_999], VECTORS[:1])
    work = compact(database, catalog, details)
    assert (work.removed.photos, work.removed.embeddings) == (0, 2)
    assert index.ids() == set(ids)
    assert other.ids() == {ids[0]}


@pytest.mark.parametrize("gone", [range(120), MANY])
@pytest.mark.parametrize("steps", [0, 1])
def test_cancelled_in_the_middle_it_goes_on_the_next_time(
    database: Database,
    catalog: Catalog,
    details: DetailsTable,
    index: EmbeddingIndex,
    gone: range,
    steps: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compaction, "_REBUILD_CHUNK", 20)
    if gone != MANY:
        monkeypatch.setattr(compaction, "_REMOVAL_COST", 1)
    ids = fill(database, catalog, details, index, gone)
    control = Control()
    work = Compaction(database, catalog, details).run(control)
    with pytest.raises(CancelledError):
        for _ in range(steps):
            next(work)
        control.cancel()
        next(work)
    kept = [n for n in range(COUNT) if n not in gone]
    assert index.ids() >= {ids[n] for n in kept}
    assert_finds_itself(index, ids, kept[::20])
    assert catalog.all_ids() == set(ids)
    compact(database, catalog, details)
    assert catalog.all_ids() == index.ids() == {ids[n] for n in kept}
    assert_finds_itself(index, ids, kept[::20])


def test_work_that_is_left_alone_in_the_middle_changes_nothing(
    database: Database, catalog: Catalog, details: DetailsTable, index: EmbeddingIndex
) -> None:
    ids = fill(database, catalog, details, index, MANY)
    work = Compaction(database, catalog, details).run(Control())
    next(work)
    work.close()
    assert index.ids() == set(ids)
    assert_finds_itself(index, ids, list(range(0, COUNT, 40)))
