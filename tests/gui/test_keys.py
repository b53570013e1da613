"""Every key is on one sheet, can be changed, and typing reaches the search field."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, until, until_heading, until_idle
from PyQt6.QtCore import QEvent, QRect, Qt
from PyQt6.QtGui import QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from inphotos.gui.keyboard.cheat_sheet import CheatSheet
from inphotos.gui.keyboard.table import KeyRow, caps, plain
from inphotos.gui.main_window import MainWindow
from inphotos.gui.settings_dialog.keys import KeyboardPage

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NO_TEXT: list[QInputMethodEvent.Attribute] = []


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    until(qtbot, opened.isActiveWindow)
    return opened


def row(window: MainWindow, text: str) -> KeyRow:
    [found] = [row for row in window.keyboard.book.rows() if row.text == text]
    return found


def keys(window: MainWindow, text: str) -> list[str]:
    return [each.toString() for each in row(window, text).keys]


def keyboard_page(window: MainWindow) -> KeyboardPage:
    window.settings.show("keyboard")
    page = window.settings.dialog.pages["keyboard"]
    assert isinstance(page, KeyboardPage)
    until_active = window.settings.dialog
    until_active.activateWindow()
    return page


def select(page: KeyboardPage, text: str) -> None:
    """Select the only row with this text that the search leaves."""
    page.search.setText(text)
    shown = [
        topic.child(number)
        for place in range(page.table.topLevelItemCount())
        if (topic := page.table.topLevelItem(place)) and not topic.isHidden()
        for number in range(topic.childCount())
        if not topic.child(number).isHidden()
    ]
    [item] = [item for item in shown if item.text(0) == text]
    page.table.clearSelection()
    item.setSelected(True)


def press(qtbot: QtBot, page: KeyboardPage, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Give new keys to the selected row."""
    page.edit.setFocus()
    with qtbot.waitSignal(page.edit.editingFinished):
        qtbot.keyClick(page.edit, key, modifiers)


def test_the_names_on_key_caps() -> None:
    assert caps(QKeySequence("Ctrl+Shift+F")) == ["Ctrl", "Shift", "F"]
    assert caps(QKeySequence("Ctrl++")) == ["Ctrl", "+"]
    assert caps(QKeySequence("?")) == ["?"]
    assert plain("Save && &Quit…") == "Save & Quit"


def test_no_key_means_two_things(window: MainWindow) -> None:
    """Nowhere: in the search field, the grid, the viewer and so on, beside the whole window."""
    rows = window.keyboard.book.rows()
    places = {row.topic for row in rows if not row.action}
    assert places == {"Search field", "Photos", "Photo", "Quick look", "Viewer", "Slideshow"}
    for place in places:
        used = Counter(
            each.toString() for row in rows if row.action or row.topic == place for each in row.keys
        )
        # Of what Esc leaves, the innermost comes first; the field has no photos to put away.
        allowed = {"Viewer": ["Esc"], "Slideshow": ["Esc"], "Search field": ["Del"]}
        assert [key for key, times in used.items() if times > 1] == allowed.get(place, []), place


def test_a_question_mark_in_the_grid_shows_the_keys_and_searches_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.grid.enter()
    qtbot.keyClick(window.grid, KEY.Key_Question)
    sheet = window.keyboard.sheet
    assert isinstance(sheet, CheatSheet)
    assert window.search_bar.text() == ""
    texts = {label.text() for label in sheet.findChildren(QLabel)}
    for row_ in window.keyboard.book.rows():
        if row_.keys:
            assert row_.text in texts
            assert set(caps(row_.keys[0])) <= texts
    until(qtbot, sheet.isActiveWindow)
    qtbot.keyClick(sheet, KEY.Key_Escape)
    until(qtbot, lambda: window.keyboard.sheet is None)
    window.activateWindow()
    until(qtbot, window.isActiveWindow)
    qtbot.keyClick(window.grid, KEY.Key_F1)
    assert window.keyboard.sheet is not None


def test_a_question_mark_in_the_search_field_is_a_question_mark(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.focus_search()
    qtbot.keyClick(window.search_bar.field, KEY.Key_Question, SHIFT)
    qtbot.keyClick(window.search_bar.field, KEY.Key_Slash)
    assert window.search_bar.field.text() == "?/"
    assert window.keyboard.sheet is None


@pytest.mark.parametrize("key", [(KEY.Key_F, CTRL), (KEY.Key_K, CTRL), (KEY.Key_Slash,)])
def test_three_ways_to_the_search_field(
    qtbot: QtBot, window: MainWindow, key: tuple[Qt.Key]
) -> None:
    window.grid.enter()
    qtbot.keyClick(window.grid, *key)
    assert window.search_bar.field.hasFocus()
    assert window.search_bar.field.text() == ""


def test_a_key_can_be_changed_and_is_remembered(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, indexed: Path
) -> None:
    page = keyboard_page(window)
    select(page, "Sidebar")
    press(qtbot, page, KEY.Key_J, CTRL)
    assert page.trouble.text() == ""
    assert keys(window, "Sidebar") == ["Ctrl+J"]
    select(page, "Find Similar Photos")
    qtbot.mouseClick(page.remove_button, LEFT)
    assert keys(window, "Find Similar Photos") == []
    window.close()

    again = open_window(indexed)
    assert keys(again, "Sidebar") == ["Ctrl+J"]
    assert keys(again, "Find Similar Photos") == []
    until(qtbot, again.isActiveWindow)
    assert again.memory.sidebar_action.isChecked()
    qtbot.keyClick(again.grid, KEY.Key_J, CTRL)
    assert not again.memory.sidebar_action.isChecked()
    page = keyboard_page(again)
    qtbot.mouseClick(page.restore_button, LEFT)
    assert keys(again, "Sidebar") == ["F9"]
    assert keys(again, "Find Similar Photos") == ["Ctrl+Shift+F"]
    assert again.preferences.values.keys == ""


def test_keys_that_are_taken_or_are_for_typing_are_refused(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = keyboard_page(window)
    select(page, "Sidebar")
    press(qtbot, page, KEY.Key_O, CTRL)
    assert page.trouble.text() == "Ctrl+O already means “Add Folder”; choose another key."
    assert page.edit.keySequence() == QKeySequence("F9")
    press(qtbot, page, KEY.Key_Left, Qt.KeyboardModifier.NoModifier)
    assert "already means “Go to another photo”" in page.trouble.text()
    press(qtbot, page, KEY.Key_B, SHIFT)
    assert "for typing a search" in page.trouble.text()
    assert keys(window, "Sidebar") == ["F9"]
    select(page, "Go to another photo")
    assert not page.edit.isEnabled()
    assert page.trouble.text() == "This key is fixed."


def test_keys_that_make_no_sense_are_not_taken_up(open_window: OpenWindow, indexed: Path) -> None:
    window = open_window(indexed)
    window.preferences.change(keys='{"F9": 7, "gone": "Ctrl+B"')
    window.close()
    again = open_window(indexed)
    assert keys(again, "Sidebar") == ["F9"]


@pytest.mark.skipif(sys.platform != "linux", reason="only there are keys counted so")
def test_shortcuts_are_heard_without_any_latin_layout(qtbot: QtBot, window: MainWindow) -> None:
    """On a keyboard that is Russian only, the key of K is л."""
    window.grid.enter()
    el = 0x41B
    for scan_code, modifiers, heard in ((45, SHIFT, False), (46, CTRL, False), (45, CTRL, True)):
        event = QKeyEvent(QEvent.Type.KeyPress, el, modifiers, scan_code, 0, 0, "")
        QApplication.sendEvent(window.grid, event)
        assert window.search_bar.field.hasFocus() is heard


def compose(widget: object, preedit: str, committed: str = "") -> None:
    """Do what an input method does while the user composes."""
    event = QInputMethodEvent(preedit, NO_TEXT)
    event.setCommitString(committed)
    QApplication.sendEvent(widget, event)


def test_text_that_is_composed_over_the_photos_is_a_search(
    qtbot: QtBot, window: MainWindow
) -> None:
    grid, field = window.grid, window.search_bar.field
    grid.enter()
    qtbot.keyClick(grid, KEY.Key_Right)
    assert grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    for preedit in ("h", "ha", "hai"):
        compose(grid, preedit)
    assert field.text() == ""
    assert grid.hasFocus()  # or else what is being composed would be torn apart
    compose(grid, "", "海")
    assert field.text() == "海"
    assert field.hasFocus()
    until_heading(qtbot, window, "“海”")


def test_choices_of_an_input_method_are_shown_at_the_search_field(window: MainWindow) -> None:
    window.grid.enter()
    query = Qt.InputMethodQuery
    asked = QInputMethodQueryEvent(query.ImEnabled | query.ImCursorRectangle)
    QApplication.sendEvent(window.grid, asked)
    assert asked.value(query.ImEnabled)
    place = asked.value(query.ImCursorRectangle)
    assert isinstance(place, QRect)
    on_screen = window.grid.mapToGlobal(place.center())
    field = window.search_bar.field
    assert field.rect().contains(field.mapFromGlobal(on_screen))
