"""Photos in the query: dropped, pasted, marked among the results, and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, shown, until, until_heading, until_idle
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from inphotos.gui.example_chips import ExampleChip
from inphotos.gui.main_window import MainWindow
from inphotos.gui.queries import Everything, Words
from inphotos.search.query import Example, Region

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows the 20 photos of the album."""
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    opened.activateWindow()
    return opened


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def chips(window: MainWindow) -> list[ExampleChip]:
    return window.search_bar.parts.example_chips


def said(window: MainWindow) -> list[str]:
    return [chip.accessibleName() for chip in chips(window)]


def search(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.search_for(text)
    until_heading(qtbot, window, f"“{text}”")


def drop(window: MainWindow, data: QMimeData) -> None:
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), action, data, button, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), action, data, button, keys))


def files(paths: Sequence[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def picture(colour: str = "red") -> QImage:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red if colour == "red" else Qt.GlobalColor.blue)
    return image


def choose(menu: QMenu, text: str) -> None:
    (action,) = [action for action in menu.actions() if action.text() == text]
    action.trigger()
    menu.close()


def test_dropped_photos_add_up_and_keep_the_words(
    qtbot: QtBot, window: MainWindow, album: Path
) -> None:
    search(qtbot, window, "sea")
    drop(window, files([album / "photo03.jpg", album / "photo05.jpg"]))
    until(qtbot, lambda: len(chips(window)) == 2)
    drop(window, files([album / "photo05.jpg", album / "photo07.jpg"]))
    until(qtbot, lambda: len(chips(window)) == 3)
    assert said(window) == ["Like photo03.jpg", "Like photo05.jpg", "Like photo07.jpg"]
    assert window.search_bar.text() == "sea"
    assert window.search.query == Words(
        "sea", tuple(Example(album / f"photo0{n}.jpg") for n in (3, 5, 7))
    )
    until_heading(qtbot, window, "“sea + 3 photos”")
    until(qtbot, lambda: len(shown(window)) == 17)


def test_chips_show_the_photos(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    drop(window, files([album / "photo03.jpg"]))
    until(qtbot, lambda: chips(window) and chips(window)[0].has_picture)
    chip = chips(window)[0]
    shot = chip.icon().pixmap(chip.iconSize()).toImage()
    expected = QImage(str(album / "photo03.jpg")).pixelColor(20, 20)
    middle = shot.pixelColor(shot.width() // 2, shot.height() // 2)
    assert abs(middle.red() - expected.red()) < 12
    assert abs(middle.green() - expected.green()) < 12
    assert abs(middle.blue() - expected.blue()) < 12
    assert shot.pixelColor(0, 0).alpha() == 0  # round corners


def test_what_is_no_photo_is_told_of_and_the_others_count(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7")
    drop(window, files([tmp_path / "report.pdf", album / "photo03.jpg"]))
    until(qtbot, lambda: len(chips(window)) == 1)
    assert window.notice.text == "This is not a photo that InPhotos can read: report.pdf."


def test_a_damaged_photo_is_told_of_and_leaves_the_query(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    drop(window, files([album / "photo03.jpg"]))
    until_heading(qtbot, window, "similar to “photo03.jpg”")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 broken")
    drop(window, files([tmp_path / "broken.jpg"]))
    until(qtbot, lambda: "broken.jpg cannot be read" in window.notice.text)
    assert said(window) == ["Like photo03.jpg"]


def test_pixels_are_pasted_and_kept(qtbot: QtBot, window: MainWindow, indexed: Path) -> None:
    QGuiApplication.clipboard().setImage(picture())
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_V, CONTROL)
    until_heading(qtbot, window, "Photos similar to “pasted photo”")
    (kept,) = (indexed / "pasted").iterdir()
    assert window.search.query == Words("", (Example(kept),))
    assert QImage(str(kept)).pixelColor(5, 5) == picture().pixelColor(5, 5)
    assert len(shown(window)) == 20
    QGuiApplication.clipboard().setImage(picture("blue"))
    qtbot.keyClick(window.grid, Qt.Key.Key_V, CONTROL)
    until_heading(qtbot, window, "Photos similar to 2 photos")


def test_files_are_pasted(qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setMimeData(files([album / "photo02.jpg", tmp_path]))
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_V, CONTROL)
    until(qtbot, lambda: said(window) == ["Like photo02.jpg"])
    assert "not a photo" in window.notice.text  # the folder


def test_in_the_field_photos_are_pasted_and_text_stays_text(
    qtbot: QtBot, window: MainWindow, album: Path
) -> None:
    field = window.search_bar.field
    field.setFocus()
    QGuiApplication.clipboard().setText("red boat")
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    assert field.text() == "red boat"
    QGuiApplication.clipboard().setImage(picture())
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    until(qtbot, lambda: len(chips(window)) == 1)
    assert field.text() == "red boat"
    # File managers copy the names of files as text beside them.
    data = files([album / "photo02.jpg"])
    data.setText(str(album / "photo02.jpg"))
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    until(qtbot, lambda: len(chips(window)) == 2)
    # A link with a picture is text as well.
    both = QMimeData()
    both.setText("boat")
    both.setImageData(picture())
    QGuiApplication.clipboard().setMimeData(both)
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    assert field.text() == "boat"


def test_outside_of_the_field_text_goes_into_it(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("red boat")
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_V, CONTROL)
    assert window.search_bar.text() == "red boat"
    QGuiApplication.clipboard().clear()
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_V, CONTROL)
    assert window.notice.text == "There is no photo on the clipboard."


def test_a_picture_can_be_dropped_without_a_file(qtbot: QtBot, window: MainWindow) -> None:
    data = QMimeData()
    data.setImageData(picture())
    drop(window, data)
    until(qtbot, lambda: said(window) == ["Like pasted photo"])


def test_more_and_less_by_the_keys_with_undo(qtbot: QtBot, window: MainWindow) -> None:
    search(qtbot, window, "sea")
    last, first = shown(window)[-1], shown(window)[0]
    window.grid.setFocus()
    window.grid.setCurrentIndex(window.grid.model().index(19, 0))
    qtbot.keyClick(window.grid, Qt.Key.Key_M, CONTROL | SHIFT)
    until(qtbot, lambda: shown(window)[0].photo_id == last.photo_id)
    assert window.notice.text == f"Looking for more photos like {last.path.name}."
    row = [result.photo_id for result in shown(window)].index(first.photo_id)
    window.grid.setCurrentIndex(window.grid.model().index(row, 0))
    qtbot.keyClick(window.grid, Qt.Key.Key_L, CONTROL | SHIFT)
    until(qtbot, lambda: len(shown(window)) == 19)
    assert said(window) == [f"More like {last.path.name}", f"Less like {first.path.name}"]
    assert first.photo_id not in {result.photo_id for result in shown(window)}
    assert window.search_bar.text() == "sea"
    window.notice.button.click()
    until(qtbot, lambda: len(shown(window)) == 20)
    assert said(window) == [f"More like {last.path.name}"]
    assert window.notice.text == ""
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_Z, CONTROL)
    until(qtbot, lambda: shown(window)[-1].photo_id == last.photo_id)
    assert chips(window) == []
    assert window.search.query == Words("sea")


def test_marking_the_other_way_replaces_the_mark(qtbot: QtBot, window: MainWindow) -> None:
    search(qtbot, window, "sea")
    photo = shown(window)[4].path
    window.examples.mark(photo, 1.0)
    window.examples.mark(photo, -1.0)
    assert said(window) == [f"Less like {photo.name}"]


def test_less_needs_a_search(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.setFocus()
    window.grid.setCurrentIndex(window.grid.model().index(3, 0))
    qtbot.keyClick(window.grid, Qt.Key.Key_L, CONTROL | SHIFT)
    assert "refines a search" in window.notice.text
    assert isinstance(window.search.query, Everything)
    qtbot.keyClick(window.grid, Qt.Key.Key_M, CONTROL | SHIFT)
    name = shown(window)[3].path.name
    until_heading(qtbot, window, f"Photos similar to “{name}”")
    assert shown(window)[0].path.name == name


def test_the_menu_of_a_photo_searches_with_it(qtbot: QtBot, window: MainWindow) -> None:
    search(qtbot, window, "sea")
    result = shown(window)[5]
    choose(window.commands.menu((result,)), "More Like This")
    until(qtbot, lambda: said(window) == [f"More like {result.path.name}"])
    choose(window.commands.menu((result,)), "Find Similar Photos")
    until_heading(qtbot, window, f"Photos similar to “{result.path.name}”")
    assert window.search_bar.text() == ""
    assert said(window) == [f"Like {result.path.name}"]
    window.undo.undo()
    until_heading(qtbot, window, "“sea + 1 photo”")
    assert window.search_bar.text() == "sea"


def test_words_can_change_while_the_photos_stay(
    qtbot: QtBot, window: MainWindow, album: Path
) -> None:
    window.examples.add([album / "photo03.jpg"])
    field = window.search_bar.field
    field.setFocus()
    qtbot.keyClicks(field, "boat name:photo1*")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    until_heading(qtbot, window, "“boat + 1 photo”")
    assert [chip.part.label for chip in window.search_bar.parts.chips] == ["boat", "name: photo1*"]
    assert said(window) == ["Like photo03.jpg"]
    field.clear()
    until_heading(qtbot, window, "Photos similar to “photo03.jpg”")
    assert window.search_bar.parts.chips == []


def test_escape_leaves_and_undo_comes_back(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    search(qtbot, window, "sea")
    window.examples.add([album / "photo03.jpg"])
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_Escape)
    until_heading(qtbot, window, "20 photos, newest first")
    assert chips(window) == []
    assert not window.search_bar.parts.isVisible()
    qtbot.keyClick(window.grid, Qt.Key.Key_Z, CONTROL)
    until_heading(qtbot, window, "“sea + 1 photo”")
    assert window.search_bar.text() == "sea"


def test_in_the_field_undo_is_of_what_was_typed(
    qtbot: QtBot, window: MainWindow, album: Path
) -> None:
    window.examples.add([album / "photo03.jpg"])
    field = window.search_bar.field
    field.setFocus()
    qtbot.keyClicks(field, "sea")
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text() == ""
    assert said(window) == ["Like photo03.jpg"]


def test_chips_are_removed_by_the_mouse_and_the_keyboard(
    qtbot: QtBot, window: MainWindow, album: Path
) -> None:
    window.examples.add([album / f"photo0{n}.jpg" for n in (1, 2, 3)])
    qtbot.mouseClick(chips(window)[1].remove_button, Qt.MouseButton.LeftButton)
    assert said(window) == ["Like photo01.jpg", "Like photo03.jpg"]
    window.search_bar.field.setFocus()
    qtbot.keyClick(window.search_bar.field, Qt.Key.Key_Tab)
    until(qtbot, lambda: chips(window)[0].hasFocus())
    qtbot.keyClick(chips(window)[0], Qt.Key.Key_Delete)
    assert said(window) == ["Like photo03.jpg"]
    until(qtbot, lambda: chips(window)[0].hasFocus())
    qtbot.keyClick(chips(window)[0], Qt.Key.Key_Backspace)
    until_heading(qtbot, window, "20 photos, newest first")
    until(qtbot, window.search_bar.field.hasFocus)


def test_enter_on_a_chip_shows_what_can_be_done(
    qtbot: QtBot, window: MainWindow, album: Path
) -> None:
    window.examples.add([album / "photo03.jpg"])
    chips(window)[0].setFocus()
    qtbot.keyClick(chips(window)[0], Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    choose(menu, "Less Like This")
    assert said(window) == ["Less like photo03.jpg"]
    choose(window.examples.chip_menu(chips(window)[0].example), "Remove")
    until_heading(qtbot, window, "20 photos, newest first")


def test_the_chip_of_a_part_shows_the_part(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for x in range(50, 100):
        for y in range(50, 100):
            image.setPixelColor(x, y, Qt.GlobalColor.black)
    image.save(str(tmp_path / "corner.png"))
    window.examples.find_similar(tmp_path / "corner.png", Region(0.5, 0.5, 0.5, 0.5))
    until(qtbot, lambda: chips(window)[0].has_picture)
    chip = chips(window)[0]
    shot = chip.icon().pixmap(chip.iconSize()).toImage()
    assert shot.pixelColor(6, 6).lightness() < 60
    assert said(window) == ["Like a part of corner.png"]
    choose(window.examples.chip_menu(chip.example), "Search for the Whole Photo")
    until_heading(qtbot, window, "Photos similar to “corner.png”")


def test_without_a_model_photos_say_what_is_missing(
    qtbot: QtBot, open_window: OpenWindow, lacking: Path, album: Path
) -> None:
    window = open_window(lacking, folders=[album])
    until(qtbot, lambda: window.models.card.isVisible())
    window.models.show_card(False)
    until_idle(qtbot, window, photos=20)
    drop(window, files([album / "photo03.jpg"]))
    until(qtbot, lambda: "needs a model" in window.notice.text)
    assert chips(window) == []
