"""Opening photos with other programs, and the clipboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, row_of, shown, until, until_idle
from PIL import Image
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication, QImage
from PyQt6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from inphotos.gui.files.desktop_entries import Program, programs_for

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desktop(tmp_path: Path) -> dict[str, str]:
    """An environment with some programs in it."""
    data, config = tmp_path / "data", tmp_path / "config"
    (data / "applications" / "kde").mkdir(parents=True)
    config.mkdir()
    (tmp_path / "bin").mkdir()
    for name in ("viewer", "painter"):
        program = tmp_path / "bin" / name
        program.write_text('#!/bin/sh\nfor word; do echo "$word" >> "$LOG"; done\n')
        program.chmod(0o755)
    entries = {
        "viewer.desktop": "Name=Viewer\nName[de]=Betrachter\nExec=viewer --name %c %U\nIcon=eye",
        "kde/painter.desktop": 'Name=Painter & Co\nExec="painter" "a \\\\$b" %f\nNoDisplay=true',
        "removed.desktop": "Name=Removed\nExec=viewer %f",
        "hidden.desktop": "Name=Hidden\nExec=viewer %f\nHidden=true",
        "text.desktop": "Name=In a terminal\nExec=viewer %f\nTerminal=true",
        "away.desktop": "Name=Away\nExec=not-installed %f",
        "broken.desktop": 'Name=Broken\nExec="viewer',
    }
    for name, text in entries.items():
        (data / "applications" / name).write_text(
            f"# a comment\n[Desktop Entry]\nType=Application\n{text}\n[Desktop Action New]\n"
            f"Name=New window\nExec=viewer --new\n"
        )
    cached = ";".join(["viewer.desktop", *entries, "nowhere.desktop"]).replace("kde/", "kde-")
    (data / "applications" / "mimeinfo.cache").write_text(
        f"[MIME Cache]\nimage/jpeg={cached};\nimage/*=text.desktop\n"
    )
    (config / "mimeapps.list").write_text(
        "[Default Applications]\nimage/jpeg=kde-painter.desktop\n"
        "[Removed Associations]\nimage/jpeg=removed.desktop;\n"
    )
    return {
        "XDG_DATA_HOME": str(data),
        "XDG_CONFIG_HOME": str(config),
        "XDG_DATA_DIRS": str(tmp_path / "none"),
        "XDG_CONFIG_DIRS": str(tmp_path / "none"),
        "PATH": f"{tmp_path / 'bin'}:/bin:/usr/bin",
        "LANG": "de_AT.UTF-8",
        "LOG": str(tmp_path / "log"),
    }


def test_programs_come_in_the_order_of_preference(desktop: dict[str, str]) -> None:
    found = programs_for(["image/jpeg"], desktop)
    assert [program.name for program in found] == ["Painter & Co", "Betrachter"]
    english = programs_for(["image/jpeg"], {**desktop, "LANG": "C"})
    assert [program.name for program in english] == ["Painter & Co", "Viewer"]
    assert programs_for(["image/png"], desktop) == []


def test_files_stand_where_the_program_wants_them() -> None:
    photos = [Path("/a b/ü.jpg"), Path("/c.jpg")]

    def starts(*command: str) -> list[list[str]]:
        program = Program("Name", "icon", command, Path("/x.desktop"))
        return list(program.starts(photos))

    assert starts("p", "%F", "-x") == [["p", "/a b/ü.jpg", "/c.jpg", "-x"]]
    assert starts("p", "%U") == [["p", "file:///a%20b/%C3%BC.jpg", "file:///c.jpg"]]
    assert starts("p", "--file=%f") == [["p", "--file=/a b/ü.jpg"], ["p", "--file=/c.jpg"]]
    assert starts("p", "%i", "%c", "%k", "100%%", "%m", "%F")[0][:6] == [
        "p",
        "--icon",
        "icon",
        "Name",
        "/x.desktop",
        "100%",
    ]
    assert starts("p") == [["p", "/a b/ü.jpg"], ["p", "/c.jpg"]]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no list of programs")
def test_a_photo_opens_with_a_program_of_the_menu(
    qtbot: QtBot,
    open_window: OpenWindow,
    indexed: Path,
    desktop: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in desktop.items():
        monkeypatch.setenv(name, value)
    window = open_window(indexed)
    photo = shown(window)[2]
    menu = window.commands.menu([photo])
    [submenu] = [m for m in menu.findChildren(QMenu) if m.title() == "Open With"]
    submenu.aboutToShow.emit()
    until(qtbot, lambda: len(submenu.actions()) == 4)
    texts = [action.text() for action in submenu.actions()]
    assert texts == ["Painter && Co", "Betrachter", "", "Other Program…"]
    submenu.actions()[0].trigger()
    log = Path(desktop["LOG"])
    until(qtbot, lambda: log.exists() and log.read_text().count("\n") == 2)
    assert log.read_text() == f"a $b\n{photo.path}\n"
    log.unlink()
    chosen = shutil.which("viewer")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    submenu.actions()[-1].trigger()
    until(qtbot, lambda: log.exists() and log.read_text() == f"{photo.path}\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(photo.path), ""))
    submenu.actions()[-1].trigger()
    until(qtbot, lambda: window.notice.text == f"{photo.path.name} could not be started.")
    menu.close()
    # File managers open a window for each folder.
    command = window.commands.command("folder")
    assert command.is_for(shown(window)[:2])
    assert not command.is_for([photo, replace(photo, path=Path("/elsewhere/b.jpg"))])


def test_pictures_and_files_are_copied_by_keys(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, tiny_clip: Path
) -> None:
    folder = tmp_path / "turned"
    folder.mkdir()
    picture = Image.new("RGB", (60, 40), (250, 10, 10))
    picture.paste((10, 10, 250), (0, 0, 30, 40))
    exif = Image.Exif()
    exif[274] = 6  # to be turned clockwise
    picture.save(folder / "a b.png", exif=exif)
    window = open_window(model=str(tiny_clip), folders=[folder])
    until_idle(qtbot, window, photos=1)
    window.grid.setFocus()
    window.grid.setCurrentIndex(window.grid.model().index(row_of(window, "a b.png"), 0))
    clipboard = QGuiApplication.clipboard()
    qtbot.keyClick(window.grid, Qt.Key.Key_C, CONTROL | SHIFT)
    until(qtbot, lambda: "a b.png is on the clipboard" in window.footer.text)
    data = clipboard.mimeData()
    assert [url.toLocalFile() for url in data.urls()] == [str(folder / "a b.png")]
    for image in (QImage(data.imageData()), QImage.fromData(data.data("image/png"))):
        assert (image.width(), image.height()) == (40, 60)
        assert image.pixelColor(20, 10).getRgb()[:3] == (10, 10, 250)
        assert image.pixelColor(20, 50).getRgb()[:3] == (250, 10, 10)
    qtbot.keyClick(window.grid, Qt.Key.Key_C, CONTROL)
    data = clipboard.mimeData()
    assert not data.hasImage()
    assert data.text() == str(folder / "a b.png")
    assert bytes(data.data("x-special/gnome-copied-files").data()).decode() == (
        f"copy\n{data.urls()[0].toEncoded().data().decode()}"
    )
    assert QApplication.focusWidget() is window.grid


_SERVICE = """
import sys
from dataclasses import replace
from pathlib import Path
from PyQt6.QtCore import QCoreApplication, QObject, QTimer, pyqtClassInfo, pyqtSlot
from PyQt6.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusMessage
from inphotos.gui import desktop

application = QCoreApplication([])
name = "org.freedesktop.FileManager1"

class Manager(QObject):
    @pyqtSlot(QDBusMessage)
    def ShowItems(self, message):
        print(message.signature(), *message.arguments()[0])
        QTimer.singleShot(0, application.quit)  # of one's own process it comes at once

def opened(path):
    print("opened", path)
    application.quit()

desktop.open_file = opened
manager, bus = Manager(), QDBusConnection.sessionBus()
if sys.argv[1] == "there":
    bus.registerService(name)
    bus.registerObject(
        "/org/freedesktop/FileManager1", name, manager,
        QDBusConnection.RegisterOption.ExportAllSlots,
    )
desktop.show_in_file_manager([Path("/p/a b.jpg"), Path("/p/\\u00fc%.jpg")])
QTimer.singleShot(30000, application.quit)
application.exec()
"""


@pytest.mark.skipif(
    shutil.which("dbus-run-session") is None, reason="there is no program for a bus of its own"
)
@pytest.mark.parametrize(
    ("manager", "expected"),
    [("there", "ass file:///p/a%20b.jpg file:///p/%C3%BC%25.jpg"), ("away", "opened /p")],
)
def test_the_file_manager_is_asked_to_select_the_files(manager: str, expected: str) -> None:
    said = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", _SERVICE, manager],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == expected, said.stderr
