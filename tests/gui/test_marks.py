"""Favourites, ratings and tags in the window."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, row_of, shown, until, until_heading, until_idle
from metadata_files import array, xmp
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.gui.marks.box import MarksBox
from inphotos.gui.marks.dialog import TagDialog
from inphotos.library import Library, Mark, SavedSearch
from inphotos.search.ranking import Result

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows the 20 photos of the album, the first one current."""
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    opened.activateWindow()
    opened.grid.enter()
    return opened


def press(qtbot: QtBot, window: MainWindow, key: Key, modifiers=CONTROL) -> None:
    qtbot.keyClick(window.grid, key, modifiers)


def kept(qtbot: QtBot, window: MainWindow, result: Result, mark: Mark) -> None:
    """Wait until the library has a mark."""
    marks = window.session.library.marks
    until(qtbot, lambda: marks.of(result.photo_id) == mark)
    assert window.marks.mark_of(result.photo_id) == mark


def choose(window: MainWindow, count: int) -> list[Result]:
    """Let the first photos be those that are meant."""
    photos = shown(window)[:count]
    window.commands.add_source(window.grid, lambda: photos)
    return photos


def dialog_of(qtbot: QtBot, window: MainWindow) -> TagDialog:
    until(qtbot, lambda: [d for d in window.findChildren(TagDialog) if d.isVisible()])
    (dialog,) = [d for d in window.findChildren(TagDialog) if d.isVisible()]
    return dialog


def test_a_photo_is_made_a_favourite_by_a_key_and_that_is_taken_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    photo = window.grid.current_result()
    press(qtbot, window, Key.Key_D)
    assert window.marks.marks_of(photo.photo_id) == (True, 0)  # in sight at once
    kept(qtbot, window, photo, Mark(favorite=True))
    assert window.undo.undo_action.text() == "Undo Favourite"
    assert not window.notice.text
    press(qtbot, window, Key.Key_Z)
    kept(qtbot, window, photo, Mark())
    qtbot.keySequence(window.grid, window.undo.redo_action.shortcut())
    kept(qtbot, window, photo, Mark(favorite=True))
    press(qtbot, window, Key.Key_D)
    kept(qtbot, window, photo, Mark())


def test_keys_rate_a_photo_and_the_menu_shows_how(qtbot: QtBot, window: MainWindow) -> None:
    photo = window.grid.current_result()
    for key, stars in ((Key.Key_3, 3), (Key.Key_5, 5), (Key.Key_0, None)):
        press(qtbot, window, key)
        kept(qtbot, window, photo, Mark(rating=stars))
    press(qtbot, window, Key.Key_4)
    menu = window.commands.menu((photo,))
    (submenu,) = [m for m in menu.findChildren(QMenu) if m.title() == "Rating"]
    submenu.aboutToShow.emit()
    entries = {action.text(): action for action in submenu.actions()}
    assert list(entries) == [
        *("★★★★★\tCtrl+5", "★★★★\tCtrl+4", "★★★\tCtrl+3", "★★\tCtrl+2", "★\tCtrl+1"),
        "No Stars\tCtrl+0",
    ]
    assert [text for text, action in entries.items() if action.isChecked()] == ["★★★★\tCtrl+4"]
    entries["★★\tCtrl+2"].trigger()
    kept(qtbot, window, photo, Mark(rating=2))
    # The keys that the entries show are no keys of theirs, or they would be ambiguous.
    press(qtbot, window, Key.Key_1)
    kept(qtbot, window, photo, Mark(rating=1))


def test_several_photos_are_marked_at_once_and_told_of(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_D)
    photos = choose(window, 5)
    press(qtbot, window, Key.Key_D)
    assert window.notice.text == "4 photos are favourites now."  # one was one already
    for photo in photos:
        kept(qtbot, window, photo, Mark(favorite=True))
    press(qtbot, window, Key.Key_4)
    assert window.notice.text == "5 photos have 4 stars now."
    qtbot.mouseClick(window.notice.button, LEFT)
    kept(qtbot, window, photos[4], Mark(favorite=True))
    assert not window.notice.text
    press(qtbot, window, Key.Key_D)
    assert window.notice.text == "5 photos are no favourites any more."
    window.commands.add_source(window.grid, lambda: photos[:1])
    press(qtbot, window, Key.Key_2)
    assert not window.notice.text  # its button would take back the rating


def test_a_query_on_marks_follows_them(qtbot: QtBot, window: MainWindow) -> None:
    searches = window.session.library.searches
    searches.save(SavedSearch("Best", "is:favorite"))
    window.memory.saved.changed.emit()
    photos = choose(window, 3)
    press(qtbot, window, Key.Key_D)
    window.search_for("is:favorite")
    until(qtbot, lambda: len(shown(window)) == 3)
    assert {photo.photo_id for photo in shown(window)} == {photo.photo_id for photo in photos}
    until_heading(qtbot, window, "3 photos match favorite")
    window.commands.add_source(window.grid, lambda: shown(window)[:1])
    press(qtbot, window, Key.Key_D)
    until(qtbot, lambda: len(shown(window)) == 2)
    press(qtbot, window, Key.Key_Z)
    until(qtbot, lambda: len(shown(window)) == 3)


def test_tags_are_edited_in_a_dialog(qtbot: QtBot, window: MainWindow) -> None:
    first, second = choose(window, 2)
    window.marks.change_tags([first], ["Sea", "only here"], [])
    window.marks.change_tags([second], ["sea", "Seaside"], [])
    kept(qtbot, window, second, Mark(tags=("sea", "Seaside")))
    press(qtbot, window, Key.Key_T)
    dialog = dialog_of(qtbot, window)
    field, editor = dialog.editor.field, dialog.editor
    assert editor.tags == ("Sea",)
    until(qtbot, field.hasFocus)
    until(qtbot, lambda: field.known.stringList() == ["Sea", "Seaside", "only here", "sea"])
    qtbot.keyClicks(field, "new year,two")
    qtbot.keyClick(field, Key.Key_Return)
    assert (editor.tags, field.text()) == (("Sea", "new year", "two"), "")
    # From the list of those that there are.
    qtbot.keyClicks(field, "ONLY")
    until(qtbot, field.completer().popup().isVisible)
    qtbot.keyClick(field.completer().popup(), Key.Key_Down)
    qtbot.keyClick(field.completer().popup(), Key.Key_Return)
    until(qtbot, lambda: editor.tags == ("Sea", "new year", "two", "only here"))
    assert field.text() == ""
    # By key and by mouse.
    editor.chips[2].setFocus()
    qtbot.keyClick(editor.chips[2], Key.Key_Delete)
    assert dialog.focusWidget() is editor.chips[2]
    qtbot.mouseClick(editor.chips[0].remove_button, LEFT)
    assert editor.tags == ("new year", "only here")
    assert window.marks.mark_of(first.photo_id).tags == ("Sea", "only here")
    qtbot.keyClicks(field, "last")
    qtbot.mouseClick(dialog.save_button, LEFT)
    kept(qtbot, window, first, Mark(tags=("only here", "new year", "last")))
    kept(qtbot, window, second, Mark(tags=("Seaside", "new year", "only here", "last")))
    assert window.undo.undo_action.text() == "Undo Tags"
    window.undo.undo()
    kept(qtbot, window, second, Mark(tags=("sea", "Seaside")))


def test_an_abandoned_dialog_changes_nothing_and_enter_closes_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    photo = window.grid.current_result()
    press(qtbot, window, Key.Key_T)
    dialog = dialog_of(qtbot, window)
    qtbot.keyClicks(dialog.editor.field, "x,")
    qtbot.keyClick(dialog.editor.field, Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.marks.mark_of(photo.photo_id) == Mark()
    press(qtbot, window, Key.Key_T)
    dialog = dialog_of(qtbot, window)
    qtbot.keyClicks(dialog.editor.field, "x")
    qtbot.keyClick(dialog.editor.field, Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog.editor.field, Key.Key_Return)
    kept(qtbot, window, photo, Mark(tags=("x",)))


def test_the_box_shows_and_changes_what_photos_have_in_common(
    qtbot: QtBot, window: MainWindow
) -> None:
    first, second = shown(window)[:2]
    window.marks.rate([first], 2)
    window.marks.change_tags([first, second], ["both"], [])
    window.marks.change_tags([first], ["one"], [])
    box = MarksBox(window.marks)
    qtbot.addWidget(box)
    assert not box.isEnabled()
    with qtbot.waitExposed(box):
        box.show()
    box.show_photos([first])
    assert (box.stars.value(), box.editor.tags) == (2, ("both", "one"))
    qtbot.mouseClick(box.heart, LEFT)
    assert box.heart.isChecked()
    assert box.heart.toolTip() == "Remove from favourites (Ctrl+D)"
    kept(qtbot, window, first, Mark(True, 2, ("both", "one")))
    box.show_photos([first, second])
    assert (box.heart.isChecked(), box.stars.value()) == (False, 0)
    assert box.stars.accessibleDescription() == "The photos have different ratings"
    assert box.editor.tags == ("both",)
    qtbot.mouseClick(box.stars, LEFT, pos=box.stars.place_of(4).center())
    kept(qtbot, window, second, Mark(False, 4, ("both",)))
    kept(qtbot, window, first, Mark(True, 4, ("both", "one")))
    assert box.stars.accessibleDescription() == "4 stars"
    qtbot.keyClicks(box.editor.field, "new;")
    qtbot.mouseClick(box.editor.chips[0].remove_button, LEFT)
    kept(qtbot, window, second, Mark(False, 4, ("new",)))
    with qtbot.waitSignal(box.query_wanted) as wanted:
        qtbot.mouseClick(box.editor.chips[0], LEFT)
    assert wanted.args == ['tag:"new"']
    qtbot.mouseClick(box.stars, LEFT, pos=box.stars.place_of(4).center())
    kept(qtbot, window, second, Mark(tags=("new",)))
    # A change from elsewhere shows here, too.
    window.undo.undo()
    assert box.stars.value() == 4


def test_the_box_can_be_used_by_keys_and_tells_what_it_is(qtbot: QtBot, window: MainWindow) -> None:
    photo = window.grid.current_result()
    box = MarksBox(window.marks)
    qtbot.addWidget(box)
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    box.show_photos([photo])
    assert box.stars.inherits("QAbstractSlider")  # from which screen readers have its role
    assert (box.heart.accessibleName(), box.stars.accessibleName()) == ("Favourite", "Rating")
    box.heart.setFocus()
    qtbot.keyClick(box.heart, Key.Key_Space)
    qtbot.keyClick(box.heart, Key.Key_Tab)
    assert box.stars.hasFocus()
    for key in (Key.Key_3, Key.Key_Right, Key.Key_Right):
        qtbot.keyClick(box.stars, key)
    qtbot.keyClick(box.stars, Key.Key_Tab)
    assert box.editor.field.hasFocus()
    qtbot.keyClicks(box.editor.field, "a")
    qtbot.keyClick(box.editor.field, Key.Key_Return)
    kept(qtbot, window, photo, Mark(True, 5, ("a",)))
    qtbot.keyClick(box.editor.field, Key.Key_Tab)
    qtbot.keyClick(box.editor.chips[0], Key.Key_Delete)
    kept(qtbot, window, photo, Mark(True, 5))
    assert box.editor.field.hasFocus()


def test_marks_are_there_after_a_restart_even_one_in_haste(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, indexed: Path
) -> None:
    photo = window.grid.current_result()
    # The search thread is busy: the mark has not arrived there when the window closes.
    window.session.ask(lambda _: threading.Event().wait(0.5))
    press(qtbot, window, Key.Key_D)
    window.close()
    again = open_window(indexed)
    until(qtbot, lambda: len(shown(again)) == 20)
    assert again.marks.marks_of(photo.photo_id) == (True, 0)


def test_sidecars_are_written_once_that_is_wanted_and_trouble_is_told_once(
    qtbot: QtBot, followed: MainWindow, pictures: Path
) -> None:
    window = followed
    (pictures / "photo00.jpg.xmp").write_bytes(xmp(array("dc:subject", "Kite"), xmp_Rating=3))
    first, second, third = (shown(window)[row_of(window, f"photo0{n}.jpg")] for n in range(3))
    marks = window.session.library.marks
    until(qtbot, lambda: window.marks.marks_of(first.photo_id) == (False, 3) or refreshed(window))
    window.session.ask(lambda library: library.choices.write_sidecars_beside(True))
    window.marks.rate([first, second], 5)
    until(qtbot, (pictures / "photo01.jpg.xmp").exists)
    until(qtbot, lambda: b'xmp:Rating="5"' in (pictures / "photo00.jpg.xmp").read_bytes())
    assert b"Kite" in (pictures / "photo00.jpg.xmp").read_bytes()
    assert marks.rating(second.photo_id) == 5
    # The watcher meets the sidecar, whose words are read, and that is all.
    box = MarksBox(window.marks)
    qtbot.addWidget(box)
    box.show_photos([first])
    until(qtbot, lambda: [label.text() for label in box.editor.keyword_labels] == ["Kite"])
    until(qtbot, lambda: window.session.runs.state == "idle")
    (pictures / "photo02.jpg.xmp").write_bytes(b"damaged")
    window.notice.dismiss()
    window.marks.rate([third], 1)
    until(qtbot, lambda: "photo02.jpg.xmp makes no sense" in window.notice.text)
    assert window.marks.rating_of(third.photo_id) == 1
    window.notice.dismiss()
    with qtbot.waitSignal(window.session.marks_changed):
        window.marks.rate([third], 2)
    with qtbot.waitSignal(window.session.marks_changed):
        window.marks.rate([second], 4)
    until(qtbot, lambda: b'xmp:Rating="4"' in (pictures / "photo01.jpg.xmp").read_bytes())
    assert not window.notice.text


def refreshed(window: MainWindow) -> bool:
    window.search.refresh_soon()
    return False


def test_stars_of_the_file_hold_until_the_user_gives_some(
    qtbot: QtBot, open_window: OpenWindow, pictures: Path, tiny_clip: Path, tmp_path: Path
) -> None:
    (pictures / "photo00.jpg.xmp").write_bytes(xmp(xmp_Rating=3))
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        library.add_folder(pictures)
        assert list(library.index())
    window = open_window(model=str(tiny_clip))
    until_idle(qtbot, window, photos=20)
    photo = shown(window)[row_of(window, "photo00.jpg")]
    window.commands.add_source(window.grid, lambda: (photo,))
    window.grid.enter()
    assert window.marks.marks_of(photo.photo_id) == (False, 3)
    press(qtbot, window, Key.Key_0)
    kept(qtbot, window, photo, Mark(rating=0))
    assert window.marks.marks_of(photo.photo_id) == (False, 0)
    menu = window.commands.menu((photo,))
    (submenu,) = [m for m in menu.findChildren(QMenu) if m.title() == "Rating"]
    submenu.aboutToShow.emit()
    (entry,) = [action for action in submenu.actions() if action.text() == "As the File Says"]
    entry.trigger()
    kept(qtbot, window, photo, Mark())
    assert window.marks.marks_of(photo.photo_id) == (False, 3)
