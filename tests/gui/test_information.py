"""The panel with what is known of the chosen photos."""

from __future__ import annotations

import shutil
from pathlib import Path

import piexif
import pytest
from gui.helpers import OpenWindow, row_of, shown, until, until_heading, until_idle
from gui.test_searching import open_menu, trigger
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from inphotos.gui.info.information import Information
from inphotos.gui.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmp:Rating="4">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Over the river</rdf:li></rdf:Alt></dc:title>
<dc:subject><rdf:Bag><rdf:li>holiday</rdf:li><rdf:li>evening</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


@pytest.fixture
def told(qtbot: QtBot, open_window: OpenWindow, pictures: Path, tiny_clip: Path) -> MainWindow:
    """A window on photos of which photo07.jpg has much to say and copy.jpg is the same."""
    exif = {
        "0th": {piexif.ImageIFD.Make: b"Fujifilm", piexif.ImageIFD.Model: b"X-T5"},
        "Exif": {
            piexif.ExifIFD.DateTimeOriginal: b"2023:07:14 18:42:09",
            piexif.ExifIFD.OffsetTimeOriginal: b"+02:00",
            piexif.ExifIFD.ExposureTime: (1, 250),
            piexif.ExifIFD.FNumber: (56, 10),
            piexif.ExifIFD.ISOSpeedRatings: 320,
            piexif.ExifIFD.FocalLength: (35, 1),
            piexif.ExifIFD.LensModel: b"XF 35mm F1.4 R",
        },
        "GPS": {
            piexif.GPSIFD.GPSLatitudeRef: b"N",
            piexif.GPSIFD.GPSLatitude: ((41, 1), (9, 1), (27, 1)),
            piexif.GPSIFD.GPSLongitudeRef: b"W",
            piexif.GPSIFD.GPSLongitude: ((8, 1), (37, 1), (48, 1)),
        },
    }
    piexif.insert(piexif.dump(exif), str(pictures / "photo07.jpg"))
    shutil.copyfile(pictures / "photo07.jpg", pictures / "copy.jpg")
    (pictures / "photo07.xmp").write_text(XMP)
    opened = open_window(model=str(tiny_clip), folders=[pictures])
    until(qtbot, lambda: opened.session.library is not None)
    opened.alike.fold_action.trigger()  # the copy is looked at by itself
    until_idle(qtbot, opened, photos=21)
    until(qtbot, lambda: len(shown(opened)) == 21)
    return opened


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path, tiny_clip: Path) -> MainWindow:
    """A wide window on the album, with its first photo in the panel."""
    opened = open_window(indexed, model=str(tiny_clip))
    opened.resize(1200, 800)
    until_idle(qtbot, opened, photos=20)
    opened.grid.enter()
    qtbot.keyClick(opened.grid, Qt.Key.Key_I, CONTROL)
    until_known(qtbot, opened)
    return opened


def until_known(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until all is known of the current photo."""
    panel, result = window.info.panel, window.grid.current_result()
    assert result is not None
    until(qtbot, lambda: panel.name.value == result.path.name and panel.day.value)


def go_to(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.grid.setCurrentIndex(window.grid.model().index(row_of(window, name), 0))
    until_known(qtbot, window)


def test_everything_that_is_known_is_shown(qtbot: QtBot, told: MainWindow, pictures: Path) -> None:
    panel = told.info.panel
    trigger(open_menu(told, row_of(told, "photo07.jpg")), "Information")
    assert panel.isVisible()
    until(qtbot, lambda: panel.facts.rows.get("camera"))
    assert panel.name.value == "photo07.jpg"
    assert "14" in panel.day.value
    assert "2023" in panel.day.value
    assert panel.time.value.endswith("(UTC+2:00)")
    rows = panel.facts.rows
    assert rows["camera"] == "Fujifilm X-T5"
    assert rows["lens"] == "XF 35mm F1.4 R"
    assert rows["exposure"] == "1/250 s · ƒ/5.6 · ISO 320 · 35 mm"
    assert rows["place"] == "Porto, Portugal"
    assert rows["position"] == "41.15750° N, 8.63000° W"
    until(qtbot, lambda: told.marks_box.editor.keyword_labels)
    assert [each.text() for each in told.marks_box.editor.keyword_labels] == ["holiday", "evening"]
    until(qtbot, lambda: told.marks_box.stars.value() == 4)
    assert rows["title"] == "Over the river"
    assert rows["pixels"] == "71 × 48 pixels"
    assert rows["file"].startswith("JPEG · ")
    assert rows["copies"] == str(pictures / "copy.jpg")
    qtbot.mouseClick(panel.facts.copy_link, LEFT)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == "41.157500, -8.630000"
    qtbot.mouseClick(panel.preview, LEFT)
    assert told.viewer.chosen()[0].path == pictures / "photo07.jpg"
    told.viewer.leave()
    # What is not known is left out.
    go_to(qtbot, told, "photo03.jpg")
    until(qtbot, lambda: set(panel.facts.rows) == {"pixels", "file"})
    assert panel.time.value.endswith("when the file was last changed")
    assert not panel.facts.copy_link.isVisible()
    # Its folder is shown among the photos.
    assert panel.facts.folder_link.words == str(pictures)
    qtbot.mouseClick(panel.facts.folder_link, LEFT)
    assert told.search_bar.text() == f'folder:"{pictures.as_posix()}"'
    until(qtbot, lambda: told.search.is_answered and len(shown(told)) == 21)
    until_heading(qtbot, told, "21 photos match")


def test_a_photo_that_has_left_the_library_says_so(
    qtbot: QtBot, told: MainWindow, pictures: Path
) -> None:
    panel = told.info.panel
    told.info.reveal(shown(told)[row_of(told, "photo03.jpg")])
    until(qtbot, lambda: panel.facts.rows.get("file"))
    (pictures / "photo03.jpg").unlink()
    told.session.index()
    until(qtbot, lambda: "not in the library" in panel.state.value)
    assert panel.name.value == "photo03.jpg"
    assert not panel.day.value


def test_the_panel_comes_and_goes_by_keys_and_buttons(qtbot: QtBot, window: MainWindow) -> None:
    panel, grid = window.info.panel, window.grid
    assert panel.isVisible()
    qtbot.keyClick(grid, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert not panel.isVisible()
    button = next(b for b in window.findChildren(type(panel.close_button)) if _is_toggle(window, b))
    qtbot.mouseClick(button, LEFT)
    assert panel.isVisible()
    assert button.isChecked()
    qtbot.mouseClick(panel.close_button, LEFT)
    assert not panel.isVisible()
    assert not button.isChecked()
    assert window.info.action in window.menuBar().actions()[2].menu().actions()


def _is_toggle(window: MainWindow, button: object) -> bool:
    return getattr(button, "defaultAction", lambda: None)() is window.info.action


def test_the_panel_follows_the_current_photo(qtbot: QtBot, window: MainWindow) -> None:
    panel, seen = window.info.panel, []
    window.info.photos_shown.connect(seen.append)
    for _ in range(6):
        qtbot.keyClick(window.grid, Qt.Key.Key_Right)
    last = shown(window)[6]
    until(qtbot, lambda: panel.name.value == last.path.name)
    # Photos that one only passes by are not read.
    assert len(seen) < 6
    assert seen[-1] == (last,)
    until(qtbot, lambda: panel.facts.rows.get("file"))
    assert panel.facts.rows["pixels"] == f"{last.width} × 48 pixels"
    window.search_for("name:nothing-is-called-so")
    until(qtbot, lambda: not shown(window))
    until(qtbot, lambda: not panel.preview.isVisible())
    assert seen[-1] == ()


def test_the_reasons_are_those_of_the_search(qtbot: QtBot, window: MainWindow) -> None:
    why = window.info.panel.why
    assert not why.isVisible()
    window.search_for("boat -people after:2001")
    until(qtbot, lambda: window.search.is_answered and window.search.parsed)
    window.grid.enter()
    until(qtbot, lambda: len(why.rows) == 4)
    parts = [part for part, _ in why.rows]
    assert parts[0].startswith("All together: ")
    assert parts[1:] == ["“boat”", "Not “people”", "since 2001"]
    result = window.grid.current_result()
    assert result is not None
    match = {"strong": "strong match", "maybe": "possible match", "none": "weak match"}
    assert parts[0].endswith(match[result.match])
    assert why.rows[3][1].startswith("Taken ")
    # Another query of the same photos has other reasons.
    window.search_for("a red car")
    until(qtbot, lambda: window.search.is_answered)
    window.grid.enter()
    until(qtbot, lambda: [part for part, _ in why.rows] == ["“a red car”"])
    window.show_everything()
    until(qtbot, lambda: window.search.is_answered)
    window.grid.enter()
    until(qtbot, lambda: not why.isVisible())


def test_similar_photos_can_be_opened_and_searched_for(qtbot: QtBot, window: MainWindow) -> None:
    similar, result = window.info.panel.similar, window.grid.current_result()
    assert result is not None
    until(qtbot, lambda: len(similar.tiles) == 12)
    found = [tile.result for tile in similar.tiles]
    assert result not in found
    first = similar.tiles[0]
    assert first.accessibleName() == found[0].path.name
    assert found[0].path.name in first.toolTip()
    qtbot.mouseClick(first, LEFT)
    assert window.viewer.chosen()[0].path == found[0].path
    window.viewer.leave()
    until(qtbot, lambda: window.info.panel.name.value == found[0].path.name)
    window.grid.setCurrentIndex(window.grid.model().index(shown(window).index(result), 0))
    until(qtbot, lambda: [tile.result for tile in similar.tiles] == found)
    first = similar.tiles[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert similar.tiles[1].hasFocus()
    qtbot.keyClick(similar.tiles[1], Qt.Key.Key_Down)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.viewer.chosen()[0].path == found[5].path  # there are four in a row
    window.viewer.leave()
    window.grid.setCurrentIndex(window.grid.model().index(shown(window).index(result), 0))
    until(qtbot, lambda: [tile.result for tile in similar.tiles] == found)
    qtbot.mouseClick(similar.more_link, LEFT)
    until_heading(qtbot, window, f"Photos similar to “{result.path.name}”")


def test_several_photos_are_summed_up(qtbot: QtBot, window: MainWindow) -> None:
    panel, chosen = window.info.panel, shown(window)[:3]
    window.info.show_photos(chosen)
    until(qtbot, lambda: panel.name.value == "3 photos selected")
    until(qtbot, lambda: panel.time.value.endswith("kB"))
    assert "2023" in panel.day.value
    assert not panel.facts.isVisible()
    assert not panel.similar.isVisible()
    window.info.show_photo(chosen[1])
    until(qtbot, lambda: panel.facts.isVisible() and panel.facts.rows.get("file"))
    assert panel.name.value == chosen[1].path.name
    window.info.show_photo(None)
    until(qtbot, lambda: not panel.preview.isVisible())


def test_a_narrow_window_has_no_room_for_it_but_shows_it_over_the_photos(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel, pages = window.info.panel, window.pages
    least = window.minimumSizeHint().width()
    assert pages.width() + panel.width() < window.width()
    window.resize(640, 700)
    until(qtbot, lambda: not panel.isVisible())
    assert not window.info.action.isChecked()
    assert window.width() == 640
    qtbot.keyClick(window.grid, Qt.Key.Key_I, CONTROL)
    until(qtbot, panel.isVisible)
    assert panel.mapTo(window, QPoint(panel.width(), 0)).x() == 640
    assert pages.mapTo(window, QPoint(pages.width(), 0)).x() == 640
    assert window.minimumSizeHint().width() <= least
    window.resize(1200, 700)
    until(qtbot, lambda: pages.width() + panel.width() < window.width())
    assert panel.isVisible()
    # In sight again where there is room, unless the user has closed it.
    window.resize(640, 700)
    until(qtbot, lambda: not panel.isVisible())
    window.resize(1200, 700)
    until(qtbot, panel.isVisible)


def test_the_panel_is_as_the_user_left_it(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, indexed: Path, tiny_clip: Path
) -> None:
    splitter = window.memory.splitter
    handle = splitter.handle(2)
    qtbot.mousePress(handle, LEFT, pos=QPoint(0, 20))
    qtbot.mouseMove(handle, QPoint(-60, 20))
    qtbot.mouseRelease(handle, LEFT, pos=QPoint(-60, 20))
    width = window.info.panel.width()
    assert width > 340
    window.close()
    again = open_window(indexed, model=str(tiny_clip))
    again.resize(1200, 800)
    until_idle(qtbot, again, photos=20)
    until(qtbot, lambda: again.info.panel.isVisible())
    assert again.info.panel.width() == width
    assert not again.info.panel.preview.isVisible()  # no photo is chosen yet


def test_without_a_model_there_are_no_similar_photos(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path
) -> None:
    window = open_window(indexed, model="siglip2-b-16")
    window.resize(1200, 800)
    until(qtbot, lambda: len(shown(window)) == 20)
    window.grid.enter()
    qtbot.keyClick(window.grid, Qt.Key.Key_I, CONTROL)
    until_known(qtbot, window)
    info: Information = window.info
    window.search_for("after:2001")
    until(qtbot, lambda: window.search.is_answered and window.search.parsed)
    window.grid.enter()
    until(qtbot, lambda: info.panel.why.rows)
    assert [part for part, _ in info.panel.why.rows] == ["since 2001"]
    assert not info.panel.similar.isVisible()
