"""From an empty library to a photo that opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gui.helpers import OpenWindow, place_of, shown, until, until_heading, until_idle
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow


def drop(window: MainWindow, path: Path) -> None:
    """Drag a file or folder onto the window, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), action, data, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), action, data, buttons, keys))


def test_the_first_start_asks_for_a_folder(open_window: OpenWindow) -> None:
    window = open_window()
    assert window.start_page.isVisible()
    assert window.start_page.folder_button.hasFocus()
    assert not window.search_bar.isVisible()


def test_choose_a_folder_describe_a_photo_click_it(
    qtbot: QtBot,
    open_window: OpenWindow,
    album: Path,
    tiny_clip: Path,
    choose: Callable[[Path], None],
) -> None:
    window = open_window(model=str(tiny_clip))
    choose(album)
    qtbot.mouseClick(window.start_page.folder_button, Qt.MouseButton.LeftButton)
    until_idle(qtbot, window, photos=20)
    until(qtbot, lambda: window.footer.text == "20 photos in 1 folder · 20 new")
    assert window.search_bar.field.hasFocus()

    qtbot.keyClicks(window.search_bar.field, "a red car")
    until_heading(qtbot, window, "“a red car”")
    first = shown(window)[0]
    assert first.score == max(result.score for result in shown(window))

    qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=place_of(window, row=0))
    until(qtbot, lambda: window.viewer.canvas.is_sharp)
    assert window.viewer.chosen() == (first,)


def test_all_photos_are_shown_the_newest_first(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    names = [result.path.name for result in shown(window)]
    assert names == [f"photo{number:02}.jpg" for number in reversed(range(20))]
    assert window.photos_page.heading.text() == "20 photos, newest first"


def test_a_folder_can_be_dropped(
    qtbot: QtBot, open_window: OpenWindow, album: Path, tiny_clip: Path
) -> None:
    window = open_window(model=str(tiny_clip))
    drop(window, album)
    until_idle(qtbot, window, photos=20)


def test_a_photo_can_be_dropped_to_find_others_like_it(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, album: Path
) -> None:
    window = open_window(indexed)
    drop(window, album / "photo07.jpg")
    until_heading(qtbot, window, "Photos similar to “photo07.jpg”")
    assert {result.path for result in shown(window)} == set(album.iterdir()) - {
        album / "photo07.jpg"
    }
    qtbot.mouseClick(window.photos_page.back_button, Qt.MouseButton.LeftButton)
    until_heading(qtbot, window, "20 photos, newest first")


def test_folders_of_the_command_line_are_added(
    qtbot: QtBot, open_window: OpenWindow, album: Path, tiny_clip: Path
) -> None:
    window = open_window(model=str(tiny_clip), folders=[album])
    until_idle(qtbot, window, photos=20)


def test_a_folder_that_is_not_there_is_told_of(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, tiny_clip: Path
) -> None:
    window = open_window(model=str(tiny_clip), folders=[tmp_path / "gone"])
    until(qtbot, lambda: "gone" in window.notice.text)
    until(qtbot, lambda: window.start_page.isVisible())


def test_a_folder_without_photos_says_so(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, tiny_clip: Path
) -> None:
    (tmp_path / "empty").mkdir()
    window = open_window(model=str(tiny_clip), folders=[tmp_path / "empty"])
    until(qtbot, lambda: window.photos_page.empty.headline.text() == "No photos here yet")
    assert window.photos_page.empty.buttons[0].isVisible()
