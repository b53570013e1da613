"""Groups of near-duplicates that are kept beside the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from inphotos.store.alike_file import KeptGroups
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex

KEY = ("0123456789abcdef", 8)
NAME = "Embedding_0123456789abcdef_8"
BASIS = (1, 10, 0.8)
KEPT = KeptGroups(
    np.array([3, 1, 7]),
    np.array([5, 6, 1 << 63], np.uint64),
    np.array([0.1, 0.1, 0.5]),
    np.array([0, 0, 2]),
)


class Store:
    """A store that can be opened again."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.open()

    def open(self) -> None:
        self.database = Database(self.directory)
        self.index = EmbeddingIndex(self.database, *KEY)

    def reopen(self) -> None:
        self.database.close()
        self.open()

    def write(self, *ids: int) -> None:
        with self.database.transaction():
            self.index.put(ids, np.eye(8, dtype=np.float32)[: len(ids)])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library")
    made.write(1, 3, 7)
    made.index.keep_groups(BASIS, KEPT, made.index.kept_position)
    yield made
    made.database.close()


def is_kept(store: Store) -> bool:
    return store.index.kept_groups(BASIS) is not None


def test_what_is_kept_is_there_the_next_time(store: Store) -> None:
    store.reopen()
    kept = store.index.kept_groups(BASIS)
    assert kept is not None
    for name in ("ids", "hashes", "aspects", "representatives"):
        assert getattr(kept, name).tolist() == getattr(KEPT, name).tolist()
    assert store.index.kept_groups((1, 9, 0.8)) is None


def test_photos_that_come_later_leave_it_valid(store: Store) -> None:
    store.write(8, 9)
    store.reopen()
    assert is_kept(store)
    store.write(10)
    assert is_kept(store)


@pytest.mark.parametrize("change", ["written", "removed", "cleared"])
def test_an_embedding_that_changes_makes_it_worthless(store: Store, change: str) -> None:
    store.reopen()
    if change == "written":
        store.write(8, 7)
    else:
        with store.database.transaction():
            if change == "removed":
                store.database.drop_embeddings([7])
            else:
                store.database.clear_embeddings()
    assert not is_kept(store)
    store.reopen()
    assert not is_kept(store)
    store.index.keep_groups(BASIS, KEPT, store.index.kept_position)
    assert is_kept(store)


def test_what_is_written_while_groups_are_found_is_not_missed(store: Store) -> None:
    with store.database.transaction():
        store.index.put([7], np.eye(8, dtype=np.float32)[:1])
        position = store.index.kept_position  # what is not committed is not read yet either
    store.index.keep_groups(BASIS, KEPT, position)
    assert not is_kept(store)


@pytest.mark.parametrize(
    "damage",
    [b"", b"damaged", {"ids": np.array([1.0, 2, 3])}, {"representatives": np.array([1, 0, 2])}],
)
def test_damaged_groups_are_not_believed(
    store: Store, damage: bytes | dict[str, np.ndarray]
) -> None:
    file = store.directory / "alike" / f"{NAME}.npz"
    if isinstance(damage, bytes):
        file.write_bytes(damage)
    else:
        with np.load(file) as columns:
            np.savez(file, **{**columns, **damage})
    assert not is_kept(store)


def test_a_journal_that_was_lost_makes_it_worthless(store: Store) -> None:
    (store.directory / "alike" / f"{NAME}.written").unlink()
    store.reopen()
    assert not is_kept(store)
