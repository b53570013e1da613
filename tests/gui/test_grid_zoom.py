"""The size of the tiles: by wheel, fingers, keys and slider, with the photos where they were."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, until, until_idle
from gui.small_grid import go, small_grid, tops
from PIL import Image
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inphotos.gui.grid.thumbnails import Wish
from inphotos.gui.grid.view import LEAST_TILE_SIZE, MOST_TILE_SIZE, NOTCH, GridView
from inphotos.gui.style import Appearance
from inphotos.gui.zoom_slider import ZoomSlider

CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def grid(qtbot: QtBot, appearance: Appearance) -> Iterator[GridView]:
    """A grid of four columns with 60 photos, in sections of 3, 7, 1 and 49."""
    with small_grid(qtbot) as view:
        yield view


def turn(grid: GridView, delta: int, point: QPoint, keys: Qt.KeyboardModifier = CTRL) -> None:
    """Turn the wheel over a point of the grid."""
    viewport, none = grid.viewport(), Qt.MouseButton.NoButton
    event = QWheelEvent(
        QPointF(point),
        QPointF(viewport.mapToGlobal(point)),
        QPoint(),
        QPoint(0, delta),
        none,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def pinch(grid: GridView, value: float, point: QPoint) -> None:
    """Spread two fingers on the touchpad (or draw them together, below 0)."""
    viewport = grid.viewport()
    place, on_screen = QPointF(point), QPointF(viewport.mapToGlobal(point))
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        on_screen,
        value,
        QPointF(),
    )
    QApplication.sendEvent(viewport, event)


def test_the_wheel_zooms_around_the_photo_under_the_pointer(grid: GridView) -> None:
    grid.verticalScrollBar().setValue(tops(grid)[3] + 400)
    index = grid.model().index(grid.rows_in_sight().start + 5, 0)
    point = grid.visualRect(index).center()
    sizes, begin = [grid.gridSize().width()], grid.verticalScrollBar().value()
    for delta in (NOTCH, -NOTCH, -NOTCH):
        turn(grid, delta, point)
        sizes.append(grid.gridSize().width())
        rect = grid.visualRect(index)
        assert abs(rect.center().y() - point.y()) <= 2
    assert sizes[1] > sizes[0] >= sizes[2] > sizes[3]
    turn(grid, NOTCH, point)
    assert abs(grid.verticalScrollBar().value() - begin) <= 2
    turn(grid, -NOTCH, point)
    value = grid.verticalScrollBar().value()
    turn(grid, NOTCH, point, PLAIN)
    assert grid.gridSize().width() == sizes[3]
    assert grid.verticalScrollBar().value() < value


def test_parts_of_a_notch_add_up(grid: GridView) -> None:
    before, point = grid.tile_size, QPoint(50, 90)
    for _ in range(3):
        turn(grid, NOTCH // 4, point)
    assert grid.tile_size == before
    turn(grid, NOTCH // 4, point)
    assert grid.tile_size > before


def test_fingers_zoom_without_steps(grid: GridView) -> None:
    before, point = grid.tile_size, QPoint(400, 200)
    for _ in range(20):
        pinch(grid, 0.002, point)
    assert before < grid.tile_size < before * 1.06
    pinch(grid, -0.5, point)
    assert grid.tile_size < before * 0.6


def test_every_step_can_be_seen_until_the_end(grid: GridView) -> None:
    for steps, end in ((1, MOST_TILE_SIZE), (-1, LEAST_TILE_SIZE)):
        columns = [grid.places.columns]
        while grid.tile_size != end:
            grid.zoom(steps)
            columns.append(grid.places.columns)
        assert len(set(columns[:-1])) == len(columns) - 1
        assert columns == sorted(columns, reverse=steps > 0)
        grid.zoom(steps)
        assert grid.tile_size == end


def test_the_current_photo_stays_in_sight_or_else_the_first(grid: GridView) -> None:
    grid.verticalScrollBar().setValue(tops(grid)[3] + 100)
    first = grid.rows_in_sight().start
    grid.zoom(2)
    assert first in grid.rows_in_sight()
    grid.zoom(-3)
    row = grid.rows_in_sight()[-2]
    go(grid, row)
    for steps in (3, -4):
        grid.zoom(steps)
        rect = grid.visualRect(grid.currentIndex())
        assert rect.top() >= 0
        assert rect.top() < grid.viewport().height() - rect.height() // 2


def test_the_slider_and_the_tiles_go_together(
    qtbot: QtBot, grid: GridView, appearance: Appearance
) -> None:
    zoom = ZoomSlider(grid)
    qtbot.addWidget(zoom)
    zoom.show()
    start, size = zoom.slider.value(), grid.tile_size
    qtbot.mouseClick(zoom.larger_button, Qt.MouseButton.LeftButton)
    assert (zoom.slider.value() > start, grid.tile_size > size) == (True, True)
    qtbot.keyClick(zoom.slider, Qt.Key.Key_Home)
    assert grid.tile_size == LEAST_TILE_SIZE
    qtbot.keyClick(zoom.slider, Qt.Key.Key_End)
    assert grid.tile_size == MOST_TILE_SIZE
    grid.tile_size = 10_000
    assert grid.tile_size == MOST_TILE_SIZE
    qtbot.mouseClick(zoom.smaller_button, Qt.MouseButton.LeftButton)
    assert zoom.slider.value() < zoom.slider.maximum()


class Source:
    """Gives one plain picture for every photo, and takes note of what was wanted."""

    def __init__(self, folder: Path) -> None:
        self.edges: list[int] = []
        self.gate = threading.Event()
        self._file = folder / "plain.jpg"
        Image.new("RGB", (300, 200), "red").save(self._file)

    def find(self, content: str, edge: int) -> Path | None:
        self.gate.wait()
        self.edges.append(edge)
        return self._file

    def get(self, path: Path, content: str, edge: int) -> Path | None:
        return None

    def close(self) -> None:
        self.gate.set()


def test_thumbnails_of_the_former_size_stay_until_the_sharper_ones_come(
    qtbot: QtBot, grid: GridView, tmp_path: Path
) -> None:
    source = Source(tmp_path)
    source.gate.set()
    grid.thumbnails.set_source(source)
    grid.viewport().update()

    def red(row: int) -> bool:
        place = grid.visualRect(grid.model().index(row, 0)).center()
        colour = grid.viewport().grab().toImage().pixelColor(place)
        return colour.red() > 200 and colour.green() < 60

    until(qtbot, lambda: red(0))
    before, columns = len(source.edges), grid.places.columns
    source.gate.clear()
    sizes = set()
    for _ in range(3):
        grid.zoom(1)
        sizes.add(grid.places.edge)
        assert red(0)
    assert len(sizes) > 1
    assert grid.places.columns < columns
    source.gate.set()
    until(qtbot, lambda: len(source.edges) > before)
    # Nothing was read for the sizes on the way.
    edge = source.edges[-1]
    until(qtbot, lambda: set(source.edges[before:]) == {edge})
    assert grid.thumbnails.pixmap(wish_of(grid, 0, edge)) is not None


def wish_of(grid: GridView, row: int, edge: int) -> Wish:
    result = grid.model().results[row]
    return Wish(result.photo_id, result.path, result.content, edge, 1.0)


def test_the_size_comes_back(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    window.grid.tile_size = 173
    window.close()
    again = open_window(indexed)
    assert again.grid.tile_size == 173
    slider = again.footer.findChild(ZoomSlider).slider
    assert slider.isVisible()
    again.footer.resize(260, again.footer.height())
    assert not slider.isVisible()
