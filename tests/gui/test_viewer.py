"""The viewer in the window, as keys and mouse lead to it, through it and out of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import draw_photo
from gui.helpers import OpenWindow, Viewer, place_of, shown, until, until_idle
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QColor, QMouseEvent, QPalette
from PyQt6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.gui.queries import Everything, Words
from inphotos.gui.style import DARK
from inphotos.gui.viewer import hiding, walk
from inphotos.gui.viewer.canvas import PAN
from inphotos.search.ranking import Result

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows 20 photos."""
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    opened.activateWindow()
    return opened


def open_row(qtbot: QtBot, window: MainWindow, row: int = 0) -> None:
    """Open a photo in the viewer, as the keyboard does."""
    window.grid.setCurrentIndex(window.grid.model().index(row, 0))
    window.grid.setFocus()
    qtbot.keyClick(window.grid, KEY.Key_Return)
    assert window.viewer.isVisible()


def press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key, held=Qt.KeyboardModifier.NoModifier):
    """Press keys where the focus is."""
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or window, key, held)


def position(window: MainWindow) -> str:
    return window.viewer.bar.title[1]


def move_mouse(window: MainWindow, x: int = 300, y: int = 300) -> None:
    """Move the mouse over the photo; no button is held."""
    canvas, place = window.viewer.canvas, QPointF(x, y)
    none = Qt.MouseButton.NoButton
    kind, held = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, place, canvas.mapToGlobal(place), none, none, held)
    QApplication.sendEvent(canvas, event)


def test_a_click_opens_a_photo_and_the_grid_is_where_it_was_afterwards(
    qtbot: QtBot, window: MainWindow, viewer: Viewer
) -> None:
    window.grid.zoom(9)
    window.grid.executeDelayedItemsLayout()
    # The room of the progress below the grid is given back a moment after it is over.
    until(qtbot, lambda: window.footer.height() == window.footer.sizeHint().height())
    before = window.grid.places.place(6)[1] - 40  # not at a row's edge, nor at the grid's
    window.grid.verticalScrollBar().setValue(before)
    row = 6
    qtbot.mouseClick(window.grid.viewport(), LEFT, pos=place_of(window, row))
    assert window.viewer.isVisible()
    assert not window.grid.isVisible()
    assert not window.search_bar.isVisible()
    name = shown(window)[row].path.name
    assert window.viewer.bar.title == (name, f"{row + 1} of 20")
    assert window.viewer.canvas.accessibleDescription() == f"{name}, {row + 1} of 20"
    assert window.commands.chosen() == (shown(window)[row],)
    until(qtbot, lambda: window.viewer.canvas.is_sharp)
    press(qtbot, window, KEY.Key_Escape)
    assert window.grid.isVisible()
    assert window.grid.hasFocus()
    assert window.grid.verticalScrollBar().value() == before
    assert window.grid.currentIndex().row() == row
    assert window.search.query == Everything()
    assert viewer.opened == []


def test_the_photo_seen_last_is_in_sight_in_the_grid(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.zoom(9)
    open_row(qtbot, window, 1)
    press(qtbot, window, KEY.Key_End, KEY.Key_Left, KEY.Key_Backspace)
    assert window.grid.currentIndex().row() == 18
    assert 18 in window.grid.rows_in_sight()


def test_keys_lead_through_the_photos(qtbot: QtBot, window: MainWindow) -> None:
    open_row(qtbot, window, 0)
    seen = []
    for key in (
        KEY.Key_Left,
        KEY.Key_Right,
        KEY.Key_PageDown,
        KEY.Key_Down,
        KEY.Key_PageUp,
        KEY.Key_Up,
        KEY.Key_End,
        KEY.Key_Right,
        KEY.Key_Home,
        KEY.Key_Space,
    ):
        press(qtbot, window, key)
        seen.append(int(position(window).split()[0]))
    assert seen == [1, 2, 3, 4, 3, 2, 20, 20, 1, 2]
    assert window.viewer.canvas.photo == shown(window)[1]


def test_the_way_leads_beyond_the_photos_that_are_loaded(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, open_window: OpenWindow, indexed: Path
) -> None:
    monkeypatch.setattr("inphotos.gui.photo_search.PAGE", 6)
    monkeypatch.setattr(walk, "AHEAD", 2)
    window = open_window(indexed)
    until_idle(qtbot, window, photos=6)
    open_row(qtbot, window, 0)
    assert position(window) == "1 of 20"
    for row in range(2, 21):
        until(qtbot, lambda row=row: len(shown(window)) >= row)
        press(qtbot, window, KEY.Key_Right)
        assert position(window) == f"{row} of 20"
    assert len({result.photo_id for result in shown(window)}) == 20


def test_the_next_photos_are_read_ahead_in_the_direction_of_travel(
    qtbot: QtBot, window: MainWindow
) -> None:
    viewer = window.viewer
    open_row(qtbot, window, 8)
    pictures, wish = viewer._pictures, viewer.canvas.wish_for
    rows = shown(window)
    for row in (9, 10, 7):
        until(qtbot, lambda row=row: pictures.is_settled(wish(rows[row])))
    assert not pictures.is_settled(wish(rows[6]))
    press(qtbot, window, KEY.Key_Left)
    assert viewer.canvas.is_sharp  # at once
    for row in (6, 5):
        until(qtbot, lambda row=row: pictures.is_settled(wish(rows[row])))


def test_letters_are_not_searched_for_and_the_search_field_is_in_reach(
    qtbot: QtBot, window: MainWindow
) -> None:
    field = window.search_bar.field
    open_row(qtbot, window, 3)
    qtbot.keyClicks(window.viewer, "xyz")
    assert window.viewer.isVisible()
    press(qtbot, window, KEY.Key_F, held=CTRL)
    until(qtbot, field.hasFocus)
    assert not window.viewer.isVisible()
    assert field.text() == ""
    open_row(qtbot, window, 3)
    press(qtbot, window, KEY.Key_Slash)
    until(qtbot, field.hasFocus)
    open_row(qtbot, window, 3)
    window.search_for("sea")  # as when a photo is dropped on the window
    assert not window.viewer.isVisible()
    assert window.search.query == Words("sea")


def test_mouse_leads_on_and_back(qtbot: QtBot, window: MainWindow) -> None:
    viewer = window.viewer
    open_row(qtbot, window, 0)
    QApplication.sendEvent(viewer, QEvent(QEvent.Type.Enter))
    viewer.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    move_mouse(window)
    assert not viewer.hiding.back_arrow.isVisible()
    qtbot.mouseClick(viewer.hiding.forward_arrow, LEFT)
    assert position(window) == "2 of 20"
    assert viewer.hiding.back_arrow.isVisible()
    qtbot.mouseClick(viewer.hiding.back_arrow, LEFT)
    assert position(window) == "1 of 20"
    qtbot.mouseClick(viewer.canvas, Qt.MouseButton.BackButton)
    assert not viewer.isVisible()
    assert window.search.query == Everything()
    open_row(qtbot, window, 5)
    qtbot.mouseClick(viewer.bar.buttons["back"], LEFT)
    assert not viewer.isVisible()


def test_photos_open_where_the_user_prefers(
    qtbot: QtBot, window: MainWindow, viewer: Viewer
) -> None:
    window.preferences.change(click_opens="system")
    qtbot.mouseClick(window.grid.viewport(), LEFT, pos=place_of(window, 2))
    until(qtbot, lambda: viewer.opened == [shown(window)[2].path])
    assert not window.viewer.isVisible()
    window.preferences.change(click_opens="viewer")
    window.grid.setCurrentIndex(window.grid.model().index(3, 0))
    press(qtbot, window, KEY.Key_Return, held=CTRL)
    until(qtbot, lambda: viewer.opened[1:] == [shown(window)[3].path])
    open_row(qtbot, window, 4)
    qtbot.mouseClick(window.viewer.bar.buttons["system"], LEFT)
    until(qtbot, lambda: viewer.opened[2:] == [shown(window)[4].path])
    press(qtbot, window, KEY.Key_Return, held=CTRL)
    until(qtbot, lambda: viewer.opened[3:] == [shown(window)[4].path])
    assert window.viewer.isVisible()


def test_photos_that_cannot_be_seen_say_why(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    viewer, model = window.viewer, shown(window)[0]
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 and no more")
    known = replace(model, path=tmp_path / "gone" / "away.jpg", presence="offline")
    cases = {
        "broken.jpg cannot be shown: the file is ": Result(1, 901, broken, "", 40, 30, None, None),
        "away.jpg is offline: connect the drive or network with": known,
        "lost.jpg has vanished from": replace(
            model, photo_id=903, path=tmp_path / "lost.jpg", presence="missing"
        ),
    }
    viewer.open(list(cases.values()), 0)
    for told in cases:
        until(qtbot, lambda: viewer.canvas.note)
        assert viewer.canvas.note.startswith(told)
        assert window.notice.text == ""
        press(qtbot, window, KEY.Key_Right)
    # Of those that are only away the thumbnail is there.
    assert viewer.canvas.picture is not None
    assert viewer.canvas.picture.is_thumbnail
    press(qtbot, window, KEY.Key_Left)
    draw_photo(known.path, size=(400, 300))  # it is back: no need to tell the library first
    press(qtbot, window, KEY.Key_Right, KEY.Key_Left)
    until(qtbot, lambda: viewer.canvas.is_sharp)
    assert viewer.canvas.note == ""


def test_a_photo_that_goes_from_the_grid_leaves_its_place_to_the_next(
    qtbot: QtBot, window: MainWindow
) -> None:
    rows = shown(window)
    open_row(qtbot, window, 4)
    model = window.grid.model()
    model.update([row for row in rows if row != rows[4]], complete=True)
    assert window.viewer.canvas.photo == rows[5]
    model.update(rows[:4], complete=True)
    assert window.viewer.canvas.photo == rows[3]
    model.update(rows[2:4], complete=True)
    assert window.viewer.canvas.photo == rows[3]
    assert position(window).startswith("2 of")
    model.update([], complete=True)
    assert not window.viewer.isVisible()


def test_a_photo_stays_turned_while_the_window_lives(qtbot: QtBot, window: MainWindow) -> None:
    canvas = window.viewer.canvas
    open_row(qtbot, window, 0)
    size = canvas.frame().size()
    content = shown(window)[0].path.read_bytes()
    press(qtbot, window, KEY.Key_R)
    assert canvas.frame().size() == size.transposed()
    press(qtbot, window, KEY.Key_Right, KEY.Key_Left)
    assert canvas.frame().size() == size.transposed()
    press(qtbot, window, KEY.Key_R, held=SHIFT)
    assert canvas.frame().size() == size
    assert shown(window)[0].path.read_bytes() == content


def test_plain_keys_zoom_and_arrows_move_what_is_larger(qtbot: QtBot, window: MainWindow) -> None:
    viewer, tile_size = window.viewer, window.grid.tile_size
    open_row(qtbot, window, 0)
    press(qtbot, window, KEY.Key_2)
    assert viewer.canvas.zoom == 2
    assert viewer.bar.zoom_button.text() == "200 %"
    press(qtbot, window, KEY.Key_1)
    assert viewer.canvas.zoom == 1
    press(qtbot, window, KEY.Key_Plus, KEY.Key_Equal)
    press(qtbot, window, KEY.Key_Plus, held=CTRL)
    press(qtbot, window, KEY.Key_Minus)
    assert viewer.canvas.zoom == pytest.approx(1.25**2)
    press(qtbot, window, KEY.Key_0)
    assert viewer.canvas.is_fit
    assert viewer.bar.zoom_button.text() == "Fit"
    large = replace(shown(window)[0], width=1600, height=1200)
    viewer.open([large, shown(window)[1]], 0)
    viewer.bar.zoom_menu.actions()[2].trigger()
    assert viewer.canvas.zoom == 2
    before = viewer.canvas.frame()
    press(qtbot, window, KEY.Key_Right, KEY.Key_Down, KEY.Key_Down)
    assert viewer.canvas.frame() == before.translated(-PAN, -2 * PAN)
    assert position(window) == "1 of 2"
    press(qtbot, window, KEY.Key_PageDown)
    assert position(window) == "2 of 2"
    assert window.grid.tile_size == tile_size


def test_full_screen_comes_and_goes_and_keys_work_without_a_menu_bar(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, window: MainWindow
) -> None:
    monkeypatch.setattr(hiding, "REST_MS", 30)
    window.showMaximized()
    menus, bar = window.menuBar(), window.viewer.bar
    open_row(qtbot, window, 0)
    height = window.viewer.canvas.height()
    press(qtbot, window, KEY.Key_F11)
    assert window.isFullScreen()
    assert not menus.isVisible()
    until(qtbot, lambda: not bar.isVisible())
    assert window.viewer.canvas.height() > height
    move_mouse(window)
    assert bar.isVisible()
    press(qtbot, window, KEY.Key_F9)  # of the View menu, which is not to be seen
    assert not window.memory.sidebar_action.isChecked()
    press(qtbot, window, KEY.Key_Escape)
    assert not window.isFullScreen()
    assert window.isMaximized()
    assert menus.isVisible()
    assert window.viewer.isVisible()
    press(qtbot, window, KEY.Key_F11)
    press(qtbot, window, KEY.Key_Backspace)
    assert not window.isFullScreen()
    assert menus.isVisible()
    open_row(qtbot, window, 0)
    assert bar.isVisible()


def test_every_button_says_what_it_is_for(qtbot: QtBot, window: MainWindow) -> None:
    open_row(qtbot, window, 2)
    buttons = window.viewer.findChildren(QToolButton)
    assert len(buttons) >= 10
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
    visible = {name for name, button in window.viewer.bar.buttons.items() if button.isVisible()}
    assert {"info", "favorite"} <= visible
    press(qtbot, window, KEY.Key_Tab)
    assert QApplication.focusWidget() in window.viewer.bar.buttons.values()
    press(qtbot, window, KEY.Key_Escape)
    assert not window.viewer.isVisible()


def test_a_quick_look_lies_over_the_grid(qtbot: QtBot, window: MainWindow) -> None:
    look, grid = window.viewing.quick_look, window.grid
    window.grid.setCurrentIndex(grid.model().index(1, 0))
    grid.setFocus()
    press(qtbot, window, KEY.Key_Space)
    assert look.isVisible()
    assert grid.isVisible()
    until(qtbot, lambda: look.canvas.is_sharp)
    press(qtbot, window, KEY.Key_Right, KEY.Key_Down, KEY.Key_Left)
    assert look.canvas.photo == shown(window)[2]
    assert grid.currentIndex().row() == 2
    assert shown(window)[2].path.name in [label.text() for label in look.findChildren(QLabel)]
    press(qtbot, window, KEY.Key_Space)
    assert not look.isVisible()
    assert grid.hasFocus()
    press(qtbot, window, KEY.Key_Space)
    press(qtbot, window, KEY.Key_Escape)
    assert not look.isVisible()
    press(qtbot, window, KEY.Key_Space)
    press(qtbot, window, KEY.Key_Return)
    assert not look.isVisible()
    assert window.viewer.canvas.photo == shown(window)[2]


def test_a_slideshow_goes_round_until_it_is_ended(qtbot: QtBot, window: MainWindow) -> None:
    viewer, photos = window.viewer, shown(window)[:3]
    window.preferences.change(slideshow_seconds=0.05)
    viewer.open(photos, 1)
    seen: list[tuple[str, bool]] = []
    viewer.walk.changed.connect(
        lambda: seen.append((viewer.canvas.photo.path.name, viewer.canvas.is_sharp))
    )
    press(qtbot, window, KEY.Key_F5)
    assert window.isFullScreen()
    until(qtbot, lambda: len(seen) >= 5)
    names = [photo.path.name for photo in photos]
    assert [name for name, _ in seen[:5]] == [names[n] for n in (2, 0, 1, 2, 0)]
    assert all(sharp for _, sharp in seen)
    press(qtbot, window, KEY.Key_Space)
    assert viewer.slideshow.paused
    count = len(seen)
    qtbot.wait(150)
    assert len(seen) == count
    press(qtbot, window, KEY.Key_Space)
    until(qtbot, lambda: len(seen) > count)
    press(qtbot, window, KEY.Key_Escape)
    assert not viewer.slideshow.running
    assert not window.isFullScreen()
    assert viewer.isVisible()


def test_a_slideshow_begins_in_the_grid(qtbot: QtBot, window: MainWindow) -> None:
    assert window.commands.chosen() == ()
    press(qtbot, window, KEY.Key_F5)
    until(qtbot, lambda: window.viewer.slideshow.running)
    assert position(window) == "1 of 20"
    qtbot.mouseClick(window.viewer.bar.buttons["slideshow"], LEFT)
    assert not window.viewer.slideshow.running


def test_photos_are_compared_in_step(qtbot: QtBot, window: MainWindow) -> None:
    viewer, photos = window.viewer, shown(window)[:4]
    command = window.commands.command("compare")
    assert [command.is_for(photos[:n]) for n in range(5)] == [False, False, True, True, True]
    window.commands.run("compare", photos[:3])
    panes = viewer.compare.panes
    assert [pane.photo for pane in panes] == photos[:3]
    assert len({pane.geometry().top() for pane in panes}) == 1
    until(qtbot, lambda: all(pane.canvas.is_sharp for pane in panes))
    qtbot.mouseDClick(panes[1].canvas, LEFT, pos=QPoint(90, 200))
    for _ in range(4):
        press(qtbot, window, KEY.Key_Plus)
    qtbot.mousePress(panes[1].canvas, LEFT, pos=QPoint(100, 100))
    qtbot.mouseMove(panes[1].canvas, QPoint(120, 130))
    qtbot.mouseRelease(panes[1].canvas, LEFT, pos=QPoint(120, 130))
    sights = [pane.canvas.sight for pane in panes]
    assert sights[1].closeness > 4
    for sight in sights:
        assert sight.closeness == pytest.approx(sights[1].closeness, rel=0.02)
        assert sight.centre.x() == pytest.approx(sights[1].centre.x(), abs=0.05)
    assert viewer.chosen() == (photos[1],)
    qtbot.mouseClick(panes[0].remove_button, LEFT)
    assert viewer.compare.photos == tuple(photos[1:3])
    qtbot.mouseClick(viewer.compare.panes[0].remove_button, LEFT)
    assert not viewer.is_comparing
    assert viewer.canvas.photo == photos[2]
    press(qtbot, window, KEY.Key_C)
    assert viewer.compare.photos == (photos[2], photos[3])
    press(qtbot, window, KEY.Key_Escape)
    assert viewer.canvas.photo == photos[2]
    press(qtbot, window, KEY.Key_Escape)
    assert window.grid.isVisible()


def test_the_window_closes_while_photos_are_being_read(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    large = draw_photo(tmp_path / "large.jpg", size=(4000, 3000))
    window.viewer.open([replace(shown(window)[0], path=large, width=4000, height=3000)], 0)
    window.viewer.canvas.zoom_to(1)
    QApplication.processEvents()
    window.close()
    assert not window.isVisible()


def test_information_is_beside_the_photo_and_follows_it(qtbot: QtBot, window: MainWindow) -> None:
    panel, button = window.info.panel, window.viewer.bar.buttons["info"]
    open_row(qtbot, window, 6)
    width = window.viewer.canvas.width()
    press(qtbot, window, KEY.Key_I)
    until(qtbot, lambda: panel.name.value == shown(window)[6].path.name)
    assert panel.isVisible()
    assert button.isChecked()
    assert window.viewer.canvas.width() == width - panel.width()
    assert panel.mapTo(window, QPoint(panel.width(), 0)).x() == window.width()
    assert not panel.preview.isVisible()  # the photo itself is there
    assert window.viewer.hasFocus()
    press(qtbot, window, KEY.Key_Right)
    until(qtbot, lambda: panel.name.value == shown(window)[7].path.name)
    # Keys of the viewer mean nothing in the panel, and Esc leads back to the photo.
    window.marks_box.editor.field.setFocus()
    press(qtbot, window, KEY.Key_R, KEY.Key_I)
    assert window.marks_box.editor.field.text() == "ri"
    press(qtbot, window, KEY.Key_Escape)
    assert window.viewer.hasFocus()
    # Beside the grid it is as it was there, and here as it was here.
    press(qtbot, window, KEY.Key_Escape)
    assert not panel.isVisible()
    assert not window.info.action.isChecked()
    press(qtbot, window, KEY.Key_I, held=CTRL)
    assert panel.isVisible()
    until(qtbot, panel.preview.isVisible)
    open_row(qtbot, window, 3)
    assert panel.isVisible()
    qtbot.mouseClick(button, LEFT)
    assert not panel.isVisible()
    assert window.viewer.canvas.width() == width
    press(qtbot, window, KEY.Key_Escape)
    assert panel.isVisible()


def test_marks_are_shown_and_changed_in_the_viewer(qtbot: QtBot, window: MainWindow) -> None:
    bar, photo = window.viewer.bar, shown(window)[4]
    open_row(qtbot, window, 4)
    press(qtbot, window, KEY.Key_D, KEY.Key_3, held=CTRL)
    assert window.marks.marks_of(photo.photo_id) == (True, 3)
    assert bar.buttons["favorite"].accessibleName() == "Remove from Favourites"
    assert bar.stars == "★★★"
    press(qtbot, window, KEY.Key_Right)
    assert bar.buttons["favorite"].accessibleName() == "Favourite"
    assert bar.stars == ""
    press(qtbot, window, KEY.Key_Left)
    press(qtbot, window, KEY.Key_Z, held=CTRL)
    assert bar.stars == ""
    press(qtbot, window, KEY.Key_F)
    assert window.marks.marks_of(photo.photo_id) == (False, 0)
    assert bar.buttons["favorite"].accessibleName() == "Favourite"


def test_photos_of_ones_own_are_left_out_while_they_are_gone(
    qtbot: QtBot, window: MainWindow
) -> None:
    viewer, photos = window.viewer, shown(window)[:3]
    viewer.open(photos, 1)
    viewer.leave_out([photos[1].photo_id])
    assert viewer.canvas.photo == photos[2]
    assert position(window) == "2 of 2"
    viewer.take_in([photos[1].photo_id])
    assert viewer.canvas.photo == photos[1]
    assert position(window) == "2 of 3"
    window.commands.run("compare", photos)
    viewer.leave_out([photos[0].photo_id])
    assert viewer.compare.photos == tuple(photos[1:])


def test_others_can_follow_what_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    current: list[Result | None] = []
    window.grid.current_changed.connect(current.append)
    open_row(qtbot, window, 2)
    press(qtbot, window, KEY.Key_Right)
    assert current[-1] == shown(window)[3]


def test_photos_are_on_dark_ground_in_both_themes(qtbot: QtBot, window: MainWindow) -> None:
    viewer = window.viewer
    window.commands.run("compare", shown(window)[:2])
    for choice in ("dark", "light", "system"):
        window.preferences.change(appearance=choice)
        image = viewer.grab().toImage()
        corner = image.pixelColor(3, image.height() - 3)
        assert corner == QColor(DARK.window)
        labels = [label for label in viewer.findChildren(QLabel) if label.isVisible()]
        assert "2 photos" in {label.text() for label in labels}
        for label in labels:
            assert label.palette().color(QPalette.ColorRole.WindowText).lightness() > 150
