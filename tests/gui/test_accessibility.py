"""Everything has a name, and can be come to, without eyes and without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from gui.accessible import controls, focused, name_of, tab_stops, without_name, without_role
from gui.helpers import OpenWindow, until, until_heading, until_idle
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inphotos.gui.about.dialog import AboutDialog
from inphotos.gui.crash.dialog import CrashDialog
from inphotos.gui.dialogs.exclusions import ExclusionsDialog
from inphotos.gui.dialogs.failures import FailuresDialog
from inphotos.gui.dialogs.part import PartDialog
from inphotos.gui.keyboard.cheat_sheet import CheatSheet
from inphotos.gui.main_window import MainWindow

KEY = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows as much as it can at the same time."""
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    opened.resize(1100, 700)
    opened.search_for("boat date:2023 colour:pinkish")
    until_heading(qtbot, opened, "boat")
    opened.examples.mark(opened.grid.model().results[0].path, 1)
    until(qtbot, lambda: opened.search.is_answered)
    opened.notice.tell("Something.", "Do It", lambda: None, decline="Leave It")
    opened.footer.set_failures(2)
    opened.footer.set_indexing("running")
    return opened


def is_told_of(widget: QWidget) -> None:
    """Check that every control in sight has a name and a role."""
    assert len(controls(widget)) > 0
    assert without_name(widget) == []
    assert without_role(widget) == []


def come_round(qtbot: QtBot, top: QWidget, key: Qt.Key = KEY.Key_Tab) -> list[QWidget]:
    """Press a key until the focus is where it was; return where it has been."""
    been = [focused()]
    for _ in range(100):
        qtbot.keyClick(focused(), key)
        if focused() is been[0]:
            return been
        been.append(focused())
    pytest.fail(f"Tab does not come round: {[name_of(widget) for widget in been[-5:]]}")


def test_every_control_of_the_window_has_a_name(window: MainWindow) -> None:
    is_told_of(window)
    names = [name_of(widget) for widget in controls(window)]
    for name in ("Photos", "Sidebar", "Search", "Do It", "Pause indexing"):
        assert name in names
    assert [name for name in names if name.startswith("Filter: ")]
    assert window.windowTitle()


def test_a_photo_is_told_of_by_what_it_is(window: MainWindow) -> None:
    index = window.grid.model().index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert window.grid.model().results[0].path.name in spoken


def test_tab_comes_to_every_control_and_back(qtbot: QtBot, window: MainWindow) -> None:
    until(qtbot, window.isActiveWindow)
    window.focus_search()
    forward = come_round(qtbot, window)
    missed = [name_of(widget) for widget in tab_stops(window) if widget not in forward]
    assert missed == []
    # From the field to the parts of the query, then to the photos; the footer is last.
    order = [forward.index(widget) for widget in (window.search_bar.field, window.grid)]
    assert order == sorted(order)
    backward = come_round(qtbot, window, KEY.Key_Backtab)
    assert backward[1:] == forward[:0:-1]


def test_the_first_pages_have_names_and_can_be_walked_through(
    qtbot: QtBot, open_window: OpenWindow, choose: Callable[[Path], None], album: Path
) -> None:
    window = open_window()
    is_told_of(window)
    until(qtbot, window.isActiveWindow)
    assert set(tab_stops(window)) <= set(come_round(qtbot, window))
    window.session.add_folders([album])
    until(qtbot, window.models.card.isVisible)
    is_told_of(window)
    window.models.card.download_button.setFocus()
    assert set(tab_stops(window)) <= set(come_round(qtbot, window))


def test_every_page_of_the_settings_has_names_and_can_be_walked_through(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = window.settings.dialog
    for name, page in dialog.pages.items():
        window.settings.show(name)
        until(qtbot, dialog.isActiveWindow)
        if name == "model":
            until(qtbot, lambda: window.models.installed)
        is_told_of(dialog)
        dialog.list.setFocus()
        been = come_round(qtbot, dialog)
        missed = [name_of(each) for each in tab_stops(dialog) if each not in been]
        assert missed == [], page.title


def test_every_dialog_has_a_title_and_names(qtbot: QtBot, window: MainWindow) -> None:
    CrashDialog("text", window)
    ExclusionsDialog(Path("/photos"), ["old/"], window)
    window.keyboard.show_sheet(lambda: None)
    window.dialogs.show_about()
    window.dialogs.show_failures()
    window.examples.choose_part(window.grid.model().results[0].path)
    kinds = (AboutDialog, CheatSheet, CrashDialog, ExclusionsDialog, FailuresDialog, PartDialog)
    until(qtbot, lambda: window.findChildren(PartDialog))
    for kind in kinds:
        [dialog] = window.findChildren(kind)
        dialog.show()
        assert dialog.windowTitle()
        is_told_of(dialog)
        dialog.close()


def test_texts_have_room_for_longer_languages(qtbot: QtBot, window: MainWindow) -> None:
    """German is about a third longer than English."""
    dialog = window.settings.dialog
    for name in dialog.pages:
        window.settings.show(name)
        for label in dialog.pages[name].findChildren(QLabel):
            if label.isVisible() and label.text() and not label.wordWrap():
                label.setText(label.text() + "x" * (len(label.text()) * 35 // 100))
        QApplication.processEvents()
        cut = [
            label.text()
            for label in dialog.pages[name].findChildren(QLabel)
            if label.isVisible()
            and label.width() < label.sizeHint().width()
            and not label.wordWrap()
        ]
        assert cut == []
