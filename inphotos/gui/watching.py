"""Noticing what changes in the folders while the window is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from inphotos.gui.workers.watch import WatchWorker

if TYPE_CHECKING:
    from inphotos.library import Library
    from inphotos.photos.watch import WatchProblem


class Watching(QObject):
    """Has the folders of the library watched, from the first time that they are wanted so.

    Attributes:
        worker: sets up the watcher, on the thread that it is given.

    Signals:
        disturbed(Order): what the indexer should look at.
        failed(InPhotosError): the folders cannot be watched.
    """

    disturbed = pyqtSignal(object)
    failed = pyqtSignal(object)
    _requested = pyqtSignal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.worker = worker = WatchWorker()
        self._begun = False
        self._requested.connect(worker.watch)
        worker.disturbed.connect(self.disturbed)
        worker.failed.connect(self.failed)

    @property
    def problems(self) -> tuple[WatchProblem, ...]:
        """The folders in which changes are found late, and why."""
        return self.worker.problems

    def covers(self, folder: Path) -> bool:
        """Tell whether changes in a folder are noticed by now, if they can be at all."""
        return self.worker.is_watching(folder)

    def begin(self, library: Library | None) -> None:
        """Watch the folders from now on, where that is not done already."""
        if not self._begun:
            self._begun = True
            self.follow(library)

    def follow(self, library: Library | None) -> None:
        """Watch the folders that are in the library now, once there is one and it has begun."""
        if self._begun and library is not None:
            self._requested.emit(library)

    def close(self) -> None:
        """End the watch; to be called once the thread of the worker has ended."""
        self.worker.close()
