"""Where pictures are taken: windows on libraries of their own, and the patience they need."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PyQt6 import sip
from PyQt6.QtCore import (
    QEvent,
    QMessageLogContext,
    QObject,
    QtMsgType,
    qInstallMessageHandler,
)
from PyQt6.QtWidgets import QApplication, QWidget

from inphotos.gui.main_window import MainWindow
from inphotos.gui.style import Appearance
from inphotos.library import Library

SIZE = (1080, 720)
PATIENCE_S = 180
#: An animation never comes to rest.
LONGEST_REST_S = 1.0
#: The offscreen platform says so of what it lacks; it is about the platform, not about the window.
HARMLESS = "This plugin does not support "
_RESTLESS = {QEvent.Type.UpdateRequest, QEvent.Type.LayoutRequest, QEvent.Type.Resize}
_TROUBLE = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}


class StateError(Exception):
    """A state could not be shown as it should be."""


@dataclass(frozen=True, slots=True)
class State:
    """One way to bring a window there.

    Attributes:
        name: what it is asked for by.
        pictures: the pictures that are taken on the way, in their order.
        take: shows the window, and saves the pictures.
    """

    name: str
    pictures: tuple[str, ...]
    take: Callable[[Studio], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the pictures are taken of.

    Attributes:
        directory: where they are saved.
        pictures: the folder with the photos that the window shows.
        model: name or path of the model.
        query: what is searched for.
        themes: the appearances.
        width: of the window, in pixels.
        rest_s: for so many seconds nothing may have changed before a picture is taken.
    """

    directory: Path
    pictures: Path
    model: str = "demo"
    query: str = "sunset over the sea"
    themes: tuple[str, ...] = ("light", "dark")
    width: int = SIZE[0]
    rest_s: float = 0.25


class Studio:
    """Shows windows and takes pictures of them.

    Libraries of the same folders are indexed once and copied, so that a window is there at once.

    Attributes:
        plan: what the pictures are taken of.
        place: a directory for what a state needs on disk.
        library: the directory of the library that was opened last.
        taken: the files of the pictures so far.
    """

    def __init__(
        self, application: QApplication, appearance: Appearance, plan: Plan, place: Path
    ) -> None:
        self.plan = plan
        self.place = place
        self.library = place
        self.taken: list[Path] = []
        self.application = application
        self._appearance = appearance
        self._indexed: dict[tuple[Path, ...], Path] = {}
        self._libraries = 0
        self._shown: list[str] = []
        self._last_change = _LastChange()

    def take(self, state: State) -> None:
        """Take the pictures of a state.

        Raises:
            StateError: Qt warned of something meanwhile, the window never got there, or other
                pictures were taken than the state names.
        """
        warnings: list[str] = []

        def on_message(kind: QtMsgType, _: QMessageLogContext, text: str | None) -> None:
            if kind in _TROUBLE and not (text or "").startswith(HARMLESS):
                warnings.append(text or "")

        self._shown.clear()
        before = qInstallMessageHandler(on_message)
        try:
            state.take(self)
        except StateError as error:
            raise StateError(f"{state.name}: {error}") from error
        finally:
            qInstallMessageHandler(before)
        if warnings:
            raise StateError(f"{state.name}: Qt warned: {'; '.join(warnings)}")
        if self._shown != list(state.pictures):
            raise StateError(f"{state.name}: took {self._shown}, not {list(state.pictures)}")

    @contextmanager
    def window(
        self, *, indexed: Sequence[Path] = (), open_library: bool = True, **arguments: object
    ) -> Iterator[MainWindow]:
        """Show a window on a library of its own, and close it in the end.

        Args:
            indexed: folders that the library has and has read.
            open_library: open it at once.
            **arguments: more for the window.
        """
        self._libraries += 1
        self.library = self.place / f"library-{self._libraries}"
        if indexed:
            shutil.copytree(self._index(tuple(indexed)), self.library)
        window = MainWindow(self.library, self._appearance, **arguments)  # type: ignore[arg-type]
        window.resize(self.plan.width, SIZE[1])
        ended: list[object] = []
        window.session.runs.finished.connect(ended.append)
        window.show()
        try:
            if open_library:
                window.open_library()
            if indexed:
                self.wait(lambda: ended and window.search.is_answered)
                self.wait(lambda: window.grid.model().rowCount() > 0)
            yield window
        finally:
            window.close()
            sip.delete(window)

    def save(self, window: QWidget | None, name: str) -> None:
        """Take the pictures of a window, or of a part of one, once it has come to rest."""
        if window is None:
            raise StateError(f"there is nothing to see for {name}")
        self._shown.append(name)
        for theme in self.plan.themes:
            self._appearance.choose(theme)
            self.settle()
            picture = window.grab()
            scale = picture.devicePixelRatio()
            suffix = "" if scale == 1 else f"@{scale:g}x"
            path = self.plan.directory / f"{name}-{theme}{suffix}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            if not picture.save(str(path)):
                raise StateError(f"{path} cannot be written")
            self.taken.append(path)

    def dialog(self) -> QWidget:
        """Return the dialog that is in front of all else, once there is one."""
        self.wait(self.application.activeModalWidget)
        return self.application.activeModalWidget()

    def settle(self) -> None:
        """Let layouts, thumbnails and timers come to rest."""
        start = self._last_change.at = time.monotonic()

        def is_at_rest() -> bool:
            now = time.monotonic()
            return now - self._last_change.at > self.plan.rest_s or now - start > LONGEST_REST_S

        self.application.installEventFilter(self._last_change)
        self.wait(is_at_rest)
        self.application.removeEventFilter(self._last_change)

    def wait_for_answer(self, window: MainWindow, words: str = "") -> None:
        """Wait until the photos are shown that were searched for, with their thumbnails."""
        self.wait(lambda: window.search.is_answered)
        self.wait(lambda: words in window.photos_page.heading.text())
        self.wait_for_thumbnails(window)

    def wait_for_thumbnails(self, window: MainWindow) -> None:
        """Wait until each tile in sight has its picture."""
        self.settle()  # A tile asks for its picture when it is painted.
        self.wait(lambda: not window.grid.thumbnails.is_busy)

    def wait(self, reached: Callable[[], object]) -> None:
        """Let the window live until something is so.

        Raises:
            StateError: it takes too long.
        """
        end = time.monotonic() + PATIENCE_S
        while not reached():
            if time.monotonic() > end:
                raise StateError("the window did not get where it should")
            self.application.processEvents()
            time.sleep(0.005)

    def _index(self, folders: tuple[Path, ...]) -> Path:
        if folders not in self._indexed:
            directory = self.place / f"indexed-{len(self._indexed)}"
            with Library.open(directory) as library:
                library.use_model(self.plan.model)
                for folder in folders:
                    library.add_folder(folder)
                for _ in library.index():
                    pass
            self._indexed[folders] = directory
        return self._indexed[folders]


class _LastChange(QObject):
    """Knows when something in the application was last painted anew or laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    # Qt overrides

    def eventFilter(self, _: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() in _RESTLESS:
            self.at = time.monotonic()
        return False
