"""Small pieces of work off the GUI thread whose outcome always lands on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PyQt6.QtCore import QObject, QRunnable, QThreadPool, pyqtSignal

from inphotos.errors import InPhotosError
from inphotos.gui.workers.reporting import as_error

T = TypeVar("T")


class Tasks(QObject):
    """Runs functions that touch the disk (a file on a drive that sleeps can take seconds).

    Signals:
        failed(InPhotosError): a function raised, and nobody else was told.
    """

    failed = pyqtSignal(object)
    _done = pyqtSignal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._closed = False
        self._done.connect(self._on_done)

    def run(self, function: Callable[[], T], on_result: Callable[[T], None]) -> None:
        """Call ``function`` in the pool, then ``on_result`` with its result in the GUI thread.

        After :meth:`close` this does nothing: events that were under way still arrive then.
        """
        if not self._closed:
            self._pool.start(_Task(function, on_result, self._done.emit))

    def close(self) -> None:
        """Drop what has not begun and wait for the rest."""
        self._closed = True
        self._pool.clear()
        self._pool.waitForDone()

    def _on_done(
        self, on_result: Callable[[Any], None], result: Any, error: InPhotosError | None
    ) -> None:
        if error is not None:
            self.failed.emit(error)
        else:
            on_result(result)


class _Task(QRunnable):
    def __init__(
        self,
        function: Callable[[], Any],
        on_result: Callable[[Any], None],
        report: Callable[[Callable[[Any], None], Any, InPhotosError | None], None],
    ) -> None:
        super().__init__()
        self._function = function
        self._on_result = on_result
        self._report = report

    def run(self) -> None:
        try:
            result = self._function()
        except Exception as error:
            self._report(self._on_result, None, as_error(error))
        else:
            self._report(self._on_result, result, None)
