"""The worker that repairs a damaged library."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from inphotos.errors import CancelledError
from inphotos.events import Control
from inphotos.gui.workers.reporting import as_error


class RepairWorker(QObject):
    """Repairs on its own thread, while no library is open.

    Signals:
        progressed(Progress): how far it is.
        ended(Repaired | None, InPhotosError | None): it is over: what was mended, or why it
            failed; neither where the user stopped it.
    """

    progressed = pyqtSignal(object)
    ended = pyqtSignal(object, object)

    @pyqtSlot(object, object)
    def run(self, directory: Path, control: Control) -> None:
        """Repair the library in a directory.

        Args:
            directory: the library's.
            control: the user's hand on it.
        """
        try:
            # Not needed at the start of a sound library.
            from inphotos.library.repair import Repair

            repair = Repair(directory)
            for progress in repair.run(control):
                self.progressed.emit(progress)
        except CancelledError:
            self.ended.emit(None, None)
        except Exception as error:
            self.ended.emit(None, as_error(error))
        else:
            self.ended.emit(repair.outcome, None)
