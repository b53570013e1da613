"""A library that cannot be opened, and errors that nobody foresaw."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from gui.helpers import PATIENCE_MS, until
from PyQt6.QtCore import Qt, QTimer
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from inphotos.events import Control, Progress
from inphotos.gui.app import uncaught_exceptions
from inphotos.gui.main_window import MainWindow
from inphotos.gui.style import Appearance
from inphotos.gui.workers.repair import RepairWorker
from inphotos.gui.workers.reporting import UnexpectedError
from inphotos.library import Library


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, appearance: Appearance) -> MainWindow:
    """A window that has not opened its library yet."""
    made = MainWindow(tmp_path / "library", appearance)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_library_in_use_can_be_tried_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "library", model="demo"):
        window.open_library()
        until(qtbot, window.error_page.isVisible)
        assert window.error_page.headline.text() == "The library is in use"
    qtbot.mouseClick(window.error_page.buttons[0], Qt.MouseButton.LeftButton)
    until(qtbot, window.start_page.isVisible)


def test_a_library_that_another_process_indexes_opens_once_that_is_done(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "library", model="demo", work="index"):
        window.open_library()
        until(qtbot, window.error_page.isVisible)
        assert window.error_page.headline.text() == "Another InPhotos is indexing this library"
        assert "opens here by itself" in window.error_page.body.text()
        with qtbot.waitSignal(window.session.opening_failed, timeout=PATIENCE_MS):
            pass  # it tries again, and goes on to wait
        assert window.error_page.isVisible()
    until(qtbot, window.start_page.isVisible)


def test_a_library_of_a_newer_version_is_refused_and_left_as_it_is(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    Library.open(library, model="demo").close()
    (library / "library.json").write_text('{"schema": 99, "written_by": "9"}')
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    window.open_library()
    until(qtbot, window.error_page.isVisible)
    assert window.error_page.headline.text() == "The library is from a newer InPhotos"
    window.close()
    after = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    assert after == before


def test_a_library_that_cannot_be_made(
    qtbot: QtBot, tmp_path: Path, appearance: Appearance
) -> None:
    (tmp_path / "file").write_text("not a directory")
    window = MainWindow(tmp_path / "file" / "library", appearance)
    qtbot.addWidget(window)
    window.show()
    window.open_library()
    until(qtbot, window.error_page.isVisible)
    assert window.error_page.body.text()
    # What could not be opened is not written to either.
    window.close()
    assert (tmp_path / "file").read_text() == "not a directory"


def test_an_error_in_a_slot_becomes_a_notice(qtbot: QtBot, window: MainWindow) -> None:
    def fail() -> None:
        raise ZeroDivisionError("a mistake of ours")

    with capture_exceptions(), uncaught_exceptions(window):
        QTimer.singleShot(0, fail)
        until(qtbot, lambda: "ZeroDivisionError" in window.notice.text)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_signal_closes_the_window_properly(indexed: Path) -> None:
    """SIGINT, which end2end/test_processes.py sends, takes the same way."""
    program = (
        "import sys, pathlib\n"
        "from inphotos.gui import app\n"
        "class Window(app.MainWindow):\n"
        "    def open_library(self):\n"
        "        self.session.snapshot_read.connect(lambda _: print('ready', flush=True))\n"
        "        super().open_library()\n"
        "app.MainWindow = Window\n"
        "sys.exit(app.run(pathlib.Path(sys.argv[1]), model=None, folders=[]))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(indexed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, messages = process.communicate(timeout=PATIENCE_MS / 1000)
    assert process.returncode == 0, messages
    assert "Traceback" not in messages
    with Library.open(indexed):  # it was let go
        pass


def test_the_window_starts_without_loading_a_model(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from inphotos.gui.app import create_application\n"
        "from inphotos.gui.main_window import MainWindow\n"
        "_, appearance = create_application()\n"
        "window = MainWindow(pathlib.Path(sys.argv[1]), appearance)\n"
        "window.show()\n"
        "assert 'torch' not in sys.modules and 'transformers' not in sys.modules\n"
        "window.close()\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "library")],
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=PATIENCE_MS / 1000,
    )


def test_a_damaged_library_is_repaired_and_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, photos: Path
) -> None:
    directory = tmp_path / "library"
    with Library.open(directory, model="none") as library:
        library.add_folder(photos)
    (directory / "store" / "data.mdb").write_bytes(b"no store")
    window.open_library()
    page = window.repairing.page
    until(qtbot, page.isVisible)
    assert page.headline.text() == "The library is damaged"
    assert not window.backing_up.backup_action.isEnabled()
    qtbot.keyClick(page.buttons[0], Qt.Key.Key_Return)
    until(qtbot, window.photos_page.isVisible)
    assert window.notice.text.startswith("The library was repaired.")
    assert window.notice.button.text() == "Show in File Manager"
    assert window.backing_up.backup_action.isEnabled()
    assert window.session.snapshot is not None
    assert [folder.path for folder in window.session.snapshot.folders] == [photos]
    window.close()


def test_a_repair_that_is_to_stop_says_so(qtbot: QtBot, window: MainWindow) -> None:
    page = window.repairing.page
    page.show_work()
    page.show_progress(Progress("repairing", 1, 4))
    assert page.amount.endswith("25 %")
    page.stop_button.click()
    page.show_progress(Progress("repairing", 2, 4))
    assert page.amount == "Stopping…"
    assert not page.stop_button.isEnabled()
    page.show_work()
    assert page.stop_button.isEnabled()


def test_a_repair_that_cannot_begin_ends_with_an_error(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "inphotos.library.repair", None)
    worker = RepairWorker()
    with qtbot.waitSignal(worker.ended) as ended:
        worker.run(tmp_path, Control())
    assert isinstance(ended.args[1], UnexpectedError)


def test_a_repair_that_fails_says_why(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    directory = tmp_path / "library"
    Library.open(directory, model="none").close()
    (directory / "store" / "data.mdb").write_bytes(b"no store")
    window.open_library()
    page = window.repairing.page
    until(qtbot, page.isVisible)
    (directory / "store" / "data.mdb").unlink()
    (directory / "store" / "model.json").unlink()
    (directory / "library.json").write_text('{"schema": 999}')
    qtbot.mouseClick(page.buttons[0], Qt.MouseButton.LeftButton)
    until(qtbot, lambda: "newer InPhotos" in page.body.text())
    assert page.buttons[0].isVisible()
    window.close()
