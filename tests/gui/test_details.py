"""The dialog with all that is known of a photo."""

from __future__ import annotations

import shutil
from pathlib import Path

import piexif
import pytest
from gui.helpers import OpenWindow, row_of, shown, until, until_idle
from gui.test_searching import open_menu, trigger
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmp:Rating="4">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Over the river</rdf:li></rdf:Alt></dc:title>
<dc:subject><rdf:Bag><rdf:li>holiday</rdf:li><rdf:li>evening</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, pictures: Path, tiny_clip: Path) -> MainWindow:
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
    return opened


def test_everything_that_is_known_is_shown(
    qtbot: QtBot, window: MainWindow, pictures: Path
) -> None:
    dialog = window.dialogs.details
    until(qtbot, lambda: len(shown(window)) == 21)
    trigger(open_menu(window, row_of(window, "photo07.jpg")), "Details…")
    until(qtbot, lambda: dialog.rows)
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.name == "photo07.jpg"
    rows = dialog.rows
    assert "2023" in rows["Taken"]
    assert rows["Taken"].endswith("(UTC+2:00), from the camera")
    assert rows["Camera"] == "Fujifilm X-T5"
    assert rows["Lens"] == "XF 35mm F1.4 R"
    assert rows["Exposure"] == "1/250 s · ƒ/5.6 · ISO 320 · 35 mm"
    assert rows["Place"] == "Porto, Portugal"
    assert rows["Position"] == "41.15750° N, 8.63000° W"
    assert rows["Rating"] == "★★★★☆"
    assert rows["Keywords"] == "holiday, evening"
    assert rows["Title"] == "Over the river"
    assert rows["Size"].startswith("71 × 48 pixels · ")
    assert rows["Folder"] == str(pictures)
    assert rows["Copy"] == str(pictures / "copy.jpg")


def test_what_is_not_known_is_left_out_and_the_date_names_its_source(
    qtbot: QtBot, window: MainWindow, pictures: Path
) -> None:
    row = row_of(window, "photo03.jpg")
    window.grid.setCurrentIndex(window.grid.model().index(row, 0))
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: window.dialogs.details.rows)
    rows = window.dialogs.details.rows
    assert set(rows) == {"Taken", "Size", "Folder"}
    assert rows["Taken"].endswith("when the file was last changed")


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_the_dialog_opens_by_its_keys_and_follows_the_current_photo(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    dialog, grid = window.dialogs.details, window.grid
    grid.enter()
    qtbot.keyClick(grid, key, modifier)
    until(qtbot, lambda: dialog.rows)
    assert dialog.name == shown(window)[0].path.name
    window.activateWindow()
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert dialog.name == shown(window)[1].path.name
    dialog.close()
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert dialog.name == shown(window)[1].path.name


def test_a_photo_that_has_left_the_library_says_so(
    qtbot: QtBot, window: MainWindow, pictures: Path
) -> None:
    dialog = window.dialogs.details
    result = shown(window)[row_of(window, "photo03.jpg")]
    window.photo_actions.details_wanted.emit(result)
    until(qtbot, lambda: dialog.rows)
    (pictures / "photo03.jpg").unlink()
    window.session.index()
    until(qtbot, lambda: not dialog.rows)
    assert dialog.name == "photo03.jpg"
