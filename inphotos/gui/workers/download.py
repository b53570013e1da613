"""The worker that fetches a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from inphotos.errors import CancelledError
from inphotos.events import Control
from inphotos.gui.workers.reporting import as_error

if TYPE_CHECKING:
    from inphotos.encoders.specs import ModelSpec


class DownloadWorker(QObject):
    """Fetches one model at a time on its own thread, beside indexing and searching.

    Signals:
        progressed(Progress): bytes so far.
        finished(ModelSpec): the model is on this machine.
        stopped(ModelSpec): the user stopped it; what was fetched is kept for the next time.
        failed(ModelSpec, InPhotosError): it could not be fetched, and why.
    """

    progressed = pyqtSignal(object)
    finished = pyqtSignal(object)
    stopped = pyqtSignal(object)
    failed = pyqtSignal(object, object)

    @pyqtSlot(object, object, object)
    def download(self, spec: ModelSpec, models_directory: Path, control: Control) -> None:
        """Fetch a model into ``models_directory``."""
        from inphotos.encoders.download import download  # what it needs is seldom needed

        try:
            for progress in download(spec, models_directory, control):
                self.progressed.emit(progress)
        except CancelledError:
            self.stopped.emit(spec)
        except Exception as error:
            self.failed.emit(spec, as_error(error))
        else:
            self.finished.emit(spec)
