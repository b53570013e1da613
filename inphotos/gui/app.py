"""Starts the window and sees it to its end."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    # PyQt6 brings C++ runtime libraries of its own. Loaded first, they keep torch's from being
    # initialised (error 1114), so on Windows alone torch comes before Qt, at the cost of seconds.
    import torch  # noqa: F401

import logging
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication, QWidget

from inphotos import __version__
from inphotos.errors import InPhotosError
from inphotos.gui.icons import application_icon
from inphotos.gui.main_window import MainWindow
from inphotos.gui.style import Appearance
from inphotos.gui.workers.reporting import as_error

log = logging.getLogger(__name__)

_UNPAINTED_MS = 1000
_TURN_S = 0.001


def run(
    library_directory: Path,
    *,
    model: str | None,
    folders: Sequence[Path],
    photos: Sequence[Path] = (),
    demo: bool = False,
) -> int:
    """Show the window until the user closes it.

    Args:
        library_directory: the library's directory.
        model: name or path of the model to use this time, None for the library's own.
        folders: folders to add to the library.
        photos: photos to search with.
        demo: the window shows the bundled pictures and offers queries to try.

    Returns:
        The exit status.
    """
    # While a worker computes, the window waits so long for its turn, at every step.
    sys.setswitchinterval(_TURN_S)
    application, appearance = create_application()
    window = MainWindow(
        library_directory, appearance, model=model, folders=folders, photos=photos, demo=demo
    )
    try:
        with uncaught_exceptions(window), closed_by_interrupt(window):
            once_painted(window, window.open_library)
            window.show()
            return application.exec()
    finally:
        # Python would take both down in any order, and a window without its application crashes.
        window.close()
        sip.delete(window)


def create_application() -> tuple[QApplication, Appearance]:
    """Return the application with its look; one for the whole process."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(sys.argv[:1])
    application.setApplicationName("InPhotos")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("inphotos")
    application.setWindowIcon(application_icon())
    return application, Appearance(application)


def once_painted(window: QWidget, then: Callable[[], object]) -> None:
    """Call a function when a window that is about to be shown is on the screen.

    It loads modules in another thread, say, and Python runs one thread at a time.
    """
    first = _FirstPaint(window)
    first.happened.connect(lambda: then())
    # A window that is started minimised is not painted for long.
    QTimer.singleShot(_UNPAINTED_MS, first.give_up)


class _FirstPaint(QObject):
    """Tells when a window has been painted for the first time, or is not waited for any more."""

    happened = pyqtSignal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def give_up(self) -> None:
        """Wait no longer."""
        if not self.signalsBlocked():
            self.happened.emit()
            self.blockSignals(True)

    # Qt overrides

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            # The event comes before its parts are painted, all in one go.
            QTimer.singleShot(0, self.give_up)
        return super().eventFilter(watched, event)


class _Messenger(QObject):
    """Brings an error from any thread to the window."""

    happened = pyqtSignal(object)


@contextmanager
def uncaught_exceptions(window: MainWindow) -> Iterator[None]:
    """Log what nobody caught and tell of it in the window; PyQt would abort the process."""
    messenger = _Messenger()
    messenger.happened.connect(window.tell)

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            told: InPhotosError = as_error(error)
            messenger.happened.emit(told)
        else:
            sys.__excepthook__(kind, error, trace)

    before, sys.excepthook = sys.excepthook, report
    try:
        yield
    finally:
        sys.excepthook = before


@contextmanager
def closed_by_interrupt(window: MainWindow) -> Iterator[None]:
    """Close the window properly on Ctrl-C in the terminal, and when the session ends.

    Python runs signal handlers between its own instructions, and there are none while Qt waits
    for events. So the signal also writes to a socket, which wakes Qt.
    """
    reader, writer = socket.socketpair()
    for end in (reader, writer):
        end.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)  # type: ignore[call-overload]

    def close() -> None:
        reader.recv(64)
        window.close()

    notifier.activated.connect(close)
    signals = (signal.SIGINT, signal.SIGTERM)
    # A handler has to be there for the wake-up; the work is done where the socket is read.
    handlers = {number: signal.signal(number, lambda *_: None) for number in signals}
    wakeup = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        reader.close()
        writer.close()
