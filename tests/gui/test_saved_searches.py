"""Saved searches: the star, the dialog, the sidebar and its numbers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, shown, until, until_heading, until_idle
from PyQt6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from inphotos.gui.dialogs.search_name import SearchNameDialog
from inphotos.gui.main_window import MainWindow
from inphotos.gui.queries import Everything, Words
from inphotos.gui.search_list import ALL, SECTION
from inphotos.gui.sidebar.model import COUNT_ROLE, KIND_ROLE, SHOWN_ROLE
from inphotos.gui.sidebar.view import Sidebar
from inphotos.library import Library, SavedSearch

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows the 20 photos of the album, with three saved searches."""
    with Library.open(indexed) as library:
        for name, text in (("Ten", "name:photo1"), ("Five", "name:photo05"), ("Sea", "sea")):
            library.searches.save(SavedSearch(name, text))
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    opened.activateWindow()
    return opened


def sidebar(window: MainWindow) -> Sidebar:
    return window.memory.sidebar


def row(window: MainWindow, name: str) -> QModelIndex:
    index = sidebar(window).rows.index_of(name, SECTION)
    assert index.isValid()
    return index


def listed(window: MainWindow) -> list[str]:
    """Return what is in the section of saved searches."""
    section = sidebar(window).rows.section_index(SECTION)
    rows = sidebar(window).rows
    return [rows.index(at, 0, section).data() for at in range(rows.rowCount(section))]


def marked(window: MainWindow) -> list[str]:
    """Return the entries that are marked as shown."""
    rows = sidebar(window).rows
    entries = [rows.index_of(ALL), *(row(window, name) for name in names(window))]
    return [index.data() for index in entries if index.data(SHOWN_ROLE)]


def names(window: MainWindow) -> list[str]:
    return [search.name for search in window.session.library.searches.all]


def click(qtbot: QtBot, window: MainWindow, index: QModelIndex) -> None:
    place = sidebar(window).visualRect(index).center()
    qtbot.mouseClick(sidebar(window).viewport(), LEFT, pos=place)


def dialog_of(window: MainWindow) -> SearchNameDialog:
    (dialog,) = [each for each in window.findChildren(SearchNameDialog) if each.isVisible()]
    return dialog


def choose_name(qtbot: QtBot, window: MainWindow, name: str) -> None:
    dialog = dialog_of(window)
    dialog.field.selectAll()
    qtbot.keyClicks(dialog.field, name)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)


def test_saved_searches_are_listed_and_shown_by_a_click(qtbot: QtBot, window: MainWindow) -> None:
    assert listed(window) == ["Ten", "Five", "Sea"]
    assert marked(window) == ["All photos"]
    click(qtbot, window, row(window, "Ten"))
    until_heading(qtbot, window, "10 photos match")
    assert window.search_bar.text() == "name:photo1"
    assert marked(window) == ["Ten"]
    click(qtbot, window, sidebar(window).rows.index_of(ALL))
    until_heading(qtbot, window, "20 photos, newest first")
    assert window.search_bar.text() == ""
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    until(qtbot, lambda: window.search.shown == Words("name:photo1"))
    assert marked(window) == ["Ten"]


def test_what_is_typed_is_recognised(qtbot: QtBot, window: MainWindow) -> None:
    window.search_for("name:photo05")
    until(qtbot, lambda: marked(window) == ["Five"])
    window.search_for("name:photo06")
    until(qtbot, lambda: marked(window) == [])


def test_the_keyboard_chooses_without_showing_on_the_way(qtbot: QtBot, window: MainWindow) -> None:
    sidebar(window).setFocus()
    sidebar(window).setCurrentIndex(row(window, "Ten"))
    qtbot.keyClick(sidebar(window), Qt.Key.Key_Down)
    assert window.search.query == Everything()
    qtbot.keyClick(sidebar(window), Qt.Key.Key_Return)
    until_heading(qtbot, window, "1 photo matches")
    assert window.search.shown == Words("name:photo05")


def test_letters_typed_in_the_sidebar_are_a_query(qtbot: QtBot, window: MainWindow) -> None:
    sidebar(window).setFocus()
    sidebar(window).setCurrentIndex(row(window, "Ten"))
    qtbot.keyClicks(sidebar(window), "s")
    until(qtbot, window.search_bar.field.hasFocus)
    assert window.search_bar.field.text() == "s"


def test_a_title_and_a_hint_are_nothing_to_choose(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    assert listed(window) == ["Searches that you save appear here"]
    section = sidebar(window).rows.section_index(SECTION)
    for index in (section, sidebar(window).rows.index(0, 0, section)):
        assert index.data(KIND_ROLE) != "entry"
        click(qtbot, window, index)
    assert window.search.query == Everything()


def test_the_star_saves_under_the_suggested_name(
    qtbot: QtBot, window: MainWindow, indexed: Path
) -> None:
    star = window.search_bar.star
    assert not star.isVisible()
    window.search_for("dog on a beach")
    until_heading(qtbot, window, "“dog on a beach”")
    assert star.isVisible()
    star.trigger()
    assert dialog_of(window).field.text() == "Dog on a beach"
    qtbot.mouseClick(dialog_of(window).save_button, LEFT)
    assert listed(window)[-1] == "Dog on a beach"
    assert marked(window) == ["Dog on a beach"]
    assert "Saved as “Dog on a beach”" in star.toolTip()
    until(qtbot, lambda: "Dog on a beach" in (indexed / "searches.json").read_text())
    star.trigger()
    assert listed(window) == ["Ten", "Five", "Sea"]
    assert "Save this search" in star.toolTip()


def test_a_key_saves_what_has_just_been_typed(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClicks(window.search_bar.field, "name:photo07")
    qtbot.keyClick(window.search_bar.field, Qt.Key.Key_S, CONTROL)
    choose_name(qtbot, window, "Seven")
    assert names(window) == ["Ten", "Five", "Sea", "Seven"]
    assert window.session.library.searches.named("Seven").text == "name:photo07"


def test_there_is_nothing_to_save_of_all_photos(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert not [each for each in window.findChildren(SearchNameDialog) if each.isVisible()]


def test_a_search_of_the_same_name_is_replaced_when_the_user_says_so(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.search_for("name:photo07")
    window.memory.saved.save()
    dialog = dialog_of(window)
    dialog.field.setText("  ")
    assert not dialog.save_button.isEnabled()
    dialog.field.setText("ten")
    assert "replaced" in dialog.remark.text()
    assert dialog.save_button.text() == "Replace"
    qtbot.mouseClick(dialog.save_button, LEFT)
    assert names(window) == ["ten", "Five", "Sea"]
    assert window.session.library.searches.named("ten").text == "name:photo07"


def test_a_search_is_renamed(qtbot: QtBot, window: MainWindow) -> None:
    sidebar(window).setFocus()
    sidebar(window).setCurrentIndex(row(window, "Five"))
    qtbot.keyClick(sidebar(window), Qt.Key.Key_F2)
    dialog = dialog_of(window)
    dialog.field.setText("Sea")
    assert "Another search has that name" in dialog.remark.text()
    assert not dialog.save_button.isEnabled()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert listed(window) == ["Ten", "Five", "Sea"]
    choose_name(qtbot, window, "The fifth")
    assert listed(window) == ["Ten", "The fifth", "Sea"]


def test_a_removal_can_be_undone(qtbot: QtBot, window: MainWindow) -> None:
    sidebar(window).setFocus()
    sidebar(window).setCurrentIndex(row(window, "Five"))
    qtbot.keyClick(sidebar(window), Qt.Key.Key_Delete)
    assert listed(window) == ["Ten", "Sea"]
    assert window.notice.text == "Removed the saved search “Five”."
    qtbot.mouseClick(window.notice.button, LEFT)
    assert listed(window) == ["Ten", "Five", "Sea"]


def test_the_menu_of_a_search(qtbot: QtBot, window: MainWindow) -> None:
    view = sidebar(window)
    place = view.visualRect(row(window, "Ten")).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["Move Up"].isEnabled()
    actions["Move Down"].trigger()
    menu.close()
    assert listed(window) == ["Five", "Ten", "Sea"]


def test_keys_put_the_searches_into_another_order(qtbot: QtBot, window: MainWindow) -> None:
    view = sidebar(window)
    view.setFocus()
    view.setCurrentIndex(row(window, "Sea"))
    qtbot.keyClick(view, Qt.Key.Key_Up, ALT)
    assert listed(window) == ["Ten", "Sea", "Five"]
    assert view.currentIndex().data() == "Sea"
    qtbot.keyClick(view, Qt.Key.Key_Up, ALT)
    qtbot.keyClick(view, Qt.Key.Key_Up, ALT)
    assert listed(window) == names(window) == ["Sea", "Ten", "Five"]
    qtbot.keyClick(view, Qt.Key.Key_Down, ALT)
    assert listed(window) == ["Ten", "Sea", "Five"]


def drag(view: Sidebar, data: QMimeData, place: QPoint) -> None:
    """Drag something onto the sidebar and drop it there."""
    move, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(place, move, data, LEFT, none),
        QDragMoveEvent(place, move, data, LEFT, none),
        QDropEvent(QPointF(place), move, data, LEFT, none),
    ):
        QApplication.sendEvent(view.viewport(), event)


def test_a_search_is_dragged_to_another_place(qtbot: QtBot, window: MainWindow) -> None:
    view = sidebar(window)
    data = view.rows.mimeData([row(window, "Sea")])
    top = view.visualRect(row(window, "Ten")).topLeft() + QPoint(20, 0)
    drag(view, data, top)
    assert listed(window) == names(window) == ["Sea", "Ten", "Five"]
    drag(view, data, view.visualRect(view.rows.index_of(ALL)).center())
    assert listed(window) == ["Sea", "Ten", "Five"]


def test_a_photo_that_is_dropped_on_the_sidebar_means_the_window(
    qtbot: QtBot, window: MainWindow, album: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(album / "photo03.jpg"))])
    drag(sidebar(window), data, sidebar(window).visualRect(row(window, "Ten")).topLeft())
    until_heading(qtbot, window, "similar to “photo03.jpg”")
    assert listed(window) == ["Ten", "Five", "Sea"]


def count(window: MainWindow, name: str) -> str | None:
    return row(window, name).data(COUNT_ROLE)


def test_each_search_has_the_number_of_its_photos(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(qtbot, lambda: count(window, "Sea") is not None)
    assert (count(window, "Ten"), count(window, "Five")) == ("10", "1")
    assert sidebar(window).rows.index_of(ALL).data(COUNT_ROLE) == "20"
    click(qtbot, window, row(window, "Sea"))
    until(qtbot, lambda: window.search.shown == Words("sea"))
    matches = sum(result.match in ("strong", "maybe") for result in shown(window))
    assert count(window, "Sea") == str(matches)


def test_the_numbers_follow_the_library(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, followed: MainWindow, pictures: Path
) -> None:
    monkeypatch.setattr("inphotos.gui.search_counts.PAUSE_MS", 50)
    followed.session.library.searches.save(SavedSearch("Ten", "name:photo1"))
    followed.memory.saved.changed.emit()
    until(qtbot, lambda: count(followed, "Ten") == "10")
    shutil.copyfile(pictures / "photo10.jpg", pictures / "photo1x.jpg")
    until(qtbot, lambda: count(followed, "Ten") == "11")
    all_photos = sidebar(followed).rows.index_of(ALL)
    until(qtbot, lambda: all_photos.data(COUNT_ROLE) == "21")


def test_words_that_cannot_be_counted_have_no_number(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, tiny_mobilenet: Path
) -> None:
    with Library.open(indexed) as library:
        for name, text in (("Sea", "sea"), ("Ten", "name:photo1")):
            library.searches.save(SavedSearch(name, text))
    window = open_window(indexed, model=str(tiny_mobilenet))
    until(qtbot, lambda: count(window, "Ten") == "10")
    assert count(window, "Sea") is None


def test_the_sidebar_is_hidden_and_remembered(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, indexed: Path
) -> None:
    view = sidebar(window)
    assert view.isVisible()
    handle = window.memory.splitter.handle(1)
    place = handle.rect().center()
    qtbot.mousePress(handle, LEFT, pos=place)
    qtbot.mouseMove(handle, place + QPoint(60, 0))
    qtbot.mouseRelease(handle, LEFT, pos=place + QPoint(60, 0))
    width = view.width()
    assert width > 220
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not view.isVisible()
    window.close()
    again = open_window(indexed)
    until_idle(qtbot, again, photos=20)
    again.resize(1080, 700)  # the screen of the tests is smaller than the first window
    assert not sidebar(again).isVisible()
    qtbot.keyClick(again, Qt.Key.Key_F9)
    assert sidebar(again).isVisible()
    assert sidebar(again).width() == width


def test_there_is_no_sidebar_without_photos(open_window: OpenWindow) -> None:
    window = open_window()
    assert window.start_page.isVisible()
    assert not sidebar(window).isVisible()
