"""Moving through the grid: by keys, by scrolling, and back to a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from gui.helpers import until
from gui.small_grid import day, go, results, small_grid, tops
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.view import GridPlace, GridView
from inphotos.gui.style import Appearance

Key = Qt.Key
Hint = QAbstractItemView.ScrollHint


@pytest.fixture
def grid(qtbot: QtBot, appearance: Appearance) -> Iterator[GridView]:
    """A grid of four columns with 60 photos, in sections of 3, 7, 1 and 49."""
    with small_grid(qtbot) as view:
        yield view


@pytest.fixture
def model(grid: GridView) -> GridModel:
    """Its model."""
    return grid.model()


def walk(qtbot: QtBot, grid: GridView, *keys: Qt.Key) -> list[int]:
    """Press keys; return the current rows on the way."""
    rows = []
    for key in keys:
        qtbot.keyClick(grid, key)
        rows.append(grid.currentIndex().row())
    return rows


def test_keys_cross_sections_and_keep_the_column(qtbot: QtBot, grid: GridView) -> None:
    # Sections:  0 1 2 | 3 4 5 6 / 7 8 9 | 10 | 11 12 13 14 / ...
    go(grid, 2)
    down, up = Key.Key_Down, Key.Key_Up
    assert walk(qtbot, grid, down, down, down, down, down) == [5, 9, 10, 13, 17]
    assert walk(qtbot, grid, up, up, up, up, up) == [13, 10, 9, 5, 2]
    go(grid, 9)
    assert walk(qtbot, grid, Key.Key_Right, Key.Key_Right, Key.Key_Left) == [10, 11, 10]
    assert walk(qtbot, grid, down, up) == [11, 10]
    assert walk(qtbot, grid, Key.Key_Home, Key.Key_Left, Key.Key_End, Key.Key_Right, down) == [
        0,
        0,
        59,
        59,
        59,
    ]


def test_pages_are_as_high_as_the_view(qtbot: QtBot, grid: GridView) -> None:
    go(grid, 1)
    page = grid.viewport().height()
    rows, places = [1], grid.places
    while rows[-1] < 56:
        rows += walk(qtbot, grid, Key.Key_PageDown)
        step = places.place(rows[-1])[1] - places.place(rows[-2])[1]
        assert 0 < step <= page
    assert len(rows) < places.lines
    back = walk(qtbot, grid, *[Key.Key_PageUp] * len(rows))
    assert back[-1] == 1
    assert back == sorted(back, reverse=True)


def test_the_keyboard_leaves_upwards_from_the_first_line_only(qtbot: QtBot, grid: GridView) -> None:
    go(grid, 3)
    with qtbot.assertNotEmitted(grid.left_upwards):
        qtbot.keyClick(grid, Key.Key_Up)
    with qtbot.waitSignal(grid.left_upwards, timeout=1000):
        qtbot.keyClick(grid, Key.Key_Up)


@pytest.mark.parametrize("row", [0, 5, 10, 11, 30, 59])
def test_scrolls_to_a_photo(grid: GridView, row: int) -> None:
    index, height = grid.model().index(row, 0), grid.viewport().height()
    high, most = grid.places.header, grid.verticalScrollBar().maximum()
    for start in (0, most):
        grid.verticalScrollBar().setValue(start)
        grid.scrollTo(index)
        rect = grid.visualRect(index)
        assert rect.top() >= high  # below the header
        assert rect.bottom() < height
    wanted = {
        Hint.PositionAtTop: high,
        Hint.PositionAtBottom: height - rect.height(),
        Hint.PositionAtCenter: (high + height - rect.height()) / 2,
    }
    for hint, top in wanted.items():
        grid.scrollTo(index, hint)
        at_an_end = grid.verticalScrollBar().value() in (0, most)
        assert at_an_end or abs(grid.visualRect(index).top() - top) <= 1


def test_the_photo_that_the_keys_reach_is_in_sight(qtbot: QtBot, grid: GridView) -> None:
    go(grid, 0)
    for key in (Key.Key_Down, Key.Key_PageDown, Key.Key_End, Key.Key_PageUp, Key.Key_Home):
        qtbot.keyClick(grid, key)
        rect = grid.visualRect(grid.currentIndex())
        assert rect.top() >= grid.places.header
        assert rect.bottom() < grid.viewport().height()


def test_more_is_asked_for_before_the_end_is_reached(
    qtbot: QtBot, grid: GridView, model: GridModel
) -> None:
    model.replace(results(60), complete=False)
    asked: list[int] = []
    model.more_wanted.connect(lambda: asked.append(grid.verticalScrollBar().value()))
    qtbot.wait(50)
    assert asked == []
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum() - grid.viewport().height() // 2)
    until(qtbot, lambda: len(asked) == 1)
    model.append(results(3, first=60), complete=False)
    until(qtbot, lambda: len(asked) == 2)  # it is near the end still


def test_a_grid_that_is_not_full_asks_for_more(
    qtbot: QtBot, grid: GridView, model: GridModel
) -> None:
    with qtbot.waitSignal(model.more_wanted, timeout=5000):
        model.replace(results(2), complete=False)


def test_other_results_are_shown_from_the_top(grid: GridView, model: GridModel) -> None:
    grid.verticalScrollBar().setValue(500)
    model.replace(results(60), complete=True)
    assert grid.verticalScrollBar().value() == 0


@pytest.mark.parametrize("change", [lambda grid: grid.zoom(-2), lambda grid: grid.resize(500, 500)])
def test_other_sizes_keep_what_is_in_sight(
    grid: GridView, change: Callable[[GridView], None]
) -> None:
    grid.verticalScrollBar().setValue(tops(grid)[3] + grid.places.edge)
    first = grid.rows_in_sight().start
    change(grid)
    assert grid.places.columns != 4
    assert first in grid.rows_in_sight()
    assert grid.gridSize().width() == grid.places.edge


def test_other_sizes_keep_the_current_photo_in_sight(grid: GridView) -> None:
    grid.verticalScrollBar().setValue(tops(grid)[3])
    go(grid, grid.rows_in_sight().stop - 1)
    grid.resize(460, 400)
    assert grid.places.columns == 2
    assert grid.currentIndex().row() in grid.rows_in_sight()
    # One that is far away is not brought in.
    grid.verticalScrollBar().setValue(0)
    grid.resize(900, 500)
    assert grid.rows_in_sight().start == 0


def test_photos_stay_where_they_are_when_a_section_comes_in_above(
    grid: GridView, model: GridModel
) -> None:
    grid.verticalScrollBar().setValue(tops(grid)[3] + 100)
    row = grid.rows_in_sight().start
    top = grid.visualRect(grid.model().index(row, 0)).top()
    with grid.keep_place():
        model.update(results(7, first=500) + results(60), complete=True)
    assert day(model.results[0]) == "Day 4"
    assert grid.visualRect(grid.model().index(row + 7, 0)).top() == top


def test_goes_back_to_a_place(grid: GridView, model: GridModel) -> None:
    go(grid, 30)
    grid.verticalScrollBar().setValue(tops(grid)[3] + 333)
    place, value = grid.place(), grid.verticalScrollBar().value()
    assert place.current_id == 130
    assert place.photo_id == 100 + grid.rows_in_sight().start
    model.replace(results(9, first=200), complete=True)
    assert not grid.go_to(place)
    assert grid.current_result() is None
    model.replace(results(60), complete=True)
    assert grid.go_to(place)
    assert grid.verticalScrollBar().value() == value
    assert grid.current_result().photo_id == 130
    assert grid.selected_results() == ()
    assert grid.place() == place


def test_a_place_without_a_current_photo_takes_the_current_one_away(grid: GridView) -> None:
    place = grid.place()
    assert place == GridPlace(100, grid.places.header, None)
    go(grid, 50)
    assert grid.go_to(place)
    assert grid.current_result() is None
    assert grid.selectedIndexes() == []
    assert grid.verticalScrollBar().value() == 0


def test_the_place_in_an_empty_grid_is_its_top(grid: GridView, model: GridModel) -> None:
    model.replace([], complete=True)
    place = grid.place()
    assert place == GridPlace(None, 0, None)
    assert grid.go_to(place)
    assert grid.viewport().grab().toImage().size() == grid.viewport().size()


def test_what_is_in_sight_is_told(qtbot: QtBot, grid: GridView) -> None:
    with qtbot.waitSignal(grid.sight_changed, timeout=5000) as told:
        grid.verticalScrollBar().setValue(tops(grid)[2])
    # The header covers what lies at the top: the line of section 2 is the first to be seen.
    assert told.args[0][0] == 110
    assert told.args[0] == tuple(100 + row for row in grid.rows_in_sight())
