"""A disk that fails while the window works: a quiet notice, and everything goes on afterwards."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from gui.helpers import until, until_idle
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.gui.workers.reporting import UnexpectedError, as_error
from inphotos.photos import thumbnails
from inphotos.store import database


def add_photo(folder: Path, name: str) -> None:
    shutil.copy2(folder / "photo01.jpg", folder / name)
    with (folder / name).open("ab") as file:
        file.write(name.encode())


def test_a_full_disk_is_told_of_and_the_next_run_goes_on(
    qtbot: QtBot, followed: MainWindow, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIN_FREE_BYTES", 1 << 62)
        add_photo(pictures, "new.jpg")
        followed.session.index()
        until(qtbot, lambda: "no room left on the disk" in followed.notice.text)
        until(qtbot, lambda: followed.session.runs.state == "idle")
        assert len(followed.search.rows) == 20
    followed.session.index()
    until_idle(qtbot, followed, photos=21)


def test_thumbnails_that_cannot_be_kept_are_told_of_once(
    qtbot: QtBot, followed: MainWindow, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(thumbnails, "write_atomically", refuse)
        add_photo(pictures, "new.jpg")
        until(qtbot, lambda: followed.notice.text.startswith("Thumbnails could not be kept (No"))
        until_idle(qtbot, followed, photos=21)
        followed.notice.dismiss()
        add_photo(pictures, "newer.jpg")
        until_idle(qtbot, followed, photos=22)
        assert followed.notice.text == ""


def test_what_the_machine_refuses_is_no_mistake_of_the_programs() -> None:
    refused = OSError(errno.EIO, os.strerror(errno.EIO), "/photos/a\nb.jpg")
    assert str(as_error(refused)).startswith(
        "The system gave an error on /photos/a\\nb.jpg (Input/output error)"
    )
    assert "too little memory" in str(as_error(MemoryError()))
    assert "no more threads" in str(as_error(RuntimeError("can't start new thread")))
    assert "Too many files" in str(as_error(OSError(errno.EMFILE, "Too many open files")))
    assert isinstance(as_error(RuntimeError("a mistake of ours")), UnexpectedError)
