"""Who has a library is said only where it is known."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

import pytest
from conftest import as_ordinary_user
from holding import held

from inphotos.errors import LibraryBusyError, LibraryError
from inphotos.store import locking, snapshot
from inphotos.store.database import Database
from inphotos.store.snapshot import open_to_read

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks are others there")


def test_a_number_that_another_program_has_by_now_is_not_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_NOTE_S", 0.1)
    with held(tmp_path) as other:
        note = tmp_path / "library.pid"
        told = json.loads(note.read_text())
        assert told["pid"] == other.pid
        assert note.stat().st_mode & 0o077 == 0
        for stale in (
            json.dumps({**told, "pid": os.getppid()}),
            json.dumps({**told, "born": "another boot 17"}),
            json.dumps({**told, "pid": 2**22 + 1}),
            str(other.pid),  # as former versions wrote it
            "",
            "[]",
        ):
            note.write_text(stale)
            with pytest.raises(LibraryBusyError) as raised:
                Database(tmp_path)
            assert "process" not in str(raised.value)
            assert "Another InPhotos is using the library" in str(raised.value)
        with pytest.raises(LibraryBusyError):  # nor is it read beside whoever that is
            open_to_read(tmp_path, "search")


def test_who_has_a_library_is_known_only_while_it_can_be_read_beside_them(tmp_path: Path) -> None:
    lock = locking.LibraryLock(tmp_path, "index")
    assert locking.holder(tmp_path) is None  # what was left there may not be in order yet
    with lock.without_readers():
        lock.announce()
        assert not locking.LockFile(tmp_path / "library.readers").acquire(0, shared=True)
    assert locking.holder(tmp_path) == locking.Holder(os.getpid(), "index")
    lock.release()
    assert locking.holder(tmp_path) is None


def test_nobody_has_a_library_whose_lock_was_left_behind(tmp_path: Path) -> None:
    with held(tmp_path) as other:
        assert locking.is_in_use(tmp_path)
        other.kill()
        assert not locking.is_in_use(tmp_path)
    Database(tmp_path).close()


def test_a_lock_file_that_somebody_deleted_guards_nothing(tmp_path: Path) -> None:
    lock = locking.LockFile(tmp_path / "lock")
    plain = locking._try_lock

    def deleted_meanwhile(file: int, *, shared: bool) -> None:
        plain(file, shared=shared)
        if (tmp_path / "lock").exists() and not (tmp_path / "once").exists():
            (tmp_path / "once").touch()
            (tmp_path / "lock").unlink()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locking, "_try_lock", deleted_meanwhile)
        assert lock.acquire(60)
    assert not locking.LockFile(tmp_path / "lock").acquire(0)
    lock.release()
    assert locking.LockFile(tmp_path / "lock").acquire(0)


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_disk_without_locks_is_told(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(LibraryError, match="cannot keep two programs apart") as raised:
        Database(tmp_path)
    assert os.strerror(number) in str(raised.value)
    assert "--library" in str(raised.value)


def test_a_lock_of_another_user_is_told(open_folder: Path) -> None:
    library = open_folder / "library"
    Database(library).close()
    library.chmod(0o755)
    (library / "library.lock").chmod(0o400)
    with (
        as_ordinary_user(open_folder),
        pytest.raises(LibraryError, match=r"cannot be written \(Permission denied\)"),
    ):
        Database(library)


def test_readers_share_and_keep_a_change_waiting(tmp_path: Path) -> None:
    Database(tmp_path).close()
    first, second = locking.join(tmp_path), locking.join(tmp_path)
    alone = locking.LockFile(tmp_path / "library.readers")
    assert not alone.acquire(0)
    first.release()
    assert not alone.acquire(0)
    second.release()
    assert alone.acquire(0)
    alone.release()
