"""Order and groups of the photos in the window."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from gui.helpers import PATIENCE_MS, OpenWindow, shown, until, until_heading, until_idle
from PyQt6.QtCore import QDate, QDateTime, QLocale, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from inphotos.gui import photo_search
from inphotos.gui.group_titles import title_of
from inphotos.gui.main_window import MainWindow
from inphotos.gui.queries import ALL_PHOTOS, FOUND_PHOTOS, Answer, Arrangement
from inphotos.gui.window_state import WindowState
from inphotos.search.ranking import Result

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows the 20 photos of the album."""
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    return opened


def choose(qtbot: QtBot, button: QPushButton, text: str) -> None:
    """Open the menu of a button by the keyboard and go down to a choice."""
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    until(qtbot, lambda: QApplication.activePopupWidget() is button.menu())
    menu = button.menu()
    assert menu is not None
    for _ in range(9):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text() == text:
            qtbot.keyClick(menu, Qt.Key.Key_Return)
            return
    pytest.fail(f"{text} is not in the menu")


def search_by(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Search for words and wait until the grid shows what was found."""
    with qtbot.waitSignal(window.search.answered, timeout=PATIENCE_MS):
        window.search_for(text)


def menu_of(window: MainWindow, *titles: str) -> QMenu:
    """Return a menu of the menu bar, or one in it."""
    actions = window.menuBar().actions()
    for title in titles:
        (found,) = [action for action in actions if action.text() == title]
        menu = found.menu()
        assert menu is not None
        actions = menu.actions()
    return menu


def checked(actions: list[QAction]) -> list[str]:
    return [action.text() for action in actions if action.isChecked()]


def names(window: MainWindow) -> list[str]:
    return [result.path.name for result in shown(window)]


def test_all_photos_come_in_the_order_that_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    page = window.photos_page
    newest = names(window)
    assert newest == sorted(newest, reverse=True)
    assert (page.sort_button.text(), page.group_button.text()) == ("Sort: Date", "Group: None")
    choose(qtbot, page.sort_button, "Name")
    until_heading(qtbot, window, "20 photos, by name")
    assert names(window) == sorted(newest)
    assert page.sort_button.text() == "Sort: Name"
    choose(qtbot, page.sort_button, "Size")
    until_heading(qtbot, window, "20 photos, largest first")
    sizes = [result.path.stat().st_size for result in shown(window)]
    assert sizes == sorted(sizes, reverse=True)
    choose(qtbot, page.sort_button, "Date")
    until_heading(qtbot, window, "20 photos, newest first")
    assert names(window) == newest


def test_a_click_opens_the_choices(qtbot: QtBot, window: MainWindow) -> None:
    button = window.photos_page.group_button
    qtbot.mouseClick(button, LEFT)
    until(qtbot, lambda: QApplication.activePopupWidget() is button.menu())
    menu = button.menu()
    (day,) = [action for action in menu.actions() if action.text() == "Day"]
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(day).center())
    until(qtbot, lambda: shown(window)[0].group)
    assert button.text() == "Group: Day"
    assert {result.group for result in shown(window)} == {
        QDateTime.fromSecsSinceEpoch(1_700_000_000).date().toString(Qt.DateFormat.ISODate)
    }


def test_the_menu_bar_offers_the_same(qtbot: QtBot, window: MainWindow) -> None:
    sorts, groups = menu_of(window, "&View", "Sort By"), menu_of(window, "&View", "Group By")
    assert [a.text() for a in sorts.actions() if a.isVisible()] == [
        "Date",
        "Name",
        "Folder",
        "Size",
    ]
    assert [a.text() for a in groups.actions()] == ["None", "Day", "Folder", "Place"]
    assert (checked(sorts.actions()), checked(groups.actions())) == (["Date"], ["None"])
    (folder,) = [action for action in groups.actions() if action.text() == "Folder"]
    folder.trigger()
    until(qtbot, lambda: shown(window)[0].group)
    assert checked(groups.actions()) == ["Folder"]
    assert window.photos_page.group_button.text() == "Group: Folder"
    assert {result.group for result in shown(window)} == {shown(window)[0].path.parent.as_posix()}


def test_a_search_has_an_order_of_its_own(qtbot: QtBot, window: MainWindow) -> None:
    page = window.photos_page
    choose(qtbot, page.sort_button, "Name")
    until_heading(qtbot, window, "by name")
    search_by(qtbot, window, "sea score:>-1")
    assert "by" not in page.heading.text()
    scores = [result.score for result in shown(window)]
    assert scores == sorted(scores, reverse=True)
    assert page.sort_button.toolTip() == "Sort: Relevance"
    assert menu_of(window, "&View", "Sort By").actions()[0].isVisible()
    choose(qtbot, page.sort_button, "Date")
    until(qtbot, lambda: names(window) == sorted(names(window), reverse=True))
    assert len(shown(window)) == 20
    window.show_everything()
    until_heading(qtbot, window, "20 photos, by name")
    search_by(qtbot, window, "snow score:>-1")
    assert names(window) == sorted(names(window), reverse=True)


def test_the_heading_tells_the_order_of_matches(qtbot: QtBot, window: MainWindow) -> None:
    search_by(qtbot, window, "is:landscape")
    choose(qtbot, window.photos_page.sort_button, "Size")
    until(qtbot, lambda: "by size" in window.photos_page.heading.text())
    assert window.photos_page.heading.text() == "20 photos match landscape, by size"


def test_the_current_photo_stays_so(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.setCurrentIndex(window.grid.model().index(3, 0))
    current = window.grid.current_result()
    choose(qtbot, window.photos_page.sort_button, "Name")
    until_heading(qtbot, window, "by name")
    assert window.grid.current_result().photo_id == current.photo_id
    assert window.grid.currentIndex().row() == 16
    search_by(qtbot, window, "sea")
    assert window.grid.current_result() is None


def test_the_next_start_has_the_same_order(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, indexed: Path
) -> None:
    choose(qtbot, window.photos_page.sort_button, "Size")
    until_heading(qtbot, window, "largest first")
    choose(qtbot, window.photos_page.group_button, "Place")
    window.search_for("")
    search_by(qtbot, window, "sea")
    choose(qtbot, window.photos_page.group_button, "Day")
    until(qtbot, lambda: shown(window)[0].group)
    window.show_everything()
    until_heading(qtbot, window, "largest first")
    window.close()
    again = open_window(indexed)
    until_idle(qtbot, again, photos=20)
    assert again.photos_page.heading.text() == "20 photos, largest first"
    page = again.photos_page
    assert (page.sort_button.text(), page.group_button.text()) == ("Sort: Size", "Group: Place")
    search_by(qtbot, again, "sea")
    told = (page.sort_button.toolTip(), page.group_button.toolTip())
    assert told == ("Sort: Relevance", "Group: Day")


@pytest.mark.parametrize("stored", ["", "sideways day", "date", "date day extra"])
def test_an_order_that_makes_no_sense_is_not_taken_up(tmp_path: Path, stored: str) -> None:
    WindowState.load(tmp_path).save(tmp_path)
    ini = tmp_path / "window.ini"
    ini.write_text(ini.read_text().replace("date none", stored).replace("relevance none", stored))
    state = WindowState.load(tmp_path)
    assert (state.all_photos, state.found_photos) == (ALL_PHOTOS, FOUND_PHOTOS)


def test_a_query_that_fails_changes_no_order(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window.photos_page.sort_button, "Name")
    until_heading(qtbot, window, "by name")
    window.examples.find_similar(Path("/nowhere/none.jpg"))
    until(qtbot, lambda: "none.jpg" in window.notice.text)
    assert window.search.arrangement == Arrangement("name")
    assert window.photos_page.sort_button.toolTip() == "Sort: Name"
    assert names(window) == sorted(names(window))


def test_nothing_is_asked_for_beyond_the_end_of_an_answer(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_by(qtbot, window, "sea")
    ranked = shown(window)
    monkeypatch.setattr(photo_search, "PAGE", 3)
    monkeypatch.setattr(photo_search, "MOST_AT_ONCE", 3)
    matches = [result for result in ranked if result.match != "none"]
    # Where nothing matches, as with a model without sense, it is as many as were asked for.
    expected = {result.photo_id for result in matches or ranked[:3]}
    assert len(expected) < 20
    answers: list[Answer] = []
    window.session.answered.connect(answers.append)
    choose(qtbot, window.photos_page.sort_button, "Date")
    until(qtbot, lambda: {result.photo_id for result in shown(window)} == expected)
    assert names(window) == sorted(names(window), reverse=True)
    qtbot.wait(300)
    assert len(answers) == 1
    assert not window.grid.model().canFetchMore(window.grid.rootIndex())


def test_there_is_nothing_to_arrange_where_nothing_is_shown(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.photos_page
    assert page.sort_button.isVisible()
    window.search_for("ratin:3")
    until(qtbot, page.empty.isVisible)
    assert not page.sort_button.isVisible()
    assert not page.group_button.isVisible()
    window.show_everything()
    until_heading(qtbot, window, "20 photos")
    assert page.sort_button.isVisible()


def test_a_narrow_head_says_less(qtbot: QtBot, window: MainWindow) -> None:
    page = window.photos_page
    window.first_steps.offer(("sunset over the sea", "mountains with snow"))
    (example,) = [b for b in page.findChildren(QPushButton) if b.text() == "mountains with snow"]
    window.resize(1200, 700)
    until(qtbot, lambda: page.sort_button.text() == "Sort: Date" and example.isVisible())
    window.resize(620, 700)
    until(qtbot, lambda: not example.isVisible())
    search_by(qtbot, window, "a long query that takes much of the width of the head")
    until(qtbot, lambda: page.sort_button.text() == "Relevance")
    assert page.group_button.text() == "No groups"
    assert page.group_button.accessibleName() == "Group: None"
    assert page.group_button.geometry().right() < page.width()
    window.resize(1200, 700)
    window.show_everything()
    until_heading(qtbot, window, "20 photos")
    until(qtbot, lambda: page.sort_button.text() == "Sort: Date" and example.isVisible())


def in_group(key: str) -> Result:
    """Return a photo that is in a group."""
    return Result(1, 1, Path("/x"), "", 1, 1, None, None, group=key)


@pytest.fixture
def british() -> Callable[[], None]:
    """The language of the application is that of Britain during the test."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def test_days_are_told_in_words(british: None) -> None:
    title = title_of("day", [])
    assert title is not None
    today = QDate.currentDate()
    days = [(0, "Today"), (-1, "Yesterday")]
    for days_later, words in days:
        key = today.addDays(days_later).toString(Qt.DateFormat.ISODate)
        assert title(in_group(key)) == words
    assert title(in_group("2023-07-14")) == "Friday, 14 July 2023"
    assert title(in_group("")) == "No date"
    QLocale.setDefault(QLocale("de_DE"))
    german = title_of("day", [])
    assert german is not None
    assert german(in_group("2023-07-14")) == "Freitag, 14. Juli 2023"
    tomorrow = today.addDays(1)
    assert german(in_group(tomorrow.toString(Qt.DateFormat.ISODate))) == QLocale().toString(
        tomorrow, QLocale.FormatType.LongFormat
    )


def test_folders_are_told_from_the_library_s_folder_on() -> None:
    roots = [Path("/home/me/Pictures"), Path("/media/a/DCIM"), Path("/media/b/DCIM"), Path("/")]
    title = title_of("folder", roots)
    assert title is not None
    assert title(in_group("/home/me/Pictures")) == "Pictures"
    assert title(in_group("/home/me/Pictures/2023/Porto")) == str(Path("Pictures/2023/Porto"))
    # Two of that name: the path tells which one it is, and no photos of both get under one title.
    assert title(in_group("/media/b/DCIM/1")) == str(Path("/media/b/DCIM/1"))
    assert title(in_group("/home/me/Pictures 2")) == str(Path("/home/me/Pictures 2"))
    assert title(in_group("")) == "Unknown folder"
    assert "\n" not in title(in_group("/home/me/Pictures/a\nb"))


def test_places_are_told_as_they_are() -> None:
    title = title_of("place", [])
    assert title is not None
    assert title(in_group("Porto, Portugal")) == "Porto, Portugal"
    assert title(in_group("")) == "Unknown place"
    assert title_of("none", []) is None


def test_the_rows_of_the_window_get_titles(qtbot: QtBot, window: MainWindow) -> None:
    given: list[Callable[[Result], str] | None] = []
    model = window.grid.model()
    divide = model.set_sections
    model.set_sections = lambda title_of: (given.append(title_of), divide(title_of))
    folder = shown(window)[0].path.parent
    choose(qtbot, window.photos_page.group_button, "Folder")
    until(qtbot, lambda: given)
    assert given[-1] is not None
    titles = [title for title, _ in groupby(map(given[-1], shown(window)))]
    assert titles == [folder.name]
    search_by(qtbot, window, "sea")
    assert given[-1] is not None
    assert given[-1](shown(window)[0]) == "Closest anyway"  # no longer by folder
    window.search.refresh()
    qtbot.wait(50)
    assert len(given) == 2  # a refresh does not divide the rows anew
    window.show_everything()
    until_heading(qtbot, window, "20 photos")
    assert [title for title, _ in groupby(map(given[-1], shown(window)))] == [folder.name]
