"""The search field, the grid and the keys between them."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, Viewer, place_of, shown, until, until_heading, until_idle
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QContextMenuEvent, QGuiApplication
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.gui.queries import Answer, Words


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows the 20 photos of the album."""
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    return opened


def open_menu(window: MainWindow, row: int) -> QMenu:
    """Right-click a tile; return the menu that comes up."""
    place = place_of(window, row)
    viewport = window.grid.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def trigger(menu: QMenu, text: str) -> None:
    (action,) = [action for action in menu.actions() if action.text() == text]
    action.trigger()
    menu.close()


def test_enter_searches_at_once_and_escape_clears(qtbot: QtBot, window: MainWindow) -> None:
    field = window.search_bar.field
    qtbot.keyClicks(field, "sea")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.search.query == Words("sea")
    until_heading(qtbot, window, "“sea”")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    until_heading(qtbot, window, "20 photos, newest first")
    assert field.text() == ""


def test_keys_lead_to_the_search_field(qtbot: QtBot, window: MainWindow) -> None:
    field, grid = window.search_bar.field, window.grid
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Slash)
    until(qtbot, field.hasFocus)
    assert field.text() == ""
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, field.hasFocus)
    grid.setFocus()
    qtbot.keyClicks(grid, "c")
    until(qtbot, field.hasFocus)
    qtbot.keyClicks(field, "at")
    assert field.text() == "cat"


def test_photos_open_by_the_keyboard(qtbot: QtBot, window: MainWindow, viewer: Viewer) -> None:
    qtbot.keyClick(window.search_bar.field, Qt.Key.Key_Down)
    assert window.grid.hasFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_Right)
    qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    assert window.viewer.chosen() == (shown(window)[1],)
    qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window.grid, Qt.Key.Key_Return, control)
    until(qtbot, lambda: viewer.opened)
    assert viewer.opened == [shown(window)[1].path]
    qtbot.keyClick(window.grid, Qt.Key.Key_Up)
    assert window.search_bar.field.hasFocus()


def test_only_the_newest_query_is_answered(qtbot: QtBot, window: MainWindow) -> None:
    answers: list[Answer] = []
    window.session.answered.connect(answers.append)
    for text in ("sea", "snow", "car"):
        window.search_for(text)
    until_heading(qtbot, window, "“car”")
    assert [answer.request.query for answer in answers] == [Words("car")]


def test_an_answer_that_comes_late_is_dropped(qtbot: QtBot, window: MainWindow) -> None:
    answers: list[Answer] = []
    window.session.answered.connect(answers.append)
    window.search_for("sea")
    # The window is busy while the search thread answers; that answer waits for it already.
    time.sleep(0.5)
    window.search_for("car")
    until_heading(qtbot, window, "“car”")
    assert [answer.request.query for answer in answers] == [Words("car")]


def test_similar_photos_by_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    chosen = shown(window)[3].path
    trigger(open_menu(window, row=3), "Find Similar Photos")
    until_heading(qtbot, window, f"Photos similar to “{chosen.name}”")
    assert chosen not in {result.path for result in shown(window)}
    assert window.search_bar.text() == ""


def test_the_path_can_be_copied(window: MainWindow) -> None:
    trigger(open_menu(window, row=2), "Copy File and Path")
    data = QGuiApplication.clipboard().mimeData()
    assert Path(data.text()) == shown(window)[2].path
    assert Path(data.urls()[0].toLocalFile()) == shown(window)[2].path


def test_there_is_no_menu_beside_the_photos(window: MainWindow) -> None:
    window.grid.zoom(-9)  # so that the last row is in sight, and not full
    viewport = window.grid.viewport()
    corner = QPoint(viewport.width() - 2, viewport.height() - 2)
    assert not window.grid.indexAt(corner).isValid()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, corner, viewport.mapToGlobal(corner))
    QApplication.sendEvent(viewport, event)
    assert QApplication.activePopupWidget() is None


def test_a_photo_that_is_gone_is_told_of(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, viewer: Viewer
) -> None:
    window.photo_actions.open(tmp_path / "lost.jpg")
    until(qtbot, lambda: "lost.jpg is not there any more" in window.notice.text)
    assert viewer.opened == []


def test_a_query_without_sense_is_told_of_until_the_next(qtbot: QtBot, window: MainWindow) -> None:
    window.examples.find_similar(Path("/nowhere/none.jpg"))
    until(qtbot, lambda: "none.jpg" in window.notice.text)
    assert window.photos_page.heading.text() == "20 photos, newest first"
    window.search_for("sea")
    until_heading(qtbot, window, "“sea”")
    assert window.notice.text == ""


def test_thumbnails_come_to_the_tiles(qtbot: QtBot, window: MainWindow) -> None:
    seen: set[int] = set()
    window.grid.thumbnails.loaded.connect(seen.add)
    window.grid.zoom(1)
    until(qtbot, lambda: shown(window)[0].photo_id in seen)


def test_thumbnails_that_are_gone_are_made_again(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path
) -> None:
    shutil.rmtree(indexed / "thumbnails")
    window = open_window(indexed)
    until(qtbot, lambda: len(shown(window)) == 20)
    seen: set[int] = set()
    window.grid.thumbnails.loaded.connect(seen.add)
    window.grid.zoom(1)
    until(qtbot, lambda: shown(window)[0].photo_id in seen)
    content = shown(window)[0].content
    assert (indexed / "thumbnails" / "256" / content[:2] / f"{content[2:]}.jpg").stat().st_size


def test_the_size_of_the_thumbnails(qtbot: QtBot, window: MainWindow) -> None:
    before = window.grid.gridSize().width()
    qtbot.keyClick(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert window.grid.gridSize().width() > before
    for _ in range(9):
        window.grid.zoom(-1)
    assert window.grid.gridSize().width() < before
    # The cells fill the width, whatever their size.
    cells = window.grid.viewport().width() // window.grid.gridSize().width()
    unused = window.grid.viewport().width() - cells * window.grid.gridSize().width()
    assert unused <= cells


def test_the_grid_asks_for_more_at_its_end(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inphotos.gui.photo_search.PAGE", 8)
    window.resize(500, 400)
    window.search_for("sea")
    until_heading(qtbot, window, "“sea”")
    while window.grid.model().rowCount() < 20:
        rows = window.grid.model().rowCount()
        bar = window.grid.verticalScrollBar()
        bar.setValue(bar.maximum())
        until(qtbot, lambda rows=rows: window.grid.model().rowCount() > rows)
    assert len({result.photo_id for result in shown(window)}) == 20


def test_where_no_photo_passes_a_filter_there_is_advice_in_place_of_the_grid(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    window.search_for("camera:zeppelin")
    until_heading(qtbot, window, "No photo matches camera: zeppelin")
    page = window.photos_page
    assert "Take a part of the search away" in page.empty.body.text()
    assert page.empty.isVisible()
    assert not page.empty.headline.isVisible()
    assert not page.sort_button.isVisible()
    qtbot.mouseClick(page.back_button, Qt.MouseButton.LeftButton)
    until_heading(qtbot, window, "20 photos")
    assert window.grid.isVisible()
