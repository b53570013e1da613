"""The worker that finds out what runs a model quickest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from inphotos.errors import CancelledError
from inphotos.events import Control
from inphotos.gui.workers.reporting import as_error

if TYPE_CHECKING:
    from inphotos.library.runtimes import ModelRuntimes


class MeasureWorker(QObject):
    """Measures on its own thread, beside indexing and searching.

    Signals:
        progressed(Progress): how far it is.
        ended(InPhotosError | None): it is over: done or stopped by the user, or why it failed.
    """

    progressed = pyqtSignal(object)
    ended = pyqtSignal(object)

    @pyqtSlot(object, str, bool, object)
    def run(self, runtimes: ModelRuntimes, wanted: str, anew: bool, control: Control) -> None:
        """Let a model be run by a runtime, "" for the quickest; see :class:`ModelRuntimes`.

        Args:
            runtimes: of the model.
            wanted: the runtime.
            anew: measure in any case, and leave to the verdict what the user did not decide.
            control: the user's hand on it.
        """
        error = None
        try:
            steps = runtimes.tune(control) if anew else runtimes.prefer(wanted, control)
            for progress in steps:
                self.progressed.emit(progress)
        except CancelledError:
            pass
        except Exception as unexpected:
            error = as_error(unexpected)
        self.ended.emit(error)
