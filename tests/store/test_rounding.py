"""Embeddings rounded to 8 bits, made in another thread and kept beside the store."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_library import World

from inphotos.encoders.base import normalize
from inphotos.store import rounding as rounding_module
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex
from inphotos.store.rounding import Rounding
from inphotos.store.vectors import VectorTable

DIMENSION = 64
KEY = ("0123456789abcdef", DIMENSION)
NAME = f"Embedding_{KEY[0]}_{KEY[1]}"
COUNT = 3_000


def drawn(count: int, seed: int = 1) -> np.ndarray:
    """Vectors in a cone, as a model's are."""
    chance = np.random.default_rng(seed)
    vectors = chance.standard_normal((count, DIMENSION)) + 8 * np.eye(DIMENSION)[3]
    return normalize(vectors.astype(np.float32))


VECTORS = drawn(COUNT)
OTHERS = drawn(10, seed=2)


@pytest.fixture
def index(database: Database) -> EmbeddingIndex:
    made = EmbeddingIndex(database, *KEY)
    with database.transaction():
        made.put(range(1, COUNT + 1), VECTORS)
    return made


def rounded_table(index: EmbeddingIndex) -> VectorTable:
    table = VectorTable(index)
    table.refresh()
    table.round()
    table.wait()
    table.refresh()
    assert table.rounded is not None
    return table


def reopened(database: Database) -> tuple[Database, EmbeddingIndex, VectorTable]:
    """Open a library again; its table has done no more than to look for what is kept."""
    database.close()
    opened = Database(database.directory)
    index = EmbeddingIndex(opened, *KEY)
    table = VectorTable(index)
    table.refresh()
    return opened, index, table


def check(table: VectorTable, expected: dict[int, np.ndarray]) -> None:
    """Compare what the rounded vectors say with products of the vectors themselves."""
    assert table.rounded is not None
    rounding, codes = table.rounded
    assert set(table.ids.tolist()) == set(expected)
    vector = drawn(1, seed=9)[0]
    exact = [float(expected[id_] @ vector) for id_ in table.ids.tolist()]
    np.testing.assert_allclose(rounding.products(codes, vector), exact, atol=0.01)


def stored(numbers: range) -> dict[int, np.ndarray]:
    return {n + 1: VECTORS[n] for n in numbers}


def test_products_with_rounded_vectors_are_nearly_right() -> None:
    rounding = Rounding.fitted(VECTORS[:500], COUNT)
    codes = rounding.codes(VECTORS)
    for vector in (*drawn(3, seed=5), -VECTORS[7], normalize(np.ones((1, 64), np.float32))[0]):
        off = rounding.products(codes, vector) - VECTORS @ vector
        assert np.abs(off).max() < 0.01
        assert off.std() < 0.002
    np.testing.assert_allclose(rounding.mean(codes), VECTORS.mean(axis=0), atol=1e-3)
    assert not rounding.products(codes, np.zeros(DIMENSION, np.float32)).any()


def test_the_best_photos_are_among_a_few_more_of_the_rounded_ones() -> None:
    rounding = Rounding.fitted(VECTORS[::10], COUNT)
    codes = rounding.codes(VECTORS)
    for vector in drawn(20, seed=6):
        best = np.argsort(-(VECTORS @ vector))[:50]
        nearly = np.argsort(-rounding.products(codes, vector))[:100]
        assert np.isin(best, nearly).all()


def test_vectors_that_are_all_the_same_can_be_rounded() -> None:
    same = np.repeat(VECTORS[:1], 5, axis=0)
    rounding = Rounding.fitted(same, 5)
    np.testing.assert_allclose(
        rounding.products(rounding.codes(same), VECTORS[1]), same @ VECTORS[1], atol=1e-6
    )


def test_the_rounded_vectors_follow_what_is_written(
    database: Database, index: EmbeddingIndex
) -> None:
    table = VectorTable(index)
    table.refresh()
    table.round()
    with database.transaction():  # while they are read, or after that
        index.put([7, COUNT + 5], OTHERS[:2])
    table.wait()
    table.refresh()
    with database.transaction():
        database.drop_embeddings([1, 2])
    table.refresh()
    expected = stored(range(2, COUNT)) | {7: OTHERS[0], COUNT + 5: OTHERS[1]}
    check(table, expected)
    table.close()


def test_an_empty_index_has_nothing_to_round(database: Database) -> None:
    table = VectorTable(EmbeddingIndex(database, *KEY))
    table.refresh()
    table.round()
    table.wait()
    table.refresh()
    assert table.rounded is None


def test_what_was_rounded_is_there_at_once_the_next_time(
    database: Database, index: EmbeddingIndex
) -> None:
    rounded_table(index).close()
    again, index, table = reopened(database)
    table.round()
    check(table, stored(range(COUNT)))
    with again.transaction():  # and it goes on from there
        index.put([3, COUNT + 1], OTHERS[:2])
    table.refresh()
    expected = stored(range(COUNT)) | {3: OTHERS[0], COUNT + 1: OTHERS[1]}
    check(table, expected)
    table.close()
    third, _, table = reopened(again)
    table.round()
    check(table, expected)
    third.close()


def test_what_changed_behind_its_back_is_not_taken_from_the_file(
    database: Database, index: EmbeddingIndex
) -> None:
    rounded_table(index).close()
    again, index, _ = reopened(database)
    with again.transaction():  # by a process that does not search
        index.put([3], OTHERS[:1])
    third, _, table = reopened(again)
    table.round()
    assert table.rounded is None
    table.wait()
    table.refresh()
    check(table, stored(range(COUNT)) | {3: OTHERS[0]})
    table.close()
    third.close()


def test_a_damaged_file_is_made_anew(database: Database, index: EmbeddingIndex) -> None:
    rounded_table(index).close()
    for damage in ("npz", "codes"):
        (database.directory / "vectors" / f"{NAME}.{damage}").write_bytes(b"damaged")
        database, _, table = reopened(database)
        table.round()
        assert table.rounded is None
        table.wait()
        table.refresh()
        check(table, stored(range(COUNT)))
        table.close()
    database.close()


def test_closing_in_the_middle_of_rounding_is_safe(
    database: Database, index: EmbeddingIndex
) -> None:
    table = VectorTable(index)
    table.refresh()
    table.round()
    table.close()
    again, index, _ = reopened(database)
    check(rounded_table(index), stored(range(COUNT)))
    again.close()


def test_twice_as_many_photos_are_rounded_anew(database: Database, index: EmbeddingIndex) -> None:
    table = rounded_table(index)
    assert table.rounded is not None
    fitted_to = table.rounded[0].fitted_to
    with database.transaction():
        index.put(range(COUNT + 1, 2 * COUNT + 10), drawn(COUNT + 9, seed=3))
    table.refresh()
    table.round()
    table.wait()
    table.refresh()
    assert (fitted_to, table.rounded[0].fitted_to) == (COUNT, 2 * COUNT + 9)
    table.close()


def test_of_many_vectors_the_leading_numbers_tell_the_best(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounding_module, "TURNED_FROM", COUNT)
    world = World(256)
    vectors, words = world.photos(COUNT), world.words(10)
    index = EmbeddingIndex(database, KEY[0], 256)
    with database.transaction():
        index.put(range(1, COUNT), vectors[1:])
    with database.transaction():
        index.put([COUNT], vectors[:1])
    expected = np.roll(vectors, -1, axis=0)
    rounded_table(index).close()
    database.close()
    again = Database(database.directory)
    table = VectorTable(EmbeddingIndex(again, KEY[0], 256))
    table.refresh()
    table.round()
    assert table.rounded is not None
    assert table.lead is not None
    turned, codes = table.rounded
    for word in words:
        np.testing.assert_allclose(turned.products(codes, word), expected @ word, atol=0.01)
        best = np.argsort(-(expected @ word))[:20]
        chosen = np.argsort(-turned.products(table.lead, word))[: COUNT // 10]
        assert np.isin(best, chosen).all()
    np.testing.assert_allclose(turned.mean(codes), expected.mean(axis=0), atol=1e-3)
    again.close()


def test_vectors_alike_in_all_directions_are_not_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding_module, "TURNED_FROM", 100)
    assert Rounding.fitted(World(256, "clusters").photos(2_000), 2_000).turn is None
    assert Rounding.fitted(World(256).photos(2_000), 2_000).turn is not None
