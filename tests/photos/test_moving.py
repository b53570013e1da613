"""Giving a file a name that is free."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from conftest import as_ordinary_user

from inphotos.photos.moving import move_to_free_name


@pytest.fixture(params=["with hard links", "without"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both kinds of file systems; FAT, which has no links, cannot be mounted by a test."""
    if request.param == "without":

        def refuse(*_: object, **__: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("links")
def test_a_file_moves_with_its_time(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    os.utime(tmp_path / "a", (1_000_000_000, 1_000_000_000))
    move_to_free_name(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_text() == "a"
    assert (tmp_path / "b").stat().st_mtime == 1_000_000_000


@pytest.mark.usefixtures("links")
def test_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    with pytest.raises(FileExistsError):
        move_to_free_name(tmp_path / "a", tmp_path / "b")
    assert [(tmp_path / name).read_text() for name in "ab"] == ["a", "b"]


@pytest.mark.usefixtures("links")
def test_a_file_that_may_not_leave_its_folder_stays_under_one_name(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir()
    (closed / "a").write_text("a")
    closed.chmod(0o555)
    with as_ordinary_user(open_folder), pytest.raises(PermissionError):
        move_to_free_name(closed / "a", open_folder / "b")
    assert [path.name for path in open_folder.iterdir()] == ["closed"]
    assert (closed / "a").read_text() == "a"
