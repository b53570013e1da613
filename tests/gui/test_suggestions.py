"""The list below the search field, and the sign that turns in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from gui.helpers import OpenWindow, until, until_heading, until_idle
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import QApplication, QLineEdit, QProxyStyle, QStyle
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.gui.queries import Everything, Words
from inphotos.gui.suggestions.popup import SuggestionList
from inphotos.library import Library, SavedSearch
from inphotos.search.query import Example

LEFT = Qt.MouseButton.LeftButton
UP, DOWN, ENTER, TAB, ESCAPE = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
)


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path, album: Path) -> MainWindow:
    """A window that shows the 20 photos of the album, with a history and two saved searches."""
    with Library.open(indexed) as library:
        for text in ("name:photo01", "name:photo02", "snow"):
            library.history.add(text)
        library.history.write()
        library.searches.save(SavedSearch("Ten of them", "ext:jpg"))
        photo = Example(album / "photo03.jpg")
        library.searches.save(SavedSearch("Like the third", "", (photo,)))
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    until(qtbot, lambda: opened.memory.book.facets.folders)
    opened.activateWindow()
    until(qtbot, opened.search_bar.field.hasFocus)
    return opened


def field(window: MainWindow) -> QLineEdit:
    return window.search_bar.field


def popup(window: MainWindow) -> SuggestionList:
    return window.memory.suggesting.list


def offered(window: MainWindow) -> list[str]:
    return [each.text for each in popup(window).offered]


def test_former_searches_are_offered_and_taken_by_the_keys(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert offered(window) == []
    qtbot.keyClicks(field(window), "na")
    assert offered(window) == ["name:photo02", "name:photo01", "name:"]
    assert (
        not popup(window)
        .geometry()
        .intersects(field(window).rect().translated(field(window).mapTo(window, QPoint())))
    )
    for key in (DOWN, DOWN, UP):
        qtbot.keyClick(field(window), key)
    assert popup(window).chosen.text == "name:photo02"
    assert field(window).accessibleDescription() == "name:photo02"
    assert field(window).text() == "na"
    qtbot.keyClick(field(window), ENTER)
    until(qtbot, lambda: window.search.shown == Words("name:photo02"))
    assert (field(window).text(), offered(window)) == ("name:photo02", [])
    assert field(window).hasFocus()


def test_enter_without_a_choice_searches_for_what_is_typed(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClicks(field(window), "name:photo0")
    assert offered(window) == ["name:photo02", "name:photo01"]
    qtbot.keyClick(field(window), ENTER)
    until_heading(qtbot, window, "10 photos match")
    assert offered(window) == []
    qtbot.keyClick(field(window), DOWN)
    assert window.grid.hasFocus()


def test_escape_closes_the_list_before_it_leaves_the_search(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClicks(field(window), "name:photo0")
    qtbot.keyClick(field(window), ESCAPE)
    assert (offered(window), field(window).text()) == ([], "name:photo0")
    qtbot.keyClick(field(window), ESCAPE)
    until(qtbot, lambda: window.search.shown == Everything())
    assert field(window).text() == ""


def test_down_in_an_empty_field_goes_through_the_last_searches(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(field(window), DOWN)
    assert offered(window) == ["snow", "name:photo02", "name:photo01"]
    assert popup(window).chosen.text == "snow"
    qtbot.keyClick(field(window), UP)
    assert popup(window).chosen is None
    qtbot.keyClick(field(window), UP)
    assert (offered(window), field(window).text()) == ([], "snow")  # as without the list
    qtbot.keyClick(field(window), DOWN)
    assert field(window).text() == ""
    for _ in range(4):
        qtbot.keyClick(field(window), DOWN)
    assert window.grid.hasFocus()
    assert offered(window) == []


def test_the_mouse_opens_the_list_and_takes_from_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(field(window), LEFT)
    assert offered(window) == ["snow", "name:photo02", "name:photo01"]
    view = popup(window)
    place = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseMove(view.viewport(), place)
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    until(qtbot, lambda: window.search.shown == Words("name:photo02"))
    assert field(window).hasFocus()
    field(window).clear()
    until(qtbot, lambda: window.search.shown == Everything())
    qtbot.mouseClick(field(window), LEFT)
    assert offered(window)
    qtbot.mouseClick(window.photos_page, LEFT, pos=QPoint(5, 5))
    assert offered(window) == []
    qtbot.mouseClick(field(window), LEFT)
    window.grid.setFocus(Qt.FocusReason.MouseFocusReason)
    assert offered(window) == []


def test_a_filter_is_completed_and_then_its_value(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClicks(field(window), "sea fold")
    assert offered(window) == ["folder:"]
    qtbot.keyClick(field(window), TAB)
    assert field(window).text() == "sea folder:"
    [folder] = popup(window).offered
    assert (folder.kind, folder.photos) == ("folder", 20)
    qtbot.keyClick(field(window), TAB)
    assert field(window).text() == f"sea {folder.whole.removeprefix('sea ')}"
    assert field(window).hasFocus()
    query = field(window).text().strip()
    until(qtbot, lambda: window.search.shown == Words(query))
    assert len(window.search.rows) == 20
    qtbot.keyClick(field(window), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field(window).text() == "sea folder:"


def test_a_saved_search_brings_its_photos(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    qtbot.keyClicks(field(window), "like the t")
    assert offered(window) == ["Like the third"]
    qtbot.keyClick(field(window), DOWN)
    qtbot.keyClick(field(window), ENTER)
    until_heading(qtbot, window, "similar to “photo03.jpg”")
    assert field(window).text() == ""


def test_what_an_input_method_composes_is_not_disturbed(qtbot: QtBot, window: MainWindow) -> None:
    QApplication.sendEvent(field(window), QInputMethodEvent("na", []))
    assert (field(window).text(), offered(window)) == ("", [])
    event = QInputMethodEvent("", [])
    event.setCommitString("na")
    QApplication.sendEvent(field(window), event)
    assert offered(window)[0] == "name:photo02"
    window.resize(window.width() - 20, window.height())
    assert offered(window) == []


@pytest.mark.parametrize("key", ["Ctrl+K", "Ctrl+F", "/"])
def test_keys_lead_to_the_field(qtbot: QtBot, window: MainWindow, key: str) -> None:
    window.search_for("snow")
    window.grid.setFocus()
    qtbot.keySequence(window, key)
    assert field(window).hasFocus()
    assert field(window).selectedText() == "snow"
    assert offered(window) == []


def test_the_sign_turns_until_the_answer_is_there(qtbot: QtBot, window: MainWindow) -> None:
    until(qtbot, lambda: not field(window).busy)
    with window.session._search_worker._using:  # as long as it is held, nothing is answered
        window.search_for("name:photo01")
        until(qtbot, lambda: field(window).busy == "Searching…")
    until_heading(qtbot, window, "1 photo matches")
    assert field(window).busy == ""
    with window.session._search_worker._using:
        window.session.load_encoder()
        until(qtbot, lambda: field(window).busy == "Loading the model…")
    until(qtbot, lambda: not field(window).busy)


def test_the_sign_stands_still_for_who_wants_no_motion(qtbot: QtBot, window: MainWindow) -> None:
    class Still(QProxyStyle):
        def styleHint(self, hint, *rest):  # type: ignore[no-untyped-def]
            if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
                return 0
            return super().styleHint(hint, *rest)

    bar = window.search_bar.field
    bar.show_busy("Searching…")
    assert bar._tick.isActive()
    bar.show_busy("")
    assert not bar._tick.isActive()
    still = Still("Fusion")
    bar.setStyle(still)
    bar.show_busy("Searching…")
    assert not bar._tick.isActive()
    bar.show_busy("")
    bar.setStyle(None)
