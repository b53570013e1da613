"""What the window makes of a query: chips, problems, filters, and pages to the last photo."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, shown, until, until_heading, until_idle
from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inphotos.gui.chips import Chip
from inphotos.gui.main_window import MainWindow
from inphotos.gui.query_parts import MOST_CHIPS
from inphotos.library import Library


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows the 20 photos of the album."""
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    opened.activateWindow()
    return opened


def chips(window: MainWindow) -> list[Chip]:
    return window.search_bar.parts.chips


def labels(window: MainWindow) -> list[str]:
    return [chip.part.label for chip in chips(window)]


def kinds(window: MainWindow) -> list[str]:
    return [chip.property("kind") for chip in chips(window)]


def type_in(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Type a query over the one that is there, press Enter and wait for the answer."""
    field = window.search_bar.field
    field.setFocus()
    field.selectAll()
    if text.isascii():
        qtbot.keyClicks(field, text)
    else:
        # Other characters come from an input method.
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)
    with qtbot.waitSignal(window.search.understood):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def names(window: MainWindow) -> list[str]:
    return [result.path.name for result in shown(window)]


def scroll_to_the_end(qtbot: QtBot, window: MainWindow, photos: int) -> None:
    bar = window.grid.verticalScrollBar()
    while window.grid.model().rowCount() < photos:
        rows = window.grid.model().rowCount()
        bar.setValue(bar.maximum())
        until(qtbot, lambda rows=rows: window.grid.model().rowCount() > rows)


def test_plain_words_have_no_chips_and_take_no_room(qtbot: QtBot, window: MainWindow) -> None:
    before = window.search_bar.height()
    type_in(qtbot, window, "dog on a beach")
    until_heading(qtbot, window, "dog on a beach")
    assert chips(window) == []
    assert window.search_bar.height() == before


def test_every_part_has_a_chip_of_its_kind(qtbot: QtBot, window: MainWindow) -> None:
    type_in(qtbot, window, "red car name:photo0* camra:nikon -people")
    assert labels(window) == ["red car", "name: photo0*", "camra:nikon", "not people"]
    assert kinds(window) == ["concept", "filter", "problem", "concept"]
    assert [chip.accessibleName() for chip in chips(window)][:2] == [
        "Search for: red car",
        "Filter: name: photo0*",
    ]
    assert "did you mean “camera:”?" in chips(window)[2].toolTip()
    # The rest of the query runs.
    assert len(shown(window)) == 10
    assert window.notice.text == ""


def test_a_photo_in_the_query_shows_its_name(qtbot: QtBot, window: MainWindow) -> None:
    photo = shown(window)[0].path
    type_in(qtbot, window, f'like:"{photo}"')
    assert labels(window) == [f"like {photo.name}"]
    assert photo not in {result.path for result in shown(window)}


def test_the_small_button_removes_a_part(qtbot: QtBot, window: MainWindow) -> None:
    type_in(qtbot, window, "sea name:photo0* -people")
    with qtbot.waitSignal(window.search.understood):
        qtbot.mouseClick(chips(window)[1].remove_button, Qt.MouseButton.LeftButton)
    assert window.search_bar.field.text() == "sea -people"
    assert labels(window) == ["sea", "not people"]
    assert len(shown(window)) == 20
    window.search_bar.field.undo()
    assert window.search_bar.field.text() == "sea name:photo0* -people"


def test_removing_the_last_part_shows_everything(qtbot: QtBot, window: MainWindow) -> None:
    type_in(qtbot, window, "name:photo0*")
    qtbot.mouseClick(chips(window)[0].remove_button, Qt.MouseButton.LeftButton)
    until_heading(qtbot, window, "20 photos, newest first")
    assert chips(window) == []
    assert not window.search_bar.parts.isVisible()


def test_a_click_selects_the_part_in_the_field(qtbot: QtBot, window: MainWindow) -> None:
    field = window.search_bar.field
    # Qt counts each of these pictures as two characters.
    type_in(qtbot, window, "  🐕🏖 name:photo0* 🐈^2 ext:jpg")
    for chip, text in zip(chips(window), ("🐕🏖", "name:photo0*", "🐈^2", "ext:jpg"), strict=True):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        assert field.selectedText() == text
        assert field.hasFocus()


def test_chips_of_an_older_text_do_not_overwrite_what_is_typed(
    qtbot: QtBot, window: MainWindow
) -> None:
    type_in(qtbot, window, "sea name:photo0*")
    qtbot.keyClicks(window.search_bar.field, " ext:jpg")
    qtbot.mouseClick(chips(window)[1].remove_button, Qt.MouseButton.LeftButton)
    assert window.search_bar.field.text() == "sea name:photo0* ext:jpg"
    until(qtbot, lambda: labels(window) == ["sea", "name: photo0*", "ext: jpg"])


def test_the_keyboard_reaches_edits_and_removes_chips(qtbot: QtBot, window: MainWindow) -> None:
    type_in(qtbot, window, "sea name:photo0* ext:jpg camra:x")
    field, parts = window.search_bar.field, window.search_bar.parts
    reached = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [*chips(window), parts.suggestion_button]
    chips(window)[2].setFocus()
    qtbot.keyClick(chips(window)[2], Qt.Key.Key_Return)
    assert field.hasFocus()
    assert field.selectedText() == "ext:jpg"
    chips(window)[2].setFocus()
    for key, left, now in (
        (Qt.Key.Key_Delete, "sea name:photo0* camra:x", "camra:x"),
        (Qt.Key.Key_Backspace, "sea name:photo0*", "name: photo0*"),
    ):
        with qtbot.waitSignal(window.search.understood):
            qtbot.keyClick(QApplication.focusWidget(), key)
        assert field.text() == left
        assert [chip.part.label for chip in chips(window) if chip.hasFocus()] == [now]
    # Where no chip is left, the keyboard goes back to the field.
    with qtbot.waitSignal(window.search.understood):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert field.text() == "sea"
    assert field.hasFocus()


def test_letters_typed_on_a_chip_go_to_the_field(qtbot: QtBot, window: MainWindow) -> None:
    type_in(qtbot, window, "name:photo0*")
    chips(window)[0].setFocus()
    qtbot.keyClicks(chips(window)[0], " s")
    qtbot.keyClicks(window.search_bar.field, "ea")
    assert window.search_bar.field.hasFocus()
    assert window.search_bar.field.text().endswith("sea")


def test_a_problem_is_told_and_mended(qtbot: QtBot, window: MainWindow) -> None:
    parts = window.search_bar.parts
    type_in(qtbot, window, "sea nam:photo0*")
    assert parts.problem.isVisible()
    assert parts.problem.text() == "There is no filter “nam:”; did you mean “name:”?"
    assert parts.suggestion_button.text() == "Search for name:photo0* instead"
    with qtbot.waitSignal(window.search.understood):
        qtbot.mouseClick(parts.suggestion_button, Qt.MouseButton.LeftButton)
    assert window.search_bar.field.text() == "sea name:photo0*"
    assert not parts.problem.isVisible()
    assert len(shown(window)) == 10


def test_problems_alone_take_the_place_of_the_photos(qtbot: QtBot, window: MainWindow) -> None:
    type_in(qtbot, window, "camra:nikon")
    page = window.photos_page.empty
    assert page.isVisible()
    assert page.body.text() == "There is no filter “camra:”; did you mean “camera:”?"
    assert window.notice.text == ""
    # Said once; what to do about it stays below the field.
    assert not window.search_bar.parts.problem.isVisible()
    assert window.search_bar.parts.suggestion_button.isVisible()
    qtbot.keyClick(window.search_bar.field, Qt.Key.Key_Escape)
    until_heading(qtbot, window, "20 photos, newest first")
    assert window.grid.isVisible()


def test_a_query_that_fails_has_no_chips(qtbot: QtBot, window: MainWindow) -> None:
    type_in(qtbot, window, "sea name:photo0*")
    type_in(qtbot, window, "sea like:/nowhere/none.jpg")
    until(qtbot, lambda: "none.jpg" in window.notice.text)
    assert chips(window) == []
    # The photos of before may be refreshed; their chips belong to another text.
    with qtbot.waitSignal(window.search.understood):
        window.search.refresh()
    assert chips(window) == []


def test_chips_stay_as_they_are_while_photos_come_in(qtbot: QtBot, window: MainWindow) -> None:
    type_in(qtbot, window, "sea name:photo0*")
    before = list(chips(window))
    before[1].setFocus()
    with qtbot.waitSignal(window.search.understood):
        window.search.refresh()
    assert chips(window) == before
    assert before[1].hasFocus()


def in_sight(chip: Chip) -> bool:
    return chip.visibleRegion().boundingRect() == chip.rect()


def test_chips_wrap_where_the_line_ends(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(600, 500)
    type_in(qtbot, window, " ".join(f"name:photo{number:02}*" for number in range(6)))
    until(qtbot, lambda: all(in_sight(chip) for chip in chips(window)))
    assert len({chip.y() for chip in chips(window)}) == 2
    for first, second in pairwise(chips(window)):
        assert first.y() < second.y() or first.geometry().right() < second.x()


def test_more_chips_than_there_is_room_for_are_scrolled_to(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(600, 600)
    type_in(qtbot, window, " ".join(f"name:{number:02}" for number in range(MOST_CHIPS + 9)))
    assert len(chips(window)) == MOST_CHIPS
    until(qtbot, lambda: in_sight(chips(window)[0]))
    # The photos keep most of the window.
    assert window.search_bar.parts.height() < 160
    assert not in_sight(chips(window)[-1])
    chips(window)[-2].setFocus()
    qtbot.keyClick(chips(window)[-2], Qt.Key.Key_Tab)
    until(qtbot, lambda: in_sight(chips(window)[-1]))
    assert window.size() == QSize(600, 600)


def test_filters_alone_list_the_newest_first(qtbot: QtBot, window: MainWindow) -> None:
    type_in(qtbot, window, "name:photo0*")
    until_heading(qtbot, window, "10 photos match name: photo0*")
    assert names(window) == [f"photo{number:02}.jpg" for number in range(9, -1, -1)]
    assert {result.match for result in shown(window)} == {None}


def test_words_with_filters_say_how_many_pass_them(qtbot: QtBot, window: MainWindow) -> None:
    type_in(qtbot, window, "sea name:photo0* ext:jpg")
    until_heading(qtbot, window, "10 photos match name: photo0*, ext: jpg · ")
    assert "“sea”" in window.photos_page.heading.text()


@pytest.mark.parametrize("text", ["sea", "sea ext:jpg", "ext:jpg", "-sea", "like:photo"])
def test_scrolling_goes_on_to_the_last_photo(
    qtbot: QtBot,
    window: MainWindow,
    indexed_template: Path,
    album: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
) -> None:
    monkeypatch.setattr("inphotos.gui.photo_search.PAGE", 6)
    monkeypatch.chdir(album)
    window.resize(500, 400)
    text = text.replace("like:photo", "like:photo03.jpg")
    count = 19 if "like:" in text else 20
    type_in(qtbot, window, text)
    scroll_to_the_end(qtbot, window, count)
    with Library.open(indexed_template) as library:
        whole = [result.path for result in library.search(text, top=100).results]
    assert [result.path for result in shown(window)] == whole
    assert len(set(whole)) == count
    bar = window.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.wait(100)
    assert len(shown(window)) == count


def test_photos_that_go_while_scrolling_leave_no_hole(
    qtbot: QtBot,
    open_window: OpenWindow,
    tmp_path: Path,
    album: Path,
    tiny_clip: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    staying, going = tmp_path / "staying", tmp_path / "going"
    for folder in (staying, going):
        folder.mkdir()
    for number, photo in enumerate(sorted(album.iterdir())):
        shutil.copy2(photo, going if 8 <= number < 14 else staying)
    window = open_window(model=str(tiny_clip), folders=[staying, going])
    until_idle(qtbot, window, photos=20)
    monkeypatch.setattr("inphotos.gui.photo_search.PAGE", 6)
    window.resize(500, 300)
    type_in(qtbot, window, "ext:jpg")
    assert len(shown(window)) == 6
    # The whole second page, without a word to the window.
    assert window.session.library is not None
    window.session.library.forget_folder(going)
    scroll_to_the_end(qtbot, window, 14)
    numbers = [*range(19, 13, -1), *range(7, -1, -1)]
    assert names(window) == [f"photo{number:02}.jpg" for number in numbers]
