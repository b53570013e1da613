"""A window on a library of its own; a test fails on any warning of Qt's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gui.helpers import PATIENCE_MS, Battery, OpenWindow, Viewer, until_idle, until_watching
from PIL import Image
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from inphotos import manners
from inphotos.gui.app import create_application
from inphotos.gui.main_window import MainWindow
from inphotos.gui.style import Appearance
from inphotos.library import Library
from inphotos.settings import DEFAULT_MODEL

#: The offscreen platform says so of what it lacks; it is about the platform, not about the window.
_HARMLESS = "^This plugin does not support "


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(_HARMLESS))


@pytest.fixture(scope="session")
def session_appearance() -> Appearance:
    """The look of the one application of the test run."""
    _, appearance = create_application()
    return appearance


@pytest.fixture(scope="session")
def qapp(session_appearance: Appearance) -> QApplication:
    """The application as the product makes it, in place of pytest-qt's plain one."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


@pytest.fixture
def appearance(session_appearance: Appearance) -> Iterator[Appearance]:
    """The application's look, which goes back to the system's after the test."""
    yield session_appearance
    session_appearance.choose("system")


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 20 photos, which no test changes."""
    folder = tmp_path_factory.mktemp("pictures")
    for number in range(20):
        path = folder / f"photo{number:02}.jpg"
        colours = [(number * 37 + 80 * channel) % 256 for channel in range(3)]
        Image.new("RGB", (64 + number, 48), tuple(colours)).save(path)
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
    return folder


@pytest.fixture(scope="session")
def indexed_template(
    tmp_path_factory: pytest.TempPathFactory, album: Path, tiny_clip: Path
) -> Path:
    home = tmp_path_factory.mktemp("template")
    with Library.open(home / "library") as library:
        library.use_model(str(tiny_clip))
        library.add_folder(album)
        list(library.index())
    return home / "library"


@pytest.fixture
def indexed(tmp_path: Path, indexed_template: Path) -> Path:
    """The directory of a library that holds the album, indexed with the small CLIP."""
    shutil.copytree(indexed_template, tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path, appearance: Appearance) -> Iterator[OpenWindow]:
    """Open a window on a library (an empty one by default) and wait until it shows a page."""
    windows: list[MainWindow] = []

    def open_one(library: Path | None = None, **arguments: object) -> MainWindow:
        window = MainWindow(library or tmp_path / "library", appearance, **arguments)
        windows.append(window)
        qtbot.addWidget(window)
        window.session.opening_failed.connect(lambda error: pytest.fail(str(error)))
        window.show()
        with qtbot.waitSignals(
            [window.session.snapshot_read, window.session.answered], timeout=PATIENCE_MS
        ):
            window.open_library()
        return window

    yield open_one
    for window in windows:
        window.close()


@pytest.fixture
def lacking(tmp_path: Path) -> Path:
    """The directory of an empty library whose model, the default one, is not on this machine."""
    with Library.open(tmp_path / "library") as library:
        library.choices.use_model(DEFAULT_MODEL)
    return tmp_path / "library"


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Say what the user chooses in the system's dialog for folders, which a test cannot drive."""

    def choose_path(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))

    return choose_path


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    """Receives the photos that the window opens."""
    receiver = Viewer()
    QDesktopServices.setUrlHandler("file", receiver.open)
    yield receiver
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def pictures(tmp_path: Path, album: Path) -> Path:
    """A folder with the photos of the album that a test may change."""
    return shutil.copytree(album, tmp_path / "pictures")


@pytest.fixture
def followed(qtbot: QtBot, open_window: OpenWindow, pictures: Path, tiny_clip: Path) -> MainWindow:
    """A window whose library holds ``pictures``, indexed and watched."""
    window = open_window(model=str(tiny_clip), folders=[pictures])
    until_idle(qtbot, window, photos=20)
    until_watching(qtbot, window, pictures)
    return window


@pytest.fixture
def battery(monkeypatch: pytest.MonkeyPatch) -> Iterator[Battery]:
    """A battery that is being used."""
    made = Battery(monkeypatch)
    made.plug(False)
    yield made
    monkeypatch.undo()
    manners.on_mains(0)
