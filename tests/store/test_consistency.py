"""Where the tables of a store disagree it is found and mended; what is legitimate is let alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from inphotos.encoders.base import normalize
from inphotos.metadata import Metadata
from inphotos.store import schema
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.consistency import CHECKS, inconsistencies
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Directory
from inphotos.store.index import EmbeddingIndex
from inphotos.store.mending import mend

KEY = ("0123456789abcdef", 16)
COUNT = 40
VECTORS = normalize(np.random.default_rng(1).standard_normal((COUNT, 16)).astype(np.float32))


class Store:
    """A store with 40 photos in the directory 1, all but the last two read and encoded.

    One of those cannot be read, the other has not been yet.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.catalog = Catalog(database)
        self.details = DetailsTable(database)
        self.index = EmbeddingIndex(database, *KEY)
        photos = [
            Photo(0, 1, 1, Path(f"/photos/{n}"), n, n, content=f"{n:032x}", width=9, reader=1)
            for n in range(COUNT - 2)
        ]
        photos.append(Photo(0, 1, 1, Path("/photos/broken"), 1, 1, reason="it is empty"))
        photos.append(Photo(0, 1, 1, Path("/photos/new"), 1, 1))
        with database.transaction():
            self.ids = self.catalog.put(photos)
            read = self.ids[: COUNT - 2]
            self.details.put([(id_, Metadata(title=str(id_)), None) for id_ in read])
            self.index.put(read, VECTORS[: COUNT - 2])
            [settled] = self.catalog.folders.directories_by_id([1]).values()
            self.catalog.folders.put_directories([replace(settled, settled=b"as it was")])

    def photo(self, n: int) -> Photo:
        return self.catalog.by_ids([self.ids[n]])[self.ids[n]]

    @property
    def is_settled(self) -> bool:
        return bool(self.catalog.folders.directories_by_id([1])[1].settled)


@pytest.fixture
def store(database: Database, catalog: Catalog) -> Store:
    return Store(database)


def kinds(database: Database) -> dict[str, tuple[int, ...]]:
    return {found.kind: found.ids for found in inconsistencies(database)}


def test_a_sound_store_has_no_inconsistency(store: Store) -> None:
    assert inconsistencies(store.database) == mend(store.database) == []
    assert store.is_settled


def test_what_is_legitimate_is_none(store: Store) -> None:
    other = EmbeddingIndex(store.database, "fedcba9876543210", 4)  # nothing encoded with it yet
    with store.database.transaction():
        # Forgotten, with its embedding left behind.
        store.catalog.remove(store.ids[:1])
        store.details.remove(store.ids[:1])
        # Gone, and another photo at its path; a copy of a third.
        store.catalog.put([replace(store.photo(1), state="gone", gone_ms=1)])
        store.catalog.put([replace(store.photo(2), state="missing")])
        [id_] = store.catalog.put([replace(store.photo(3), id=0, path=store.photo(1).path)])
        store.details.put([(id_, Metadata(), None)])
        store.index.put([id_], VECTORS[3:4])
        store.catalog.folders.put_directories([Directory(0, 1, "empty")])
        # Names that differ in what is no text.
        names = [os.fsdecode(b"caf\xe9.jpg"), os.fsdecode(b"caf\xea.jpg")]
        store.catalog.put([Photo(0, 1, 1, Path("/photos", name), 1, 1) for name in names])
        other.put(store.ids[4:5], np.zeros((1, 4), np.float32))  # a picture of nothing
    assert inconsistencies(store.database) == []


Damage = Callable[[Store], object]


def _lose_folder(store: Store) -> None:
    [strange] = store.catalog.folders.put_directories([Directory(0, 7, "")])
    store.catalog.put([replace(store.photo(0), directory_id=strange)])


def _repeat_directory(store: Store) -> None:
    [again] = store.catalog.folders.put_directories([Directory(0, 1, "")])
    store.catalog.put([replace(store.photo(0), directory_id=again)])


def _lose_directory(store: Store) -> None:
    store.catalog.put([replace(store.photo(0), directory_id=77)])
    store.catalog.put([replace(store.photo(1), folder_id=77)])


def _repeat_photo(store: Store) -> None:
    store.catalog.put([replace(store.photo(0), id=0, content="", reader=0)])


def _list_wrongly(store: Store) -> None:
    box = store.database.store.box(store.database.schema.photo)
    for n, trouble in ((0, 1), (COUNT - 2, 0)):
        row = box.get(store.ids[n])
        row.trouble = trouble
        box.put(row)


def _keep_embedding(store: Store) -> None:
    store.index.put([store.ids[COUNT - 1]], VECTORS[:1])


def _break_embedding(vector: object) -> Damage:
    def damage(store: Store) -> None:
        entity = store.database.schema.embeddings[KEY]
        row = entity(id=store.ids[0], vector=np.asarray(vector, np.float32))
        store.database.store.box(entity).put(row)

    return damage


#: What is damaged, and the kinds that are found.
DAMAGES: dict[str, tuple[Damage, set[str]]] = {
    "folder lost": (_lose_folder, {"lost_directory", "lost_photo"}),
    "directory repeated": (_repeat_directory, {"repeated_directory"}),
    "directory lost": (_lose_directory, {"lost_photo"}),
    "photo repeated": (_repeat_photo, {"repeated_photo"}),
    "listed wrongly": (_list_wrongly, {"wrong_trouble"}),
    "orphan details": (lambda s: s.details.put([(999, Metadata(), None)]), {"orphan_details"}),
    "photo without details": (lambda s: s.details.remove(s.ids[:1]), {"absent_details"}),
    "embedding of an unread photo": (_keep_embedding, {"stale_embedding"}),
    "not a number": (_break_embedding([np.nan] * 16), {"broken_embedding"}),
    "too long": (_break_embedding([1.0] * 16), {"broken_embedding"}),
    "of another model": (_break_embedding([0.5] * 4), {"broken_embedding"}),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGES)
def test_damage_is_found_and_mended_and_the_rest_stays(store: Store, what: str) -> None:
    damage, expected = DAMAGES[what]
    with store.database.transaction():
        damage(store)
    found = inconsistencies(store.database)
    assert {each.kind for each in found} == expected
    assert {each.kind for each in mend(store.database)} == expected
    assert inconsistencies(store.database) == []
    untouched = range(2, COUNT - 2)
    assert all(store.photo(n).content == f"{n:032x}" for n in untouched)
    assert all(np.array_equal(store.index.vector(store.ids[n]), VECTORS[n]) for n in untouched)
    assert all(store.details.of(store.ids[n], 0) is not None for n in untouched)


def test_of_a_photo_that_is_there_twice_the_one_that_was_read_stays(store: Store) -> None:
    with store.database.transaction():
        [again] = store.catalog.put([replace(store.photo(0), id=0)])
        store.details.put([(again, Metadata(), None)])
        store.catalog.put([replace(store.photo(0), content="", reader=0)])
        store.database.drop_embeddings(store.ids[:1])
    assert kinds(store.database) == {"repeated_photo": (again,)}
    mend(store.database)
    assert store.catalog.by_path(Path("/photos/0")).id == again


@pytest.mark.parametrize("what", ["photo without details", "not a number", "directory repeated"])
def test_what_is_to_be_read_again_is_compared_at_the_next_scan(store: Store, what: str) -> None:
    with store.database.transaction():
        DAMAGES[what][0](store)
    mend(store.database)
    assert not store.is_settled


def test_what_another_model_made_of_a_photo_outlasts_a_damaged_embedding(store: Store) -> None:
    other = ("fedcba9876543210", 16)
    store.database.ensure_index(*other)
    index = EmbeddingIndex(store.database, *other)
    with store.database.transaction():
        index.put(store.ids[:1], VECTORS[:1])
        DAMAGES["not a number"][0](store)
    assert [found.index for found in mend(store.database)] == [KEY]
    assert store.index.vector(store.ids[0]) is None
    assert np.array_equal(index.vector(store.ids[0]), VECTORS[0])


def test_a_graph_that_passes_over_photos_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(1)
    centres, spread = chance.standard_normal((20, 1, 16)), chance.standard_normal((20, 30, 16))
    vectors = normalize((centres + 0.05 * spread).reshape(-1, 16).astype(np.float32))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "NEIGHBORS_PER_NODE", 1)
        patch.setattr(schema, "INDEXING_SEARCH_COUNT", 1)
        poor = Database(tmp_path / "library")
        index = EmbeddingIndex(poor, *KEY)
        with poor.transaction():
            index.put(list(range(1, 601)), vectors)
        assert set(kinds(poor)) == {"broken_graph"}
        assert [found.index for found in mend(poor)] == [KEY]
        poor.close()
    database = Database(tmp_path / "library")
    assert inconsistencies(database) == []
    index = EmbeddingIndex(database, *KEY)
    assert all(np.array_equal(index.vector(n + 1), vectors[n]) for n in range(600))
    database.close()


def test_each_kind_is_said_in_a_sentence_for_one_and_for_several(store: Store) -> None:
    with store.database.transaction():
        store.details.remove(store.ids[:1])
    assert inconsistencies(store.database)[0].sentence == (
        "Camera, date and place of 1 photo are lost."
    )
    with store.database.transaction():
        store.details.remove(store.ids[:3])
    [found] = inconsistencies(store.database)
    assert found.sentence == "Camera, date and place of 3 photos are lost."
    assert {kind for _, found in DAMAGES.values() for kind in found} | {"broken_graph"} == set(
        CHECKS
    )
