"""Folders, dates, places and what there is to tidy up in the sidebar."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import piexif
import pytest
from gui.helpers import OpenWindow, shown, until, until_heading, until_idle
from photos_alike import exif, picture
from PyQt6.QtCore import QModelIndex, Qt
from PyQt6.QtTest import QAbstractItemModelTester
from PyQt6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.gui.queries import Duplicates, Everything, Words
from inphotos.gui.search_list import ALL
from inphotos.gui.sidebar.delegate import chevron_area
from inphotos.gui.sidebar.facet_lists import DATES, DUPLICATES, FAILURES, FOLDERS, PLACES, TIDY
from inphotos.gui.sidebar.model import (
    COUNT_ROLE,
    ICON_ROLE,
    KIND_ROLE,
    SHOWN_ROLE,
    Entry,
    SidebarModel,
)
from inphotos.gui.sidebar.view import Sidebar
from inphotos.library import Library

LEFT = Qt.MouseButton.LeftButton


def shoot(path: Path, seed: int, taken: datetime, north: float | None = None) -> None:
    """Write a photo with its date, and a place in Portugal, Switzerland or nowhere."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = piexif.load(exif(taken))
    if north is not None:
        east = -8.63 if north < 45 else 8.54
        data["GPS"] = {
            piexif.GPSIFD.GPSLatitudeRef: b"N",
            piexif.GPSIFD.GPSLatitude: ((int(north * 1000), 1000), (0, 1), (0, 1)),
            piexif.GPSIFD.GPSLongitudeRef: b"E" if east > 0 else b"W",
            piexif.GPSIFD.GPSLongitude: ((int(abs(east) * 1000), 1000), (0, 1), (0, 1)),
        }
    picture(seed, (96, 64)).save(path, exif=piexif.dump(data))


@pytest.fixture(scope="session")
def travels(tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path) -> Path:
    """A directory with two folders of photos, and a library that has indexed them."""
    home = tmp_path_factory.mktemp("travels")
    photos = home / "Travels"
    shoot(photos / "2023" / "Porto" / "a.jpg", 1, datetime(2023, 5, 1), 41.157)
    shoot(photos / "2023" / "Porto" / "b.jpg", 2, datetime(2023, 5, 9), 41.157)
    shoot(photos / "2023" / "c.jpg", 3, datetime(2023, 6, 9), 47.376)
    shoot(photos / "d.jpg", 4, datetime(2019, 1, 2))
    shutil.copyfile(photos / "d.jpg", photos / "copy of d.jpg")
    shoot(home / "Stick" / "e.jpg", 5, datetime(2019, 1, 2))
    (home / "Stick" / "broken.jpg").write_bytes(b"")
    with Library.open(home / "library") as library:
        library.use_model(str(tiny_clip))
        for folder in (photos, home / "Stick"):
            library.add_folder(folder)
        list(library.index())
    return home


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, travels: Path) -> MainWindow:
    """A window on that library, at rest, with everything in its sidebar."""
    shutil.copytree(travels / "library", tmp_path / "library")
    opened = open_window(tmp_path / "library")
    opened.resize(1000, 1000)
    until(qtbot, lambda: rows(opened).section_index(TIDY).isValid())
    until(qtbot, lambda: listed(opened, DATES))
    until(qtbot, lambda: opened.session.runs.state == "idle")
    opened.activateWindow()
    return opened


def sidebar(window: MainWindow) -> Sidebar:
    return window.memory.sidebar


def rows(window: MainWindow) -> SidebarModel:
    return sidebar(window).rows


def listed(window: MainWindow, section: str, key: str | None = None) -> list[str]:
    """Return what is in a section, or in an entry of it: names with their numbers."""
    model = rows(window)
    parent = model.section_index(section) if key is None else model.index_of(key, section)
    if not parent.isValid():
        return []
    children = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
    return [f"{child.data()} {child.data(COUNT_ROLE) or ''}".strip() for child in children]


def click(
    qtbot: QtBot,
    window: MainWindow,
    index: QModelIndex,
    *,
    chevron: bool = False,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    view = sidebar(window)
    view.scrollTo(index)
    row = view.visualRect(index)
    place = (chevron_area(row, index) if chevron else row).center()
    qtbot.mouseClick(view.viewport(), LEFT, keys, place)


def test_everything_has_its_section_and_numbers(window: MainWindow) -> None:
    assert listed(window, FOLDERS) == ["Travels 5", "Stick 1", "Add Folder…"]
    assert listed(window, DATES) == ["2023 3", "2019 3"]
    assert listed(window, PLACES) == ["Portugal 2", "Switzerland 1"]
    assert listed(window, TIDY) == ["Near-duplicates 2", "Could not be read 1"]


def test_a_folder_is_unfolded_and_shown_by_a_click(qtbot: QtBot, window: MainWindow) -> None:
    folder = rows(window).index_of("folder:=Travels/", FOLDERS)
    click(qtbot, window, folder, chevron=True)
    assert window.search.query == Everything()
    assert listed(window, FOLDERS, "folder:=Travels/") == ["2023 3"]
    click(qtbot, window, rows(window).index_of("folder:=Travels/2023/", FOLDERS))
    until_heading(qtbot, window, "3 photos match")
    assert window.search_bar.field.text() == "folder:=Travels/2023/ "
    assert window.search_bar.parts.chips[0].text() == "folder: Travels/2023"
    assert rows(window).index_of("folder:=Travels/2023/", FOLDERS).data(SHOWN_ROLE)


def test_words_are_searched_for_where_the_user_clicks(qtbot: QtBot, window: MainWindow) -> None:
    year = rows(window).index_of("date:2023", DATES)
    click(qtbot, window, year, chevron=True)
    assert listed(window, DATES, "date:2023") == ["May 2", "June 1"]
    click(qtbot, window, rows(window).index_of("date:2023-05", DATES))
    until_heading(qtbot, window, "2 photos match May 2023")
    qtbot.keyClicks(sidebar(window), "dog")
    qtbot.keyClick(window.search_bar.field, Qt.Key.Key_Return)
    until(qtbot, lambda: window.search.shown == Words("date:2023-05 dog"))
    assert len(shown(window)) == 2
    click(qtbot, window, rows(window).index_of("date:2023-06", DATES))
    until(qtbot, lambda: window.search.shown == Words("date:2023-06 dog"))
    # What the number says is shown, wherever one has been before, unless both are wanted.
    click(qtbot, window, rows(window).index_of("country:=Switzerland", PLACES))
    until(qtbot, lambda: window.search.shown == Words("country:=Switzerland dog"))
    control = Qt.KeyboardModifier.ControlModifier
    click(qtbot, window, rows(window).index_of("date:2023", DATES), keys=control)
    until(qtbot, lambda: window.search.shown == Words("date:2023 country:=Switzerland dog"))
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    until(qtbot, lambda: window.search.shown == Words("country:=Switzerland dog"))
    assert rows(window).index_of("country:=Switzerland", PLACES).data(SHOWN_ROLE)
    click(qtbot, window, rows(window).index_of(ALL))
    until(qtbot, lambda: window.search.shown == Everything())


def test_the_keyboard_goes_through_the_rows(qtbot: QtBot, window: MainWindow) -> None:
    view, model = sidebar(window), rows(window)
    view.setFocus()
    view.setCurrentIndex(model.index_of("country:=Portugal", PLACES))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert listed(window, PLACES, "country:=Portugal") == ["Porto 2"]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    until(qtbot, lambda: window.search.shown == Words("country:=Portugal city:=Porto"))
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex() == model.index_of("country:=Portugal", PLACES)
    assert not view.isExpanded(view.currentIndex())


def test_folded_sections_stay_so_over_a_restart(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, tmp_path: Path
) -> None:
    click(qtbot, window, rows(window).section_index(FOLDERS))
    view = sidebar(window)
    view.setFocus()
    view.setCurrentIndex(rows(window).section_index(PLACES))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.folded == {FOLDERS, PLACES}
    window.close()
    again = open_window(tmp_path / "library")
    until(qtbot, lambda: listed(again, DATES))
    model, view = rows(again), sidebar(again)
    unfolded = [key for key in (FOLDERS, DATES) if view.isExpanded(model.section_index(key))]
    assert unfolded == [DATES]


def test_photos_that_are_alike_are_shown_group_by_group(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, window, rows(window).index_of(DUPLICATES, TIDY))
    until_heading(qtbot, window, "2 photos that are alike")
    assert {result.path.name for result in shown(window)} == {"d.jpg", "copy of d.jpg"}
    assert [section.title for section in window.grid.model().sections] == ["Copies"]
    assert rows(window).index_of(DUPLICATES, TIDY).data(SHOWN_ROLE)
    assert not window.photos_page.sort_button.isVisible()
    qtbot.mouseClick(window.photos_page.back_button, LEFT)
    until_heading(qtbot, window, "6 photos, newest first")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    until(qtbot, lambda: window.search.shown == Duplicates())


def test_there_may_be_nothing_alike(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    until(qtbot, lambda: listed(window, DATES))
    assert not rows(window).section_index(PLACES).isValid()
    folder = rows(window).index(0, 0, rows(window).section_index(FOLDERS))
    assert not rows(window).hasChildren(folder)


def test_photos_that_could_not_be_read_are_listed(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, window, rows(window).index_of(FAILURES, TIDY))
    until(qtbot, window.dialogs.failures.isVisible)
    window.dialogs.failures.close()
    assert window.search.query == Everything()


def test_a_folder_is_removed_after_a_question(
    qtbot: QtBot, window: MainWindow, travels: Path
) -> None:
    index = rows(window).index_of("folder:=Stick/", FOLDERS)
    menu = window.memory.facets.menu(index)
    assert menu is not None
    *_, remove = menu.actions()
    assert [action.text() for action in menu.actions()] == [
        "Show in File Manager",
        "Look for New Photos",
        "Remove from Library…",
    ]
    remove.trigger()
    [box] = window.findChildren(QMessageBox)
    until(qtbot, box.isVisible)
    assert "“Stick”" in box.text()
    qtbot.mouseClick(next(b for b in box.buttons() if b.text() == "Remove"), LEFT)
    until(qtbot, lambda: listed(window, FOLDERS) == ["Travels 5", "Add Folder…"])
    assert (travels / "Stick" / "e.jpg").exists()


def test_numbers_follow_the_library_and_what_is_unfolded_stays_so(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, followed: MainWindow, pictures: Path
) -> None:
    monkeypatch.setattr("inphotos.gui.facet_book.PAUSE_MS", 50)
    view, model = sidebar(followed), rows(followed)
    until(qtbot, lambda: listed(followed, FOLDERS)[:1] == ["pictures 20"])
    view.expand(model.index_of("date:2023", DATES))
    shoot(pictures / "new" / "a.jpg", 1, datetime(2024, 2, 3))
    until(qtbot, lambda: listed(followed, FOLDERS)[:1] == ["pictures 21"])
    until(qtbot, lambda: listed(followed, DATES) == ["2024 1", "2023 20"])
    assert view.isExpanded(model.index_of("date:2023", DATES))


def test_of_a_large_library_the_near_duplicates_are_told_once_they_are_found(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, followed: MainWindow, pictures: Path
) -> None:
    monkeypatch.setattr("inphotos.gui.facet_book.PAUSE_MS", 50)
    monkeypatch.setattr("inphotos.search.alike.AT_ONCE", 0)
    monkeypatch.setattr("inphotos.search.alike._HOLD", 0)
    until(qtbot, lambda: listed(followed, FOLDERS)[:1] == ["pictures 20"])
    shoot(pictures / "new" / "a.jpg", 1, datetime(2024, 2, 3))
    shutil.copy(pictures / "new" / "a.jpg", pictures / "new" / "b.jpg")
    until(qtbot, lambda: "Near-duplicates 2" in listed(followed, TIDY))


def test_a_drive_that_is_away_is_said_so(
    qtbot: QtBot, followed: MainWindow, pictures: Path
) -> None:
    pictures.rename(pictures.with_name("elsewhere"))
    followed.session.index()
    until(qtbot, lambda: listed(followed, FOLDERS)[:1] == ["pictures Offline"])
    index = rows(followed).index(0, 0, rows(followed).section_index(FOLDERS))
    assert index.data(ICON_ROLE) == "offline"
    menu = followed.memory.facets.menu(index)
    assert menu is not None
    assert [action.isEnabled() for action in menu.actions()] == [False, False, True]


@pytest.fixture
def model() -> SidebarModel:
    """A model with a section of 30 entries, the first of which has 5 in it."""
    made = SidebarModel()
    made.add_section("dates", "Dates", most=10)
    made.add_section("none", "Nothing")
    made.show_section("dates", entries(30))
    return made


def entries(count: int, tip: str = "") -> list[Entry]:
    inside = [Entry(f"in {number}", f"In {number}", "") for number in range(5)]
    first = Entry("e0", "Entry 0", "photo", tip, inside=lambda: inside)
    others = [Entry(f"e{number}", f"Entry {number}", "photo", tip) for number in range(1, count)]
    return [first, *others]


def test_a_long_list_is_shown_whole_when_wanted(model: SidebarModel) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert not model.section_index("none").isValid()
    section = model.section_index("dates")
    assert model.rowCount(section) == 11
    more = model.index(10, 0, section)
    assert (more.data(), more.data(KIND_ROLE)) == ("Show all 30", "more")
    model.show_all(more)
    assert model.rowCount(section) == 30
    model.show_section("dates", entries(31))
    assert model.rowCount(section) == 31
    model.show_section("dates", ())
    assert not model.section_index("dates").isValid()
    model.show_section("dates", entries(11))
    assert model.rowCount(model.section_index("dates")) == 11


def test_rows_that_stay_are_not_made_anew(model: SidebarModel) -> None:
    first = model.index_of("e0", "dates")
    assert model.hasChildren(first)
    assert model.rowCount(first) == 0
    model.fetchMore(first)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount(first) == 5
    item = model.itemFromIndex(model.index_of("e3", "dates"))
    model.show_section("dates", list(reversed(entries(9, "another"))))
    assert model.itemFromIndex(model.index_of("e3", "dates")) is item
    assert item.row() == 5
    assert item.toolTip() == "another"
    assert model.rowCount(model.index_of("e0", "dates")) == 5
    model.set_shown("in 2", "dates")
    assert model.index_of("in 2", "dates").data(SHOWN_ROLE)


def test_rows_in_sight_stay_where_they_are_while_others_come(qtbot: QtBot) -> None:
    view = Sidebar()
    qtbot.addWidget(view)
    view.rows.add_section("dates", "Dates")
    view.rows.show_section("dates", entries(30))
    view.resize(200, 200)
    view.show()
    view.scrollToBottom()
    last = view.rows.index_of("e29", "dates")
    top = view.visualRect(last).top()
    with view.keep_place():
        view.rows.show_section("dates", [Entry("new", "New", ""), *entries(30)])
    assert view.visualRect(view.rows.index_of("e29", "dates")).top() == top
