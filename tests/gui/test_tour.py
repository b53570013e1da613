"""One way through everything, as somebody goes it who looks for photos on a Sunday evening."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, place_of, row_of, shown, until, until_idle
from PyQt6.QtCore import QEvent, QObject, QPoint, Qt
from PyQt6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from inphotos.gui.grid.delegate import tile_in
from inphotos.gui.grid.tile_marks import check_rect
from inphotos.gui.main_window import MainWindow
from inphotos.gui.search_list import FAVORITES
from inphotos.gui.settings_dialog.viewing import ViewingPage
from inphotos.gui.sidebar.model import COUNT_ROLE
from inphotos.library import Library

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def library(tmp_path: Path, pictures: Path, tiny_clip: Path) -> Path:
    """The directory of a library that holds ``pictures``."""
    with Library.open(tmp_path / "library") as opened:
        opened.use_model(str(tiny_clip))
        opened.add_folder(pictures)
        list(opened.index())
    return tmp_path / "library"


class Visitor:
    """Presses keys where the focus is, as one who has only a keyboard and a mouse."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.resize(1300, 850)
        self.come_to(window)

    def come_to(self, window: QWidget) -> None:
        """Go on in a window: without a desktop none gets the keys of itself."""
        window.activateWindow()
        self.until(window.isActiveWindow)

    def press(self, *keys: Qt.Key, held=Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, held)

    def type(self, text: str) -> None:
        for letter in text:
            self.qtbot.keyClicks(QApplication.focusWidget() or self.window, letter)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        self.qtbot.mouseClick(widget, LEFT, pos=at or QPoint())

    def until(self, reached) -> None:
        until(self.qtbot, reached)

    def check(self, row: int) -> None:
        """Click on the check mark of a photo."""
        grid = self.window.grid
        tile = tile_in(grid.visualRect(grid.model().index(row, 0)))
        self.click(grid.viewport(), check_rect(tile).center().toPoint())


class Windows(QObject):
    """Notes what kinds of windows come up: a part that is shown alone takes the keys away."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown: set[str] = set()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.add(type(watched).__name__)
        return False


def states(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Return what photos are, and when they were changed last, by name."""
    return {
        path.name: (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
            path.stat().st_size,
        )
        for path in folder.iterdir()
    }


def test_a_tour_through_the_window(
    qtbot: QtBot,
    open_window: OpenWindow,
    library: Path,
    pictures: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = states(pictures)
    window = open_window(library)
    windows = Windows(window)
    until_idle(qtbot, window, photos=20)
    visitor = Visitor(qtbot, window)
    loved = _search_and_mark(visitor)
    _select_export_and_trash(visitor, tmp_path, monkeypatch)
    _look_at_photos(visitor, loved)
    _change_settings(visitor)
    window.close()
    assert windows.shown <= {"SettingsDialog", "QMenu", "QTipLabel"}
    assert states(pictures) == before

    again = open_window(library)
    until_idle(qtbot, again, photos=20)
    found = next(photo for photo in shown(again) if photo.path.name == loved)
    mark = again.marks.mark_of(found.photo_id)
    assert (mark.favorite, mark.rating, mark.tags) == (True, 4, ("river",))
    assert again.info.place.wanted
    assert again.info.place.wanted_in_viewer
    assert again.preferences.values.click_opens == "system"
    assert states(pictures) == before


def _search_and_mark(visitor: Visitor) -> str:
    """Search with a suggestion, and mark a photo; return its name."""
    window, press = visitor.window, visitor.press
    assert window.search_bar.field.hasFocus()
    window.session.library.history.add("a boat on the river")
    visitor.type("boat")
    popup = window.memory.suggesting.list
    visitor.until(popup.isVisible)
    press(KEY.Key_Down, KEY.Key_Return)
    assert not popup.isVisible()
    visitor.until(lambda: "boat on the river" in window.photos_page.heading.text())
    visitor.until(lambda: window.search.is_answered)
    press(KEY.Key_Down)
    assert window.grid.hasFocus()
    press(KEY.Key_Right)
    photo = window.grid.current_result()
    assert photo == shown(window)[1]
    panel = window.info.panel
    press(KEY.Key_I, held=CTRL)
    visitor.until(lambda: panel.name.value == photo.path.name and panel.why.rows)
    assert window.grid.hasFocus()
    press(KEY.Key_D, KEY.Key_4, held=CTRL)
    assert window.marks.marks_of(photo.photo_id) == (True, 4)
    assert window.marks_box.heart.isChecked()
    assert window.marks_box.stars.value() == 4
    visitor.click(window.marks_box.editor.field)
    visitor.type("river")
    press(KEY.Key_Return)
    assert window.marks_box.editor.tags == ("river",)
    press(KEY.Key_Escape)
    assert window.grid.hasFocus()
    assert window.search_bar.text() == "a boat on the river"
    # The sidebar counts it, and leads to it.
    rows, sidebar = window.memory.sidebar.rows, window.memory.sidebar
    favourites = rows.index_of(FAVORITES)
    visitor.until(lambda: favourites.data(COUNT_ROLE) == "1")
    press(KEY.Key_Escape)
    visitor.until(lambda: window.search_bar.text() == "")
    visitor.click(sidebar.viewport(), sidebar.visualRect(favourites).center())
    visitor.until(lambda: shown(window) and len(shown(window)) == 1)
    assert shown(window)[0].path == photo.path
    window.search_bar.setFocus()
    press(KEY.Key_Escape)
    visitor.until(lambda: len(shown(window)) == 20)
    return photo.path.name


def _select_export_and_trash(
    visitor: Visitor, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Select three photos, copy them elsewhere, move them to the trash and take that back."""
    window, press = visitor.window, visitor.press
    target = place / "copies"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    for row in (2, 4, 5):
        visitor.check(row)
    names = {photo.path.name for photo in window.grid.selected_results()}
    assert window.selection_bar.text == "3 selected"
    visitor.until(lambda: window.info.panel.name.value == "3 photos selected")
    press(KEY.Key_E, held=CTRL)
    visitor.until(lambda: "copied to" in window.notice.text)
    assert {path.name for path in target.iterdir()} == names
    window.grid.setFocus()
    press(KEY.Key_Delete)
    visitor.until(lambda: len(shown(window)) == 17)
    assert not window.selection_bar.isVisible()
    press(KEY.Key_Z, held=CTRL)
    visitor.until(lambda: len(shown(window)) == 20)
    assert window.grid.selected_results() == ()


def _look_at_photos(visitor: Visitor, loved: str) -> None:
    """Look at photos in every way there is, and come back to where it began."""
    window, press, viewer = visitor.window, visitor.press, visitor.window.viewer
    row = row_of(window, loved)
    visitor.click(window.grid.viewport(), place_of(window, row))
    assert viewer.isVisible()
    assert viewer.bar.stars == "★★★★"
    assert not window.info.panel.isVisible()
    press(KEY.Key_I)
    visitor.until(lambda: window.info.panel.name.value == loved)
    # In the trash, and back.
    press(KEY.Key_Right)
    second = viewer.canvas.photo
    press(KEY.Key_Delete)
    visitor.until(lambda: len(shown(window)) == 19 and viewer.canvas.photo != second)
    press(KEY.Key_Z, held=CTRL)
    visitor.until(lambda: len(shown(window)) == 20)
    visitor.until(lambda: viewer.canvas.photo.path == second.path)
    press(KEY.Key_Left)
    assert viewer.canvas.photo.path.name == loved
    press(KEY.Key_F11)
    assert window.isFullScreen()
    press(KEY.Key_Escape)
    assert not window.isFullScreen()
    press(KEY.Key_F5)
    assert viewer.slideshow.running
    assert not window.info.panel.isVisible()
    press(KEY.Key_Escape)
    assert not viewer.slideshow.running
    assert window.info.panel.isVisible()
    press(KEY.Key_C)
    assert [pane.photo.path for pane in viewer.compare.panes][1] == second.path
    visitor.click(viewer.compare.panes[1].canvas)
    visitor.until(lambda: window.info.panel.name.value == second.path.name)
    press(KEY.Key_Escape, KEY.Key_Escape)
    assert window.grid.hasFocus()
    assert window.grid.current_result().path.name == loved


def _change_settings(visitor: Visitor) -> None:
    """Let a click open photos in another program."""
    window = visitor.window
    visitor.press(KEY.Key_Comma, held=CTRL)
    dialog = window.settings.dialog
    visitor.until(dialog.isVisible)
    window.settings.show("viewing")
    page = dialog.pages["viewing"]
    assert isinstance(page, ViewingPage)
    visitor.come_to(dialog)
    page.click.setFocus()
    visitor.press(KEY.Key_Down)
    assert window.preferences.values.click_opens == "system"
    visitor.press(KEY.Key_Escape)
    visitor.until(lambda: not dialog.isVisible())
