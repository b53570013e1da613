"""Dragging photos out of the grid, as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, place_of, shown, until, until_idle
from gui.mouse import LEFT, move
from gui.small_grid import results, small_grid
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt
from PyQt6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPixmap
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inphotos.gui.drop_hint import DropHint
from inphotos.gui.grid.dragging import EDGE, drag_of, files_of
from inphotos.gui.grid.view import GridView
from inphotos.gui.main_window import MainWindow
from inphotos.gui.style import Appearance

COPY = Qt.DropAction.CopyAction


@pytest.fixture
def grid(qtbot: QtBot, appearance: Appearance) -> Iterator[GridView]:
    """A grid of four columns with 60 photos, in sections of 3, 7, 1 and 49."""
    with small_grid(qtbot) as view:
        yield view


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[Path], object]]:
    """The drags that were started, by the files in them: Qt would wait for the mouse."""
    started: list[tuple[list[Path], object]] = []

    def execute(drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        urls = drag.mimeData().urls()
        started.append(([Path(url.toLocalFile()) for url in urls], actions))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", execute)
    return started


def test_files_that_cannot_be_reached_stay_behind() -> None:
    photos = results(3)
    photos[1] = replace(photos[1], presence="offline")
    data = files_of(photos)
    assert data is not None
    assert [url.toLocalFile() for url in data.urls()] == ["/photos/0.jpg", "/photos/2.jpg"]
    assert files_of(photos[1:2]) is None
    assert files_of([]) is None


def test_the_picture_of_a_drag_tells_how_many(grid: GridView) -> None:
    pictures = [QPixmap(90, 60) for _ in range(5)]
    for picture, colour in zip(pictures, ("red", "green", "blue", "white", "black"), strict=True):
        picture.fill(Qt.GlobalColor[colour] if hasattr(Qt.GlobalColor, colour) else colour)
    one = drag_of(grid, results(1), pictures[:1])
    many = drag_of(grid, results(12), pictures)
    assert one is not None
    assert many is not None
    for drag in (one, many):
        assert drag.pixmap().deviceIndependentSize().width() > EDGE
        image = drag.pixmap().toImage()
        assert image.pixelColor(drag.hotSpot()).red() > 200  # the first is on top
    assert one.pixmap().toImage() != many.pixmap().toImage()
    assert drag_of(grid, [], []) is None


def test_a_photo_is_dragged_once_the_mouse_has_gone_far_enough(
    qtbot: QtBot, grid: GridView, drags: list[tuple[list[Path], object]]
) -> None:
    opened: list[object] = []
    grid.photo_opened.connect(opened.append)
    start = grid.visualRect(grid.model().index(4, 0)).center()
    distance = QApplication.startDragDistance()
    qtbot.mousePress(grid.viewport(), LEFT, pos=start)
    move(grid, start + QPoint(distance - 1, 0), held=True)
    assert drags == []
    move(grid, start + QPoint(distance, 0), held=True)
    move(grid, start + QPoint(3 * distance, 0), held=True)
    qtbot.mouseRelease(grid.viewport(), LEFT, pos=start)
    assert drags == [([Path("/photos/4.jpg")], COPY)]
    assert opened == []
    assert grid.selected_results() == ()


def test_the_selected_photos_go_together(
    qtbot: QtBot, grid: GridView, drags: list[tuple[list[Path], object]]
) -> None:
    for row in (0, 1, 5):
        grid.selection.toggle(row)
    for row in (1, 4):
        start = grid.visualRect(grid.model().index(row, 0)).center()
        qtbot.mousePress(grid.viewport(), LEFT, pos=start)
        move(grid, start + QPoint(0, 40), held=True)
        qtbot.mouseRelease(grid.viewport(), LEFT, pos=start)
    files = [[path.name for path in paths] for paths, _ in drags]
    assert files == [["0.jpg", "1.jpg", "5.jpg"], ["4.jpg"]]
    assert len(grid.selected_results()) == 3


class OwnEnter(QDragEnterEvent):
    """A drag that comes from the window itself, as Qt tells of one while it is under way."""

    grid: GridView

    def source(self) -> object:
        return self.grid.viewport()


class OwnMove(QDragMoveEvent):
    """Likewise."""

    grid: GridView

    def source(self) -> object:
        return self.grid.viewport()


class OwnDrop(QDropEvent):
    """Likewise."""

    grid: GridView

    def source(self) -> object:
        return self.grid.viewport()


def drag_over(window: MainWindow, data: QMimeData, point: QPoint) -> bool:
    """Drag the window's own photos to a point and drop them; return whether they are taken."""
    keys, accepted = Qt.KeyboardModifier.NoModifier, []
    for kind, place in (
        (OwnEnter, QPoint(window.width() // 2, window.height() // 2)),
        (OwnMove, point),
        (OwnDrop, QPointF(point)),
    ):
        event = kind(place, COPY, data, LEFT, keys)
        event.grid = window.grid
        QApplication.sendEvent(window, event)
        accepted.append(event.isAccepted())
    return accepted[-1]


def test_own_photos_are_searched_with_on_the_search_bar_only(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    photo = shown(window)[3]
    data = files_of([photo])
    assert data is not None
    hint = window.findChild(DropHint)
    assert not drag_over(window, data, window.grid.mapTo(window, place_of(window, 6)))
    assert not hint.isVisible()
    assert window.examples.examples == ()
    bar = window.search_bar
    assert drag_over(window, data, bar.mapTo(window, bar.rect().center()))
    until(qtbot, lambda: [given.photo for given in window.examples.examples] == [photo.path])
