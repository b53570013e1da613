"""Nothing that is done in the window writes to an original."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from album_of_all import BROKEN, READ, draw_album, states
from gui.helpers import OpenWindow, place_of, row_of, shown, until, until_idle
from gui.mouse import LEFT, move
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QDrag
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inphotos.gui.dialogs.part import PartDialog
from inphotos.gui.main_window import MainWindow

#: Of two photos that are alike the grid shows one.
SHOWN = READ - 1

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Tour:
    """Goes through everything that the window can do with photos."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.activateWindow()

    def press(self, *keys: Qt.Key, held=Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, held)

    def until(self, reached: Callable[[], object]) -> None:
        until(self.qtbot, reached)

    def search(self) -> None:
        """Type words, and leave them again."""
        self.window.focus_search()
        self.qtbot.keyClicks(self.window.search_bar.field, "a boat")
        self.press(KEY.Key_Return)
        self.until(lambda: "a boat" in self.window.photos_page.heading.text())
        self.until(lambda: self.window.search.is_answered and len(shown(self.window)) == SHOWN)
        self.press(KEY.Key_Escape)
        self.until(lambda: len(shown(self.window)) == SHOWN)

    def look(self, name: str) -> None:
        """See one photo in every way, and turn it."""
        window, viewer = self.window, self.window.viewer
        self.qtbot.mouseClick(
            window.grid.viewport(), LEFT, pos=place_of(window, row_of(window, name))
        )
        self.until(lambda: viewer.canvas.is_sharp)
        self.press(KEY.Key_1, KEY.Key_2, KEY.Key_Plus, KEY.Key_Minus, KEY.Key_0)
        self.press(KEY.Key_R)
        self.press(KEY.Key_R, held=SHIFT)
        self.press(KEY.Key_R)
        self.until(lambda: viewer.canvas.is_sharp)

    def look_at_all(self) -> None:
        """See each photo as large as it can be."""
        self.look("photo.jpg")
        self.press(KEY.Key_Home)
        for _ in range(SHOWN):
            self.until(lambda: self.window.viewer.canvas.is_sharp)
            self.press(KEY.Key_1, KEY.Key_Right)
        self.press(KEY.Key_F5)
        self.until(lambda: self.window.viewer.slideshow.running)
        self.press(KEY.Key_Escape, KEY.Key_Escape)
        assert self.window.grid.isVisible()

    def mark(self, name: str) -> None:
        """Make one a favourite with stars, and tag it."""
        window = self.window
        window.grid.setFocus()
        window.grid.setCurrentIndex(window.grid.model().index(row_of(window, name), 0))
        self.press(KEY.Key_D, KEY.Key_4, KEY.Key_I, held=CTRL)
        self.until(lambda: window.info.panel.name.value == name)
        self.qtbot.mouseClick(window.marks_box.editor.field, LEFT)
        self.qtbot.keyClicks(window.marks_box.editor.field, "river")
        self.press(KEY.Key_Return)
        self.press(KEY.Key_Escape)
        marks = window.session.library.marks
        photo = shown(window)[row_of(window, name)]
        self.until(lambda: marks.of(photo.photo_id).tags == ("river",))
        assert (marks.of(photo.photo_id).favorite, marks.of(photo.photo_id).rating) == (True, 4)

    def find_more(self, name: str) -> None:
        """Search with a photo and with a part of it, look for copies, and compare."""
        window = self.window
        photos = [shown(window)[row_of(window, name)]]
        window.commands.run("similar", photos)
        self.until(lambda: "similar" in window.photos_page.heading.text())
        self.until(lambda: window.search.is_answered)
        window.examples.choose_part(photos[0].path)
        (dialog,) = [d for d in window.findChildren(PartDialog) if d.isVisible()]
        self.until(lambda: dialog.view.has_picture)
        self.press(KEY.Key_Return)
        self.until(lambda: "a part of" in window.photos_page.heading.text())
        window.show_everything()
        self.until(lambda: len(shown(window)) == SHOWN)
        window.session.fold_alike(True)
        window.session.count_alike()
        window.commands.run("compare", shown(window)[:3])
        self.until(lambda: len(window.viewer.compare.panes) == 3)
        self.press(KEY.Key_Plus, KEY.Key_Escape, KEY.Key_Escape)

    def take_out(self, copies: Path, dragged: list[list[Path]]) -> None:
        """Copy the files to a folder, to the clipboard, and by dragging them elsewhere."""
        window = self.window
        window.files.exporting.export(shown(window), copies)
        self.until(lambda: "copied to" in window.notice.text)
        window.commands.run("copy", shown(window)[:1])
        window.commands.run("copy_image", shown(window)[:1])
        viewport, start = window.grid.viewport(), place_of(window, 0)
        self.qtbot.mousePress(viewport, LEFT, pos=start)
        move(window.grid, start + QPoint(0, 60), held=True)
        self.qtbot.mouseRelease(viewport, LEFT, pos=start)
        assert dragged == [[shown(window)[0].path]]

    def leave(self, album: Path) -> None:
        """Take the folder out of the library, and compact it."""
        window = self.window
        window.session.forget_folder(album)
        self.until(lambda: not shown(window))
        with self.qtbot.waitSignal(window.session.runs.compacted, timeout=60_000):
            window.session.runs.compact()


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """The files that were dragged out, and copied where they fell: Qt would wait for the mouse."""
    files: list[list[Path]] = []

    def execute(drag: QDrag, _: Qt.DropAction) -> Qt.DropAction:
        files.append([Path(url.toLocalFile()) for url in drag.mimeData().urls()])
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", execute)
    return files


@pytest.fixture
def album(tmp_path: Path) -> Path:
    return draw_album(tmp_path / "album")


@pytest.fixture
def closed(album: Path) -> Iterator[Path]:
    """The album where nobody may write to it, by a read-only mount."""
    if subprocess.run(["mount", "--bind", album, album], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", album], check=True)
        yield album
    finally:
        subprocess.run(["umount", album], check=True)


def go_through_everything(
    qtbot: QtBot, window: MainWindow, album: Path, dragged: list[list[Path]]
) -> None:
    until_idle(qtbot, window, photos=SHOWN)
    assert len(window.session.snapshot.failures) == BROKEN
    tour = Tour(qtbot, window)
    tour.search()
    tour.look_at_all()
    tour.mark("turned.jpg")
    tour.find_more("rated.jpg")
    tour.take_out(album.parent / "copies", dragged)
    copies = {path for path in (album.parent / "copies").iterdir() if path.suffix != ".xmp"}
    assert len(copies) == SHOWN
    tour.leave(album)
    window.close()


def test_nothing_in_the_window_changes_anything_about_a_photo(
    qtbot: QtBot,
    open_window: OpenWindow,
    tiny_clip: Path,
    album: Path,
    dragged: list[list[Path]],
) -> None:
    before = states(album)
    window = open_window(model=str(tiny_clip), folders=[album])
    go_through_everything(qtbot, window, album, dragged)
    assert states(album) == before


def test_with_sidecars_only_those_of_marked_photos_are_written(
    qtbot: QtBot, open_window: OpenWindow, tiny_clip: Path, album: Path
) -> None:
    before = states(album)
    window = open_window(model=str(tiny_clip), folders=[album])
    until_idle(qtbot, window, photos=SHOWN)
    window.session.ask(lambda library: library.choices.write_sidecars_beside(True))
    sidecar = album / "photo.png.xmp"
    Tour(qtbot, window).mark("photo.png")
    until(qtbot, lambda: sidecar.exists() and "river" in sidecar.read_text("utf-8"))
    window.close()
    after = states(album)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {".", "photo.png.xmp"}
    assert before.keys() <= after.keys()


def test_everything_works_on_an_album_that_may_not_be_written_to(
    qtbot: QtBot,
    open_window: OpenWindow,
    tiny_clip: Path,
    closed: Path,
    dragged: list[list[Path]],
) -> None:
    with pytest.raises(OSError, match="Read-only"):
        (closed / "new").touch()
    before = states(closed)
    window = open_window(model=str(tiny_clip), folders=[closed])
    go_through_everything(qtbot, window, closed, dragged)
    assert states(closed) == before
