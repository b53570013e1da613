"""What the tests of the window wait for, and with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from PyQt6.QtCore import QObject, QPoint, QUrl, pyqtSlot
from pytestqt.qtbot import QtBot

from inphotos import manners
from inphotos.gui.main_window import MainWindow
from inphotos.search.ranking import Result

OpenWindow = Callable[..., MainWindow]

#: Long enough for a slow machine; a test that waits this long has failed.
PATIENCE_MS = 60_000


class Viewer(QObject):
    """Stands for the program that the system opens photos with."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @pyqtSlot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


def until_idle(qtbot: QtBot, window: MainWindow, photos: int) -> None:
    """Wait until indexing is over and the grid shows so many photos."""

    def reached() -> None:
        assert window.session.runs.state == "idle"
        assert window.grid.model().rowCount() == photos

    qtbot.waitUntil(reached, timeout=PATIENCE_MS)


def until_heading(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Wait until the line above the grid says something."""

    def reached() -> None:
        assert words in window.photos_page.heading.text()

    qtbot.waitUntil(reached, timeout=PATIENCE_MS)


def until(qtbot: QtBot, reached: Callable[[], object]) -> None:
    """Wait until ``reached`` returns something true."""
    qtbot.waitUntil(lambda: bool(reached()), timeout=PATIENCE_MS)


def shown(window: MainWindow) -> list[Result]:
    """Return the rows of the grid."""
    return list(window.search.rows)


def place_of(window: MainWindow, row: int) -> QPoint:
    """Return the middle of a tile, in the grid's viewport."""
    return window.grid.visualRect(window.grid.model().index(row, 0)).center()


def until_watching(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    """Wait until changes in a folder are noticed at once."""
    until(qtbot, lambda: window.session.watching.covers(folder))


def row_of(window: MainWindow, name: str) -> int:
    """Return the row of the photo with this file name."""
    return [result.path.name for result in shown(window)].index(name)


class Battery:
    """Stands for the machine's battery, which a test cannot unplug."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def plug(self, plugged: bool) -> None:
        """Connect or disconnect mains power."""
        state = SimpleNamespace(percent=50.0, secsleft=3600, power_plugged=plugged)
        self._monkeypatch.setattr(psutil, "sensors_battery", lambda: state, raising=False)
        manners.on_mains(0)
