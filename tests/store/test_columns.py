"""Columns and vectors read out of real stores."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from inphotos.errors import LibraryError
from inphotos.store.catalog import Catalog, Photo, shown_condition
from inphotos.store.columns import columns
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex
from inphotos.store.vectors import VectorTable


@pytest.fixture
def index(database: Database) -> EmbeddingIndex:
    return EmbeddingIndex(database, "0123456789abcdef", 8)


def put_photos(database: Database, count: int, **values: object) -> list[int]:
    drawn = [
        Photo(0, 1, 1, Path(f"/p/é{n}.jpg"), size=1 << 40 | n, mtime_ns=-n, width=n, **values)
        for n in range(count)
    ]
    with database.transaction():
        return Catalog(database).put(drawn)


def drawn_vectors(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((count, 8)).astype(np.float32)


def test_columns_come_in_the_order_of_the_ids(database: Database) -> None:
    ids = put_photos(database, 20, content="ab")
    with columns(database, database.schema.photo) as photos:
        assert photos.ids().tolist() == ids
        assert photos.numbers("size").tolist() == [1 << 40 | n for n in range(20)]
        assert photos.numbers("mtime_ns").tolist() == [-n for n in range(20)]
        assert photos.numbers("width").tolist() == list(range(20))
        assert photos.numbers("state").dtype == np.int8
        assert photos.strings("name_text") == [f"é{n}.jpg".encode() for n in range(20)]
        assert photos.strings("content") == [b"ab"] * 20


def test_numbers_with_a_fraction_are_read(database: Database) -> None:
    entity = database.schema.details
    with database.transaction():
        database.store.box(entity).put([entity(id=7, latitude=47.25), entity(id=9, latitude=-0.5)])
    with columns(database, entity) as details:
        assert details.numbers("latitude").tolist() == [47.25, -0.5]


def test_a_value_that_is_not_there_is_the_one_asked_for(database: Database) -> None:
    entity = database.schema.details
    with database.transaction():
        database.store.box(entity).put(
            [entity(id=1, rating=None, camera=None), entity(id=2, rating=3, camera="Leica")]
        )
    with columns(database, entity) as details:
        assert details.numbers("rating", -128).tolist() == [-128, 3]
        assert details.strings("camera") == [b"", b"Leica"]


def test_an_empty_table_has_empty_columns(database: Database, index: EmbeddingIndex) -> None:
    with columns(database, database.schema.photo) as photos:
        assert photos.ids().tolist() == []
        assert photos.numbers("size").tolist() == []
        assert photos.strings("content") == []
    ids, vectors = index.read()
    assert len(ids) == 0
    assert vectors.shape == (0, 8)
    assert index.read([3])[1].shape == (0, 8)


def test_a_condition_chooses_the_rows(database: Database) -> None:
    shown = put_photos(database, 3)
    put_photos(database, 2, state="gone")
    put_photos(database, 2, reason="the file is empty")
    entity = database.schema.photo
    with columns(database, entity, shown_condition(entity)) as photos:
        assert photos.ids().tolist() == shown


def test_columns_are_all_of_the_same_moment(database: Database) -> None:
    put_photos(database, 3)
    with columns(database, database.schema.photo) as photos:
        assert len(photos.ids()) == 3
        writer = threading.Thread(target=put_photos, args=(database, 5))
        writer.start()
        writer.join()
        assert len(photos.numbers("size")) == len(photos.strings("content")) == 3
    with columns(database, database.schema.photo) as photos:
        assert len(photos.ids()) == 8


def test_a_closed_library_says_so(database: Database) -> None:
    database.close()
    with pytest.raises(LibraryError, match="closed"), columns(database, database.schema.photo):
        pass


def test_vectors_come_back_bit_by_bit(database: Database, index: EmbeddingIndex) -> None:
    stored = drawn_vectors(5000)  # more than are copied at a time
    with database.transaction():
        index.put(range(1, 5001), stored)
    ids, vectors = index.read()
    assert ids.tolist() == list(range(1, 5001))
    assert vectors.dtype == np.float32
    np.testing.assert_array_equal(vectors, stored)
    ids, vectors = index.read([9, 77_777, 4])
    assert ids.tolist() == [9, 4]
    np.testing.assert_array_equal(vectors, stored[[8, 3]])


def test_rows_of_another_layout_are_read_too(database: Database, index: EmbeddingIndex) -> None:
    # ObjectBox's own C++ and a later version of its Python binding may lay rows out in their way.
    from flatbuffers import Builder

    stored = drawn_vectors(4)
    entity = database.schema.embeddings["0123456789abcdef", 8]
    builder = Builder(256)
    builder.ForceDefaults(True)
    vector = builder.CreateNumpyVector(stored[1])
    builder.CreateString("something else")
    builder.StartObject(2)
    builder.PrependUint64Slot(0, 2, 0)
    builder.PrependUOffsetTRelativeSlot(1, vector, 0)
    builder.Finish(builder.EndObject())
    from objectbox import c

    row = bytes(builder.Output())
    with database.transaction():
        index.put([1, 3, 4], stored[[0, 2, 3]])
        box = database.store.box(entity)
        c.obx_box_put(box._c_box, 2, row, len(row))
    assert len(row) != len(bytes(entity._marshal(entity(id=1, vector=stored[0]), 1)))
    ids, vectors = index.read()
    assert ids.tolist() == [1, 2, 3, 4]
    np.testing.assert_array_equal(vectors, stored)


def test_a_vector_of_another_length_is_refused(database: Database, index: EmbeddingIndex) -> None:
    entity = database.schema.embeddings["0123456789abcdef", 8]
    with database.transaction():
        database.store.box(entity).put([entity(id=1, vector=np.ones(9, np.float32))])
    with pytest.raises(LibraryError, match="wrong length"):
        index.read()


def test_the_matrix_takes_in_what_is_written(database: Database, index: EmbeddingIndex) -> None:
    stored = drawn_vectors(40)
    table = VectorTable(index)
    with database.transaction():
        index.put(range(1, 11), stored[:10])
    table.refresh()
    assert table.ids.tolist() == list(range(1, 11))
    np.testing.assert_array_equal(table.matrix, stored[:10])
    with database.transaction():
        index.put([20, 15, 3], stored[[20, 15, 33]])
    with database.transaction():
        database.drop_embeddings([1, 9])
    version = table.version
    table.refresh()
    assert table.version != version
    expected = {n + 1: stored[n] for n in range(10) if n not in (0, 2, 8)}
    expected |= {20: stored[20], 15: stored[15], 3: stored[33]}
    assert set(table.ids.tolist()) == set(expected)
    rows = table.rows_of(np.array([20, 1, 15, 3, 9, 10]))
    assert [table.ids[row] if row >= 0 else None for row in rows] == [20, None, 15, 3, None, 10]
    for id_, row in zip(table.ids.tolist(), table.matrix, strict=True):
        np.testing.assert_array_equal(row, expected[id_])


def test_the_matrix_follows_before_it_is_first_read(
    database: Database, index: EmbeddingIndex
) -> None:
    table = VectorTable(index)
    table.refresh()
    assert table.ids.tolist() == []
    with database.transaction():
        index.put([5, 6], drawn_vectors(2))
    with database.transaction():
        database.drop_embeddings([5])
    table.refresh()
    assert table.ids.tolist() == [6]
    np.testing.assert_array_equal(table.matrix, drawn_vectors(2)[1:])
    with database.transaction():
        database.clear_embeddings()
    table.refresh()
    assert table.ids.tolist() == []
    assert table.matrix.shape == (0, 8)
    assert table.rows_of(np.array([6])).tolist() == [-1]
