"""Selecting photos in the grid, with the mouse and with keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, place_of, shown, until, until_heading, until_idle
from gui.mouse import LEFT, move
from gui.small_grid import go, results, small_grid
from PyQt6.QtCore import QEvent, QPoint, QRect, Qt
from PyQt6.QtGui import QFocusEvent
from PyQt6.QtTest import QAbstractItemModelTester
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from inphotos.gui.grid import tile_marks
from inphotos.gui.grid.delegate import tile_in
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.selection import joined
from inphotos.gui.grid.view import GridView
from inphotos.gui.kept_values import FILE_NAME
from inphotos.gui.main_window import MainWindow
from inphotos.gui.photo_commands import PhotoCommand
from inphotos.gui.style import DARK, Appearance
from inphotos.search.ranking import Match, Result

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def grid(qtbot: QtBot, appearance: Appearance) -> Iterator[GridView]:
    """A grid of four columns with 60 photos, in sections of 3, 7, 1 and 49."""
    with small_grid(qtbot) as view:
        QAbstractItemModelTester(
            view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, view
        )
        yield view


@pytest.fixture
def model(grid: GridView) -> GridModel:
    """Its model."""
    return grid.model()


@pytest.fixture
def opened(grid: GridView) -> list[Result]:
    """The photos that were opened."""
    found: list[Result] = []
    grid.photo_opened.connect(found.append)
    return found


def cell(grid: GridView, row: int) -> QRect:
    return grid.visualRect(grid.model().index(row, 0))


def check(grid: GridView, row: int) -> QPoint:
    """Return where the check mark of a row is."""
    return tile_marks.check_rect(tile_in(cell(grid, row))).center().toPoint()


def click(qtbot: QtBot, grid: GridView, point: QPoint, keys: Qt.KeyboardModifier = PLAIN) -> None:
    qtbot.mouseClick(grid.viewport(), LEFT, keys, point)


def selected(grid: GridView) -> list[int]:
    """Return the selected photos by number; their ids begin at 100."""
    return [result.photo_id - 100 for result in grid.selected_results()]


def test_clicks_select_from_the_first_check_mark_on(
    qtbot: QtBot, grid: GridView, opened: list[Result]
) -> None:
    counts: list[int] = []
    grid.selection_changed.connect(counts.append)
    click(qtbot, grid, check(grid, 4))
    click(qtbot, grid, cell(grid, 1).center())
    assert selected(grid) == [1, 4]
    assert opened == []
    click(qtbot, grid, cell(grid, 4).center())
    click(qtbot, grid, check(grid, 1))
    assert counts == [1, 2, 1, 0]
    click(qtbot, grid, cell(grid, 1).center())
    assert [result.photo_id for result in opened] == [101]


def test_control_and_shift_select_at_once(
    qtbot: QtBot, grid: GridView, opened: list[Result]
) -> None:
    click(qtbot, grid, cell(grid, 6).center(), CTRL)
    click(qtbot, grid, cell(grid, 1).center(), CTRL)
    click(qtbot, grid, cell(grid, 4).center(), SHIFT)
    assert selected(grid) == [1, 2, 3, 4, 6]
    # The other way from where the stretch begins, beside what was selected before.
    click(qtbot, grid, check(grid, 0), SHIFT)
    assert selected(grid) == [0, 1, 6]
    click(qtbot, grid, cell(grid, 0).center(), CTRL)
    assert selected(grid) == [1, 6]
    assert opened == []


def test_quick_clicks_select_one_by_one(qtbot: QtBot, grid: GridView) -> None:
    for times in (1, 2):
        qtbot.mouseClick(grid.viewport(), LEFT, PLAIN, check(grid, 3))
        qtbot.mouseDClick(grid.viewport(), LEFT, PLAIN, check(grid, 3))
        qtbot.mouseRelease(grid.viewport(), LEFT, PLAIN, check(grid, 3))
        assert selected(grid) == [], times


def test_a_double_click_opens_a_photo_once(
    qtbot: QtBot, grid: GridView, opened: list[Result]
) -> None:
    place = cell(grid, 3).center()
    click(qtbot, grid, place)
    qtbot.mouseDClick(grid.viewport(), LEFT, PLAIN, place)
    qtbot.mouseRelease(grid.viewport(), LEFT, PLAIN, place)
    assert len(opened) == 1


def test_keys_select_on_their_way(qtbot: QtBot, grid: GridView) -> None:
    go(grid, 4)
    for key in (Key.Key_Right, Key.Key_Down):
        qtbot.keyClick(grid, key, SHIFT)
    assert selected(grid) == [4, 5, 6, 7, 8, 9]
    qtbot.keyClick(grid, Key.Key_Up, SHIFT)
    assert selected(grid) == [4, 5]
    # Without Shift the keys leave the selection alone, and the next stretch begins anew.
    qtbot.keyClick(grid, Key.Key_End)
    qtbot.keyClick(grid, Key.Key_Left, CTRL)
    qtbot.keyClick(grid, Key.Key_Space, CTRL)
    assert selected(grid) == [4, 5, 58]
    qtbot.keyClick(grid, Key.Key_Right, SHIFT)
    assert selected(grid) == [4, 5, 58, 59]
    qtbot.keyClick(grid, Key.Key_Space, CTRL)
    assert selected(grid) == [4, 5, 58]
    qtbot.keyClick(grid, Key.Key_Home)
    qtbot.keyClick(grid, Key.Key_PageDown, SHIFT)
    assert selected(grid)[:3] == [0, 1, 2]
    assert grid.currentIndex().row() in grid.rows_in_sight()


def test_commands_are_for_the_selected_photos_or_else_the_current_one(
    qtbot: QtBot, grid: GridView, model: GridModel
) -> None:
    assert grid.chosen_results() == ()
    go(grid, 5)
    assert grid.selected_results() == ()
    assert [result.photo_id for result in grid.chosen_results()] == [105]
    click(qtbot, grid, check(grid, 2))
    click(qtbot, grid, check(grid, 0))
    go(grid, 5)
    assert grid.chosen_results() == grid.selected_results()
    assert grid.meant_with(model.results[2]) == grid.selected_results()
    assert grid.meant_with(model.results[7]) == (model.results[7],)


def test_a_band_selects_what_it_touches(qtbot: QtBot, grid: GridView) -> None:
    viewport, edge = grid.viewport(), grid.places.edge
    below = cell(grid, 9)
    start = QPoint(below.right() + edge // 2, below.center().y())  # where the line has ended
    qtbot.mousePress(viewport, LEFT, pos=start)
    move(grid, cell(grid, 5).center(), held=True)
    assert selected(grid) == [5, 6, 9]
    banded = viewport.grab().toImage()
    move(grid, below.center(), held=True)
    assert selected(grid) == [9]
    qtbot.mouseRelease(viewport, LEFT, pos=below.center())
    assert selected(grid) == [9]
    assert viewport.grab().toImage() != banded
    for keys, expected in ((CTRL, [0, 1, 9]), (PLAIN, [0, 1])):
        qtbot.mousePress(viewport, LEFT, keys, cell(grid, 0).topLeft() + QPoint(2, 2))
        move(grid, cell(grid, 1).center(), held=True, keys=keys)
        qtbot.mouseRelease(viewport, LEFT, keys, cell(grid, 1).center())
        assert selected(grid) == expected


def test_a_click_on_the_ground_selects_nothing(
    qtbot: QtBot, grid: GridView, opened: list[Result]
) -> None:
    click(qtbot, grid, check(grid, 4))
    click(qtbot, grid, cell(grid, 0).topLeft() + QPoint(1, 1), CTRL)
    assert selected(grid) == [4]
    click(qtbot, grid, cell(grid, 0).topLeft() + QPoint(1, 1))
    assert selected(grid) == []
    assert opened == []


def test_a_band_at_the_edge_scrolls(qtbot: QtBot, grid: GridView) -> None:
    viewport = grid.viewport()
    qtbot.mousePress(viewport, LEFT, pos=cell(grid, 0).topLeft() + QPoint(1, 1))
    move(grid, QPoint(viewport.width() - 3, viewport.height() + 40), held=True)
    until(qtbot, lambda: len(selected(grid)) > 30)
    assert selected(grid) == list(range(len(selected(grid))))
    assert grid.verticalScrollBar().value() > grid.places.edge
    qtbot.mouseRelease(viewport, LEFT, pos=QPoint(9, 9))
    value = grid.verticalScrollBar().value()
    qtbot.wait(60)
    assert grid.verticalScrollBar().value() == value


def test_lines_of_a_band_that_follow_on_each_other_are_one_stretch() -> None:
    assert joined([]) == []
    assert joined([range(4), range(4, 8), range(9, 10), range(10, 12)]) == [
        range(8),
        range(9, 12),
    ]


def test_photos_stay_selected_while_others_come_and_go(
    qtbot: QtBot, grid: GridView, model: GridModel
) -> None:
    for row in (1, 2, 8):
        click(qtbot, grid, check(grid, row))
    assert selected(grid) == [1, 2, 8]
    rows = results(60)
    model.update(results(3, first=200) + rows[:2] + results(1, first=300) + rows[2:], complete=True)
    assert selected(grid) == [1, 2, 8]
    model.update([*rows[7::-1], *rows[9:]], complete=True)  # 8 has gone
    assert selected(grid) == [2, 1]
    model.update([replace(row, alike=3) for row in model.results], complete=True)
    assert [result.alike for result in grid.selected_results()] == [3, 3]
    model.replace(results(60), complete=True)
    assert selected(grid) == []
    assert grid.selection.count == 0


def test_all_are_selected_as_they_come(qtbot: QtBot, grid: GridView, model: GridModel) -> None:
    asked: list[bool] = []
    model.replace(results(60), complete=False)
    go(grid, 3)
    model.go_on()
    model.more_wanted.connect(lambda: asked.append(model.all_wanted))
    qtbot.keyClick(grid, Key.Key_A, CTRL)
    assert asked == [True]
    assert len(selected(grid)) == 60
    # Some of them would not do for a command.
    assert grid.chosen_results() == ()
    model.append(results(50, first=60), complete=False)
    assert len(asked) == 2
    model.append(results(5, first=110), complete=True)
    assert selected(grid) == list(range(115))
    assert grid.chosen_results() == grid.selected_results()
    assert grid.selection.rows() == [range(115)]
    assert not model.all_wanted
    # From now on, new ones are not.
    model.append(results(1, first=500), complete=True)
    assert len(selected(grid)) == 115


def test_selecting_all_can_be_given_up(qtbot: QtBot, grid: GridView, model: GridModel) -> None:
    model.replace(results(60), complete=False)
    grid.selectAll()
    assert grid.clear_selection()
    assert not grid.clear_selection()
    model.append(results(5, first=60), complete=False)
    assert selected(grid) == []
    grid.selectAll()
    model.go_on()  # they could not be read
    assert not grid.selection.gathering
    assert len(grid.chosen_results()) == 65


def test_all_of_a_search_are_its_matches_first(
    qtbot: QtBot, grid: GridView, model: GridModel
) -> None:
    def found(count: int, first: int, match: Match) -> list[Result]:
        return [Result(r.rank, r.photo_id, r.path, r.content, 4, 3, 0.3, match)
                for r in results(count, first)]  # fmt: skip

    asked: list[bool] = []
    model.replace(found(20, 0, "strong") + found(10, 20, "maybe"), complete=False)
    model.more_wanted.connect(lambda: asked.append(True))
    go(grid, 0)
    qtbot.keyClick(grid, Key.Key_A, CTRL)
    model.append(found(2, 30, "maybe") + found(8, 32, "none"), complete=False)
    assert selected(grid) == list(range(32))
    assert not grid.selection.gathering
    before = len(asked)
    qtbot.keyClick(grid, Key.Key_A, CTRL)
    assert len(asked) == before + 1
    model.append(found(5, 40, "none"), complete=True)
    assert len(selected(grid)) == 45


def test_tiles_show_what_a_click_would_do(qtbot: QtBot, grid: GridView) -> None:
    place = check(grid, 4)

    def corner(row: int) -> object:
        rect = tile_marks.check_rect(tile_in(cell(grid, row))).toRect()
        return grid.viewport().grab(rect).toImage()

    plain = corner(4)
    move(grid, cell(grid, 4).center())
    hovered = corner(4)
    assert hovered != plain
    assert corner(5) == plain
    click(qtbot, grid, place)
    assert corner(4) not in (plain, hovered)
    assert corner(5) != plain  # hollow
    grid.clear_selection()
    move(grid, cell(grid, 0).center())
    go(grid, 4)
    ringed = corner(4)
    qtbot.keyClick(grid, Key.Key_Right)
    qtbot.keyClick(grid, Key.Key_Left)
    assert corner(4) != ringed  # keys lead to it


def test_keys_that_moved_the_focus_elsewhere_show_no_check_marks(grid: GridView) -> None:
    place = tile_marks.check_rect(tile_in(cell(grid, 5))).center().toPoint()
    plain = grid.viewport().grab().toImage().pixelColor(place)
    # Qt sets it once Tab was pressed anywhere in the window.
    grid.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    assert grid.viewport().grab().toImage().pixelColor(place) == plain


def test_a_selected_tile_stands_out_in_dark_too(
    qtbot: QtBot, grid: GridView, appearance: Appearance
) -> None:
    appearance.choose("dark")
    tile = tile_in(cell(grid, 4))
    point = tile.bottomLeft() + QPoint(12, -6)
    ground = grid.viewport().grab().toImage().pixelColor(point)
    assert ground.name() == DARK.tile
    grid.selection.toggle(4)
    tinted = grid.viewport().grab().toImage().pixelColor(point)
    assert tinted.blue() > ground.blue() + 20


def test_a_heart_is_clicked_where_there_are_hearts(
    qtbot: QtBot, grid: GridView, model: GridModel, opened: list[Result]
) -> None:
    toggled: list[int] = []
    grid.favorite_toggled.connect(lambda result: toggled.append(result.photo_id))
    heart = tile_marks.heart_rect(tile_in(cell(grid, 4))).center().toPoint()
    click(qtbot, grid, heart)
    assert (len(opened), toggled) == (1, [])
    grid.set_marks(lambda photo_id: (photo_id == 104, 3 if photo_id == 104 else 0))
    click(qtbot, grid, heart)
    assert (len(opened), toggled) == (1, [104])
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(4).data(role) == "4.jpg, favourite, 3 stars"
    grid.selection.toggle(5)
    assert model.index(5).data(role) == "5.jpg, selected"
    plain = grid.viewport().grab(cell(grid, 4)).toImage()
    grid.set_marks(None)
    assert grid.viewport().grab(cell(grid, 4)).toImage() != plain


def test_focus_by_mouse_makes_no_photo_current(grid: GridView, model: GridModel) -> None:
    model.replace(results(9), complete=True)
    focus = QEvent.Type.FocusIn
    QApplication.sendEvent(grid, QFocusEvent(focus, Qt.FocusReason.MouseFocusReason))
    assert grid.chosen_results() == ()
    QApplication.sendEvent(grid, QFocusEvent(focus, Qt.FocusReason.TabFocusReason))
    assert grid.currentIndex().row() == 0


# In the window


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    made = open_window(indexed)
    until_idle(qtbot, made, photos=20)
    return made


def pressed(window: MainWindow, qtbot: QtBot) -> Callable[..., None]:
    def press(key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
        qtbot.keyClick(window.grid, key, keys)

    return press


def test_the_bar_offers_what_can_be_done(qtbot: QtBot, window: MainWindow) -> None:
    done: list[tuple[Result, ...]] = []
    window.commands.add(
        PhotoCommand(
            "export", "Export…", "copy", "file", lambda p: done.append(tuple(p)), several=True
        )
    )
    grid, press = window.grid, pressed(window, qtbot)
    bar = window.selection_bar
    height = window.photos_page.heading.parentWidget().height()
    top = grid.mapTo(window, QPoint(0, 0))
    grid.enter()
    press(Key.Key_Space, CTRL)
    assert bar.isVisible()
    assert not window.photos_page.heading.isVisible()
    assert bar.text == "1 selected"
    assert bar.height() == height
    assert grid.mapTo(window, QPoint(0, 0)) == top
    for_all = ["favorite", "tags", "export", "copy", "trash"]
    until(qtbot, lambda: set(bar.buttons) == {*for_all, "similar", "copy_image"})
    press(Key.Key_Right, SHIFT)
    until(qtbot, lambda: set(bar.buttons) == {*for_all, "compare"})
    qtbot.mouseClick(bar.buttons["favorite"], LEFT)
    until(qtbot, lambda: bar.buttons["favorite"].accessibleName() == "Remove from Favourites")
    qtbot.mouseClick(bar.buttons["export"], LEFT)
    assert done == [tuple(shown(window)[:2])]
    assert bar.buttons["export"].accessibleName() == "Export"
    qtbot.mouseClick(bar.all_button, LEFT)
    assert bar.text == "20 selected"
    until(qtbot, lambda: list(bar.buttons) == for_all)
    qtbot.mouseClick(bar.clear_button, LEFT)
    assert not bar.isVisible()
    assert window.photos_page.heading.isVisible()


def test_keys_of_the_window_select_and_clear(qtbot: QtBot, window: MainWindow) -> None:
    grid, press = window.grid, pressed(window, qtbot)
    window.search_for("sea")
    until_heading(qtbot, window, "“sea”")
    grid.enter()
    press(Key.Key_A, CTRL)
    count = len(grid.selected_results())
    assert count > 0
    press(Key.Key_A, CTRL | SHIFT)
    assert grid.selected_results() == ()
    press(Key.Key_Space, CTRL)
    press(Key.Key_Escape)
    assert grid.selected_results() == ()
    assert window.search_bar.text() == "sea"
    press(Key.Key_Escape)
    until(qtbot, lambda: window.search_bar.text() == "")


def test_the_menu_is_for_the_selected_photos_when_one_of_them_is_clicked(
    qtbot: QtBot, window: MainWindow
) -> None:
    grid = window.grid
    for row in (0, 1, 2):
        grid.selection.toggle(row)

    def menu_of(row: int) -> list[str]:
        grid.menu_wanted.emit(shown(window)[row], QPoint(5, 5))
        menu = QApplication.activePopupWidget()
        texts = [action.text() for action in menu.actions()]
        menu.actions()[texts.index("Copy File and Path")].trigger()
        menu.close()
        return texts

    assert "Information" not in menu_of(1)
    assert len(QApplication.clipboard().mimeData().urls()) == 3
    assert "Information" in menu_of(7)
    assert len(QApplication.clipboard().mimeData().urls()) == 1
    assert len(grid.selected_results()) == 3


def test_a_narrow_bar_keeps_its_icons(qtbot: QtBot, window: MainWindow) -> None:
    least = window.minimumSizeHint().width()
    click(qtbot, window.grid, place_of(window, 0), CTRL)
    bar = window.selection_bar
    until(qtbot, lambda: bar.buttons)
    style = bar.all_button.toolButtonStyle
    assert style() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    bar.resize(460, bar.height())
    assert style() == Qt.ToolButtonStyle.ToolButtonIconOnly
    assert all(button.isVisible() for button in bar.buttons.values())
    bar.resize(240, bar.height())
    # What has no room is in the menu.
    assert not bar.buttons["trash"].isVisible()
    assert bar.buttons["favorite"].isVisible()
    qtbot.mouseClick(bar.more_button, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Move to Trash" in [action.text() for action in menu.actions()]
    menu.close()
    assert bar.all_button.toolTip() == "Select all (Ctrl+A)"
    assert window.minimumSizeHint().width() == least


def test_all_photos_are_selected_also_those_that_are_not_here_yet(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inphotos.gui.photo_search.PAGE", 8)
    monkeypatch.setattr("inphotos.gui.photo_search.BULK", 5)
    (indexed / FILE_NAME).write_text("[General]\ntile_size=400\n")  # few are in sight
    window = open_window(indexed)
    until(qtbot, lambda: len(shown(window)) == 8)
    said: list[str] = []
    window.grid.selection_changed.connect(lambda _: said.append(window.selection_bar.text))
    qtbot.keyClick(window.grid, Key.Key_A, CTRL)
    until(qtbot, lambda: not window.grid.selection.gathering)
    assert len(window.grid.selected_results()) == 20
    assert said[-1] == "20 selected"
    assert said[:2] == ["Selecting all… 8 of 20", "Selecting all… 13 of 20"]


def test_scores_are_on_all_tiles_by_preference(qtbot: QtBot, window: MainWindow) -> None:
    window.search_for("sea")
    until_heading(qtbot, window, "“sea”")
    until(qtbot, lambda: window.grid._delegate.picture(
        cell(window.grid, 0), shown(window)[0], window.grid.devicePixelRatioF()))  # fmt: skip
    before = window.grid.viewport().grab(cell(window.grid, 0)).toImage()
    window.preferences.change(show_scores=True)
    assert window.grid.viewport().grab(cell(window.grid, 0)).toImage() != before
