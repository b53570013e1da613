"""Backing up and restoring in the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from gui.helpers import PATIENCE_MS, OpenWindow, until, until_idle
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFileDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.library import Library, SavedSearch
from inphotos.library.backups import kept, shelf

LEFT = Qt.MouseButton.LeftButton
ChooseFile = Callable[[Path], None]


@pytest.fixture
def choose_file(monkeypatch: pytest.MonkeyPatch) -> ChooseFile:
    """Say what the user chooses in the system's dialogs for files, which a test cannot drive."""

    def choose(path: Path) -> None:
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))

    return choose


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows the 20 photos of the album, one of them rated, and a saved search."""
    with Library.open(indexed) as library:
        library.searches.save(SavedSearch("Sea", "the sea"))
        library.marks.set_rating([library.browse(top=1).results[0].photo_id], 4)
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    return opened


def click(qtbot: QtBot, window: MainWindow, action: QAction) -> None:
    """Choose an action in the menu that it is in, with the pointer."""
    bar = window.menuBar()
    menu = next(menu for menu in bar.findChildren(QMenu) if action in menu.actions())
    menu.popup(window.mapToGlobal(QPoint(20, 20)))
    until(qtbot, menu.isVisible)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def until_told(qtbot: QtBot, window: MainWindow, text: str) -> None:
    until(qtbot, lambda: text in window.notice.text)


def ratings(window: MainWindow) -> set[int]:
    results = window.grid.model().results
    return {window.session.library.marks.rating(result.photo_id) for result in results}


def test_a_backup_is_written_and_restored_and_the_restore_taken_back(
    qtbot: QtBot, window: MainWindow, choose_file: ChooseFile, tmp_path: Path
) -> None:
    choose_file(tmp_path / "mine")
    click(qtbot, window, window.backing_up.backup_action)
    until_told(qtbot, window, "Backed up in mine.json: 1 folder, 1 saved search, the marks of 1")
    assert len(json.loads((tmp_path / "mine.json").read_text())["photos"]) == 1
    photos = window.grid.model().results
    window.marks.rate(photos, 2)
    window.memory.saved.remove("Sea")
    until(qtbot, lambda: ratings(window) == {2})
    choose_file(tmp_path / "mine.json")
    click(qtbot, window, window.backing_up.restore_action)
    until_told(qtbot, window, "Restored: 1 saved search. What is different in the library stayed")
    assert [search.name for search in window.memory.saved.searches] == ["Sea"]
    assert window.memory.sidebar.rows.index_of("Sea", "searches").isValid()
    qtbot.mouseClick(window.notice.button, LEFT)
    until(qtbot, lambda: not window.memory.saved.searches)
    window.undo.redo()
    until(qtbot, lambda: len(window.memory.saved.searches) == 1)
    assert ratings(window) == {2}
    until_idle(qtbot, window, photos=20)


def test_what_is_restored_shows_at_once_and_the_photos_come_in(
    qtbot: QtBot, window: MainWindow, choose_file: ChooseFile, open_window: OpenWindow,
    tmp_path: Path, tiny_clip: Path,
) -> None:  # fmt: skip
    window.session.library.choices.index_only_on_mains(True)
    window.session.library.backups.write(tmp_path / "b.json")
    window.close()
    other = open_window(tmp_path / "other", model=str(tiny_clip))
    choose_file(tmp_path / "b.json")
    click(qtbot, other, other.backing_up.restore_action)
    until_told(qtbot, other, "1 photo shows its marks once it has been read.")
    assert other.mains_action.isChecked()
    other.session.runs.only_on_mains = False  # should the machine run on its battery now
    until_idle(qtbot, other, photos=20)
    until(qtbot, lambda: ratings(other) == {0, 4})
    assert json.loads((tmp_path / "other" / "waiting-marks.json").read_text())["entries"] == []


def test_changes_are_backed_up_while_the_window_is_open(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = window.session.library.directory
    for backup in kept(directory):
        backup.path.unlink()
    monkeypatch.setattr("inphotos.gui.backing_up.SETTLE_MS", 10)
    window.marks.rate(window.grid.model().results[5:8], 5)
    until(qtbot, lambda: [backup.holds.photos for backup in kept(directory)] == [4])
    window.marks.rate(window.grid.model().results[8:10], 5)
    with qtbot.waitSignal(window.session.marks_changed, timeout=PATIENCE_MS):
        pass
    window.close()
    assert [backup.holds.photos for backup in kept(directory)] == [6, 4]


def test_changes_without_end_do_not_put_a_backup_off(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = window.session.library.directory
    for backup in kept(directory):
        backup.path.unlink()
    monkeypatch.setattr("inphotos.gui.backing_up.SETTLE_MS", 200)
    for _ in range(200):
        window.backing_up.keep_soon()
        qtbot.wait(20)
        if kept(directory):
            break
    assert kept(directory)


def test_a_name_without_its_suffix_takes_the_place_of_no_other_backup(
    qtbot: QtBot, window: MainWindow, choose_file: ChooseFile, tmp_path: Path
) -> None:
    window.session.library.backups.write(tmp_path / "mine.json")
    before = (tmp_path / "mine.json").read_bytes()
    choose_file(tmp_path / "mine")
    window.backing_up.choose_backup()
    until_told(qtbot, window, "Backed up in mine 2.json")
    assert (tmp_path / "mine.json").read_bytes() == before


def test_a_backup_that_cannot_be_written_is_told_of_once(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = window.session.library.directory
    for file in shelf(directory).iterdir():
        file.unlink()
    shelf(directory).rmdir()
    shelf(directory).write_text("no directory")
    monkeypatch.setattr("inphotos.gui.backing_up.SETTLE_MS", 10)
    window.marks.rate(window.grid.model().results[5:6], 5)
    until_told(qtbot, window, "There is no backup of the last changes yet. The library")
    window.notice.dismiss()
    with qtbot.waitSignal(window.session.marks_changed, timeout=PATIENCE_MS):
        window.marks.rate(window.grid.model().results[6:7], 5)
    window.backing_up.keep()
    window._tasks._pool.waitForDone()
    qtbot.wait(50)
    assert not window.notice.text
    shelf(directory).unlink()
    window.backing_up.keep()
    until(qtbot, lambda: kept(directory))
    until(qtbot, lambda: not window.backing_up._is_trouble_told)


def test_a_file_that_is_no_backup_is_told_of_in_a_sentence(
    qtbot: QtBot, window: MainWindow, choose_file: ChooseFile, album: Path
) -> None:
    choose_file(album / "photo00.jpg")
    click(qtbot, window, window.backing_up.restore_action)
    until_told(qtbot, window, "photo00.jpg is not a backup of InPhotos")


def test_the_settings_say_where_backups_are(qtbot: QtBot, window: MainWindow) -> None:
    window.settings.show("privacy")
    labels = window.settings.dialog.pages["privacy"].findChildren(QLabel)
    place = str(shelf(window.session.library.directory))
    until(qtbot, lambda: any(label.text().startswith(f"{place} · ") for label in labels))
