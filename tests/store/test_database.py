"""Opening, locking and damaging a library's store."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from inphotos.errors import (
    DiskFullError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryNewerError,
)
from inphotos.store import database as module
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.files import MAX_SIZE_KIB
from inphotos.store.folders import Directory, Folder
from inphotos.store.index import EmbeddingIndex
from inphotos.store.schema import SCHEMA
from inphotos.store.trouble import translated_os_errors

KEY = ("0123456789abcdef", 4)


def fill(directory: Path) -> None:
    database = Database(directory)
    index = EmbeddingIndex(database, *KEY)
    catalog = Catalog(database)
    with database.transaction():
        folder = catalog.folders.add(Folder(0, Path("/photos")))
        [place] = catalog.folders.put_directories([Directory(0, folder.id, "")])
        photos = [Photo(0, folder.id, place, Path(f"/photos/{n}"), n, n) for n in range(300)]
        ids = catalog.put(photos)
        index.put(ids, np.eye(4, dtype=np.float32)[np.arange(300) % 4])
    database.close()


def test_what_was_stored_is_there_at_the_next_opening(tmp_path: Path) -> None:
    fill(tmp_path)
    database = Database(tmp_path)
    assert Catalog(database).folders.all()[0].path == Path("/photos")
    assert EmbeddingIndex(database, *KEY).count() == 300
    database.close()


def test_the_library_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    fill(tmp_path / "library")
    assert (tmp_path / "library").stat().st_mode & 0o077 == 0
    assert (tmp_path / "library" / "store" / "data.mdb").stat().st_mode & 0o077 == 0


def test_a_new_index_joins_the_others_and_loses_none(tmp_path: Path) -> None:
    fill(tmp_path)
    database = Database(tmp_path)
    other = EmbeddingIndex(database, "fedcba9876543210", 7)
    with database.transaction():
        other.put([1], np.ones((1, 7), np.float32))
    database.close()
    database = Database(tmp_path)
    assert EmbeddingIndex(database, *KEY).count() == 300
    assert EmbeddingIndex(database, "fedcba9876543210", 7).count() == 1
    database.close()


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    database = Database(tmp_path)
    catalog, index = Catalog(database), EmbeddingIndex(database, *KEY)
    with pytest.raises(RuntimeError, match="in the middle"), database.transaction():
        [id_] = catalog.put([Photo(0, 1, 1, Path("/photos/new"), 1, 1)])
        index.put([id_], np.ones((1, 4), np.float32))
        raise RuntimeError("in the middle")
    assert len(catalog.photos(1)) == 300
    assert index.count() == 300
    database.close()


def test_the_size_limit_has_room_for_a_million_photos() -> None:
    bytes_per_photo = 5_000  # measured: 483 MB for 100,000 photos of 512 numbers
    assert 1_000_000 * bytes_per_photo * 3 < MAX_SIZE_KIB * 1024


def test_a_second_opening_is_refused_and_names_the_process(tmp_path: Path) -> None:
    database = Database(tmp_path)
    script = (
        "import sys; from pathlib import Path; from inphotos.store.database import Database\n"
        "try: Database(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    other = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert other.stdout.startswith("LibraryBusyError")
    assert f"process {os.getpid()}" in other.stdout
    database.close()
    Database(tmp_path).close()


def test_a_lock_left_by_a_killed_process_does_not_count(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from inphotos.store.database import Database\n"
        "database = Database(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    Database(tmp_path).close()


def test_the_same_process_may_not_open_it_twice_either(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with pytest.raises(LibraryBusyError):
        Database(tmp_path)
    database.close()


def test_a_newer_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "library.json").write_text(json.dumps({"schema": SCHEMA + 1}))
    before = (tmp_path / "store" / "data.mdb").read_bytes()
    with pytest.raises(LibraryNewerError, match="update InPhotos"):
        Database(tmp_path)
    assert (tmp_path / "store" / "data.mdb").read_bytes() == before


@pytest.mark.parametrize("kept", [0.0, 0.001, 0.5, 0.95])
def test_a_cut_off_store_is_recognised(tmp_path: Path, kept: float) -> None:
    fill(tmp_path)
    data = tmp_path / "store" / "data.mdb"
    os.truncate(data, int(data.stat().st_size * kept))
    with pytest.raises(LibraryDamagedError, match="is damaged"):
        Database(tmp_path)


@pytest.mark.parametrize("name", ["store/data.mdb", "library.json"])
def test_a_file_of_garbage_is_recognised(tmp_path: Path, name: str) -> None:
    fill(tmp_path)
    (tmp_path / name).write_bytes(bytes(range(1, 256)) * 64)
    with pytest.raises(LibraryDamagedError, match="photos are not in it and are untouched"):
        Database(tmp_path)


#: Valid JSON that no parser with a bounded stack reads to its end.
NESTED = "[" * 100_000 + "]" * 100_000


def test_a_version_nested_without_end_is_recognised(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "library.json").write_text(NESTED)
    with pytest.raises(LibraryDamagedError):
        Database(tmp_path)


@pytest.mark.parametrize("name", ["store/sealed.json", "store/model.json"])
def test_a_note_nested_without_end_does_no_harm(tmp_path: Path, name: str) -> None:
    fill(tmp_path)
    Database(tmp_path).close()  # keeps a backup of the schema file
    (tmp_path / name).write_text(NESTED)
    database = Database(tmp_path)
    assert EmbeddingIndex(database, *KEY).count() == 300
    database.close()


def test_a_store_that_is_gone_is_not_replaced_in_silence(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "store" / "data.mdb").unlink()
    with pytest.raises(LibraryDamagedError):
        Database(tmp_path)


def test_a_half_written_schema_file_is_restored(tmp_path: Path) -> None:
    fill(tmp_path)
    Database(tmp_path).close()  # keeps a backup of the schema file
    schema = tmp_path / "store" / "model.json"
    schema.write_text(schema.read_text()[:100])
    database = Database(tmp_path)
    assert EmbeddingIndex(database, *KEY).count() == 300
    database.close()


def test_a_lost_version_file_is_written_anew(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "library.json").unlink()
    database = Database(tmp_path)
    assert EmbeddingIndex(database, *KEY).count() == 300
    database.close()


def test_a_place_that_cannot_be_written_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="cannot be written"):
        Database(tmp_path / "file" / "library")


def test_a_directory_of_other_files_does_not_become_a_library(photos: Path) -> None:
    before = sorted(photos.rglob("*"))
    with pytest.raises(LibraryError, match="holds other files"):
        Database(photos)
    assert sorted(photos.rglob("*")) == before


@pytest.mark.parametrize("name", ["backups", "store"])
def test_a_home_directory_does_not_become_a_library(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / "page.html").touch(0o644)
    with pytest.raises(LibraryError, match="holds other files"):
        Database(tmp_path)
    assert stat.S_IMODE((tmp_path / "page.html").stat().st_mode) == 0o644
    assert len(list(tmp_path.iterdir())) == 2


def test_a_library_of_which_the_backups_are_left_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "backup-00001-2026-11-22-101500.json").write_text("{}")
    Database(tmp_path).close()


def test_a_creation_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    Database(tmp_path).close()
    (tmp_path / "library.json").unlink()
    shutil.rmtree(tmp_path / "store")
    Database(tmp_path).close()


def test_a_directory_that_may_not_be_written_is_refused_with_a_sentence(
    ordinary_user: Path,
) -> None:
    (ordinary_user / "closed").mkdir(mode=0o500)
    with pytest.raises(LibraryError, match=r"cannot be written \(Permission denied\)"):
        Database(ordinary_user / "closed" / "library")


def test_a_full_disk_stops_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(tmp_path)
    monkeypatch.setattr(module, "MIN_FREE_BYTES", 1 << 62)
    with pytest.raises(DiskFullError, match="no room left"), database.transaction():
        Catalog(database).folders.add(Folder(0, Path("/photos")))
    assert Catalog(database).folders.all() == ()
    database.close()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_errors_of_a_full_disk_are_told_as_such(tmp_path: Path, number: int) -> None:
    with pytest.raises(DiskFullError), translated_os_errors(tmp_path):
        raise OSError(number, os.strerror(number))


def test_a_closed_library_says_so(tmp_path: Path) -> None:
    database = Database(tmp_path)
    database.close()
    database.close()
    with pytest.raises(LibraryError, match="closed"):
        Catalog(database).folders.all()
