"""Models on their way to this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from inphotos.errors import InPhotosError
from inphotos.events import Control
from inphotos.gui.workers.download import DownloadWorker
from inphotos.gui.workers.thread import WorkerThread, started
from inphotos.settings import models_directory

if TYPE_CHECKING:
    from inphotos.encoders.specs import ModelSpec


class Downloads(QObject):
    """Owns the download thread, which fetches one model at a time.

    Signals:
        progressed(Progress), finished(ModelSpec), stopped(ModelSpec),
        failed(ModelSpec, InPhotosError): how fetching a model goes.
    """

    progressed = pyqtSignal(object)
    finished = pyqtSignal(object)
    stopped = pyqtSignal(object)
    failed = pyqtSignal(object, object)
    _requested = pyqtSignal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control: Control | None = None
        self._worker = worker = DownloadWorker()
        self._requested.connect(worker.download)
        worker.progressed.connect(self.progressed)
        worker.finished.connect(self._on_finished)
        worker.stopped.connect(self._on_stopped)
        worker.failed.connect(self._on_failed)
        self._thread: WorkerThread = started("download", self, worker)

    def start(self, spec: ModelSpec) -> None:
        """Fetch a model; what an earlier attempt left is used."""
        if self._control is None:
            self._control = Control()
            self._requested.emit(spec, models_directory(), self._control)

    def stop(self) -> None:
        """Stop fetching; what is there is kept for the next time."""
        if self._control is not None:
            self._control.cancel()

    def close(self) -> None:
        """Stop fetching and wait for the thread."""
        self.stop()
        self._thread.quit()
        self._thread.wait()

    def _on_finished(self, spec: ModelSpec) -> None:
        self._control = None
        self.finished.emit(spec)

    def _on_stopped(self, spec: ModelSpec) -> None:
        self._control = None
        self.stopped.emit(spec)

    def _on_failed(self, spec: ModelSpec, error: InPhotosError) -> None:
        self._control = None
        self.failed.emit(spec, error)
