"""Photos that were pasted, in the library's directory."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from inphotos.errors import DiskFullError, LibraryError
from inphotos.library import is_pasted, pasted
from inphotos.library.pasted import PastedPhotos


def test_a_photo_is_kept_once_and_for_its_owner_only(tmp_path: Path) -> None:
    photos = PastedPhotos(tmp_path)
    path = photos.keep(b"pixels")
    assert photos.keep(b"pixels") == path
    assert path.read_bytes() == b"pixels"
    assert list(path.parent.iterdir()) == [path]
    assert is_pasted(path)
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_oldest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasted, "MOST_KEPT", 3)
    photos = PastedPhotos(tmp_path)
    kept = []
    for number in range(4):
        kept.append(photos.keep(b"%d" % number))
        os.utime(kept[-1], (1000 + number, 1000 + number))
    (kept[0].parent / "notes.txt").write_text("not ours")
    assert [path.exists() for path in kept] == [False, True, True, True]
    photos.keep(b"1")  # pasted again, so it is not the oldest any more
    photos.keep(b"4")
    assert [path.exists() for path in kept] == [False, True, False, True]
    assert (kept[0].parent / "notes.txt").exists()


def test_a_directory_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "pasted").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be written"):
        PastedPhotos(tmp_path).keep(b"pixels")


def test_other_photos_are_not_taken_for_pasted_ones(tmp_path: Path) -> None:
    assert not is_pasted(tmp_path / "pasted" / "holiday.png")
    assert not is_pasted(tmp_path / f"{'0' * 32}.png")


def test_a_full_disk_leaves_no_part_of_a_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskFullError):
        PastedPhotos(tmp_path).keep(b"pixels")
    assert list((tmp_path / "pasted").iterdir()) == []
