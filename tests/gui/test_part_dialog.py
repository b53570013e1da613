"""The dialog in which the user marks a part of a photo."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import draw_photo
from gui.helpers import OpenWindow, shown, until, until_heading, until_idle
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inphotos.gui.dialogs.part import PartDialog
from inphotos.gui.main_window import MainWindow
from inphotos.gui.part_view import LEAST, STEP, PartView
from inphotos.gui.queries import Words
from inphotos.pixels import Region
from inphotos.search.query import Example

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    """A window that shows the 20 photos of the album."""
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    return opened


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo that is not in the library, three by two."""
    return draw_photo(tmp_path / "wide.jpg", size=(600, 400))


def dialogs(window: MainWindow) -> list[PartDialog]:
    return [dialog for dialog in window.findChildren(PartDialog) if dialog.isVisible()]


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, photo: Path) -> PartDialog:
    """The dialog, with the photo on the screen."""
    window.examples.choose_part(photo)
    (opened,) = dialogs(window)
    until(qtbot, lambda: opened.view.has_picture)
    return opened


def drag(
    qtbot: QtBot, view: PartView, start: tuple[float, float], end: tuple[float, float]
) -> None:
    """Drag the mouse between two places of the photo, given in fractions."""
    first, last = (view.point_at(*place).toPoint() for place in (start, end))
    qtbot.mousePress(view, LEFT, pos=first)
    qtbot.mouseMove(view, QPoint((first.x() + last.x()) // 2, (first.y() + last.y()) // 2))
    qtbot.mouseMove(view, last)
    qtbot.mouseRelease(view, LEFT, pos=last)


def edges(region: Region) -> tuple[float, float, float, float]:
    return region.left, region.top, region.left + region.width, region.top + region.height


def close_to(region: Region, expected: tuple[float, float, float, float]) -> None:
    """Check the edges (left, top, right, bottom) to within two pixels."""
    assert edges(region) == pytest.approx(expected, abs=0.008)


def test_a_rectangle_is_drawn_and_searched_for(
    qtbot: QtBot, window: MainWindow, dialog: PartDialog, photo: Path
) -> None:
    drag(qtbot, dialog.view, (0.05, 0.1), (0.2, 0.7))
    close_to(dialog.view.region, (0.05, 0.1, 0.2, 0.7))
    region = dialog.view.region
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    until_heading(qtbot, window, "Photos similar to “a part of wide.jpg”")
    assert window.search.query == Words("", (Example(photo, region),))
    assert dialogs(window) == []
    assert len(shown(window)) == 20


def test_it_can_be_drawn_in_any_direction(qtbot: QtBot, dialog: PartDialog) -> None:
    drag(qtbot, dialog.view, (0.95, 0.95), (0.8, 0.5))
    close_to(dialog.view.region, (0.8, 0.5, 0.95, 0.95))


def test_it_is_moved_by_its_inside_and_stays_on_the_photo(qtbot: QtBot, dialog: PartDialog) -> None:
    close_to(dialog.view.region, (0.25, 0.25, 0.75, 0.75))
    drag(qtbot, dialog.view, (0.5, 0.4), (0.6, 0.5))
    close_to(dialog.view.region, (0.35, 0.35, 0.85, 0.85))
    drag(qtbot, dialog.view, (0.5, 0.5), (1.0, 0.0))
    close_to(dialog.view.region, (0.5, 0.0, 1.0, 0.5))


@pytest.mark.parametrize(
    ("handle", "to", "expected"),
    [
        ((0.25, 0.25), (0.1, 0.05), (0.1, 0.05, 0.75, 0.75)),
        ((0.75, 0.5), (0.9, 0.9), (0.25, 0.25, 0.9, 0.75)),
        ((0.5, 0.75), (0.1, 0.6), (0.25, 0.25, 0.75, 0.6)),
        ((0.75, 0.25), (1.3, -0.3), (0.25, 0.0, 1.0, 0.75)),
        # Past the other side: the two change places.
        ((0.25, 0.5), (0.9, 0.5), (0.75, 0.25, 0.9, 0.75)),
    ],
)
def test_it_is_resized_by_its_handles(
    qtbot: QtBot,
    dialog: PartDialog,
    handle: tuple[float, float],
    to: tuple[float, float],
    expected: tuple[float, float, float, float],
) -> None:
    drag(qtbot, dialog.view, handle, to)
    close_to(dialog.view.region, expected)


def test_it_cannot_become_too_small(qtbot: QtBot, dialog: PartDialog) -> None:
    drag(qtbot, dialog.view, (0.75, 0.75), (0.251, 0.251))
    assert dialog.view.region.width == pytest.approx(LEAST)
    assert dialog.view.region.height == pytest.approx(LEAST)
    qtbot.mouseClick(dialog.view, LEFT, pos=dialog.view.point_at(1.0, 1.0).toPoint())
    close_to(dialog.view.region, (1 - LEAST, 1 - LEAST, 1.0, 1.0))


def test_the_keyboard_moves_and_resizes_it(qtbot: QtBot, dialog: PartDialog) -> None:
    view = dialog.view
    assert view.hasFocus() or dialog.focusWidget() is view
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    close_to(view.region, (0.25 + STEP, 0.25 - STEP, 0.75 + STEP, 0.75 - STEP))
    qtbot.keyClick(view, Qt.Key.Key_Left, SHIFT)
    qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)
    close_to(view.region, (0.25 + STEP, 0.25 - STEP, 0.75, 0.75))
    for _ in range(60):
        qtbot.keyClick(view, Qt.Key.Key_Left)
        qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)
    close_to(view.region, (0.0, 0.25 - STEP, 0.5 - STEP, 1.0))


def test_escape_leaves_the_query_alone(
    qtbot: QtBot, window: MainWindow, dialog: PartDialog
) -> None:
    before = window.search.query
    qtbot.keyClick(dialog.view, Qt.Key.Key_Escape)
    until(qtbot, lambda: not dialogs(window))
    assert window.search.query == before


def test_the_photo_is_upright_and_shaded_outside(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    from PIL import Image

    image = Image.new("RGB", (300, 200), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.jpg", exif=exif.tobytes())
    window.examples.choose_part(tmp_path / "turned.jpg")
    (dialog,) = dialogs(window)
    until(qtbot, lambda: dialog.view.has_picture)
    frame = dialog.view.frame()
    assert frame.height() / frame.width() == pytest.approx(1.5, abs=0.01)
    shot = dialog.view.grab().toImage()

    def lightness(x: float, y: float) -> int:
        place = QPointF(dialog.view.point_at(x, y) * shot.devicePixelRatio()).toPoint()
        return shot.pixelColor(place).lightness()

    assert lightness(0.5, 0.5) > 240
    assert lightness(0.1, 0.5) < 140
    qtbot.keyClick(dialog.view, Qt.Key.Key_Escape)


def test_a_photo_that_cannot_be_read_says_so_in_its_place(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "text.jpg").write_text("words")
    window.examples.choose_part(tmp_path / "text.jpg")
    (dialog,) = dialogs(window)
    until(qtbot, lambda: "cannot be read" in dialog.view.message)
    assert not dialog.search_button.isEnabled()
    dialog.accept()
    assert dialogs(window) == [dialog]
    qtbot.keyClick(dialog.view, Qt.Key.Key_Escape)


def test_the_part_of_a_chip_takes_its_place(
    qtbot: QtBot, window: MainWindow, album: Path, photo: Path
) -> None:
    window.search_for("sea")
    window.examples.add([album / "photo03.jpg", photo])
    window.examples.choose_part(photo, Example(photo))
    (dialog,) = dialogs(window)
    until(qtbot, lambda: dialog.view.has_picture)
    qtbot.mouseClick(dialog.search_button, LEFT)
    part = Region(0.25, 0.25, 0.5, 0.5)
    assert window.search.query == Words(
        "sea", (Example(album / "photo03.jpg"), Example(photo, part))
    )
    # Once more: it begins with the part that was chosen.
    window.examples.choose_part(photo, Example(photo, Region(0.1, 0.2, 0.3, 0.4)))
    (dialog,) = dialogs(window)
    assert dialog.view.region == Region(0.1, 0.2, 0.3, 0.4)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Escape)


def test_a_key_opens_it_for_the_current_photo(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window.grid.setFocus()
    window.grid.setCurrentIndex(window.grid.model().index(4, 0))
    qtbot.keyClick(window.grid, Qt.Key.Key_P, CONTROL | SHIFT)
    until(qtbot, lambda: len(dialogs(window)) == 1)
    (dialog,) = dialogs(window)
    assert shown(window)[4].path.name in dialog.windowTitle()
    until(qtbot, lambda: dialog.view.has_picture)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Escape)
    until(qtbot, lambda: QApplication.activeModalWidget() is None)
