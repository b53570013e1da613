"""The grid on the screen: sections, their headers, and the mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gui.small_grid import go, results, small_grid, tops
from PyQt6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QPointF, QRect, Qt
from PyQt6.QtGui import QColor, QEnterEvent, QImage
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.view import GridView
from inphotos.gui.style import DARK, LIGHT, Appearance
from inphotos.search.ranking import Result

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def grid(qtbot: QtBot, appearance: Appearance) -> Iterator[GridView]:
    """A grid of four columns with 60 photos, in sections of 3, 7, 1 and 49."""
    with small_grid(qtbot) as view:
        yield view


@pytest.fixture
def model(grid: GridView) -> GridModel:
    """Its model."""
    return grid.model()


def header(grid: GridView) -> QImage:
    """Return the pixels at the top where a header is, but for the line below it."""
    return strip(grid, 0)


def strip(grid: GridView, top: int) -> QImage:
    width = grid.viewport().width() // 2
    return grid.viewport().grab(QRect(0, top, width, grid.places.header - 1)).toImage()


def test_sections_begin_their_own_lines_below_headers(grid: GridView) -> None:
    edge, high = grid.places.edge, grid.places.header
    index = grid.model().index
    assert [grid.visualRect(index(row, 0)).left() for row in (0, 2, 3, 10, 11)] == [
        0,
        2 * edge,
        0,
        0,
        0,
    ]
    assert tops(grid) == [0, edge + high, 3 * edge + 2 * high, 4 * edge + 3 * high]
    assert grid.visualRect(index(3, 0)).top() == edge + 2 * high


def test_without_sections_there_is_no_header(grid: GridView, model: GridModel) -> None:
    model.set_sections(None)
    assert grid.visualRect(grid.model().index(0, 0)).top() == 0
    assert grid.visualRect(grid.model().index(5, 0)).topLeft() == QPoint(
        grid.places.edge, grid.places.edge
    )


def test_a_place_leads_to_the_photo_that_is_seen_there(grid: GridView) -> None:
    grid.verticalScrollBar().setValue(tops(grid)[1] + 10)
    for row in grid.rows_in_sight():
        rect = grid.visualRect(grid.model().index(row, 0))
        for point in (rect.center(), rect.bottomRight()):
            assert grid.indexAt(point).row() == row
    assert not grid.indexAt(QPoint(20, 5)).isValid()  # the header over a photo
    beside = grid.visualRect(grid.model().index(9, 0)).center() + QPoint(grid.places.edge, 0)
    assert not grid.indexAt(beside).isValid()


def test_the_header_stays_while_its_photos_scroll(grid: GridView) -> None:
    bar, begin = grid.verticalScrollBar(), tops(grid)[1]
    bar.setValue(begin)
    before, photos = header(grid), strip(grid, grid.places.header)
    bar.setValue(begin + grid.places.edge // 2)
    assert header(grid) == before
    assert strip(grid, grid.places.header) != photos


def test_the_next_header_pushes_it_out(grid: GridView) -> None:
    bar, high = grid.verticalScrollBar(), grid.places.header
    bar.setValue(tops(grid)[1])
    first = header(grid)
    bar.setValue(tops(grid)[2])
    second = header(grid)
    assert first != second
    bar.setValue(tops(grid)[2] - high // 2)
    half = high - high // 2
    shown = strip(grid, 0)
    assert shown.copy(0, 0, 300, half - 1) == first.copy(0, high - half, 300, half - 1)
    assert strip(grid, high // 2) == second


@pytest.mark.parametrize(("choice", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_headers_have_the_colours_of_the_theme(
    grid: GridView, appearance: Appearance, choice: str, theme: object
) -> None:
    appearance.choose(choice)
    grid.verticalScrollBar().setValue(tops(grid)[3] + 100)
    image = header(grid)
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert image.pixelColor(2, 2) == QColor(theme.window)
    assert theme.text in colours


def test_only_sections_that_are_complete_say_how_many_photos_they_have(
    grid: GridView, model: GridModel
) -> None:
    grid.verticalScrollBar().setValue(tops(grid)[3])
    counted = header(grid)
    grid.verticalScrollBar().setValue(0)
    first = header(grid)
    model.replace(results(60), complete=False)
    assert header(grid) == first
    grid.executeDelayedItemsLayout()
    grid.verticalScrollBar().setValue(tops(grid)[3])
    assert header(grid) != counted
    model.append([], complete=True)
    assert header(grid) == counted


def test_what_is_selected_is_found_by_its_region(grid: GridView) -> None:
    index = grid.model().index
    grid.verticalScrollBar().setValue(40)
    place = grid.visualRect(index(4, 0)).center()
    grid.setSelection(QRect(place, place), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert [chosen.row() for chosen in grid.selectedIndexes()] == [4]
    # From the last in the first section to the first in the second one, and all far below.
    selection = QItemSelection(index(2, 0), index(3, 0))
    selection.select(index(50, 0), index(59, 0))
    region = grid.visualRegionForSelection(selection)
    assert [region.contains(grid.visualRect(index(row, 0)).center()) for row in range(6)] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]
    assert region.boundingRect().bottom() == grid.visualRect(index(3, 0)).bottom()


def test_a_click_opens_the_photo_and_one_on_a_header_does_not(qtbot: QtBot, grid: GridView) -> None:
    opened: list[Result] = []
    grid.photo_opened.connect(opened.append)
    grid.verticalScrollBar().setValue(tops(grid)[3] + 60)
    qtbot.mouseClick(grid.viewport(), LEFT, pos=QPoint(60, grid.places.header // 2))
    assert opened == []
    assert grid.current_result() is None
    index = grid.model().index(16, 0)
    qtbot.mouseClick(grid.viewport(), LEFT, pos=grid.visualRect(index).center())
    assert [result.photo_id for result in opened] == [116]


def test_rows_that_come_in_while_the_button_is_down_open_nothing_else(
    qtbot: QtBot, grid: GridView, model: GridModel
) -> None:
    opened: list[Result] = []
    grid.photo_opened.connect(opened.append)
    place = grid.visualRect(grid.model().index(4, 0)).center()
    qtbot.mousePress(grid.viewport(), LEFT, pos=place)
    model.update(results(30, first=30) + results(30), complete=True)
    qtbot.mouseRelease(grid.viewport(), LEFT, pos=place)
    assert opened == []


def test_the_photo_under_the_pointer_has_a_ring(qtbot: QtBot, grid: GridView) -> None:
    index = grid.model().index(1, 0)
    rect = grid.visualRect(index)
    plain = grid.viewport().grab(rect).toImage()
    point = QPointF(rect.center())
    QApplication.sendEvent(grid.viewport(), QEnterEvent(point, point, point))
    qtbot.mouseMove(grid.viewport(), rect.center())
    hovered = grid.viewport().grab(rect).toImage()
    assert hovered != plain
    QApplication.sendEvent(grid.viewport(), QEvent(QEvent.Type.Leave))
    assert grid.viewport().grab(rect).toImage() == plain
    go(grid, 1)
    assert grid.viewport().grab(rect).toImage() not in (plain, hovered)


def test_entering_the_grid_makes_a_photo_current_and_selects_none(grid: GridView) -> None:
    grid.enter()
    assert grid.currentIndex().row() == 0
    assert grid.selected_results() == ()


def on_screen(grid: GridView) -> QImage:
    """Return what has been painted so far."""
    return grid.screen().grabWindow(grid.winId()).toImage()


def test_scrolling_leaves_nothing_behind(qtbot: QtBot, grid: GridView) -> None:
    bar = grid.verticalScrollBar()
    grid.setCurrentIndex(grid.model().index(12, 0))
    for value in (7, 90, 320, 300, 261, 700, 640, 30, 0, 45, 46, 44):
        bar.setValue(value)
        QApplication.processEvents()
        scrolled = on_screen(grid)
        grid.viewport().repaint()
        assert scrolled == on_screen(grid), value


def test_the_scroll_bar_ends_with_the_photos_as_soon_as_they_are_painted(
    grid: GridView, model: GridModel
) -> None:
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    model.set_sections(None)
    grid.viewport().repaint()
    assert bar.maximum() == grid.places.height - grid.viewport().height()
