"""A crash leaves a report that stays on the machine and names nothing of the user's."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, until
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QGuiApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from inphotos.gui.app import uncaught_exceptions
from inphotos.gui.crash.dialog import CrashDialog
from inphotos.gui.crash.reports import MOST_REPORTS, CrashReports
from inphotos.redacting import code_path, describe, shorten_frames

LEFT = Qt.MouseButton.LeftButton
PRIVATE = "/home/anna/Pictures/Wedding of Eva/IMG 1.jpg"


def raised(error: Exception) -> Exception:
    """Return an error as it is once it was raised."""
    try:
        raise error
    except type(error) as caught:
        return caught


def chained() -> Exception:
    """Return an error that came of two others, all with something private in them."""
    try:
        try:
            raise FileNotFoundError(2, "No such file or directory", PRIVATE)
        except FileNotFoundError as error:
            raise ValueError(f"no date in {PRIVATE} for eva in a white dress") from error
    except ValueError:
        return raised(TypeError(f"expected str, not {PRIVATE!r}, in 'eva in a white dress'"))


@pytest.fixture
def reports(tmp_path: Path) -> CrashReports:
    return CrashReports(tmp_path / "data" / "crash-reports")


@pytest.mark.parametrize(
    "error",
    [
        chained(),
        raised(KeyError("eva in a white dress")),
        raised(OSError(5, "Input/output error", PRIVATE)),
        raised(UnicodeDecodeError("utf-8", b"eva", 0, 1, PRIVATE)),
        raised(AttributeError("no attribute 'IMG_1.jpg' of 'eva in a white dress'")),
        raised(ImportError(f"cannot load C:\\Users\\anna\\x.dll or {PRIVATE}")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_report_names_no_photo_no_search_and_no_user(error: Exception) -> None:
    text = describe(error)
    for private in ("anna", "Wedding", "Eva", "eva", "IMG", "dress", "home"):
        assert private not in text
    assert type(error).__name__ in text
    assert "test_crash_reports.py" in text


def test_a_report_tells_what_is_wrong_in_the_code() -> None:
    error = raised(AttributeError("'NoneType' object has no attribute 'photo_id'"))
    assert "'NoneType' object has no attribute 'photo_id'" in describe(error)
    assert "error 13 of the system" in describe(raised(PermissionError(13, "denied", PRIVATE)))
    assert describe(chained()).count("which led to") == 2
    led = raised(RuntimeError())
    led.__cause__ = raised(IndexError("list index out of range"))
    assert describe(led).index("list index") < describe(led).index("which led to")


def test_paths_of_code_begin_at_their_package() -> None:
    assert code_path("/home/anna/venv/lib/site-packages/torch/nn/a.py") == "torch/nn/a.py"
    assert code_path("/home/anna/inphotos/inphotos/gui/app.py") == "inphotos/gui/app.py"
    assert code_path("C:\\Users\\anna\\Lib\\threading.py") == "threading.py"
    dump = '  File "/home/anna/lib/site-packages/x.py", line 3 in f\n'
    assert shorten_frames(dump) == '  File "x.py", line 3 in f\n'


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_only_the_owner_can_read_a_report(reports: CrashReports) -> None:
    report = reports.write(raised(ZeroDivisionError()))
    assert report is not None
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(reports.directory.stat().st_mode) == 0o700


def test_only_the_last_few_reports_are_kept(reports: CrashReports) -> None:
    written = [reports.write(raised(ZeroDivisionError())) for _ in range(MOST_REPORTS + 3)]
    assert [report.path for report in reports.all()] == [
        report.path for report in reversed(written[-MOST_REPORTS:]) if report
    ]
    reports.delete_all()
    assert reports.all() == []


def test_where_a_report_cannot_be_written_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    reports = CrashReports(tmp_path / "file" / "crash-reports")
    assert reports.write(raised(ZeroDivisionError())) is None
    with reports.native_crashes_noted():
        pass
    assert reports.take_up_native() is None


def test_a_crash_of_native_code_is_found_at_the_next_start(reports: CrashReports) -> None:
    program = (
        "import faulthandler, pathlib, sys\n"
        "from inphotos.gui.crash.reports import CrashReports\n"
        "with CrashReports(pathlib.Path(sys.argv[1])).native_crashes_noted():\n"
        "    faulthandler._sigabrt()\n"
    )
    arguments = [sys.executable, "-c", program, str(reports.directory)]
    fallen = subprocess.run(arguments, check=False, capture_output=True, env={**os.environ})
    assert fallen.returncode != 0
    report = reports.take_up_native()
    assert report is not None
    assert "Aborted" in report.text
    assert "inphotos/gui/crash/reports.py" in report.text or "File" in report.text
    assert str(Path.cwd()) not in report.text
    assert reports.take_up_native() is None
    assert [each.text for each in reports.all()] == [report.text]


def test_a_run_that_ended_well_or_still_runs_is_no_crash(reports: CrashReports) -> None:
    with reports.native_crashes_noted():
        assert reports.take_up_native() is None
        assert list(reports.directory.iterdir())
    assert list(reports.directory.iterdir()) == []


def test_an_error_that_nobody_caught_offers_its_report(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window()

    def fail() -> None:
        raise ValueError(PRIVATE)

    with capture_exceptions(), uncaught_exceptions(window):
        QTimer.singleShot(0, fail)
        until(qtbot, window.notice.button.isVisible)
    assert window.notice.text.startswith("Something went wrong inside InPhotos (ValueError)")
    qtbot.mouseClick(window.notice.button, LEFT)
    [dialog] = window.findChildren(CrashDialog)
    assert "ValueError" in dialog.field.toPlainText()
    assert "anna" not in dialog.field.toPlainText()
    qtbot.mouseClick(dialog.copy_button, LEFT)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == dialog.field.toPlainText()
    assert len(window.crashes.reports.all()) == 1
    qtbot.mouseClick(dialog.delete_button, LEFT)
    until(qtbot, lambda: window.crashes.reports.all() == [])


def test_the_window_tells_quietly_of_a_crash_before(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window()
    directory = window.crashes.reports.directory
    directory.mkdir(parents=True, exist_ok=True)
    # No process has this number: Linux counts to four million at most, others less.
    (directory / "running-99999999.txt").write_text("Fatal Python error: Segmentation fault\n")
    window.crashes.look_back()
    until(qtbot, lambda: "ended unexpectedly" in window.notice.text)
    qtbot.mouseClick(window.notice.button, LEFT)
    [dialog] = window.findChildren(CrashDialog)
    assert "Segmentation fault" in dialog.field.toPlainText()
    dialog.close()
