"""Moving photos to the trash, and putting them back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from gui.helpers import row_of, shown, until, until_idle
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inphotos.events import IndexSummary
from inphotos.gui.files import words
from inphotos.gui.files.trash import Outcome, Trashed, restore_photos, trash_photos
from inphotos.gui.main_window import MainWindow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def trash() -> Path:
    """The user's trash, which is the test's own."""
    return Path(os.environ["XDG_DATA_HOME"]) / "Trash"


def write(path: Path, text: str = "photo", seconds: int = 1_234_567_890) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (seconds, seconds))
    return path


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def put_away(*photos: Path) -> tuple[Trashed, ...]:
    outcome = trash_photos([(number, path) for number, path in enumerate(photos)])
    assert not outcome.failed
    return outcome.trashed


def test_a_file_comes_back_with_its_time_and_leaves_no_trace(tmp_path: Path, trash: Path) -> None:
    photo = write(tmp_path / "Ä 100%.jpg")
    (gone,) = put_away(photo)
    assert not photo.exists()
    assert gone.place.parent == trash / "files"
    assert names(trash / "info") == ["Ä 100%.jpg.trashinfo"]
    restored = restore_photos([gone]).restored
    assert [photo.path for photo in restored] == [photo]
    assert photo.stat().st_mtime == 1_234_567_890
    assert names(trash / "info") == names(trash / "files") == []


def test_sidecars_go_along_unless_another_photo_needs_them(tmp_path: Path) -> None:
    photo, raw = write(tmp_path / "IMG.jpg"), write(tmp_path / "IMG.cr2")
    write(tmp_path / "IMG.jpg.xmp")
    write(tmp_path / "IMG.xmp", "of both")
    write(tmp_path / "IMG.mov")
    first = put_away(photo)
    assert names(tmp_path) == ["IMG.cr2", "IMG.mov", "IMG.xmp"]
    (tmp_path / "IMG.mov").unlink()
    second = put_away(raw)
    assert names(tmp_path) == []
    restore_photos([*second, *first])
    assert names(tmp_path) == ["IMG.cr2", "IMG.jpg", "IMG.jpg.xmp", "IMG.xmp"]
    put_away(photo, raw)
    assert names(tmp_path) == []


def test_what_is_there_meanwhile_is_left_alone(tmp_path: Path) -> None:
    photo = write(tmp_path / "trip" / "IMG.jpg", "mine")
    write(tmp_path / "trip" / "IMG.jpg.xmp", "beside mine")
    gone = put_away(photo)
    shutil.rmtree(tmp_path / "trip")
    write(photo, "another")
    write(tmp_path / "trip" / "IMG (restored).jpg", "and another")
    (restored,) = restore_photos(gone).restored
    assert restored.path.name == "IMG (restored 2).jpg"
    assert restored.path.read_text() == "mine"
    assert photo.read_text() == "another"
    assert "IMG (restored 2).jpg.xmp" in names(tmp_path / "trip")


def test_what_cannot_be_moved_stays_and_the_others_go(tmp_path: Path, trash: Path) -> None:
    photo = write(tmp_path / "IMG.jpg")
    odd = tmp_path / "\udcff.jpg"
    write(odd)
    outcome = trash_photos([(1, tmp_path / "no.jpg"), (2, odd), (3, photo)])
    assert outcome.failed == ((tmp_path / "no.jpg", "not there"), (odd, "odd name"))
    assert [gone.photo_id for gone in outcome.trashed] == [3]
    assert odd.exists()
    # Somebody empties the trash.
    shutil.rmtree(trash)
    back = restore_photos(outcome.trashed)
    assert (back.restored, back.left) == ((), ())
    assert words.not_restored(back) == (
        "IMG.jpg could not be put back: it is not in the trash any more."
    )


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="takes root on Linux")
def test_nothing_is_deleted_where_there_is_no_trash(open_folder: Path) -> None:
    """As a user who may write to a folder of a drive, but not to the drive's top; and neither."""
    drive, home = open_folder / "drive", open_folder / "home"
    open_folder.chmod(0o755)
    for directory in (drive, home):
        directory.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "none", str(drive)], capture_output=True)
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        drive.chmod(0o755)
        own, closed = write(drive / "own" / "a.jpg"), write(home / "closed" / "b.jpg")
        for path in (own.parent, own, home, closed.parent, closed):
            os.chown(path, 65534, 65534)
        closed.parent.chmod(0o555)
        script = (
            "import os, sys; from pathlib import Path;"
            "from inphotos.gui.files.trash import trash_photos;"
            "os.setgid(65534); os.setuid(65534);"
            "print(trash_photos([(n, Path(p)) for n, p in enumerate(sys.argv[1:])]).failed)"
        )
        environment = {**os.environ, "XDG_DATA_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
        said = subprocess.run(
            [sys.executable, "-c", script, str(own), str(closed)],
            env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert "'no trash'" in said
        assert "'may not be changed'" in said
        assert own.exists()
        assert closed.stat().st_nlink == 1
        assert names(home / "Trash" / "files") == names(home / "Trash" / "info") == []
        # Where there is one on the drive itself, it is used, and undone there.
        other = write(drive / "other" / "c.jpg")
        (gone,) = put_away(other)
        assert gone.place.is_relative_to(drive)
        assert restore_photos([gone]).restored[0].path == other
        assert list(drive.glob(".Trash-*/*/*")) == []
    finally:
        subprocess.run(["umount", str(drive)], check=True)


def test_says_in_a_sentence_what_came_of_it(tmp_path: Path) -> None:
    gone = [Trashed(n, tmp_path / f"{n}.jpg", tmp_path) for n in range(2)]
    assert words.trashed(Outcome(trashed=(gone[0],)), 0) == "0.jpg was moved to the trash."
    assert words.trashed(Outcome(trashed=tuple(gone)), 3) == (
        "2 photos were moved to the trash. 3 photos that are alike are still there."
    )
    failed = ((tmp_path / "a.jpg", "no trash"), (tmp_path / "b.jpg", "may not be changed"))
    assert words.trashed(Outcome(trashed=(gone[0],), failed=failed[1:]), 0) == (
        "0.jpg was moved to the trash. "
        f"b.jpg was left where it is: the folder {tmp_path.name} may not be changed."
    )
    assert words.trashed(Outcome(failed=failed), 0) == (
        "2 photos were left where they are, a.jpg for one: there is no trash on its drive."
    )


def choose_row(window: MainWindow, name: str) -> None:
    window.grid.setFocus()
    window.grid.setCurrentIndex(window.grid.model().index(row_of(window, name), 0))


def test_a_photo_goes_and_comes_back_by_keys(
    qtbot: QtBot, followed: MainWindow, pictures: Path
) -> None:
    summaries: list[IndexSummary] = []
    followed.session.indexed.connect(lambda _, summary: summaries.append(summary))
    photo = pictures / "photo07.jpg"
    choose_row(followed, photo.name)
    photo_id = followed.grid.current_result().photo_id

    def is_shown() -> bool:
        return any((r.photo_id, r.path) == (photo_id, photo) for r in shown(followed))

    qtbot.keyClick(followed.grid, Qt.Key.Key_Delete)
    until(qtbot, lambda: not is_shown())
    assert not photo.exists()
    until(qtbot, lambda: followed.notice.text == "photo07.jpg was moved to the trash.")
    assert followed.undo.undo_action.text() == "Undo Move to Trash"
    qtbot.keyClick(followed.grid, Qt.Key.Key_Z, CONTROL)
    until(qtbot, is_shown)
    assert photo.exists()
    assert followed.notice.text == ""
    assert "photo07.jpg is back" in followed.footer.text
    qtbot.keyClick(followed.grid, Qt.Key.Key_Z, CONTROL | SHIFT)
    until(qtbot, lambda: not is_shown())
    # Another step has been made since; the button takes back what it is about.
    followed.examples.find_similar(shown(followed)[0].path)
    qtbot.mouseClick(followed.notice.button, Qt.MouseButton.LeftButton)
    until(qtbot, photo.exists)
    followed.show_everything()
    until(qtbot, is_shown)
    until(qtbot, lambda: summaries and followed.session.runs.state == "idle")
    assert sum(summary.indexed for summary in summaries) == 0


def test_half_of_a_folder_goes_without_a_question(
    qtbot: QtBot, followed: MainWindow, pictures: Path
) -> None:
    told: list[str] = []
    followed.session.snapshot_read.connect(lambda s: told.append(followed.notice.text))
    missing: list[int] = []
    followed.session.snapshot_read.connect(lambda s: missing.append(s.missing))
    photos = shown(followed)[:10]
    before = {result.photo_id: result.path for result in shown(followed)}
    followed.commands.run("trash", photos)
    until_idle(qtbot, followed, photos=10)
    # Until the watcher has seen it, too.
    with qtbot.waitSignal(followed.session.indexed, timeout=60_000):
        pass
    until_idle(qtbot, followed, photos=10)
    assert set(missing) == {0}
    assert followed.notice.text == "10 photos were moved to the trash."
    followed.undo.undo()
    until_idle(qtbot, followed, photos=20)
    assert {result.photo_id: result.path for result in shown(followed)} == before
    assert len(list(pictures.iterdir())) == 20


def test_delete_is_about_photos_only_where_they_have_the_keyboard(
    qtbot: QtBot, followed: MainWindow, pictures: Path
) -> None:
    choose_row(followed, "photo03.jpg")
    followed.focus_search()
    field = followed.search_bar.field
    qtbot.keyClicks(field, "sea")
    field.setCursorPosition(0)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_C, CONTROL)
    assert field.text() == "ea"
    assert QApplication.clipboard().text() == "ea"
    for widget in (followed.memory.sidebar, followed.photos_page, followed.notice.button):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_Delete)
    followed.grid.setFocus()
    qtbot.keyClick(followed.grid, Qt.Key.Key_Delete)
    until_idle(qtbot, followed, photos=19)
    assert not (pictures / "photo03.jpg").exists()
    assert len(list(pictures.iterdir())) == 19
