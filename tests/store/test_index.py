"""Nearest neighbours by cosine."""

from __future__ import annotations

import numpy as np
import pytest

from inphotos.encoders.base import normalize
from inphotos.errors import ModelError
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex


def filled(database: Database, count: int = 500, dimension: int = 32) -> tuple:
    vectors = normalize(
        np.random.default_rng(1).standard_normal((count, dimension)).astype(np.float32)
    )
    index = EmbeddingIndex(database, "0123456789abcdef", dimension)
    with database.transaction():
        index.put(list(range(1, count + 1)), vectors)
    return index, vectors


def test_finds_the_nearest_by_cosine_similarity(database: Database) -> None:
    index, vectors = filled(database)
    query = normalize(np.random.default_rng(2).standard_normal((1, 32)).astype(np.float32))[0]
    exact = vectors @ query
    ids, scores = index.nearest(query, 10)
    assert ids.tolist() == (np.argsort(-exact)[:10] + 1).tolist()
    np.testing.assert_allclose(scores, np.sort(-exact)[:10] * -1, atol=1e-5)


def test_gives_back_what_was_stored(database: Database) -> None:
    index, vectors = filled(database)
    assert np.array_equal(index.vector(7), vectors[6])
    assert index.vector(99_999) is None
    assert index.ids() == set(range(1, 501))


def test_a_new_embedding_replaces_the_old_one(database: Database) -> None:
    index, vectors = filled(database)
    with database.transaction():
        index.put([7], -vectors[6:7])
    assert index.count() == 500
    assert index.nearest(-vectors[6], 1)[0].tolist() == [7]


def test_many_embeddings_can_be_replaced_again_and_again(database: Database) -> None:
    index, _ = filled(database, count=200, dimension=16)
    chance = np.random.default_rng(3)
    for _ in range(15):  # in place ObjectBox refuses one row in about 1,300
        vectors = normalize(chance.standard_normal((200, 16)).astype(np.float32))
        with database.transaction():
            index.put(list(range(1, 201)), vectors)
        assert index.count() == 200
    assert index.nearest(vectors[6], 1)[0].tolist() == [7]


def test_asking_for_more_than_there_are_gives_all(database: Database) -> None:
    index, vectors = filled(database, count=20)
    assert len(index.nearest(vectors[0], 1000)[0]) == 20
    assert len(index.nearest(vectors[0], 0)[0]) == 0


def test_another_dimension_is_refused(database: Database) -> None:
    index, vectors = filled(database)
    with pytest.raises(ModelError, match="shape"), database.transaction():
        index.put([1], vectors[:1, :16])
    with pytest.raises(ModelError, match="shape"):
        index.nearest(vectors[0, :16], 5)


def test_dropping_takes_a_photo_out_of_every_model(database: Database) -> None:
    index, _ = filled(database)
    other = EmbeddingIndex(database, "fedcba9876543210", 8)
    with database.transaction():
        other.put([7, 8], np.eye(8, dtype=np.float32)[:2])
        database.drop_embeddings([7])
    assert index.vector(7) is None
    assert other.ids() == {8}
