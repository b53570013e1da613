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
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PyQt6 import sip
from PyQt6.QtCore import (
    QEvent,
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    Qt,
    QTimer,
    QtMsgType,
    pyqtSignal,
    qInstallMessageHandler,
)
from PyQt6.QtWidgets import QApplication, QWidget

from inphotos import __version__
from inphotos.errors import InPhotosError
from inphotos.gui.crash.reports import CrashReports
from inphotos.gui.icons import application_icon
from inphotos.gui.kept_values import load_values
from inphotos.gui.main_window import MainWindow
from inphotos.gui.preferences import Preferences
from inphotos.gui.style import Appearance
from inphotos.gui.tidying import tidied_in_between
from inphotos.gui.translation import speak
from inphotos.gui.workers.reporting import as_error
from inphotos.settings import crash_directory

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
}
_UNPAINTED_MS = 1000
#: While a worker computes, the window waits so long for its turn, at every step. A worker that
#: calls the store again and again lets go of Python for a moment each time, too short for the
#: window to take it; and the window insists only if nobody has let go for this long. With 1 ms it
#: waited for 0.3 s while new photos were stored.
TURN_S = 0.00003


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
    with CrashReports(crash_directory()).native_crashes_noted():
        return _run(library_directory, model, folders, photos, demo=demo)


def _run(
    library_directory: Path,
    model: str | None,
    folders: Sequence[Path],
    photos: Sequence[Path],
    *,
    demo: bool,
) -> int:
    sys.setswitchinterval(TURN_S)
    application, appearance = create_application()
    speak(application, load_values(Preferences, library_directory).language)
    window = MainWindow(
        library_directory, appearance, model=model, folders=folders, photos=photos, demo=demo
    )
    try:
        with (
            messages_logged(),
            uncaught_exceptions(window),
            closed_by_interrupt(window),
            tidied_in_between(window.signs_of_use),
        ):
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
def messages_logged() -> Iterator[None]:
    """Put what Qt says into the log, since it may name files: who prints it says so to anybody."""

    def note(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
        log.log(_LEVELS.get(kind, logging.CRITICAL), "Qt: %s", text)

    before = qInstallMessageHandler(note)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


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

    def report_of_thread(of: threading.ExceptHookArgs) -> None:
        if of.exc_value is not None:
            report(of.exc_type, of.exc_value, of.exc_traceback)

    before, sys.excepthook = sys.excepthook, report
    before_in_threads, threading.excepthook = threading.excepthook, report_of_thread
    try:
        yield
    finally:
        sys.excepthook = before
        threading.excepthook = before_in_threads


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
