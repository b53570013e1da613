"""Finding out what runs the model quickest, when the user wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from inphotos.errors import InPhotosError
from inphotos.events import Control
from inphotos.gui.workers.measure import MeasureWorker
from inphotos.gui.workers.thread import WorkerThread, started

if TYPE_CHECKING:
    from inphotos.library.runtimes import ModelRuntimes


class Measuring(QObject):
    """Owns the thread that waits for the process that measures.

    Signals:
        progressed(Progress): how far it is.
        ended(InPhotosError | None): it is over: done or stopped by the user, or why it failed.
    """

    progressed = pyqtSignal(object)
    ended = pyqtSignal(object)
    _requested = pyqtSignal(object, str, bool, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control: Control | None = None
        self._worker = worker = MeasureWorker()
        self._thread: WorkerThread | None = None
        self._requested.connect(worker.run)
        worker.progressed.connect(self.progressed)
        worker.ended.connect(self._on_ended)

    @property
    def is_running(self) -> bool:
        """Whether it is going on."""
        return self._control is not None

    def prefer(self, runtimes: ModelRuntimes, wanted: str) -> None:
        """Let a model be run by a runtime, "" for the quickest; measure if that takes it."""
        self._start(runtimes, wanted, anew=False)

    def measure(self, runtimes: ModelRuntimes) -> None:
        """Measure again."""
        self._start(runtimes, "", anew=True)

    def stop(self) -> None:
        """Stop it; what was chosen before stays."""
        if self._control is not None:
            self._control.cancel()

    def close(self) -> None:
        """Stop it and wait for the thread."""
        self.stop()
        if self._thread is not None:
            self._thread.quit()
            self._thread.wait()

    def _start(self, runtimes: ModelRuntimes, wanted: str, *, anew: bool) -> None:
        if self._control is not None:
            return
        if self._thread is None:  # seldom needed
            self._thread = started("measure", self, self._worker)
        self._control = Control()
        self._requested.emit(runtimes, wanted, anew, self._control)

    def _on_ended(self, error: InPhotosError | None) -> None:
        self._control = None
        self.ended.emit(error)
