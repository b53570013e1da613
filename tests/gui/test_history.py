"""What enters the history of searches, and how the search field goes through it."""

from __future__ import annotations

from pathlib import Path

import pytest
from gui.helpers import OpenWindow, place_of, until, until_heading, until_idle
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.gui.queries import Words

UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows the 20 photos of the album."""
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    opened.activateWindow()
    return opened


def texts(window: MainWindow) -> tuple[str, ...]:
    return window.session.library.history.texts


def enter(qtbot: QtBot, window: MainWindow, *queries: str) -> None:
    field = window.search_bar.field
    for query in queries:
        field.selectAll()
        qtbot.keyClicks(field, query)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        until(qtbot, lambda query=query: texts(window)[-1:] == (query,))


def test_enter_makes_a_query_history(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, indexed: Path
) -> None:
    enter(qtbot, window, "sea", "snow", "sea")
    assert texts(window) == ("snow", "sea")
    window.close()
    again = open_window(indexed)
    assert texts(again) == ("snow", "sea")


def test_half_typed_words_are_no_history(qtbot: QtBot, window: MainWindow) -> None:
    field = window.search_bar.field
    for text in ("se", "a"):
        qtbot.keyClicks(field, text)
        until(qtbot, lambda: window.search.shown == Words(field.text()))
    assert texts(window) == ()
    place = place_of(window, 1)
    qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert texts(window) == ("sea",)
    assert window.viewer.isVisible()


def test_a_query_that_stands_for_a_while_is_history(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, open_window: OpenWindow, indexed: Path
) -> None:
    monkeypatch.setattr("inphotos.gui.settling.STANDS_MS", 50)
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    qtbot.keyClicks(window.search_bar.field, "sea")
    until(qtbot, lambda: texts(window) == ("sea",))


def test_what_finds_nothing_to_search_for_is_no_history(qtbot: QtBot, window: MainWindow) -> None:
    field = window.search_bar.field
    qtbot.keyClicks(field, "date:yesteryear")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    until(qtbot, lambda: window.photos_page.empty.isVisible())
    enter(qtbot, window, "sea")
    assert texts(window) == ("sea",)


def test_arrow_keys_go_through_the_history(qtbot: QtBot, window: MainWindow) -> None:
    enter(qtbot, window, "sea", "snow", "car")
    field = window.search_bar.field
    field.selectAll()
    qtbot.keyClicks(field, "dog")
    seen = []
    for key in (UP, UP, UP, UP, DOWN, DOWN, DOWN):
        qtbot.keyClick(field, key)
        seen.append(field.text())
    assert seen == ["car", "snow", "sea", "sea", "snow", "car", "dog"]
    assert field.hasFocus()
    qtbot.keyClick(field, DOWN)
    assert window.grid.hasFocus()


def test_the_photos_follow_the_arrow_keys(qtbot: QtBot, window: MainWindow) -> None:
    enter(qtbot, window, "sea", "snow")
    qtbot.keyClick(window.search_bar.field, UP)
    until_heading(qtbot, window, "“sea”")
    qtbot.keyClick(window.search_bar.field, DOWN)
    until_heading(qtbot, window, "“snow”")


def test_typing_ends_the_way_through_the_history(qtbot: QtBot, window: MainWindow) -> None:
    enter(qtbot, window, "sea", "snow")
    field = window.search_bar.field
    qtbot.keyClick(field, UP)
    qtbot.keyClicks(field, "x")
    assert field.text() == "seax"
    qtbot.keyClick(field, DOWN)
    assert window.grid.hasFocus()
    field.setFocus()
    qtbot.keyClick(field, UP)
    assert field.text() == "snow"


def test_the_menu_has_the_last_searches(qtbot: QtBot, window: MainWindow) -> None:
    enter(qtbot, window, "sea", "salt & pepper")
    menu = window.memory.recent_menu
    menu.aboutToShow.emit()
    named = {action.text(): action for action in menu.actions()}
    assert list(named)[:2] == ["salt && pepper", "sea"]
    named["sea"].trigger()
    until_heading(qtbot, window, "“sea”")
    assert window.search_bar.text() == "sea"


def test_the_history_can_be_cleared(qtbot: QtBot, window: MainWindow, indexed: Path) -> None:
    enter(qtbot, window, "sea")
    kept = indexed / "history.json"
    until(qtbot, lambda: kept.exists() and "sea" in kept.read_text())
    window.memory.clear_action.trigger()
    assert texts(window) == ()
    until(qtbot, lambda: "sea" not in kept.read_text())
    qtbot.keyClick(window.search_bar.field, UP)
    assert window.search_bar.text() == "sea"  # what stands there stays
    menu = window.memory.recent_menu
    menu.aboutToShow.emit()
    assert menu.actions()[0].text() == "None yet"
