"""Indexing in the background: pause, stop, go on, and what could not be read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from gui.helpers import PATIENCE_MS, OpenWindow, shown, until, until_heading, until_idle
from PIL import Image
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(open_window: OpenWindow, tiny_clip: Path) -> MainWindow:
    """A window on an empty library, with a model."""
    return open_window(model=str(tiny_clip))


def write_unnoticed(photo: Path, content: bytes) -> None:
    """Give a photo other content of the same length, and the time that it had."""
    info = photo.stat()
    assert len(content) == info.st_size
    photo.write_bytes(content)
    os.utime(photo, ns=(info.st_atime_ns, info.st_mtime_ns))


def test_indexing_can_be_paused_and_goes_on(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    window.session.add_folders([album])
    qtbot.mouseClick(window.footer.pause_button, LEFT)
    until(qtbot, lambda: window.photos_page.isVisible())
    assert window.footer.text.startswith("Paused")
    assert window.footer.pause_button.accessibleName() == "Go on indexing"
    assert window.photos_page.empty.headline.text() == "Looking at your photos"
    qtbot.mouseClick(window.footer.pause_button, LEFT)
    until_idle(qtbot, window, photos=20)
    assert not window.footer.pause_button.isVisible()


def test_indexing_can_be_stopped_and_taken_up_again(
    qtbot: QtBot, window: MainWindow, album: Path
) -> None:
    window.session.add_folders([album])
    window.session.runs.pause()
    until(qtbot, lambda: window.photos_page.isVisible())
    with qtbot.waitSignal(window.session.runs.stopped, timeout=PATIENCE_MS):
        qtbot.mouseClick(window.footer.stop_button, LEFT)
    assert "Indexing is stopped" in window.notice.text
    qtbot.mouseClick(window.notice.button, LEFT)
    assert window.notice.text == ""
    until_idle(qtbot, window, photos=20)


def test_progress_is_told_in_words(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    told: list[str] = []
    window.session.runs.progressed.connect(lambda _: told.append(window.footer.text))
    window.session.add_folders([album])
    until_idle(qtbot, window, photos=20)
    assert "Loading the model…" in told
    assert any(text.startswith("Reading photos: 20 of 20") for text in told)
    until(qtbot, lambda: window.footer.text == "20 photos in 1 folder · 20 new")


def test_photos_that_cannot_be_read_are_listed_with_reasons(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(album, tmp_path / "copy")
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "cut.jpg").write_bytes((folder / "photo01.jpg").read_bytes()[:40])
    window.session.add_folders([folder])
    until_idle(qtbot, window, photos=20)
    button = window.footer.failures_button
    until(qtbot, lambda: button.text() == "2 photos could not be read")

    qtbot.mouseClick(button, LEFT)
    dialog = window.dialogs.failures
    assert dialog.isVisible()
    assert not dialog.show_button.isEnabled()
    listed = [dialog.list.topLevelItem(row) for row in range(2)]
    assert {item.text(0) for item in listed} == {"empty.jpg", "cut.jpg"}
    assert all(item.text(1) for item in listed)
    qtbot.mouseClick(dialog.copy_button, LEFT)
    assert str(folder / "empty.jpg") in QGuiApplication.clipboard().text()


def test_photos_can_be_tried_again_one_or_all(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(album, tmp_path / "copy")
    spoilt = [folder / "photo01.jpg", folder / "photo02.jpg", folder / "photo03.jpg"]
    for photo in spoilt:
        write_unnoticed(photo, bytes(photo.stat().st_size))
    window.session.add_folders([folder])
    until_idle(qtbot, window, photos=17)
    window.dialogs.show_failures()
    dialog = window.dialogs.failures
    until(qtbot, lambda: dialog.list.topLevelItemCount() == 3)
    assert dialog.retry_button.text() == "Try All Again"
    # Whole again, with the size and time of before: no scan could tell.
    for photo in spoilt[:2]:
        write_unnoticed(photo, (album / photo.name).read_bytes())
    dialog.list.topLevelItem(0).setSelected(True)
    assert dialog.show_button.isEnabled()
    chosen = dialog.list.all_selected()
    dialog.list.topLevelItem(1).setSelected(True)
    assert len(dialog.list.all_selected()) == 2
    assert not dialog.show_button.isEnabled()
    dialog.list.topLevelItem(1).setSelected(False)
    assert dialog.retry_button.text() == "Try Selected Again"
    qtbot.mouseClick(dialog.retry_button, LEFT)
    left = 3 - (chosen[0] in spoilt[:2])
    until(qtbot, lambda: dialog.list.topLevelItemCount() == left)
    dialog.list.clearSelection()
    qtbot.mouseClick(dialog.retry_button, LEFT)
    until(qtbot, lambda: [path for path, _ in dialog.list.rows()] == [spoilt[2]])
    until_idle(qtbot, window, photos=19)


def test_a_folder_can_be_removed_and_its_photos_stay(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, album: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    window.settings.show("folders")
    dialog = window.folders.panel
    assert dialog.list.topLevelItem(0).text(1) == "20"
    dialog.list.topLevelItem(0).setSelected(True)
    qtbot.mouseClick(dialog.remove_button, LEFT)
    until(qtbot, lambda: window.start_page.isVisible())
    assert dialog.list.topLevelItemCount() == 0
    assert len(list(album.iterdir())) == 20


def test_a_folder_added_meanwhile_need_not_wait(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path, choose: Callable[[Path], None]
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    Image.new("RGB", (70, 50), "orange").save(second / "other.jpg")
    window.session.add_folders([album])
    window.session.runs.pause()
    choose(second)
    window.folders.choose()
    until_idle(qtbot, window, photos=21)
    until(qtbot, lambda: window.footer.text.startswith("21 photos in 2 folders"))


def test_new_photos_come_in_and_the_grid_keeps_its_place(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, album: Path, tmp_path: Path
) -> None:
    window = open_window(indexed)
    window.resize(420, 360)
    until_idle(qtbot, window, photos=20)
    grid, bar = window.grid, window.grid.verticalScrollBar()
    grid.setCurrentIndex(grid.model().index(10, 0))
    current = grid.current_result()
    bar.setValue(grid.gridSize().height() * 5)
    place = grid.visualRect(grid.currentIndex()).topLeft()
    # Newer than all others, so they come in before them.
    newer = tmp_path / "newer"
    newer.mkdir()
    columns = grid.viewport().width() // grid.gridSize().width()
    for number in range(columns * 2):
        Image.new("RGB", (50, 64 + number), "orange").save(newer / f"new{number}.jpg")
    window.session.add_folders([newer])
    until_idle(qtbot, window, photos=20 + columns * 2)
    assert shown(window)[0].path.parent == newer
    assert grid.current_result().photo_id == current.photo_id
    assert grid.visualRect(grid.currentIndex()).topLeft() == place


def test_the_search_takes_in_new_photos(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, album: Path, tmp_path: Path
) -> None:
    window = open_window(indexed)
    window.search_for("sea")
    until_heading(qtbot, window, "“sea”")
    second = tmp_path / "second"
    second.mkdir()
    shutil.copyfile(album / "photo03.jpg", second / "copy.jpg")
    window.session.add_folders([second])
    # The copy is folded into the photo.
    until(qtbot, lambda: [result.alike for result in shown(window)].count(2) == 1)
    until_idle(qtbot, window, photos=20)
    assert "“sea”" in window.photos_page.heading.text()


def test_a_drive_that_is_away_is_told_of(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(album, tmp_path / "drive")
    window.session.add_folders([folder])
    until_idle(qtbot, window, photos=20)
    folder.rename(tmp_path / "away")
    window.session.index()
    until(qtbot, lambda: "Not reachable now" in window.notice.text)
    assert len(shown(window)) == 20
    (tmp_path / "away").rename(folder)
    with qtbot.waitSignal(window.session.runs.finished, timeout=PATIENCE_MS):
        qtbot.mouseClick(window.notice.button, LEFT)
    assert window.notice.text == ""
