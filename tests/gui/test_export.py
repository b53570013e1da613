"""Copying photos into a folder that the user chooses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, row_of, shown, until
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inphotos.gui import desktop
from inphotos.gui.files import words
from inphotos.gui.main_window import MainWindow
from inphotos.library.exporting import Copied, ExportReport
from inphotos.search.ranking import Result

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(open_window: OpenWindow, indexed: Path) -> MainWindow:
    return open_window(indexed)


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def write_large(path: Path) -> Path:
    """Write a file that takes no room and that takes a while to copy."""
    with path.open("wb") as file:
        file.truncate(1 << 30)
    return path


def test_a_photo_is_copied_by_keys_and_the_folder_is_remembered(
    qtbot: QtBot,
    open_window: OpenWindow,
    indexed: Path,
    album: Path,
    tmp_path: Path,
    choose: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[list[Path]] = []
    monkeypatch.setattr(desktop, "show_in_file_manager", lambda paths: seen.append(list(paths)))
    window = open_window(indexed)
    holiday = tmp_path / "Holiday"
    choose(holiday)
    window.grid.setFocus()
    window.grid.setCurrentIndex(window.grid.model().index(row_of(window, "photo05.jpg"), 0))
    qtbot.keyClick(window.grid, Qt.Key.Key_E, CONTROL)
    until(qtbot, lambda: window.notice.text == "1 photo was copied to Holiday.")
    assert names(holiday) == ["photo05.jpg"]
    assert (holiday / "photo05.jpg").read_bytes() == (album / "photo05.jpg").read_bytes()
    assert window.files.exporting.bar.text == ""
    assert window.notice.button.text() == "Show in File Manager"
    qtbot.mouseClick(window.notice.button, Qt.MouseButton.LeftButton)
    assert seen == [[holiday / "photo05.jpg"]]
    window.close()
    assert open_window(indexed).files.exporting.folder == str(holiday)


def test_two_exports_queue_and_one_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    large = write_large(tmp_path / "large.jpg")
    exporting = window.files.exporting
    photos = shown(window)
    huge = [_with_path(photos[0], large)]
    exporting.export(huge, tmp_path / "first")
    exporting.export(photos, tmp_path / "second")
    assert exporting.bar.text.startswith("Copying 1 photo to first · ")
    until(qtbot, lambda: "of 1.1 GB" in exporting.bar.text)
    qtbot.mouseClick(exporting.bar.cancel_button, Qt.MouseButton.LeftButton)
    until(qtbot, lambda: window.notice.text == "20 photos were copied to second.")
    assert names(tmp_path / "first") == []
    assert len(names(tmp_path / "second")) == 20


def test_photos_that_cannot_be_copied_can_be_looked_up(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    photos = shown(window)
    gone = _with_path(photos[0], tmp_path / "gone.jpg")
    window.files.exporting.export([gone, *photos[1:3]], tmp_path / "out")
    until(
        qtbot,
        lambda: window.notice.text == "2 photos were copied to out; 1 could not be copied.",
    )
    qtbot.mouseClick(window.notice.button, Qt.MouseButton.LeftButton)
    dialog = window.files.exporting.dialog
    assert dialog.isVisible()
    [(path, item)] = dialog.list.rows()
    assert path == tmp_path / "gone.jpg"
    assert item.text(1) == "the file is not there"
    dialog.close()
    (tmp_path / "file").write_text("in the way")
    window.files.exporting.export(photos[:2], tmp_path / "file")
    until(qtbot, lambda: "choose another folder" in window.notice.text)


def test_closing_the_window_ends_an_export_and_leaves_no_half_photo(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    large = write_large(tmp_path / "large.jpg")
    photo = shown(window)[0]
    window.files.exporting.export([photo, _with_path(photo, large)], tmp_path / "out")
    until(qtbot, lambda: "of 1.1 GB" in window.files.exporting.bar.text)
    window.close()
    assert names(tmp_path / "out") == [photo.path.name]


def test_the_outcome_is_told_in_a_sentence(tmp_path: Path) -> None:
    holiday = tmp_path / "Holiday"
    one = Copied(tmp_path / "a.jpg", holiday / "a.jpg")
    assert words.exported(ExportReport([one] * 42, [one] * 2), holiday) == (
        "42 photos were copied to Holiday; 2 were there already."
    )
    assert words.exported(ExportReport([], [one]), holiday) == "1 photo was in Holiday already."
    assert words.exported(ExportReport([], [], [(tmp_path, "no")] * 3), holiday) == (
        "3 photos could not be copied."
    )
    assert words.export_stopped(ExportReport([one]), holiday) == (
        "Stopped: 1 photo was copied to Holiday."
    )
    assert words.export_stopped(ExportReport(), holiday) == "Nothing was copied to Holiday."


def _with_path(result: Result, path: Path) -> Result:
    return replace(result, path=path)
