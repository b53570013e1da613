"""A second start gives what it brings to the window that is open."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, until, until_heading, until_idle
from PyQt6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from inphotos import handover
from inphotos.gui.single_instance import SingleInstance
from inphotos.handover import Visit

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="tried out on Unix only")


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory for sockets, whose paths may not be long."""
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        monkeypatch.setenv("XDG_RUNTIME_DIR", place)
        yield Path(place)


def start_again(qtbot: QtBot, *arguments: str | Path) -> int:
    """Start InPhotos in a process of its own, as a desktop does, and return its exit status."""
    process = QProcess()
    with qtbot.waitSignal(process.finished, timeout=60_000):
        process.start(sys.executable, ["-m", "inphotos", *map(str, arguments)])
    return process.exitCode()


def test_a_second_start_searches_with_its_photo_and_adds_its_folder(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, album: Path, tmp_path: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    window.showMinimized()
    assert start_again(qtbot, "--library", indexed, album / "photo07.jpg") == 0
    until_heading(qtbot, window, "Photos similar to “photo07.jpg”")
    assert not window.isMinimized()
    (tmp_path / "more").mkdir()
    assert start_again(qtbot, "--library", indexed, tmp_path / "more") == 0
    until(qtbot, lambda: len(window.session.snapshot.folders) == 2)


def test_a_photo_is_searched_with_as_soon_as_there_are_photos(
    qtbot: QtBot, open_window: OpenWindow, album: Path, tiny_clip: Path
) -> None:
    window = open_window(model=str(tiny_clip), photos=[album / "photo03.jpg"])
    until(qtbot, lambda: "photo03.jpg" in window.notice.text)
    window.session.add_folders([album])
    until_heading(qtbot, window, "Photos similar to “photo03.jpg”")


def test_a_window_that_finds_its_library_held_leaves_it_to_the_other(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, album: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    program = (
        "import sys, pathlib\n"
        "from inphotos.gui import app\n"
        "photo = pathlib.Path(sys.argv[2])\n"
        "sys.exit(app.run(pathlib.Path(sys.argv[1]), model=None, folders=[], photos=[photo]))\n"
    )
    process = QProcess()
    with qtbot.waitSignal(process.finished, timeout=60_000):
        process.start(sys.executable, ["-c", program, str(indexed), str(album / "photo05.jpg")])
    assert process.exitCode() == 0
    until_heading(qtbot, window, "Photos similar to “photo05.jpg”")


def test_what_a_killed_process_left_is_replaced(
    qtbot: QtBot, tmp_path: Path, runtime: Path
) -> None:
    at = handover.address(tmp_path / "library")
    assert at is not None
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(at)
    assert not handover.give(tmp_path / "library", Visit())
    instance = SingleInstance()
    instance.listen(tmp_path / "library")
    assert Path(at).stat().st_mode & 0o077 == 0
    program = "import sys, pathlib; from inphotos.handover import *; "
    program += (
        "sys.exit(0 if give(pathlib.Path(sys.argv[1]), Visit((), (pathlib.Path('/a'),))) else 1)"
    )
    with subprocess.Popen([sys.executable, "-c", program, tmp_path / "library"]) as other:
        with qtbot.waitSignal(instance.visited, timeout=60_000) as visited:
            pass
        assert visited.args[0].photos == (Path("/a"),)
        assert other.wait() == 0
    instance.close()


def test_a_directory_that_others_can_reach_is_not_used(tmp_path: Path, runtime: Path) -> None:
    (runtime / "inphotos").mkdir()
    (runtime / "inphotos").chmod(0o755)
    assert str(runtime) not in str(handover.address(tmp_path))


def test_a_directory_with_a_long_name_is_not_used(
    tmp_path: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert str(runtime) in str(handover.address(tmp_path))
    (runtime / ("long" * 20)).mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime / ("long" * 20)))
    assert str(runtime) not in str(handover.address(tmp_path))


@pytest.mark.parametrize(
    "line", [b"", b"[]", b"{}", b'{"folders": [1], "photos": [], "token": ""}']
)
def test_what_makes_no_sense_is_no_visit(line: bytes) -> None:
    assert Visit.read(line) is None


def test_names_that_are_no_text_arrive_as_they_are() -> None:
    visit = Visit((Path(os.fsdecode(b"/caf\xe9")),), (Path("/ü.jpg"),), "token")
    assert Visit.read(visit.written()) == visit
