"""Back and forward through what the window showed, by keys, buttons and the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from gui.helpers import OpenWindow, place_of, shown, until, until_heading, until_idle
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.gui.queries import Everything, Words

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows the 20 photos of the album."""
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    opened.activateWindow()
    return opened


def search(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Type a query over the one that is there, and press Enter."""
    field = window.search_bar.field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    until(qtbot, lambda: window.search.shown == Words(text) and window.search.is_answered)


def until_shown(qtbot: QtBot, window: MainWindow, query: object) -> None:
    until(qtbot, lambda: window.search.shown == query and window.search.is_answered)


def queries(window: MainWindow) -> int:
    """Return how many steps lead back."""
    navigation, steps = window.memory.back_forward.navigation, 0
    while navigation.can_go_back:
        navigation.back()
        steps += 1
    for _ in range(steps):
        navigation.forward()
    return steps


def test_keys_lead_back_and_forward(qtbot: QtBot, window: MainWindow) -> None:
    search(qtbot, window, "sea")
    search(qtbot, window, "snow")
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    until_shown(qtbot, window, Words("sea"))
    assert window.search_bar.text() == "sea"
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    until_shown(qtbot, window, Everything())
    assert window.search_bar.text() == ""
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.search.is_answered
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    until_shown(qtbot, window, Words("sea"))
    until_heading(qtbot, window, "“sea”")


def test_the_buttons_say_where_there_is_a_way(qtbot: QtBot, window: MainWindow) -> None:
    back, forward = window.search_bar.findChildren(QToolButton)[-2:]
    buttons = {
        button.defaultAction(): button
        for button in window.search_bar.findChildren(QToolButton)
        if button.defaultAction() is not None
    }
    back = buttons[window.memory.back_forward.back]
    forward = buttons[window.memory.back_forward.forward]
    assert not back.isEnabled()
    assert not forward.isEnabled()
    search(qtbot, window, "sea")
    assert back.isEnabled()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    until_shown(qtbot, window, Everything())
    assert not back.isEnabled()
    qtbot.mouseClick(forward, Qt.MouseButton.LeftButton)
    until_shown(qtbot, window, Words("sea"))


@pytest.mark.parametrize("over", ["grid", "field", "sidebar", "window"])
def test_the_mouse_has_buttons_for_it(qtbot: QtBot, window: MainWindow, over: str) -> None:
    widgets: dict[str, QWidget | None] = {
        "grid": window.grid.viewport(),
        "field": window.search_bar.field,
        "sidebar": window.memory.sidebar.viewport(),
        "window": window,
    }
    search(qtbot, window, "sea")
    qtbot.mouseClick(widgets[over], Qt.MouseButton.BackButton)
    until_shown(qtbot, window, Everything())
    qtbot.mouseClick(widgets[over], Qt.MouseButton.ForwardButton)
    until_shown(qtbot, window, Words("sea"))


def test_the_mouse_buttons_open_no_photo(qtbot: QtBot, window: MainWindow, viewer: object) -> None:
    search(qtbot, window, "sea")
    place = place_of(window, 2)
    qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.BackButton, pos=place)
    until_shown(qtbot, window, Everything())
    assert window.grid.current_result() is None


def test_typing_is_one_step(qtbot: QtBot, window: MainWindow) -> None:
    field = window.search_bar.field
    for text, whole in (("s", "s"), ("ea", "sea"), (" at night", "sea at night")):
        qtbot.keyClicks(field, text)
        until_shown(qtbot, window, Words(whole))
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    until_shown(qtbot, window, Everything())
    assert not window.memory.back_forward.back.isEnabled()


def test_escape_is_a_step(qtbot: QtBot, window: MainWindow) -> None:
    search(qtbot, window, "sea")
    qtbot.keyClick(window.search_bar.field, Qt.Key.Key_Escape)
    until_shown(qtbot, window, Everything())
    assert queries(window) == 2
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    until_shown(qtbot, window, Words("sea"))


def test_a_search_by_a_photo_is_a_step(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    search(qtbot, window, "sea")
    window.examples.find_similar(album / "photo03.jpg")
    until_heading(qtbot, window, "similar to “photo03.jpg”")
    similar = window.search.shown
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    until_shown(qtbot, window, Words("sea"))
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    until_shown(qtbot, window, similar)
    assert window.search_bar.text() == ""


def test_the_photos_are_where_they_were_beyond_the_first_page(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inphotos.gui.photo_search.PAGE", 8)
    window.resize(700, 420)
    search(qtbot, window, "sea")
    bar = window.grid.verticalScrollBar()
    while len(shown(window)) < 20:
        rows = len(shown(window))
        bar.setValue(bar.maximum())
        until(qtbot, lambda rows=rows: len(shown(window)) > rows)
    window.grid.setFocus()
    window.grid.setCurrentIndex(window.grid.model().index(17))
    bar.setValue(bar.maximum() - 31)
    before, current = window.grid.place(), window.grid.current_result()
    assert before.photo_id not in {row.photo_id for row in shown(window)[:8]}
    search(qtbot, window, "snow")
    assert len(shown(window)) < 20
    assert bar.value() == 0
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    until_shown(qtbot, window, Words("sea"))
    assert window.grid.place() == before
    assert window.grid.current_result() == current


def test_a_place_whose_photo_has_gone_is_the_top(qtbot: QtBot, window: MainWindow) -> None:
    from inphotos.gui.grid.view import GridPlace

    assert not window.grid.go_to(GridPlace(999_999, 0, None))
    assert window.grid.verticalScrollBar().value() == 0


def test_a_query_that_fails_is_no_step(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    search(qtbot, window, "sea")
    window.examples.find_similar(tmp_path / "none.jpg")
    until(qtbot, lambda: "none.jpg" in window.notice.text)
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    until_shown(qtbot, window, Everything())
    assert not window.memory.back_forward.back.isEnabled()


def test_a_step_that_fails_leaves_the_field_as_it_was(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, album: Path
) -> None:
    photo = tmp_path / "query.jpg"
    photo.write_bytes((album / "photo03.jpg").read_bytes())
    window.examples.find_similar(photo)
    until_heading(qtbot, window, "similar to “query.jpg”")
    window.show_everything()
    until_shown(qtbot, window, Everything())
    search(qtbot, window, "sea")
    photo.unlink()
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    until_shown(qtbot, window, Everything())
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    until(qtbot, lambda: "query.jpg" in window.notice.text)
    assert window.search_bar.text() == ""
    assert window.search.shown == Everything()
    assert not window.examples.examples
    assert window.memory.back_forward.back.isEnabled()
