"""Photos that cannot be opened now say so, and what has vanished waits for the user's word."""

from __future__ import annotations

from pathlib import Path

import pytest
from gui.helpers import OpenWindow, Viewer, place_of, row_of, shown, until, until_idle
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
LOST = [f"photo{number:02}.jpg" for number in range(6)]


@pytest.fixture
def bereft(qtbot: QtBot, followed: MainWindow, pictures: Path) -> MainWindow:
    """A window six of whose 20 photos have vanished."""
    for name in LOST:
        (pictures / name).unlink()
    followed.session.index()
    until(qtbot, lambda: followed.notice.text.startswith("6 photos have vanished"))
    until(qtbot, lambda: presences(followed).count("missing") == 6)
    return followed


def presences(window: MainWindow) -> list[str]:
    return [result.presence for result in shown(window)]


def texts(window: MainWindow, name: str) -> tuple[str, str]:
    """Return the tool tip and the spoken text of a tile."""
    index = window.grid.model().index(row_of(window, name), 0)
    roles = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
    return index.data(roles[0]), index.data(roles[1])


def corner_of(window: MainWindow, name: str) -> QImage:
    """Return the pixels where a tile has its badge."""
    row = row_of(window, name)
    window.grid.scrollTo(window.grid.model().index(row, 0))
    cell = window.grid.visualRect(window.grid.model().index(row, 0))
    corner = cell.adjusted(cell.width() - 40, 6, -6, 40 - cell.height())
    return window.grid.viewport().grab(corner).toImage()


def test_missing_photos_are_kept_until_the_user_decides(
    qtbot: QtBot, bereft: MainWindow, pictures: Path
) -> None:
    assert bereft.notice.text == (
        "6 photos have vanished from pictures. They are kept until you decide."
    )
    assert bereft.notice.decline_button.text() == "Keep"
    qtbot.mouseClick(bereft.notice.button, LEFT)
    until_idle(qtbot, bereft, photos=14)
    assert bereft.notice.text == ""
    assert not {result.path.name for result in shown(bereft)} & set(LOST)


def test_missing_photos_can_be_kept_and_are_told_of_again_at_the_next_start(
    qtbot: QtBot, bereft: MainWindow, open_window: OpenWindow, tmp_path: Path, tiny_clip: Path
) -> None:
    qtbot.mouseClick(bereft.notice.decline_button, LEFT)
    assert bereft.notice.text == ""
    with qtbot.waitSignal(bereft.session.snapshot_read):
        bereft.session.read_snapshot()
    assert bereft.notice.text == ""
    assert len(shown(bereft)) == 20
    bereft.close()
    again = open_window(tmp_path / "library", model=str(tiny_clip))
    until(qtbot, lambda: again.notice.text.startswith("6 photos have vanished"))


def test_a_photo_that_is_back_is_not_missing_any_more(
    qtbot: QtBot, bereft: MainWindow, pictures: Path, album: Path
) -> None:
    for name in LOST:
        (pictures / name).write_bytes((album / name).read_bytes())
    until(qtbot, lambda: presences(bereft) == ["here"] * 20)
    until(qtbot, lambda: bereft.notice.text == "")


def test_a_missing_photo_is_marked_and_says_so(bereft: MainWindow) -> None:
    tip, spoken = texts(bereft, "photo03.jpg")
    assert tip.splitlines()[1] == "Missing: its file has vanished from pictures"
    assert spoken == "photo03.jpg, Missing: its file has vanished from pictures"
    assert texts(bereft, "photo09.jpg")[1] == "photo09.jpg"
    assert corner_of(bereft, "photo03.jpg") != corner_of(bereft, "photo09.jpg")


def test_opening_a_missing_photo_tells_what_to_do(
    qtbot: QtBot, bereft: MainWindow, viewer: Viewer
) -> None:
    row = row_of(bereft, "photo05.jpg")
    bereft.grid.scrollTo(bereft.grid.model().index(row, 0))
    qtbot.mouseClick(bereft.grid.viewport(), LEFT, pos=place_of(bereft, row))
    note = "photo05.jpg has vanished from"
    until(qtbot, lambda: bereft.viewer.canvas.note.startswith(note))
    qtbot.keyClick(bereft.viewer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: bereft.notice.text.startswith(note))
    assert bereft.notice.isVisible()
    assert viewer.opened == []


def test_opening_an_offline_photo_tells_what_to_do(
    qtbot: QtBot, followed: MainWindow, pictures: Path, tmp_path: Path, viewer: Viewer
) -> None:
    followed.preferences.change(click_opens="system")
    pictures.rename(tmp_path / "away")
    followed.session.index()
    until(qtbot, lambda: presences(followed) == ["offline"] * 20)
    tip, _ = texts(followed, "photo03.jpg")
    assert tip.splitlines()[1] == "Offline: its drive or network is not connected"
    followed.grid.enter()
    qtbot.keyClick(followed.grid, Qt.Key.Key_Return)
    until(qtbot, lambda: followed.notice.text.startswith("photo19.jpg is offline: connect"))
    assert viewer.opened == []
    # It opens once it is back, also before the window knows of it.
    (tmp_path / "away").rename(pictures)
    qtbot.keyClick(followed.grid, Qt.Key.Key_Return)
    until(qtbot, lambda: viewer.opened == [pictures / "photo19.jpg"])
