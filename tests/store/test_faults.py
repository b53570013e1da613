"""A store whose disk fails, or is taken away, while it is open."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from objectbox import c
from objectbox.exceptions import DbFullError, GeneralStorageError

from inphotos.errors import DiskFullError, LibraryError, OutOfMemoryError
from inphotos.store.alike_file import AlikeFiles, KeptGroups
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.files import _most_kib, known_indexes
from inphotos.store.folders import Folder
from inphotos.store.index import EmbeddingIndex
from inphotos.store.locking import is_in_use
from inphotos.store.rounded_file import RoundedFiles
from inphotos.store.rounding import Rounding
from inphotos.store.seal import is_safe
from inphotos.store.trouble import translated_store_errors, unusable


def add(database: Database, path: str) -> None:
    with database.transaction():
        Catalog(database).folders.add(Folder(0, Path(path)))


def paths(database: Database) -> list[Path]:
    return [folder.path for folder in Catalog(database).folders.all()]


def test_a_commit_that_fails_closes_its_transaction_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(tmp_path)
    closed: list[object] = []
    success, close = c.obx_txn_success, c.obx_txn_close

    def refuse(transaction: object) -> None:
        close(transaction)  # as the library does, which ends it in any case
        raise DbFullError("Could not commit tx")

    with monkeypatch.context() as patch:
        patch.setattr(c, "obx_txn_success", refuse)
        patch.setattr(c, "obx_txn_close", closed.append)
        with pytest.raises(DiskFullError):
            add(database, "/photos")
    assert closed == []
    assert c.obx_txn_success is success
    add(database, "/others")
    assert paths(database) == [Path("/others")]
    database.close()


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be deleted there")
def test_what_is_no_longer_where_it_was_is_not_written(tmp_path: Path) -> None:
    database = Database(tmp_path / "library")
    add(database, "/photos")
    (tmp_path / "library").rename(tmp_path / "elsewhere")
    (tmp_path / "library" / "store").mkdir(parents=True)
    (tmp_path / "library" / "store" / "data.mdb").write_bytes(b"another's")
    with pytest.raises(LibraryError, match="no longer where it was"):
        add(database, "/others")
    shutil.rmtree(tmp_path / "library")
    with pytest.raises(LibraryError, match="no longer where it was"):
        add(database, "/others")
    database.close()
    again = Database(tmp_path / "elsewhere")
    assert paths(again) == [Path("/photos")]
    again.close()


def test_another_file_in_the_place_of_an_open_store_is_examined_before_it_is_used(
    tmp_path: Path,
) -> None:
    database = Database(tmp_path)
    data = tmp_path / "store" / "data.mdb"
    spoiled = bytearray(data.read_bytes())
    spoiled[3 * 4096 :] = b"\xee" * (len(spoiled) - 3 * 4096)
    (tmp_path / "copy").write_bytes(spoiled)
    (tmp_path / "copy").replace(data)
    database.close()
    assert not is_safe(tmp_path / "store")


def test_a_store_that_cannot_be_closed_gives_up_its_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(tmp_path)
    store = database.store

    def refuse() -> None:
        raise GeneralStorageError("no")

    with monkeypatch.context() as patch:
        patch.setattr(store, "close", refuse)
        with pytest.raises(GeneralStorageError):
            database.close()
    assert not is_in_use(tmp_path)
    store.close()


def test_what_cannot_be_noted_beside_the_store_is_not_committed(ordinary_user: Path) -> None:
    database = Database(ordinary_user)
    database.ensure_index("f" * 16, 4)
    [entity] = database.schema.embeddings.values()
    verdict = ordinary_user / "vectors" / f"{entity._name}.npz"
    verdict.parent.mkdir(exist_ok=True)
    verdict.write_bytes(b"what the store holds")
    verdict.parent.chmod(0o500)
    with pytest.raises(LibraryError, match="cannot be written"), database.transaction():
        database.changes.note(entity._name, [1])
        Catalog(database).folders.add(Folder(0, Path("/photos")))
    assert paths(database) == []
    verdict.parent.chmod(0o700)
    database.close()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Could not commit tx (5)", r"cannot be written \(Input/output error\)"),
        ("Could not open (12: Cannot allocate memory)", "too little memory"),
        ("Could not open (24: Too many open files)", "Too many files are open"),
        ("Could not open (something else)", "is damaged"),
    ],
)
def test_only_a_damaged_store_is_called_damaged(tmp_path: Path, text: str, says: str) -> None:
    from objectbox.exceptions import GeneralStorageError

    with pytest.raises(LibraryError, match=says), translated_store_errors(tmp_path):
        raise GeneralStorageError(text)


def test_memory_that_runs_out_is_told_as_such(tmp_path: Path) -> None:
    error = unusable(tmp_path, OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)))
    assert isinstance(error, OutOfMemoryError)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_process_with_little_memory_reserves_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    (tmp_path / "data.mdb").write_bytes(bytes(4096))
    monkeypatch.setattr(resource, "getrlimit", lambda _: (4 << 30, resource.RLIM_INFINITY))
    assert _most_kib(tmp_path / "data.mdb") == 1 << 20
    monkeypatch.setattr(resource, "getrlimit", lambda _: (4096, resource.RLIM_INFINITY))
    assert _most_kib(tmp_path / "data.mdb") == 8


def test_a_disk_that_fills_up_spoils_no_list_of_indexes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(tmp_path)
    database.ensure_index("f" * 16, 4)
    database.close()
    store = tmp_path / "store"
    known = known_indexes(tmp_path, store)
    (store / "model.json.bak").write_text("{}")  # of another opening

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(DiskFullError):
            known_indexes(tmp_path, store)
    assert (store / "model.json.bak").read_text() == "{}"
    assert known_indexes(tmp_path, store) == known
    (store / "model.json").write_text("")
    assert known_indexes(tmp_path, store) == known


@pytest.mark.skipif(sys.platform == "win32", reason="handles have no numbers of files there")
def test_what_is_written_is_noted_on_disk_before_it_is_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(tmp_path)
    index = EmbeddingIndex(database, "f" * 16, 4)
    forced: list[int] = []
    fsync = os.fsync

    def force(handle: int) -> None:
        forced.append(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", force)
    with database.transaction():
        index.put([1], np.array([[1, 0, 0, 0]], np.float32))
        [note] = (tmp_path / "alike").glob("*.written")
        assert note.stat().st_ino in forced
    database.close()


def test_memory_is_let_go_of_another_time_where_no_thread_can_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(tmp_path)

    def refuse(_: threading.Timer) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Timer, "start", refuse)
        add(database, "/photos")
    assert paths(database) == [Path("/photos")]
    database.close()


def test_half_a_note_of_what_was_written_does_not_shift_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = AlikeFiles(tmp_path)
    files.note("index", [1, 2])
    opened = Path.open

    class Torn:
        def __init__(self, file):
            self._file = file

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self._file.close()

        def write(self, data):
            self._file.write(data[:3])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda path, *mode: Torn(opened(path, *mode)))
        files.note("index", [3])
    later = AlikeFiles(tmp_path)
    position = later.position("index")
    ids = np.array([7, 8], np.int64)
    groups = KeptGroups(ids, ids.astype(np.uint64), np.zeros(2), np.arange(2, dtype=np.intp))
    later.save("index", (1.0,), groups, position)
    assert later.load("index", (1.0,)) is not None
    later.note("index", [8])
    assert later.load("index", (1.0,)) is None


def test_half_of_the_rounded_vectors_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = RoundedFiles(tmp_path)
    rounding = Rounding(np.zeros(4, np.float32), 1.0, 2)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(np, "savez", refuse)
    files.save("index", np.array([1, 2]), rounding, np.zeros((2, 4), np.int8), is_last=True)
    assert list((tmp_path / "vectors").iterdir()) == []
